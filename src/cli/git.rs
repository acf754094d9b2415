//! Which files a change touches, and what they defined before: asked of git, which is called as a program.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::definitions::Mentions;
use crate::discover;
use crate::syntax::Format;
use crate::text::SourceFile;
use crate::workspace::Deleted;

/// Which change is looked at. Files that it touches are the focus.
#[derive(Debug, clap::Args)]
#[group(id = "change", multiple = false, conflicts_with_all = ["stdin_filename", "objects"])]
pub(super) struct ChangeArguments {
    /// Report what concerns the files that differ from the last commit, and untracked ones
    #[arg(long)]
    changed: bool,
    /// Report what concerns the files that are staged for the next commit
    #[arg(long)]
    staged: bool,
    /// Report what concerns the files that differ from where the current branch left REF
    #[arg(long, value_name = "REF")]
    since: Option<String>,
}

/// The files that a change touches.
#[derive(Debug)]
pub(super) struct Change {
    /// The project around the working directory.
    pub(super) project: PathBuf,
    /// The files that are there after it.
    pub(super) files: Vec<PathBuf>,
    /// The files that are not.
    pub(super) gone: Vec<PathBuf>,
    /// What its files defined before it.
    pub(super) deleted: Deleted,
}

/// A file that differs: its text before is that of a blob, if it was there.
struct Touched {
    path: PathBuf,
    before: Option<String>,
    is_gone: bool,
}

impl ChangeArguments {
    /// The change that is asked for, or why git does not tell; nothing when none is asked for.
    pub(super) fn find(&self, here: &Path, no_ignore: bool) -> Result<Option<Change>, String> {
        let option = match (self.changed, self.staged, &self.since) {
            (true, ..) => "--changed",
            (_, true, _) => "--staged",
            (.., Some(_)) => "--since",
            _ => return Ok(None),
        };
        let git = Git { here, option };
        let up = git.ask(&["rev-parse", "--show-cdup"])?;
        let top = discover::absolute(here, Path::new(up.trim_end()));
        let head = git.tell(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?;
        let touched = match (&self.since, &head) {
            // Nothing is committed yet: every file is new.
            (None, None) if !self.staged => git.listed(&["ls-files", "-z", "--full-name", ":/"], &top)?,
            (None, _) if self.staged => git.differing(&["--cached"], &top)?,
            (None, _) => git.differing(&["HEAD"], &top)?,
            (Some(reference), _) => git.differing(&[&git.branching(reference)?], &top)?,
        };
        let mut files: Vec<PathBuf> = touched.iter().filter(|one| !one.is_gone).map(|one| one.path.clone()).collect();
        if !self.staged {
            let untracked = git.listed(&["ls-files", "-z", "--full-name", "--others", "--exclude-standard", ":/"], &top)?;
            files.extend(untracked.into_iter().map(|one| one.path));
        }
        let project = discover::marked_root(here).map_or(top, Path::to_owned);
        let deleted = git.before(&touched, |path| {
            // What was no part of the project before the change is not missed after it.
            path.starts_with(&project) && (no_ignore || !discover::is_ignored(path, &project))
        })?;
        let gone = touched.into_iter().filter(|one| one.is_gone).map(|one| one.path).collect();
        Ok(Some(Change { project, files, gone, deleted }))
    }
}

struct Git<'a> {
    here: &'a Path,
    /// The option that asks.
    option: &'static str,
}

