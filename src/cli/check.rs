//! `mixlint check`.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::baseline::leave_out_known;
use super::fix::Mending;
use super::git::ChangeArguments;
use super::load::Paths;
use super::objects::{self, Found};
use super::report::Reporting;
use super::select::Selection;
use super::timings::Timings;
use super::{Exit, Streams};
use crate::diagnostic::{Diagnostic, Severity};
use crate::policy::{self, Outcome};
use crate::render::{Counted, Output, Summary, count};
use crate::text::FileId;
use crate::workspace::Workspace;

/// Arguments of `mixlint check`.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    paths: Paths,
    #[command(flatten)]
    change: ChangeArguments,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    pub(super) reporting: Reporting,
    /// A file of findings that are known and not reported, as `mixlint baseline write` writes it
    #[arg(long, value_name = "FILE", env = "MIXLINT_BASELINE")]
    baseline: Option<PathBuf>,
    /// Say where the time goes, on the error stream
    #[arg(long, conflicts_with = "objects")]
    timings: bool,
    #[command(flatten)]
    mending: Mending,
    /// A file of objects to hold against the schema of a bucket: JSON, JSON Lines or CSV. `-` is the standard input
    #[arg(long, value_name = "FILE", requires = "bucket", conflicts_with_all = ["ignore", "enable", "fix"])]
    objects: Option<PathBuf>,
    /// The name or the id of the bucket of the objects
    #[arg(long, value_name = "NAME", requires = "objects")]
    bucket: Option<String>,
}

impl Check {
    pub(super) fn run(&self, color: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
        if let (Some(objects), Some(bucket)) = (&self.objects, &self.bucket) {
            return self.check_objects(objects, bucket, color, streams);
        }
        let Some(levels) = self.selection.find(streams)? else { return Ok(Exit::Usage) };
        let change = match self.change.find(&streams.working_directory, self.paths.no_ignore) {
            Ok(change) => change,
            Err(reason) => {
                writeln!(streams.err, "mixlint: {reason}")?;
                return Ok(Exit::Usage);
            }
        };
        let mut loaded = match self.paths.load_with(None, change, Timings::start(self.timings), streams)? {
            Ok(loaded) => loaded,
            Err(unloaded) => return unloaded.render(&self.reporting, color, streams),
        };
        if !loaded.force(levels, streams)? {
            return Ok(Exit::Usage);
        }
        if let Some(how) = self.mending.how() {
            return how.run(loaded, self.baseline.as_deref(), &self.reporting, color, streams);
        }
        loaded.policy.spares_fixes = !self.reporting.has_fixes(streams);
        let timings = &mut loaded.timings;
        let Outcome { mut findings, suppressed } =
            policy::check_watched(&loaded.workspace, &loaded.policy, &mut |step| timings.done(step));
        loaded.suppressed = suppressed;
        let Some(known) = leave_out_known(self.baseline.as_deref(), &loaded, &mut findings, streams)? else {
            return Ok(Exit::Usage);
        };
        if let Some(focus) = &loaded.focus {
            let is_asked_for = concerns(&loaded.workspace, focus);
            findings.retain(&is_asked_for);
            loaded.suppressed.retain(|one| is_asked_for(&one.finding));
        }
        loaded.timings.done("baseline and focus");
        let exit = self.reporting.report(&loaded, &findings, color, streams)?;
        loaded.timings.done("render");
        if self.timings {
            loaded.timings.write(streams.err)?;
        }
        if known > 0 {
            writeln!(streams.err, "mixlint: {} in the baseline, not reported", count(known, "finding"))?;
        }
        // The process ends here, and giving back ten thousand definitions one by one takes longer than checking some of them.
        std::mem::forget(loaded);
        Ok(exit)
    }

    /// Holds the objects in a file against the schema of a bucket. The project is only looked at for the bucket.
    fn check_objects(&self, file: &Path, bucket: &str, color: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
        if file.as_os_str() == "-" && self.paths.wants_input() {
            writeln!(streams.err, "mixlint: the standard input cannot be the objects and a definition")?;
            return Ok(Exit::Usage);
        }
        let loaded = match self.paths.load_without(Some(file), streams)? {
            Ok(loaded) => loaded,
            Err(unloaded) => return unloaded.render(&self.reporting, color, streams),
        };
        let (is_incomplete, fail_on) = (loaded.is_incomplete, loaded.fail_on);
        let Some(found) = objects::check(file, bucket, self.reporting.most_objects(), loaded, streams)? else {
            return Ok(Exit::Usage);
        };
        let Found { findings, sources, summary, counted, failure } = found;
        let run = self.reporting.run(&[], failure.is_some() || is_incomplete, fail_on);
        let output = Output { findings: &findings, summary, sources: &sources, data: Some(&counted), run };
        if self.reporting.write(output, color, streams)? {
            if !self.reporting.quiet {
                writeln!(streams.err, "mixlint: {}", data_line(summary, &counted, findings.len()))?;
            }
            if let Some(failure) = &failure {
                writeln!(streams.err, "mixlint: {}: {failure}", file.display())?;
            }
        }
        let failing = [(Severity::Error, summary.errors), (Severity::Warning, summary.warnings), (Severity::Info, summary.infos)];
        Ok(match failing.iter().any(|(severity, count)| *severity >= run.failing && *count > 0) {
            _ if failure.is_some() || is_incomplete => Exit::Usage,
            true => Exit::Findings,
            false if counted.objects == 0 && !self.reporting.allow_empty => Exit::Nothing,
            false => Exit::Clean,
        })
    }
}

/// Whether a finding has a place in some files, or in files that depend on them.
pub(super) fn concerns(workspace: &Workspace, focus: &HashSet<FileId>) -> impl Fn(&Diagnostic) -> bool {
    let dependents = workspace.dependents(focus);
    move |finding| {
        let mut places = std::iter::once(&finding.primary).chain(&finding.related);
        places.any(|place| dependents.contains(&place.span.file))
    }
}

/// How many findings there are in a stream of objects, which may be more than are shown.
fn data_line(summary: Summary, counted: &Counted, shown: usize) -> String {
    let objects = counted.objects.try_into().unwrap_or(usize::MAX);
    let all = summary.errors + summary.warnings + summary.infos;
    let part = if shown < all { format!(", of which the first {shown} are shown") } else { String::new() };
    let rules: Vec<String> = counted.rules.iter().map(|(rule, number)| format!("{number} {rule}")).collect();
    let rules = if rules.is_empty() { String::new() } else { format!(": {}", rules.join(", ")) };
    format!("{} in {}{part}{rules}", summary.severities(), count(objects, "object"))
}
