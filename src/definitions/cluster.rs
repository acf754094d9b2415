//! Clusterings: groups of documents that are alike.

use super::{Form, Noun, Origin, Value, strings, text};
use crate::syntax::Node;
use crate::text::{ShortText, Spanned};

/// A clustering.
#[derive(Debug)]
pub struct Cluster {
    /// Where it is written, and what it is called.
    pub origin: Origin,
    /// `vector` or `attribute`, where that is said.
    pub kind: Option<Spanned<ShortText>>,
    /// The names or ids of the collections whose documents are grouped.
    pub collections: Vec<Spanned<ShortText>>,
    /// The names or ids of the clusterings whose groups are grouped.
    pub clusters: Vec<Spanned<ShortText>>,
    /// The feature URIs of the vectors that are compared.
    pub feature_uris: Vec<Spanned<ShortText>>,
    /// The fields that are compared.
    pub attributes: Vec<Spanned<ShortText>>,
    /// Its whole body.
    pub body: Value,
}

impl Cluster {
    pub(super) fn lower(node: Node<'_>, form: Form) -> Cluster {
        let listed = |holder: &str, key: &str| {
            let list = node.get(holder).and_then(|holder| holder.get(key));
            list.map(|list| strings(list, Node::as_string)).unwrap_or_default()
        };
        let collections = node.get("collection_ids").or_else(|| node.get("collections"));
        let mut feature_uris = listed("vector_config", "feature_uris");
        let config = node.get("vector_config");
        feature_uris.extend(config.and_then(|config| text(config, "feature_uri")));
        let weights = config.and_then(|config| config.get("feature_weights")).into_iter().flat_map(Node::members);
        feature_uris.extend(weights.filter_map(|weight| weight.key.as_string()));
        Cluster {
            origin: Origin::new(node, form, Noun::Cluster),
            kind: text(node, "cluster_type"),
            collections: collections.map(|list| strings(list, Node::as_name)).unwrap_or_default(),
            clusters: node.get("source_cluster_ids").map(|list| strings(list, Node::as_name)).unwrap_or_default(),
            feature_uris,
            attributes: listed("attribute_config", "attributes"),
            body: Value::lower(node),
        }
    }

    /// What stands under a key of a part of it, such as `source_enrichment_config`.
    pub fn part(&self, holder: &str, key: &str) -> Option<&Value> {
        self.body.get(holder)?.get(key)
    }

    /// What stands under a key.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.body.get(key)
    }
}
