//! Which objects are definitions: decided by their keys, never by the name of the file.

use aho_corasick::AhoCorasick;

use super::{Defining, Form};
use crate::path::is_template;
use crate::suggest;
use crate::syntax::{Kind, Node};

/// A noun that a single object can define.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Noun {
    /// A bucket.
    Bucket,
    /// A collection.
    Collection,
    /// A namespace.
    Namespace,
    /// A sample object.
    Object,
}

/// The words without which a file defines nothing. A file that has none of them need not be parsed.
const WORDS: [&str; 10] = [
    "bucket_name",
    "bucket_schema",
    "collection_name",
    "namespace_name",
    "feature_extractor",
    "input_mappings",
    "buckets",
    "collections",
    "namespaces",
    OBJECT_WORD,
];

/// The word without which nothing is a sample object.
const OBJECT_WORD: &str = "blobs";

/// How many of [`WORDS`] say nothing but Mixpeek; the others occur in texts of any kind.
const TELLING: usize = 6;

/// Looks for the words that a definition needs.
pub struct Mentions {
    finder: Option<AhoCorasick>,
}

impl Mentions {
    /// Prepared once, for any number of texts.
    pub fn finder() -> Mentions {
        Mentions { finder: AhoCorasick::new(WORDS).ok() }
    }

    /// Whether a text has a word without which it defines nothing.
    pub fn any(&self, text: &str) -> bool {
        self.finder.as_ref().is_none_or(|finder| finder.is_match(text))
    }

    /// Whether all that a text can define is sample objects.
    pub fn only_objects(&self, text: &str) -> bool {
        let is_other = |number: usize| WORDS[number] != OBJECT_WORD;
        self.finder.as_ref().is_some_and(|finder| !finder.find_iter(text).any(|found| is_other(found.pattern().as_usize())))
    }

    /// Whether a text has a key that hardly anything but a definition has.
    pub fn telling(&self, text: &str) -> bool {
        let Some(finder) = &self.finder else { return true };
        let is_key = |end: usize| text[end..].trim_start_matches(['"', '\'', 's', ' ']).starts_with(':');
        finder.find_overlapping_iter(text).any(|found| found.pattern().as_usize() < TELLING && is_key(found.end()))
    }
}

/// An object that defines something, with what it defines.
pub(super) fn defining(node: Node<'_>) -> Option<Defining<'_>> {
    noun(node).map(|(noun, form)| Defining { node, noun, form })
}

/// What an object defines, and in which form.
fn noun(node: Node<'_>) -> Option<(Noun, Form)> {
    if !node.is_object() {
        return None;
    }
    let has = |key: &str| node.get(key).is_some();
    let named = |key: &str| node.get(key).is_some_and(|name| matches!(name.kind(), Kind::String | Kind::Number | Kind::Invalid));
    let form = |answer: bool| if answer { Form::Answer } else { Form::Request };
    if named("collection_name") && COLLECTION_KEYS.iter().any(|key| node.get(key).is_some_and(|value| can_be(key, value))) {
        return Some((Noun::Collection, form(has("output_schema") || has("document_count") || has("collection_id"))));
    }
    if named("bucket_name") && (has_schema(node) || node.members().all(|member| is_bucket_key(member.key.text()))) {
        return Some((Noun::Bucket, form(has("bucket_id"))));
    }
    if named("name") && node.get("bucket_schema").is_some_and(Node::is_object) {
        return Some((Noun::Bucket, form(has("bucket_id"))));
    }
    // The oldest tutorials call a collection's name `name`.
    if named("name") && (has("feature_extractors") || has("feature_extractor")) && source_type(node) {
        return Some((Noun::Collection, form(has("collection_id"))));
    }
    if named("namespace_name") {
        return Some((Noun::Namespace, form(has("namespace_id") && has("created_at"))));
    }
    has_blobs(node).then(|| (Noun::Object, form(has("object_id"))))
}

/// The keys of a blob beside `property`.
const BLOB_KEYS: [&str; 5] = ["type", "data", "upload_id", "url", "blob_id"];

/// What tells an object: blobs that say which property they fill. A document of a collection may hold blobs too.
fn has_blobs(node: Node<'_>) -> bool {
    let is_blob = |item: Node<'_>| {
        item.get("property").is_some_and(|property| property.as_str().is_some())
            && BLOB_KEYS.iter().any(|key| item.get(key).is_some())
    };
    node.get("document_id").is_none() && node.get("blobs").is_some_and(|blobs| blobs.items().any(is_blob))
}

