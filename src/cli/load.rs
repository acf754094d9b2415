//! From paths to a workspace: configure, discover, read, link.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use super::configure::{self, Broken, ConfigArguments};
use super::git::Change;
use super::read::read_all;
use super::report::Reporting;
use super::timings::Timings;
use super::{Exit, Streams};
use crate::config::{self, Config};
use crate::diagnostic::Severity;
use crate::discover::{self, Discovery};
use crate::policy::{Base, Level, Policy, Suppressed};
use crate::shape::Told;
use crate::text::{FileId, Sources};
use crate::workspace::{FileContent, Unreadable, Workspace};

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
    /// Loads the project.
    pub(super) fn load(&self, streams: &mut Streams<'_>) -> io::Result<Result<Loaded, Unloaded>> {
        self.load_with(None, None, Timings::start(false), streams)
    }

    /// Loads the project without a file of data, which may lie in it.
    pub(super) fn load_without(&self, data: Option<&Path>, streams: &mut Streams<'_>) -> io::Result<Result<Loaded, Unloaded>> {
        self.load_with(data, None, Timings::start(false), streams)
    }

    /// Loads the project, with the files that a change touches in focus.
    pub(super) fn load_with(
        &self,
        data: Option<&Path>,
        change: Option<Change>,
        mut timings: Timings,
        streams: &mut Streams<'_>,
    ) -> io::Result<Result<Loaded, Unloaded>> {
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
        let base = configured.file.as_ref().map_or_else(Base::default, |(path, _)| configure::base(path, &root));
        candidates.retain(|candidate| base.path(&candidate.path).is_none_or(|path| configured.config.takes(&path)));
        let asked = candidates.iter().enumerate().filter(|(_, candidate)| candidate.is_in_focus);
        let mut focus: HashSet<FileId> = asked.map(|(number, _)| FileId::new(number)).collect();
        timings.done("discover");
        let files = read_all(candidates, configured.told.as_ref());
        // Beside what was found there may be the file of the values and the configuration.
        let (mut sources, mut contents) = (Vec::with_capacity(files.len() + 2), Vec::with_capacity(files.len() + 2));
        let mut unreadable = Vec::new();
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
                configure::among(names, &file, &mut sources, &mut contents)
            }
            None => Config::default(),
        };
        configured.settings.links = std::mem::take(&mut config.links);
        let (fail_on, baseline) = (config.fail_on(), config.baseline.take());
        let baseline = baseline.map(|path| configured_folder.join(path.value.as_str()));
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
}
