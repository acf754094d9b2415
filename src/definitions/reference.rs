//! References: where a definition names another resource, beside what it reads.

use super::{Form, Noun};
use crate::syntax::Node;
use crate::text::{ShortText, Spanned};

/// A name or an id of another resource.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The kind of resource that is named.
    pub to: Noun,
    /// The name or id, as written.
    pub name: Spanned<ShortText>,
    /// The key that it stands under.
    pub key: &'static str,
}

/// Where each kind of definition names others: a path of keys, where `[]` goes into each item of a list. Of a key that ends in
/// `_id` or `_ids` manifests may have the name without that ending: how they spell these keys is not all published.
const PLACES: [(Noun, &str, Noun); 40] = [
    (Noun::Bucket, "sync.connection_id", Noun::Connection),
    (Noun::Bucket, "sync.batch_collection_ids", Noun::Collection),
    (Noun::Bucket, "destination.connection_id", Noun::Connection),
    (Noun::Bucket, "source_adapter.connection_id", Noun::Connection),
    (Noun::Bucket, "ingest_filter.retriever_id", Noun::Retriever),
    (Noun::Collection, "taxonomy_applications[].taxonomy_id", Noun::Taxonomy),
    (Noun::Collection, "taxonomy_applications[].target_collection_id", Noun::Collection),
    (Noun::Collection, "cluster_applications[].cluster_id", Noun::Cluster),
    (Noun::Collection, "alert_applications[].alert_id", Noun::Alert),
    (Noun::Collection, "retriever_enrichments[].retriever_id", Noun::Retriever),
    (Noun::Collection, "retriever_transform.retriever_id", Noun::Retriever),
    (Noun::Retriever, "collection_identifiers", Noun::Collection),
    (Noun::Retriever, "collection_ids", Noun::Collection),
    (Noun::Taxonomy, "config.retriever_id", Noun::Retriever),
    (Noun::Taxonomy, "config.source_collection.collection_id", Noun::Collection),
    (Noun::Taxonomy, "config.inference_collections", Noun::Collection),
    (Noun::Taxonomy, "config.cluster_ids", Noun::Cluster),
    (Noun::Taxonomy, "config.hierarchical_nodes[].collection_id", Noun::Collection),
    (Noun::Taxonomy, "config.hierarchical_nodes[].retriever_id", Noun::Retriever),
    (Noun::Taxonomy, "retriever_id", Noun::Retriever),
    (Noun::Taxonomy, "source_collection.collection_id", Noun::Collection),
    (Noun::Cluster, "collection_ids", Noun::Collection),
    (Noun::Cluster, "source_cluster_ids", Noun::Cluster),
    (Noun::Alert, "retriever_id", Noun::Retriever),
    (Noun::Alert, "notification_config.channels[].config.collection_id", Noun::Collection),
    (Noun::Manifest, "seed.bucket_id", Noun::Bucket),
    (Noun::Manifest, "seed[].bucket_id", Noun::Bucket),
    (Noun::Manifest, "seeds[].bucket_id", Noun::Bucket),
    (Noun::Manifest, "acceptance.steps[].retriever_id", Noun::Retriever),
    (Noun::Manifest, "acceptance.steps[].collection_id", Noun::Collection),
    (Noun::Manifest, "acceptance.steps[].alert_id", Noun::Alert),
    (Noun::Manifest, "triggers[].action_config.collection_id", Noun::Collection),
    (Noun::Manifest, "triggers[].action_config.collection_ids", Noun::Collection),
    (Noun::Manifest, "triggers[].action_config.taxonomy_id", Noun::Taxonomy),
    (Noun::Manifest, "triggers[].action_config.cluster_id", Noun::Cluster),
    (Noun::Manifest, "triggers[].action_config.retriever_id", Noun::Retriever),
    (Noun::Manifest, "triggers[].action_config.bucket_id", Noun::Bucket),
    (Noun::Manifest, "triggers[].namespace", Noun::Namespace),
    (Noun::Manifest, "seed.namespace", Noun::Namespace),
    (Noun::Manifest, "seed[].namespace", Noun::Namespace),
];

/// All that a definition names, place by place. A resource of a manifest names the namespace that it lies in; a body lies in that
/// of its request, and what it says of it is no reference.
pub(super) fn references(node: Node<'_>, noun: Noun, form: Form) -> Vec<Reference> {
    let mut found = Vec::new();
    if form == Form::Manifest && !matches!(noun, Noun::Namespace | Noun::Connection | Noun::Manifest) {
        collect(node, "namespace", Noun::Namespace, &mut found);
    }
    for (_, place, to) in PLACES.iter().filter(|(of, ..)| *of == noun) {
        collect(node, place, *to, &mut found);
    }
    found
}

fn collect(node: Node<'_>, place: &'static str, to: Noun, found: &mut Vec<Reference>) {
    let (part, rest) = place.split_once('.').map_or((place, None), |(part, rest)| (part, Some(rest)));
    let key = part.strip_suffix("[]").unwrap_or(part);
    let Some(value) = get(node, key) else { return };
    match (rest, part.len() > key.len()) {
        (Some(rest), true) => value.items().for_each(|item| collect(item, rest, to, found)),
        (Some(rest), false) => collect(value, rest, to, found),
        (None, _) => {
            let one = value.as_name().into_iter();
            let names = one.chain(value.items().filter_map(Node::as_name)).filter(|name| !name.value.is_empty());
            found.extend(names.map(|name| Reference { to, name, key }));
        }
    }
}

/// The value of a key, or of its name without `_id`.
fn get<'a>(node: Node<'a>, key: &str) -> Option<Node<'a>> {
    let short = || match key.strip_suffix("_ids") {
        Some(stem) => node.get(&format!("{stem}s")),
        None => node.get(key.strip_suffix("_id")?),
    };
    node.get(key).or_else(short)
}
