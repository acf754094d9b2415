//! Where references lead: from every definition to the resources that it names, beside what it reads.

use std::collections::{HashMap, HashSet};

use super::index::{Found, Index, Looker};
use super::link::{is_target, made, ways};
use super::{By, Resource, Workspace};
use crate::definitions::{Form, Noun, Origin, Reference};
use crate::path::{is_placeholder, is_template};
use crate::text::{FileId, Span};

/// What a reference leads to. The numbers are those of the definitions of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A definition, and by what that is known.
    Found(usize, By),
    /// Two definitions fit, and neither is nearer.
    Ambiguous(usize, usize),
    /// The configuration says that it lives elsewhere.
    External,
    /// A placeholder, which is filled in later.
    Placeholder,
    /// What the change that is looked at takes out, by its number there.
    Deleted(usize),
    /// The id of something that is not in the repository.
    LiveId,
    /// What it means may be in a text that could not be read.
    Unreadable,
    /// Nothing has this name.
    Unknown {
        /// What has the nearest name.
        near: Option<usize>,
        /// What has this very name, in another namespace.
        elsewhere: Option<usize>,
        /// What has this very name, and is of another kind.
        other: Option<Resource>,
    },
}

impl Target {
    /// The number of the definition, when it is one.
    pub fn found(&self) -> Option<usize> {
        match self {
            Target::Found(number, _) => Some(*number),
            _ => None,
        }
    }
}

/// A reference, with who makes it and what it leads to.
#[derive(Debug, Clone, Copy)]
pub struct Referring<'w> {
    /// Who makes it.
    pub by: Resource,
    /// What every definition has, of that one.
    pub origin: &'w Origin,
    /// The reference.
    pub reference: &'w Reference,
    /// What it leads to.
    pub target: &'w Target,
}

/// Of each reference, by its place and the kind that it asks for: what it leads to.
pub(super) type Targets = HashMap<(Span, Noun), Target>;

/// The kinds of resources that are named.
const KINDS: [Noun; 8] = [
    Noun::Bucket,
    Noun::Collection,
    Noun::Namespace,
    Noun::Retriever,
    Noun::Taxonomy,
    Noun::Cluster,
    Noun::Alert,
    Noun::Connection,
];

/// Follows all references. `broken` are the files of which a part could not be read.
pub(super) fn follow(workspace: &Workspace, broken: &[FileId]) -> Targets {
    let wanted: HashSet<Noun> = workspace.resources().flat_map(|(_, origin)| &origin.references).map(|one| one.to).collect();
    let mut targets = Targets::new();
    if wanted.is_empty() {
        return targets;
    }
    let mut named: HashMap<&str, Resource> = HashMap::new();
    // A manifest has a name of its own, and is nothing that could be meant.
    workspace.resources().filter(|(resource, _)| resource.0 != Noun::Manifest).for_each(|(resource, origin)| {
        named.entry(origin.name()).or_insert(resource);
    });
    let made = made(&workspace.sources, &workspace.buckets);
    for kind in KINDS.into_iter().filter(|kind| wanted.contains(kind)) {
        let origins = || workspace.resources().filter(move |(resource, _)| resource.0 == kind).map(|(_, origin)| origin);
        let is_target = |number: usize| kind != Noun::Bucket || is_target(&workspace.sources, &made, &workspace.buckets[number]);
        let index = Index::new(&workspace.sources, origins(), is_target);
        let is_nameless = |origin: &Origin| origin.name.is_none() && broken.contains(&origin.span.file);
        let has_nameless = !broken.is_empty() && origins().any(is_nameless);
        let follower = Follower { workspace, broken, has_nameless, named: &named, index };
        for (by, origin) in workspace.resources() {
            for reference in origin.references.iter().filter(|reference| reference.to == kind) {
                let target = follower.follow(by, origin, reference);
                targets.entry((reference.name.span, kind)).or_insert(target);
            }
        }
    }
    targets
}

struct Follower<'w> {
    workspace: &'w Workspace,
    broken: &'w [FileId],
    /// Whether the name of one of the kind could not be read.
    has_nameless: bool,
    named: &'w HashMap<&'w str, Resource>,
    index: Index<'w>,
}

