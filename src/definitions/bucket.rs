//! Buckets.

use super::{Form, Origin, Schema};
use crate::syntax::Node;

/// A bucket: a place for objects that conform to a schema.
#[derive(Debug)]
pub struct Bucket {
    /// Where it is written, and what it is called.
    pub origin: Origin,
    /// Its bucket schema.
    pub schema: Option<Schema>,
    /// Whether it only changes a bucket that another definition makes: a body without a schema, of a name that has one.
    pub is_change: bool,
}

impl Bucket {
    pub(super) fn lower(node: Node<'_>, form: Form) -> Bucket {
        let schema = node.member("bucket_schema").or_else(|| node.member("schema")).and_then(Schema::lower);
        Bucket { origin: Origin::new(node, form, "bucket_name", "bucket_id"), schema, is_change: false }
    }
}
