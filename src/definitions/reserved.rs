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

const OBJECT_KEYS: [&str; 7] =
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
