//! One file: its text, what of it is shown, and where its lines begin.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::lines::Lines;
use super::{LineColumn, Span, Unit};

/// Where a text begins that was cut out of a larger file, of which the rest is not kept. For a whole file all of it is 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// How many lines come before the one that it begins in.
    pub line: usize,
    /// How much comes before it in that line, in each of the units.
    pub columns: [usize; 3],
    /// How many bytes come before it.
    pub offset: u64,
    /// The JSON pointer of what was cut out.
    pub pointer: String,
    /// Whether it is a row of a table, so that it holds no JSON to point into.
    pub is_row: bool,
}

/// One file's text, and where its lines begin.
#[derive(Debug)]
pub struct SourceFile {
    /// The file's name below the root of the project, with `/` between its parts: what machine formats print and what sorts.
    pub path: String,
    /// The file's name as a person who stands in the working directory writes it.
    pub shown: String,
    /// Where the text begins, when it is only a part of the file.
    pub excerpt: Excerpt,
    text: String,
    undecodable: Vec<Range<u32>>,
    concealed: Vec<Range<u32>>,
    lines: OnceLock<Lines>,
}

impl SourceFile {
    /// A file named `path` that holds `text`.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> SourceFile {
        let path = path.into();
        SourceFile {
            shown: path.clone(),
            path,
            excerpt: Excerpt::default(),
            text: text.into(),
            undecodable: Vec::new(),
            concealed: Vec::new(),
            lines: OnceLock::new(),
        }
    }

    /// A file that holds `bytes`. Each byte that is not UTF-8 is read as one `?`, so that every offset stays the offset in the
    /// file; [`SourceFile::undecodable`] says where.
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> SourceFile {
        match String::from_utf8(bytes) {
            Ok(text) => SourceFile::new(path, text),
            Err(error) => {
                let (text, undecodable) = decode_lossily(error.as_bytes());
                SourceFile { undecodable, ..SourceFile::new(path, text) }
            }
        }
    }

    /// The same file, with another text or with its own.
    pub fn with_text(&self, text: Option<&str>) -> SourceFile {
        let mut file = SourceFile::new(self.path.clone(), text.unwrap_or(&self.text));
        file.shown.clone_from(&self.shown);
        file.excerpt.clone_from(&self.excerpt);
        if text.is_none() {
            file.undecodable.clone_from(&self.undecodable);
        }
        file
    }

    /// The text. Offsets into it are offsets into the file. What is shown to people is [`SourceFile::shown_text`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Hides a part of the text from all that is shown of it.
    pub fn conceal(&mut self, range: Range<u32>) {
        self.concealed.push(range);
    }

    /// The text as it may be shown: each byte of what is hidden is a `*`, so that offsets and lines stay the same.
    pub fn shown_text(&self) -> Cow<'_, str> {
        if self.concealed.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let mut shown = self.text.clone().into_bytes();
        for range in &self.concealed {
            let hidden = shown.get_mut(range.start as usize..range.end as usize).unwrap_or_default();
            hidden.iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b'*');
        }
        String::from_utf8(shown).map_or_else(|_| Cow::Owned("*".repeat(self.text.len())), Cow::Owned)
    }

    /// A part of the text, if nothing in it is hidden.
    pub fn shown_part(&self, range: Range<usize>) -> Option<&str> {
        let is_hidden = |hidden: &Range<u32>| (hidden.start as usize) < range.end && range.start < hidden.end as usize;
        if self.concealed.iter().any(is_hidden) { None } else { self.text.get(range) }
    }

    /// The ranges of bytes that are not UTF-8.
    pub fn undecodable(&self) -> &[Range<u32>] {
        &self.undecodable
    }

    /// Forgets the text of a file in which nothing can be reported.
    pub fn drop_text(&mut self) {
        self.text = String::new();
        self.undecodable = Vec::new();
        self.concealed = Vec::new();
        self.lines = OnceLock::new();
    }

    /// The line and column, in the whole file, of a byte offset. An offset past the end is the end; one inside a character is its start.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        self.line_column_in(Unit::Characters, offset)
    }

    /// The same, with the column in another unit.
    pub fn line_column_in(&self, unit: Unit, offset: u32) -> LineColumn {
        let lines = self.lines();
        let line = self.line_of(offset);
        let start = lines.starts[line] as usize;
        let mark = if line == 0 && self.text.starts_with(MARK) { unit.length(MARK.as_bytes()) } else { 0 };
        let column = lines.length_before(unit, &self.text, offset as usize) - lines.length_before(unit, &self.text, start);
        let before = if line == 0 { self.excerpt.columns[unit as usize] } else { 0 };
        LineColumn { line: self.excerpt.line + line + 1, column: before + column.saturating_sub(mark) + 1 }
    }

    /// The place of a byte of the text in the whole file.
    pub fn offset(&self, offset: u32) -> u64 {
        self.excerpt.offset + u64::from(offset)
    }

    /// The number, from 0, of the line that holds the byte at `offset`.
    pub fn line_of(&self, offset: u32) -> usize {
        self.lines().starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The bytes of line `line`, counted from 0, with its line break; the last line for a number past the end.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let starts = &self.lines().starts;
        let line = line.min(starts.len() - 1);
        let end = starts.get(line + 1).map_or(self.text.len(), |&next| next as usize);
        starts[line] as usize..end
    }

    /// The part of a span that lies on its first line, without the line break.
    pub fn first_line(&self, span: Span) -> Span {
        let line = self.line_range(self.line_of(span.start));
        let text = self.text.get(line.clone()).unwrap_or_default();
        let end = (line.start + text.trim_end_matches(['\n', '\r']).len()) as u32;
        let start = span.start.min(end);
        Span::new(span.file, start..span.end.clamp(start, end))
    }

    /// How many lines there are; an empty file has one.
    pub fn line_count(&self) -> usize {
        self.lines().starts.len()
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }
}

