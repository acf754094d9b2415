//! Reads JSON: keeps a place for every value, notes every mistake once, and reads on after it.

mod recover;
mod scan;
mod strings;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::tree::{Builder, Text};
use super::{Kind, Limits, Problem, SyntaxError, Tree};
use strings::Role;

/// Reads the one document in `range` of `text`.
pub(super) fn read(text: &str, range: Range<usize>, limits: Limits, room: Tree) -> (Tree, Vec<SyntaxError>) {
    let mut reader = Reader::new(text, limits, room);
    let end = range.end;
    reader.document(range);
    if reader.builder.len() == 0 && reader.errors.iter().all(|error| error.problem.is_relaxed()) {
        reader.report(Problem::Empty, end..end);
    }
    (reader.builder.finish(), reader.errors)
}

/// The comments of `text`.
pub(super) fn comments(text: &str) -> Vec<Range<u32>> {
    let limits = Limits { errors: usize::MAX, ..Limits::default() };
    let (_, errors) = read(text, 0..text.len(), limits, Tree::default());
    errors.into_iter().filter(|error| error.problem == Problem::Comment).map(|error| error.range).collect()
}

/// Reads every line of `text` that is not blank as a document of its own.
pub(super) fn read_lines(text: &str, limits: Limits, room: Tree) -> (Tree, Vec<SyntaxError>) {
    let mut reader = Reader::new(text, limits, room);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if scan::blank_end(line.as_bytes(), 0) < line.len() && !reader.is_full {
            reader.document(start..end);
        }
        start = end;
    }
    (reader.builder.finish(), reader.errors)
}

/// How many more errors than [`Limits::errors`] are collected, so that the caller can say that there are more.
const SPARE_ERRORS: usize = 10_000;

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// The document's value.
    Root,
    /// A value of a list.
    Item,
    /// The key of a member.
    Key,
    /// The colon after a key.
    Colon,
    /// The value of a member.
    Value,
    /// The comma after a value.
    Comma,
    /// Nothing more.
    Nothing,
}

/// A bracket that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    start: usize,
    is_object: bool,
}

