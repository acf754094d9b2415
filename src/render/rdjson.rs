//! The Reviewdog Diagnostic Format. Its columns count bytes.

use std::io::{self, Write};

use serde::Serialize;

use super::place::Region;
use super::{FAULT, Output, fault, home, page_of, said};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::text::{LineColumn, SourceFile, Sources, Span, Unit};

#[derive(Serialize)]
struct Report<'a> {
    source: Source,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'static str>,
}

#[derive(Serialize)]
struct Entry<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

/// Writes a diagnostic for each finding.
pub(super) fn rdjson(output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    write(output.findings.iter().map(|finding| entry(finding, output.sources)).collect(), out)
}

/// Writes one diagnostic that says what went wrong inside mixlint.
pub(super) fn rdjson_failure(message: &str, out: &mut dyn Write) -> io::Result<()> {
    let location = Location { path: "mixlint", range: None };
    let code = Code { value: FAULT, url: None };
    let (suggestions, related_locations) = (Vec::new(), Vec::new());
    write(vec![Entry { message: fault(message), location, severity: "ERROR", code, suggestions, related_locations }], out)
}

fn write(diagnostics: Vec<Entry<'_>>, out: &mut dyn Write) -> io::Result<()> {
    let report = Report { source: Source { name: "mixlint", url: home() }, diagnostics };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

fn entry<'a>(finding: &'a Diagnostic, sources: &'a Sources) -> Entry<'a> {
    let related = finding.related.iter();
    Entry {
        message: said(finding),
        location: location(finding.primary.span, sources),
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        code: Code { value: finding.rule, url: page_of(finding.rule) },
        suggestions: finding.fixes.iter().filter_map(|fix| suggestion(fix, finding.primary.span, sources)).collect(),
        related_locations: related
            .map(|label| Related { message: &label.message, location: location(label.span, sources) })
            .collect(),
    }
}

/// Reviewdog puts the working directory in front of a path itself.
fn location(span: Span, sources: &Sources) -> Location<'_> {
    let file = sources.get(span.file);
    Location { path: &file.shown, range: Some(range(file, span)) }
}

/// All edits of a fix as one, from the first to the last, because each suggestion is accepted alone. There is none where edits lie
/// in another file than the finding, or around something that is not to be shown.
fn suggestion(fix: &Fix, primary: Span, sources: &Sources) -> Option<Suggestion> {
    let (first, last) = (fix.edits.first()?, fix.edits.last()?);
    let file = sources.get(primary.file);
    let whole = Span::new(primary.file, first.span.start..last.span.end);
    if fix.edits.iter().any(|edit| edit.span.file != primary.file) {
        return None;
    }
    file.shown_part(whole.range())?;
    let (mut text, mut at) = (String::new(), whole.range().start);
    for edit in &fix.edits {
        text += file.shown_part(at..edit.span.range().start)?;
        text += &edit.text;
        at = edit.span.range().end;
    }
    Some(Suggestion { range: range(file, whole), text })
}

fn range(file: &SourceFile, span: Span) -> Range {
    let region = Region::new(file, span, Unit::Bytes);
    let position = |place: LineColumn| Position { line: place.line, column: place.column };
    Range { start: position(region.start), end: position(region.end) }
}
