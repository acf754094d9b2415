//! JSON Lines: a finding each, as in the JSON report, and a last line with what the report has beside them.

use std::io::{self, Write};

use serde::Serialize;

use super::Output;
use super::json::{Counts, TOOL, Tool, VERSION, counts, findings};

/// Writes a line for each finding, and a summary.
pub(super) fn jsonl(output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Last<'a> {
        summary: Counts<'a>,
        version: u32,
        tool: Tool,
    }
    for finding in findings(output) {
        serde_json::to_writer(&mut *out, &finding)?;
        writeln!(out)?;
    }
    serde_json::to_writer(&mut *out, &Last { summary: counts(output), version: VERSION, tool: TOOL })?;
    writeln!(out)
}

/// Writes the one line that says what went wrong inside mixlint.
pub(super) fn jsonl_failure(message: &str, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Last<'a> {
        internal_error: &'a str,
        version: u32,
        tool: Tool,
    }
    serde_json::to_writer(&mut *out, &Last { internal_error: message, version: VERSION, tool: TOOL })?;
    writeln!(out)
}
