//! `mixlint config`: what counts, and which place sets it.

use std::io;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::configure::{ConfigArguments, Configured};
use super::{Exit, Streams};
use crate::config::{Config, KEYS};
use crate::discover;
use crate::policy::{Base, Level};
use crate::rules;

/// Arguments of `mixlint config`.
#[derive(Debug, clap::Args)]
pub(super) struct ConfigCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Shows what counts, and which place sets it
    Show(Show),
}

#[derive(Debug, clap::Args)]
struct Show {
    /// Show the levels of the rules for this file
    #[arg(long = "for", value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigArguments,
}

/// The variables of the environment that set what a flag sets, and the flag.
const VARIABLES: [(&str, &str); 5] = [
    ("MIXLINT_BASELINE", "--baseline"),
    ("MIXLINT_CONFIG", "--config"),
    ("MIXLINT_FAIL_ON", "--fail-on"),
    ("MIXLINT_FORMAT", "--format"),
    ("MIXLINT_OUTPUT", "--output"),
];

impl ConfigCommand {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let Action::Show(show) = &self.action;
        let configured = match show.config.load(None, streams)? {
            Ok(configured) => configured,
            Err(broken) => return broken.report(streams),
        };
        match &configured.file {
            Some((path, _)) => writeln!(streams.out, "# {}", discover::shown(path, &streams.working_directory))?,
            None => writeln!(streams.out, "# no configuration")?,
        }
        keys(&configured, streams)?;
        for (variable, flag) in VARIABLES {
            if let Some(value) = std::env::var_os(variable) {
                writeln!(streams.out, "{flag} = {}  # the environment, {variable}", value.to_string_lossy())?;
            }
        }
        if let Some(file) = &show.file {
            levels(file, configured, streams)?;
        }
        Ok(Exit::Clean)
    }
}

/// Each key with its value, and the place that sets it.
fn keys(configured: &Configured, streams: &mut Streams<'_>) -> io::Result<()> {
    let config = &configured.config;
    for key in &KEYS {
        let set = config.places.get(key.name);
        let place = set.zip(configured.file.as_ref()).map(|((span, _), (path, file))| {
            let place = file.line_column(span.start);
            format!("{}:{}:{}", discover::shown(path, &streams.working_directory), place.line, place.column)
        });
        let by_preset = || preset(config, key.name).map(|value| (value, format!("the preset `{}`", config.preset().name())));
        let (value, place) = match (set, place) {
            (Some((_, written)), Some(place)) => (written.clone(), place),
            _ => by_preset().unwrap_or_else(|| (key.default.to_owned(), "default".to_owned())),
        };
        writeln!(streams.out, "{} = {value}  # {place}", key.name)?;
    }
    Ok(())
}

/// The value that the preset sets for a key, where one is chosen.
fn preset(config: &Config, key: &str) -> Option<String> {
    config.preset?;
    match key {
        "strict" => Some(config.is_strict().to_string()),
        "fail-on" => Some(config.fail_on().name().to_owned()),
        "require-reasons" => Some(config.needs_reasons().to_string()),
        _ => None,
    }
}

/// The level of each rule in a file.
fn levels(file: &Path, configured: Configured, streams: &mut Streams<'_>) -> io::Result<()> {
    let here = &streams.working_directory;
    let folder = configured.file.as_ref().and_then(|(path, _)| path.parent()).unwrap_or(here).to_owned();
    let (path, _) = discover::names(file, here, &folder);
    writeln!(streams.out, "\n# {}", discover::shown(file, here))?;
    if !configured.config.takes(&path) {
        writeln!(streams.out, "# not looked at, as `include` and `exclude` say")?;
    }
    let policy = configured.config.policy(Base::default(), None);
    for rule in rules::ALL {
        let is_optional = rules::OPTIONAL.contains(&rule.name);
        match policy.level(rule.name, &path) {
            Some(Level::At(severity)) => writeln!(streams.out, "{} = {}  # the configuration", rule.name, severity.name())?,
            Some(Level::Off) => writeln!(streams.out, "{} = off  # the configuration", rule.name)?,
            Some(Level::On) => writeln!(streams.out, "{} = {}  # the preset", rule.name, rule.severity.name())?,
            None if is_optional => writeln!(streams.out, "{} = off  # default", rule.name)?,
            None => writeln!(streams.out, "{} = {}  # default", rule.name, rule.severity.name())?,
        }
    }
    Ok(())
}
