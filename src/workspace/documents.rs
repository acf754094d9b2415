//! The fields of a collection's documents, each with what puts it there.

use std::sync::Arc;

use super::{CollectionId, Input, Workspace};
use crate::definitions::{Collection, FeatureExtractor, Field, FieldPassthrough, FieldType, Fields, Schema};
use crate::extractors::{Catalogue, Extractor, Output};
use crate::path::FieldPath;
use crate::resolve::{Resolution, resolve};
use crate::suggest;
use crate::text::ShortText;

/// The fields of a collection's documents.
#[derive(Debug)]
pub struct Documents<'w> {
    /// The fields. Of several that have one name the first one counts.
    pub fields: Vec<DocumentField<'w>>,
    /// Whether there may be more of them.
    pub is_open: bool,
    /// The schema that a saved answer tells, which says all of this.
    answer: Option<&'w Schema>,
}

/// A field of documents.
#[derive(Debug)]
pub struct DocumentField<'w> {
    /// The field.
    pub field: Arc<Field>,
    /// What puts it there.
    pub giver: Giver<'w>,
}

/// What puts a field into documents.
#[derive(Debug, Clone, Copy)]
pub enum Giver<'w> {
    /// It is not known, but a saved answer has the field.
    Answer,
    /// A passthrough entry.
    Passthrough(&'w FieldPassthrough, Arrival),
    /// An extractor.
    Extractor(&'w FeatureExtractor, &'w Output),
    /// The wish that all source fields are passed on.
    Source,
}

/// How the field that a passthrough entry names was found in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// It is declared there.
    Declared,
    /// It is not declared there.
    Undeclared,
    /// Nobody knows.
    Unknown,
    /// This is not the field that is named, but the one that may be meant: what reads it is not wrong too.
    Meant,
}

impl Workspace {
    /// The fields of a collection's documents. What enrichments add to them is not known.
    pub fn documents(&self, id: CollectionId) -> Documents<'_> {
        let collection = &self.collections[id];
        let mut documents = documents(collection, &self.inputs[id], &self.catalogue);
        documents.is_open |= collection.is_enriched() && documents.answer.is_none();
        documents
    }
}

impl Documents<'_> {
    /// The fields as a schema.
    pub(super) fn schema(self) -> Schema {
        match self.answer {
            Some(schema) => Schema { has_document_fields: true, ..schema.clone() },
            None => Schema {
                fields: Arc::new(Fields::firsts(self.fields.into_iter().map(|one| one.field).collect())),
                is_open: self.is_open,
                has_document_fields: true,
                ..Schema::default()
            },
        }
    }
}

/// The fields that are passed through, those that the extractors write, and all source fields where that is asked for.
pub(super) fn documents<'w>(collection: &'w Collection, input: &Input, catalogue: &'w Catalogue) -> Documents<'w> {
    if let Some(schema) = collection.output_schema.as_ref().filter(|schema| !schema.fields.is_empty()) {
        let fields = schema.fields.iter().map(|field| DocumentField { field: Arc::clone(field), giver: Giver::Answer });
        return Documents { fields: fields.collect(), is_open: schema.is_open, answer: Some(schema) };
    }
    let unknown = Schema::unknown();
    let source = match input {
        Input::Known { schema, .. } => schema,
        Input::NoSchema(..) | Input::Unknown => &unknown,
    };
    let mut fields = Vec::new();
    let mut is_open = false;
    for extractor in &collection.extractors {
        fields.extend(passed(&extractor.field_passthrough, source));
    }
    for used in &collection.extractors {
        let extractor = catalogue.of(used);
        let written = extractor.into_iter().flat_map(|extractor| &extractor.outputs);
        fields.extend(
            written.map(|output| DocumentField { field: Arc::clone(&output.field), giver: Giver::Extractor(used, output) }),
        );
        let passes = passes_all(used, extractor);
        is_open |= passes.is_none()
            || used.has_unreadable_passthrough
            || extractor.is_none_or(|extractor| has_more_outputs(used, extractor));
        if passes != Some(false) {
            fields.extend(source.fields.iter().map(|field| DocumentField { field: Arc::clone(field), giver: Giver::Source }));
            is_open |= source.is_open || source.is_damaged;
        }
    }
    Documents { fields, is_open, answer: None }
}

/// Whether all source fields are passed on; nothing when that is not said and the extractor may do it unasked.
fn passes_all(used: &FeatureExtractor, extractor: Option<&Extractor>) -> Option<bool> {
    let may_unasked = used.field_passthrough.is_empty() && extractor.is_none_or(|one| one.may_pass_all_source_fields);
    used.include_all_source_fields.or((!may_unasked).then_some(false))
}

/// Whether there may be outputs besides those of the catalogue.
fn has_more_outputs(used: &FeatureExtractor, extractor: &Extractor) -> bool {
    extractor.has_more_outputs || has_named_outputs(used, extractor)
}

/// Whether a parameter makes it write fields whose names only that parameter knows.
pub fn has_named_outputs(used: &FeatureExtractor, extractor: &Extractor) -> bool {
    used.parameter_names().any(|parameter| extractor.outputs_depend_on.iter().any(|name| name == parameter))
}

/// The fields that passthrough entries give, under their new names. One whose source is not known is a field of unknown type.
pub(super) fn passed<'w>(entries: &'w [FieldPassthrough], source: &Schema) -> Vec<DocumentField<'w>> {
    let mut fields = Vec::with_capacity(entries.len());
    for entry in entries {
        let (name, span) = entry.output();
        let mut give = |field: Field, arrival| {
            fields.push(DocumentField { field: Arc::new(field), giver: Giver::Passthrough(entry, arrival) });
        };
        let unknown = |name: &str| Field::undeclared(name, Some(span), FieldType::Unknown(ShortText::default()));
        let Ok(path) = FieldPath::parse(&entry.source_path.value) else {
            give(unknown(name), Arrival::Unknown);
            continue;
        };
        let resolution = resolve(source, &path);
        if let Resolution::Field(field) = resolution {
            give(field.renamed(name, span), Arrival::Declared);
            continue;
        }
        let meant = match resolution {
            Resolution::Missing { at, fields: among, .. } if at + 1 == path.len() && entry.target_path.is_none() => {
                suggest::nearest(name, among.iter().map(|field| field.name.as_str()))
            }
            // Under which name an item of a list arrives is not published.
            _ => name.split('[').next().filter(|list| *list != name),
        };
        if let Some(meant) = meant {
            give(unknown(meant), Arrival::Meant);
        }
        let is_open = matches!(resolution, Resolution::Open | Resolution::ThroughArray { .. });
        give(unknown(name), if is_open { Arrival::Unknown } else { Arrival::Undeclared });
    }
    fields
}
