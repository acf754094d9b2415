//! The parts of a text that are blanked so that the rest of it can be read.

use std::collections::HashSet;
use std::ops::Range;

use super::lines;

/// What is parsed in the place of the original: as long as it, with spaces for what cannot be read.
#[derive(Debug, Default)]
pub(super) struct Masked {
    masks: Vec<Mask>,
    /// The names of the anchors in the masked parts: an alias of one is no fault of its own.
    anchors: HashSet<String>,
}

#[derive(Debug)]
struct Mask {
    range: Range<usize>,
    /// Where a `~` stands for the value that was here.
    stand_in: Option<usize>,
}

impl Masked {
    pub(super) fn is_empty(&self) -> bool {
        self.masks.is_empty()
    }

    /// Blanks `range` of `text`. With `keep_value` a value is left in its place, which is read as one of kind `Invalid`. Says
    /// whether there was anything to blank.
    pub(super) fn add(&mut self, text: &mut String, range: Range<usize>, keep_value: bool) -> bool {
        let range = without_mark(text, range);
        let blank = |byte: &u8| byte.is_ascii_whitespace();
        let Some(first) = text.as_bytes()[range.clone()].iter().position(|byte| !blank(byte)).map(|at| range.start + at) else {
            return false;
        };
        let last = text.as_bytes()[range.clone()].iter().rposition(|byte| !blank(byte)).map_or(first, |at| range.start + at);
        if keep_value && first == last && self.masks.iter().any(|mask| mask.stand_in == Some(first)) {
            return false;
        }
        self.anchors.extend(anchor_names(&text[range.clone()]));
        let stand_in = keep_value.then_some(first);
        // Lines of blanks could be taken for more lines of a block scalar, empty lines cannot.
        overwrite(text, range.clone(), if keep_value { ' ' } else { '\n' });
        if let Some(at) = stand_in {
            text.replace_range(at..at + 1, "~");
        }
        self.insert(Mask { range: first..last + 1, stand_in });
        true
    }

    /// Keeps the masks in order and apart from each other.
    fn insert(&mut self, mut mask: Mask) {
        let from = self.masks.partition_point(|other| other.range.end < mask.range.start);
        let to = self.masks.partition_point(|other| other.range.start <= mask.range.end);
        if let (Some(first), Some(last)) = (self.masks[from..to].first(), self.masks[from..to].last()) {
            let before = first.stand_in.filter(|at| *at < mask.range.start);
            mask.stand_in = before.or(mask.stand_in);
            mask.range = mask.range.start.min(first.range.start)..mask.range.end.max(last.range.end);
        }
        self.masks.splice(from..to, [mask]);
    }

    /// The bytes on the line at `at` that were replaced by the value that begins there.
    pub(super) fn replaced(&self, original: &str, at: usize) -> Option<Range<usize>> {
        let mask = self.masks.get(self.masks.partition_point(|mask| mask.range.end <= at))?;
        let end = mask.range.end.min(lines::end(original, at));
        (mask.stand_in == Some(at)).then(|| at..at + original[at..end].trim_end().len())
    }

    /// Whether what would belong to an empty value at `at` is masked.
    pub(super) fn hides_value(&self, original: &str, at: usize) -> bool {
        let Some(mask) = self.masks.get(self.masks.partition_point(|mask| mask.range.end <= at)) else { return false };
        let between = original.get(at..mask.range.start.max(at)).unwrap_or_default();
        let same_line = !between.contains(['\n', '\r']);
        let deeper = || lines::width(original, mask.range.start) > lines::width(original, at);
        between.trim_ascii().is_empty() && (same_line || deeper())
    }

    pub(super) fn overlaps(&self, range: &Range<usize>) -> bool {
        let after = self.masks.partition_point(|mask| mask.range.end <= range.start);
        self.masks.get(after).is_some_and(|mask| mask.range.start < range.end)
    }

    pub(super) fn hides_anchor(&self, name: &str) -> bool {
        self.anchors.contains(name)
    }

    /// Whether the byte at `at` is masked.
    pub(super) fn covers(&self, at: usize) -> bool {
        self.overlaps(&(at..at + 1))
    }
}

/// Replaces all of `range` but line breaks.
fn overwrite(text: &mut String, range: Range<usize>, with: char) {
    let blanks: String = text.as_bytes()[range.clone()]
        .iter()
        .map(|byte| match byte {
            b'\n' | b'\r' => char::from(*byte),
            _ => with,
        })
        .collect();
    text.replace_range(range, &blanks);
}

/// Makes one line of the lines that meet in each of `ranges`. Says whether there was anything to do.
pub(super) fn join(text: &mut String, ranges: &[Range<usize>]) -> bool {
    for range in ranges {
        text.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    !ranges.is_empty()
}

/// The range without a byte order mark, and widened to whole characters.
fn without_mark(text: &str, range: Range<usize>) -> Range<usize> {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    whole_characters(text, range.start.max(mark)..range.end)
}

/// The range, widened to whole characters.
pub(super) fn whole_characters(text: &str, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start.min(text.len()), range.end.min(text.len()));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end.max(start)
}

fn anchor_names(text: &str) -> impl Iterator<Item = String> {
    let name = |rest: &str| rest.split(|c: char| c.is_whitespace() || ",[]{}".contains(c)).next().map(str::to_owned);
    text.split('&').skip(1).filter_map(name).filter(|name| !name.is_empty())
}
