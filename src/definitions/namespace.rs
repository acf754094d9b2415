//! Namespaces.

use super::{Form, Origin};
use crate::syntax::Node;

/// A namespace: a room of its own for the names of buckets and collections.
#[derive(Debug)]
pub struct Namespace {
    /// Where it is written, and what it is called.
    pub origin: Origin,
}

impl Namespace {
    pub(super) fn lower(node: Node<'_>, form: Form) -> Namespace {
        let mut origin = Origin::new(node, form, "namespace_name", "namespace_id");
        origin.namespace = None;
        Namespace { origin }
    }
}
