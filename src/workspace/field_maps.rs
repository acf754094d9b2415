//! Which entry of a `field_map` belongs to which source.

use std::collections::HashMap;

use super::{CollectionId, Link, Workspace};
use crate::definitions::{FieldMap, Origin, bare};

/// Of each source of a collection: the entry of the `field_map` that says what it gives. The entry stands under the source's name
/// or id, as it is written or as the linked definition has it.
pub fn field_maps(workspace: &Workspace, collection: CollectionId) -> Vec<Option<&FieldMap>> {
    let source = &workspace.collections[collection].source;
    let links = &workspace.links[collection];
    if source.field_map.is_empty() {
        return vec![None; links.len()];
    }
    let mut exact: HashMap<&str, &FieldMap> = HashMap::new();
    let mut spelled: HashMap<String, &FieldMap> = HashMap::new();
    for map in &source.field_map {
        exact.entry(&map.source.value).or_insert(map);
        spelled.entry(bare(&map.source.value)).or_insert(map);
    }
    let of_source = |(at, link): (usize, &Link)| {
        let origin = origin(workspace, link);
        let called = [origin.and_then(|origin| origin.name.as_ref()), origin.and_then(|origin| origin.id.as_ref())];
        let by_call = called.iter().flatten().find_map(|text| exact.get(text.value.as_str()));
        let as_written = source.references.get(at).and_then(|reference| spelled.get(&bare(&reference.value)));
        as_written.or(by_call).copied()
    };
    links.iter().enumerate().map(of_source).collect()
}

/// What every definition has, of the one that a link leads to.
pub fn origin<'w>(workspace: &'w Workspace, link: &Link) -> Option<&'w Origin> {
    match link {
        Link::Bucket(bucket, _) => Some(&workspace.buckets[*bucket].origin),
        Link::Collection(upstream, _) => Some(&workspace.collections[*upstream].origin),
        Link::None(_) => None,
    }
}
