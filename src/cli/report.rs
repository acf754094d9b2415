//! How findings are reported: the format, the closing line and the exit code.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::io;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::load::Loaded;
use super::output::{self, Target};
use super::{Exit, Streams};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::{self, FORMATS, Format, Look, Output, Run, Summary, count};
use crate::text::FileId;
use crate::workspace::Workspace;

/// How findings are reported.
#[derive(Debug, clap::Args)]
pub(super) struct Reporting {
    /// How to print the findings; without it `pretty`, and `github` in GitHub Actions
    #[arg(long, value_name = "FORMAT", env = "MIXLINT_FORMAT", value_parser = format_parser())]
    format: Option<&'static Format>,
    /// Write all findings to a file too, in a format of its own; may be given several times
    #[arg(long = "output", value_name = "FORMAT=FILE", env = "MIXLINT_OUTPUT", value_parser = output::target)]
    outputs: Vec<Target>,
    /// Print how many findings each rule has, instead of the findings
    #[arg(long)]
    statistics: bool,
    /// Print only the findings that make the exit code 1, and no closing line
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// Print at most so many findings, the most severe ones; the others are counted. With `--objects` the first 20, else all
    #[arg(long, value_name = "NUMBER")]
    max_findings: Option<usize>,
    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", env = "MIXLINT_FAIL_ON")]
    fail_on: Option<Level>,
    /// Exit with 0, not 3, when there is nothing to lint
    #[arg(long)]
    pub(super) allow_empty: bool,
}

fn format_parser() -> impl TypedValueParser<Value = &'static Format> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.summary));
    PossibleValuesParser::new(names).try_map(|name| Format::find(&name).ok_or("there is no such format"))
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

impl Level {
    fn severity(self) -> Severity {
        match self {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info => Severity::Info,
        }
    }
}

