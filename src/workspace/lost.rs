//! Fields that got lost on the way: from the collection that last had one down to the one that looks for it.

use std::collections::HashSet;

use super::{CollectionId, Declared, Input, Link, Named, Readable, Workspace};
use crate::definitions::{Field, FieldPassthrough};
use crate::path::FieldPath;
use crate::resolve::{Resolution, resolve};

/// A field that a collection further up reads, and that does not arrive under the same path.
#[derive(Debug, Clone)]
pub struct Lost<'w> {
    /// The field in what the first of the collections reads.
    pub field: &'w Field,
    /// What each collection on the way does with it, from the top down.
    pub steps: Vec<Step<'w>>,
    /// The path under which it arrives, once every collection passes it on.
    pub arrives_as: String,
}

/// What one collection does with a field.
#[derive(Debug, Clone)]
pub struct Step<'w> {
    /// The collection.
    pub tier: CollectionId,
    /// The path of the field in what the collection reads.
    pub path: String,
    /// How it goes on.
    pub passing: Passing<'w>,
}

/// How a collection passes a field on.
#[derive(Debug, Clone, Copy)]
pub enum Passing<'w> {
    /// With all others, under the same path.
    Whole,
    /// By this entry, which may name the field or an object around it.
    Entry(&'w FieldPassthrough),
    /// Not at all.
    Dropped,
}

/// How many collections are looked through. Real chains have a handful; a bound keeps a long one from being walked for each path.
const FARTHEST: usize = 64;

/// Looks for the field that `reader` misses in what the collections above it read.
pub(super) fn lost<'w>(workspace: &'w Workspace, reader: CollectionId, path: &FieldPath<'_>) -> Option<Lost<'w>> {
    find(workspace, reader, Vec::new(), path)
}

impl<'w> Readable<'w> {
    /// Where a field that is not in these records was lost, when one of the collections that they come from read it, or one
    /// further up.
    pub fn lost(&self, workspace: &'w Workspace, path: &FieldPath<'_>) -> Option<Lost<'w>> {
        if !matches!(self.look_up(path), Named::Nothing { .. }) {
            return None;
        }
        self.schemas.iter().find_map(|(_, declared)| match declared {
            Declared::Collection(id) => find(workspace, *id, vec![*id], path),
            _ => None,
        })
    }
}

/// Looks upwards from `reader` at the end of a road.
fn find<'w>(workspace: &'w Workspace, reader: CollectionId, road: Vec<CollectionId>, path: &FieldPath<'_>) -> Option<Lost<'w>> {
    let mut seen = HashSet::new();
    let mut roads = vec![road];
    while let Some(road) = roads.pop() {
        let at = road.last().copied().unwrap_or(reader);
        if !road.is_empty()
            && let Input::Known { schema, .. } = &workspace.inputs[at]
            && let Some(field) = had(resolve(schema, path), schema.fields.get(path.segment(0)))
        {
            return Some(follow(workspace, field, path.text, road));
        }
        // What a `field_map` or an `input_schema` leaves out was left out on purpose, and here.
        let collection = &workspace.collections[at];
        if collection.input_schema.is_some() || !collection.source.field_map.is_empty() || seen.len() >= FARTHEST {
            continue;
        }
        for link in workspace.links[at].iter().rev() {
            if let Link::Collection(above, _) = link
                && seen.insert(*above)
            {
                roads.push([&road[..], &[*above]].concat());
            }
        }
    }
    None
}

/// The field, or what is around it where that is declared and what is below is not.
fn had<'w>(resolution: Resolution<'w>, root: Option<&'w std::sync::Arc<Field>>) -> Option<&'w Field> {
    match resolution {
        Resolution::Field(field) => Some(field),
        Resolution::Open | Resolution::ThroughArray { .. } => root.map(AsRef::as_ref),
        _ => None,
    }
}

/// Goes back down the road, which leads upwards, and notes what becomes of the path.
fn follow<'w>(workspace: &'w Workspace, field: &'w Field, path: &str, road: Vec<CollectionId>) -> Lost<'w> {
    let mut path = path.to_owned();
    let mut steps = Vec::new();
    for tier in road.into_iter().rev() {
        let (passing, next) = pass(workspace, tier, &path);
        steps.push(Step { tier, path: std::mem::replace(&mut path, next), passing });
    }
    Lost { field, steps, arrives_as: path }
}

/// How a collection passes a path on, and what the path is then called; of one that it drops, what it would be called.
fn pass<'w>(workspace: &'w Workspace, tier: CollectionId, path: &str) -> (Passing<'w>, String) {
    let extractors = &workspace.collections[tier].extractors;
    for entry in extractors.iter().flat_map(|extractor| &extractor.field_passthrough) {
        if let Some(rest) = path.strip_prefix(entry.source_path.value.as_str())
            && (rest.is_empty() || rest.starts_with('.'))
        {
            return (Passing::Entry(entry), format!("{}{rest}", entry.output().0));
        }
    }
    if extractors.iter().any(|extractor| extractor.include_all_source_fields == Some(true)) {
        return (Passing::Whole, path.to_owned());
    }
    (Passing::Dropped, path.rsplit_once('.').map_or(path, |(_, last)| last).to_owned())
}
