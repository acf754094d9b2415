//! The nouns of the field, lowered from trees: what a file's content defines, every value with its place.

mod alert;
mod application;
mod bucket;
mod cluster;
mod collection;
mod connection;
mod date;
mod extractor;
mod feature_uri;
mod filter;
mod hold;
mod key_forms;
mod manifest;
mod namespace;
mod object;
mod recognize;
mod reference;
mod reserved;
mod retriever;
mod schema;
mod secret;
mod taxonomy;
mod template;
mod trap;
pub mod types;
mod value;

use crate::syntax::{Kind, Member, Node};
use crate::text::{ShortText, Span, Spanned};

pub use alert::Alert;
pub use application::{Application, ApplicationInput, ApplicationKind, WriteBack};
pub use bucket::{Bucket, FieldTarget, SourceAdapter, Sync, UniqueKey};
pub use cluster::Cluster;
pub use collection::{Collection, Source, SourceKind, bare};
pub use connection::Connection;
pub use date::may_be_date;
pub use extractor::{FeatureExtractor, FieldMap, FieldPassthrough, InputMapping};
pub use feature_uri::{FeatureUri, UriFault};
pub use filter::{Condition, Fault, FaultKind, Filter};
pub use hold::holds;
pub use key_forms::{KeyForm, Signs, signs};
pub use manifest::{Manifest, Parameter};
pub use namespace::{Namespace, PayloadIndex, RegisteredExtractor};
pub use object::{Batch, SampleObject};
pub use recognize::{Mentions, Noun, RESOURCES};
pub use reference::Reference;
pub use reserved::{
    OBJECT_KEYS, Reserved, ReservedOutput, is_document_field, is_object_field, is_result_field, reserved, reserved_output,
};
pub use retriever::{InputSchema, Retriever, RetrieverInput, Stage};
pub use schema::{Declaration, Field, FieldType, Fields, Schema};
pub use secret::{Concealed, Hidden, Secret, concealed_at, concealed_in, secrets};
pub use taxonomy::{EnrichmentField, RetrieverMapping, Taxonomy, TaxonomyNode};
pub use template::{Braces, Placeholder, Root, TemplatePart, bare_template, placeholders, template_parts};
pub use trap::{Trap, TrapKind, traps};
pub use value::{Data, Entry, Value};

/// Something that a file defines.
#[derive(Debug)]
pub enum Definition {
    /// A bucket.
    Bucket(Bucket),
    /// A collection.
    Collection(Collection),
    /// A namespace.
    Namespace(Namespace),
    /// A sample object.
    Object(SampleObject),
    /// A retriever.
    Retriever(Retriever),
    /// A taxonomy.
    Taxonomy(Taxonomy),
    /// A clustering.
    Cluster(Cluster),
    /// An alert.
    Alert(Alert),
    /// A connection.
    Connection(Connection),
    /// What a manifest has beside its resources.
    Manifest(Manifest),
}

impl Definition {
    /// What every definition has.
    pub fn origin(&self) -> &Origin {
        match self {
            Definition::Bucket(bucket) => &bucket.origin,
            Definition::Collection(collection) => &collection.origin,
            Definition::Namespace(namespace) => &namespace.origin,
            Definition::Object(object) => &object.origin,
            Definition::Retriever(retriever) => &retriever.origin,
            Definition::Taxonomy(taxonomy) => &taxonomy.origin,
            Definition::Cluster(cluster) => &cluster.origin,
            Definition::Alert(alert) => &alert.origin,
            Definition::Connection(connection) => &connection.origin,
            Definition::Manifest(manifest) => &manifest.origin,
        }
    }

    /// The schemas that it declares.
    pub fn schemas_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        let (first, second) = match self {
            Definition::Bucket(bucket) => (bucket.schema.as_mut(), None),
            Definition::Collection(collection) => {
                (collection.input_schema.as_deref_mut(), collection.output_schema.as_deref_mut())
            }
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// The values that it keeps as they are written, in which something may be hidden.
    pub fn values_mut(&mut self) -> Vec<&mut Value> {
        match self {
            Definition::Collection(collection) => {
                let extractors = collection.extractors.iter_mut();
                extractors.flat_map(|one| one.parameters.iter_mut().chain(&mut one.params)).collect()
            }
            Definition::Retriever(retriever) => {
                let stages = retriever.stages.iter_mut();
                stages.flat_map(|stage| stage.parameters.iter_mut().chain([&mut stage.body])).collect()
            }
            Definition::Alert(alert) => vec![&mut alert.body],
            Definition::Connection(connection) => vec![&mut connection.body],
            _ => Vec::new(),
        }
    }

    /// The extractors that it runs.
    pub fn extractors_mut(&mut self) -> impl Iterator<Item = &mut FeatureExtractor> {
        let extractors = match self {
            Definition::Collection(collection) => &mut collection.extractors[..],
            _ => &mut [],
        };
        extractors.iter_mut()
    }
}

/// In which form a definition is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The body of a request, of any generation of the API.
    Request,
    /// An answer of the service that was saved.
    Answer,
    /// A resource of a manifest: its references are names, and what it refers to must be declared.
    Manifest,
}

/// What every definition has: where it is written, and what it is called.
#[derive(Debug)]
pub struct Origin {
    /// The whole object.
    pub span: Span,
    /// The form in which it is written.
    pub form: Form,
    /// Its name.
    pub name: Option<Spanned<ShortText>>,
    /// The id that the service gave it, in an answer.
    pub id: Option<Spanned<ShortText>>,
    /// The name or id of its namespace, where the definition says it.
    pub namespace: Option<Spanned<ShortText>>,
    /// Whether it says what it is for.
    pub is_described: bool,
    /// The other resources that it names, beside what it reads.
    pub references: Box<[Reference]>,
}

