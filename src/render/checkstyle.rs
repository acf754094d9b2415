//! Checkstyle XML: an error for each finding, below its file.

use std::io::{self, Write};

use super::xml::escape;
use super::{FAULT, Output, fault, said};

/// Writes the findings of each file.
pub(super) fn checkstyle(output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    begin(out)?;
    for of_file in output.findings.chunk_by(|a, b| a.primary.span.file == b.primary.span.file) {
        let file = output.sources.get(of_file[0].primary.span.file);
        writeln!(out, "  <file name=\"{}\">", escape(&file.path))?;
        for finding in of_file {
            let place = file.line_column(finding.primary.span.start);
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"mixlint.{}\"/>",
                place.line,
                place.column,
                finding.severity.name(),
                escape(&said(finding)),
                escape(finding.rule)
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}

/// Writes one error that says what went wrong inside mixlint.
pub(super) fn checkstyle_failure(message: &str, out: &mut dyn Write) -> io::Result<()> {
    begin(out)?;
    writeln!(out, "  <file name=\"mixlint\">")?;
    let message = escape(&fault(message));
    writeln!(out, "    <error line=\"1\" severity=\"error\" message=\"{message}\" source=\"mixlint.{FAULT}\"/>")?;
    writeln!(out, "  </file>\n</checkstyle>")
}

fn begin(out: &mut dyn Write) -> io::Result<()> {
    // The version of Checkstyle whose reports look like this; readers ask for one.
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")
}
