//! Manifests: one document that declares many resources.

use super::{Defining, Form, Noun};
use crate::syntax::Node;

/// The resources of a manifest, in the order of the text.
pub(super) fn resources(manifest: Node<'_>) -> Vec<Defining<'_>> {
    let mut found = Vec::new();
    for member in manifest.members() {
        let noun = match member.key.text() {
            "namespaces" => Noun::Namespace,
            "buckets" => Noun::Bucket,
            "collections" => Noun::Collection,
            _ => continue,
        };
        let items = member.value.items().filter(|item| item.is_object());
        found.extend(items.map(|node| Defining { node, noun, form: Form::Manifest }));
    }
    found
}
