//! Reads the plain part of YAML: block collections, quoted and plain scalars of one line, and brackets that close on their line.
//! Nearly every definition is written in it, and reading it takes a tenth of what the parser takes. Anything else, and all that is
//! wrong, is left to the parser; where both read a text, a test holds that the trees are the same.

use std::ops::Range;

use super::scalar::plain_kind;
use crate::syntax::tree::{Builder, Text};
use crate::syntax::{Kind, Limits, Tree};
use crate::text::all_bytes;

/// How deep collections may be nested here.
const DEEPEST: usize = 48;

/// Whether a byte may stand in a plain key.
static IS_OF_KEY: [bool; 256] = {
    let mut is_of_key = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let it = byte as u8;
        is_of_key[byte] = it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'.' | b'/' | b'$');
        byte += 1;
    }
    is_of_key
};

/// The tree of a text that is all plain.
pub(super) fn read(text: &str, limits: Limits, room: Tree) -> Option<Tree> {
    if text.len() >= limits.values || !is_printable(text) {
        return None;
    }
    let depth = DEEPEST.min(limits.depth);
    let builder = Builder::new(true, text, room);
    let mut reader = Reader { text, bytes: text.as_bytes(), builder, at: 0, next: None, content_end: 0, depth };
    let line = reader.next_line()?;
    if line.indent != 0 {
        return None;
    }
    reader.block(line, 0)?;
    // What is left would be another document, or a mistake.
    reader.next_line().is_none().then(|| reader.builder.finish())
}

