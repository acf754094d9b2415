//! The filters of collections, and what they and the applications read.

use super::schemas::given;
use super::{CollectionId, Declared, Guess, Link, Workspace};
use crate::definitions::{
    Collection, Field, Fields, Filter, Form, Schema, SourceKind, is_document_field, is_object_field, is_result_field,
};
use crate::path::{FieldPath, is_template};
use crate::resolve::{Resolution, resolve};
use crate::text::ShortText;

/// What something reads fields of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Records {
    /// The objects of buckets.
    Objects,
    /// The documents of collections.
    #[default]
    Documents,
    /// The results of a search: documents, with what stages have added.
    Results,
}

/// Objects, documents or results of which something reads fields.
#[derive(Debug, Clone, Default)]
pub struct Readable<'w> {
    /// What they are.
    pub records: Records,
    /// Their schemas, with the place where each is declared; none where one of them is not known.
    pub schemas: Vec<(&'w Schema, Declared)>,
    /// The first segments of what was added before: by what is applied to documents, or by stages.
    pub added: Vec<ShortText>,
    /// The source fields that arrive in the documents under another name: the path, and the name.
    pub renamed: Vec<(&'w str, &'w str)>,
    /// The guess that this rests on.
    pub guess: Option<Guess>,
}

/// A filter, and what it is applied to.
#[derive(Debug)]
pub struct FilterUse<'w> {
    /// The filter.
    pub filter: Filter,
    /// What it is applied to.
    pub reads: Readable<'w>,
}

/// What a path names in objects or documents.
#[derive(Debug, Clone, Copy)]
pub enum Named<'w> {
    /// It cannot be said.
    Unknown,
    /// A field.
    Field(&'w Field),
    /// Nothing: the segment is not among the fields, or is asked for of something that has none.
    Nothing {
        /// The segment, counted from 0.
        at: usize,
        /// The fields it was looked up in; none of something that has no fields.
        fields: Option<&'w Fields>,
    },
    /// A field, but for the first segments, which are too many.
    Prefixed(usize),
}

/// With more sources than this, a field is not looked for in each of them.
const MOST_SOURCES: usize = 64;

impl<'w> Readable<'w> {
    /// The documents that a collection puts out.
    pub fn documents_of(workspace: &'w Workspace, collection: CollectionId) -> Readable<'w> {
        let written = workspace.written(collection);
        let schemas = written.map(|schema| (schema, Declared::Collection(collection))).into_iter().collect();
        Readable { schemas, guess: workspace.guess_of(collection), ..Readable::default() }
    }

    /// The documents of a collection, as they are before a phase of what is applied to them.
    pub fn documents_before(workspace: &'w Workspace, collection: CollectionId, phase: u8) -> Readable<'w> {
        let mut reads = Readable::documents_of(workspace, collection);
        if let (Some(enriched), Some(additions)) = (workspace.enriched.get(&collection), workspace.additions.get(&collection)) {
            match additions.before(phase) {
                Some(fields) => {
                    reads.schemas = vec![(&enriched.own, Declared::Collection(collection))];
                    reads.added = fields.map(|one| one.name.clone()).collect();
                }
                None => reads.schemas = Vec::new(),
            }
        }
        reads
    }

    /// What a collection reads, before it takes fields from it.
    fn source_of(workspace: &'w Workspace, number: CollectionId) -> Readable<'w> {
        let links = &workspace.links[number];
        let links = if links.len() > MOST_SOURCES { &[] } else { &links[..] };
        let known: Option<Vec<_>> = links
            .iter()
            .map(|link| match given(workspace, link, &workspace.outputs) {
                (Some(place), Some(schema)) => Some((schema, place)),
                _ => None,
            })
            .collect();
        Readable {
            records: match workspace.collections[number].source.kind {
                SourceKind::Collection => Records::Documents,
                _ => Records::Objects,
            },
            schemas: known.unwrap_or_default(),
            guess: links.iter().find_map(|link| link.guess(number)),
            ..Readable::default()
        }
    }

    /// Whether results have a field without any schema declaring it, or may have it. What arrives under another name is not there
    /// under its old one.
    fn is_of_results(&self, path: &FieldPath<'_>) -> bool {
        let root = path.segment(0);
        let is_renamed = || self.renamed.iter().any(|(source, _)| *source == path.text);
        is_result_field(root) || (is_object_field(root) || is_document_field(root)) && !is_renamed()
    }

    /// What a path names. Lists are walked without an index; and a field that one of several sources has is there.
    pub fn look_up(&self, path: &FieldPath<'_>) -> Named<'w> {
        let root = path.segment(0);
        let is_system = self.added.iter().any(|added| added == root)
            || match self.records {
                Records::Objects => is_object_field(root),
                Records::Documents => is_object_field(root) || is_document_field(root),
                Records::Results => self.is_of_results(path),
            };
        let mut first = Named::Unknown;
        for (index, (schema, _)) in self.schemas.iter().enumerate() {
            let found = match resolve(schema, path) {
                Resolution::Field(field) => return Named::Field(field),
                Resolution::Open | Resolution::ThroughArray { .. } => return Named::Unknown,
                _ if is_system => return Named::Unknown,
                Resolution::Missing { at, fields, .. } => Named::Nothing { at, fields: Some(fields) },
                Resolution::NotAnObject { at, .. } => Named::Nothing { at, fields: None },
                Resolution::Prefixed { segments } => Named::Prefixed(segments),
            };
            if index == 0 {
                first = found;
            }
        }
        first
    }
}

/// A path that can be looked up: not one that is filled in later.
pub fn readable_path(text: &str) -> Option<FieldPath<'_>> {
    if is_template(text) { None } else { FieldPath::parse(text).ok() }
}

/// All filters that somebody wrote: what stands in an answer, the service has taken.
pub(super) fn filters(workspace: &Workspace) -> Vec<FilterUse<'_>> {
    let buckets = workspace.buckets.iter().zip(&workspace.adapter_links);
    let adapters = buckets.filter(|(bucket, _)| bucket.origin.form != Form::Answer).filter_map(|(bucket, links)| {
        let filters = bucket.source_adapter.as_ref()?.source_filters.as_ref()?;
        let reads = match links[..] {
            [Link::Collection(id, _)] => Readable::documents_of(workspace, id),
            _ => Readable::default(),
        };
        Some(FilterUse { filter: Filter::read(filters), reads })
    });
    let mut found: Vec<_> = adapters.collect();
    let written = |(_, collection): &(usize, &Collection)| collection.origin.form != Form::Answer;
    for (number, collection) in workspace.collections.iter().enumerate().filter(written) {
        if let Some(filters) = &collection.source.filters {
            let reads = Readable::source_of(workspace, number);
            found.push(FilterUse { filter: Filter::read_source(filters), reads });
        }
        for filters in collection.applications.iter().filter_map(|application| application.scroll_filters.as_ref()) {
            let reads = Readable::documents_of(workspace, number);
            found.push(FilterUse { filter: Filter::read(filters), reads });
        }
    }
    for cluster in workspace.clusters.iter().filter(|cluster| cluster.origin.form != Form::Answer) {
        if let Some(filters) = cluster.value("filters") {
            let reads = workspace.results(&workspace.scope(cluster.origin.form, &cluster.collections));
            found.push(FilterUse { filter: Filter::read(filters), reads });
        }
    }
    found
}
