//! Manifests: one document that declares many resources.

use super::{Bucket, Collection, Definition, Form, Namespace};
use crate::syntax::Node;

/// The resources of a manifest, in the order of the text.
pub(super) fn lower(manifest: Node<'_>) -> Vec<Definition> {
    let mut found = Vec::new();
    for member in manifest.members() {
        let lower: fn(Node<'_>) -> Definition = match member.key.text() {
            "namespaces" => |node| Definition::Namespace(Namespace::lower(node, Form::Manifest)),
            "buckets" => |node| Definition::Bucket(Bucket::lower(node, Form::Manifest)),
            "collections" => |node| Definition::Collection(Collection::lower(node, Form::Manifest)),
            _ => continue,
        };
        found.extend(member.value.items().filter(|item| item.is_object()).map(lower));
    }
    found
}
