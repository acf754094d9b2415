//! What is added to a collection's documents after its extractors: by taxonomies, clusterings and retrievers.

use std::collections::HashMap;
use std::sync::Arc;

use super::{CollectionId, Target, Workspace};
use crate::definitions::{
    Application, ApplicationKind, Cluster, EnrichmentField, Field, FieldType, Fields, Noun, Schema, Taxonomy, Value,
};
use crate::path::is_template;
use crate::text::{ShortText, Span, Spanned};

/// A field that something adds to documents.
#[derive(Debug, Clone)]
pub struct Added {
    /// Its name.
    pub name: ShortText,
    /// Where that is said.
    pub span: Span,
    /// When it is added: after the extractors, from 1 to 4.
    pub phase: u8,
}

/// What is added to the documents of a collection.
#[derive(Debug, Clone, Default)]
pub struct Additions {
    /// The fields whose names are known.
    pub fields: Vec<Added>,
    /// The first phase in which fields may be added whose names are not known here.
    pub unknown_from: Option<u8>,
}

/// The fields of documents to which something is added.
#[derive(Debug)]
pub struct Enriched {
    /// Those that the extractors write and that are passed on.
    pub own: Schema,
    /// All of them.
    pub all: Schema,
}

/// The fields that a clustering adds when it does not say which.
const OF_CLUSTERS: [&str; 6] =
    ["cluster_id", "cluster_label", "distance_to_centroid", "member_count", "keywords", "cluster_score"];

impl Additions {
    fn add(&mut self, name: &str, span: Span, phase: u8) {
        if is_template(name) {
            return self.lose(phase);
        }
        let name = name.split('.').next().unwrap_or(name).into();
        self.fields.push(Added { name, span, phase });
    }

    fn lose(&mut self, phase: u8) {
        self.unknown_from = Some(self.unknown_from.map_or(phase, |first| first.min(phase)));
    }

    /// The fields that are added before a phase; nothing when there may be others too.
    pub fn before(&self, phase: u8) -> Option<impl Iterator<Item = &Added>> {
        let are_known = self.unknown_from.is_none_or(|first| first >= phase);
        are_known.then(|| self.fields.iter().filter(move |one| one.phase < phase))
    }

    /// The schema of documents with all that is added.
    pub fn onto(&self, output: &Schema) -> Schema {
        let field = |one: &Added| {
            let kind = FieldType::Unknown(ShortText::default());
            Arc::new(Field::undeclared(&one.name, Some(one.span), kind))
        };
        let added = self.fields.iter().map(field);
        Schema {
            fields: Arc::new(Fields::firsts(output.fields.iter().cloned().chain(added).collect())),
            is_open: output.is_open || self.unknown_from.is_some(),
            ..output.clone()
        }
    }
}

/// What is added to the documents of each collection that something is added to.
pub(super) fn additions(workspace: &Workspace) -> HashMap<CollectionId, Additions> {
    let mut all: HashMap<CollectionId, Additions> = HashMap::new();
    for (id, collection) in workspace.collections.iter().enumerate() {
        for application in &collection.applications {
            add_application(workspace, application, all.entry(id).or_default());
        }
        // Which fields a transform writes is not followed, nor which extractors features stand for.
        if collection.extractors.is_empty() || collection.enriched_by.iter().any(|key| UNFOLLOWED.contains(key)) {
            all.entry(id).or_default().lose(0);
        }
    }
    // A clustering may name its collections itself.
    for cluster in &workspace.clusters {
        let enriches = cluster.value("enrich_source_collection").and_then(Value::as_bool) == Some(true);
        for name in cluster.collections.iter().filter(|_| enriches) {
            if let Some(Target::Found(id, _)) = workspace.target(name.span, Noun::Collection) {
                add_cluster(cluster, 2, all.entry(*id).or_default());
            }
        }
    }
    all
}

/// The keys of a collection that write fields which are not followed.
const UNFOLLOWED: [&str; 2] = ["features", "retriever_transform"];

fn add_application(workspace: &Workspace, application: &Application, additions: &mut Additions) {
    let phase = application.phase();
    let target = |to: Noun| application.id.as_ref().and_then(|id| workspace.target(id.span, to)).and_then(Target::found);
    match application.kind {
        ApplicationKind::Taxonomy => match target(Noun::Taxonomy) {
            Some(number) => add_taxonomy(&workspace.taxonomies[number], phase, additions),
            None => additions.lose(phase),
        },
        ApplicationKind::Cluster => match target(Noun::Cluster) {
            Some(number) => add_cluster(&workspace.clusters[number], phase, additions),
            None => additions.lose(phase),
        },
        ApplicationKind::Alert => {}
        ApplicationKind::Enrichment => {
            application.writes.iter().for_each(|written| additions.add(&written.target.value, written.target.span, phase));
        }
    }
}

/// A field without a name of its own may arrive under its whole path or under the last part of it.
fn add_taxonomy(taxonomy: &Taxonomy, phase: u8, additions: &mut Additions) {
    let of_nodes = taxonomy.nodes.iter().flat_map(|node| &node.enrichment_fields);
    let fields: Vec<&EnrichmentField> = taxonomy.enrichment_fields.iter().chain(of_nodes).collect();
    for field in &fields {
        let named: &Spanned<ShortText> = field.target.as_ref().unwrap_or(&field.path);
        additions.add(&named.value, named.span, phase);
        if let (None, Some((_, last))) = (&field.target, field.path.value.rsplit_once('.')) {
            additions.add(last, field.path.span, phase);
        }
    }
    // Without a list, which fields of the labels are copied is not published.
    if fields.is_empty() || taxonomy.has_labels {
        additions.lose(phase);
    }
}

fn add_cluster(cluster: &Cluster, phase: u8, additions: &mut Additions) {
    let mappings = cluster.part("source_enrichment_config", "field_mappings").map(Value::items).unwrap_or_default();
    let targets: Vec<Spanned<ShortText>> = mappings.iter().filter_map(|entry| entry.get("target_field")?.as_string()).collect();
    for target in &targets {
        additions.add(&target.value, target.span, phase);
    }
    let span = cluster.origin.place();
    OF_CLUSTERS.iter().filter(|_| targets.is_empty()).for_each(|name| additions.add(name, span, phase));
}
