//! Sample objects: bodies that put an object into a bucket, and answers about one.

use super::{Form, Origin, Value, text};
use crate::syntax::{Kind, Node};
use crate::text::{ShortText, Span, Spanned};

/// An object, as it is sent to a bucket.
#[derive(Debug)]
pub struct SampleObject {
    /// Where it is written. An object has no name: its `name`, if it has one, is a field like any other.
    pub origin: Origin,
    /// The name or id of its bucket, where the object says it.
    pub bucket: Option<Spanned<ShortText>>,
    /// The batch that it is sent in.
    pub batch: Option<Batch>,
    /// The whole body.
    pub value: Value,
    /// Whether a part of its text could not be read, so that nothing can be called missing from it.
    pub is_damaged: bool,
}

/// A body that sends several objects at once.
#[derive(Debug, Clone, Copy)]
pub struct Batch {
    /// The key `objects`.
    pub key: Span,
    /// How many objects it has.
    pub size: usize,
}

impl SampleObject {
    pub(super) fn lower(node: Node<'_>, form: Form) -> SampleObject {
        SampleObject {
            origin: Origin {
                span: node.span(),
                form,
                name: None,
                id: text(node, "object_id"),
                namespace: None,
                is_described: false,
                references: Box::default(),
            },
            bucket: text(node, "bucket_id").or_else(|| text(node, "bucket_name")),
            batch: None,
            value: Value::lower(node),
            is_damaged: false,
        }
    }
}

/// The batch that a document is, when it is one.
pub(super) fn batch(document: Node<'_>) -> Option<Batch> {
    let objects = document.member("objects").filter(|objects| objects.value.kind() == Kind::Array)?;
    Some(Batch { key: objects.key.span(), size: objects.value.items().count() })
}
