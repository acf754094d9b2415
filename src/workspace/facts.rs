//! Where every path of every collection leads: what the rules read.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{BucketId, CollectionId, Declared, Guess, Input, Link, Workspace};
use crate::definitions::{FeatureExtractor, Field, FieldPassthrough, InputMapping, Schema};
use crate::path::{FieldPath, Malformed, is_placeholder};
use crate::resolve::{Resolution, resolve};
use crate::text::Spanned;

/// A workspace, and the uses of fields in it.
#[derive(Debug)]
pub struct Facts<'w> {
    /// The definitions.
    pub workspace: &'w Workspace,
    /// Every path of every input mapping and passthrough, in the order of the files.
    pub uses: Vec<Use<'w>>,
    paths_of_buckets: OnceLock<HashMap<String, Vec<BucketId>>>,
}

/// A path that a collection reads.
#[derive(Debug)]
pub struct Use<'w> {
    /// The collection.
    pub collection: CollectionId,
    /// What reads it.
    pub site: Site<'w>,
    /// Where it leads.
    pub lookup: Lookup<'w>,
}

/// What reads a path.
#[derive(Debug, Clone, Copy)]
pub enum Site<'w> {
    /// An extractor's input.
    Input(&'w FeatureExtractor, &'w InputMapping),
    /// A passthrough entry.
    Passthrough(&'w FeatureExtractor, &'w FieldPassthrough),
}

/// Where a path leads.
#[derive(Debug)]
pub enum Lookup<'w> {
    /// Its source is not known, or it is filled in later.
    Unknown,
    /// It is no path.
    Malformed(Malformed),
    /// Its source has no schema.
    NoSchema(BucketId, Option<Guess>),
    /// It was looked up.
    Resolved {
        /// The path, split.
        path: FieldPath<'w>,
        /// The schema it was looked up in.
        schema: &'w Schema,
        /// The guess that this rests on.
        guess: Option<Guess>,
        /// The answer.
        resolution: Resolution<'w>,
        /// Where a missing field was lost, when a collection further up had it.
        lost: Option<Lost<'w>>,
    },
}

/// A field that a collection reads and does not give its readers under the same path.
#[derive(Debug, Clone, Copy)]
pub struct Lost<'w> {
    /// The collection that loses it.
    pub tier: CollectionId,
    /// The field in what that collection reads.
    pub field: &'w Field,
    /// The entry that passes it on under another name.
    pub renamed: Option<&'w FieldPassthrough>,
}

impl<'w> Use<'w> {
    /// The path as written.
    pub fn path(&self) -> &'w Spanned<String> {
        match self.site {
            Site::Input(_, mapping) => &mapping.path,
            Site::Passthrough(_, entry) => &entry.source_path,
        }
    }

    /// Whether it is a passthrough.
    pub fn is_passthrough(&self) -> bool {
        matches!(self.site, Site::Passthrough(..))
    }
}

impl<'w> Facts<'w> {
    /// Looks up every path.
    pub fn new(workspace: &'w Workspace) -> Facts<'w> {
        let mut uses = Vec::new();
        for (collection, definition) in workspace.collections.iter().enumerate() {
            for extractor in &definition.extractors {
                let inputs = extractor.input_mappings.iter().map(|mapping| Site::Input(extractor, mapping));
                let passed = extractor.field_passthrough.iter().map(|entry| Site::Passthrough(extractor, entry));
                uses.extend(inputs.chain(passed).map(|site| {
                    let mut found = Use { collection, site, lookup: Lookup::Unknown };
                    found.lookup = look_up(workspace, collection, &found.path().value);
                    found
                }));
            }
        }
        Facts { workspace, uses, paths_of_buckets: OnceLock::new() }
    }

    /// The first bucket that has a field of this path, other than those that `reader` reads. The index behind it is made when
    /// it is first needed: most repositories never ask.
    pub fn bucket_with(&self, path: &str, reader: CollectionId) -> Option<BucketId> {
        let index = self.paths_of_buckets.get_or_init(|| {
            let mut index: HashMap<String, Vec<BucketId>> = HashMap::new();
            for (number, bucket) in self.workspace.buckets.iter().enumerate() {
                let Some(schema) = &bucket.schema else { continue };
                schema.fields.walk(&mut |path, _| {
                    let buckets = index.entry(path.to_owned()).or_default();
                    // A source is one of the first few, or the first few have one that is not the source.
                    if buckets.len() < 8 {
                        buckets.push(number);
                    }
                });
            }
            index
        });
        let read = |bucket: &BucketId| {
            self.workspace.links[reader].iter().any(|link| matches!(link, Link::Bucket(id, _) if id == bucket))
        };
        index.get(path)?.iter().copied().find(|bucket| !read(bucket))
    }
}

fn look_up<'w>(workspace: &'w Workspace, collection: CollectionId, text: &'w str) -> Lookup<'w> {
    if is_placeholder(text) {
        return Lookup::Unknown;
    }
    let path = match FieldPath::parse(text) {
        Ok(path) => path,
        Err(malformed) => return Lookup::Malformed(malformed),
    };
    match &workspace.inputs[collection] {
        Input::Unknown => Lookup::Unknown,
        Input::NoSchema(bucket, guess) => Lookup::NoSchema(*bucket, *guess),
        Input::Known { schema, guess, .. } => {
            let resolution = resolve(schema, &path);
            let is_missing = matches!(resolution, Resolution::Missing { .. });
            let lost = if is_missing { lost(workspace, collection, &path) } else { None };
            Lookup::Resolved { path, schema, guess: *guess, resolution, lost }
        }
    }
}

/// Goes up from collection to collection until one reads the field: that one does not pass it on.
fn lost<'w>(workspace: &'w Workspace, collection: CollectionId, path: &FieldPath<'w>) -> Option<Lost<'w>> {
    let mut reader = collection;
    loop {
        let Input::Known { declared, .. } = &workspace.inputs[reader] else { return None };
        let Some(Declared::Collection(tier)) = declared.first() else { return None };
        let Input::Known { schema, .. } = &workspace.inputs[*tier] else { return None };
        if let Resolution::Field(field) = resolve(schema, path) {
            let mut entries = workspace.collections[*tier].extractors.iter().flat_map(|extractor| &extractor.field_passthrough);
            let renamed = entries.find(|entry| entry.source_path.value == path.text);
            return Some(Lost { tier: *tier, field, renamed });
        }
        reader = *tier;
    }
}
