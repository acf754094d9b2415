//! From the configuration to what it configures: found, read, and the files that it names read with it.

use std::io;
use std::path::{Path, PathBuf};

use super::report::Reporting;
use super::{Exit, Streams};
use crate::config::{self, Config};
use crate::definitions::Value;
use crate::diagnostic::{Diagnostic, Severity};
use crate::discover;
use crate::extractors::{Catalogue, read_own};
use crate::policy::Base;
use crate::render::{self, Output, Run, Summary};
use crate::shape::Told;
use crate::syntax;
use crate::text::{FileId, ShortText, SourceFile, Sources, Spanned};
use crate::workspace::{External, FileContent, Settings};

/// Which configuration counts.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct ConfigArguments {
    /// The configuration; else `mixlint.yaml` or `.mixlint.yaml`, looked for from the working directory upward
    #[arg(long, value_name = "FILE", env = "MIXLINT_CONFIG", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    no_config: bool,
}

/// What a configuration configures.
#[derive(Debug, Default)]
pub(super) struct Configured {
    /// The configuration, and its path and text; none of these where there is no file.
    pub(super) config: Config,
    pub(super) file: Option<(PathBuf, SourceFile)>,
    pub(super) settings: Settings,
    /// What the service itself tells of the shape of manifests.
    pub(super) told: Option<Told>,
    /// The file with the values of manifests' parameters.
    pub(super) parameters: Option<SourceFile>,
}

/// A configuration with mistakes in it. Nothing is checked with half of one.
pub(super) struct Broken {
    sources: Sources,
    findings: Vec<Diagnostic>,
}

impl Broken {
    /// Prints the mistakes in a format.
    pub(super) fn render(mut self, reporting: &Reporting, color: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
        self.findings.sort_by_key(|finding| finding.primary.span);
        let summary = Summary::new(&self.findings, self.sources.iter().count(), 0);
        let run = reporting.run(&[], true, Severity::Error);
        reporting.write(Output { findings: &self.findings, summary, sources: &self.sources, data: None, run }, color, streams)?;
        writeln!(streams.err, "mixlint: nothing was checked, because of mistakes in the configuration")?;
        Ok(Exit::Usage)
    }

    /// Prints the mistakes, a line each, beside the output of a command that has no findings.
    pub(super) fn report(mut self, streams: &mut Streams<'_>) -> io::Result<Exit> {
        self.findings.sort_by_key(|finding| finding.primary.span);
        let summary = Summary::new(&self.findings, self.sources.iter().count(), 0);
        let run = Run { files: &[], failing: Severity::Error, is_incomplete: true, suppressed: &[] };
        render::concise(Output { findings: &self.findings, summary, sources: &self.sources, data: None, run }, streams.err)?;
        Ok(Exit::Usage)
    }
}

impl ConfigArguments {
    /// The path of the configuration, if there is one.
    pub(super) fn path(&self, here: &Path) -> Option<PathBuf> {
        match &self.config {
            _ if self.no_config => None,
            Some(path) => Some(here.join(path)),
            None => discover::upward(here, &config::NAMES),
        }
    }

    /// Reads the configuration and what it names; without one there are the defaults. A file of `parameters` that is named on the
    /// command line counts before that of the configuration.
    pub(super) fn load(&self, parameters: Option<&Path>, streams: &mut Streams<'_>) -> io::Result<Result<Configured, Broken>> {
        let here = &streams.working_directory;
        let mut values = None;
        if let Some(path) = parameters {
            let (path, shown) = (here.join(path), discover::shown(&here.join(path), here));
            match discover::read(&path) {
                Ok(bytes) => values = Some(SourceFile::from_bytes(shown, bytes)),
                Err(reason) => {
                    writeln!(streams.err, "mixlint: {shown}: {reason}")?;
                    return Ok(Err(Broken { sources: Sources::new(Vec::new()), findings: Vec::new() }));
                }
            }
        }
        let Some(path) = self.path(here) else {
            let mut reader = Reader { here, files: Vec::new(), findings: Vec::new() };
            let parameters = values.and_then(|file| reader.parameters(file));
            return Ok(match reader.findings.is_empty() {
                true => Ok(Configured { parameters, ..Configured::default() }),
                false => Err(Broken { sources: Sources::new(reader.files), findings: reader.findings }),
            });
        };
        let shown = discover::shown(&path, here);
        let bytes = match discover::read(&path) {
            Ok(bytes) => bytes,
            Err(reason) => {
                writeln!(streams.err, "mixlint: {shown}: {reason}")?;
                return Ok(Err(Broken { sources: Sources::new(Vec::new()), findings: Vec::new() }));
            }
        };
        let file = SourceFile::from_bytes(shown, bytes);
        let (config, findings) = config::read(&file, FileId::new(0));
        let mut reader = Reader { here, files: vec![SourceFile::new(&*file.path, file.text())], findings };
        let mut settings = Settings::default();
        let folder = path.parent().unwrap_or(here);
        let told = reader.catalogue(&config, folder, &mut settings);
        let named = config.parameters.as_ref().filter(|_| values.is_none());
        let values = values.or_else(|| named.and_then(|path| reader.read(path, "The file of parameters", folder)));
        let parameters = values.and_then(|file| reader.parameters(file));
        settings.external = External(config.external.iter().map(|name| name.value.to_string()).collect());
        Ok(match reader.findings.is_empty() {
            true => Ok(Configured { config, file: Some((path, file)), settings, told, parameters }),
            false => Err(Broken { sources: Sources::new(reader.files), findings: reader.findings }),
        })
    }
}