/// The objects of a batch. One that is surely an object tells that all are: an object need not have blobs.
pub(super) fn objects(list: Node<'_>) -> Vec<Defining<'_>> {
    if !list.items().any(has_blobs) {
        return Vec::new();
    }
    let form = |node: Node<'_>| if node.get("object_id").is_some() { Form::Answer } else { Form::Request };
    let objects = list.items().filter(|item| item.is_object());
    objects.map(|node| Defining { node, noun: Noun::Object, form: form(node) }).collect()
}

/// One of these makes an object with a `collection_name` a collection, and not a mere reference to one.
const COLLECTION_KEYS: [&str; 7] =
    ["source", "feature_extractor", "feature_extractors", "features", "input_schema", "output_schema", "document_count"];

/// Other tools have a `source` too; ours is an object, or a placeholder of one.
fn can_be(key: &str, value: Node<'_>) -> bool {
    match value.kind() {
        Kind::Null | Kind::Bool => false,
        Kind::Number => key == "document_count",
        Kind::String => key != "source" || is_template(value.text()),
        _ => true,
    }
}

/// The keys of a bucket's bodies and answers. Connections to object stores and other tools' settings use `bucket_name` too, beside
/// keys of their own; so without a schema an object is a bucket only if all its keys are these, or nearly.
const BUCKET_KEYS: [&str; 27] = [
    "bucket_name",
    "bucket_id",
    "bucket_schema",
    "schema",
    "description",
    "unique_key",
    "metadata",
    "storage_class",
    "destination",
    "ingest_filter",
    "source_adapter",
    "sync",
    "namespace",
    "namespace_id",
    "template_id",
    "object_count",
    "failed_object_count",
    "total_size_bytes",
    "created_at",
    "updated_at",
    "last_upload_at",
    "stats_updated_at",
    "status",
    "is_locked",
    "batch_stats",
    "storage_stats",
    "<<",
];

fn is_bucket_key(key: &str) -> bool {
    BUCKET_KEYS.contains(&key) || suggest::nearest(key, BUCKET_KEYS).is_some()
}

fn has_schema(node: Node<'_>) -> bool {
    node.get("bucket_schema").is_some() || node.get("schema").is_some_and(|schema| schema.get("properties").is_some())
}

fn source_type(node: Node<'_>) -> bool {
    let kind = node.get("source").and_then(|source| source.get("type")).and_then(Node::as_str);
    kind.is_some_and(|kind| matches!(kind.to_ascii_lowercase().as_str(), "bucket" | "collection"))
}

/// The lists of a manifest whose resources tell that they are ours: a key that they have, and that the entries of other tools'
/// lists of the same name do not have.
const RESOURCES: [(&str, &[&str]); 4] = [
    ("namespaces", &["feature_extractors", "features", "payload_indexes", "vector_configs"]),
    ("buckets", &["schema", "bucket_schema", "sync", "unique_key", "source_adapter"]),
    ("collections", &["feature_extractor", "feature_extractors", "features", "source"]),
    ("retrievers", &["collection_identifiers", "stages"]),
];

/// Whether an object is a manifest: it has lists of named resources, and at least one is surely a resource.
pub(super) fn is_manifest(node: Node<'_>) -> bool {
    let tells = |item: Node<'_>, key: &str| item.get(key).is_some_and(|value| matches!(value.kind(), Kind::Object | Kind::Array));
    RESOURCES.iter().any(|(list, keys)| {
        let mut items = node.get(list).into_iter().flat_map(Node::items);
        items.any(|item| item.get("name").is_some() && keys.iter().any(|key| tells(item, key)))
    })
}
