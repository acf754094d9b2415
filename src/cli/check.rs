//! `mixlint check`.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::load::{Loaded, Paths};
use super::objects::{self, Found};
use super::{Exit, Streams};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::{self, Counted, Format, Look, Output, Summary};
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
    /// A file of objects to hold against the schema of a bucket: JSON, JSON Lines or CSV. `-` is the standard input
    #[arg(long, value_name = "FILE", requires = "bucket")]
    objects: Option<PathBuf>,
    /// The name or the id of the bucket of the objects
    #[arg(long, value_name = "NAME", requires = "objects")]
    bucket: Option<String>,
    /// How many findings about the objects are shown; all are counted
    #[arg(long, value_name = "NUMBER", default_value_t = 20, requires = "objects")]
    max_findings: usize,
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
        if let (Some(objects), Some(bucket)) = (&self.objects, &self.bucket) {
            return self.check_objects(objects, bucket, color, streams);
        }
        let loaded = match self.paths.load(streams)? {
            Ok(loaded) => loaded,
            Err(unloaded) => return unloaded.render(self.format(color, streams), streams),
        };
        let workspace = &loaded.workspace;
        let mut findings = crate::check(workspace);
        if let Some(focus) = &loaded.focus {
            keep_what_concerns(&mut findings, workspace, focus);
        }
        let summary = Summary::new(&findings, files_with_something(workspace, &findings), workspace.len());
        let output = Output { findings: &findings, summary, sources: &workspace.sources, data: None };
        match self.write(output, color, streams)? {
            true => self.finish(&loaded, &findings, summary, streams),
            false => Ok(self.exit(&loaded, &findings)),
        }
    }

    /// Holds the objects in a file against the schema of a bucket. The project is only looked at for the bucket.
    fn check_objects(&self, file: &Path, bucket: &str, color: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
        if file.as_os_str() == "-" && self.paths.wants_input() {
            writeln!(streams.err, "mixlint: the standard input cannot be the objects and a definition")?;
            return Ok(Exit::Usage);
        }
        let loaded = match self.paths.load_without(Some(file), streams)? {
            Ok(loaded) => loaded,
            Err(unloaded) => return unloaded.render(self.format(color, streams), streams),
        };
        let is_incomplete = loaded.is_incomplete;
        let Some(found) = objects::check(file, bucket, self.max_findings, loaded, streams)? else { return Ok(Exit::Usage) };
        let Found { findings, sources, summary, counted, failure } = found;
        let output = Output { findings: &findings, summary, sources: &sources, data: Some(&counted) };
        if self.write(output, color, streams)? {
            writeln!(streams.err, "mixlint: {}", data_line(summary, &counted, findings.len()))?;
            if let Some(failure) = &failure {
                writeln!(streams.err, "mixlint: {}: {failure}", file.display())?;
            }
        }
        let failing = [(Severity::Error, summary.errors), (Severity::Warning, summary.warnings), (Severity::Info, summary.infos)];
        Ok(match failing.iter().any(|(severity, count)| *severity >= self.least() && *count > 0) {
            _ if failure.is_some() || is_incomplete => Exit::Usage,
            true => Exit::Findings,
            false if counted.objects == 0 && !self.allow_empty => Exit::Nothing,
            false => Exit::Clean,
        })
    }

    fn format(&self, color: bool, streams: &Streams<'_>) -> Format {
        match self.format {
            FormatName::Pretty => Format::Pretty(Look { color, width: streams.width }),
            FormatName::Concise => Format::Concise,
            FormatName::Json => Format::Json,
        }
    }

    /// Writes findings. Says no when whoever reads has seen enough, as in `| head`; what was found stays found.
    fn write(&self, output: Output<'_>, color: bool, streams: &mut Streams<'_>) -> io::Result<bool> {
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
        match findings.iter().any(|finding| finding.severity >= self.least()) {
            _ if loaded.is_incomplete => Exit::Usage,
            true => Exit::Findings,
            false if is_empty(loaded, findings) && !self.allow_empty => Exit::Nothing,
            false => Exit::Clean,
        }
    }

    fn least(&self) -> Severity {
        match self.fail_on {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info => Severity::Info,
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
    format!("{} in {} ({})", severities(summary), count(summary.files, "file"), count(summary.definitions, "definition"))
}

/// How many findings there are in a stream of objects, which may be more than are shown.
fn data_line(summary: Summary, counted: &Counted, shown: usize) -> String {
    let objects = counted.objects.try_into().unwrap_or(usize::MAX);
    let all = summary.errors + summary.warnings + summary.infos;
    let part = if shown < all { format!(", of which the first {shown} are shown") } else { String::new() };
    let rules: Vec<String> = counted.rules.iter().map(|(rule, number)| format!("{number} {rule}")).collect();
    let rules = if rules.is_empty() { String::new() } else { format!(": {}", rules.join(", ")) };
    format!("{} in {}{part}{rules}", severities(summary), count(objects, "object"))
}

fn severities(summary: Summary) -> String {
    let (errors, warnings, infos) =
        (count(summary.errors, "error"), count(summary.warnings, "warning"), count(summary.infos, "info"));
    format!("{errors}, {warnings} and {infos}")
}

fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
