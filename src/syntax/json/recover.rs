//! Reads on after a mistake, so that one mistake gives one error.

use std::ops::Range;

use super::strings::Role;
use super::{Expect, Open, Reader, scan};
use crate::syntax::tree::Text;
use crate::syntax::{Kind, Problem};

impl Reader<'_> {
    /// A value that begins like none.
    #[cold]
    pub(super) fn odd_value(&mut self, byte: u8) {
        if byte == b'\'' {
            return self.odd_string(b'\'', Role::Value);
        }
        let range = match self.placeholder() {
            Some(range) => range,
            None => self.junk(self.odd_problem(byte)),
        };
        self.invalid(range);
    }

    /// A key that is no string in double quotes, or something in the place of a key.
    #[cold]
    pub(super) fn odd_key(&mut self, byte: u8) -> Expect {
        match byte {
            b'\'' => {
                self.odd_string(b'\'', Role::Key);
                self.token_end = self.at;
                Expect::Colon
            }
            b',' => {
                self.missing(Problem::MissingKey);
                self.extra_comma(Expect::Key)
            }
            b':' | b'{' | b'[' => {
                self.missing(Problem::MissingKey);
                self.invalid(self.token_end..self.token_end);
                self.colon_end = None;
                if byte == b':' { Expect::Colon } else { Expect::Value }
            }
            _ => self.bare_key(byte),
        }
    }

    fn bare_key(&mut self, byte: u8) -> Expect {
        if let Some(range) = self.placeholder() {
            let end = range.end;
            self.invalid(range);
            self.invalid(end..end);
            return Expect::Comma;
        }
        if self.odd_problem(byte) == Problem::UnexpectedCharacter {
            self.unexpected(self.at..scan::junk_end_before(self.bytes, self.at, b":"));
            return Expect::Key;
        }
        let range = self.at..scan::junk_end_before(self.bytes, self.at, b":=");
        self.take_reported(Problem::UnquotedKey, range.clone());
        self.builder.scalar(Kind::String, range.clone(), Text::Source(range));
        Expect::Colon
    }

    /// Anything but a colon after a key.
    #[cold]
    pub(super) fn no_colon(&mut self, byte: u8) -> Expect {
        self.colon_end = None;
        match byte {
            b',' | b'}' | b']' => {
                self.missing(Problem::MissingColon);
                self.invalid(self.token_end..self.token_end);
                Expect::Comma
            }
            _ => {
                let sign = self.colon_like();
                let missing = if sign > 0 { self.at..self.at + sign } else { self.token_end..self.token_end };
                self.at += sign;
                self.token_end = self.token_end.max(missing.end);
                self.is_excused = true;
                self.report(Problem::MissingColon, missing);
                Expect::Value
            }
        }
    }

    /// How long the sign is that stands where a colon must be, as in `a = 1` and `a -> 1`.
    fn colon_like(&self) -> usize {
        let rest = &self.bytes[self.at..];
        match rest.starts_with(b"->") {
            true => 2,
            false => rest.iter().take_while(|byte| b"=<>;~|!@%^&*?\\".contains(byte)).count(),
        }
    }

    /// Anything but a comma or a closing bracket after a value.
    #[cold]
    pub(super) fn no_comma(&mut self, byte: u8, in_object: bool) -> Expect {
        if byte == b':' {
            return self.stray_colon(in_object);
        }
        let next = if in_object { Expect::Key } else { Expect::Item };
        if byte == b';' {
            self.unexpected(self.at..self.at + 1);
            return next;
        }
        if scan::dots_end(self.bytes, self.at).is_some() {
            return next;
        }
        if !self.is_excused && self.cut_string() {
            return Expect::Comma;
        }
        if self.next_begins(byte, in_object) {
            self.missing(Problem::MissingComma);
            self.is_excused = true;
            return next;
        }
        if self.is_excused {
            // The rest of what was reported.
            self.at = scan::junk_end(self.bytes, self.at);
            self.token_end = self.at;
        } else {
            let problem = self.odd_problem(byte);
            self.junk(if problem == Problem::UnknownWord { problem } else { Problem::UnexpectedCharacter });
        }
        Expect::Comma
    }

    /// Passes by the rest of a string that ended at a quote inside it.
    fn cut_string(&mut self) -> bool {
        let quote = self.token_end.saturating_sub(1)..self.token_end;
        let is_adjacent = self.at == self.token_end && !matches!(self.bytes[self.at], b'"' | b'\'' | b'{' | b'[');
        if !is_adjacent || self.bytes.get(quote.start) != Some(&b'"') {
            return false;
        }
        let Some(end) = scan::cut_string_end(self.bytes, self.at) else { return false };
        self.builder.spoil_string(self.token_end, end);
        self.take_reported(Problem::UnescapedQuote, quote);
        (self.at, self.token_end) = (end, end);
        true
    }

    /// Whether the next item or member begins here, so that only the comma is missing.
    fn next_begins(&self, byte: u8, in_object: bool) -> bool {
        match byte {
            b'"' | b'\'' | b'{' | b'[' => true,
            _ if in_object => self.bytes[self.at..scan::junk_end(self.bytes, self.at)].contains(&b':'),
            b'-' | b'0'..=b'9' => true,
            _ => scan::literal(self.bytes, self.at).is_some(),
        }
    }

    /// A colon after a value. After a string in an object that string is the next key, and the value before it is missing.
    fn stray_colon(&mut self, in_object: bool) -> Expect {
        if !in_object {
            self.unexpected(self.at..self.at + 1);
            return Expect::Item;
        }
        let colon_end = self.colon_end;
        if self.builder.put_invalid_before_string(self.token_end, colon_end) {
            // Where the colon was missing, that was said already.
            if let Some(at) = colon_end {
                self.report(Problem::MissingValue, at..at);
            }
            return Expect::Colon;
        }
        self.unexpected(self.at..self.at + 1);
        self.skip_blank();
        self.at = match self.bytes.get(self.at) {
            Some(b'"') => scan::string_end(self.bytes, self.at),
            Some(b'{' | b'[') => scan::brackets_end(self.bytes, self.at),
            Some(_) => scan::junk_end(self.bytes, self.at),
            None => self.at,
        };
        self.token_end = self.at;
        Expect::Comma
    }

    /// Three dots that stand for something left out, with the words after them.
    fn placeholder(&mut self) -> Option<Range<usize>> {
        let dots = self.at..scan::dots_end(self.bytes, self.at)?;
        let next = scan::blank_end(self.bytes, dots.end);
        let has_words = self.bytes.get(next).is_some_and(u8::is_ascii_alphabetic)
            && scan::literal(self.bytes, next).is_none()
            && !self.bytes[dots.end..next].contains(&b'\n');
        let end = if has_words { scan::junk_end(self.bytes, next) } else { dots.end };
        self.take_reported(Problem::Placeholder, self.at..end);
        Some(dots.start..end)
    }

    /// Passes by what cannot be read as anything.
    pub(super) fn junk(&mut self, problem: Problem) -> Range<usize> {
        let range = self.at..scan::junk_end(self.bytes, self.at);
        self.take_reported(problem, range.clone());
        range
    }

    /// Passes by something that cannot stand here.
    #[cold]
    pub(super) fn unexpected(&mut self, range: Range<usize>) {
        self.take_reported(Problem::UnexpectedCharacter, range);
    }

    fn take_reported(&mut self, problem: Problem, range: Range<usize>) {
        (self.at, self.token_end, self.is_excused) = (range.end, range.end, true);
        self.report(problem, range);
    }

    /// What is wrong with a value that begins with `byte`.
    pub(super) fn odd_problem(&self, byte: u8) -> Problem {
        match byte {
            b'-' | b'+' | b'.' | b'0'..=b'9' => Problem::BadNumber,
            b'_' | b'$' | b'a'..=b'z' | b'A'..=b'Z' => Problem::UnknownWord,
            _ if self.text[self.at..].starts_with(char::is_alphabetic) => Problem::UnknownWord,
            _ => Problem::UnexpectedCharacter,
        }
    }

    /// Reports what is missing after the last token.
    #[cold]
    pub(super) fn missing(&mut self, problem: Problem) {
        if !self.is_excused {
            self.report(problem, self.token_end..self.token_end);
        }
    }

    /// Passes by a comma that has nothing before it. Those that follow it are part of the same mistake.
    pub(super) fn extra_comma(&mut self, expect: Expect) -> Expect {
        self.step();
        self.is_excused = true;
        expect
    }

    #[cold]
    pub(super) fn too_deep(&mut self) -> Expect {
        self.report(Problem::TooDeep, self.at..self.at + 1);
        let range = self.at..scan::brackets_end(self.bytes, self.at);
        (self.at, self.token_end) = (range.end, range.end);
        self.invalid(range);
        self.after_value()
    }

    #[cold]
    pub(super) fn stop(&mut self) -> Expect {
        let length = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        self.report(Problem::TooManyValues, self.at..self.at + length);
        self.is_full = true;
        Expect::Nothing
    }

    /// Passes by closing brackets where nothing is open.
    #[cold]
    pub(super) fn unexpected_close(&mut self) {
        self.take_reported(Problem::UnexpectedClose, self.at..self.at + 1);
    }

    /// What stands after the document.
    pub(super) fn after_document(&mut self) {
        self.skip_blank();
        let had_close = matches!(self.bytes.get(self.at), Some(b'}' | b']'));
        while let Some(b'}' | b']') = self.bytes.get(self.at) {
            self.unexpected_close();
            self.skip_blank();
        }
        // Where the document itself could not be read, what follows is the rest of that.
        if self.at < self.bytes.len() && !had_close && !self.is_excused {
            self.report(Problem::TrailingContent, self.at..scan::line_end(self.bytes, self.at));
        }
    }

    #[cold]
    pub(super) fn end_of_text(&mut self, expect: Expect, junk: Option<Range<usize>>) {
        if matches!(expect, Expect::Colon | Expect::Value) {
            self.invalid(self.token_end..self.token_end);
        }
        if let (Expect::Root, Some(junk)) = (expect, junk) {
            self.invalid(junk);
        }
        let Some(innermost) = self.stack.last() else { return };
        if self.errors.last().is_none_or(|last| last.problem != Problem::UnclosedComment) {
            let opener = self.misaligned().unwrap_or(innermost.start);
            self.report_opened(Problem::Unclosed, self.token_end..self.token_end, opener..opener + 1);
        }
        while !self.stack.is_empty() {
            self.pop(self.token_end);
        }
    }

    /// The first bracket whose closing bracket begins a line that is indented less than the line of the bracket itself. When
    /// brackets are left open at the end, the text misses one closing bracket somewhere before, every later one then closes the
    /// wrong partner, and this is where that begins. Where no indentation tells, the text was most likely cut off, and the
    /// innermost open bracket is the one that a person was about to close.
    fn misaligned(&self) -> Option<usize> {
        let mut open: Vec<(usize, usize)> = Vec::new();
        let (mut at, mut indent, mut is_first) = (self.start, 0, true);
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'\n' => (indent, is_first) = (0, true),
                b' ' | b'\t' if is_first => indent += 1,
                b'{' | b'[' => open.push((at, indent)),
                b'}' | b']' => {
                    if let Some((opener, opener_indent)) = open.pop()
                        && is_first
                        && indent < opener_indent
                    {
                        return Some(opener);
                    }
                }
                _ => {}
            }
            is_first &= matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
            at = if byte == b'"' { scan::string_end(self.bytes, at) } else { at + 1 };
        }
        None
    }

    /// A closing bracket of the other kind than the innermost open one.
    #[cold]
    pub(super) fn close_mismatched(&mut self, byte: u8) -> Expect {
        let Some(&inner) = self.stack.last() else {
            self.unexpected_close();
            return Expect::Nothing;
        };
        self.report_opened(Problem::MismatchedClose, self.at..self.at + 1, inner.start..inner.start + 1);
        let count = self.count_closed(inner, byte == b'}');
        for _ in 1..count {
            self.pop(self.at);
        }
        self.step();
        if count > 0 {
            self.pop(self.at);
        }
        self.after_value()
    }

    /// How many brackets a closing bracket of the wrong kind ends: the innermost when it is a slip, all up to one of its own kind
    /// when those between were forgotten, none when it is too much.
    fn count_closed(&self, inner: Open, is_object: bool) -> usize {
        let next = scan::blank_end(self.bytes, self.at + 1);
        let Some(outer) = self.stack.iter().rposition(|open| open.is_object == is_object) else {
            let closer = if is_object { b']' } else { b'}' };
            let is_extra = self.stack.len() == 1 && self.bytes.get(next) == Some(&closer);
            return usize::from(!is_extra);
        };
        let all = self.stack.len() - outer;
        if let Some(indent) = self.indent(self.at) {
            if self.line_indent(inner.start) == Some(indent) {
                return 1;
            }
            if self.line_indent(self.stack[outer].start) == Some(indent) {
                return all;
            }
        }
        if self.fits(1, next) { 1 } else { all }
    }

    /// Whether what stands at `next` can follow when the `count` innermost brackets are closed.
    fn fits(&self, count: usize, next: usize) -> bool {
        let around = self.stack[..self.stack.len() - count].last().map(|open| open.is_object);
        match (self.bytes.get(next), around) {
            (None, None) => true,
            (Some(b'}'), Some(is_object)) => is_object,
            (Some(b']'), Some(is_object)) => !is_object,
            (Some(b','), Some(is_object)) => self.member_begins(scan::blank_end(self.bytes, next + 1)) == is_object,
            _ => false,
        }
    }

    fn member_begins(&self, at: usize) -> bool {
        let end = match self.bytes.get(at) {
            Some(b'"') => scan::string_end(self.bytes, at),
            _ => return false,
        };
        self.bytes.get(scan::blank_end(self.bytes, end)) == Some(&b':')
    }

    /// How far the bracket at `at` is indented, if nothing stands before it on its line.
    fn indent(&self, at: usize) -> Option<usize> {
        let blank = self.bytes[..at].iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        (at == blank || self.bytes[at - blank - 1] == b'\n').then_some(blank)
    }

    /// How far the line of the bracket at `at` is indented. A long line has none: it is not looked through for every mistake on it.
    fn line_indent(&self, at: usize) -> Option<usize> {
        const FAR: usize = 256;
        let before = &self.bytes[at.saturating_sub(FAR)..at];
        let line = match before.iter().rposition(|&byte| byte == b'\n') {
            Some(newline) => &before[newline + 1..],
            None if at <= FAR => before,
            None => return None,
        };
        Some(line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count())
    }
}
