//! Runs of retrievers that definitions ask for, and the inputs that they give.

use super::{Resource, Target, Workspace};
use crate::definitions::{
    Alert, Application, ApplicationKind, Collection, Form, Noun, Origin, RetrieverMapping, Taxonomy, Value,
};
use crate::path::is_template;
use crate::text::{ShortText, Span, Spanned};

/// A run of a retriever that a definition asks for.
#[derive(Debug)]
pub struct Call<'w> {
    /// The definition.
    pub by: Resource,
    /// What every definition has, of that one.
    pub origin: &'w Origin,
    /// What asks for it.
    pub caller: Caller,
    /// The number of the retriever.
    pub retriever: usize,
    /// Where its inputs are given, or where it is named.
    pub place: Span,
    /// The inputs that are given.
    pub given: Vec<Spanned<ShortText>>,
    /// Inputs that are given elsewhere too, and need not be given here.
    pub supplied: Vec<&'w str>,
    /// Whether no others may be given.
    pub is_complete: bool,
}

/// What asks for the run of a retriever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// A taxonomy, or a node of one, for each document.
    Taxonomy,
    /// An alert that is applied to a collection, for each document.
    AlertApplication,
    /// The inputs that an alert gives itself. They need not be all.
    Alert,
    /// An enrichment of a collection, for each document.
    Enrichment,
    /// The filter of a bucket, which gives the fields of each object under their own names.
    IngestFilter,
    /// A step by which a manifest is accepted.
    Acceptance,
    /// A collection, for each of its sources.
    Transform,
    /// A stage of another retriever.
    Stage,
    /// The page that shows the results of the retriever itself.
    Page,
}

/// All runs that somebody asks for: what stands in an answer, the service has taken.
pub(super) fn calls(workspace: &Workspace) -> Vec<Call<'_>> {
    let mut found = Vec::new();
    for (number, bucket) in workspace.buckets.iter().enumerate() {
        let by = (Noun::Bucket, number);
        for reference in bucket.origin.references.iter().filter(|reference| reference.to == Noun::Retriever) {
            let fields = bucket.schema.iter().flat_map(|schema| schema.fields.iter());
            let supplied = fields.map(|field| field.name.as_str()).collect();
            let is_complete = bucket.schema.as_ref().is_some_and(|schema| !schema.is_open && !schema.is_damaged);
            let call = Call { supplied, is_complete, ..call(by, &bucket.origin, Caller::IngestFilter, reference.name.span) };
            add(workspace, &reference.name, call, &mut found);
        }
    }
    for (number, collection) in workspace.collections.iter().enumerate() {
        of_collection(workspace, number, collection, &mut found);
    }
    for (number, taxonomy) in workspace.taxonomies.iter().enumerate() {
        of_taxonomy(workspace, number, taxonomy, &mut found);
    }
    for (number, alert) in workspace.alerts.iter().enumerate() {
        let Some(retriever) = &alert.retriever else { continue };
        let by = (Noun::Alert, number);
        let given = keys(alert.inputs.as_ref());
        add(workspace, retriever, Call { given, ..call(by, &alert.origin, Caller::Alert, retriever.span) }, &mut found);
    }
    for (number, manifest) in workspace.manifests.iter().enumerate() {
        let steps = manifest.acceptance.as_ref().and_then(|acceptance| acceptance.get("steps"));
        for step in steps.into_iter().flat_map(Value::items) {
            let named = step.get("retriever").or_else(|| step.get("retriever_id")).and_then(Value::as_string);
            let (Some(retriever), Some(inputs)) = (named, step.get("inputs")) else { continue };
            let by = (Noun::Manifest, number);
            let call = Call { given: keys(Some(inputs)), ..call(by, &manifest.origin, Caller::Acceptance, inputs.span) };
            add(workspace, &retriever, call, &mut found);
        }
    }
    for (number, retriever) in workspace.retrievers.iter().enumerate() {
        for stage in retriever.stages.iter().filter(|stage| stage.id.as_ref().is_some_and(|id| id.value == "document_enrich")) {
            let Some(named) = stage.parameter("retriever_id").and_then(Value::as_string) else { continue };
            let inputs = stage.parameter("retriever_inputs");
            let place = inputs.map_or(named.span, |inputs| inputs.span);
            let call = Call { given: keys(inputs), ..call((Noun::Retriever, number), &retriever.origin, Caller::Stage, place) };
            add(workspace, &named, call, &mut found);
        }
        let inputs = retriever.display_config.as_ref().and_then(|config| config.get("inputs"));
        if let Some(inputs) = inputs {
            let given: Vec<_> = inputs.items().iter().map(|input| input.get("field_name").and_then(Value::as_string)).collect();
            let is_complete = !given.is_empty() && given.iter().all(Option::is_some);
            let by = (Noun::Retriever, number);
            let given = given.into_iter().flatten().collect();
            let call = Call { given, is_complete, retriever: number, ..call(by, &retriever.origin, Caller::Page, inputs.span) };
            found.push(call);
        }
    }
    found.retain(|call| call.origin.form != Form::Answer);
    found
}