impl<'w> Follower<'w> {
    fn follow(&self, by: Resource, origin: &'w Origin, reference: &'w Reference) -> Target {
        let name = reference.name.value.as_str();
        let path = self.workspace.sources.get(origin.span.file).path.as_str();
        let namespace = origin.namespace.as_ref().map(|namespace| namespace.value.as_str());
        // Namespaces and connections belong to the organization.
        let is_global = matches!(reference.to, Noun::Namespace | Noun::Connection);
        let looker = Looker { path, namespace: namespace.filter(|_| !is_global), same_file: false };
        if origin.form == Form::Manifest
            && let Found::One(number) = self.index.named(name, Looker { same_file: true, ..looker })
        {
            return Target::Found(number, By::Manifest);
        }
        for (by, found) in ways(&self.index, name, looker) {
            match found {
                Found::One(number) => return Target::Found(number, by),
                Found::Several(first, second) => return Target::Ambiguous(first, second),
                Found::None => {}
            }
        }
        if self.workspace.external.has(name) {
            return Target::External;
        }
        let deleted = self.workspace.deleted.find(reference.to, name, origin);
        if let Some(number) = deleted.filter(|_| !self.may_be_unread(origin, reference)) {
            return Target::Deleted(number);
        }
        let near = || self.index.near(name, looker);
        match name {
            _ if is_template(name) || (is_placeholder(name) && near().is_none()) => Target::Placeholder,
            _ if is_id(name) => Target::LiveId,
            _ if self.may_be_unread(origin, reference) => Target::Unreadable,
            _ => {
                let elsewhere = self.index.out_of_sight(name);
                let other = self.named.get(name).copied().filter(|other| other.0 != reference.to && *other != by);
                let near = if elsewhere.is_none() && other.is_none() { near() } else { None };
                Target::Unknown { near, elsewhere, other }
            }
        }
    }

    /// Whether the definition that is named may be there, and an error in its text keeps it from being read.
    fn may_be_unread(&self, reader: &Origin, reference: &Reference) -> bool {
        let name = reference.name.value.as_str();
        // In its own file the name stands once in the reference itself.
        let times = |file: FileId| if file == reader.span.file { 2 } else { 1 };
        let is_there = |file: &FileId| {
            let text = self.workspace.sources.get(*file).text();
            text.match_indices(name).nth(times(*file) - 1).is_some()
        };
        self.has_nameless || self.broken.iter().any(is_there)
    }
}

/// The beginnings of ids, as the service gives them to resources.
const PREFIXES: [(&str, Option<Noun>); 9] = [
    ("bkt_", Some(Noun::Bucket)),
    ("col_", Some(Noun::Collection)),
    ("ret_", Some(Noun::Retriever)),
    ("tax_", Some(Noun::Taxonomy)),
    ("clust_", Some(Noun::Cluster)),
    ("alt_", Some(Noun::Alert)),
    ("conn_", Some(Noun::Connection)),
    ("ns_", Some(Noun::Namespace)),
    ("tmpl_", None),
];

/// Whether a reference is an id, as the service gives them, and not a name.
pub fn is_id(reference: &str) -> bool {
    PREFIXES.iter().any(|(prefix, _)| reference.starts_with(prefix))
}

/// The kind of resource that an id belongs to, as its beginning says.
pub fn kind_of_id(reference: &str) -> Option<Noun> {
    PREFIXES.iter().find(|(prefix, _)| reference.starts_with(prefix)).and_then(|(_, kind)| *kind)
}

impl Workspace {
    /// Whether a definition says that it lies in a namespace which nothing declares, though the manifests of the project declare
    /// namespaces. What it names then was looked for in the wrong place.
    pub fn is_in_unknown_namespace(&self, origin: &Origin) -> bool {
        let target = origin.namespace.as_ref().and_then(|namespace| self.target(namespace.span, Noun::Namespace));
        matches!(target, Some(Target::Unknown { .. })) && self.declares_namespaces()
    }

    /// Whether a manifest of the project declares namespaces, so that those that others name can be looked for.
    pub fn declares_namespaces(&self) -> bool {
        self.namespaces.iter().any(|namespace| namespace.origin.form == Form::Manifest)
    }

    /// Whether a resource of a kind may be made from the labels that a taxonomy has in a manifest: apply makes a bucket, a
    /// collection and a retriever of them, and what these are called is not published.
    pub fn may_be_made_of_labels(&self, kind: Noun) -> Option<&Origin> {
        let is_made = matches!(kind, Noun::Bucket | Noun::Collection | Noun::Retriever);
        let mut labeled = self.taxonomies.iter().filter(|taxonomy| taxonomy.has_labels);
        labeled.find(|_| is_made).map(|taxonomy| &taxonomy.origin)
    }

    /// What a reference at this place to something of this kind leads to.
    pub fn target(&self, place: Span, to: Noun) -> Option<&Target> {
        self.targets.get(&(place, to))
    }

    /// All references, in the order of the definitions that make them.
    pub fn references(&self) -> impl Iterator<Item = Referring<'_>> {
        self.resources().flat_map(move |(by, origin)| {
            origin.references.iter().filter_map(move |reference| {
                let target = self.target(reference.name.span, reference.to)?;
                Some(Referring { by, origin, reference, target })
            })
        })
    }
}
