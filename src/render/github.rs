//! Annotations of GitHub Actions: a workflow command on a line of its own for each finding.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::place::Region;
use super::{FAULT, Output, fault, printable, said};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Sources, Unit};

/// Writes an annotation for each finding. Errors come first, because only the first ones of a step are shown.
pub(super) fn github(output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut findings: Vec<&Diagnostic> = output.findings.iter().collect();
    findings.sort_by_key(|finding| Reverse(finding.severity));
    findings.into_iter().try_for_each(|finding| annotation(finding, output.sources, out))
}

/// Writes an annotation without a place that says what went wrong inside mixlint.
pub(super) fn github_failure(message: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "::error title={FAULT}::{}", data(&fault(message)))
}

fn annotation(finding: &Diagnostic, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let file = sources.get(finding.primary.span.file);
    let region = Region::new(file, finding.primary.span, Unit::Characters);
    let columns = match region.is_on_one_line() {
        true => format!(",col={},endColumn={}", region.start.column, region.end.column),
        // GitHub takes columns for a single line only.
        false => String::new(),
    };
    let (path, line, end) = (property(&file.path), region.start.line, region.end.line);
    let (title, message) = (property(finding.rule), data(&said(finding)));
    writeln!(out, "::{command} file={path},line={line},endLine={end}{columns},title={title}::{message}")
}

/// A text as it can stand behind the second pair of colons.
fn data(text: &str) -> String {
    // What a terminal would obey stands in logs too.
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    printable(&text).into_owned()
}

/// A text as it can stand between commas.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_command_or_a_property_is_escaped() {
        assert_eq!(data("100%: a,\r\nb"), "100%25: a,%0D%0Ab");
        assert_eq!(property("100%: a,\r\nb"), "100%25%3A a%2C%0D%0Ab");
        assert_eq!(data("\u{1b}[31m"), "?[31m");
    }
}