fn call(by: Resource, origin: &Origin, caller: Caller, place: Span) -> Call<'_> {
    Call { by, origin, caller, retriever: 0, place, given: Vec::new(), supplied: Vec::new(), is_complete: true }
}

fn add<'w>(workspace: &'w Workspace, retriever: &Spanned<ShortText>, mut call: Call<'w>, found: &mut Vec<Call<'w>>) {
    let Some(number) = workspace.target(retriever.span, Noun::Retriever).and_then(Target::found) else { return };
    call.retriever = number;
    call.is_complete &= call.given.iter().all(|input| !is_template(&input.value));
    found.push(call);
}

fn of_collection<'w>(workspace: &'w Workspace, number: usize, collection: &'w Collection, found: &mut Vec<Call<'w>>) {
    let applied = collection.applications.iter().filter_map(|application| match application.kind {
        ApplicationKind::Alert => Some((application, Caller::AlertApplication)),
        ApplicationKind::Enrichment => Some((application, Caller::Enrichment)),
        ApplicationKind::Taxonomy | ApplicationKind::Cluster => None,
    });
    for (application, caller) in applied.chain(collection.transform.as_deref().map(|transform| (transform, Caller::Transform))) {
        let Some(id) = &application.id else { continue };
        let call = Call {
            given: application.inputs.iter().filter_map(|input| input.input.clone()).collect(),
            is_complete: are_read(application),
            ..call((Noun::Collection, number), &collection.origin, caller, application.inputs_key.unwrap_or(id.span))
        };
        if caller != Caller::AlertApplication {
            add(workspace, id, call, found);
            continue;
        }
        let alert = workspace.target(id.span, Noun::Alert).and_then(Target::found).map(|alert| &workspace.alerts[alert]);
        if let Some(Alert { retriever: Some(retriever), inputs, .. }) = alert {
            let supplied = inputs.iter().flat_map(Value::entries).map(|entry| entry.key.value.as_str()).collect();
            add(workspace, retriever, Call { supplied, ..call }, found);
        }
    }
}

/// Whether every input that an application gives has a name here.
fn are_read(application: &Application) -> bool {
    let is_written = application.inputs_key.is_some();
    application.inputs.iter().all(|input| input.input.is_some()) && (!is_written || !application.inputs.is_empty())
}

fn of_taxonomy<'w>(workspace: &'w Workspace, number: usize, taxonomy: &'w Taxonomy, found: &mut Vec<Call<'w>>) {
    let mut run = |retriever: Option<&Spanned<ShortText>>, mappings: &[RetrieverMapping], key: Option<Span>| {
        let Some(retriever) = retriever else { return };
        let call = Call {
            given: mappings.iter().filter_map(|mapping| mapping.input.clone()).collect(),
            is_complete: mappings.iter().all(|mapping| mapping.input.is_some()) && (key.is_none() || !mappings.is_empty()),
            ..call((Noun::Taxonomy, number), &taxonomy.origin, Caller::Taxonomy, key.unwrap_or(retriever.span))
        };
        add(workspace, retriever, call, found);
    };
    if taxonomy.nodes.is_empty() {
        return run(taxonomy.retriever.as_ref(), &taxonomy.input_mappings, taxonomy.input_mappings_key);
    }
    for node in &taxonomy.nodes {
        let retriever = node.retriever.as_ref().or(taxonomy.retriever.as_ref());
        match node.input_mappings_key {
            Some(key) => run(retriever, &node.input_mappings, Some(key)),
            None => run(retriever, &taxonomy.input_mappings, taxonomy.input_mappings_key),
        }
    }
}

/// The keys of an object.
fn keys(value: Option<&Value>) -> Vec<Spanned<ShortText>> {
    value.into_iter().flat_map(Value::entries).map(|entry| entry.key.clone()).collect()
}