/// Whether there is nothing but lines of characters that are seen: a tab may mean anything, and some signs end a line.
fn is_printable(text: &str) -> bool {
    let is_plain = |byte: u8| byte >= 0x80 || byte == b'\n' || (0x20..0x7f).contains(&byte);
    let is_odd =
        |letter: char| matches!(letter, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    all_bytes(text, is_plain) && (text.is_ascii() || !text.contains(is_odd))
}

/// A line with content.
#[derive(Clone, Copy)]
struct Line {
    /// How many blanks it begins with.
    indent: usize,
    /// The first byte of its content.
    start: usize,
    /// The byte after the line.
    end: usize,
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    builder: Builder,
    /// The first byte of the line that is next.
    at: usize,
    /// The next line, once it has been looked for.
    next: Option<Line>,
    /// The end of the content so far.
    content_end: usize,
    depth: usize,
}

impl Reader<'_> {
    /// The next line with content, which stays the next one. None at the end.
    fn next_line(&mut self) -> Option<Line> {
        if self.next.is_some() {
            return self.next;
        }
        while self.at < self.bytes.len() {
            let length = self.bytes[self.at..].iter().position(|byte| *byte == b'\n');
            let end = length.map_or(self.bytes.len(), |length| self.at + length);
            let indent = self.bytes[self.at..end].iter().take_while(|byte| **byte == b' ').count();
            let start = self.at + indent;
            if start < end && self.bytes[start] != b'#' {
                self.next = Some(Line { indent, start, end });
                return self.next;
            }
            self.at = end + 1;
        }
        None
    }

    /// Goes on behind a line.
    fn pass(&mut self, line: Line) {
        self.at = line.end + 1;
        self.next = None;
    }

    /// A block collection whose first line this is. None where it is anything else.
    fn block(&mut self, line: Line, depth: usize) -> Option<()> {
        if depth >= self.depth {
            return None;
        }
        if self.is_dash(line.start, line.end) { self.sequence(line, depth) } else { self.mapping(line, depth) }
    }

    fn is_dash(&self, at: usize, end: usize) -> bool {
        self.bytes[at] == b'-' && (at + 1 == end || self.bytes[at + 1] == b' ')
    }

    fn sequence(&mut self, first: Line, depth: usize) -> Option<()> {
        self.builder.open(Kind::Array, first.start);
        self.content_end = first.start + 1;
        let mut line = first;
        loop {
            let content = line.start + 1 + self.blanks(line.start + 1, line.end);
            // A dash alone, and a dash behind a dash, are rare.
            if content >= line.end || self.bytes[content] == b'#' || self.is_dash(content, line.end) {
                return None;
            }
            let item = Line { indent: content - line.start + line.indent, start: content, ..line };
            if self.key(item.start, item.end).is_some() {
                self.block(item, depth + 1)?;
            } else {
                self.value(item, depth + 1)?;
                self.pass(item);
            }
            match self.next_line() {
                Some(next) if next.indent == first.indent && self.is_dash(next.start, next.end) => line = next,
                Some(next) if next.indent > first.indent => return None,
                _ => break,
            }
        }
        self.builder.close(self.content_end);
        Some(())
    }

    fn mapping(&mut self, first: Line, depth: usize) -> Option<()> {
        self.builder.open(Kind::Object, first.start);
        let mut line = first;
        loop {
            let (key, colon) = self.key(line.start, line.end)?;
            self.scalar(key);
            let content = colon + 1 + self.blanks(colon + 1, line.end);
            if content < line.end && self.bytes[content] != b'#' {
                self.value(Line { start: content, ..line }, depth + 1)?;
                self.pass(line);
            } else {
                self.pass(line);
                match self.next_line() {
                    Some(next) if next.indent > first.indent => self.block(next, depth + 1)?,
                    Some(next) if next.indent == first.indent && self.is_dash(next.start, next.end) => {
                        self.block(next, depth + 1)?
                    }
                    _ => {
                        self.builder.scalar(Kind::Null, colon + 1..colon + 1, Text::Source(colon + 1..colon + 1));
                        self.content_end = colon + 1;
                    }
                }
            }
            match self.next_line() {
                Some(next) if next.indent == first.indent => line = next,
                Some(next) if next.indent > first.indent => return None,
                _ => break,
            }
        }
        self.builder.close(self.content_end);
        Some(())
    }

    fn blanks(&self, at: usize, end: usize) -> usize {
        self.bytes[at..end].iter().take_while(|byte| **byte == b' ').count()
    }

    /// A key and the place of its colon.
    fn key(&self, start: usize, end: usize) -> Option<(Range<usize>, usize)> {
        let key = match self.bytes[start] {
            b'"' | b'\'' => self.quoted(start, end)?,
            first if first.is_ascii_alphanumeric() || first == b'_' => {
                start..start + self.bytes[start..end].iter().take_while(|byte| IS_OF_KEY[usize::from(**byte)]).count()
            }
            _ => return None,
        };
        let colon = key.end;
        let is_key = colon < end && self.bytes[colon] == b':' && (colon + 1 == end || self.bytes[colon + 1] == b' ');
        // Longer keys are no keys to every reader.
        (is_key && key.len() < 200).then_some((key, colon))
    }

    /// A string in quotes that ends on its line and has no escapes.
    fn quoted(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let quote = self.bytes[start];
        let length = self.bytes[start + 1..end].iter().position(|byte| *byte == quote || *byte == b'\\')?;
        let close = start + 1 + length;
        let is_doubled = close + 1 < end && self.bytes[close + 1] == quote;
        (self.bytes[close] == quote && !is_doubled).then_some(start..close + 1)
    }

    /// A value that ends on its line, and the rest of the line.
    fn value(&mut self, line: Line, depth: usize) -> Option<()> {
        let end = match self.bytes[line.start] {
            b'"' | b'\'' => {
                let range = self.quoted(line.start, line.end)?;
                self.scalar(range.clone());
                range.end
            }
            b'[' | b'{' => self.flow(line.start, line.end, depth)?,
            _ => {
                let range = self.plain(line.start, line.end, false)?;
                self.scalar(range.clone());
                range.end
            }
        };
        let rest = end + self.blanks(end, line.end);
        (rest == line.end || rest > end && self.bytes[rest] == b'#').then_some(())
    }

    /// A plain scalar: up to a comment or the end of the line, and in brackets up to what ends it there.
    fn plain(&self, start: usize, end: usize, is_flow: bool) -> Option<Range<usize>> {
        let first = self.bytes[start];
        let begins = first.is_ascii_alphanumeric() || first >= 0x80 || matches!(first, b'_' | b'/' | b'.' | b'~' | b'$' | b'(');
        let is_negative = first == b'-' && start + 1 < end && self.bytes[start + 1].is_ascii_digit();
        if !begins && !is_negative {
            return None;
        }
        let mut at = start;
        while at < end {
            match self.bytes[at] {
                b':' if at + 1 == end || !self.bytes[at + 1].is_ascii_alphanumeric() && self.bytes[at + 1] != b'/' => {
                    return None;
                }
                b'#' if self.bytes[at - 1] == b' ' => break,
                b',' | b']' | b'}' if is_flow => break,
                b'[' | b'{' | b'#' if is_flow => return None,
                _ => {}
            }
            at += 1;
        }
        let length = self.bytes[start..at].trim_ascii_end().len();
        Some(start..start + length)
    }

    /// A list or an object in brackets that ends on its line; gives its end.
    fn flow(&mut self, start: usize, end: usize, depth: usize) -> Option<usize> {
        let (kind, close) = if self.bytes[start] == b'[' { (Kind::Array, b']') } else { (Kind::Object, b'}') };
        if depth >= self.depth {
            return None;
        }
        self.builder.open(kind, start);
        let mut at = start + 1 + self.blanks(start + 1, end);
        if at < end && self.bytes[at] == close {
            return Some(self.close(at + 1));
        }
        while at < end {
            if kind == Kind::Object {
                let (key, colon) = self.key(at, end)?;
                self.scalar(key);
                at = colon + 1 + self.blanks(colon + 1, end);
            }
            at = match self.bytes.get(at).filter(|_| at < end)? {
                b'[' | b'{' => self.flow(at, end, depth + 1)?,
                b'"' | b'\'' => {
                    let range = self.quoted(at, end)?;
                    self.scalar(range.clone());
                    range.end
                }
                _ => {
                    let range = self.plain(at, end, true)?;
                    self.scalar(range.clone());
                    range.end
                }
            };
            at += self.blanks(at, end);
            match self.bytes.get(at).filter(|_| at < end)? {
                b',' => at += 1 + self.blanks(at + 1, end),
                byte if *byte == close => return Some(self.close(at + 1)),
                _ => return None,
            }
        }
        None
    }

    fn close(&mut self, end: usize) -> usize {
        self.content_end = end;
        self.builder.close(end);
        end
    }

    fn scalar(&mut self, range: Range<usize>) {
        self.content_end = range.end;
        let is_quoted = matches!(self.bytes[range.start], b'"' | b'\'');
        let inner = if is_quoted { range.start + 1..range.end - 1 } else { range.clone() };
        let kind = if is_quoted { Kind::String } else { plain_kind(&self.text[inner.clone()]) };
        self.builder.scalar(kind, range, Text::Source(inner));
    }
}
