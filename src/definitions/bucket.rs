//! Buckets.

use super::{Form, Noun, Origin, Schema, SourceKind, Value, strings, text, value};
use crate::syntax::{Member, Node};
use crate::text::{ShortText, Span, Spanned};

/// A bucket: a place for objects that conform to a schema.
#[derive(Debug)]
pub struct Bucket {
    /// Where it is written, and what it is called.
    pub origin: Origin,
    /// Its bucket schema.
    pub schema: Option<Schema>,
    /// Whether it only changes a bucket that another definition makes: a body without a schema, of a name that has one.
    pub is_change: bool,
    /// The fields by which its objects are told apart.
    pub unique_key: Option<UniqueKey>,
    /// What fills it from outside.
    pub source_adapter: Option<Box<SourceAdapter>>,
    /// Where the sync of a manifest's bucket, or the one that an adapter stands for, puts what it reads.
    pub sync: Option<Box<Sync>>,
}

/// The fields by which objects are told apart.
#[derive(Debug)]
pub struct UniqueKey {
    /// The key `unique_key`.
    pub key: Span,
    /// The names of the fields.
    pub fields: Vec<Spanned<ShortText>>,
    /// What becomes of an object whose key another one has, where the request does not say it.
    pub default_policy: Option<Spanned<ShortText>>,
}

/// What fills a bucket from outside.
#[derive(Debug)]
pub struct SourceAdapter {
    /// The key `source_adapter`.
    pub key: Span,
    /// What kind it is, such as `mux` or `collection`.
    pub kind: Option<Spanned<ShortText>>,
    /// The fields of the bucket schema that it writes.
    pub targets: Vec<FieldTarget>,
    /// The collection that it reads.
    pub source_collection: Option<Spanned<ShortText>>,
    /// The buckets that it reads.
    pub source_buckets: Vec<Spanned<ShortText>>,
    /// Which documents of the collection it reads.
    pub source_filters: Option<Value>,
}

/// A storage sync.
#[derive(Debug)]
pub struct Sync {
    /// The key `sync`.
    pub key: Span,
    /// Where its `schema_mapping` puts what it reads; without one, files go to the field `content`.
    pub targets: Option<Vec<FieldTarget>>,
    /// The key `skip_batch_submission`, when it is set.
    pub skips_batches: Option<Span>,
}

/// A field of a bucket schema that something outside writes.
#[derive(Debug)]
pub struct FieldTarget {
    /// The field's name.
    pub field: Spanned<ShortText>,
    /// Whether it takes a file, where that is said.
    pub is_blob: Option<bool>,
    /// The type of file that is put there, where it is said.
    pub blob_type: Option<Spanned<ShortText>>,
    /// The field for files that it names besides, in a `blob_property`.
    pub blob_property: Option<Spanned<ShortText>>,
}

impl Bucket {
    pub(super) fn lower(node: Node<'_>, form: Form) -> Bucket {
        let schema = node.member("bucket_schema").or_else(|| node.member("schema")).and_then(Schema::lower);
        let object = |key: &str| node.member(key).filter(|member| member.value.is_object());
        Bucket {
            origin: Origin::new(node, form, Noun::Bucket),
            schema,
            is_change: false,
            unique_key: object("unique_key").map(UniqueKey::lower),
            source_adapter: object("source_adapter").map(SourceAdapter::lower).map(Box::new),
            sync: object("sync").map(Sync::lower).map(Box::new),
        }
    }
}

impl UniqueKey {
    fn lower(member: Member<'_>) -> UniqueKey {
        let fields = member.value.get("fields").map(|fields| strings(fields, Node::as_string));
        UniqueKey {
            key: member.key.span(),
            fields: fields.unwrap_or_default(),
            default_policy: text(member.value, "default_policy"),
        }
    }
}

impl SourceAdapter {
    /// What it reads of the project's own: a collection, or buckets. Nothing when it waits for events from outside.
    pub fn reads(&self) -> Option<(SourceKind, &[Spanned<ShortText>])> {
        match self.kind.as_ref()?.value.as_str() {
            "collection" => Some((SourceKind::Collection, self.source_collection.as_slice())),
            "bucket" => Some((SourceKind::Bucket, &self.source_buckets)),
            _ => None,
        }
    }

    fn lower(member: Member<'_>) -> SourceAdapter {
        let node = member.value;
        let mapped = node.get("field_mapping").into_iter().flat_map(Node::members);
        let mapped = mapped.filter_map(|member| member.value.as_string());
        let fields = mapped.map(|field| FieldTarget { field, is_blob: None, blob_type: None, blob_property: None });
        let file = node.get("blob_source").and_then(|blob| {
            let field = text(blob, "target_property")?;
            Some(FieldTarget { field, is_blob: Some(true), blob_type: text(blob, "blob_type"), blob_property: None })
        });
        SourceAdapter {
            key: member.key.span(),
            kind: text(node, "adapter_type"),
            targets: fields.chain(file).collect(),
            source_collection: text(node, "source_collection_id"),
            source_buckets: node.get("source_bucket_ids").map(|ids| strings(ids, Node::as_string)).unwrap_or_default(),
            source_filters: value(node, "source_filters"),
        }
    }
}

impl Sync {
    fn lower(member: Member<'_>) -> Sync {
        let mapping = member.value.get("schema_mapping").and_then(|mapping| mapping.get("mappings"));
        let targets = mapping.map(|mapping| mapping.members().filter_map(FieldTarget::lower).collect());
        let skips = member.value.member("skip_batch_submission").filter(|skips| skips.value.as_bool() == Some(true));
        Sync { key: member.key.span(), targets, skips_batches: skips.map(|skips| skips.key.span()) }
    }
}

impl FieldTarget {
    /// An entry of a schema mapping: the field, and what goes there.
    fn lower(member: Member<'_>) -> Option<FieldTarget> {
        let is_blob = match member.value.get("target_type").and_then(Node::as_str) {
            Some("blob") => Some(true),
            Some("field") => Some(false),
            _ => None,
        };
        Some(FieldTarget {
            field: member.key.as_string()?,
            is_blob,
            blob_type: text(member.value, "blob_type"),
            blob_property: text(member.value, "blob_property"),
        })
    }
}
