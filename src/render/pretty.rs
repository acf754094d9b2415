//! Draws findings into their texts, with miette. Places in other files are drawn too.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};
use textwrap::{WordSeparator, WordSplitter};

use super::Output;
use super::printable::{one_line, printable};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::text::{FileId, SourceFile, Span};

/// How a drawing looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether to color it.
    pub color: bool,
    /// How many columns it may take.
    pub width: usize,
}

/// A line that takes more bytes than this is drawn in part.
const LONG_LINE: usize = 400;
/// Of a long line: how many bytes are drawn on each side of a label.
const WINDOW: usize = 60;
/// How many bytes of a long line a label may take.
const LONG_LABEL: usize = 80;

/// Labels whose lines are at most this far apart are drawn together.
const NEAR: usize = 3;

/// Draws each finding.
pub fn pretty(output: Output<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let theme = if look.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_width(look.width).with_context_lines(1);
    // Lines end at blanks alone: what is copied from a sentence should be whole, as `text-extractor` is.
    let handler = handler.with_word_separator(WordSeparator::AsciiSpace).with_word_splitter(WordSplitter::NoHyphenation);
    let mut texts: HashMap<FileId, Cow<'_, str>> = HashMap::new();
    for finding in output.findings {
        for label in labels(finding) {
            texts.entry(label.span.file).or_insert_with(|| drawn_text(output.sources.get(label.span.file)));
        }
    }
    let mut drawing = String::new();
    for finding in output.findings {
        drawing.clear();
        let drawn = Drawn::new(finding, output, &texts);
        handler.render_report(&mut drawing, &drawn).map_err(io::Error::other)?;
        writeln!(out, "{}", drawing.trim_end())?;
        writeln!(out)?;
    }
    Ok(())
}

/// The text of a file, without what is hidden in it, and without what a terminal would obey.
fn drawn_text(file: &SourceFile) -> Cow<'_, str> {
    match file.shown_text() {
        Cow::Borrowed(text) => printable(text),
        Cow::Owned(text) => Cow::Owned(printable(&text).into_owned()),
    }
}

fn labels(finding: &Diagnostic) -> impl Iterator<Item = &Label> {
    std::iter::once(&finding.primary).chain(&finding.related)
}

/// A finding, as miette wants it: all files that it has labels in lie one after the other in one space of offsets.
struct Drawn<'a> {
    finding: &'a Diagnostic,
    files: Vec<Placed<'a>>,
    labels: Vec<LabeledSpan>,
}

/// A file in the space of offsets of one finding. A file may be there twice: miette draws in the order of offsets, and the
/// primary place comes first, so what lies far from it in its own file goes to a second copy.
struct Placed<'a> {
    id: FileId,
    is_second: bool,
    file: &'a SourceFile,
    text: &'a str,
    shown: String,
    base: usize,
}

impl<'a> Drawn<'a> {
    fn new(finding: &'a Diagnostic, output: Output<'a>, texts: &'a HashMap<FileId, Cow<'a, str>>) -> Drawn<'a> {
        let mut drawn = Drawn { finding, files: Vec::new(), labels: Vec::new() };
        let primary = finding.primary.span;
        let line = |span: Span| output.sources.get(span.file).line_of(span.start);
        for (number, label) in labels(finding).enumerate() {
            let is_far = label.span.file == primary.file && line(label.span).abs_diff(line(primary)) > NEAR;
            let file = drawn.place(label.span.file, is_far, output, texts);
            let range = file.drawable(label.span);
            let span = SourceSpan::from((file.base + range.start, range.len()));
            let text = Some(one_line(&label.message));
            drawn.labels.push(match number {
                0 => LabeledSpan::new_primary_with_span(text, span),
                _ => LabeledSpan::new_with_span(text, span),
            });
        }
        drawn
    }

    fn place(
        &mut self,
        id: FileId,
        is_second: bool,
        output: Output<'a>,
        texts: &'a HashMap<FileId, Cow<'a, str>>,
    ) -> &Placed<'a> {
        let at = self.files.iter().position(|placed| placed.id == id && placed.is_second == is_second).unwrap_or_else(|| {
            let file = output.sources.get(id);
            let text = texts.get(&id).map_or("", |text| text.as_ref());
            // A gap between files keeps an empty label at the end of one from lying in the next.
            let base = self.files.last().map_or(0, |last| last.base + last.text.len() + 2);
            self.files.push(Placed { id, is_second, file, text, shown: one_line(&file.shown), base });
            self.files.len() - 1
        });
        &self.files[at]
    }
}

