//! Names that the service keeps for itself.

/// Why a field of a bucket cannot have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserved {
    /// It is a key of the body that makes an object, beside which the fields stand.
    ObjectKey,
    /// The service sets it on every object, and refuses it from anyone else.
    ObjectState,
    /// It is a system field of documents.
    DocumentField,
    /// It begins with `_`, as the service's own fields do.
    Underscore,
}

/// The keys of the body that makes an object; all others are fields.
pub const OBJECT_KEYS: [&str; 7] =
    ["blobs", "key_prefix", "skip_duplicates", "canonicalize_source", "force_remirror", "edges", "idempotency_key"];

const OBJECT_STATE: [&str; 2] = ["object_id", "status"];

/// Those of today, and those of the documents of older versions.
const DOCUMENT_FIELDS: [&str; 14] = [
    "document_id",
    "collection_id",
    "root_object_id",
    "root_bucket_id",
    "source_type",
    "source_object_id",
    "source_document_id",
    "source_collection_id",
    "source_blobs",
    "document_blobs",
    "lineage_path",
    "processing_tier",
    "internal_metadata",
    "feature_refs",
];

/// Why a field at the root of a bucket schema cannot have this name, if it cannot.
pub fn reserved(name: &str) -> Option<Reserved> {
    match name {
        _ if OBJECT_KEYS.contains(&name) => Some(Reserved::ObjectKey),
        _ if OBJECT_STATE.contains(&name) => Some(Reserved::ObjectState),
        _ if DOCUMENT_FIELDS.contains(&name) => Some(Reserved::DocumentField),
        _ if name.starts_with('_') => Some(Reserved::Underscore),
        _ => None,
    }
}

/// Names of fields that objects have beside those of their schema.
const OBJECT_FIELDS: [&str; 6] = ["bucket_id", "namespace_id", "internal_id", "metadata", "created_at", "updated_at"];

/// Whether every object has a field of this name without its schema declaring it.
pub fn is_object_field(name: &str) -> bool {
    OBJECT_FIELDS.contains(&name) || OBJECT_KEYS.contains(&name) || OBJECT_STATE.contains(&name)
}

/// Whether every document has a field of this name without any schema declaring it.
pub fn is_document_field(name: &str) -> bool {
    DOCUMENT_FIELDS.contains(&name) || matches!(name, "created_at" | "updated_at")
}

/// Whether every result of a search has a field of this name, or may have it, without any stage being told to write it.
pub fn is_result_field(name: &str) -> bool {
    matches!(name, "score" | "scores" | "query_chunks" | "explain" | "rank")
}

/// What speaks against a name for a field of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReservedOutput {
    /// The service writes a field of this name into its documents.
    System,
    /// It did so in documents of an older layout.
    Older,
    /// It begins with `_`, as the service's own fields do.
    Underscore,
}

/// What speaks against a name for a field of documents, if something does. `created_at` and `updated_at` lie below `_internal`
/// today, so they are free.
pub fn reserved_output(name: &str) -> Option<ReservedOutput> {
    match name {
        "document_id" | "collection_id" | "_internal" | "_acl" | "_schema_violations" => Some(ReservedOutput::System),
        _ if name.starts_with("_taxonomy_") => Some(ReservedOutput::System),
        _ if name.starts_with('_') => Some(ReservedOutput::Underscore),
        _ => DOCUMENT_FIELDS.contains(&name).then_some(ReservedOutput::Older),
    }
}
