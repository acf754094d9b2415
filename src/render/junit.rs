//! JUnit XML: a suite for each file, a case for each finding, and one that passes for a clean file.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::xml::escape;
use super::{FAULT, Output, fault, said};
use crate::diagnostic::Diagnostic;
use crate::text::FileId;

/// Writes the suites. A finding that does not fail the run is a case that was skipped, so that the report is as red as the run.
pub(super) fn junit(output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut suites: BTreeMap<FileId, Vec<&Diagnostic>> = output.run.files.iter().map(|file| (*file, Vec::new())).collect();
    for finding in output.findings {
        suites.entry(finding.primary.span.file).or_default().push(finding);
    }
    let is_failure = |finding: &&&Diagnostic| finding.severity >= output.run.failing;
    let tests: usize = suites.values().map(|findings| findings.len().max(1)).sum();
    let failures = output.findings.iter().filter(|finding| is_failure(&finding)).count();
    begin(tests, failures, 0, out)?;
    for (file, findings) in suites {
        let path = escape(&output.sources.get(file).path);
        let (tests, failures) = (findings.len().max(1), findings.iter().filter(is_failure).count());
        let skipped = findings.len() - failures;
        writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">"
        )?;
        if findings.is_empty() {
            writeln!(out, "    <testcase name=\"no finding\" classname=\"{path}\"/>")?;
        }
        for finding in findings {
            case(finding, is_failure(&&finding), &path, output, out)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// Writes one case that ended with what went wrong inside mixlint.
pub(super) fn junit_failure(message: &str, out: &mut dyn Write) -> io::Result<()> {
    let message = escape(&fault(message));
    begin(1, 0, 1, out)?;
    writeln!(out, "  <testsuite name=\"mixlint\" tests=\"1\" failures=\"0\" errors=\"1\">")?;
    writeln!(out, "    <testcase name=\"{FAULT}\" classname=\"mixlint\">")?;
    writeln!(out, "      <error type=\"{FAULT}\" message=\"{message}\"/>")?;
    writeln!(out, "    </testcase>\n  </testsuite>\n</testsuites>")
}

fn begin(tests: usize, failures: usize, errors: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"mixlint\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">")
}

/// The name of a case has no line, so that it is the same case when lines are added above it.
fn case(finding: &Diagnostic, is_failure: bool, path: &str, output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    let place = output.sources.get(finding.primary.span.file).line_column(finding.primary.span.start);
    let (rule, message) = (escape(finding.rule), escape(&finding.message));
    let element = if is_failure { "failure" } else { "skipped" };
    let severity = finding.severity.name();
    writeln!(out, "    <testcase name=\"{rule}: {message}\" classname=\"{path}\">")?;
    writeln!(
        out,
        "      <{element} type=\"{severity}\" message=\"{message}\">{path}:{}:{}: {severity}[{rule}] {}</{element}>",
        place.line,
        place.column,
        escape(&said(finding))
    )?;
    writeln!(out, "    </testcase>")
}
