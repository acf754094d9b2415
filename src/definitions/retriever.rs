//! Retrievers: what they search, what they are asked, and the stages that documents go through.

use super::{Form, Noun, Origin, Value, text, value};
use crate::syntax::{Kind, Node};
use crate::text::{ShortText, Span, Spanned};

/// A retriever.
#[derive(Debug)]
pub struct Retriever {
    /// Where it is written, and what it is called.
    pub origin: Origin,
    /// The names or ids of the collections that it searches.
    pub collections: Vec<Spanned<ShortText>>,
    /// The key that lists them.
    pub collections_key: Option<Span>,
    /// What it can be asked.
    pub input_schema: Option<InputSchema>,
    /// Its stages, in the order in which they run.
    pub stages: Vec<Stage>,
    /// How its results are shown.
    pub display_config: Option<Value>,
}

/// What a retriever can be asked.
#[derive(Debug)]
pub struct InputSchema {
    /// The key `input_schema`.
    pub key: Span,
    /// The inputs.
    pub inputs: Vec<RetrieverInput>,
    /// The key `properties`, when it wraps them, as JSON Schema does.
    pub wrapper: Option<Span>,
    /// Whether all inputs could be read.
    pub is_complete: bool,
}

/// An input of a retriever.
#[derive(Debug)]
pub struct RetrieverInput {
    /// Its name.
    pub name: Spanned<ShortText>,
    /// Its type: one of the field types, or `document_reference`.
    pub kind: Option<Spanned<ShortText>>,
    /// Whether it must be given.
    pub is_required: bool,
    /// Whether it has a value when it is not given.
    pub has_default: bool,
    /// The values that it may have.
    pub allowed: Option<Value>,
}

impl RetrieverInput {
    /// Whether whoever runs the retriever must give it a value.
    pub fn must_be_given(&self) -> bool {
        self.is_required && !self.has_default
    }
}

/// A stage of a retriever.
#[derive(Debug)]
pub struct Stage {
    /// The whole stage.
    pub span: Span,
    /// The place to point at when the stage as a whole is meant: its name, or else its first key.
    pub place: Span,
    /// Its name.
    pub name: Option<Spanned<ShortText>>,
    /// The id of what it does, such as `feature_search`.
    pub id: Option<Spanned<ShortText>>,
    /// The keys `stage_id` and `parameters` where they stand beside `config`, as in older documents, and not inside of it.
    pub outside: Vec<Span>,
    /// Its parameters.
    pub parameters: Option<Value>,
    /// The key `parameters`.
    pub parameters_key: Option<Span>,
    /// Which documents it reads at all.
    pub pre_filters: Option<Value>,
    /// The key `post_filters`, when something stands there.
    pub post_filters: Option<Span>,
    /// The name under which later stages find its result in `CONTEXT`.
    pub output_alias: Option<Spanned<ShortText>>,
    /// The whole stage, with all that is in it.
    pub body: Value,
}

impl Stage {
    /// What it is called in a sentence: its name, or else its id.
    pub fn title(&self) -> &str {
        let named = self.name.as_ref().or(self.id.as_ref());
        named.map_or("", |name| &name.value)
    }

    /// What a parameter is set to.
    pub fn parameter(&self, name: &str) -> Option<&Value> {
        self.parameters.as_ref()?.get(name)
    }
}

/// The keys that list the collections of a retriever. The first is today's; manifests may have the last one.
const COLLECTIONS: [&str; 3] = ["collection_identifiers", "collection_ids", "collections"];

impl Retriever {
    pub(super) fn lower(node: Node<'_>, form: Form) -> Retriever {
        let collections = COLLECTIONS.iter().find_map(|key| node.member(key));
        let named = collections.map(|member| super::strings(member.value, Node::as_name)).unwrap_or_default();
        Retriever {
            origin: Origin::new(node, form, Noun::Retriever),
            collections: named.into_iter().filter(|name| !name.value.is_empty()).collect(),
            collections_key: collections.map(|member| member.key.span()),
            input_schema: InputSchema::lower(node),
            stages: node.get("stages").into_iter().flat_map(Node::items).filter_map(Stage::lower).collect(),
            display_config: value(node, "display_config"),
        }
    }

    /// The input of this name.
    pub fn input(&self, name: &str) -> Option<&RetrieverInput> {
        self.input_schema.as_ref()?.inputs.iter().find(|input| input.name.value == name)
    }

    /// The inputs that whoever runs it must give.
    pub fn required_inputs(&self) -> impl Iterator<Item = &RetrieverInput> {
        let inputs = self.input_schema.iter().flat_map(|schema| &schema.inputs);
        inputs.filter(|input| input.must_be_given())
    }
}

impl InputSchema {
    fn lower(node: Node<'_>) -> Option<InputSchema> {
        let member = node.member("input_schema").filter(|member| member.value.kind() != Kind::Null)?;
        // A retriever may have an input that is called `properties`; then it has a type.
        let wrapper = member.value.member("properties").filter(|inner| inner.value.is_object());
        let wrapper = wrapper.filter(|inner| !inner.value.get("type").is_some_and(|kind| kind.kind() == Kind::String));
        let fields = wrapper.map_or(member.value, |inner| inner.value);
        Some(InputSchema {
            key: member.key.span(),
            inputs: fields.members().map(|member| RetrieverInput::lower(member.key, member.value)).collect(),
            wrapper: wrapper.map(|inner| inner.key.span()),
            is_complete: fields.is_object(),
        })
    }
}

impl RetrieverInput {
    fn lower(key: Node<'_>, node: Node<'_>) -> RetrieverInput {
        RetrieverInput {
            name: Spanned { value: key.text().into(), span: key.span() },
            kind: text(node, "type"),
            is_required: node.get("required").and_then(Node::as_bool) == Some(true),
            has_default: value(node, "default").is_some(),
            allowed: value(node, "enum"),
        }
    }
}

impl Stage {
    fn lower(node: Node<'_>) -> Option<Stage> {
        if !node.is_object() {
            return None;
        }
        let config = node.get("config").filter(|config| config.is_object());
        let inside = |key: &str| config.and_then(|config| config.member(key));
        // The oldest documents have the parameters right in `config`, or beside it.
        let outside = ["stage_id", "parameters"].iter().filter_map(|key| node.member(key));
        let is_misplaced = config.is_none_or(|config| config.get("stage_id").is_none());
        let parameters = inside("parameters").or_else(|| node.member("parameters").filter(|_| is_misplaced));
        let id = inside("stage_id").or_else(|| node.member("stage_id"));
        let name = text(node, "stage_name");
        let start = node.span();
        let first = node.members().next().map_or(start, |member| member.key.span());
        Some(Stage {
            span: start,
            place: name.as_ref().map_or(first, |name| name.span),
            name,
            id: id.and_then(|member| member.value.as_string()),
            outside: outside.filter(|_| is_misplaced).map(|member| member.key.span()).collect(),
            parameters: parameters.filter(|member| member.value.kind() != Kind::Null).map(|member| Value::lower(member.value)),
            parameters_key: parameters.map(|member| member.key.span()),
            pre_filters: config.and_then(|config| value(config, "pre_filters")),
            post_filters: inside("post_filters").filter(|member| is_something(member.value)).map(|member| member.key.span()),
            output_alias: text(node, "output_alias"),
            body: Value::lower(node),
        })
    }
}

fn is_something(node: Node<'_>) -> bool {
    match node.kind() {
        Kind::Null => false,
        Kind::Object => node.members().next().is_some(),
        Kind::Array => node.items().next().is_some(),
        _ => true,
    }
}
