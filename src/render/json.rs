//! The JSON report. Its shape is versioned; these types are its only definition.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Output;
use crate::diagnostic::{Diagnostic, Edit, Fix, Label};
use crate::extractors::CATALOGUE;
use crate::syntax;
use crate::text::{SourceFile, Sources};

/// The version of the report's shape.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    tool: Tool,
    diagnostics: Vec<Finding<'a>>,
    summary: Counts<'a>,
}

#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
    catalogue: &'static str,
}

pub(super) const TOOL: Tool = Tool { name: "mixlint", version: env!("CARGO_PKG_VERSION"), catalogue: CATALOGUE };

#[derive(Serialize)]
pub(super) struct Finding<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    path: &'a str,
    pointer: String,
    start: Position,
    end: Position,
    definition: Option<Definition<'a>>,
    related: Vec<Related<'a>>,
    help: Option<&'a str>,
    fixes: Vec<Repair<'a>>,
}

#[derive(Serialize)]
struct Definition<'a> {
    kind: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    path: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Repair<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    path: &'a str,
    start: Position,
    end: Position,
    text: &'a str,
}

/// Lines and columns from 1, columns in code points; the offset in bytes from 0.
#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
    offset: u64,
}

#[derive(Serialize)]
pub(super) struct Counts<'a> {
    error: usize,
    warning: usize,
    info: usize,
    files: usize,
    definitions: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Data<'a>>,
}

/// What was counted in a stream of objects, of which only the first findings are in the report.
#[derive(Serialize)]
struct Data<'a> {
    objects: u64,
    shown: usize,
    rules: &'a BTreeMap<&'static str, u64>,
}

/// Writes the report: one document, paths relative to the root of the project.
pub(super) fn json(output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    let report = Report { version: VERSION, tool: TOOL, diagnostics: findings(output), summary: counts(output) };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

/// The findings, as the report has them.
pub(super) fn findings(output: Output<'_>) -> Vec<Finding<'_>> {
    let pointers = pointers(output.findings, output.sources);
    output.findings.iter().zip(pointers).map(|(one, pointer)| finding(one, pointer, output.sources)).collect()
}

/// What was counted.
pub(super) fn counts(output: Output<'_>) -> Counts<'_> {
    let summary = output.summary;
    Counts {
        error: summary.errors,
        warning: summary.warnings,
        info: summary.infos,
        files: summary.files,
        definitions: summary.definitions,
        data: output.data.map(|data| Data { objects: data.objects, shown: output.findings.len(), rules: &data.rules }),
    }
}

/// Writes a report without findings that says what went wrong inside mixlint.
pub(super) fn json_failure(message: &str, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Failure<'a> {
        version: u32,
        tool: Tool,
        diagnostics: [(); 0],
        internal_error: &'a str,
    }
    serde_json::to_writer_pretty(&mut *out, &Failure { version: VERSION, tool: TOOL, diagnostics: [], internal_error: message })?;
    writeln!(out)
}

fn finding<'a>(finding: &'a Diagnostic, pointer: String, sources: &'a Sources) -> Finding<'a> {
    let span = finding.primary.span;
    let file = sources.get(span.file);
    Finding {
        rule: finding.rule,
        severity: finding.severity.name(),
        message: &finding.message,
        path: &file.path,
        pointer,
        start: position(file, span.start),
        end: position(file, span.end),
        definition: finding.subject.as_ref().map(|subject| Definition { kind: subject.kind, name: &subject.name }),
        related: finding.related.iter().map(|label| related(label, sources)).collect(),
        help: finding.help.as_deref(),
        fixes: finding.fixes.iter().map(|fix| repair(fix, sources)).collect(),
    }
}

fn related<'a>(label: &'a Label, sources: &'a Sources) -> Related<'a> {
    let file = sources.get(label.span.file);
    let (start, end) = (position(file, label.span.start), position(file, label.span.end));
    Related { message: &label.message, path: &file.path, start, end }
}

fn repair<'a>(fix: &'a Fix, sources: &'a Sources) -> Repair<'a> {
    let change = |edit: &'a Edit| {
        let file = sources.get(edit.span.file);
        let (start, end) = (position(file, edit.span.start), position(file, edit.span.end));
        Change { path: &file.path, start, end, text: &edit.text }
    };
    Repair { title: &fix.title, safe: fix.is_safe, edits: fix.edits.iter().map(change).collect() }
}

fn position(file: &SourceFile, offset: u32) -> Position {
    let place = file.line_column(offset);
    Position { line: place.line, column: place.column, offset: file.offset(offset) }
}

/// The JSON pointer of each finding.
fn pointers(findings: &[Diagnostic], sources: &Sources) -> Vec<String> {
    syntax::seen_at(
        findings,
        |finding| finding.primary.span,
        sources,
        |places, finding| {
            let span = finding.primary.span;
            let excerpt = &sources.get(span.file).excerpt;
            let inner = if excerpt.is_row { String::new() } else { places.pointer(span.start, span.end) };
            format!("{}{inner}", excerpt.pointer)
        },
    )
}
