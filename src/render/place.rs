//! Places as formats write them: lines and columns in a unit, and paths as URIs.

use crate::text::{LineColumn, SourceFile, Span, Unit};

/// A span as lines and columns; the end is behind the last character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    pub(super) start: LineColumn,
    pub(super) end: LineColumn,
}

impl Region {
    pub(super) fn new(file: &SourceFile, span: Span, unit: Unit) -> Region {
        Region { start: file.line_column_in(unit, span.start), end: file.line_column_in(unit, span.end) }
    }

    pub(super) fn is_on_one_line(&self) -> bool {
        self.start.line == self.end.line
    }
}

/// A path as the reference of a URI.
pub(super) fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_uri_cannot_hold_is_encoded() {
        assert_eq!(uri("defs/ä b:1%.json"), "defs/%C3%A4%20b%3A1%25.json");
    }
}
