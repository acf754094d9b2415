//! `mixlint plan`.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

use super::configure::ConfigArguments;
use super::load::{Loaded, Paths};
use super::{Exit, Streams};
use crate::diagnostic::Severity;
use crate::plan::{Plan as Planned, fed_by, named, near};
use crate::render::{self, Look, PlanFormat};
use crate::workspace::{BucketId, CollectionId, Workspace};

/// Arguments of `mixlint plan`.
#[derive(Debug, clap::Args)]
pub(super) struct Plan {
    /// Collections to plan, and buckets whose collections to plan; all when there are none
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Files and folders to look through, as in `mixlint check`; the working directory when there are none
    #[arg(long = "in", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Look into hidden and ignored files too
    #[arg(long)]
    no_ignore: bool,
    #[command(flatten)]
    config: ConfigArguments,
    /// How to print the plan
    #[arg(long, value_name = "FORMAT", default_value = "tree")]
    format: FormatName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// What feeds what, then each collection
    Tree,
    /// A list in the shape of the service's answer to a collection
    Json,
    /// The lineage, for Mermaid
    Mermaid,
    /// The lineage, for Graphviz
    Dot,
}

/// What is asked for.
struct Asked {
    collections: HashSet<CollectionId>,
    buckets: Vec<BucketId>,
}

impl Plan {
    pub(super) fn run(&self, color: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let Plan { paths, no_ignore, config, .. } = self;
        let paths = Paths { paths: paths.clone(), no_ignore: *no_ignore, config: config.clone(), ..Paths::default() };
        let loaded = match paths.load(streams)? {
            Ok(loaded) => loaded,
            Err(unloaded) => return unloaded.report(streams),
        };
        let Some(asked) = self.asked(&loaded, streams)? else { return Ok(Exit::Usage) };
        let workspace = &loaded.workspace;
        let plan = Planned::new(workspace, &asked.collections, &asked.buckets);
        let format = match self.format {
            FormatName::Tree => PlanFormat::Tree(Look { color, width: streams.width }),
            FormatName::Json => PlanFormat::Json,
            FormatName::Mermaid => PlanFormat::Mermaid,
            FormatName::Dot => PlanFormat::Dot,
        };
        let mut bytes = Vec::new();
        render::plan(format, &plan, &mut bytes)?;
        streams.out.write_all(&bytes)?;
        streams.out.flush()?;
        warn(workspace, streams)?;
        let is_empty = plan.collections.is_empty();
        if is_empty {
            writeln!(streams.err, "mixlint: there is no collection to plan here")?;
        }
        Ok(match loaded.is_incomplete {
            true => Exit::Usage,
            false if is_empty && workspace.collections.is_empty() => Exit::Nothing,
            false => Exit::Clean,
        })
    }

    /// What the names mean; nothing when one of them means nothing, which has then been said.
    fn asked(&self, loaded: &Loaded, streams: &mut Streams<'_>) -> io::Result<Option<Asked>> {
        let workspace = &loaded.workspace;
        let mut asked = Asked { collections: HashSet::new(), buckets: Vec::new() };
        let mut is_known = true;
        for name in &self.names {
            let found = named(workspace, name);
            if found.buckets.is_empty() && found.collections.is_empty() {
                is_known = false;
                let is_path = streams.working_directory.join(name).exists();
                let perhaps = match near(workspace, name) {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None if is_path => format!("For what is defined there, write `mixlint plan --in {name}`."),
                    None => "`mixlint files` lists them.".to_owned(),
                };
                writeln!(streams.err, "mixlint: no collection and no bucket has the name `{name}`. {perhaps}")?;
            }
            asked.collections.extend(found.collections);
            asked.buckets.extend(found.buckets);
        }
        if !is_known {
            return Ok(None);
        }
        match &loaded.focus {
            _ if !self.names.is_empty() => asked.collections.extend(fed_by(workspace, &asked.buckets)),
            Some(focus) => {
                let files = workspace.dependents(focus);
                let is_in = |id: &CollectionId| files.contains(&workspace.collections[*id].origin.span.file);
                asked.collections = (0..workspace.collections.len()).filter(is_in).collect();
            }
            None => {
                asked.collections = (0..workspace.collections.len()).collect();
                asked.buckets = (0..workspace.buckets.len()).filter(|&bucket| !workspace.buckets[bucket].is_change).collect();
            }
        }
        Ok(Some(asked))
    }
}

/// Where something is wrong, the service answers something else, or nothing.
fn warn(workspace: &Workspace, streams: &mut Streams<'_>) -> io::Result<()> {
    let findings = crate::check(workspace);
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let said: Vec<String> = [(of(Severity::Error), "error"), (of(Severity::Warning), "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect();
    if said.is_empty() {
        return Ok(());
    }
    let said = said.join(" and ");
    writeln!(streams.err, "mixlint: `mixlint check` finds {said} here, so the service may answer something else")
}
