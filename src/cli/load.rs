//! From paths to a workspace: discover, read, parse; in parallel when there are many files.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::configure::{self, Broken, ConfigArguments};
use super::git::Change;
use super::report::Reporting;
use super::timings::Timings;
use super::{Exit, Streams};
use crate::config::{self, Config};
use crate::definitions::Mentions;
use crate::diagnostic::Severity;
use crate::discover::{self, Candidate, Content, Context, Discovery, Request};
use crate::policy::{Base, Level, Policy, Suppressed};
use crate::shape::Told;
use crate::text::{FileId, SourceFile, Sources};
use crate::workspace::{Deleted, FileContent, Unreadable, Workspace};

/// Below this many files, threads cost more than they gain.
const MANY: usize = 64;

/// Files and folders to look through.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Paths {
    /// Files and folders; the working directory when there are none. `-` is the standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Look into hidden and ignored files too
    #[arg(long)]
    pub(super) no_ignore: bool,
    /// The file whose text the standard input is; the rest of its project is read from disk
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Read files that are named only where a walk finds them: not when they are ignored, or hold no definitions
    #[arg(long)]
    pub(super) force_exclude: bool,
    /// The values of manifests' parameters: a file with an object, each value by the name of its parameter
    #[arg(long, value_name = "FILE")]
    pub(super) parameters: Option<PathBuf>,
    #[command(flatten)]
    pub(super) config: ConfigArguments,
}

/// Why there is no project to look at.
pub(super) enum Unloaded {
    /// The arguments do not fit together; that has been said.
    Arguments,
    /// The configuration has mistakes.
    Config(Broken),
}

impl Unloaded {
    /// Ends a command that has no findings and no project to look at.
    pub(super) fn report(self, streams: &mut Streams<'_>) -> io::Result<Exit> {
        match self {
            Unloaded::Arguments => Ok(Exit::Usage),
            Unloaded::Config(broken) => broken.report(streams),
        }
    }

    /// Ends a command that has no project to look at: the mistakes of the configuration are its findings.
    pub(super) fn render(self, reporting: &Reporting, color: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
        match self {
            Unloaded::Arguments => Ok(Exit::Usage),
            Unloaded::Config(broken) => broken.render(reporting, color, streams),
        }
    }
}

/// A project, loaded.
pub(super) struct Loaded {
    pub(super) workspace: Workspace,
    pub(super) timings: Timings,
    /// What is reported, as the configuration says.
    pub(super) policy: Policy,
    /// What is found and not reported, once that is known.
    pub(super) suppressed: Vec<Suppressed>,
    /// The least severity that makes the exit code 1, as the configuration says.
    pub(super) fail_on: Severity,
    /// The baseline that the configuration names.
    pub(super) baseline: Option<PathBuf>,
    /// What the service itself tells of the shape of manifests.
    pub(super) told: Option<Told>,
    /// What was passed over without being opened.
    pub(super) passed_over: Vec<(String, &'static str)>,
    /// Whether something that the user named could not be read.
    pub(super) is_incomplete: bool,
    /// The files that the user asked for, when more were read because of them.
    pub(super) focus: Option<HashSet<FileId>>,
    /// Whether one of them came from the standard input.
    pub(super) is_from_input: bool,
    /// The folder that paths in reports are relative to.
    pub(super) root: PathBuf,
}

impl Loaded {
    /// Takes the levels that the command line sets. Says no, also to the user, when no rule is left.
    pub(super) fn force(&mut self, levels: HashMap<&'static str, Level>, streams: &mut Streams<'_>) -> io::Result<bool> {
        self.policy.forced = levels;
        let is_idle = self.policy.is_idle();
        if is_idle {
            writeln!(streams.err, "mixlint: every rule is off, so nothing would be checked")?;
        }
        Ok(!is_idle)
    }
}

impl Paths {
    /// Whether the standard input is the text of a definition.
    pub(super) fn wants_input(&self) -> bool {
        self.stdin_filename.is_some() || self.paths.iter().any(|path| path.as_os_str() == "-")
    }

