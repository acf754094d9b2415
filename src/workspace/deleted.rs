//! What a change takes out of the definitions, so that what still names it can be told from what names something unknown.

use super::FileContent;
use super::references::is_id;
use crate::definitions::{Definition, Form, Mentions, Noun, Origin};
use crate::text::{FileId, SourceFile};

/// Something that a file defined before a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedResource {
    /// What it was.
    pub noun: Noun,
    /// Its name.
    pub name: String,
    /// Its id, where that was written.
    pub id: Option<String>,
    /// Its namespace, where that was written.
    pub namespace: Option<String>,
    /// The file that it was defined in, for people.
    pub path: String,
    /// Whether the change deletes the whole file.
    pub is_file_deleted: bool,
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