struct Reader<'t> {
    text: &'t str,
    /// The text up to the end of the document.
    bytes: &'t [u8],
    /// Where the document begins.
    start: usize,
    at: usize,
    /// Where the last token ended: what is missing is missing there.
    token_end: usize,
    /// Where the colon of the member that is being read ended; nothing when it has none.
    colon_end: Option<usize>,
    /// Whether a mistake was reported just now, so that what is missing next is only its consequence.
    is_excused: bool,
    /// Whether the bound on values is reached.
    is_full: bool,
    stack: Vec<Open>,
    builder: Builder,
    errors: Vec<SyntaxError>,
    limits: Limits,
    decoded: String,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, limits: Limits, room: Tree) -> Reader<'t> {
        Reader {
            text,
            bytes: text.as_bytes(),
            start: 0,
            at: 0,
            token_end: 0,
            colon_end: None,
            is_excused: false,
            is_full: false,
            stack: Vec::new(),
            builder: Builder::new(false, text, room),
            errors: Vec::new(),
            limits,
            decoded: String::new(),
        }
    }

    fn document(&mut self, range: Range<usize>) {
        self.bytes = &self.text.as_bytes()[..range.end];
        let has_mark = range.start == 0 && self.bytes.starts_with(b"\xEF\xBB\xBF");
        self.start = if has_mark { 3 } else { range.start };
        (self.at, self.token_end, self.is_excused) = (self.start, self.start, false);
        let mut junk = None;
        let mut expect = Expect::Root;
        while expect != Expect::Nothing {
            self.skip_blank();
            let Some(&byte) = self.bytes.get(self.at) else { return self.end_of_text(expect, junk) };
            expect = match expect {
                Expect::Root => self.root(byte, &mut junk),
                Expect::Item => self.item(byte),
                Expect::Key => self.key(byte),
                Expect::Colon => self.colon(byte),
                Expect::Value => self.member_value(byte),
                Expect::Comma | Expect::Nothing => self.comma(byte),
            };
        }
        if !self.is_full {
            self.after_document();
        }
    }

    #[inline(always)]
    fn skip_blank(&mut self) {
        self.at = scan::blank_end(self.bytes, self.at);
        if matches!(self.bytes.get(self.at), Some(b'/' | b'#')) {
            self.skip_comments();
        }
    }

    #[cold]
    fn skip_comments(&mut self) {
        while let Some(comment) = scan::comment(self.bytes, self.at) {
            let start = std::mem::replace(&mut self.at, comment.end);
            if comment.is_closed {
                self.report(Problem::Comment, start..comment.end);
            } else {
                self.report_opened(Problem::UnclosedComment, start..scan::line_end(self.bytes, start), start..start + 2);
            }
            self.at = scan::blank_end(self.bytes, self.at);
        }
    }

    /// What stands before a document is reported and passed by, since an object often follows. Only if nothing does, it is the
    /// document.
    #[inline]
    fn root(&mut self, byte: u8, junk: &mut Option<Range<usize>>) -> Expect {
        match byte {
            b'{' | b'[' | b'"' | b'\'' | b'-' | b'0'..=b'9' => self.value(byte),
            b'}' | b']' => {
                self.unexpected_close();
                Expect::Root
            }
            b',' | b':' => {
                self.unexpected(self.at..self.at + 1);
                Expect::Root
            }
            _ if scan::literal(self.bytes, self.at).is_some() => self.value(byte),
            _ => {
                let range = self.junk(self.odd_problem(byte));
                junk.get_or_insert(range);
                Expect::Root
            }
        }
    }

    #[inline]
    fn item(&mut self, byte: u8) -> Expect {
        match byte {
            b']' | b'}' => self.close_after_comma(byte),
            b',' => {
                self.missing(Problem::MissingValue);
                if self.is_at_bound() {
                    return self.stop();
                }
                self.invalid(self.token_end..self.token_end);
                self.extra_comma(Expect::Item)
            }
            b':' => {
                self.unexpected(self.at..self.at + 1);
                Expect::Item
            }
            _ => self.value(byte),
        }
    }

    #[inline]
    fn key(&mut self, byte: u8) -> Expect {
        if byte == b'}' || byte == b']' {
            return self.close_after_comma(byte);
        }
        if self.is_at_bound() {
            return self.stop();
        }
        if byte == b'"' {
            self.string(Role::Key);
            self.token_end = self.at;
            return Expect::Colon;
        }
        self.odd_key(byte)
    }

    #[inline]
    fn colon(&mut self, byte: u8) -> Expect {
        if byte != b':' {
            return self.no_colon(byte);
        }
        self.step();
        self.is_excused = false;
        self.colon_end = Some(self.at);
        Expect::Value
    }

    #[inline]
    fn member_value(&mut self, byte: u8) -> Expect {
        match byte {
            b',' | b'}' | b']' => {
                self.missing(Problem::MissingValue);
                self.invalid(self.token_end..self.token_end);
                Expect::Comma
            }
            b':' => {
                self.unexpected(self.at..self.at + 1);
                Expect::Value
            }
            _ if self.is_at_bound() => {
                self.invalid(self.token_end..self.token_end);
                self.stop()
            }
            _ => self.value(byte),
        }
    }

    #[inline]
    fn comma(&mut self, byte: u8) -> Expect {
        let in_object = self.stack.last().is_some_and(|open| open.is_object);
        match byte {
            b',' => {
                self.step();
                self.is_excused = false;
                if in_object { Expect::Key } else { Expect::Item }
            }
            b'}' | b']' => self.close(byte),
            _ => self.no_comma(byte, in_object),
        }
    }

    #[inline(always)]
    fn value(&mut self, byte: u8) -> Expect {
        if self.is_at_bound() {
            return self.stop();
        }
        let start = self.at;
        self.is_excused = false;
        match byte {
            b'"' => self.string(Role::Value),
            b'{' | b'[' => return self.open(byte == b'{'),
            b'-' | b'0'..=b'9' => match scan::number_end(self.bytes, start) {
                Some(end) => self.plain(Kind::Number, end),
                None => self.odd_value(byte),
            },
            _ => match scan::literal(self.bytes, start) {
                Some((kind, end)) => self.plain(kind, end),
                None => self.odd_value(byte),
            },
        }
        self.token_end = self.at;
        self.after_value()
    }

    #[inline(always)]
    fn plain(&mut self, kind: Kind, end: usize) {
        let range = self.at..end;
        self.at = end;
        self.builder.scalar(kind, range.clone(), Text::Source(range));
    }

    /// A value that could not be read.
    fn invalid(&mut self, range: Range<usize>) {
        self.builder.scalar(Kind::Invalid, range.clone(), Text::Source(range));
    }

    #[inline]
    fn open(&mut self, is_object: bool) -> Expect {
        if self.stack.len() >= self.limits.depth {
            return self.too_deep();
        }
        self.stack.push(Open { start: self.at, is_object });
        self.builder.open(if is_object { Kind::Object } else { Kind::Array }, self.at);
        self.step();
        if is_object { Expect::Key } else { Expect::Item }
    }

    #[inline]
    fn close_after_comma(&mut self, byte: u8) -> Expect {
        if self.bytes[self.token_end - 1] == b',' && !self.is_excused {
            self.report(Problem::TrailingComma, self.token_end - 1..self.token_end);
        }
        self.close(byte)
    }

    #[inline]
    fn close(&mut self, byte: u8) -> Expect {
        self.is_excused = false;
        if self.stack.last().is_none_or(|open| open.is_object != (byte == b'}')) {
            return self.close_mismatched(byte);
        }
        self.step();
        self.pop(self.at);
        self.after_value()
    }

    #[inline]
    fn pop(&mut self, end: usize) {
        self.stack.pop();
        self.builder.close(end);
    }

    #[inline(always)]
    fn after_value(&self) -> Expect {
        if self.stack.is_empty() { Expect::Nothing } else { Expect::Comma }
    }

    /// Takes a token of one byte.
    #[inline(always)]
    fn step(&mut self) {
        self.at += 1;
        self.token_end = self.at;
    }

    #[inline(always)]
    fn is_at_bound(&self) -> bool {
        self.builder.len() >= self.limits.values
    }

    #[cold]
    fn report(&mut self, problem: Problem, range: Range<usize>) {
        self.add(SyntaxError::new(problem, range.start as u32..range.end as u32));
    }

    #[cold]
    fn report_opened(&mut self, problem: Problem, range: Range<usize>, opener: Range<usize>) {
        let opener = Some(opener.start as u32..opener.end as u32);
        self.add(SyntaxError { opener, ..SyntaxError::new(problem, range.start as u32..range.end as u32) });
    }

    fn add(&mut self, error: SyntaxError) {
        if self.errors.len() >= self.limits.errors.saturating_add(SPARE_ERRORS) {
            return;
        }
        // Garbage that only spaces part is one mistake.
        if let Some(last) = self.errors.last_mut()
            && last.problem == error.problem
            && matches!(error.problem, Problem::UnexpectedCharacter | Problem::UnexpectedClose | Problem::ControlCharacter)
            && let Some(between) = self.bytes.get(last.range.end as usize..error.range.start as usize)
            && between.iter().all(|byte| matches!(byte, b' ' | b'\t'))
        {
            last.range.end = error.range.end;
            return;
        }
        self.errors.push(error);
    }
}
