//! `mixlint check`.

use std::collections::HashSet;
use std::io;

use clap::ValueEnum;

use super::load::{Loaded, Paths, Unloaded};
use super::{Exit, Streams};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::{self, Format, Look, Output, Summary};
use crate::text::FileId;
use crate::workspace::Workspace;

/// Arguments of `mixlint check`.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    paths: Paths,
    /// How to print the findings
    #[arg(long, value_name = "FORMAT", default_value = "pretty")]
    format: FormatName,
    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: Level,
    /// Exit with 0, not 3, when there is nothing to lint
    #[arg(long)]
    allow_empty: bool,
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

impl Check {
    pub(super) fn run(&self, color: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let format = match self.format {
            FormatName::Pretty => Format::Pretty(Look { color, width: streams.width }),
            FormatName::Concise => Format::Concise,
            FormatName::Json => Format::Json,
        };
        let loaded = match self.paths.load(streams)? {
            Ok(loaded) => loaded,
            Err(Unloaded::Arguments) => return Ok(Exit::Usage),
            Err(Unloaded::Config(broken)) => return broken.render(format, streams),
        };
        let workspace = &loaded.workspace;
        let mut findings = crate::check(workspace);
        if let Some(focus) = &loaded.focus {
            keep_what_concerns(&mut findings, workspace, focus);
        }
        let summary = Summary::new(&findings, files_with_something(workspace, &findings), workspace.len());
        // Written at once, so that a fault on the way leaves no half of a document.
        let mut bytes = Vec::new();
        render::render(format, Output { findings: &findings, summary, sources: &workspace.sources }, &mut bytes)?;
        match streams.out.write_all(&bytes).and_then(|()| streams.out.flush()) {
            // Whoever read has seen enough, as in `| head`; what was found stays found.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(self.exit(&loaded, &findings)),
            Err(error) => Err(error),
            Ok(()) => self.finish(&loaded, &findings, summary, streams),
        }
    }

    fn finish(&self, loaded: &Loaded, findings: &[Diagnostic], summary: Summary, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let is_empty = is_empty(loaded, findings);
        if is_empty && !loaded.is_incomplete {
            writeln!(
                streams.err,
                "mixlint: nothing to lint: no bucket, collection or namespace is defined here, hidden and ignored files aside \
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
        let least = match self.fail_on {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info => Severity::Info,
        };
        match findings.iter().any(|finding| finding.severity >= least) {
            _ if loaded.is_incomplete => Exit::Usage,
            true => Exit::Findings,
            false if is_empty(loaded, findings) && !self.allow_empty => Exit::Nothing,
            false => Exit::Clean,
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

/// Keeps the findings in some files, about them, or in files whose definitions read what they define.
fn keep_what_concerns(findings: &mut Vec<Diagnostic>, workspace: &Workspace, focus: &HashSet<FileId>) {
    let dependents = workspace.dependents(focus);
    findings.retain(|finding| {
        let is_about = || finding.related.iter().any(|label| focus.contains(&label.span.file));
        dependents.contains(&finding.primary.span.file) || is_about()
    });
}

fn files_with_something(workspace: &Workspace, findings: &[Diagnostic]) -> usize {
    let defining = workspace.origins().map(|(_, origin)| origin.span.file);
    let found = findings.iter().map(|finding| finding.primary.span.file);
    defining.chain(found).collect::<HashSet<FileId>>().len()
}

fn summary_line(summary: Summary) -> String {
    let count = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
    format!(
        "{}, {} and {} in {} ({})",
        count(summary.errors, "error"),
        count(summary.warnings, "warning"),
        count(summary.infos, "info"),
        count(summary.files, "file"),
        count(summary.definitions, "definition"),
    )
}
