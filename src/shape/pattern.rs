//! The patterns that the schemas use: a fixed beginning, then characters of one class.

/// `^`, a beginning, and a class of letters, digits and some other characters, repeated.
#[derive(Debug)]
pub struct Pattern {
    /// What the text begins with.
    pub start: String,
    /// The characters beside letters and digits that may follow.
    pub marks: String,
    /// How many characters follow at least.
    pub least: usize,
    /// How many characters follow at most.
    pub most: usize,
}

/// Letters and digits, as every class of the schemas begins.
const CLASS: &str = "[a-zA-Z0-9";

/// What names begin with that may have no digit in front.
const LETTER: &str = "[a-zA-Z_]";

impl Pattern {
    /// A regular expression of this form; nothing for any other form.
    pub(super) fn read(pattern: &str) -> Option<Pattern> {
        let (start, rest) = pattern.strip_prefix('^')?.strip_suffix('$')?.split_once(CLASS)?;
        let (marks, times) = rest.split_once(']')?;
        let (least, most) = match times {
            "*" => (0, usize::MAX),
            "+" => (1, usize::MAX),
            _ => {
                let (least, most) = times.strip_prefix('{')?.strip_suffix('}')?.split_once(',')?;
                (least.parse().ok()?, most.parse().ok()?)
            }
        };
        Some(Pattern { start: start.to_owned(), marks: marks.to_owned(), least, most })
    }

    /// Whether its class stands for the characters that it is written with, and its beginning too or for one letter.
    pub(super) fn is_literal(&self) -> bool {
        let is_mark = |mark: u8| matches!(mark, b'_' | b'.');
        let is_literal = self.start.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        (is_literal || self.start == LETTER) && self.marks.strip_suffix('-').unwrap_or(&self.marks).bytes().all(is_mark)
    }

    /// Whether a text is of a literal form.
    pub(super) fn matches(&self, text: &str) -> bool {
        let is_taken = |byte: u8| byte.is_ascii_alphanumeric() || self.marks.as_bytes().contains(&byte);
        let rest = match self.start.as_str() {
            LETTER => text.strip_prefix(|first: char| first.is_ascii_alphabetic() || first == '_'),
            start => text.strip_prefix(start),
        };
        rest.is_some_and(|rest| (self.least..=self.most).contains(&rest.len()) && rest.bytes().all(is_taken))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_of_this_form_is_understood() {
        for (pattern, start, marks, least, most) in [
            ("^[a-zA-Z0-9_-]*$", "", "_-", 0, usize::MAX),
            ("^upl_[a-zA-Z0-9_-]+$", "upl_", "_-", 1, usize::MAX),
            ("^ray_[a-zA-Z0-9_]{3,4}$", "ray_", "_", 3, 4),
        ] {
            let read = Pattern::read(pattern).unwrap_or_else(|| panic!("{pattern}"));
            assert_eq!(
                (read.start.as_str(), read.marks.as_str(), read.least, read.most),
                (start, marks, least, most),
                "{pattern}"
            );
        }
        assert!(Pattern::read("a|b").is_none());
    }

    #[test]
    fn literal_patterns_match_what_a_regular_expression_would() {
        for (pattern, taken, refused) in [
            ("^[a-zA-Z0-9_-]*$", &["", "a-B_9"][..], &["a.b", "ä", "a\n"][..]),
            ("^upl_[a-zA-Z0-9_-]+$", &["upl_a", "upl_-"], &["upl_", "up_a", ""]),
            ("^[a-zA-Z_][a-zA-Z0-9_]*$", &["a", "_1", "Z9"], &["", "1", "-", "a-", "[a-zA-Z_]"]),
            ("^ray_[a-zA-Z0-9_]{3,4}$", &["ray_abc", "ray_abcd"], &["ray_ab", "ray_abcde", "ray_ab-"]),
        ] {
            let read = Pattern::read(pattern).filter(Pattern::is_literal).unwrap_or_else(|| panic!("{pattern}"));
            assert!(taken.iter().all(|text| read.matches(text)), "{pattern}");
            assert!(!refused.iter().any(|text| read.matches(text)), "{pattern}");
        }
        for pattern in ["^[a-z][a-zA-Z0-9_]*$", "^a.[a-zA-Z0-9]*$", "^[a-zA-Z0-9_-z]*$"] {
            assert!(Pattern::read(pattern).is_none_or(|read| !read.is_literal()), "{pattern}");
        }
    }
}
