//! Which objects are definitions: decided by their keys, never by the name of the file.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::{Defining, Form};
use crate::path::is_template;
use crate::suggest;
use crate::syntax::{Kind, Node};

/// A noun that a single object can define.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noun {
    /// A bucket.
    Bucket,
    /// A collection.
    Collection,
    /// A namespace.
    Namespace,
    /// A sample object.
    Object,
    /// A retriever.
    Retriever,
    /// A taxonomy.
    Taxonomy,
    /// A clustering.
    Cluster,
    /// An alert.
    Alert,
    /// A connection to a storage.
    Connection,
    /// A manifest: what stands in it beside its resources.
    Manifest,
}

impl Noun {
    /// The noun in one word.
    pub fn name(self) -> &'static str {
        match self {
            Noun::Bucket => "bucket",
            Noun::Collection => "collection",
            Noun::Namespace => "namespace",
            Noun::Object => "object",
            Noun::Retriever => "retriever",
            Noun::Taxonomy => "taxonomy",
            Noun::Cluster => "cluster",
            Noun::Alert => "alert",
            Noun::Connection => "connection",
            Noun::Manifest => "manifest",
        }
    }

    /// The key of its name, in the bodies of requests.
    pub fn name_key(self) -> &'static str {
        match self {
            Noun::Bucket => "bucket_name",
            Noun::Collection => "collection_name",
            Noun::Namespace => "namespace_name",
            Noun::Retriever => "retriever_name",
            Noun::Taxonomy => "taxonomy_name",
            Noun::Cluster => "cluster_name",
            Noun::Alert | Noun::Connection | Noun::Manifest | Noun::Object => "name",
        }
    }

    /// The key of the id that the service gives it.
    pub fn id_key(self) -> &'static str {
        match self {
            Noun::Bucket => "bucket_id",
            Noun::Collection => "collection_id",
            Noun::Namespace => "namespace_id",
            Noun::Object => "object_id",
            Noun::Retriever => "retriever_id",
            Noun::Taxonomy => "taxonomy_id",
            Noun::Cluster => "cluster_id",
            Noun::Alert => "alert_id",
            Noun::Connection => "connection_id",
            Noun::Manifest => "manifest_id",
        }
    }
}

/// The words without which a file defines nothing. A file that has none of them need not be parsed.
const WORDS: [&str; 19] = [
    "bucket_name",
    "bucket_schema",
    "collection_name",
    "namespace_name",
    "feature_extractor",
    "input_mappings",
    "retriever_name",
    "taxonomy_name",
    "cluster_name",
    "notification_config",
    "buckets",
    "collections",
    "namespaces",
    "retrievers",
    "taxonomies",
    "clusters",
    "alerts",
    "connections",
    OBJECT_WORD,
];

/// The word without which nothing is a sample object.
const OBJECT_WORD: &str = "blobs";

/// How many of [`WORDS`] say nothing but Mixpeek; the others occur in texts of any kind.
const TELLING: usize = 8;

/// Looks for the words that a definition needs.
pub struct Mentions {
    finder: Option<AhoCorasick>,
}

impl Mentions {
    /// Prepared once, for any number of texts.
    pub fn finder() -> Mentions {
        Mentions { finder: AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(WORDS).ok() }
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
    // A body that runs through a whole setup names one of each.
    if named("namespace_name") && !has("retriever_name") {
        return Some((Noun::Namespace, form(has("namespace_id") && has("created_at"))));
    }
    if let Some(noun) = retrieval_noun(node) {
        let tells_answer = ["namespace_id", "created_at", "source_public_name"].into_iter().any(has);
        return Some((noun, form(has(noun.id_key()) || tells_answer)));
    }
    has_blobs(node).then(|| (Noun::Object, form(has("object_id"))))
}

/// The nouns of the retrieval half, each with what tells it beside its name.
fn retrieval_noun(node: Node<'_>) -> Option<Noun> {
    let has = |key: &str, kind: Kind| node.get(key).is_some_and(|value| value.kind() == kind);
    let any = |keys: &[&str]| keys.iter().any(|key| node.get(key).is_some());
    let named = |key: &str| node.get(key).is_some_and(|name| matches!(name.kind(), Kind::String | Kind::Number | Kind::Invalid));
    let is_stage = |stage: Node<'_>| {
        stage.get("config").is_some_and(|config| config.get("stage_id").is_some()) || stage.get("stage_id").is_some()
    };
    let has_stages = || node.get("stages").is_some_and(|stages| stages.items().any(is_stage));
    if named("retriever_name") && has("stages", Kind::Array) || named("name") && has_stages() {
        return Some(Noun::Retriever);
    }
    if named("taxonomy_name") && any(&["config", "taxonomy_type", "source_collection", "hierarchical_config"]) {
        return Some(Noun::Taxonomy);
    }
    if named("cluster_name") && any(&["cluster_type", "vector_config", "attribute_config", "source_cluster_ids"]) {
        return Some(Noun::Cluster);
    }
    let is_alert = || any(&["retriever_id", "trigger_on", "system_condition"]);
    (named("name") && has("notification_config", Kind::Object) && is_alert()).then_some(Noun::Alert)
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
pub const RESOURCES: [(&str, Noun, &[&str]); 8] = [
    ("connections", Noun::Connection, &["provider_config"]),
    ("namespaces", Noun::Namespace, &["feature_extractors", "features", "payload_indexes", "vector_configs"]),
    ("buckets", Noun::Bucket, &["schema", "bucket_schema", "sync", "unique_key", "source_adapter"]),
    ("collections", Noun::Collection, &["feature_extractor", "feature_extractors", "features", "source"]),
    ("retrievers", Noun::Retriever, &["collection_identifiers", "stages"]),
    ("taxonomies", Noun::Taxonomy, &["config", "labels"]),
    ("clusters", Noun::Cluster, &["vector_config", "attribute_config", "source_cluster_ids"]),
    ("alerts", Noun::Alert, &["notification_config"]),
];

/// Whether an object is a manifest: it has lists of named resources, and at least one is surely a resource.
pub(super) fn is_manifest(node: Node<'_>) -> bool {
    let tells = |item: Node<'_>, key: &str| item.get(key).is_some_and(|value| matches!(value.kind(), Kind::Object | Kind::Array));
    RESOURCES.iter().any(|(list, _, keys)| {
        let mut items = node.get(list).into_iter().flat_map(Node::items);
        items.any(|item| item.get("name").is_some() && keys.iter().any(|key| tells(item, key)))
    })
}
