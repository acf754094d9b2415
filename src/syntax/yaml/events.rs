//! From the events of the YAML parser to a tree: tight spans, aliases bound, and bounds kept.

use std::ops::Range;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, StructureStyle, options};

use super::anchors::{Anchored, Anchors, Extent};
use super::lexer::skip_properties;
use super::mask::Masked;
use super::scalar::{self, WrongTag};
use crate::syntax::tree::{Builder, Text};
use crate::syntax::{Kind, Limits, Problem, SyntaxError, Tree};

/// A text that the parser read to its end.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) tree: Tree,
    pub(super) errors: Vec<SyntaxError>,
}

/// What the parser stopped at.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: ErrorKind,
    /// Where the parser says that the fault is.
    pub(super) at: usize,
    /// The end of what it had read before.
    pub(super) read: usize,
    /// The brackets that are open there.
    pub(super) brackets: Vec<usize>,
}

/// Reads `text`, which is `original` but for what is masked.
pub(super) fn read(
    original: &str,
    text: &str,
    masked: &Masked,
    limits: Limits,
    indentation: Indentation,
) -> Result<Reading, Box<Fault>> {
    let mut reader = Reader::new(original, text, masked, limits);
    for event in Parser::new_from_str_with_options(text, parser_options(indentation)) {
        match event {
            Ok((event, span)) => reader.event(event, span.byte_range().unwrap_or_default()),
            Err(error) => return Err(Box::new(reader.fault(&error))),
        }
        if reader.is_full {
            break;
        }
    }
    Ok(Reading { tree: reader.builder.finish(), errors: reader.errors })
}

/// The comments of `text` before its first error.
pub(super) fn comments(text: &str) -> Vec<Range<u32>> {
    let mut options = parser_options(Indentation::Loose);
    options.emit_comments = true;
    let events = Parser::new_from_str_with_options(text, options).map_while(Result::ok);
    let comments = events.filter(|(event, _)| matches!(event, Event::Comment(..))).filter_map(|(_, span)| span.byte_range());
    comments.map(|range| range.start as u32..range.end as u32).collect()
}

/// Far more than [`Limits::depth`], so that what is too deep is found here first; a bound on the memory of the parser.
const PARSER_DEPTH: usize = 1 << 16;

/// How lines inside brackets and quotes have to be indented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Indentation {
    /// As YAML 1.2 says.
    Strict,
    /// As the readers of Python and others take it.
    Loose,
}

fn parser_options(indentation: Indentation) -> Options {
    options! {
        strict_indentation: indentation == Indentation::Strict,
        emit_unresolved_aliases: true,
        emit_comments: false,
        flow_nesting_limit: PARSER_DEPTH,
        block_nesting_limit: PARSER_DEPTH,
    }
}

struct Reader<'a> {
    original: &'a str,
    text: &'a str,
    masked: &'a Masked,
    limits: Limits,
    builder: Builder,
    errors: Vec<SyntaxError>,
    open: Vec<Open>,
    anchors: Anchors,
    /// Where the last node begins: no later one begins before it.
    last_start: usize,
    /// The end of the content so far: collections end there.
    content_end: usize,
    /// The end of the last event.
    read: usize,
    saw_depth: bool,
    is_full: bool,
}

/// An object or a list that is being read.
struct Open {
    kind: Kind,
    index: u32,
    anchor: usize,
    start: usize,
    bracket: Option<usize>,
    children: usize,
    extent: Extent,
    /// Whether all items so far can be merged.
    only_objects: bool,
    /// Whether the next value is that of a merge key.
    after_merge_key: bool,
}

/// What a node means to the one that holds it.
#[derive(Clone, Copy)]
struct Child {
    kind: Kind,
    range: (usize, usize),
    extent: Extent,
    /// Whether a merge key can take the node.
    can_merge: bool,
    is_merge_key: bool,
}

