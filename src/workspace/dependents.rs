//! Which files depend on which: what a definition reads, names or lies in, it depends on.

use std::collections::{HashMap, HashSet};

use super::{Link, Resource, Target, Unlinked, Workspace};
use crate::definitions::Noun;
use crate::text::FileId;

/// The files with definitions that depend, directly or through others, on what `files` define; those files among them, and what
/// names something that the change deletes.
pub(super) fn dependents(workspace: &Workspace, files: &HashSet<FileId>) -> HashSet<FileId> {
    let mut dependents: HashMap<Resource, Vec<Resource>> = HashMap::new();
    let mut reached: Vec<Resource> = Vec::new();
    for (dependent, on) in dependences(workspace) {
        match on {
            Some(on) => dependents.entry(on).or_default().push(dependent),
            None => reached.push(dependent),
        }
    }
    let defined = workspace.resources().filter(|(_, origin)| files.contains(&origin.span.file));
    reached.extend(defined.map(|(resource, _)| resource));
    let mut seen: HashSet<Resource> = reached.iter().copied().collect();
    while let Some(at) = reached.pop() {
        let next = dependents.get(&at).into_iter().flatten().copied();
        reached.extend(next.filter(|&resource| seen.insert(resource)));
    }
    let reached = seen.into_iter().map(|resource| workspace.origin(resource).span.file);
    reached.chain(files.iter().copied()).collect()
}

/// Each definition with what it depends on; with nothing where that is deleted.
fn dependences(workspace: &Workspace) -> Vec<(Resource, Option<Resource>)> {
    let read = |link: &Link| match link {
        Link::Bucket(bucket, _) => Some(Some((Noun::Bucket, *bucket))),
        Link::Collection(collection, _) => Some(Some((Noun::Collection, *collection))),
        Link::None(Unlinked::Deleted(_)) => Some(None),
        Link::None(_) => None,
    };
    let of = |noun: Noun, all: &[Vec<Link>]| -> Vec<(Resource, Option<Resource>)> {
        let numbered = all.iter().enumerate();
        numbered.flat_map(|(number, links)| links.iter().filter_map(read).map(move |on| ((noun, number), on))).collect()
    };
    let mut all = of(Noun::Collection, &workspace.links);
    all.extend(of(Noun::Bucket, &workspace.adapter_links));
    all.extend(workspace.references().filter_map(|referring| match referring.target {
        Target::Found(number, _) => Some((referring.by, Some((referring.reference.to, *number)))),
        Target::Deleted(_) => Some((referring.by, None)),
        _ => None,
    }));
    let samples = workspace.object_links.iter().enumerate();
    all.extend(samples.filter_map(|(number, link)| Some(((Noun::Object, number), Some((Noun::Bucket, link.as_ref()?.0))))));
    // Where a body lies says what its namespace says of it, though that is no reference.
    let mut namespaces: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, namespace) in workspace.namespaces.iter().enumerate() {
        let names = namespace.origin.name.iter().chain(&namespace.origin.id);
        names.for_each(|name| namespaces.entry(name.value.as_str()).or_default().push(number));
    }
    for (resource, origin) in workspace.resources().filter(|(resource, _)| resource.0 != Noun::Namespace) {
        let named = origin.namespace.as_ref().and_then(|name| namespaces.get(name.value.as_str()));
        all.extend(named.into_iter().flatten().map(|&number| (resource, Some((Noun::Namespace, number)))));
    }
    all
}
