//! Which collections are planned: those that are named, and those that a named bucket feeds.

use std::collections::HashSet;

use super::readers;
use crate::definitions::Origin;
use crate::suggest;
use crate::workspace::{BucketId, CollectionId, Link, Workspace};

/// What has a name or an id.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The buckets.
    pub buckets: Vec<BucketId>,
    /// The collections.
    pub collections: Vec<CollectionId>,
}

/// All that is called `name`, or has it as its id.
pub fn named(workspace: &Workspace, name: &str) -> Named {
    let is_it = |origin: &Origin| origin.name() == name || origin.id.as_ref().is_some_and(|id| id.value == name);
    let buckets = workspace.buckets.iter().enumerate().filter(|(_, bucket)| is_it(&bucket.origin));
    let collections = workspace.collections.iter().enumerate().filter(|(_, collection)| is_it(&collection.origin));
    Named { buckets: buckets.map(|(number, _)| number).collect(), collections: collections.map(|(number, _)| number).collect() }
}

/// The bucket or collection whose name is nearest.
pub fn near<'w>(workspace: &'w Workspace, name: &str) -> Option<&'w str> {
    let names = workspace.origins().filter(|(kind, _)| *kind != "namespace").map(|(_, origin)| origin.name());
    suggest::nearest(name, names)
}

/// The collections that some buckets feed, directly or through others.
pub fn fed_by(workspace: &Workspace, buckets: &[BucketId]) -> HashSet<CollectionId> {
    let readers = readers(workspace);
    let buckets: HashSet<BucketId> = buckets.iter().copied().collect();
    let reads = |links: &[Link]| links.iter().any(|link| matches!(link, Link::Bucket(bucket, _) if buckets.contains(bucket)));
    let mut reached: Vec<CollectionId> = (0..workspace.links.len()).filter(|&id| reads(&workspace.links[id])).collect();
    let mut fed: HashSet<CollectionId> = reached.iter().copied().collect();
    while let Some(at) = reached.pop() {
        reached.extend(readers.get(&at).into_iter().flatten().copied().filter(|reader| fed.insert(*reader)));
    }
    fed
}
