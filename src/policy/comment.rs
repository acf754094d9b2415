//! Suppressions in comments: `# mixlint: ignore[rule] reason` for its own line or the next one, `# mixlint: ignore-file` for all.

use std::ops::Range;

use super::Until;
use crate::suggest::nearest;
use crate::syntax::{self, Format};
use crate::text::{FileId, ShortText, SourceFile, Span, Spanned};

/// What begins the part of a comment that is for us.
const MARK: &str = "mixlint:";

/// The words for a line and for a file.
const WORDS: [&str; 2] = ["ignore", "ignore-file"];

/// Words that other tools have for it.
const OTHERS: [&str; 8] = ["allow", "disable", "disable-line", "disable-next-line", "noqa", "off", "skip", "suppress"];

/// A suppression in a comment.
#[derive(Debug)]
pub(super) struct Comment {
    /// From the mark to the end of the comment.
    pub span: Span,
    /// The line that it is for, from 1; none when it is for the whole file.
    pub line: Option<usize>,
    /// The rules, groups or codes that it names; none when it names none.
    pub names: Option<Vec<Spanned<ShortText>>>,
    /// The last day on which it holds.
    pub until: Option<Until>,
    /// Why.
    pub reason: String,
    /// The word, when it is none of ours, with the one that was meant.
    pub unknown: Option<(Spanned<ShortText>, &'static str)>,
}

/// The suppressions in a file.
pub(super) fn comments(id: FileId, file: &SourceFile) -> Vec<Comment> {
    let text = file.text();
    if !text.contains(MARK) {
        return Vec::new();
    }
    let all = syntax::comments(text, Format::of(file));
    all.iter().filter_map(|range| comment(id, file, range.start as usize..range.end as usize, &all)).collect()
}

fn comment(id: FileId, file: &SourceFile, range: Range<usize>, all: &[Range<u32>]) -> Option<Comment> {
    let text = &file.text()[range.clone()];
    let text = text.strip_suffix("*/").unwrap_or(text);
    let at = text.find(MARK).filter(|at| text[..*at].trim_matches(['#', '/', '*', ' ', '\t']).is_empty())?;
    let mut rest = Rest { id, text: &text[at + MARK.len()..], start: range.start + at + MARK.len() };
    rest.skip_blank();
    let word = rest.take(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    let unknown = match WORDS.iter().find(|known| **known == word.value) {
        Some(_) => None,
        // Other comments may begin like ours.
        None if rest.text.starts_with('[') || OTHERS.contains(&word.value.as_str()) => {
            let is_of_file = word.value.contains("file");
            Some(nearest(&word.value, WORDS).unwrap_or(if is_of_file { "ignore-file" } else { "ignore" }))
        }
        None => Some(nearest(&word.value, WORDS)?),
    };
    let is_of_file = unknown.unwrap_or(&word.value) == "ignore-file";
    let names = rest.names();
    let until = rest.until();
    let reason = rest.text.trim_matches([' ', '\t', ':', '-', '–', '—']).to_owned();
    let span = Span::new(id, (range.start + at) as u32..(range.start + text.trim_end().len()) as u32);
    let line = if is_of_file { None } else { Some(line(file, &range, all)) };
    let unknown = unknown.and_then(|meant| WORDS.into_iter().find(|known| *known == meant)).map(|meant| (word, meant));
    Some(Comment { span, line, names, until, reason, unknown })
}

/// The line that a comment is for: its own when something stands before it, else the next one that is more than a comment.
fn line(file: &SourceFile, comment: &Range<usize>, all: &[Range<u32>]) -> usize {
    let text = file.text();
    let own = file.line_of(comment.start as u32);
    let range = file.line_range(own);
    if !text[range.start..comment.start].trim().is_empty() {
        return own;
    }
    let is_nothing = |line: usize| {
        let range = file.line_range(line);
        let content = text[range.clone()].trim();
        let start = range.start + (text[range.clone()].len() - text[range].trim_start().len());
        content.is_empty() || all.binary_search_by_key(&(start as u32), |one| one.start).is_ok()
    };
    (own + 1..=file.line_count()).find(|line| !is_nothing(*line)).unwrap_or(own)
}

/// What of a comment is still to be read.
struct Rest<'t> {
    id: FileId,
    text: &'t str,
    /// Where it begins in the file.
    start: usize,
}

impl<'t> Rest<'t> {
    fn skip_blank(&mut self) {
        self.take(|letter| letter.is_whitespace());
    }

    fn take(&mut self, is_part: impl Fn(char) -> bool) -> Spanned<ShortText> {
        let length = self.text.find(|letter| !is_part(letter)).unwrap_or(self.text.len());
        let (taken, rest) = self.text.split_at(length);
        let span = Span::new(self.id, self.start as u32..(self.start + length) as u32);
        (self.text, self.start) = (rest, self.start + length);
        Spanned { value: taken.into(), span }
    }

    /// Names in brackets, with commas between them.
    fn names(&mut self) -> Option<Vec<Spanned<ShortText>>> {
        self.skip_blank();
        self.text = self.text.strip_prefix('[')?;
        self.start += 1;
        let mut names = Vec::new();
        loop {
            self.take(|letter| letter.is_whitespace() || letter == ',');
            let name = self.take(|letter| !letter.is_whitespace() && !matches!(letter, ',' | ']'));
            if name.value.is_empty() {
                break;
            }
            names.push(name);
        }
        self.take(|letter| letter == ']');
        Some(names)
    }

    fn until(&mut self) -> Option<Until> {
        self.take(|letter| letter.is_whitespace() || letter == ',');
        let rest = self.text.strip_prefix("until")?;
        let date = rest.strip_prefix(['=', ' ', ':'])?;
        (self.start, self.text) = (self.start + self.text.len() - date.len(), date);
        self.skip_blank();
        Some(Until::new(self.take(|letter| !letter.is_whitespace() && !matches!(letter, ',' | ':'))))
    }
}