impl<'a> Reader<'a> {
    fn new(original: &'a str, text: &'a str, masked: &'a Masked, limits: Limits) -> Reader<'a> {
        Reader {
            original,
            text,
            masked,
            limits,
            builder: Builder::new(true, original, Tree::default()),
            errors: Vec::new(),
            open: Vec::new(),
            anchors: Anchors::default(),
            last_start: 0,
            content_end: 0,
            read: 0,
            saw_depth: false,
            is_full: false,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if event.is_node() && self.builder.len() >= self.limits.values {
            self.report(Problem::TooManyValues, range);
            self.is_full = true;
            return;
        }
        self.read = self.read.max(range.end);
        match event {
            Event::Scalar(value, style, anchor, tag) => self.scalar(&value, style, anchor, tag.as_deref(), range),
            Event::SequenceStart(style, anchor, _) => self.start(Kind::Array, style, anchor, range),
            Event::MappingStart(style, anchor, _) => self.start(Kind::Object, style, anchor, range),
            Event::SequenceEnd | Event::MappingEnd => self.end(range),
            Event::Alias(id) => self.alias(id, range),
            Event::UnresolvedAlias(name) => {
                let problem = (!self.masked.hides_anchor(&name)).then_some(Problem::UnknownAlias);
                self.bad_alias(problem, range);
            }
            _ => {}
        }
    }

    fn fault(self, error: &ScanError) -> Fault {
        Fault {
            kind: error.kind().clone(),
            at: error.marker().byte_offset().unwrap_or(self.read).min(self.text.len()),
            read: self.read,
            brackets: self.open.iter().filter_map(|open| open.bracket).collect(),
        }
    }

    fn report(&mut self, problem: Problem, range: Range<usize>) {
        self.errors.push(SyntaxError::new(problem, range.start as u32..range.end as u32));
    }

    /// Whether the node to come lies in something that is too deep, of which nothing is kept.
    fn is_hidden(&self) -> bool {
        self.open.len() > self.limits.depth
    }

    fn is_value_of_object(&self) -> bool {
        self.open.last().is_some_and(|open| open.kind == Kind::Object && open.children % 2 == 1)
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, anchor: usize, tag: Option<&granit_parser::Tag>, range: Range<usize>) {
        if self.is_hidden() {
            return;
        }
        let is_plain = style == ScalarStyle::Plain;
        let is_empty = is_plain && range.is_empty();
        let value = if is_empty { "" } else { value };
        let range = self.tighten(style, range);
        let stand_in = if is_plain { self.masked.replaced(self.original, range.start) } else { None };
        let hidden = !self.masked.is_empty()
            && if is_empty { self.masked.hides_value(self.original, range.start) } else { self.masked.overlaps(&range) };
        let kind = match scalar::kind(value, style, tag) {
            _ if stand_in.is_some() || hidden => Kind::Invalid,
            Ok(kind) => kind,
            Err(WrongTag(name)) => {
                self.report(Problem::Yaml(format!("the tag '!!{name}' on a value that is none")), range.clone());
                Kind::Invalid
            }
        };
        let range = stand_in.unwrap_or_else(|| range.start..self.whole_characters(range.end));
        let text = if kind == Kind::Invalid { Text::Source(range.clone()) } else { self.text_of(value, style, &range) };
        self.advance(&range);
        let index = self.builder.scalar(kind, range.clone(), text);
        let can_merge = kind == Kind::Invalid;
        self.anchors.set(anchor, Anchored { index, kind, can_merge, extent: Some(Extent::SCALAR) });
        let is_merge_key = is_plain && value == "<<" && kind == Kind::String;
        self.count(Child { kind, range: (range.start, range.end), extent: Extent::SCALAR, can_merge, is_merge_key });
    }

    /// The end of the character that is masked up to `end`.
    fn whole_characters(&self, mut end: usize) -> usize {
        while !self.original.is_char_boundary(end) {
            end += 1;
        }
        end
    }

    /// The bytes that a scalar is written in; of an empty one, the place where it would stand.
    fn tighten(&self, style: ScalarStyle, range: Range<usize>) -> Range<usize> {
        let start = range.start.max(self.last_start);
        let range = start..range.end.max(start);
        let written = &self.text[range.clone()];
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded if written.trim_ascii().is_empty() => {
                let header = self.text[self.content_end.min(range.start)..range.start].trim_ascii_end().len();
                let at = (self.content_end.min(range.start) + header).max(self.last_start);
                at..at
            }
            ScalarStyle::Literal | ScalarStyle::Folded => range.start..range.start + written.trim_ascii_end().len(),
            ScalarStyle::Plain if written.is_empty() => {
                let at = self.empty_place(range.start);
                at..at
            }
            _ => range,
        }
    }

    /// Where an empty value stands that the parser puts at `at`: behind the colon or the dash.
    fn empty_place(&self, at: usize) -> usize {
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        if self.is_value_of_object() {
            let bytes = self.text.as_bytes();
            let colon = at + bytes[at..].iter().take_while(|byte| is_blank(byte)).count();
            let is_behind_key = || self.text[self.content_end.min(at)..at].trim_ascii().is_empty();
            return match bytes.get(colon) {
                Some(b':') => colon + 1,
                _ if is_behind_key() => self.content_end.min(at),
                _ => at,
            };
        }
        if self.open.last().is_some_and(|open| open.kind == Kind::Array && open.bracket.is_none()) {
            let line = &self.text[self.content_end.min(at)..at];
            let line = &line[line.rfind(['\n', '\r']).map_or(0, |end| end + 1)..];
            let comment = line.find(" #").or_else(|| line.find("\t#")).unwrap_or(line.len());
            return at - line.len() + line[..comment].trim_ascii_end().len();
        }
        at
    }

    fn text_of<'v>(&self, value: &'v str, style: ScalarStyle, range: &Range<usize>) -> Text<'v> {
        let quote = usize::from(matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted));
        let at = range.start + quote..range.start + quote + value.len();
        match at.end <= range.end && self.original.get(at.clone()) == Some(value) {
            true => Text::Source(at),
            false => Text::Decoded(value),
        }
    }

    fn advance(&mut self, range: &Range<usize>) {
        self.last_start = range.start;
        self.content_end = self.content_end.max(range.end);
    }

    fn start(&mut self, kind: Kind, style: StructureStyle, anchor: usize, range: Range<usize>) {
        let start = self.collection_start(kind, style, &range).max(self.last_start);
        let bracket = (style == StructureStyle::Flow && !range.is_empty()).then_some(range.start);
        let depth = self.open.len();
        let mut index = 0;
        if depth < self.limits.depth {
            index = self.builder.open(kind, start);
        } else if depth == self.limits.depth {
            // What is too deep is one value of which nothing can be said.
            index = self.builder.open(Kind::Invalid, start);
            if !std::mem::replace(&mut self.saw_depth, true) {
                let length = self.text[start..].chars().next().map_or(0, char::len_utf8);
                self.report(Problem::TooDeep, start..start + length);
            }
        }
        if depth <= self.limits.depth {
            self.last_start = start;
            self.content_end = self.content_end.max(range.end.min(start + 1));
            self.anchors.set(anchor, Anchored { index, kind, can_merge: false, extent: None });
        }
        self.open.push(Open {
            kind,
            index,
            anchor,
            start,
            bracket,
            children: 0,
            extent: Extent::EMPTY_COLLECTION,
            only_objects: true,
            after_merge_key: false,
        });
    }

    /// The first byte of a collection, which the parser puts at the anchor of its first key, or behind its first dash.
    fn collection_start(&self, kind: Kind, style: StructureStyle, range: &Range<usize>) -> usize {
        if !range.is_empty() {
            return range.start;
        }
        let bytes = self.text.as_bytes();
        match kind {
            Kind::Array if style == StructureStyle::Block && self.is_value_of_object() => {
                let colon = skip_properties(self.text, self.content_end, range.start);
                let after = if bytes.get(colon) == Some(&b':') { colon + 1 } else { colon };
                let dash = skip_properties(self.text, after, range.start);
                if bytes.get(dash) == Some(&b'-') { dash } else { range.start }
            }
            Kind::Object if matches!(bytes.get(range.start), Some(b'&' | b'!')) => {
                skip_properties(self.text, range.start, self.text.len())
            }
            _ => range.start,
        }
    }

    fn end(&mut self, range: Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        self.content_end = self.content_end.max(if range.is_empty() { 0 } else { range.end });
        let depth = self.open.len();
        if depth > self.limits.depth {
            return;
        }
        self.builder.close(self.content_end);
        let is_too_deep = depth == self.limits.depth;
        let (kind, extent) = if is_too_deep { (Kind::Invalid, Extent::SCALAR) } else { (open.kind, open.extent) };
        let can_merge = match kind {
            Kind::Object | Kind::Invalid => true,
            _ => open.only_objects,
        };
        self.anchors.set(open.anchor, Anchored { index: open.index, kind, can_merge, extent: Some(extent) });
        self.count(Child { kind, range: (open.start, self.content_end), extent, can_merge, is_merge_key: false });
    }

    fn alias(&mut self, id: usize, range: Range<usize>) {
        if self.is_hidden() {
            return;
        }
        match self.anchors.resolve(id, self.builder.depth(), self.limits) {
            Ok((anchored, extent)) => {
                self.advance(&range);
                self.builder.alias(range.clone(), anchored.index);
                let (kind, can_merge) = (anchored.kind, anchored.can_merge);
                self.count(Child { kind, range: (range.start, range.end), extent, can_merge, is_merge_key: false });
            }
            Err(problem) => self.bad_alias(problem, range),
        }
    }

    fn bad_alias(&mut self, problem: Option<Problem>, range: Range<usize>) {
        if self.is_hidden() {
            return;
        }
        if let Some(problem) = problem {
            self.report(problem, range.clone());
        }
        self.advance(&range);
        self.builder.scalar(Kind::Invalid, range.clone(), Text::Source(range.clone()));
        let range = (range.start, range.end);
        self.count(Child { kind: Kind::Invalid, range, extent: Extent::SCALAR, can_merge: true, is_merge_key: false });
    }

    /// Tells the collection that holds the node of it.
    fn count(&mut self, child: Child) {
        let Some(open) = self.open.last_mut() else { return };
        open.children += 1;
        open.extent.add(child.extent);
        open.only_objects &= matches!(child.kind, Kind::Object | Kind::Invalid);
        if std::mem::replace(&mut open.after_merge_key, child.is_merge_key && open.kind == Kind::Object && open.children % 2 == 1)
            && !child.can_merge
        {
            self.report(Problem::BadMerge, child.range.0..child.range.1);
        }
    }
}
