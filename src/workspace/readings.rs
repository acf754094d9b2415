//! Fields of documents that something reads by name, beside mappings and filters.

use super::{Added, CollectionId, Readable, Target, Workspace};
use crate::definitions::{ApplicationKind, Form, Noun, Taxonomy};
use crate::text::Spanned;

/// A field of documents that something reads.
#[derive(Debug)]
pub struct Reading<'w> {
    /// The path as written.
    pub path: &'w Spanned<String>,
    /// What it is looked up in.
    pub reads: Readable<'w>,
    /// What reads it.
    pub by: ReadBy<'w>,
    /// What adds a field of this name to the documents later than it is read.
    pub later: Option<&'w Added>,
}

/// What reads a field of documents.
#[derive(Debug, Clone, Copy)]
pub enum ReadBy<'w> {
    /// Something that is applied to a collection, in this phase.
    Application(ApplicationKind, u8),
    /// A taxonomy that is applied to this collection in this phase, to find the labels of a document.
    TaxonomyInput(&'w Taxonomy, CollectionId, u8),
    /// A taxonomy, which copies the field from its labels.
    Label(&'w Taxonomy),
    /// A clustering, which compares the documents by it.
    Attribute,
}

impl ReadBy<'_> {
    /// The phase in which it is read, when that is one of those of a collection.
    pub fn phase(self) -> Option<u8> {
        match self {
            ReadBy::Application(_, phase) | ReadBy::TaxonomyInput(_, _, phase) => Some(phase),
            ReadBy::Label(_) | ReadBy::Attribute => None,
        }
    }
}

/// All such fields, of what somebody wrote: what stands in an answer, the service has taken.
pub(super) fn readings(workspace: &Workspace) -> Vec<Reading<'_>> {
    let mut found = Vec::new();
    for (id, collection) in workspace.collections.iter().enumerate() {
        if collection.origin.form == Form::Answer {
            continue;
        }
        for application in &collection.applications {
            let phase = application.phase();
            for path in application.reads() {
                found.push(reading(workspace, id, path, phase, ReadBy::Application(application.kind, phase)));
            }
            let taxonomy =
                application.id.as_ref().and_then(|id| workspace.target(id.span, Noun::Taxonomy)).and_then(Target::found);
            let Some(taxonomy) = taxonomy.map(|number| &workspace.taxonomies[number]) else { continue };
            let of_nodes = taxonomy.nodes.iter().flat_map(|node| &node.input_mappings);
            for mapping in taxonomy.input_mappings.iter().chain(of_nodes) {
                let is_field = mapping.source_type.as_ref().is_none_or(|kind| kind.value == "payload");
                let Some(path) = mapping.path.as_ref().filter(|_| is_field) else { continue };
                found.push(reading(workspace, id, path, phase, ReadBy::TaxonomyInput(taxonomy, id, phase)));
            }
        }
    }
    for taxonomy in workspace.taxonomies.iter().filter(|taxonomy| taxonomy.origin.form != Form::Answer) {
        let of_nodes = taxonomy.nodes.iter().map(|node| (node.collection.as_ref(), &node.enrichment_fields));
        for (collection, fields) in of_nodes.chain([(taxonomy.source_collection.as_ref(), &taxonomy.enrichment_fields)]) {
            let labels = collection.and_then(|name| workspace.target(name.span, Noun::Collection)).and_then(Target::found);
            let Some(reads) = labels.map(|id| Readable::documents_of(workspace, id)) else { continue };
            let read = fields.iter().map(|field| &field.path);
            found.extend(read.map(|path| Reading { path, reads: reads.clone(), by: ReadBy::Label(taxonomy), later: None }));
        }
    }
    for cluster in workspace.clusters.iter().filter(|cluster| cluster.origin.form != Form::Answer) {
        let scope = workspace.scope(&cluster.collections);
        let reads = workspace.results(&scope);
        let read = cluster.attributes.iter();
        found.extend(read.map(|path| Reading { path, reads: reads.clone(), by: ReadBy::Attribute, later: None }));
    }
    found
}

fn reading<'w>(workspace: &'w Workspace, id: CollectionId, path: &'w Spanned<String>, phase: u8, by: ReadBy<'w>) -> Reading<'w> {
    let root = path.value.split('.').next().unwrap_or_default();
    let added = workspace.additions.get(&id).into_iter().flat_map(|additions| &additions.fields);
    let later = added.filter(|one| one.name == root && one.phase >= phase).min_by_key(|one| one.phase);
    Reading { path, reads: Readable::documents_before(workspace, id, phase), by, later }
}
