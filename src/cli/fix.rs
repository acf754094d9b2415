//! `mixlint fix`, which is `mixlint check --fix`.

use std::fs;
use std::io;
use std::path::Path;

use super::baseline::leave_out_known;
use super::check::concerns;
use super::load::{Loaded, Paths};
use super::report::Reporting;
use super::select::Selection;
use super::{Exit, Streams, output};
use crate::diagnostic::{Diagnostic, Fix as Change};
use crate::discover;
use crate::fix::{self, Checked, Fixed, Texts};
use crate::policy;
use crate::render::{self, count};
use crate::text::SourceFile;
use crate::workspace::Workspace;

/// Arguments of `mixlint fix`.
#[derive(Debug, clap::Args)]
pub(super) struct Fix {
    #[command(flatten)]
    paths: Paths,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    pub(super) reporting: Reporting,
    /// Print what would be changed, and change nothing; the exit code is 1 if there is something
    #[arg(long)]
    diff: bool,
    /// Also make changes that a person should look at
    #[arg(long = "unsafe")]
    is_unsafe: bool,
}

/// What `mixlint check` is told of fixing.
#[derive(Debug, clap::Args)]
pub(super) struct Mending {
    /// Mend what can be mended, and report the rest, as `mixlint fix` does
    #[arg(long)]
    fix: bool,
    /// With `--fix`: print what would be changed, and change nothing; the exit code is 1 if there is something
    #[arg(long, requires = "fix")]
    diff: bool,
    /// With `--fix`: also make changes that a person should look at
    #[arg(long = "unsafe", requires = "fix")]
    is_unsafe: bool,
}

impl Mending {
    /// How to mend, if it is asked for.
    pub(super) fn how(&self) -> Option<How> {
        self.fix.then_some(How { diff: self.diff, is_unsafe: self.is_unsafe })
    }
}

impl Fix {
    pub(super) fn run(&self, color: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let Some(levels) = self.selection.find(streams)? else { return Ok(Exit::Usage) };
        let how = How { diff: self.diff, is_unsafe: self.is_unsafe };
        match self.paths.load(streams)? {
            Ok(mut loaded) => {
                if !loaded.force(levels, streams)? {
                    return Ok(Exit::Usage);
                }
                how.run(loaded, None, &self.reporting, color, streams)
            }
            Err(unloaded) => unloaded.render(&self.reporting, color, streams),
        }
    }
}

/// How to mend.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    diff: bool,
    is_unsafe: bool,
}

impl How {
    /// Mends what can be mended, and reports the rest.
    pub(super) fn run(
        self,
        mut loaded: Loaded,
        baseline: Option<&Path>,
        reporting: &Reporting,
        color: bool,
        streams: &mut Streams<'_>,
    ) -> io::Result<Exit> {
        if loaded.is_from_input && !self.diff {
            writeln!(streams.err, "mixlint: the standard input cannot be changed; `--diff` shows what would be")?;
            return Ok(Exit::Usage);
        }
        let first = &loaded.workspace;
        let Fixed { mut texts, made, left_out, checked } = self.fix(first, &loaded);
        texts.retain(|file, text| first.sources.get(*file).text() != text);
        for one in &left_out {
            let (place, title, rule) = (&one.place, &one.title, one.rule);
            writeln!(streams.err, "mixlint: {place}: left out [{rule}]: {title}: {}", one.reason)?;
        }
        let all = format!("{} in {}", count(made.len(), "fix").replace("fixs", "fixes"), count(texts.len(), "file"));
        let more = self.more(&loaded, &checked.findings);
        if self.diff {
            let mut bytes = Vec::new();
            for file in texts.keys() {
                render::diff(first.sources.get(*file), checked.workspace.sources.get(*file), &mut bytes)?;
            }
            streams.out.write_all(&bytes)?;
            writeln!(streams.err, "mixlint: would make {all}{more}")?;
            let is_nothing = is_empty(&loaded, &checked) && !reporting.allow_empty;
            return Ok(match texts.is_empty() {
                _ if loaded.is_incomplete => Exit::Usage,
                true if is_nothing => Exit::Nothing,
                true => Exit::Clean,
                false => Exit::Findings,
            });
        }
        let mut unwritten = false;
        for (file, text) in &texts {
            let file = first.sources.get(*file);
            if let Err(reason) = replace(&streams.working_directory.join(&file.shown), file, text) {
                unwritten = true;
                writeln!(streams.err, "mixlint: {}: not changed: {reason}", file.shown)?;
            }
        }
        let Checked { workspace, mut findings } = checked;
        if unwritten {
            return Ok(Exit::Usage);
        }
        writeln!(streams.err, "mixlint: made {all}{more}")?;
        if let Some(focus) = &loaded.focus {
            findings.retain(concerns(&workspace, focus));
        }
        loaded.workspace = workspace;
        if leave_out_known(baseline, &loaded, &mut findings, streams)?.is_none() {
            return Ok(Exit::Usage);
        }
        reporting.report(&loaded, &findings, color, streams)
    }

    /// What else could be tried, at the end of the line that says what was done.
    fn more(self, loaded: &Loaded, findings: &[Diagnostic]) -> String {
        let others =
            findings.iter().filter(|finding| finding.fixes.iter().any(|fix| !fix.is_safe && is_asked_for(loaded, fix))).count();
        if self.is_unsafe || others == 0 { String::new() } else { format!("; `--unsafe` would try {others} more") }
    }

    fn fix(self, first: &Workspace, loaded: &Loaded) -> Fixed {
        let may = |change: &Change| (change.is_safe || self.is_unsafe) && is_asked_for(loaded, change);
        let check = |texts: &Texts| {
            let workspace = first.with_texts(texts, loaded.told.as_ref());
            Checked { findings: policy::check(&workspace, &loaded.policy).findings, workspace }
        };
        fix::fix(check(&Texts::new()), &check, &may)
    }
}

/// Whether a change stays within the files that were named, if some were.
fn is_asked_for(loaded: &Loaded, change: &Change) -> bool {
    let focus = loaded.focus.as_ref();
    focus.is_none_or(|focus| change.edits.iter().all(|edit| focus.contains(&edit.span.file)))
}

/// Whether there was nothing to lint. A text from the standard input may define nothing yet.
fn is_empty(loaded: &Loaded, checked: &Checked) -> bool {
    checked.workspace.is_empty() && checked.findings.is_empty() && !loaded.is_from_input
}

/// Puts another text in the place of a file's, unless the file is not to be changed or is not what was read.
fn replace(path: &Path, file: &SourceFile, text: &str) -> Result<(), String> {
    let may = |path: &Path| {
        if fs::metadata(path)?.permissions().readonly() {
            return Err(io::Error::other("it is read-only"));
        }
        let is_same = discover::read(path).map_err(io::Error::other)? == file.text().as_bytes();
        if is_same { Ok(()) } else { Err(io::Error::other("it has changed meanwhile")) }
    };
    output::replace_if(path, text.as_bytes(), may).map_err(|error| discover::reason(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_changed_meanwhile_is_left_alone() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.yaml");
        let read = SourceFile::new("a.yaml", "old");
        fs::write(&path, "older")?;
        assert_eq!(replace(&path, &read, "new"), Err("it has changed meanwhile".to_owned()));
        assert_eq!(discover::read(&path), Ok(b"older".to_vec()));
        fs::write(&path, "old")?;
        assert_eq!(replace(&path, &read, "new"), Ok(()));
        assert_eq!(discover::read(&path), Ok(b"new".to_vec()));
        assert_eq!(fs::read_dir(folder.path())?.count(), 1, "nothing is left beside it");
        Ok(())
    }
}
