//! Names of fields that the service itself gives to objects and documents.

/// Names that every document has without any schema declaring them.
pub const DOCUMENT_FIELDS: [&str; 16] = [
    "document_id",
    "collection_id",
    "created_at",
    "updated_at",
    "source_blobs",
    "document_blobs",
    "lineage_path",
    "processing_tier",
    "internal_metadata",
    "feature_refs",
    "root_object_id",
    "root_bucket_id",
    "source_type",
    "source_object_id",
    "source_document_id",
    "source_collection_id",
];

/// Names that every object has without its bucket schema declaring them.
pub const OBJECT_FIELDS: [&str; 13] = [
    "object_id",
    "bucket_id",
    "namespace_id",
    "internal_id",
    "blobs",
    "metadata",
    "key_prefix",
    "status",
    "created_at",
    "updated_at",
    "edges",
    "skip_duplicates",
    "idempotency_key",
];

/// How a name of a document's field stands to those that the service gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserved {
    /// The service writes a field of this name into every document.
    System,
    /// It did so in documents of an older layout, and drops fields of this name on some roads.
    Older,
    /// It begins with an underscore, as the names of the service's own fields do.
    Underscore,
}

/// What speaks against a name for a field of documents. `created_at` and `updated_at` lie below `_internal` today, so they are
/// free.
pub fn reserved(name: &str) -> Option<Reserved> {
    match name {
        "document_id" | "collection_id" | "_internal" | "_acl" | "_schema_violations" => Some(Reserved::System),
        _ if name.starts_with("_taxonomy_") => Some(Reserved::System),
        _ if name.starts_with('_') => Some(Reserved::Underscore),
        "created_at" | "updated_at" => None,
        _ => DOCUMENT_FIELDS.contains(&name).then_some(Reserved::Older),
    }
}
