//! Text as XML can hold it.

/// A text as it can stand between tags and in a quoted attribute. What XML 1.0 cannot hold at all is replaced.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // A reader makes blanks of these in an attribute, unless they are written as numbers.
            '\n' | '\r' | '\t' => escaped.push_str(&format!("&#{};", u32::from(letter))),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_tag_or_a_section() {
        assert_eq!(escape("<a b=\"&\">]]>"), "&lt;a b=&quot;&amp;&quot;&gt;]]&gt;");
        assert_eq!(escape("1\n2\t3\r4"), "1&#10;2&#9;3&#13;4");
        assert_eq!(escape("\u{1b}[1m\u{0}\u{ffff}é😀"), "\u{fffd}[1m\u{fffd}\u{fffd}é😀");
    }
}
