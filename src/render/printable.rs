//! Makes text safe to print: what is in a file must not move a terminal's cursor, nor turn its letters around.

use std::borrow::Cow;

use crate::text::all_bytes;

/// The text with every control character but line breaks and tabs replaced. Each replacement takes as many bytes as what it
/// replaces, so that spans stay true.
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    if all_bytes(text, is_plain) || !text.chars().any(|letter| letter == '\r' || is_harmful(letter)) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        let is_line_break = letter == '\r' && rest.peek() == Some(&'\n');
        safe.push(match letter.len_utf8() {
            _ if is_line_break || (letter != '\r' && !is_harmful(letter)) => letter,
            1 => '?',
            2 => '¿',
            _ => '\u{fffd}',
        });
    }
    Cow::Owned(safe)
}

/// The same, on one line.
pub(super) fn one_line(text: &str) -> String {
    printable(&text.replace(['\n', '\r', '\t'], " ")).into_owned()
}

fn is_harmful(letter: char) -> bool {
    let turns =
        matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    turns || (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_what_a_terminal_would_obey() {
        assert_eq!(printable("plain\ttext\r\nand é"), "plain\ttext\r\nand é");
        for text in ["\u{1b}[31m", "a\rb", "x\u{9b}y", "\u{202e}abc", "\u{7f}"] {
            let safe = printable(text);
            assert_eq!(safe.len(), text.len(), "{text:?}");
            assert!(!safe.chars().any(|letter| is_harmful(letter) || letter == '\r'), "{safe:?}");
        }
    }
}