impl Placed<'_> {
    /// The part of a span that is drawn: of several lines the first one, of a long line a piece.
    fn drawable(&self, span: Span) -> Range<usize> {
        let line = self.file.line_range(self.file.line_of(span.start));
        let text = self.text.get(line.clone()).unwrap_or_default();
        let end = line.start + text.trim_end_matches(['\n', '\r']).len();
        let start = span.range().start.min(end);
        let mut stop = span.range().end.clamp(start, end);
        if line.len() > LONG_LINE && stop - start > LONG_LABEL {
            stop = self.boundary(start + LONG_LABEL);
        }
        start..stop
    }

    /// The nearest offset at or before `offset` that is not inside a character.
    fn boundary(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        (0..=offset).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or_default()
    }

    /// What miette draws around a label, or around two that lie close together. The lines come from the index: looking for them
    /// in the text again for each finding would take a time that grows with the square of their number.
    fn read(&self, range: Range<usize>, before: usize, after: usize) -> Result<MietteSpanContents<'_>, MietteError> {
        let first = self.file.line_of(range.start as u32);
        let last = self.file.line_of(range.end.saturating_sub(1).max(range.start) as u32);
        if before == 0 && after == 0 {
            return Ok(self.contents(range, first, last - first + 1));
        }
        let is_long = |line: usize| self.file.line_range(line).len() > LONG_LINE;
        if (first..=last).any(is_long) {
            let line = self.file.line_range(first);
            if first != last || range.len() > LONG_LINE {
                return Err(MietteError::OutOfBounds);
            }
            let start = self.boundary(range.start.saturating_sub(WINDOW).max(line.start));
            let stop = self.boundary((range.end + WINDOW).min(line.end)).max(range.end);
            return Ok(self.contents(start..stop, first, 1));
        }
        let above = (first.saturating_sub(before)..first).rev().take_while(|&line| !is_long(line)).last().unwrap_or(first);
        let below =
            (last + 1..=last + after).take_while(|&line| line < self.file.line_count() && !is_long(line)).last().unwrap_or(last);
        let whole = self.file.line_range(above).start..self.file.line_range(below).end;
        Ok(self.contents(whole, above, below - above + 1))
    }

    fn contents(&self, range: Range<usize>, line: usize, lines: usize) -> MietteSpanContents<'_> {
        let column = self.file.line_column(range.start as u32).column - 1;
        let data = self.text.as_bytes().get(range.clone()).unwrap_or_default();
        let span = SourceSpan::from((self.base + range.start, range.len()));
        let line = self.file.excerpt.line + line;
        MietteSpanContents::new_named(self.shown.clone(), data, span, line, column, lines)
    }
}

impl SourceCode for Drawn<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let holds = |placed: &&Placed<'_>| placed.base <= start && end <= placed.base + placed.text.len();
        // A span over two files lies in neither, so miette draws them apart.
        let placed = self.files.iter().find(holds).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(placed.read(start - placed.base..end - placed.base, before, after)?))
    }
}

impl miette::Diagnostic for Drawn<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(format!("{}[{}]", self.finding.severity.name(), self.finding.rule)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.finding.help.as_ref().map(|help| Box::new(printable(help)) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

impl std::error::Error for Drawn<'_> {}

impl fmt::Debug for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printable(&self.finding.message))
    }
}