impl Origin {
    fn new(node: Node<'_>, form: Form, noun: Noun) -> Origin {
        let picked = node.pick([noun.name_key(), "name", noun.id_key(), "namespace", "namespace_id"]);
        let text = |member: Option<Member<'_>>| member?.value.as_name().filter(|text| !text.value.is_empty());
        let [own_name, name, id, namespace, namespace_id] = picked;
        Origin {
            span: node.span(),
            form,
            name: text(own_name).or_else(|| text(name)),
            id: text(id),
            namespace: text(namespace).or_else(|| text(namespace_id)),
            is_described: is_described(node),
            references: reference::references(node, noun, form).into(),
        }
    }

    /// The name, or an empty text.
    pub fn name(&self) -> &str {
        self.name.as_ref().map_or("", |name| &name.value)
    }

    /// The place to point at when the definition as a whole is meant: its name, or its first byte. Of a definition that stands
    /// behind an alias it is the alias.
    pub fn place(&self) -> Span {
        match &self.name {
            Some(name) if name.span.end <= self.span.end && self.span.start <= name.span.start => name.span,
            Some(_) => self.span,
            None => Span::new(self.span.file, self.span.start..self.span.start + 1),
        }
    }
}

/// An object that defines something.
#[derive(Clone, Copy)]
pub struct Defining<'a> {
    /// The object.
    pub node: Node<'a>,
    /// What it defines.
    pub noun: Noun,
    /// In which form it is written.
    pub form: Form,
}

/// Every object of a document that defines something, in the order of the text: the document itself, the items of a list or of a
/// saved list answer, or the resources of a manifest.
pub fn defining_in(document: Node<'_>) -> Vec<Defining<'_>> {
    let mut found = Vec::new();
    match document.kind() {
        Kind::Array => document.items().for_each(|item| found.extend(recognize::defining(item))),
        Kind::Object => match recognize::defining(document) {
            Some(one) => found.push(one),
            None if recognize::is_manifest(document) => found = manifest::resources(document),
            // A saved list answer, or bodies under the names of their kinds.
            None => {
                let lists = ["results"].into_iter().chain(recognize::RESOURCES.map(|(list, ..)| list));
                let lists = lists.filter_map(|list| document.get(list));
                found.extend(lists.flat_map(Node::items).filter_map(recognize::defining));
                found.extend(document.get("objects").into_iter().flat_map(recognize::objects));
            }
        },
        _ => {}
    }
    found
}

impl Definition {
    /// What an object defines.
    pub fn lower(found: Defining<'_>) -> Definition {
        let Defining { node, noun, form } = found;
        match noun {
            Noun::Bucket => Definition::Bucket(Bucket::lower(node, form)),
            Noun::Collection => Definition::Collection(Collection::lower(node, form)),
            Noun::Namespace => Definition::Namespace(Namespace::lower(node, form)),
            Noun::Object => Definition::Object(SampleObject::lower(node, form)),
            Noun::Retriever => Definition::Retriever(Retriever::lower(node, form)),
            Noun::Taxonomy => Definition::Taxonomy(Taxonomy::lower(node, form)),
            Noun::Cluster => Definition::Cluster(Cluster::lower(node, form)),
            Noun::Alert => Definition::Alert(Alert::lower(node, form)),
            Noun::Connection => Definition::Connection(Connection::lower(node, form)),
            Noun::Manifest => Definition::Manifest(Manifest::lower(node)),
        }
    }
}

/// Everything that a document defines, in the order of the text.
pub fn definitions_in(document: Node<'_>) -> Vec<Definition> {
    let mut definitions = Vec::new();
    lower_all(document, defining_in(document), &mut definitions);
    definitions
}

/// Adds what some of the objects of a document define.
pub fn lower_all<'a>(document: Node<'a>, found: Vec<Defining<'a>>, definitions: &mut Vec<Definition>) {
    let before = definitions.len();
    // Most files define one thing, and definitions are large.
    if before == 0 {
        definitions.reserve_exact(found.len());
    }
    definitions.extend(found.into_iter().map(Definition::lower));
    let batch = object::batch(document);
    for definition in &mut definitions[before..] {
        // A single object may well have a field of that name.
        if let Definition::Object(object) = definition
            && object.origin.span != document.span()
        {
            object.batch = batch;
        }
    }
}

/// Whether an object has a `description` that is not empty; one that could not be read may be one.
fn is_described(node: Node<'_>) -> bool {
    let is_text = |text: Node<'_>| text.kind() != Kind::Null && text.as_str().is_none_or(|text| !text.trim().is_empty());
    node.get("description").is_some_and(is_text)
}

/// The text of `key`, when it is a string.
fn text(node: Node<'_>, key: &str) -> Option<Spanned<ShortText>> {
    node.get(key).and_then(Node::as_string)
}

/// The value of `key`, whatever it is; null is none.
fn value(node: Node<'_>, key: &str) -> Option<Value> {
    node.get(key).filter(|value| value.kind() != Kind::Null).map(Value::lower)
}

/// The strings of a list, or the one string that stands in its place; `read` says what counts as one.
fn strings<'a>(node: Node<'a>, read: fn(Node<'a>) -> Option<Spanned<ShortText>>) -> Vec<Spanned<ShortText>> {
    match read(node) {
        Some(one) => vec![one],
        None => gathered(node, node.items().filter_map(read)),
    }
}

/// What is made of the items or members of a node, in a list that has room for all of them from the start.
fn gathered<T>(node: Node<'_>, made: impl Iterator<Item = T>) -> Vec<T> {
    let mut list = Vec::with_capacity(node.count());
    list.extend(made);
    list
}
