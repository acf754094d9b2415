//! Which objects are definitions: decided by their keys, never by the name of the file.

use aho_corasick::AhoCorasick;

use super::Form;
use crate::syntax::{Kind, Node};

/// A noun that a single object can define.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noun {
    Bucket,
    Collection,
    Namespace,
}

/// The words without which a file defines nothing. A file that has none of them need not be parsed.
const WORDS: [&str; 9] = [
    "bucket_name",
    "bucket_schema",
    "collection_name",
    "namespace_name",
    "feature_extractor",
    "input_mappings",
    "buckets",
    "collections",
    "namespaces",
];

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

    /// Whether a text has a word that hardly anything but a definition has.
    pub fn telling(&self, text: &str) -> bool {
        let Some(finder) = &self.finder else { return true };
        finder.find_overlapping_iter(text).any(|found| found.pattern().as_usize() < TELLING)
    }
}

/// What an object defines, and in which form.
pub(super) fn noun(node: Node<'_>) -> Option<(Noun, Form)> {
    if !node.is_object() {
        return None;
    }
    let has = |key: &str| node.get(key).is_some();
    let named = |key: &str| node.get(key).is_some_and(|name| matches!(name.kind(), Kind::String | Kind::Number | Kind::Invalid));
    let form = |answer: bool| if answer { Form::Answer } else { Form::Request };
    if named("collection_name") && COLLECTION_KEYS.iter().any(|key| has(key)) {
        return Some((Noun::Collection, form(has("output_schema") || has("document_count") || has("collection_id"))));
    }
    if named("bucket_name") && (has_schema(node) || !STORAGE_KEYS.iter().any(|key| has(key))) {
        return Some((Noun::Bucket, form(has("bucket_id"))));
    }
    if named("name") && node.get("bucket_schema").is_some_and(Node::is_object) {
        return Some((Noun::Bucket, form(has("bucket_id"))));
    }
    // The oldest tutorials call a collection's name `name`.
    if named("name") && (has("feature_extractors") || has("feature_extractor")) && source_type(node) {
        return Some((Noun::Collection, form(has("collection_id"))));
    }
    (named("namespace_name")).then(|| (Noun::Namespace, form(has("namespace_id") && has("created_at"))))
}

/// One of these makes an object with a `collection_name` a collection, and not a mere reference to one.
const COLLECTION_KEYS: [&str; 7] =
    ["source", "feature_extractor", "feature_extractors", "features", "input_schema", "output_schema", "document_count"];

/// Connections to object stores use the key `bucket_name` too; these are theirs.
const STORAGE_KEYS: [&str; 12] = [
    "region",
    "provider",
    "provider_type",
    "provider_config",
    "credentials",
    "access_key",
    "access_key_id",
    "secret_access_key",
    "endpoint",
    "endpoint_url",
    "connection_id",
    "collection_name",
];

fn has_schema(node: Node<'_>) -> bool {
    node.get("bucket_schema").is_some() || node.get("schema").is_some_and(|schema| schema.get("properties").is_some())
}

fn source_type(node: Node<'_>) -> bool {
    let kind = node.get("source").and_then(|source| source.get("type")).and_then(Node::as_str);
    kind.is_some_and(|kind| matches!(kind.to_ascii_lowercase().as_str(), "bucket" | "collection"))
}

/// The lists of a manifest.
const RESOURCES: [&str; 9] =
    ["namespaces", "buckets", "collections", "retrievers", "taxonomies", "clusters", "alerts", "triggers", "connections"];

/// Keys that resources of a manifest have and the entries of other tools' lists of the same name do not.
const RESOURCE_KEYS: [&str; 9] = [
    "schema",
    "bucket_schema",
    "feature_extractor",
    "feature_extractors",
    "features",
    "collection_identifiers",
    "sync",
    "stages",
    "source",
];

/// Whether an object is a manifest: it has lists of named resources, and at least one is surely a resource.
pub(super) fn is_manifest(node: Node<'_>) -> bool {
    let resources = || RESOURCES.iter().filter_map(|list| node.get(list)).flat_map(Node::items);
    let tells = |item: Node<'_>, key: &str| item.get(key).is_some_and(|value| matches!(value.kind(), Kind::Object | Kind::Array));
    resources().any(|item| item.get("name").is_some() && RESOURCE_KEYS.iter().any(|key| tells(item, key)))
}
