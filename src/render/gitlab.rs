//! A Code Quality report of GitLab.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{FAULT, Output, fault, said};
use crate::diagnostic::{Diagnostic, Severity};
use crate::identity::identities;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Writes an issue for each finding.
pub(super) fn gitlab(output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let issue = |(finding, identity): (_, String)| {
        let ordinal = seen.entry(identity.clone()).or_default();
        *ordinal += 1;
        // GitLab shows one issue of several with the same fingerprint.
        let fingerprint = if *ordinal == 1 { identity } else { format!("{identity}-{ordinal}") };
        issue(finding, fingerprint, output)
    };
    let identities = identities(output.findings, output.sources).into_iter().map(|identity| identity.fingerprint());
    let issues: Vec<Issue<'_>> = output.findings.iter().zip(identities).map(issue).collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

/// Writes one issue that says what went wrong inside mixlint: a report without issues would say that all is well.
pub(super) fn gitlab_failure(message: &str, out: &mut dyn Write) -> io::Result<()> {
    let location = Location { path: ".", lines: Lines { begin: 1 } };
    let (description, fingerprint) = (fault(message), FAULT.to_owned());
    let issue = Issue { description, check_name: FAULT, fingerprint, severity: "blocker", location };
    serde_json::to_writer_pretty(&mut *out, &[issue])?;
    writeln!(out)
}

fn issue<'a>(finding: &'a Diagnostic, fingerprint: String, output: Output<'a>) -> Issue<'a> {
    let file = output.sources.get(finding.primary.span.file);
    let begin = file.line_column(finding.primary.span.start).line;
    let severity = match finding.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    };
    let location = Location { path: &file.path, lines: Lines { begin } };
    Issue { description: said(finding), check_name: finding.rule, fingerprint, severity, location }
}
