//! `mixlint.yaml`, read with our own parser, so that its mistakes have places too.

mod entry;
mod keys;
mod preset;
mod read;

use std::collections::{BTreeMap, HashMap};

use globset::GlobMatcher;

use crate::diagnostic::{Diagnostic, Severity};
use crate::policy::{Base, Ignore, Level, Override, Policy};
use crate::rules::phrase_syntax;
use crate::suggest::nearest;
use crate::syntax::{self, Format, Kind, Node, Parse};
use crate::text::{FileId, ShortText, SourceFile, Span, Spanned};

pub use keys::{KEYS, Key};
pub use preset::Preset;

/// The names of configuration files, in the order in which they count.
pub const NAMES: [&str; 2] = ["mixlint.yaml", ".mixlint.yaml"];

/// The rule that mistakes in a configuration are reported under.
pub const RULE: &str = "config-error";

/// A configuration. What it does not say is none, or empty.
#[derive(Debug, Default)]
pub struct Config {
    /// Which usual settings count where it says nothing.
    pub preset: Option<Preset>,
    /// The files that are looked at; all when there are none.
    pub include: Vec<GlobMatcher>,
    /// Files that are not looked at.
    pub exclude: Vec<GlobMatcher>,
    /// Whether the spellings of the first generation of the API are taken as they are.
    pub is_first_api: bool,
    /// Whether what may have been meant otherwise is an error too.
    pub is_strict: Option<bool>,
    /// The levels of rules.
    pub rules: HashMap<&'static str, Level>,
    /// Levels for some files.
    pub overrides: Vec<Override>,
    /// What is suppressed.
    pub ignore: Vec<Ignore>,
    /// The bucket that a collection reads: the name of the collection, and that of the bucket.
    pub links: Vec<(Spanned<ShortText>, Spanned<ShortText>)>,
    /// The names of what lives elsewhere, with `*` for any characters.
    pub external: Vec<Spanned<ShortText>>,
    /// Files that describe extractors, or saved answers of the service: paths from the folder of the configuration.
    pub catalogue: Vec<Spanned<ShortText>>,
    /// The file with the values of manifests' parameters: a path from the folder of the configuration.
    pub parameters: Option<Spanned<ShortText>>,
    /// The baseline: a path from the folder of the configuration.
    pub baseline: Option<Spanned<ShortText>>,
    /// The least severity that makes the exit code 1.
    pub fail_on: Option<Severity>,
    /// Whether a suppression has to say why.
    pub needs_reasons: Option<bool>,
    /// Where each key is set, with the value as it is written.
    pub places: BTreeMap<&'static str, (Span, String)>,
}

/// A mistake in a configuration.
pub fn error(span: Span, label: impl Into<String>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(RULE, Severity::Error, span, label, message)
}

/// Reads a configuration, and its mistakes. An empty file is one that says nothing.
pub fn read(file: &SourceFile, id: FileId) -> (Config, Vec<Diagnostic>) {
    let parse = syntax::parse(file, Format::of(file));
    let mut errors = syntax_errors(&parse, id, file);
    let mut config = Config::default();
    for document in parse.tree.documents(id, file).iter() {
        match document.kind() {
            Kind::Object => read_keys(document, &mut config, &mut errors),
            Kind::Null | Kind::Invalid => {}
            _ => errors.push(error(document.span(), "not an object", "A configuration is an object with keys.")),
        }
    }
    for again in parse.tree.duplicate_keys(file.text()) {
        let span = Span::new(id, again.again);
        let mut found =
            error(span, "stands twice", format!("The key `{}` stands twice, and only the last one counts.", again.key));
        found.related(Span::new(id, again.first), "it stands here first").help("Take one of them out.");
        errors.push(found);
    }
    (config, errors)
}

/// What is wrong with the text of a file.
pub fn syntax_errors(parse: &Parse, id: FileId, file: &SourceFile) -> Vec<Diagnostic> {
    let errors = parse.errors.iter().filter(|found| !found.problem.is_relaxed());
    let reported = errors.map(|found| {
        let text = &file.text()[found.range.start as usize..found.range.end as usize];
        let (label, message, help) = phrase_syntax(&found.problem, text);
        let mut finding = error(Span::new(id, found.range.clone()), label, message);
        finding.help(help);
        finding
    });
    reported.collect()
}

fn read_keys(document: Node<'_>, config: &mut Config, errors: &mut Vec<Diagnostic>) {
    for member in document.members() {
        let name = member.key.text();
        let Some(key) = KEYS.iter().find(|key| key.name == name) else {
            errors.push(no_such_key("The configuration", member.key, KEYS.iter().map(|key| key.name)));
            continue;
        };
        // A key without a value says nothing.
        if member.value.kind() != Kind::Null {
            let written = member.value.source().lines().map(str::trim).collect::<Vec<_>>().join(" ");
            config.places.insert(key.name, (member.key.span(), written));
            (key.read)(member.value, config, errors);
        }
    }
}

fn no_such_key<'n>(what: &str, key: Node<'_>, names: impl Iterator<Item = &'n str> + Clone) -> Diagnostic {
    let name = key.text();
    let mut found = error(key.span(), "no such key", format!("{what} has no key `{name}`."));
    found.help(match nearest(name, names.clone()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("Its keys are: {}.", names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    });
    found
}

impl Config {
    /// Whether a value that may be an error is one: as it is said, else as the preset has it.
    pub fn is_strict(&self) -> bool {
        self.is_strict.unwrap_or_else(|| self.preset().is_strict())
    }

    /// The least severity that makes the exit code 1.
    pub fn fail_on(&self) -> Severity {
        self.fail_on.unwrap_or_else(|| self.preset().fail_on())
    }

    /// Whether a suppression has to say why.
    pub fn needs_reasons(&self) -> bool {
        self.needs_reasons.unwrap_or_else(|| self.preset().needs_reasons())
    }

    /// Which usual settings count.
    pub fn preset(&self) -> Preset {
        self.preset.unwrap_or_default()
    }

    /// Whether a file is looked at: its path from the folder of the configuration.
    pub fn takes(&self, path: &str) -> bool {
        let is_in = |globs: &[GlobMatcher]| globs.iter().any(|glob| glob.is_match(path));
        (self.include.is_empty() || is_in(&self.include)) && !is_in(&self.exclude)
    }

    /// What is reported.
    pub fn policy(self, base: Base, today: Option<String>) -> Policy {
        let is_strict = self.is_strict();
        let mut levels: HashMap<&'static str, Level> =
            self.preset().optional_rules().iter().map(|rule| (*rule, Level::On)).collect();
        if self.needs_reasons() {
            levels.insert("suppression-without-reason", Level::On);
        } else {
            levels.remove("suppression-without-reason");
        }
        if self.is_first_api {
            levels.insert("outdated-key", Level::Off);
        }
        levels.extend(self.rules);
        let (overrides, ignores) = (self.overrides, self.ignore);
        Policy { levels, overrides, is_strict, ignores, today, base, ..Policy::default() }
    }
}
