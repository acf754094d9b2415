//! Edits of texts, and the way back from a place in the changed text to the place in the old one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::Edit;
use crate::text::FileId;

/// Edits by file, in the order of their places.
#[derive(Debug, Default)]
pub struct Edits<'e>(BTreeMap<FileId, Vec<&'e Edit>>);

impl<'e> Edits<'e> {
    /// Sorts edits, which do not overlap.
    pub fn new(edits: impl IntoIterator<Item = &'e Edit>) -> Edits<'e> {
        let mut files: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
        for edit in edits {
            files.entry(edit.span.file).or_default().push(edit);
        }
        files.values_mut().for_each(|edits| edits.sort_by_key(|edit| (edit.span.start, edit.span.end)));
        Edits(files)
    }

    /// The files that they change.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        self.0.keys().copied()
    }

    /// The edits of one file.
    pub fn of(&self, file: FileId) -> &[&'e Edit] {
        self.0.get(&file).map_or(&[], Vec::as_slice)
    }
}

/// What the line breaks of a text are made of.
fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// What an edit writes, with the line breaks of the text that it is written into.
fn written<'e>(edit: &'e Edit, line_break: &str) -> Cow<'e, str> {
    match line_break {
        "\r\n" if edit.text.contains('\n') && !edit.text.contains('\r') => Cow::Owned(edit.text.replace('\n', "\r\n")),
        _ => Cow::Borrowed(&edit.text),
    }
}

/// A text with edits made in it, which are in order and do not overlap.
pub fn apply(text: &str, edits: &[&Edit]) -> String {
    let line_break = line_break(text);
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        new.push_str(text.get(at..range.start).unwrap_or_default());
        new.push_str(&written(edit, line_break));
        at = range.end.max(at);
    }
    new.push_str(text.get(at..).unwrap_or_default());
    new
}

/// The places in a text before it was changed.
#[derive(Debug)]
pub(super) struct Origins {
    /// Of each edit: where it begins and ends in the new text, and where in the old one.
    pieces: Vec<[u32; 4]>,
}

impl Origins {
    /// The way back to `text` from what the edits made of it.
    pub(super) fn new(text: &str, edits: &[&Edit]) -> Origins {
        let line_break = line_break(text);
        let mut shift = 0_i64;
        let piece = |edit: &&Edit| {
            let (start, end) = (edit.span.start, edit.span.end);
            let new = (i64::from(start) + shift) as u32;
            let length = written(edit, line_break).len() as u32;
            shift += i64::from(length) - i64::from(end - start);
            [new, new + length, start, end]
        };
        Origins { pieces: edits.iter().map(piece).collect() }
    }

    /// Where a place was. Inside of what an edit wrote it is as far behind the edit's start, but not behind its end.
    pub(super) fn of(&self, offset: u32) -> u32 {
        let after = self.pieces.partition_point(|[new, ..]| *new <= offset);
        let Some([new, new_end, old, old_end]) = after.checked_sub(1).map(|index| self.pieces[index]) else { return offset };
        if offset >= new_end { old_end + (offset - new_end) } else { (old + (offset - new)).min(old_end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit { span: Span::new(FileId::new(0), start..end), text: text.to_owned() }
    }

    #[test]
    fn places_lead_back() {
        let edits = [edit(1, 2, "long"), edit(4, 4, "++"), edit(6, 8, "")];
        let edits: Vec<&Edit> = edits.iter().collect();
        assert_eq!(apply("0123456789", &edits), "0long23++4589");
        let origins = Origins::new("0123456789", &edits);
        for (new, old) in [(0, 0), (1, 1), (2, 2), (4, 2), (5, 2), (6, 3), (7, 4), (8, 4), (9, 4), (10, 5), (11, 8), (12, 9)] {
            assert_eq!(origins.of(new), old, "{new}");
        }
    }

    #[test]
    fn line_breaks_are_those_of_the_text() {
        let insertion = edit(1, 1, "\nb");
        assert_eq!(apply("a\r\nc", &[&insertion]), "a\r\nb\r\nc");
        assert_eq!(apply("a\nc", &[&insertion]), "a\nb\nc");
        assert_eq!(Origins::new("a\r\nc", &[&insertion]).of(4), 1, "the line break of the insertion has two bytes");
    }
}
