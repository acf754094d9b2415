//! What a change takes out of the definitions, so that what still names it can be told from what names something unknown.

use super::FileContent;
use super::references::is_id;
use crate::definitions::{Definition, FieldType, Form, Mentions, Noun, Origin, Taxonomy};
use crate::text::{FileId, ShortText, SourceFile, Spanned};

/// Something that a file defined before a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedResource {
    /// What it was.
    pub noun: Noun,
    /// Its name.
    pub name: ShortText,
    /// Its id, where that was written.
    pub id: Option<ShortText>,
    /// Its namespace, where that was written.
    pub namespace: Option<String>,
    /// The file that it was defined in, for people.
    pub path: String,
    /// Whether the change deletes the whole file.
    pub is_file_deleted: bool,
    /// Whether it was declared in a manifest.
    pub is_in_manifest: bool,
    /// What of it an upsert leaves as it was made.
    pub kept: Kept,
}

/// What an upsert leaves as it was made, because the bodies of patches do not have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// The fields of a bucket's unique key, and the types of its fields.
    Bucket {
        /// The names of the fields of the unique key.
        unique: Vec<ShortText>,
        /// The fields of the schema.
        fields: Vec<(ShortText, FieldType)>,
    },
    /// What a taxonomy is made of: its kind, its retriever, its labels.
    Taxonomy {
        /// These, as far as they are said.
        config: [Option<ShortText>; 3],
    },
    /// The inputs of a retriever.
    Retriever {
        /// Their names.
        inputs: Vec<ShortText>,
    },
    /// Nothing that is known.
    Nothing,
}

impl Kept {
    fn of(definition: &Definition) -> Kept {
        let names = |all: &[Spanned<ShortText>]| all.iter().map(|name| name.value.clone()).collect();
        match definition {
            Definition::Bucket(bucket) => Kept::Bucket {
                unique: bucket.unique_key.as_ref().map(|key| names(&key.fields)).unwrap_or_default(),
                fields: bucket
                    .schema
                    .iter()
                    .filter(|schema| !schema.is_damaged)
                    .flat_map(|schema| schema.fields.iter().map(|field| (field.name.clone(), field.kind.clone())))
                    .collect(),
            },
            Definition::Taxonomy(taxonomy) => Kept::Taxonomy { config: Kept::config_of(taxonomy) },
            Definition::Retriever(retriever) => {
                let inputs = retriever.input_schema.iter().flat_map(|schema| &schema.inputs);
                Kept::Retriever { inputs: inputs.map(|input| input.name.value.clone()).collect() }
            }
            _ => Kept::Nothing,
        }
    }

    /// What a taxonomy is made of.
    pub fn config_of(taxonomy: &Taxonomy) -> [Option<ShortText>; 3] {
        let parts = [&taxonomy.kind, &taxonomy.retriever, &taxonomy.source_collection];
        parts.map(|part| part.as_ref().map(|part| part.value.clone()))
    }
}

/// What files defined before a change. What is still defined may be among it: it is only asked when nothing has a name.
#[derive(Debug, Clone, Default)]
pub struct Deleted(pub Vec<DeletedResource>);

impl Deleted {
    /// Adds what a file defined before a change. The service's own answers are copies: without one its original is still there.
    pub fn add(&mut self, file: &SourceFile, is_file_deleted: bool, mentions: &Mentions) {
        let content = FileContent::read(file, FileId::new(0), false, mentions, None);
        let made = content.definitions.iter().filter(|one| one.origin().form != Form::Answer);
        self.0.extend(made.filter_map(|definition| {
            let origin = definition.origin();
            Some(DeletedResource {
                noun: noun(definition)?,
                name: origin.name.as_ref()?.value.clone(),
                id: origin.id.as_ref().map(|id| id.value.clone()),
                namespace: namespace(origin).map(str::to_owned),
                path: file.shown.clone(),
                is_file_deleted,
                is_in_manifest: origin.form == Form::Manifest,
                kept: Kept::of(definition),
            })
        }));
    }

    /// The number of the resource that a reference of `reader` named before the change.
    pub(super) fn find(&self, noun: Noun, reference: &str, reader: &Origin) -> Option<usize> {
        let is_apart =
            |one: &DeletedResource| one.namespace.as_deref().zip(namespace(reader)).is_some_and(|(its, readers)| its != readers);
        let is_named = |one: &DeletedResource| {
            let is_slug = || match (&one.id, reference.split_once('_')) {
                (None, Some((_, tail))) => is_id(reference) && super::index::slug(tail) == super::index::slug(&one.name),
                _ => false,
            };
            one.name == reference || one.id.as_deref() == Some(reference) || is_slug()
        };
        self.0.iter().position(|one| one.noun == noun && is_named(one) && !is_apart(one))
    }
}

fn namespace(origin: &Origin) -> Option<&str> {
    origin.namespace.as_ref().map(|namespace| namespace.value.as_str())
}

/// The kind of a definition that others can name.
fn noun(definition: &Definition) -> Option<Noun> {
    Some(match definition {
        Definition::Bucket(_) => Noun::Bucket,
        Definition::Collection(_) => Noun::Collection,
        Definition::Namespace(_) => Noun::Namespace,
        Definition::Retriever(_) => Noun::Retriever,
        Definition::Taxonomy(_) => Noun::Taxonomy,
        Definition::Cluster(_) => Noun::Cluster,
        Definition::Alert(_) => Noun::Alert,
        Definition::Connection(_) => Noun::Connection,
        Definition::Object(_) | Definition::Manifest(_) => return None,
    })
}
