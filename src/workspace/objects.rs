//! Sample objects: which bucket each belongs to, and what in it does not conform to that bucket's schema.

use std::collections::{HashMap, HashSet};

use super::index::{Found, Index, Looker};
use super::link::{folder, is_target, made, only};
use super::{BucketId, By, Workspace};
use crate::conform::{self, Breach, Key, Rulebook};
use crate::definitions::{Bucket, Form, SampleObject, Value};
use crate::path::is_placeholder;
use crate::suggest;
use crate::text::{FileId, Sources, Span};

/// A sample object that was held against the schema of its bucket.
#[derive(Debug)]
pub struct Checked<'w> {
    /// The object.
    pub object: &'w SampleObject,
    /// Its bucket.
    pub bucket: &'w Bucket,
    /// By what the bucket is known.
    pub by: By,
    /// What does not conform.
    pub breaches: Vec<Breach<'w>>,
    /// The first object of the same file that has the same unique key.
    pub same_key: Option<Span>,
}

/// The bucket of each object: the one that it names, else the only one of its file, else the only one of its folder.
pub(super) fn link<'w>(sources: &'w Sources, buckets: &'w [Bucket], objects: &'w [SampleObject]) -> Vec<Option<(BucketId, By)>> {
    if objects.is_empty() || buckets.is_empty() {
        return vec![None; objects.len()];
    }
    let made = made(sources, buckets);
    let is_target = |number: usize| is_target(sources, &made, &buckets[number]);
    let index = Index::new(sources, buckets.iter().map(|bucket| &bucket.origin), is_target);
    let targets =
        || (0..buckets.len()).filter(|&number| is_target(number)).map(|number| (number, buckets[number].origin.span.file));
    let in_file: HashMap<FileId, Option<BucketId>> = only(targets());
    let in_folder = only(targets().map(|(number, file)| (number, folder(sources, file))));
    let link = |object: &'w SampleObject| {
        let file = object.origin.span.file;
        if let Some(said) = object.bucket.as_ref().filter(|said| !is_placeholder(&said.value)) {
            let looker = Looker { path: &sources.get(file).path, namespace: None, same_file: false };
            return named(&index, &said.value, looker);
        }
        let in_file = in_file.get(&file).map(|only| (*only, By::OnlyInFile));
        let (bucket, by) = in_file.or_else(|| in_folder.get(folder(sources, file)).map(|only| (*only, By::OnlyInFolder)))?;
        bucket.filter(|&bucket| is_alike(&object.value, &buckets[bucket])).map(|bucket| (bucket, by))
    };
    objects.iter().map(link).collect()
}

fn named<'w>(index: &Index<'w>, said: &'w str, looker: Looker<'w>) -> Option<(BucketId, By)> {
    let ways = [
        (By::Name, index.named(said, looker)),
        (By::Id, index.with_id(said, looker)),
        (By::Slug, if said.starts_with("bkt_") { index.with_slug(said, looker) } else { Found::None }),
    ];
    ways.into_iter().find_map(|(by, found)| match found {
        Found::One(bucket) => Some((bucket, by)),
        Found::Several(..) | Found::None => None,
    })
}

/// Whether an object may belong to a bucket that it does not name: they have at least one field in common, or nearly.
fn is_alike(object: &Value, bucket: &Bucket) -> bool {
    let Some(schema) = &bucket.schema else { return false };
    let blobs = object.get("blobs").map_or(&[][..], Value::items);
    let properties = || blobs.iter().filter_map(|blob| blob.get("property")?.as_str());
    let names = || object.entries().iter().map(|entry| entry.key.value.as_str()).chain(properties()).take(COMPARED);
    let fields = || schema.fields.iter().map(|field| field.name.as_str()).take(COMPARED);
    names().any(|name| schema.fields.get(name).is_some()) || names().any(|name| suggest::nearest(name, fields()).is_some())
}

/// How many names of an object, and of a schema, are compared to see whether the two belong together.
const COMPARED: usize = 100;

/// What does not conform, of all objects whose bucket is known. What an answer tells, the service has taken.
pub(super) fn check(workspace: &Workspace) -> Vec<Checked<'_>> {
    let mut firsts: HashMap<(BucketId, FileId, Key), Span> = HashMap::new();
    let mut checked = Vec::new();
    for (object, link) in workspace.objects.iter().zip(&workspace.object_links) {
        let Some((id, by)) = *link else { continue };
        if object.origin.form == Form::Answer || object.is_damaged {
            continue;
        }
        let bucket = &workspace.buckets[id];
        let text = workspace.sources.get(object.origin.span.file).text();
        let mut breaches = conform::breaches(&object.value, Rulebook { bucket, is_placeholder });
        breaches.retain(|breach| !breach.may_be_boolean(text));
        // In another file it may well be the same object again: the body that changes it later.
        let same_key = conform::key_of(&object.value, bucket, is_placeholder).and_then(|key| {
            let span = object.origin.place();
            let first = *firsts.entry((id, span.file, key)).or_insert(span);
            (first != span).then_some(first)
        });
        checked.push(Checked { object, bucket, by, breaches, same_key });
    }
    checked
}

/// Why a name or id stands for no bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoBucket {
    /// Nothing has it; the nearest name.
    Unknown(Option<String>),
    /// Several buckets have it.
    Ambiguous,
}

/// The bucket that a user means by a name or an id.
pub fn find_bucket(workspace: &Workspace, said: &str) -> Result<BucketId, NoBucket> {
    let (sources, buckets) = (&workspace.sources, &workspace.buckets[..]);
    let made = made(sources, buckets);
    let index =
        Index::new(sources, buckets.iter().map(|bucket| &bucket.origin), |number| is_target(sources, &made, &buckets[number]));
    let looker = Looker { path: "", namespace: None, same_file: false };
    if let Some((bucket, _)) = named(&index, said, looker) {
        return Ok(bucket);
    }
    let names: HashSet<&str> = buckets.iter().map(|bucket| bucket.origin.name()).collect();
    match names.contains(said) {
        true => Err(NoBucket::Ambiguous),
        false => {
            let mut names: Vec<&str> = names.into_iter().collect();
            names.sort_unstable();
            Err(NoBucket::Unknown(suggest::nearest(said, names).map(str::to_owned)))
        }
    }
}
