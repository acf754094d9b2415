//! The filters of collections, and what they and the applications read.

use super::schemas::given;
use super::{CollectionId, Declared, Guess, Link, Workspace};
use crate::definitions::{Collection, Field, Fields, Filter, Form, Schema, SourceKind, is_document_field, is_object_field};
use crate::path::{FieldPath, is_template};
use crate::resolve::{Resolution, resolve};

/// Objects or documents of which something reads fields.
#[derive(Debug, Clone)]
pub struct Readable<'w> {
    /// Whether they are documents, and no objects.
    pub are_documents: bool,
    /// Their schemas, with the place where each is declared; none where one of them is not known.
    pub schemas: Vec<(&'w Schema, Declared)>,
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
        let written = workspace.enriched.get(&collection).or_else(|| workspace.outputs.get(&collection));
        let schemas = written.map(|schema| (schema, Declared::Collection(collection))).into_iter().collect();
        Readable { are_documents: true, schemas, guess: super::schemas::guess_of(workspace, collection) }
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
            are_documents: workspace.collections[number].source.kind == SourceKind::Collection,
            schemas: known.unwrap_or_default(),
            guess: links.iter().find_map(|link| link.guess(number)),
        }
    }

    /// What a path names. Lists are walked without an index; and a field that one of several sources has is there.
    pub fn look_up(&self, path: &FieldPath<'_>) -> Named<'w> {
        let root = path.segment(0);
        let is_system = is_object_field(root) || (self.are_documents && is_document_field(root));
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
            _ => Readable { are_documents: true, schemas: Vec::new(), guess: None },
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
    found
}
