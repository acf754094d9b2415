//! `mixlint check`.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::fix::Mending;
use super::load::Paths;
use super::objects::{self, Found};
use super::report::{Reporting, count, severities};
use super::select::Selection;
use super::{Exit, Streams};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::{Counted, Output, Summary};
use crate::text::FileId;
use crate::workspace::Workspace;

/// Arguments of `mixlint check`.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    paths: Paths,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    pub(super) reporting: Reporting,
    #[command(flatten)]
    mending: Mending,
    /// A file of objects to hold against the schema of a bucket: JSON, JSON Lines or CSV. `-` is the standard input
    #[arg(long, value_name = "FILE", requires = "bucket", conflicts_with_all = ["ignore", "enable", "fix"])]
    objects: Option<PathBuf>,
    /// The name or the id of the bucket of the objects
    #[arg(long, value_name = "NAME", requires = "objects")]
    bucket: Option<String>,
    /// How many findings about the objects are shown; all are counted
    #[arg(long, value_name = "NUMBER", default_value_t = 20, requires = "objects")]
    max_findings: usize,
}

impl Check {
    pub(super) fn run(&self, color: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
        if let (Some(objects), Some(bucket)) = (&self.objects, &self.bucket) {
            return self.check_objects(objects, bucket, color, streams);
        }
        let Some(selected) = self.selection.find(streams)? else { return Ok(Exit::Usage) };
        let loaded = match self.paths.load(streams)? {
            Ok(loaded) => loaded,
            Err(unloaded) => return unloaded.render(self.reporting.format(color, streams), streams),
        };
        if let Some(how) = self.mending.how() {
            return how.run(loaded, &selected, &self.reporting, color, streams);
        }
        let workspace = &loaded.workspace;
        let mut findings = selected.check(workspace);
        if let Some(focus) = &loaded.focus {
            keep_what_concerns(&mut findings, workspace, focus);
        }
        self.reporting.report(&loaded, &findings, color, streams)
    }

    /// Holds the objects in a file against the schema of a bucket. The project is only looked at for the bucket.
    fn check_objects(&self, file: &Path, bucket: &str, color: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
        if file.as_os_str() == "-" && self.paths.wants_input() {
            writeln!(streams.err, "mixlint: the standard input cannot be the objects and a definition")?;
            return Ok(Exit::Usage);
        }
        let loaded = match self.paths.load_without(Some(file), streams)? {
            Ok(loaded) => loaded,
            Err(unloaded) => return unloaded.render(self.reporting.format(color, streams), streams),
        };
        let is_incomplete = loaded.is_incomplete;
        let Some(found) = objects::check(file, bucket, self.max_findings, loaded, streams)? else { return Ok(Exit::Usage) };
        let Found { findings, sources, summary, counted, failure } = found;
        let output = Output { findings: &findings, summary, sources: &sources, data: Some(&counted) };
        if self.reporting.write(output, color, streams)? {
            writeln!(streams.err, "mixlint: {}", data_line(summary, &counted, findings.len()))?;
            if let Some(failure) = &failure {
                writeln!(streams.err, "mixlint: {}: {failure}", file.display())?;
            }
        }
        let failing = [(Severity::Error, summary.errors), (Severity::Warning, summary.warnings), (Severity::Info, summary.infos)];
        Ok(match failing.iter().any(|(severity, count)| *severity >= self.reporting.least() && *count > 0) {
            _ if failure.is_some() || is_incomplete => Exit::Usage,
            true => Exit::Findings,
            false if counted.objects == 0 && !self.reporting.allow_empty => Exit::Nothing,
            false => Exit::Clean,
        })
    }
}

/// Keeps the findings in some files, about them, or in files whose definitions read what they define.
pub(super) fn keep_what_concerns(findings: &mut Vec<Diagnostic>, workspace: &Workspace, focus: &HashSet<FileId>) {
    let dependents = workspace.dependents(focus);
    findings.retain(|finding| {
        let is_about = || finding.related.iter().any(|label| focus.contains(&label.span.file));
        dependents.contains(&finding.primary.span.file) || is_about()
    });
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
