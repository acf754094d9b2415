//! Which files are read, and their bytes. This and `cli` are the only rooms that touch the file system.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;
use ignore::gitignore::Gitignore;

use crate::syntax::Format;

/// How large a file may be.
pub const LARGEST: u64 = 128 << 20;

/// Lists what is ignored by mixlint alone.
const IGNORE_FILE: &str = ".mixlintignore";

/// Marks the root of a project.
const ROOT_MARKS: [&str; 3] = [".git", "mixlint.yaml", ".mixlint.yaml"];

/// What to look through.
#[derive(Debug, Default)]
pub struct Request {
    /// Files and folders, as the user named them.
    pub paths: Vec<PathBuf>,
    /// Folders around them that are read too, so that what the files refer to is known.
    pub context: Vec<Context>,
    /// Whether ignore files and the dot of hidden files count for nothing.
    pub no_ignore: bool,
    /// Files that are passed by, wherever they lie, as they hold data and no definitions, or do not count any more.
    pub except: Vec<PathBuf>,
    /// Files that are asked for, though it is not said that they hold definitions: where a walk finds them they are in focus.
    pub focus: Vec<PathBuf>,
    /// A file whose text is not the one on disk: its name, and the text.
    pub overlay: Option<(PathBuf, Vec<u8>)>,
}

/// A folder around a named file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Context {
    /// The folder.
    pub folder: PathBuf,
    /// Whether it is a project, which is read with all that is below it; else only the files that lie beside the named one are.
    pub is_project: bool,
}

/// A file that may hold definitions.
#[derive(Debug)]
pub struct Candidate {
    /// Where it is.
    pub absolute: PathBuf,
    /// Its name below the root of the project, with `/` between its parts.
    pub path: String,
    /// Its name as seen from the working directory.
    pub shown: String,
    /// Whether the user named it.
    pub is_meant: bool,
    /// Whether the user named it, or a folder that it lies in.
    pub is_in_focus: bool,
    /// Its bytes, or why there are none.
    pub content: Result<Content, String>,
}

impl Candidate {
    /// What tells it from others, as texts: paths are compared part by part, which takes long.
    fn name(&self) -> (&str, &OsStr) {
        (&self.path, self.absolute.as_os_str())
    }
}

/// Where a file's bytes are.
#[derive(Debug)]
pub enum Content {
    /// In the file.
    File,
    /// Here.
    Bytes(Vec<u8>),
}

/// What discovery gives.
#[derive(Debug, Default)]
pub struct Discovery {
    /// The files, sorted by path.
    pub candidates: Vec<Candidate>,
    /// Files that were passed over although a folder has them: the name as shown, and why.
    pub passed_over: Vec<(String, &'static str)>,
    /// What the user named and does not exist: the name, and why it could not be looked at.
    pub not_found: Vec<(String, String)>,
    /// The folder that the paths in reports are relative to.
    pub root: PathBuf,
}

/// Walks folders in the order of names, honoring `.gitignore`, `.ignore` and `.mixlintignore`; takes named files always.
pub fn discover(request: &Request, working_directory: &Path) -> Discovery {
    let root = root(request, working_directory);
    let all = |paths: &[PathBuf]| paths.iter().map(|path| absolute(working_directory, path)).collect();
    let (except, focus) = (all(&request.except), all(&request.focus));
    let discovery = Discovery { root, ..Discovery::default() };
    let mut walk = Walk { found: Vec::new(), discovery, working_directory, except, focus, is_in_focus: true };
    for path in &request.paths {
        let absolute = absolute(working_directory, path);
        match std::fs::metadata(&absolute) {
            Ok(metadata) if metadata.is_dir() => walk.folder(&absolute, None, request.no_ignore),
            Ok(_) => walk.add(absolute, true, Ok(Content::File)),
            Err(error) => walk.discovery.not_found.push((path.display().to_string(), reason(&error))),
        }
    }
    walk.is_in_focus = false;
    for context in &request.context {
        let depth = if context.is_project { None } else { Some(1) };
        walk.folder(&absolute(working_directory, &context.folder), depth, request.no_ignore);
    }
    if let Some((path, bytes)) = &request.overlay {
        walk.add(absolute(working_directory, path), true, Ok(Content::Bytes(bytes.clone())));
    }
    let mut candidates = walk.found;
    candidates.sort_by(|one, other| one.name().cmp(&other.name()));
    candidates.dedup_by(|later, first| {
        let is_same = later.name() == first.name();
        if is_same && later.is_meant {
            std::mem::swap(first, later);
        }
        is_same
    });
    Discovery { candidates, ..walk.discovery }
}

/// Reads a file, up to [`LARGEST`] bytes.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| reason(&error))?;
    let size = file.metadata().map(|metadata| metadata.len()).unwrap_or_default();
    let too_large = || format!("it has more than {} MiB, which is the most that is read", LARGEST >> 20);
    if size > LARGEST {
        return Err(too_large());
    }
    // Room for one byte more, so that the end is seen; it is asked for, as a file may grow while it is read.
    let mut bytes = Vec::with_capacity(size as usize + 1);
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) }
}