impl Reporting {
    /// What the arguments ask for that does not go together.
    pub(super) fn contradiction(&self) -> Option<String> {
        let format = self.format.filter(|format| self.statistics && !format.is_for_people)?;
        Some(format!(
            "`--statistics` is for people and has no format `{0}`: leave one of them out, or write the document to a file with \
             `--output {0}=FILE`",
            format.name
        ))
    }

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
        let files = defining_files(loaded);
        let run = Run { suppressed: &loaded.suppressed, ..self.run(&files, loaded.is_incomplete, loaded.fail_on) };
        let output = Output { findings, summary, sources: &workspace.sources, data: None, run };
        match self.write(output, color, streams)? {
            true => self.finish(loaded, findings, summary, run.failing, streams),
            false => Ok(self.exit(loaded, findings, run.failing)),
        }
    }

    /// What formats are told of the run; the configuration says what fails it where the command line does not.
    pub(super) fn run<'a>(&self, files: &'a [FileId], is_incomplete: bool, fail_on: Severity) -> Run<'a> {
        Run { files, failing: self.fail_on.map_or(fail_on, Level::severity), is_incomplete, suppressed: &[] }
    }

    /// How many findings about objects are kept.
    pub(super) fn most_objects(&self) -> usize {
        self.max_findings.unwrap_or(20)
    }

    /// Whether some document that is written tells how findings can be mended.
    pub(super) fn has_fixes(&self, streams: &Streams<'_>) -> bool {
        let printed = (!self.statistics).then(|| self.format(streams));
        printed.into_iter().chain(self.outputs.iter().map(|target| target.format)).any(|format| format.has_fixes)
    }

    fn format(&self, streams: &Streams<'_>) -> &'static Format {
        let is_in_actions = streams.environment.github_actions.as_deref() == Some("true") && !self.statistics;
        let usual = if is_in_actions { Format::find("github") } else { None };
        self.format.or(usual).unwrap_or(&FORMATS[0])
    }

    /// Writes findings. Says no when whoever reads has seen enough, as in `| head`; what was found stays found.
    pub(super) fn write(&self, output: Output<'_>, color: bool, streams: &mut Streams<'_>) -> io::Result<bool> {
        let look = Look { color, width: streams.width };
        let printed = self.printed(output.findings, output.run.failing);
        let part = Output { findings: printed.as_deref().unwrap_or(output.findings), ..output };
        // Written at once, so that a fault on the way leaves no half of a document.
        let mut bytes = Vec::new();
        match self.statistics {
            true => render::statistics(part, &mut bytes)?,
            false => self.format(streams).write(part, look, &mut bytes)?,
        }
        let is_read = match streams.out.write_all(&bytes).and_then(|()| streams.out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => false,
            Err(error) => return Err(error),
            Ok(()) => true,
        };
        self.write_beside(streams, &|format, bytes| format.write(output, Look { color: false, ..look }, bytes), &|bytes| {
            render::step_summary(output, bytes)
        })?;
        let is_wanted = |finding: &&Diagnostic| !self.quiet || finding.severity >= output.run.failing;
        let shown = output.findings.iter().filter(is_wanted).count();
        match shown.saturating_sub(part.findings.len()) {
            more @ 1.. if is_read && !self.statistics => {
                writeln!(streams.err, "mixlint: {more} more {} not shown", if more == 1 { "is" } else { "are" })?;
            }
            _ => {}
        }
        Ok(is_read)
    }

    /// The findings that are printed, when that is not all of them.
    fn printed(&self, findings: &[Diagnostic], failing: Severity) -> Option<Vec<Diagnostic>> {
        let most = self.max_findings.filter(|most| *most < findings.len() && !self.statistics);
        if !self.quiet && most.is_none() {
            return None;
        }
        let is_wanted = |finding: &&Diagnostic| !self.quiet || finding.severity >= failing;
        let mut numbered: Vec<(usize, &Diagnostic)> = findings.iter().filter(is_wanted).enumerate().collect();
        numbered.sort_by_key(|(number, finding)| (Reverse(finding.severity), *number));
        numbered.truncate(most.unwrap_or(usize::MAX));
        numbered.sort_by_key(|(number, _)| *number);
        Some(numbered.into_iter().map(|(_, finding)| finding.clone()).collect())
    }

    /// Writes what goes to files. All are tried; the first that cannot be written is the error.
    fn write_beside(
        &self,
        streams: &mut Streams<'_>,
        document: &dyn Fn(&Format, &mut Vec<u8>) -> io::Result<()>,
        step_summary: &dyn Fn(&mut Vec<u8>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut failed = Ok(());
        for Target { format, file } in &self.outputs {
            let mut bytes = Vec::new();
            document(format, &mut bytes)?;
            let written = output::replace(&streams.working_directory.join(file), &bytes);
            // Not as it is: a pipe that is broken here is not the output.
            failed = failed.and(written.map_err(|error| io::Error::other(format!("{}: {error}", file.display()))));
        }
        let summary = streams.environment.github_step_summary.as_deref().filter(|path| !path.is_empty());
        if let Some(path) = summary.filter(|_| self.format(streams).name == "github" && !self.statistics) {
            let mut bytes = Vec::new();
            step_summary(&mut bytes)?;
            // Nobody asked for it by name, so it does not fail the run.
            if let Err(error) = output::append(&streams.working_directory.join(path), &bytes) {
                writeln!(streams.err, "mixlint: the summary of the step cannot be written: {path}: {error}")?;
            }
        }
        failed
    }

    fn finish(
        &self,
        loaded: &Loaded,
        findings: &[Diagnostic],
        summary: Summary,
        failing: Severity,
        streams: &mut Streams<'_>,
    ) -> io::Result<Exit> {
        let is_empty = is_empty(loaded, findings);
        if is_empty && !loaded.is_incomplete {
            writeln!(
                streams.err,
                "mixlint: nothing to lint: no bucket, collection, retriever or the like is defined here, hidden and ignored files aside \
                 (`mixlint files --why` tells more)"
            )?;
        } else if !is_empty && !self.quiet {
            writeln!(streams.err, "mixlint: {}", summary_line(summary))?;
        }
        if let [(path, why), ..] = &loaded.passed_over[..] {
            let others = match loaded.passed_over.len() - 1 {
                0 => String::new(),
                more => format!(", and {more} more (`mixlint files --why` lists them)"),
            };
            writeln!(streams.err, "mixlint: not read: {path}: {why}{others}")?;
        }
        Ok(self.exit(loaded, findings, failing))
    }

    fn exit(&self, loaded: &Loaded, findings: &[Diagnostic], failing: Severity) -> Exit {
        match findings.iter().any(|finding| finding.severity >= failing) {
            _ if loaded.is_incomplete => Exit::Usage,
            true => Exit::Findings,
            false if is_empty(loaded, findings) && !self.allow_empty => Exit::Nothing,
            false => Exit::Clean,
        }
    }

    /// After a fault of our own: a program that reads the output, or a file, still gets a document.
    pub(super) fn fail(&self, message: &str, streams: &mut Streams<'_>) -> io::Result<()> {
        let printed = self.format(streams).fail(message, streams.out);
        self.write_beside(streams, &|format, bytes| format.fail(message, bytes), &|bytes| {
            render::step_summary_failure(message, bytes)
        })
        .and(printed)
    }
}

/// Whether there was nothing to lint. A text from the standard input may define nothing yet.
fn is_empty(loaded: &Loaded, findings: &[Diagnostic]) -> bool {
    loaded.workspace.is_empty() && findings.is_empty() && !loaded.is_from_input
}

/// The files that define something and were asked for, in order.
fn defining_files(loaded: &Loaded) -> Vec<FileId> {
    let defining = loaded.workspace.origins().map(|(_, origin)| origin.span.file);
    let is_asked_for = |file: &FileId| loaded.focus.as_ref().is_none_or(|focus| focus.contains(file));
    let mut files: Vec<FileId> = defining.filter(is_asked_for).collect();
    files.sort_unstable();
    files.dedup();
    files
}

fn files_with_something(workspace: &Workspace, findings: &[Diagnostic]) -> usize {
    let defining = workspace.origins().map(|(_, origin)| origin.span.file);
    let found = findings.iter().map(|finding| finding.primary.span.file);
    defining.chain(found).collect::<HashSet<FileId>>().len()
}

fn summary_line(summary: Summary) -> String {
    format!("{} in {} ({})", summary.severities(), count(summary.files, "file"), count(summary.definitions, "definition"))
}
