//! `mixlint files`.

use std::collections::{BTreeMap, HashSet};
use std::io;

use super::load::Paths;
use super::{Exit, Streams};
use crate::definitions::{Bucket, Form, Namespace, Noun, Reference, Root, SourceAdapter};
use crate::text::{FileId, LineColumn, ShortText, Spanned};
use crate::workspace::{BucketId, By, Link, Target, Workspace};

/// Arguments of `mixlint files`.
#[derive(Debug, clap::Args)]
pub(super) struct Files {
    #[command(flatten)]
    paths: Paths,
    /// List the secrets that files refer to, and where, in place of the definitions
    #[arg(long, conflicts_with = "why")]
    secrets: bool,
    /// Also say on what each link rests, and list the files that define nothing
    #[arg(long)]
    why: bool,
}

impl Files {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let loaded = match self.paths.load(streams)? {
            Ok(loaded) => loaded,
            Err(unloaded) => return unloaded.report(streams),
        };
        let workspace = &loaded.workspace;
        if self.secrets {
            for (name, places) in secrets(workspace, loaded.focus.as_ref()) {
                writeln!(streams.out, "{name}")?;
                for place in places {
                    writeln!(streams.out, "  {place}")?;
                }
            }
            return Ok(if loaded.is_incomplete { Exit::Usage } else { Exit::Clean });
        }
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
            writeln!(streams.err, "mixlint: no bucket, collection, retriever or the like is defined here")?;
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
        for (Bucket { origin, source_adapter, .. }, links) in workspace.buckets.iter().zip(&workspace.adapter_links) {
            let mut said = vec![headline("bucket", origin.name(), origin.form)];
            let references =
                source_adapter.as_deref().and_then(SourceAdapter::reads).map_or(&[][..], |(_, references)| references);
            said.extend(self.links(workspace, references, links).into_iter().map(|link| format!("  {link}")));
            lines.entry(origin.span.file).or_default().push((origin.span.start, said));
        }
        for Namespace { origin, .. } in &workspace.namespaces {
            let line = headline("namespace", origin.name(), origin.form);
            lines.entry(origin.span.file).or_default().push((origin.span.start, vec![line]));
        }
        for (number, collection) in workspace.collections.iter().enumerate() {
            let origin = &collection.origin;
            let mut said = vec![headline("collection", origin.name(), origin.form)];
            let links = self.links(workspace, &collection.source.references, &workspace.links[number]);
            said.extend(links.into_iter().map(|link| format!("  {link}")));
            if collection.input_schema.is_some() {
                said.push("  its paths are looked up in its own input_schema".to_owned());
            }
            lines.entry(origin.span.file).or_default().push((origin.span.start, said));
        }
        let shown_above = [Noun::Bucket, Noun::Collection, Noun::Namespace];
        for ((noun, _), origin) in workspace.resources().filter(|((noun, _), _)| !shown_above.contains(noun)) {
            let mut said = vec![headline(noun.name(), origin.name(), origin.form)];
            said.extend(origin.references.iter().filter_map(|reference| self.reference(workspace, reference)));
            lines.entry(origin.span.file).or_default().push((origin.span.start, said));
        }
        for (file, start, said) in self.objects(workspace) {
            lines.entry(file).or_default().push((start, said));
        }
        if self.why {
            for (number, content) in workspace.files.iter().enumerate() {
                let file = FileId::new(number);
                let unreadable = workspace.unreadable.iter().find(|unreadable| unreadable.file == file);
                let why = match unreadable {
                    Some(unreadable) => format!("not read: {}", unreadable.reason),
                    None if content.is_data => DATA.to_owned(),
                    None if content.is_foreign => "nothing: it has none of the keys of a definition".to_owned(),
                    None if !content.errors.is_empty() => "nothing that could be read: it is not well-formed".to_owned(),
                    None => "nothing: no object in it has the keys of a definition".to_owned(),
                };
                let said = lines.entry(file).or_default();
                if said.is_empty() || content.is_data {
                    said.push((u32::MAX, vec![why]));
                }
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

    /// What a definition names, and where that is.
    fn reference(&self, workspace: &Workspace, reference: &Reference) -> Option<String> {
        let (kind, name) = (reference.to.name(), &reference.name.value);
        let place = |number: usize| workspace.shown(workspace.origin((reference.to, number)).span);
        Some(match workspace.target(reference.name.span, reference.to)? {
            Target::Found(number, by) => {
                let why = if self.why { format!(": {}", by.words()) } else { String::new() };
                format!("  names {kind} {name} in {}{why}", place(*number))
            }
            Target::Ambiguous(one, other) => format!("  names {kind} {name}: in {} or in {}", place(*one), place(*other)),
            Target::External => format!("  names {kind} {name}: lives elsewhere, as the configuration says"),
            Target::Placeholder => format!("  names {kind} {name}: filled in later"),
            Target::Deleted(_) => format!("  names {kind} {name}: not declared here any more"),
            Target::LiveId => format!("  names {kind} {name}: an id that only the service knows"),
            Target::Unreadable => format!("  names {kind} {name}: perhaps in a text that could not be read"),
            Target::Unknown { .. } => format!("  names {kind} {name}: not declared here"),
        })
    }

    /// The sample objects: those of one file that belong to the same bucket in one line.
    fn objects(&self, workspace: &Workspace) -> Vec<(FileId, u32, Vec<String>)> {
        let mut places: BTreeMap<Samples, Vec<u32>> = BTreeMap::new();
        for (object, link) in workspace.objects.iter().zip(&workspace.object_links) {
            let span = object.origin.span;
            places.entry((span.file, *link)).or_default().push(span.start);
        }
        let said = |((file, link), starts): (Samples, Vec<u32>)| {
            let count = starts.len();
            let headline = format!("{count} sample object{}", if count == 1 { "" } else { "s" });
            let of = match link.map(|(bucket, by)| (&workspace.buckets[bucket].origin, by)) {
                Some((origin, by)) => {
                    let why = if self.why { format!(": {}", by.words()) } else { String::new() };
                    format!("  of bucket {} in {}{why}", origin.name(), workspace.shown(origin.span))
                }
                None => "  not checked: which bucket is meant is not known".to_owned(),
            };
            (file, starts[0], vec![headline, of])
        };
        places.into_iter().map(said).collect()
    }

    /// What a definition reads: its references, as written, and what they were linked to.
    fn links(&self, workspace: &Workspace, references: &[Spanned<ShortText>], links: &[Link]) -> Vec<String> {
        let references = references.iter().map(|reference| reference.value.as_str()).chain(std::iter::repeat(""));
        references
            .zip(links)
            .map(|(reference, link)| {
                let (kind, origin, by) = match link {
                    Link::Bucket(id, by) => ("bucket", &workspace.buckets[*id].origin, by),
                    Link::Collection(id, by) => ("collection", &workspace.collections[*id].origin, by),
                    Link::None(why) => return format!("reads {reference}: {}", why.words()),
                };
                let target = format!("reads {kind} {} in {}", origin.name(), workspace.shown(origin.span));
                if self.why { format!("{target}: {}", by.words()) } else { target }
            })
            .collect()
    }
}

/// The names of the secrets that files refer to, with the places of each.
fn secrets(workspace: &Workspace, focus: Option<&HashSet<FileId>>) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (number, file) in workspace.files.iter().enumerate() {
        if focus.is_some_and(|focus| !focus.contains(&FileId::new(number))) {
            continue;
        }
        for one in file.placeholders.iter().filter(|one| one.part.root == Root::Secret) {
            let span = workspace.sources.part(&one.text, one.part.whole.clone());
            let LineColumn { line, column } = workspace.sources.get(span.file).line_column(span.start);
            found.entry(one.part.path.to_string()).or_default().push(format!("{}:{line}:{column}", workspace.shown(span)));
        }
    }
    found
}

/// The sample objects of one file that belong to the same bucket.
type Samples = (FileId, Option<(BucketId, By)>);

/// What is said of a file whose sample objects are passed over.
const DATA: &str =
    "sample objects that are not read, because the file is large: `mixlint check --objects FILE --bucket NAME` checks them";

fn headline(kind: &str, name: &str, form: Form) -> String {
    let form = match form {
        Form::Request => "",
        Form::Answer => " (a saved answer)",
        Form::Manifest => " (in a manifest)",
    };
    format!("{kind} {name}{form}")
}