    /// Loads the project.
    pub(super) fn load(&self, streams: &mut Streams<'_>) -> io::Result<Result<Loaded, Unloaded>> {
        self.load_with(None, None, streams)
    }

    /// Loads the project without a file of data, which may lie in it.
    pub(super) fn load_without(&self, data: Option<&Path>, streams: &mut Streams<'_>) -> io::Result<Result<Loaded, Unloaded>> {
        self.load_with(data, None, streams)
    }

    /// Loads the project, with the files that a change touches in focus.
    pub(super) fn load_with(
        &self,
        data: Option<&Path>,
        change: Option<Change>,
        streams: &mut Streams<'_>,
    ) -> io::Result<Result<Loaded, Unloaded>> {
        let mut timings = Timings::start();
        let mut configured = match self.config.load(self.parameters.as_deref(), streams)? {
            Ok(configured) => configured,
            Err(broken) => return Ok(Err(Unloaded::Config(broken))),
        };
        timings.done("configure");
        let folder = configured.file.as_ref().and_then(|(path, _)| path.parent());
        let configured_folder = folder.unwrap_or(&streams.working_directory).to_owned();
        let Some(mut request) = self.request(streams)? else { return Ok(Err(Unloaded::Arguments)) };
        request.except.extend(data.map(Path::to_owned));
        let is_change = change.is_some();
        if let Some(change) = change {
            configured.settings.deleted = self.look_at(change, &mut request, streams);
        }
        let is_from_input = request.overlay.is_some();
        // Whatever is checked depends on the configuration.
        let mut touched = request.focus.iter().chain(&request.except).filter_map(|path| path.file_name()?.to_str());
        let is_configuration = touched.any(|name| config::NAMES.contains(&name));
        let has_focus = !is_configuration && (is_change || is_from_input || !request.context.is_empty());
        let discovery = discover::discover(&request, &streams.working_directory);
        let mut is_incomplete = false;
        for (path, reason) in &discovery.not_found {
            is_incomplete = true;
            writeln!(streams.err, "mixlint: {path}: {reason}")?;
        }
        let Discovery { mut candidates, passed_over, root, .. } = discovery;
        let base = configured.file.as_ref().map_or_else(Base::default, |(path, _)| base(path, &root));
        candidates.retain(|candidate| base.path(&candidate.path).is_none_or(|path| configured.config.takes(&path)));
        let asked = candidates.iter().enumerate().filter(|(_, candidate)| candidate.is_in_focus);
        let mut focus: HashSet<FileId> = asked.map(|(number, _)| FileId::new(number)).collect();
        timings.done("discover");
        let (mut sources, mut contents, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
        let files = read_all(candidates, configured.told.as_ref());
        timings.took("read", files.iter().map(|file| file.read_in).sum());
        timings.took("parse, lower and look", files.iter().map(|file| file.understood_in).sum());
        for (number, file) in files.into_iter().enumerate() {
            match file.failure {
                Some(reason) if file.is_meant => {
                    is_incomplete = true;
                    writeln!(streams.err, "mixlint: {}: {reason}", file.source.shown)?;
                }
                Some(reason) => unreadable.push(Unreadable { file: FileId::new(number), reason }),
                None => {}
            }
            sources.push(file.source);
            contents.push(file.content);
        }
        if let Some(file) = configured.parameters.take() {
            let id = FileId::new(sources.len());
            // What is wrong with the values concerns whoever gives them.
            focus.insert(id);
            configured.settings.parameters = configure::values(&file, id);
            sources.push(file);
            contents.push(FileContent::default());
        }
        let mut config = match configured.file.take() {
            Some((path, file)) => {
                let names = discover::names(&path, &streams.working_directory, &root);
                among(names, &file, &mut sources, &mut contents)
            }
            None => Config::default(),
        };
        configured.settings.links = std::mem::take(&mut config.links);
        let (fail_on, baseline) = (config.fail_on(), config.baseline.take());
        let baseline = baseline.map(|path| configured_folder.join(path.value));
        let policy = config.policy(base, streams.today.clone());
        let workspace = Workspace::new(Sources::new(sources), contents, unreadable, configured.settings);
        timings.done("link and compute");
        let told = configured.told;
        Ok(Ok(Loaded {
            workspace,
            told,
            timings,
            policy,
            suppressed: Vec::new(),
            fail_on,
            baseline,
            passed_over,
            is_incomplete,
            focus: has_focus.then_some(focus),
            is_from_input,
            root,
        }))
    }

    fn request(&self, streams: &mut Streams<'_>) -> io::Result<Option<Request>> {
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
    fn look_at(&self, change: Change, request: &mut Request, streams: &Streams<'_>) -> Deleted {
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

/// From the root of a project to the folder of its configuration.
fn base(config: &Path, root: &Path) -> Base {
    let folder = config.parent().unwrap_or(root);
    let way = |path: &Path| {
        let names = path.components().map(|part| part.as_os_str().to_string_lossy());
        names.map(|name| name.into_owned() + "/").collect::<String>()
    };
    match (folder.strip_prefix(root), root.strip_prefix(folder)) {
        (Ok(below), _) => Base { strip: way(below), add: String::new() },
        (_, Ok(below)) => Base { strip: String::new(), add: way(below) },
        _ => Base::default(),
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

/// Puts the configuration among the files of the project, so that what only a check tells of it has a place in it; and reads it
/// there.
fn among(names: (String, String), file: &SourceFile, sources: &mut Vec<SourceFile>, contents: &mut Vec<FileContent>) -> Config {
    let (path, shown) = names;
    let known = sources.iter().position(|source| source.path == path);
    let id = FileId::new(known.unwrap_or(sources.len()));
    let mut file = SourceFile::new(path, file.text());
    file.shown = shown;
    let (config, _) = config::read(&file, id);
    match known {
        Some(number) => sources[number] = file,
        None => {
            sources.push(file);
            contents.push(FileContent::default());
        }
    }
    config
}

struct Read {
    source: SourceFile,
    content: FileContent,
    is_meant: bool,
    failure: Option<String>,
    /// How long it took to get its bytes, and to find out what they define.
    read_in: Duration,
    understood_in: Duration,
}

/// Reads all files, in their order; side by side when there are many.
fn read_all(candidates: Vec<Candidate>, told: Option<&Told>) -> Vec<Read> {
    let mentions = Mentions::finder();
    let numbered: Vec<(usize, Candidate)> = candidates.into_iter().enumerate().collect();
    let read = |(number, candidate): (usize, Candidate)| read(FileId::new(number), candidate, &mentions, told);
    if numbered.len() < MANY { numbered.into_iter().map(read).collect() } else { numbered.into_par_iter().map(read).collect() }
}

fn read(id: FileId, candidate: Candidate, mentions: &Mentions, told: Option<&Told>) -> Read {
    let Candidate { path, shown, is_meant, content, .. } = candidate;
    let start = Instant::now();
    let bytes = content.and_then(|content| match content {
        Content::File(path) => discover::read(&path),
        Content::Bytes(bytes) => Ok(bytes),
    });
    let (bytes, failure) = match bytes {
        Ok(bytes) => (bytes, None),
        Err(reason) => (Vec::new(), Some(reason)),
    };
    let mut source = SourceFile::from_bytes(path, bytes);
    source.shown = shown;
    let read_in = start.elapsed();
    if failure.is_some() {
        let (content, understood_in) = (FileContent::default(), Duration::ZERO);
        return Read { source, content, is_meant, failure, read_in, understood_in };
    }
    let content = FileContent::read(&source, id, is_meant, mentions, told);
    if content.definitions.is_empty() && content.errors.is_empty() {
        source.drop_text();
    }
    let understood_in = start.elapsed() - read_in;
    Read { source, content, is_meant, failure, read_in, understood_in }
}
