//! `mixlint baseline`, and the baseline of `mixlint check`.

use std::io;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::load::{Loaded, Paths};
use super::select::Selection;
use super::{Exit, Streams, output};
use crate::baseline::Baseline;
use crate::diagnostic::Diagnostic;
use crate::discover;
use crate::identity::identities;
use crate::policy;
use crate::render::count;

/// The name of a baseline where nothing says another one.
const NAME: &str = "mixlint-baseline.json";

/// Arguments of `mixlint baseline`.
#[derive(Debug, clap::Args)]
pub(super) struct BaselineCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Writes all findings that there are now into the baseline, so that only new ones are reported
    Write(Arguments),
    /// Drops from the baseline what is not found any more; new findings are not added
    Update(Arguments),
    /// Says how the baseline and the findings differ; the exit code is 1 when the baseline has findings that are mended
    Check(Arguments),
}

#[derive(Debug, clap::Args)]
struct Arguments {
    #[command(flatten)]
    paths: Paths,
    #[command(flatten)]
    selection: Selection,
    /// The baseline; else that of the configuration, else `mixlint-baseline.json`
    #[arg(long, value_name = "FILE", env = "MIXLINT_BASELINE")]
    baseline: Option<PathBuf>,
}

impl BaselineCommand {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let (Action::Write(arguments) | Action::Update(arguments) | Action::Check(arguments)) = &self.action;
        let Some(levels) = arguments.selection.find(streams)? else { return Ok(Exit::Usage) };
        let mut loaded = match arguments.paths.load(streams)? {
            Ok(loaded) => loaded,
            Err(unloaded) => return unloaded.report(streams),
        };
        if loaded.is_incomplete || !loaded.force(levels, streams)? {
            return Ok(Exit::Usage);
        }
        let findings = policy::check(&loaded.workspace, &loaded.policy).findings;
        let found = identities(&findings, &loaded.workspace.sources);
        let path = path(arguments.baseline.as_deref(), &loaded, streams).unwrap_or_else(|| streams.working_directory.join(NAME));
        let shown = discover::shown(&path, &streams.working_directory);
        if let Action::Write(_) = self.action {
            let baseline = Baseline::of(&found);
            return replace(&path, &shown, &baseline, &format!("{} written", count(baseline.len(), "finding")), streams);
        }
        let Some(baseline) = read(&path, &shown, streams)? else { return Ok(Exit::Usage) };
        let left = baseline.without_fixed(&found);
        let (mended, new) = (baseline.len() - left.len(), found.len() - left.len());
        let line = format!("{} known, {mended} mended, {new} new", count(left.len(), "finding"));
        if let Action::Update(_) = self.action {
            return replace(&path, &shown, &left, &line, streams);
        }
        writeln!(streams.out, "{shown}: {line}")?;
        Ok(if mended > 0 { Exit::Findings } else { Exit::Clean })
    }
}

/// The path of the baseline: that of the command line, else that of the configuration.
fn path(named: Option<&Path>, loaded: &Loaded, streams: &Streams<'_>) -> Option<PathBuf> {
    named.map(|path| streams.working_directory.join(path)).or_else(|| loaded.baseline.clone())
}

fn read(path: &Path, shown: &str, streams: &mut Streams<'_>) -> io::Result<Option<Baseline>> {
    let bytes = discover::read(path).map_err(|reason| format!("cannot be read: {reason}"));
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "is no baseline: it is not text".to_owned()));
    match text.and_then(|text| Baseline::read(&text)) {
        Ok(baseline) => Ok(Some(baseline)),
        Err(why) => {
            writeln!(streams.err, "mixlint: the baseline {shown} {why}")?;
            Ok(None)
        }
    }
}

fn replace(path: &Path, shown: &str, baseline: &Baseline, line: &str, streams: &mut Streams<'_>) -> io::Result<Exit> {
    if let Err(error) = output::replace(path, baseline.write().as_bytes()) {
        writeln!(streams.err, "mixlint: the baseline {shown} cannot be written: {}", discover::reason(&error))?;
        return Ok(Exit::Usage);
    }
    writeln!(streams.err, "mixlint: {shown}: {line}")?;
    Ok(Exit::Clean)
}

/// Leaves out the findings that the baseline knows, and says how many these are. None where the baseline cannot be read.
pub(super) fn leave_out_known(
    named: Option<&Path>,
    loaded: &Loaded,
    findings: &mut Vec<Diagnostic>,
    streams: &mut Streams<'_>,
) -> io::Result<Option<usize>> {
    let Some(path) = path(named, loaded, streams) else { return Ok(Some(0)) };
    let shown = discover::shown(&path, &streams.working_directory);
    let Some(baseline) = read(&path, &shown, streams)? else { return Ok(None) };
    let before = findings.len();
    let mut known = baseline.knows(&identities(findings, &loaded.workspace.sources)).into_iter();
    findings.retain(|_| known.next() != Some(true));
    Ok(Some(before - findings.len()))
}