impl Git<'_> {
    /// The commit where the current branch left another one.
    fn branching(&self, reference: &str) -> Result<String, String> {
        let commit = format!("{reference}^{{commit}}");
        // A text that begins like an option names no commit.
        let known = !reference.starts_with('-') && self.tell(&["rev-parse", "--verify", "--quiet", &commit])?.is_some();
        let shared = if known { self.tell(&["merge-base", reference, "HEAD"])? } else { None };
        if let Some(shared) = shared {
            return Ok(shared.trim_end().to_owned());
        }
        let what = match known {
            true => format!("`{reference}` and the current branch have no commit in common here"),
            false => format!("there is no commit `{reference}` here"),
        };
        let is_shallow = self.ask(&["rev-parse", "--is-shallow-repository"])?.trim_end() == "true";
        let help = match is_shallow {
            true => {
                "This clone is shallow: `git fetch --unshallow` fetches the rest; in a workflow, give `actions/checkout` `fetch-depth: 0`."
            }
            false => "Is it spelled right, and fetched?",
        };
        Err(format!("`{} {reference}`: {what}. {help}", self.option))
    }

    /// The files that differ from something.
    fn differing(&self, from: &[&str], top: &Path) -> Result<Vec<Touched>, String> {
        let options = ["diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-relative", "--no-ext-diff"];
        let output = self.ask_bytes(&[&options[..], &["--ignore-submodules"], from, &["--"]].concat())?;
        let mut parts = output.split(|byte| *byte == 0);
        let mut touched = Vec::new();
        while let (Some(fields), Some(path)) = (parts.next(), parts.next()) {
            // `:100644 000000 <blob before> <blob after> D`
            let fields = String::from_utf8_lossy(fields);
            let fields: Vec<&str> = fields.split(' ').collect();
            let [_, _, before, _, status] = fields[..] else { continue };
            let before = (status != "A").then(|| before.to_owned());
            touched.push(Touched { path: top.join(path_of(path)), before, is_gone: status == "D" });
        }
        Ok(touched)
    }

    /// The files that `ls-files` lists, as ones that were not there before.
    fn listed(&self, arguments: &[&str], top: &Path) -> Result<Vec<Touched>, String> {
        let output = self.ask_bytes(arguments)?;
        let paths = output.split(|byte| *byte == 0).filter(|path| !path.is_empty());
        Ok(paths.map(|path| Touched { path: top.join(path_of(path)), before: None, is_gone: false }).collect())
    }

    /// What files that counted defined before they were touched.
    fn before(&self, touched: &[Touched], counted: impl Fn(&Path) -> bool) -> Result<Deleted, String> {
        let mut deleted = Deleted::default();
        let may_define = |path: &Path| Format::from_path(&path.to_string_lossy()).is_some();
        let texts = touched.iter().filter(|one| may_define(&one.path) && counted(&one.path));
        let texts: Vec<(&Touched, &str)> = texts.filter_map(|one| Some((one, one.before.as_deref()?))).collect();
        if texts.is_empty() {
            return Ok(deleted);
        }
        let mentions = Mentions::finder();
        let wanted: String = texts.iter().map(|(_, blob)| format!("{blob}\n")).collect();
        let output = self.run(&["cat-file", "--batch"], wanted.into_bytes())?;
        let mut rest = &output.bytes[..];
        for (one, _) in texts {
            let Some((bytes, after)) = blob(rest) else { break };
            rest = after;
            let shown = discover::shown(&one.path, self.here);
            deleted.add(&SourceFile::from_bytes(shown, bytes.to_vec()), one.is_gone, &mentions);
        }
        Ok(deleted)
    }

    /// What git answers.
    fn ask(&self, arguments: &[&str]) -> Result<String, String> {
        self.ask_bytes(arguments).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    fn ask_bytes(&self, arguments: &[&str]) -> Result<Vec<u8>, String> {
        let answer = self.run(arguments, Vec::new())?;
        if answer.is_success {
            return Ok(answer.bytes);
        }
        Err(match answer.complaint.lines().next().unwrap_or_default() {
            line if line.contains("not a git repository") => {
                format!("`{}` looks at a change in a git repository, and {} is in none", self.option, self.here.display())
            }
            line => format!("`{}`: git {} failed: {line}", self.option, arguments[0]),
        })
    }

    /// What git answers to a question that it may say no to.
    fn tell(&self, arguments: &[&str]) -> Result<Option<String>, String> {
        let answer = self.run(arguments, Vec::new())?;
        Ok(answer.is_success.then(|| String::from_utf8_lossy(&answer.bytes).into_owned()))
    }

    fn run(&self, arguments: &[&str], input: Vec<u8>) -> Result<Answer, String> {
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => {
                format!("`{}` asks git, which is not installed, or not in one of the folders of PATH", self.option)
            }
            _ => format!("`{}`: git cannot be run: {}", self.option, discover::reason(&error)),
        };
        // Its complaints are read here, so they are asked for in one language; and looking must not lock the repository.
        let mut command = Command::new("git");
        command.args(arguments).current_dir(self.here).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        // Written aside: git answers while it is still being asked, and waits until somebody reads.
        let writer = child.stdin.take().map(|mut pipe| std::thread::spawn(move || pipe.write_all(&input)));
        let output = child.wait_with_output().map_err(failed)?;
        if let Some(writer) = writer {
            // What git did not want to read is in its complaint.
            let _ = writer.join();
        }
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok(Answer { is_success: output.status.success(), bytes: output.stdout, complaint })
    }
}

struct Answer {
    is_success: bool,
    bytes: Vec<u8>,
    complaint: String,
}

/// The first text of what `cat-file --batch` answers, and the rest: `<id> blob <size>`, a line end, the text, a line end. What git does
/// not have is empty.
fn blob(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = answer.iter().position(|byte| *byte == b'\n')?;
    let (head, rest) = (std::str::from_utf8(&answer[..end]).ok()?, &answer[end + 1..]);
    match head.rsplit_once(" blob ") {
        Some((_, size)) => {
            let (text, rest) = rest.split_at_checked(size.parse().ok()?)?;
            Some((text, rest.strip_prefix(b"\n")?))
        }
        None => Some((&[], rest)),
    }
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_out_of_one_answer() {
        let answer = b"1a blob 3\na\nb\n2b missing\n3c blob 0\n\n";
        let texts = std::iter::successors(blob(answer), |(_, rest)| blob(rest)).map(|(text, _)| text);
        assert_eq!(texts.collect::<Vec<_>>(), [&b"a\nb"[..], b"", b""]);
        assert_eq!(blob(b"1a blob 9\nshort\n"), None);
    }
}
