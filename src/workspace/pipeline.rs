//! Retrievers, followed stage by stage: which documents reach each stage, and what it reads of them.

use super::filters::FilterUse;
use super::{CollectionId, Readable, Scope, Target, Workspace};
use crate::definitions::{Condition, Filter, Form, Noun, Reference, Retriever, Stage, Value};
use crate::stages::{self, Known, Role, RoleAt, StageKind};
use crate::text::{ShortText, Spanned};

/// A retriever, followed stage by stage.
#[derive(Debug)]
pub struct Pipeline<'w> {
    /// The number of the retriever.
    pub number: usize,
    /// The retriever.
    pub retriever: &'w Retriever,
    /// The collections that it searches.
    pub scope: Scope,
    /// Its stages.
    pub stages: Vec<StageUse<'w>>,
    /// What comes out at the end.
    pub results: Readable<'w>,
}

/// A stage, and what reaches it.
#[derive(Debug)]
pub struct StageUse<'w> {
    /// The stage.
    pub stage: &'w Stage,
    /// What its id stands for.
    pub known: Known,
    /// The documents that reach it.
    pub reads: Readable<'w>,
    /// The fields that it reads of them by its parameters.
    pub fields: Vec<FieldRead>,
    /// The vectors that it asks for.
    pub features: Vec<FeatureUse>,
    /// The fields that it reads of another collection's documents.
    pub joined: Vec<(Spanned<ShortText>, CollectionId)>,
}

/// A field that a parameter names.
#[derive(Debug)]
pub struct FieldRead {
    /// The path as written.
    pub path: Spanned<ShortText>,
    /// The parameter: `group_by.field`.
    pub parameter: String,
    /// Whether it needs an index.
    pub needs_index: bool,
}

/// A vector that something asks for.
#[derive(Debug)]
pub struct FeatureUse {
    /// The feature URI, as written.
    pub uri: Spanned<ShortText>,
    /// The collections that should have it.
    pub scope: Scope,
    /// Whether each of them must have it, and not only one.
    pub by_each: bool,
    /// Whether the vector itself is looked for; else the address only says which extractor reads the query.
    pub is_searched: bool,
}

impl StageUse<'_> {
    /// The stage of the catalogue.
    pub fn kind(&self) -> Option<&'static StageKind> {
        if let Known::Catalogued(kind) = self.known { Some(kind) } else { None }
    }
}

/// The values among the parameters of a stage that stand for something, those of stages inside of it too.
pub(super) fn roles_of<'w>(kind: &'static StageKind, parameters: &'w Value) -> Vec<RoleAt<'w>> {
    let mut found = stages::roles(kind, parameters);
    let nested: Vec<&Value> = found.iter().filter(|at| at.role == Role::NestedStage).map(|at| at.value).collect();
    for inner in nested {
        found.extend(stages::get(SEARCH).map(|kind| stages::roles(kind, inner)).unwrap_or_default());
    }
    found
}

/// The stage that searches vectors; other stages may hold its parameters.
const SEARCH: &str = "feature_search";

/// The resources that the stages of a retriever name.
pub(super) fn references(retriever: &Retriever) -> Vec<Reference> {
    let mut found = Vec::new();
    for stage in &retriever.stages {
        let kind = stage.id.as_ref().and_then(|id| stages::identify(&id.value).kind());
        let (Some(kind), Some(parameters)) = (kind, &stage.parameters) else { continue };
        for at in roles_of(kind, parameters) {
            let (to, key) = match at.role {
                Role::Collection => (Noun::Collection, "collection"),
                Role::Taxonomy => (Noun::Taxonomy, "taxonomy_id"),
                Role::Retriever => (Noun::Retriever, "retriever_id"),
                Role::Connection => (Noun::Connection, "connection_id"),
                _ => continue,
            };
            found.extend(at.value.as_string().filter(|name| !name.value.is_empty()).map(|name| Reference { to, name, key }));
        }
    }
    found
}

/// All retrievers that somebody wrote, and the filters in their stages. What stands in an answer, the service has taken.
pub(super) fn pipelines(workspace: &Workspace) -> (Vec<Pipeline<'_>>, Vec<FilterUse<'_>>) {
    let mut filters = Vec::new();
    let written = workspace.retrievers.iter().enumerate().filter(|(_, retriever)| retriever.origin.form != Form::Answer);
    let pipelines = written.map(|(number, retriever)| follow(workspace, number, retriever, &mut filters)).collect();
    (pipelines, filters)
}