/// Reads the standard input, up to [`LARGEST`] bytes.
pub fn read_from(input: &mut dyn Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    input.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > LARGEST { Err(format!("it has more than {} MiB", LARGEST >> 20)) } else { Ok(bytes) }
}

/// The folder that a project's root mark lies in, upward from `path`.
pub fn marked_root(path: &Path) -> Option<&Path> {
    path.ancestors().find(|folder| ROOT_MARKS.iter().any(|mark| folder.join(mark).exists()))
}

/// The nearest file of one of these names, from a folder upward. Above the root of a repository none is looked for.
pub fn upward(folder: &Path, names: &[&str]) -> Option<PathBuf> {
    let is_root = |folder: &&Path| folder.join(".git").exists();
    let above = folder.ancestors().find(is_root).and_then(Path::parent);
    let mut folders = folder.ancestors().take_while(|folder| Some(*folder) != above);
    folders.find_map(|folder| names.iter().map(|name| folder.join(name)).find(|path| path.is_file()))
}

/// Whether a walk through a project passes a file by, or would if it were there: it is hidden, or an ignore file lists it.
pub fn is_ignored(path: &Path, project: &Path) -> bool {
    let is_hidden = |part: Component<'_>| part.as_os_str().to_string_lossy().starts_with('.');
    if path.strip_prefix(project).is_ok_and(|path| path.components().any(is_hidden)) {
        return true;
    }
    // The nearest file that has a word on it decides; in one folder the one that is more our own.
    let folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(project));
    let lists = folders.flat_map(|folder| [IGNORE_FILE, ".ignore", ".gitignore"].map(|name| folder.join(name)));
    let words = lists.filter(|list| list.is_file()).map(|list| Gitignore::new(list).0);
    let decided = words.map(|words| {
        let matched = words.matched_path_or_any_parents(path, false);
        (!matched.is_none()).then(|| matched.is_ignore())
    });
    decided.flatten().next().unwrap_or(false)
}

/// The name of a file as seen from the working directory.
pub fn shown(path: &Path, working_directory: &Path) -> String {
    way(&absolute(working_directory, path), working_directory)
}

