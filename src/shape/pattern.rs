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

    pub(super) fn matches(&self, text: &str) -> bool {
        let Some(rest) = text.strip_prefix(&self.start) else { return false };
        let is_in = |letter: char| letter.is_ascii_alphanumeric() || self.marks.contains(letter);
        (self.least..=self.most).contains(&rest.chars().count()) && rest.chars().all(is_in)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_what_the_expression_matches() {
        for (pattern, yes, no) in [
            ("^[a-zA-Z0-9_-]*$", &["", "a-b_9"][..], &["a b", "ü", "a."][..]),
            ("^upl_[a-zA-Z0-9_-]+$", &["upl_a", "upl_-"], &["upl_", "a", "upl_é"]),
            ("^ray_[a-zA-Z0-9_]{3,4}$", &["ray_abc", "ray_a_c9"], &["ray_ab", "ray_abcde", "ray_a-c"]),
        ] {
            let pattern = Pattern::read(pattern).unwrap_or_else(|| panic!("{pattern}"));
            assert!(yes.iter().all(|text| pattern.matches(text)), "{pattern:?}");
            assert!(!no.iter().any(|text| pattern.matches(text)), "{pattern:?}");
        }
        assert!(Pattern::read("a|b").is_none());
    }
}
