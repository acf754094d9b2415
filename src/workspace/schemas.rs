//! Effective schemas: what each collection sees, and what it puts out.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::documents::{documents, passed};
use super::enriched::Enriched;
use super::field_maps::field_maps;
use super::lineage::{Order, collections_of};
use super::{BucketId, CollectionId, Guess, Link, Workspace};
use crate::definitions::{Collection, FieldMap, Fields, Form, Schema};

/// The schema that a collection's paths are looked up in.
#[derive(Debug)]
pub enum Input {
    /// It is known, at least in part.
    Known {
        /// The schema.
        schema: Schema,
        /// Where it is declared; several places when there are several sources.
        declared: Vec<Declared>,
        /// The guess that it rests on.
        guess: Option<Guess>,
        /// The guess that what lies below its fields rests on, though their names do not: of fields that are passed on by name.
        guess_below: Option<Guess>,
    },
    /// The bucket has no schema, so nothing can be mapped from it.
    NoSchema(BucketId, Option<Guess>),
    /// Nothing can be said.
    Unknown,
}

/// Where a schema is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared {
    /// In the collection itself, as its `input_schema`.
    InputSchema,
    /// In the collection itself, as the `field_map` of its source.
    FieldMap,
    /// In this bucket.
    Bucket(BucketId),
    /// It is the output of this collection.
    Collection(CollectionId),
}

/// Computes all inputs, and the outputs that something reads, group by group; within a circle nothing is known.
pub(super) fn compute(workspace: &mut Workspace, order: &Order) {
    let all = workspace.links.iter().chain(&workspace.adapter_links);
    let read: HashSet<CollectionId> = all.flat_map(|links| collections_of(links)).collect();
    // What searches may look into any collection.
    let is_searched = !(workspace.retrievers.is_empty() && workspace.taxonomies.is_empty() && workspace.clusters.is_empty());
    let circles: HashSet<CollectionId> = order.cycles.iter().flatten().copied().collect();
    let mut inputs: Vec<Input> = workspace.collections.iter().map(|_| Input::Unknown).collect();
    let (mut outputs, mut enriched) = (HashMap::new(), HashMap::new());
    for group in &order.groups {
        let is_circle = group.len() > 1 || group.iter().any(|id| circles.contains(id));
        for &id in group {
            inputs[id] = input(workspace, id, &inputs, &outputs, is_circle);
        }
        let is_read = |id: &&CollectionId| is_searched || read.contains(id) || workspace.additions.contains_key(id);
        for &id in group.iter().filter(is_read) {
            let collection = &workspace.collections[id];
            let mut output = documents(collection, &inputs[id], &workspace.catalogue).schema();
            if let Some(additions) = workspace.additions.get(&id).filter(|_| output.span.is_none()) {
                enriched.insert(id, Enriched { all: additions.onto(&output), own: output.clone() });
            }
            // An answer's schema has a place, and has the fields of enrichments too.
            output.is_open |= collection.is_enriched() && output.span.is_none();
            outputs.insert(id, output);
        }
    }
    (workspace.inputs, workspace.outputs, workspace.enriched) = (inputs, outputs, enriched);
}

fn input(
    workspace: &Workspace,
    id: CollectionId,
    inputs: &[Input],
    outputs: &HashMap<CollectionId, Schema>,
    is_circle: bool,
) -> Input {
    let collection = &workspace.collections[id];
    if let Some(schema) = &collection.input_schema {
        return Input::Known {
            schema: (**schema).clone(),
            declared: vec![Declared::InputSchema],
            guess: None,
            guess_below: None,
        };
    }
    let links = &workspace.links[id];
    if is_circle || links.is_empty() {
        return Input::Unknown;
    }
    let (mut guess, mut guess_below) = (None, None);
    let (mut declared, mut schemas) = (Vec::new(), Vec::new());
    let maps = field_maps(workspace, id);
    for (number, link) in links.iter().enumerate() {
        match link {
            Link::Bucket(bucket, _) => {
                guess = guess.or(link.guess(id));
                // An answer and a change need not repeat the schema; what makes a bucket and has none makes one without.
                let definition = &workspace.buckets[*bucket];
                let makes = definition.origin.form != Form::Answer && !definition.is_change;
                if definition.schema.is_none() && makes && links.len() == 1 {
                    return Input::NoSchema(*bucket, guess);
                }
            }
            Link::Collection(upstream, _) => {
                if let Input::Known { guess: above, guess_below: below, .. } = &inputs[*upstream] {
                    guess = guess.or(above.filter(|_| passes_all(&workspace.collections[*upstream])));
                    guess_below = guess_below.or(*above).or(*below);
                }
            }
            Link::None(_) => {}
        }
        let (place, schema) = given(workspace, link, outputs);
        let schema = schema.cloned().unwrap_or_else(Schema::unknown);
        match maps.get(number).copied().flatten() {
            Some(FieldMap { fields, .. }) => {
                declared.push(Declared::FieldMap);
                let fields = passed(fields, &schema).into_iter().map(|passed| passed.field).collect();
                schemas.push(Schema { fields: Arc::new(Fields::new(fields)), ..Schema::default() });
            }
            None => {
                declared.extend(place);
                schemas.push(schema);
            }
        }
    }
    declared.dedup();
    let schema = union(schemas);
    if schema.is_open && schema.fields.is_empty() {
        return Input::Unknown;
    }
    Input::Known { schema, declared, guess, guess_below }
}

/// What one source gives, before a `field_map` picks from it.
pub(super) fn given<'w>(
    workspace: &'w Workspace,
    link: &Link,
    outputs: &'w HashMap<CollectionId, Schema>,
) -> (Option<Declared>, Option<&'w Schema>) {
    match link {
        Link::Bucket(bucket, _) => (Some(Declared::Bucket(*bucket)), workspace.buckets[*bucket].schema.as_ref()),
        Link::Collection(upstream, _) => (Some(Declared::Collection(*upstream)), outputs.get(upstream)),
        Link::None(_) => (None, None),
    }
}

fn passes_all(collection: &Collection) -> bool {
    collection.extractors.iter().any(|extractor| extractor.include_all_source_fields == Some(true))
}

/// What several sources give together. They must be alike; whether they are is for another rule to say.
fn union(schemas: Vec<Schema>) -> Schema {
    let mut schemas = schemas.into_iter();
    let Some(mut all) = schemas.next() else { return Schema::unknown() };
    for schema in schemas {
        all.fields = Arc::new(all.fields.union(&schema.fields));
        all.is_open |= schema.is_open;
        all.is_damaged |= schema.is_damaged;
    }
    all
}

/// The guess that the fields of a collection's documents rest on.
pub(super) fn guess_of(workspace: &Workspace, collection: CollectionId) -> Option<Guess> {
    match &workspace.inputs[collection] {
        Input::Known { guess, guess_below, .. } if passes_all(&workspace.collections[collection]) => guess.or(*guess_below),
        _ => None,
    }
}
