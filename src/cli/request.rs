//! From arguments to what is looked for: the named files and folders, the projects around them, and what a change touches.

use std::io;
use std::path::{Path, PathBuf};

use super::Streams;
use super::git::Change;
use super::load::Paths;
use crate::discover::{self, Context, Request};
use crate::workspace::Deleted;

impl Paths {
    /// Whether the standard input is the text of a definition.
    pub(super) fn wants_input(&self) -> bool {
        self.stdin_filename.is_some() || self.paths.iter().any(|path| path.as_os_str() == "-")
    }

    /// What to look for; none where the arguments do not go together, which is said.
    pub(super) fn request(&self, streams: &mut Streams<'_>) -> io::Result<Option<Request>> {
        let is_dash = |path: &&PathBuf| path.as_os_str() == "-";
        let wants_input = self.paths.iter().any(|path| is_dash(&path));
        let mut paths: Vec<PathBuf> = self.paths.iter().filter(|path| !is_dash(path)).cloned().collect();
        let overlay = match (&self.stdin_filename, wants_input) {
            (None, false) => None,
            (None, true) => {
                writeln!(streams.err, "mixlint: `-` needs `--stdin-filename PATH`, which says where the text belongs")?;
                return Ok(None);
            }
            // The name alone says it too: editors leave the dash out.
            (Some(name), _) => match discover::read_from(streams.input) {
                Ok(bytes) => Some((name.clone(), bytes)),
                Err(reason) => {
                    writeln!(streams.err, "mixlint: the standard input cannot be read: {reason}")?;
                    return Ok(None);
                }
            },
        };
        // What a file refers to lies around it, so its project is read with it.
        let files = paths.iter().filter(|path| streams.working_directory.join(path).is_file());
        let mut context: Vec<Context> =
            files.chain(overlay.iter().map(|(name, _)| name)).map(|file| project_of(file, streams)).collect();
        if overlay.is_some() {
            // Beside the text from the standard input, other paths only say where its project is.
            let project = |folder| Context { folder, is_project: true };
            context = if paths.is_empty() { context } else { std::mem::take(&mut paths).into_iter().map(project).collect() };
        } else if paths.is_empty() {
            paths.push(PathBuf::from("."));
        }
        let mut focus = Vec::new();
        if self.force_exclude {
            let is_file = |path: &PathBuf| streams.working_directory.join(path).is_file();
            (focus, paths) = paths.into_iter().partition(is_file);
        }
        context.sort();
        context.dedup();
        Ok(Some(Request { paths, context, no_ignore: self.no_ignore, except: Vec::new(), focus, overlay }))
    }

    /// Asks for the files that a change touches, those below the named paths where some are named, in the project around the working
    /// directory. Gives what the change deletes.
    pub(super) fn look_at(&self, change: Change, request: &mut Request, streams: &Streams<'_>) -> Deleted {
        let here = &streams.working_directory;
        let named: Vec<PathBuf> = self.paths.iter().map(|path| discover::absolute(here, path)).collect();
        let is_asked = |path: &PathBuf| named.is_empty() || named.iter().any(|named| path.starts_with(named));
        request.focus = change.files.into_iter().filter(is_asked).collect();
        request.except.extend(change.gone);
        // What is not there is still to be complained of.
        request.paths.retain(|path| !here.join(path).exists());
        request.context = vec![Context { folder: change.project, is_project: true }];
        change.deleted
    }
}

/// The project around a file: its marked root, or the working directory when the file lies in it. A working directory that holds
/// everything, as the user's own does, is no project; then there are only the files beside it.
fn project_of(name: &Path, streams: &Streams<'_>) -> Context {
    let here = &streams.working_directory;
    let file = here.join(name);
    let folder = file.parent().unwrap_or(here);
    let is_below = folder.starts_with(here) && here.parent().is_some() && streams.home.as_ref() != Some(here);
    match discover::marked_root(folder) {
        Some(root) => Context { folder: root.to_owned(), is_project: true },
        None if is_below => Context { folder: here.clone(), is_project: true },
        None => Context { folder: folder.to_owned(), is_project: false },
    }
}