fn follow<'w>(
    workspace: &'w Workspace,
    number: usize,
    retriever: &'w Retriever,
    filters: &mut Vec<FilterUse<'w>>,
) -> Pipeline<'w> {
    let scope = workspace.scope(retriever.origin.form, &retriever.collections);
    let mut reads = workspace.results(&scope);
    let mut used = Vec::new();
    for (at, stage) in retriever.stages.iter().enumerate() {
        let known = stage.id.as_ref().map_or(Known::Undecided, |id| match stages::identify(&id.value) {
            Known::Unknown(_) if workspace.stages.iter().any(|stage| *stage == id.value) => Known::Undecided,
            known => known,
        });
        let mut step =
            StageUse { stage, known, reads: reads.clone(), fields: Vec::new(), features: Vec::new(), joined: Vec::new() };
        if let Some(filter) = &stage.pre_filters {
            filters.push(FilterUse { filter: Filter::read(filter), reads: reads.clone() });
        }
        let parameters = stage.parameters.as_ref();
        match step.kind() {
            Some(kind) => {
                read(workspace, retriever.origin.form, &scope, kind, &mut step, filters);
                match kind.replaces(parameters, at == 0) {
                    true => reads.schemas = Vec::new(),
                    false => reads.added.extend(kind.writes(parameters).into_iter().map(ShortText::from)),
                }
            }
            None => reads.schemas = Vec::new(),
        }
        used.push(step);
    }
    Pipeline { number, retriever, scope, stages: used, results: reads }
}

/// Notes what a stage reads by its parameters.
fn read<'w>(
    workspace: &'w Workspace,
    form: Form,
    scope: &Scope,
    kind: &'static StageKind,
    step: &mut StageUse<'w>,
    filters: &mut Vec<FilterUse<'w>>,
) {
    let Some(parameters) = step.stage.parameters.as_ref() else { return };
    let joined = joined_collections(workspace, kind, parameters);
    let mut push = |filter| filters.push(FilterUse { filter, reads: step.reads.clone() });
    let simple = if kind.id == "attribute_filter" { condition(kind, parameters) } else { None };
    let is_simple = simple.is_some();
    simple.into_iter().for_each(|condition| push(Filter { conditions: vec![condition], faults: Vec::new() }));
    for at in roles_of(kind, parameters) {
        match at.role {
            Role::Filter if at.value.is_object() => push(Filter::read(at.value)),
            Role::Field if !(is_simple && at.path == "field") => {
                let Some(path) = at.value.as_string() else { continue };
                step.fields.push(FieldRead { path, parameter: at.path, needs_index: at.needs_index });
            }
            Role::FieldOf => {
                let path = at.value.as_string();
                step.joined.extend(path.into_iter().flat_map(|path| joined.iter().map(move |id| (path.clone(), *id))));
            }
            Role::FeatureUri => {
                let Some(uri) = at.value.as_string() else { continue };
                let is_searched = !at.path.contains("query_preprocessing");
                let scope = scope_of(workspace, form, scope, parameters, &at.path);
                step.features.push(FeatureUse { uri, scope, by_each: false, is_searched });
            }
            _ => {}
        }
    }
}

/// The collection of which a stage reads fields beside those of its documents.
fn joined_collections(workspace: &Workspace, kind: &StageKind, parameters: &Value) -> Vec<CollectionId> {
    let target = |key: &str, to: Noun| {
        let name = parameters.get(key).and_then(Value::as_string)?;
        workspace.target(name.span, to).and_then(Target::found)
    };
    let labels = |number: usize| {
        let taxonomy = &workspace.taxonomies[number];
        let name = taxonomy.source_collection.as_ref().filter(|_| taxonomy.nodes.is_empty())?;
        workspace.target(name.span, Noun::Collection).and_then(Target::found)
    };
    let found = match kind.id.as_str() {
        "document_enrich" => target("target_collection_id", Noun::Collection),
        "cross_compare" => target("reference_collection_id", Noun::Collection),
        "taxonomy_enrich" => target("taxonomy_id", Noun::Taxonomy).and_then(labels),
        _ => None,
    };
    found.into_iter().collect()
}

/// The condition of a filter that has only one. A wrong operator has a finding of its own.
fn condition(kind: &StageKind, parameters: &Value) -> Option<Condition> {
    let field = parameters.get("field")?.as_string()?;
    let operator = parameters.get("operator").and_then(Value::as_string);
    let operators = &kind.parameter("operator")?.allowed;
    let is_operator = |written: &Spanned<ShortText>| operators.iter().any(|one| one.as_str() == Some(&written.value));
    let value = parameters.get("value")?.clone();
    operator.as_ref().is_none_or(is_operator).then_some(Condition { field, operator, value })
}

/// The collections that a search looks into: its own, else those of its stage, else those of the retriever.
fn scope_of(workspace: &Workspace, form: Form, scope: &Scope, parameters: &Value, path: &str) -> Scope {
    let inner = parameters.get("feature_search_config").unwrap_or(parameters);
    let number = path.strip_prefix("searches[").and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
    let search = number.and_then(|number| inner.get("searches")?.items().get(number));
    let own = search.into_iter().chain([inner]).filter_map(|holder| holder.get("collection_identifiers"));
    let own = own.map(|list| list.items().iter().filter_map(Value::as_string).collect::<Vec<_>>());
    match own.into_iter().find(|names| !names.is_empty()) {
        Some(names) => workspace.scope(form, &names),
        None => scope.clone(),
    }
}
