//! Reads strings: those without escapes at once, all others piece by piece.

use super::{Reader, scan};
use crate::syntax::tree::Text;
use crate::syntax::{Kind, Problem};

/// What a string is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Key,
    Value,
}

impl Reader<'_> {
    /// Reads the string in double quotes at `self.at`.
    #[inline(always)]
    pub(super) fn string(&mut self, role: Role) {
        let start = self.at;
        let end = scan::plain_end(self.bytes, start + 1, b'"');
        if self.bytes.get(end) == Some(&b'"') {
            self.at = end + 1;
            self.builder.scalar(Kind::String, start..end + 1, Text::Source(start + 1..end));
        } else {
            self.odd_string(b'"', role);
        }
    }

    /// Reads any string: with escapes, with mistakes, or in single quotes.
    #[inline(never)]
    pub(super) fn odd_string(&mut self, quote: u8, role: Role) {
        let start = self.at;
        let (mut at, mut run) = (start + 1, start + 1);
        let (mut has_escapes, mut is_sound) = (false, true);
        // Up to here line breaks are known to be in the string, and reported with the first one.
        let mut goes_on = start;
        self.decoded.clear();
        let is_closed = loop {
            at = scan::plain_end(self.bytes, at, quote);
            match self.bytes.get(at) {
                Some(b'\n') if at < goes_on => at += 1,
                Some(b'\n') if quote == b'"' && role == Role::Value => match scan::broken_string_end(self.bytes, at) {
                    Some(end) => {
                        self.report(Problem::ControlCharacter, at..at + 1);
                        goes_on = end;
                    }
                    None => break false,
                },
                None | Some(b'\n') => break false,
                Some(b'\r') if matches!(self.bytes.get(at + 1), None | Some(b'\n')) => at += 1,
                Some(b'\\') => {
                    self.decoded.push_str(&self.text[run..at]);
                    let end = self.escape(at, quote);
                    has_escapes = true;
                    is_sound &= end.is_ok();
                    at = end.unwrap_or_else(|end| end);
                    run = at;
                }
                Some(&byte) if byte == quote => break true,
                Some(_) => {
                    self.report(Problem::ControlCharacter, at..at + 1);
                    at += 1;
                }
            }
        };
        if !is_closed {
            return self.unclosed_string(at, has_escapes, role);
        }
        self.at = at + 1;
        if quote == b'\'' {
            self.report(Problem::SingleQuotes, start..self.at);
        }
        // A name that is nearly right says more than none, so a key stays a key.
        let kind = if is_sound || role == Role::Key { Kind::String } else { Kind::Invalid };
        if has_escapes {
            self.decoded.push_str(&self.text[run..at]);
            self.builder.scalar(kind, start..self.at, Text::Decoded(&self.decoded));
        } else {
            self.builder.scalar(kind, start..self.at, Text::Source(start + 1..at));
        }
    }

    /// Ends a string that was not closed before `line_end`. Commas and brackets at the end of the line are left to be read, since
    /// they were most likely meant as such; and so is what follows a key's colon.
    #[cold]
    fn unclosed_string(&mut self, line_end: usize, has_escapes: bool, role: Role) {
        let start = self.at;
        let inner = &self.bytes[start + 1..line_end];
        // With escaped quotes left on the line every one of them could begin such a key again, and the time would be quadratic.
        let colon = if role == Role::Key && !has_escapes { inner.iter().position(|&byte| byte == b':') } else { None };
        let inner = &inner[..colon.unwrap_or(inner.len())];
        self.at = start + 1 + self.without_tail(inner).len();
        self.report_opened(Problem::UnclosedString, start..self.at, start..start + 1);
        self.is_excused = true;
        match role {
            Role::Key => {
                self.builder.scalar(Kind::String, start..self.at, Text::Source(start + 1..self.at));
            }
            Role::Value => self.invalid(start..self.at),
        }
    }

    /// A string's text without the commas and closing brackets at its end, if those brackets close what is open.
    fn without_tail<'b>(&self, inner: &'b [u8]) -> &'b [u8] {
        let without = |tail: &[u8]| &inner[..inner.iter().rposition(|byte| !tail.contains(byte)).map_or(0, |last| last + 1)];
        let short = without(b" \t\r,}]");
        let mut open = self.stack.iter().rev().map(|open| if open.is_object { b'}' } else { b']' });
        let mut closers = inner[short.len()..].iter().filter(|byte| matches!(byte, b'}' | b']'));
        match closers.all(|&closer| open.next() == Some(closer)) {
            true if !self.stack.is_empty() => short,
            _ => without(b" \t\r"),
        }
    }

    /// Decodes the escape at `at`; gives where it ends, as an error when it is none.
    fn escape(&mut self, at: usize, quote: u8) -> Result<usize, usize> {
        let character = match self.bytes.get(at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(at),
            Some(&byte) if byte == quote => char::from(quote),
            Some(b'\r' | b'\n') | None => return Err(self.bad_escape(at, at + 1)),
            Some(_) => {
                let odd = self.text[at + 1..].chars().next().unwrap_or_default();
                self.decoded.push(odd);
                return Err(self.bad_escape(at, at + 1 + odd.len_utf8()));
            }
        };
        self.decoded.push(character);
        Ok(at + 2)
    }

    fn unicode_escape(&mut self, at: usize) -> Result<usize, usize> {
        let Some(unit) = self.unit(at) else {
            let digits = self.bytes[at + 2..].iter().take(4).take_while(|byte| byte.is_ascii_hexdigit()).count();
            return Err(self.bad_escape(at, at + 2 + digits));
        };
        if let Some(low @ 0xDC00..0xE000) = self.unit(at + 6)
            && (0xD800..0xDC00).contains(&unit)
        {
            let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            self.decoded.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            return Ok(at + 12);
        }
        // JSON's grammar allows half of a surrogate pair, though it is no character.
        self.decoded.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
        Ok(at + 6)
    }

    /// The UTF-16 unit that `\uXXXX` at `at` stands for.
    fn unit(&self, at: usize) -> Option<u32> {
        let digits = self.bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        digits.iter().try_fold(0, |unit, &digit| Some(unit * 16 + char::from(digit).to_digit(16)?))
    }

    #[cold]
    fn bad_escape(&mut self, start: usize, end: usize) -> usize {
        self.report(Problem::BadEscape, start..end);
        end
    }
}
