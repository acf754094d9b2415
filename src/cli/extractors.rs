//! `mixlint extractors`.

use std::io;

use clap::ValueEnum;

use super::configure::ConfigArguments;
use super::{Exit, Streams};
use crate::extractors::{Catalogue, Extractor};
use crate::render;
use crate::rules;

/// Arguments of `mixlint extractors`.
#[derive(Debug, clap::Args)]
pub(super) struct Extractors {
    /// The name of an extractor, with its version or without: `text_extractor`, `text_extractor@v1`
    name: Option<String>,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: FormatName,
    #[command(flatten)]
    config: ConfigArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// For people
    Text,
    /// One document, for programs
    Json,
}

impl Extractors {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let catalogue = match self.config.load(None, streams)? {
            Ok(configured) => configured.settings.catalogue,
            Err(broken) => return broken.report(streams),
        };
        let found: Vec<&Extractor> = match &self.name {
            None => catalogue.iter().collect(),
            Some(name) => named(&catalogue, name),
        };
        if let (true, Some(name)) = (found.is_empty(), &self.name) {
            writeln!(streams.err, "mixlint: {}", unknown(&catalogue, name))?;
            return Ok(Exit::Usage);
        }
        match (self.format, &self.name) {
            (FormatName::Json, _) => render::extractors_json(&found, streams.out)?,
            (FormatName::Text, None) => write!(streams.out, "{}", render::extractor_table(&found, streams.width))?,
            (FormatName::Text, Some(_)) => {
                let pages: Vec<String> =
                    found.iter().map(|extractor| render::extractor_page(extractor, streams.width.min(100))).collect();
                write!(streams.out, "{}", pages.join("\n"))?;
            }
        }
        Ok(Exit::Clean)
    }
}

/// All versions of a name, or the one that is asked for.
fn named<'c>(catalogue: &'c Catalogue, wanted: &str) -> Vec<&'c Extractor> {
    let (name, version) = wanted.split_once('@').map_or((wanted, None), |(name, version)| (name, Some(version)));
    let is_it = |extractor: &&Extractor| {
        let is_named = extractor.name == name && version.is_none_or(|version| extractor.version == version);
        is_named || (version.is_none() && extractor.id() == wanted)
    };
    catalogue.iter().filter(is_it).collect()
}

fn unknown(catalogue: &Catalogue, wanted: &str) -> String {
    let (name, version) = wanted.split_once('@').map_or((wanted, None), |(name, version)| (name, Some(version)));
    let versions: Vec<&str> =
        catalogue.iter().filter(|extractor| extractor.name == name).map(|extractor| extractor.version.as_str()).collect();
    if let (Some(version), false) = (version, versions.is_empty()) {
        return format!("the catalogue has no version `{version}` of `{name}`; it has {}", versions.join(", "));
    }
    if let Some(never) = catalogue.names().never_existed.iter().find(|never| never.name == name) {
        return format!("the service has no extractor `{name}`. {}", rules::instead(never, catalogue)).trim_end().to_owned();
    }
    match catalogue.near(name) {
        Some(near) => format!("the catalogue has no extractor `{name}`. Did you mean `{near}`?"),
        None => format!("the catalogue has no extractor `{name}`. `mixlint extractors` lists them."),
    }
}