/// The byte order mark.
const MARK: &str = "\u{feff}";

fn decode_lossily(bytes: &[u8]) -> (String, Vec<Range<u32>>) {
    let mut text = String::with_capacity(bytes.len());
    let mut bad: Vec<Range<u32>> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        let start = text.len() as u32;
        text.extend(chunk.invalid().iter().map(|_| '?'));
        match bad.last_mut() {
            Some(last) if last.end == start => last.end = text.len() as u32,
            _ => bad.push(start..text.len() as u32),
        }
    }
    (text, bad)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{FileId, Sources, Spanned};

    #[test]
    fn columns_count_characters() {
        let file = SourceFile::new("a", "x\n\"😀é\": 1\r\nlast");
        let place = |offset| {
            let at = file.line_column(offset);
            (at.line, at.column)
        };
        assert_eq!(place(0), (1, 1));
        assert_eq!(place(2), (2, 1));
        assert_eq!(place(9), (2, 4), "after the quote, the emoji and the e with an accent");
        assert_eq!(place(file.text().len() as u32), (3, 5));
        assert_eq!(place(u32::MAX), (3, 5));
    }

    #[test]
    fn each_unit_counts_the_same_text_in_its_own_way() {
        let file = SourceFile::new("a", "\u{feff}\"😀é\": 1");
        let columns = Unit::ALL.map(|unit| file.line_column_in(unit, 3 + 1 + 4 + 2).column);
        assert_eq!(columns, [4, 5, 8], "after the mark, the quote, the emoji and the e with an accent");
        let long = SourceFile::new("a", format!("{}x", "😀".repeat(1000)));
        assert_eq!(Unit::ALL.map(|unit| long.line_column_in(unit, 4000).column), [1001, 2001, 4001]);
    }

    #[test]
    fn columns_of_long_lines_count_characters_too() {
        let file = SourceFile::new("a", format!("\u{feff}{}x", "é".repeat(5000)));
        assert_eq!(file.line_column(3 + 10_000), LineColumn { line: 1, column: 5001 });
        assert_eq!(file.line_column(3), LineColumn { line: 1, column: 1 });
    }

    #[test]
    fn of_several_lines_the_first_counts() {
        let file = SourceFile::new("a", "ab: [\r\n  1 ]\n");
        let first = |start, end| file.first_line(Span::new(FileId::new(0), start..end)).range();
        assert_eq!(first(4, 11), 4..5);
        assert_eq!(first(0, 2), 0..2);
        assert_eq!(first(6, 8), 5..5, "a line break has no place of its own");
        assert_eq!(first(13, 13), 13..13);
    }

    #[test]
    fn a_part_is_shown_when_nothing_in_it_is_hidden() {
        let mut file = SourceFile::new("a", "key: secret end");
        file.conceal(5..11);
        assert_eq!(file.shown_part(0..5), Some("key: "));
        assert_eq!(file.shown_part(11..15), Some(" end"));
        assert_eq!((file.shown_part(0..6), file.shown_part(10..15), file.shown_part(6..8)), (None, None, None));
    }

    #[test]
    fn bytes_that_are_not_text_keep_the_offsets() {
        let file = SourceFile::from_bytes("a", b"a\xff\xfeb\x80".to_vec());
        assert_eq!(file.text(), "a??b?");
        assert_eq!(file.undecodable(), [1..3, 4..5]);
    }

    #[test]
    fn a_part_of_an_escaped_value_has_the_place_of_the_whole() {
        let sources = Sources::new(vec![SourceFile::new("a", r#"["a.b","a\u002eb"]"#)]);
        let value = |start, end| Spanned { value: "a.b".into(), span: Span::new(FileId::new(0), start..end) };
        assert_eq!(sources.part(&value(1, 6), 2..3).range(), 4..5);
        assert_eq!(sources.part(&value(7, 17), 2..3).range(), 7..17);
    }
}
