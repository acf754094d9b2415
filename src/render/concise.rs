//! One line a finding: `path:line:col: severity[rule] message`.

use std::io::{self, Write};

use super::Output;
use super::printable::one_line;

/// Writes one line for each finding. Columns count code points, from 1.
pub fn concise(output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in output.findings {
        let file = output.sources.get(finding.primary.span.file);
        let place = file.line_column(finding.primary.span.start);
        writeln!(
            out,
            "{}:{}:{}: {}[{}] {}",
            one_line(&file.shown),
            place.line,
            place.column,
            finding.severity.name(),
            finding.rule,
            one_line(&finding.message)
        )?;
    }
    Ok(())
}