struct Reader<'a> {
    here: &'a Path,
    /// The configuration, and the files that it names.
    files: Vec<SourceFile>,
    findings: Vec<Diagnostic>,
}

/// The values in a file of parameters.
pub(super) fn values(file: &SourceFile, id: FileId) -> Option<Value> {
    let parse = syntax::parse(file, syntax::Format::of(file));
    parse.tree.documents(id, file).first().map(Value::lower)
}

impl Reader<'_> {
    /// Reads a file that the configuration names.
    fn read(&mut self, path: &Spanned<ShortText>, what: &str, folder: &Path) -> Option<SourceFile> {
        let absolute = folder.join(path.value.as_str());
        match discover::read(&absolute) {
            Ok(bytes) => Some(SourceFile::from_bytes(discover::shown(&absolute, self.here), bytes)),
            Err(reason) => {
                let message = format!("{what} `{}` cannot be read: {reason}.", path.value);
                self.findings.push(config::error(path.span, "not read", message));
                None
            }
        }
    }

    /// A file of parameters, when it is one.
    fn parameters(&mut self, file: SourceFile) -> Option<SourceFile> {
        let id = FileId::new(self.files.len());
        let parse = syntax::parse(&file, syntax::Format::of(&file));
        let mut errors = config::syntax_errors(&parse, id, &file);
        let documents = parse.tree.documents(id, &file);
        if let Some(root) = documents.first().filter(|root| errors.is_empty() && !root.is_object()) {
            let message = "The values of parameters are an object: each value by the name of its parameter.";
            errors.push(config::error(root.span(), "not an object", message));
        }
        if errors.is_empty() {
            return Some(file);
        }
        self.findings.extend(errors);
        self.files.push(file);
        None
    }

    /// Reads the catalogues: extractors, and of a saved answer about manifests the stages, and what it tells of their shape.
    fn catalogue(&mut self, config: &Config, folder: &Path, settings: &mut Settings) -> Option<Told> {
        let (mut own, mut told) = (Vec::new(), None);
        for path in &config.catalogue {
            let Some(file) = self.read(path, "The catalogue", folder) else { continue };
            let id = FileId::new(self.files.len());
            let parse = syntax::parse(&file, syntax::Format::of(&file));
            let errors = config::syntax_errors(&parse, id, &file);
            let is_sound = errors.is_empty();
            self.findings.extend(errors);
            let documents: Vec<Value> = parse.tree.documents(id, &file).iter().map(Value::lower).collect();
            let (mut found, mut faults, mut is_about_manifests) = (Vec::new(), Vec::new(), false);
            for document in documents.iter().filter(|_| is_sound) {
                let stages = document.get("stage_catalog").map(Value::items).unwrap_or_default();
                let ids = stages.iter().filter_map(|stage| stage.get("stage_id")?.as_str());
                settings.stages.extend(ids.map(str::to_owned));
                let schemas = Told::read(document);
                is_about_manifests |= schemas.is_some() || !stages.is_empty();
                told = schemas.or(told);
                if is_about_manifests && document.get("extractor_catalog").is_none() {
                    continue;
                }
                let (extractors, wrong) = read_own(document, &path.value);
                found.extend(extractors);
                faults.extend(wrong);
            }
            for (span, message) in &faults {
                let mut finding = config::error(*span, "not an extractor", message.clone());
                finding.related(path.span, "this names the file as a catalogue");
                self.findings.push(finding);
            }
            if is_sound && found.is_empty() && faults.is_empty() && !is_about_manifests {
                let message = format!("The catalogue `{}` has no extractors in it.", path.value);
                self.findings.push(config::error(path.span, "no extractors", message));
            }
            own.extend(found);
            self.files.push(file);
        }
        settings.catalogue = Catalogue::new(own).into();
        told
    }
}

/// From the root of a project to the folder of its configuration.
pub(super) fn base(config: &Path, root: &Path) -> Base {
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

/// Puts the configuration among the files of the project, so that what only a check tells of it has a place in it; and reads it
/// there.
pub(super) fn among(
    names: (String, String),
    file: &SourceFile,
    sources: &mut Vec<SourceFile>,
    contents: &mut Vec<FileContent>,
) -> Config {
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