struct Walk<'r> {
    /// What is found twice stands here twice.
    found: Vec<Candidate>,
    discovery: Discovery,
    working_directory: &'r Path,
    /// Files that are passed by.
    except: HashSet<PathBuf>,
    /// Files that are in focus where they are found.
    focus: HashSet<PathBuf>,
    /// Whether what is found now is what the user asked for.
    is_in_focus: bool,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, depth: Option<usize>, no_ignore: bool) {
        let mut builder = WalkBuilder::new(folder);
        builder.max_depth(depth);
        builder.standard_filters(!no_ignore).require_git(false).git_global(false).follow_links(false);
        builder.sort_by_file_name(|a, b| a.cmp(b)).filter_entry(|entry| entry.file_name() != ".git");
        if !no_ignore {
            builder.add_custom_ignore_filename(IGNORE_FILE);
        }
        for entry in builder.build() {
            match entry {
                Ok(entry) => self.entry(&entry),
                Err(error) => self.unreadable(folder, &error),
            }
        }
    }

    fn entry(&mut self, entry: &ignore::DirEntry) {
        let Some(kind) = entry.file_type() else { return };
        let path = entry.path();
        let of_ours = Format::from_path(&path.to_string_lossy()).is_some();
        if kind.is_symlink() {
            // A link leads to what is walked anyway, or out of the project; and it may lead in a circle.
            if of_ours || path.is_dir() {
                self.pass_over(path, "a symbolic link, which is not followed");
            }
        } else if kind.is_file() && of_ours && !self.except.contains(path) {
            self.add(path.to_owned(), false, Ok(Content::File));
        } else if !kind.is_dir() && of_ours {
            self.pass_over(path, "not a regular file");
        }
    }

    fn pass_over(&mut self, path: &Path, why: &'static str) {
        let shown = self.shown(path);
        self.discovery.passed_over.push((shown, why));
    }

    fn unreadable(&mut self, folder: &Path, error: &ignore::Error) {
        let path = path_of(error).unwrap_or(folder).to_owned();
        let reason = error.io_error().map_or_else(|| error.to_string(), reason);
        self.add(path, false, Err(reason));
    }

    fn add(&mut self, absolute: PathBuf, is_meant: bool, content: Result<Content, String>) {
        let path = way(&absolute, &self.discovery.root);
        let is_in_focus = is_meant || self.is_in_focus || self.focus.contains(&absolute);
        let shown = self.shown(&absolute);
        self.found.push(Candidate { absolute, path, shown, is_meant, is_in_focus, content });
    }

    fn shown(&self, absolute: &Path) -> String {
        way(absolute, self.working_directory)
    }
}

/// The names of a file: below the root of the project, and as seen from the working directory.
pub fn names(path: &Path, working_directory: &Path, root: &Path) -> (String, String) {
    let absolute = absolute(working_directory, path);
    (way(&absolute, root), way(&absolute, working_directory))
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

/// An error of the system in words that begin small, without its number.
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The folder that paths in reports are relative to: the marked root around all that is looked through, else the folder that
/// holds it all. It does not depend on the working directory, so that reports do not either.
fn root(request: &Request, working_directory: &Path) -> PathBuf {
    let named = request
        .paths
        .iter()
        .chain(request.context.iter().map(|context| &context.folder))
        .chain(request.overlay.iter().map(|(path, _)| path));
    let folders = named.map(|path| {
        let path = absolute(working_directory, path);
        if path.is_dir() { path } else { path.parent().map(Path::to_owned).unwrap_or(path) }
    });
    let common = folders.reduce(|a, b| a.components().zip(b.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect());
    let common = common.unwrap_or_else(|| working_directory.to_owned());
    marked_root(&common).map(Path::to_owned).unwrap_or(common)
}

/// The path from the root of the file system, with `.` and `..` taken out as they are written.
pub fn absolute(working_directory: &Path, path: &Path) -> PathBuf {
    let mut absolute = PathBuf::new();
    for component in working_directory.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                absolute.pop();
            }
            other => absolute.push(other),
        }
    }
    absolute
}

/// The way from `base` to `path`, both absolute.
fn relative(path: &Path, base: &Path) -> PathBuf {
    if let Ok(below) = path.strip_prefix(base)
        && !below.as_os_str().is_empty()
    {
        return below.to_owned();
    }
    let shared = path.components().zip(base.components()).take_while(|(a, b)| a == b).count();
    let up = base.components().skip(shared).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(path.components().skip(shared)).collect();
    if way.as_os_str().is_empty() { PathBuf::from(".") } else { way }
}

/// The way from `base` to `path`, both absolute, with `/` between its parts.
fn way(path: &Path, base: &Path) -> String {
    // Where both are spelled alike they need not be taken apart, which takes long.
    let texts = path.to_str().zip(base.to_str()).filter(|_| std::path::MAIN_SEPARATOR == '/');
    let alike = texts.and_then(|(path, base)| path.strip_prefix(base)?.strip_prefix('/'));
    alike.filter(|below| !below.is_empty()).map_or_else(|| slashed(&relative(path, base)), str::to_owned)
}

fn slashed(path: &Path) -> String {
    if let Some(text) = path.to_str().filter(|_| std::path::MAIN_SEPARATOR == '/') {
        return text.to_owned();
    }
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
