//! Fields of documents that something reads by name, beside mappings and filters.

use super::{Added, CollectionId, Pipeline, Readable, Target, Variable, Workspace};
use crate::definitions::{ApplicationKind, Braces, Form, Noun, Retriever, Root, Stage, Taxonomy, Value};
use crate::text::{ShortText, Spanned};

/// A field of documents that something reads.
#[derive(Debug)]
pub struct Reading<'w> {
    /// The path as written.
    pub path: Spanned<ShortText>,
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
    /// A parameter of a stage.
    Stage(&'w Stage),
    /// A template in a stage.
    Template(&'w Stage),
    /// An enrichment, which writes it back from the results of a retriever.
    WriteBack(&'w Retriever),
    /// An alert, which compares it in the results of a retriever.
    Threshold(&'w Retriever),
    /// A retriever, which shows it.
    Shown(&'w Retriever),
}

impl ReadBy<'_> {
    /// The phase in which it is read, when that is one of those of a collection, and the last one in which it could be.
    pub fn phase(self) -> Option<(u8, u8)> {
        match self {
            ReadBy::Application(kind, phase) => Some((phase, kind.last_phase())),
            ReadBy::TaxonomyInput(_, _, phase) => Some((phase, ApplicationKind::Taxonomy.last_phase())),
            _ => None,
        }
    }
}

/// All such fields, of what somebody wrote: what stands in an answer, the service has taken.
pub(super) fn readings<'w>(workspace: &'w Workspace, pipelines: &[Pipeline<'w>], variables: &[Variable<'w>]) -> Vec<Reading<'w>> {
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
            found.extend(read.map(|path| Reading::plain(path.clone(), &reads, ReadBy::Label(taxonomy))));
        }
    }
    for cluster in workspace.clusters.iter().filter(|cluster| cluster.origin.form != Form::Answer) {
        let scope = workspace.scope(cluster.origin.form, &cluster.collections);
        let reads = workspace.results(&scope);
        found.extend(cluster.attributes.iter().map(|path| Reading::plain(path.clone(), &reads, ReadBy::Attribute)));
    }
    for pipeline in pipelines {
        for used in &pipeline.stages {
            let fields = used.fields.iter().map(|field| field.path.clone());
            found.extend(fields.map(|path| Reading::plain(path, &used.reads, ReadBy::Stage(used.stage))));
            for (path, id) in &used.joined {
                let reads = Readable::documents_of(workspace, *id);
                found.push(Reading::plain(path.clone(), &reads, ReadBy::Stage(used.stage)));
            }
        }
    }
    found.extend(variables.iter().filter_map(|variable| of_template(workspace, pipelines, variable)));
    of_results(workspace, pipelines, &mut found);
    found
}

/// The field that a variable asks of the document at hand. `mixpeek` begins an address, and no path.
fn of_template<'w>(workspace: &Workspace, pipelines: &[Pipeline<'w>], variable: &Variable<'w>) -> Option<Reading<'w>> {
    let is_field = variable.part.root == Root::Doc && variable.part.braces == Braces::Double;
    let path = Some(&variable.part.path).filter(|path| is_field && *path != "mixpeek")?;
    let pipeline = pipeline_at(pipelines, variable.retriever)?;
    let used = pipeline.stages.get(variable.stage)?;
    let path = Spanned { value: path.clone(), span: variable.place(workspace) };
    Some(Reading::plain(path, &used.reads, ReadBy::Template(used.stage)))
}

/// The pipeline of a retriever; they are in the order of the retrievers.
fn pipeline_at<'p, 'w>(pipelines: &'p [Pipeline<'w>], retriever: usize) -> Option<&'p Pipeline<'w>> {
    let at = pipelines.binary_search_by_key(&retriever, |pipeline| pipeline.number).ok()?;
    Some(&pipelines[at])
}

/// The fields that are read of what comes out of a retriever.
fn of_results<'w>(workspace: &'w Workspace, pipelines: &[Pipeline<'w>], found: &mut Vec<Reading<'w>>) {
    let pipeline_of = |name: &Spanned<ShortText>| {
        let number = workspace.target(name.span, Noun::Retriever).and_then(Target::found)?;
        pipeline_at(pipelines, number)
    };
    for collection in workspace.collections.iter().filter(|collection| collection.origin.form != Form::Answer) {
        for application in collection.applications.iter().chain(collection.transform.as_deref()) {
            let Some(pipeline) = application.id.as_ref().and_then(pipeline_of) else { continue };
            let sources = application.writes.iter().filter_map(|written| written.source.clone());
            found.extend(sources.map(|path| Reading::plain(path, &pipeline.results, ReadBy::WriteBack(pipeline.retriever))));
        }
    }
    for alert in workspace.alerts.iter().filter(|alert| alert.origin.form != Form::Answer) {
        let field = alert.body.get("threshold").and_then(|threshold| threshold.get("field")?.as_string());
        let (Some(field), Some(pipeline)) = (field, alert.retriever.as_ref().and_then(pipeline_of)) else { continue };
        found.push(Reading::plain(field, &pipeline.results, ReadBy::Threshold(pipeline.retriever)));
    }
    for pipeline in pipelines {
        let shown = pipeline.retriever.display_config.as_ref().and_then(|config| config.get("exposed_fields"));
        let shown = shown.into_iter().flat_map(Value::items).filter_map(Value::as_string);
        found.extend(shown.map(|path| Reading::plain(path, &pipeline.results, ReadBy::Shown(pipeline.retriever))));
    }
}

impl<'w> Reading<'w> {
    fn plain(path: Spanned<ShortText>, reads: &Readable<'w>, by: ReadBy<'w>) -> Reading<'w> {
        Reading { path, reads: reads.clone(), by, later: None }
    }
}

fn reading<'w>(
    workspace: &'w Workspace,
    id: CollectionId,
    path: &'w Spanned<ShortText>,
    phase: u8,
    by: ReadBy<'w>,
) -> Reading<'w> {
    let root = path.value.split('.').next().unwrap_or_default();
    let added = workspace.additions.get(&id).into_iter().flat_map(|additions| &additions.fields);
    let later = added.filter(|one| one.name == root && one.phase >= phase).min_by_key(|one| one.phase);
    Reading { path: path.clone(), reads: Readable::documents_before(workspace, id, phase), by, later }
}
