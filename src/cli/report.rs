//! How findings are reported: the format, the closing line and the exit code.

use std::collections::HashSet;
use std::io;

use clap::ValueEnum;

use super::load::Loaded;
use super::{Exit, Streams};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::{self, Format, Look, Output, Summary};
use crate::text::FileId;
use crate::workspace::Workspace;

/// How findings are reported.
#[derive(Debug, clap::Args)]
pub(super) struct Reporting {
    /// How to print the findings
    #[arg(long, value_name = "FORMAT", default_value = "pretty")]
    format: FormatName,
    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", env = "MIXLINT_FAIL_ON")]
    fail_on: Option<Level>,
    /// Exit with 0, not 3, when there is nothing to lint
    #[arg(long)]
    pub(super) allow_empty: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// Each finding drawn into its text
    Pretty,
    /// A line each: `path:line:col: severity[rule] message`
    Concise,
    /// One document, for programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Anything
    Info,
}

impl Reporting {
    /// Reports the findings in a project, and ends the command.
    pub(super) fn report(
        &self,
        loaded: &Loaded,
        findings: &[Diagnostic],
        color: bool,
        streams: &mut Streams<'_>,
    ) -> io::Result<Exit> {
        let workspace = &loaded.workspace;
        let summary = Summary::new(findings, files_with_something(workspace, findings), workspace.len());
        let output = Output { findings, summary, sources: &workspace.sources, data: None };
        match self.write(output, color, streams)? {
            true => self.finish(loaded, findings, summary, streams),
            false => Ok(self.exit(loaded, findings)),
        }
    }

    pub(super) fn format(&self, color: bool, streams: &Streams<'_>) -> Format {
        match self.format {
            FormatName::Pretty => Format::Pretty(Look { color, width: streams.width }),
            FormatName::Concise => Format::Concise,
            FormatName::Json => Format::Json,
        }
    }

    /// Writes findings. Says no when whoever reads has seen enough, as in `| head`; what was found stays found.
    pub(super) fn write(&self, output: Output<'_>, color: bool, streams: &mut Streams<'_>) -> io::Result<bool> {
        let format = self.format(color, streams);
        // Written at once, so that a fault on the way leaves no half of a document.
        let mut bytes = Vec::new();
        render::render(format, output, &mut bytes)?;
        match streams.out.write_all(&bytes).and_then(|()| streams.out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
            Err(error) => Err(error),
            Ok(()) => Ok(true),
        }
    }

    fn finish(&self, loaded: &Loaded, findings: &[Diagnostic], summary: Summary, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let is_empty = is_empty(loaded, findings);
        if is_empty && !loaded.is_incomplete {
            writeln!(
                streams.err,
                "mixlint: nothing to lint: no bucket, collection, retriever or the like is defined here, hidden and ignored files aside \
                 (`mixlint files --why` tells more)"
            )?;
        } else if !is_empty {
            writeln!(streams.err, "mixlint: {}", summary_line(summary))?;
        }
        if let [(path, why), ..] = &loaded.passed_over[..] {
            let others = match loaded.passed_over.len() - 1 {
                0 => String::new(),
                more => format!(", and {more} more (`mixlint files --why` lists them)"),
            };
            writeln!(streams.err, "mixlint: not read: {path}: {why}{others}")?;
        }
        Ok(self.exit(loaded, findings))
    }

    fn exit(&self, loaded: &Loaded, findings: &[Diagnostic]) -> Exit {
        match findings.iter().any(|finding| finding.severity >= self.least(loaded.fail_on)) {
            _ if loaded.is_incomplete => Exit::Usage,
            true => Exit::Findings,
            false if is_empty(loaded, findings) && !self.allow_empty => Exit::Nothing,
            false => Exit::Clean,
        }
    }

    /// The least severity that makes the exit code 1, where the configuration asks for another one.
    pub(super) fn least(&self, configured: Severity) -> Severity {
        match self.fail_on {
            None => configured,
            Some(Level::Error) => Severity::Error,
            Some(Level::Warning) => Severity::Warning,
            Some(Level::Info) => Severity::Info,
        }
    }

    /// After a fault of our own: a program that reads the output still gets a document.
    pub(super) fn fail(&self, message: &str, streams: &mut Streams<'_>) -> io::Result<()> {
        match self.format {
            FormatName::Json => render::json_failure(message, streams.out),
            FormatName::Pretty | FormatName::Concise => Ok(()),
        }
    }
}

/// Whether there was nothing to lint. A text from the standard input may define nothing yet.
fn is_empty(loaded: &Loaded, findings: &[Diagnostic]) -> bool {
    loaded.workspace.is_empty() && findings.is_empty() && !loaded.is_from_input
}

fn files_with_something(workspace: &Workspace, findings: &[Diagnostic]) -> usize {
    let defining = workspace.origins().map(|(_, origin)| origin.span.file);
    let found = findings.iter().map(|finding| finding.primary.span.file);
    defining.chain(found).collect::<HashSet<FileId>>().len()
}

fn summary_line(summary: Summary) -> String {
    format!("{} in {} ({})", severities(summary), count(summary.files, "file"), count(summary.definitions, "definition"))
}

pub(super) fn severities(summary: Summary) -> String {
    let (errors, warnings, infos) =
        (count(summary.errors, "error"), count(summary.warnings, "warning"), count(summary.infos, "info"));
    format!("{errors}, {warnings} and {infos}")
}

pub(super) fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
