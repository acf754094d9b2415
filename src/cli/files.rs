//! `mixlint files`.

use std::collections::{BTreeMap, HashSet};
use std::io;

use super::load::Paths;
use super::{Exit, Streams};
use crate::definitions::Form;
use crate::text::FileId;
use crate::workspace::{CollectionId, Link, Workspace};

/// Arguments of `mixlint files`.
#[derive(Debug, clap::Args)]
pub(super) struct Files {
    #[command(flatten)]
    paths: Paths,
    /// Also say on what each link rests, and list the files that define nothing
    #[arg(long)]
    why: bool,
}

impl Files {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let Some(loaded) = self.paths.load(streams)? else { return Ok(Exit::Usage) };
        let workspace = &loaded.workspace;
        let mut lines = self.lines(workspace, loaded.focus.as_ref());
        if self.why {
            for (path, why) in &loaded.passed_over {
                lines.insert(path.clone(), vec![format!("not read: {why}")]);
            }
        }
        for (path, lines) in &lines {
            writeln!(streams.out, "{path}")?;
            for line in lines {
                writeln!(streams.out, "  {line}")?;
            }
        }
        let is_empty = workspace.is_empty();
        if is_empty {
            writeln!(streams.err, "mixlint: no bucket, collection or namespace is defined here")?;
        }
        Ok(match loaded.is_incomplete {
            true => Exit::Usage,
            false if is_empty => Exit::Nothing,
            false => Exit::Clean,
        })
    }

    /// What there is to say of each file, by its path.
    fn lines(&self, workspace: &Workspace, focus: Option<&HashSet<FileId>>) -> BTreeMap<String, Vec<String>> {
        let mut lines: BTreeMap<FileId, Vec<(u32, Vec<String>)>> = BTreeMap::new();
        for (kind, origin) in workspace.origins().filter(|(kind, _)| *kind != "collection") {
            let line = headline(kind, origin.name(), origin.form);
            lines.entry(origin.span.file).or_default().push((origin.span.start, vec![line]));
        }
        for (number, collection) in workspace.collections.iter().enumerate() {
            let origin = &collection.origin;
            let mut said = vec![headline("collection", origin.name(), origin.form)];
            said.extend(self.links(workspace, number).into_iter().map(|link| format!("  {link}")));
            lines.entry(origin.span.file).or_default().push((origin.span.start, said));
        }
        if self.why {
            for (number, why) in workspace.files.iter().enumerate() {
                let file = FileId::new(number);
                let unreadable = workspace.unreadable.iter().find(|unreadable| unreadable.file == file);
                let why = match unreadable {
                    Some(unreadable) => format!("not read: {}", unreadable.reason),
                    None if why.is_foreign => "nothing: it has none of the keys of a definition".to_owned(),
                    None if !why.errors.is_empty() => "nothing that could be read: it is not well-formed".to_owned(),
                    None => "nothing: no object in it has the keys of a definition".to_owned(),
                };
                lines.entry(file).or_insert_with(|| vec![(0, vec![why])]);
            }
        }
        let shown = |file: FileId| workspace.sources.get(file).shown.clone();
        let sorted = |mut said: Vec<(u32, Vec<String>)>| {
            said.sort_by_key(|(start, _)| *start);
            said.into_iter().flat_map(|(_, lines)| lines).collect()
        };
        lines.retain(|file, _| focus.is_none_or(|focus| focus.contains(file)));
        lines.into_iter().map(|(file, said)| (shown(file), sorted(said))).collect()
    }

    fn links(&self, workspace: &Workspace, collection: CollectionId) -> Vec<String> {
        let definition = &workspace.collections[collection];
        let references = definition.source.references.iter().map(|reference| reference.value.as_str());
        let references = references.chain(std::iter::repeat("")).take(workspace.links[collection].len());
        let mut lines: Vec<String> = references
            .zip(&workspace.links[collection])
            .map(|(reference, link)| {
                let (kind, origin, by) = match link {
                    Link::Bucket(id, by) => ("bucket", &workspace.buckets[*id].origin, by),
                    Link::Collection(id, by) => ("collection", &workspace.collections[*id].origin, by),
                    Link::None(why) => return format!("reads {reference}: {}", why.words()),
                };
                let target = format!("reads {kind} {} in {}", origin.name(), workspace.shown(origin.span));
                if self.why { format!("{target}: {}", by.words()) } else { target }
            })
            .collect();
        if definition.input_schema.is_some() {
            lines.push("its paths are looked up in its own input_schema".to_owned());
        }
        lines
    }
}

fn headline(kind: &str, name: &str, form: Form) -> String {
    let form = match form {
        Form::Request => "",
        Form::Answer => " (a saved answer)",
        Form::Manifest => " (in a manifest)",
    };
    format!("{kind} {name}{form}")
}
