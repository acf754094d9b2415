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
}
