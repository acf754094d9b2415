//! Field paths, such as `metadata.title`.

use std::ops::Range;

use smallvec::SmallVec;

/// A dotted path: its text, and the bytes of the text that each segment takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath<'a> {
    /// The path as written.
    pub text: &'a str,
    segments: Segments,
}

/// Nearly no path has more than three.
type Segments = SmallVec<[Range<u32>; 3]>;

/// The segments of a path of nothing but letters, digits, `_` and `-`, as nearly all are.
fn plain(text: &str) -> Option<Segments> {
    let (mut segments, mut start) = (Segments::new(), 0);
    for (at, byte) in (0..).zip(text.bytes()) {
        match byte {
            b'.' if start < at => {
                segments.push(start..at);
                start = at + 1;
            }
            b'_' | b'-' => {}
            _ if byte.is_ascii_alphanumeric() => {}
            _ => return None,
        }
    }
    let end = text.len() as u32;
    segments.push(start..end);
    (start < end).then_some(segments)
}

/// Why a text is no field path; the range is the part of the text that is wrong, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// Nothing but blanks.
    Blank,
    /// A dot at the start or the end, or two in a row.
    EmptySegment(Range<usize>),
    /// A blank at the start or the end of a segment.
    Space(Range<usize>),
    /// A `*`.
    Wildcard(Range<usize>),
}

impl<'a> FieldPath<'a> {
    /// Splits a path at its dots. `items[0].name` has the segments `items`, `[0]` and `name`.
    pub fn parse(text: &'a str) -> Result<FieldPath<'a>, Malformed> {
        if let Some(segments) = plain(text) {
            return Ok(FieldPath { text, segments });
        }
        if text.trim_start().is_empty() {
            return Err(Malformed::Blank);
        }
        let mut segments = Segments::new();
        let mut start = 0;
        for part in text.split('.') {
            let range = start..start + part.len();
            start = range.end + 1;
            if part.is_empty() {
                return Err(Malformed::EmptySegment(range.start.saturating_sub(1)..(range.end + 1).min(text.len())));
            }
            if let Some(at) = part.find('*') {
                return Err(Malformed::Wildcard(range.start + at..range.start + at + 1));
            }
            if part.trim().len() != part.len() {
                return Err(Malformed::Space(range));
            }
            let mut from = range.start;
            if part.ends_with(']') {
                for (bracket, _) in part.match_indices('[').filter(|(bracket, _)| *bracket > 0) {
                    segments.push(from as u32..(range.start + bracket) as u32);
                    from = range.start + bracket;
                }
            }
            segments.push(from as u32..range.end as u32);
        }
        Ok(FieldPath { text, segments })
    }

    /// A path of one segment, whatever is in it.
    pub fn literal(text: &'a str) -> FieldPath<'a> {
        FieldPath { text, segments: std::iter::once(0..text.len() as u32).collect() }
    }

    /// How many segments there are; never 0.
    pub fn len(&self) -> usize {
        self.segments.len()
    }

    /// Whether there are no segments, which never happens.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// The text of the segment at `index`, counted from 0.
    pub fn segment(&self, index: usize) -> &'a str {
        &self.text[self.range(index)]
    }

    /// The bytes of the segment at `index`.
    pub fn range(&self, index: usize) -> Range<usize> {
        let segment = &self.segments[index];
        segment.start as usize..segment.end as usize
    }

    /// The text of the segments from `from` up to, not including, `to`.
    pub fn between(&self, from: usize, to: usize) -> &'a str {
        if from >= to {
            return "";
        }
        &self.text[self.range(from).start..self.range(to - 1).end]
    }

    /// The path without its first `count` segments.
    pub fn skip(&self, count: usize) -> FieldPath<'a> {
        FieldPath { text: self.text, segments: self.segments[count..].into() }
    }

    /// The last segment: what a field is called when it is passed on without a name of its own.
    pub fn last(&self) -> &'a str {
        self.segment(self.len() - 1)
    }

    /// Whether the segment at `index` picks an item of a list: `0`, `[0]` or `[]`.
    pub fn is_index(&self, index: usize) -> bool {
        let segment = self.segment(index);
        let inner = segment.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        inner.map_or(!segment.is_empty(), |_| true) && inner.unwrap_or(segment).bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// Whether a reference stands for something that is filled in later, such as `<bucket_id>`, `BUCKET_ID` or `bkt_...`.
pub fn is_placeholder(reference: &str) -> bool {
    let is_shouted = || reference.contains('_') && !reference.contains(|letter: char| letter.is_lowercase() || letter == '-');
    let is_yours = || reference.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("your"));
    is_template(reference) || reference.contains("...") || is_yours() || is_shouted()
}

/// Whether a byte may begin a character by which a template is known.
static BEGINS_SIGN: [bool; 256] = {
    let mut begins_sign = [false; 256];
    let signs = b"<>{}\xe2";
    let mut number = 0;
    while number < signs.len() {
        begins_sign[signs[number] as usize] = true;
        number += 1;
    }
    begins_sign
};

/// Whether a text has a part that is filled in later, such as `{{ name }}`, `${field}` or `$FIELD`. A path is nothing else: names
/// of fields may be in capitals.
pub fn is_template(text: &str) -> bool {
    let is_sign = |letter: char| matches!(letter, '<' | '>' | '{' | '}' | '…');
    // By bytes first, for this is asked of nearly every string.
    let may_have_sign = text.bytes().any(|byte| BEGINS_SIGN[usize::from(byte)]);
    may_have_sign && text.contains(is_sign) || (text.starts_with('$') && !text.starts_with("$.")) || text == "..."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_at_dots_and_brackets() {
        let segments = |text| {
            let path = FieldPath::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
            (0..path.len()).map(|index| path.segment(index).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(segments("title"), ["title"]);
        assert_eq!(segments("metadata.title"), ["metadata", "title"]);
        assert_eq!(segments("items[0].name"), ["items", "[0]", "name"]);
        assert_eq!(segments("grid[0][1]"), ["grid", "[0]", "[1]"]);
        assert_eq!(segments("$.a"), ["$", "a"]);
    }

    #[test]
    fn says_which_part_is_malformed() {
        for (text, error) in [
            ("", Malformed::Blank),
            ("  ", Malformed::Blank),
            ("a..b", Malformed::EmptySegment(1..3)),
            (".a", Malformed::EmptySegment(0..1)),
            ("a.", Malformed::EmptySegment(1..2)),
            ("a. b", Malformed::Space(2..4)),
            ("a.*.b", Malformed::Wildcard(2..3)),
            ("a[*].b", Malformed::Wildcard(2..3)),
        ] {
            assert_eq!(FieldPath::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn knows_placeholders() {
        for text in
            ["<bucket_id>", "$BUCKET_ID", "${bucket}", "{{ bucket }}", "bkt_...", "BUCKET_ID", "YOUR_BUCKET", "your-bucket-id"]
        {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["products", "bkt_products", "$.title", "SKU", "metadata.title"] {
            assert!(!is_placeholder(text), "{text}");
        }
        assert!(is_template("{{ field }}") && is_template("$FIELD") && is_template("..."));
        assert!(!is_template("PRODUCT_TITLE") && !is_template("your_answer") && !is_template("$.title") && !is_template("a...b"));
    }
}
