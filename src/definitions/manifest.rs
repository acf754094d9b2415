//! Manifests: one document that declares many resources, and what stands in it beside them.

use super::recognize::RESOURCES;
use super::{Data, Defining, Form, Noun, Origin, Value, holds, reference, text};
use crate::path::is_template;
use crate::syntax::{Kind, Node};
use crate::text::{ShortText, Span, Spanned};

/// What a manifest has beside its resources.
#[derive(Debug)]
pub struct Manifest {
    /// Where it is written. Its name is that in its `metadata`.
    pub origin: Origin,
    /// The parameters that it declares.
    pub parameters: Vec<Parameter>,
    /// Whether these are all: each could be read.
    pub has_all_parameters: bool,
    /// What it puts into buckets: its `seed`.
    pub seed: Option<Value>,
    /// The steps by which an apply is accepted.
    pub acceptance: Option<Value>,
}

/// A parameter of a manifest.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Spanned<ShortText>,
    /// What its value must be: `string`, `integer`, `number`, `boolean` or `array`.
    pub kind: Option<Spanned<ShortText>>,
    /// What the items of an array must be.
    pub items: Option<Spanned<ShortText>>,
    /// The values that it may have.
    pub allowed: Option<Value>,
    /// The value that it has when none is supplied.
    pub default: Option<Value>,
    /// Whether a value must be supplied.
    pub is_required: bool,
}

/// The manifest itself, then its resources, in the order of the text.
pub(super) fn resources(manifest: Node<'_>) -> Vec<Defining<'_>> {
    let mut found = vec![Defining { node: manifest, noun: Noun::Manifest, form: Form::Manifest }];
    for member in manifest.members() {
        let Some((_, noun, _)) = RESOURCES.iter().find(|(list, ..)| *list == member.key.text()) else { continue };
        let items = member.value.items().filter(|item| item.is_object());
        found.extend(items.map(|node| Defining { node, noun: *noun, form: Form::Manifest }));
    }
    found
}

impl Manifest {
    pub(super) fn lower(node: Node<'_>) -> Manifest {
        let value = |key: &str| node.get(key).filter(|value| value.kind() != Kind::Null).map(Value::lower);
        let start = node.span();
        let origin = Origin {
            span: Span::new(start.file, start.start..start.end),
            form: Form::Manifest,
            name: node.get("metadata").and_then(|metadata| text(metadata, "name")),
            id: None,
            namespace: None,
            is_described: node.get("metadata").is_some_and(super::is_described),
            references: reference::references(node, Noun::Manifest, Form::Manifest).into(),
        };
        let list = node.get("parameters").filter(|list| list.kind() != Kind::Null);
        let parameters: Vec<Option<Parameter>> = list.into_iter().flat_map(Node::items).map(Parameter::lower).collect();
        let is_list = list.is_none_or(|list| list.kind() == Kind::Array);
        Manifest {
            origin,
            has_all_parameters: is_list && parameters.iter().all(Option::is_some),
            parameters: parameters.into_iter().flatten().collect(),
            seed: value("seed").or_else(|| value("seeds")),
            acceptance: value("acceptance"),
        }
    }
}

impl Parameter {
    /// What its value must be; a string where that is not said.
    pub fn kind(&self) -> &str {
        self.kind.as_ref().map_or("string", |kind| &kind.value)
    }

    /// The part of a value that surely is not what it must be, with what it must be. What is filled in later is nothing yet.
    pub fn misfit<'a>(&'a self, value: &'a Value) -> Option<(&'a Value, &'a str)> {
        if self.kind() != "array" {
            return misfit(value, self.kind());
        }
        match (&value.data, &self.items) {
            (Data::Array(items), Some(kind)) => items.iter().find_map(|item| misfit(item, &kind.value)),
            (Data::Array(_), None) => None,
            _ => misfit(value, "array"),
        }
    }

    /// The part of a value that is none of those that the parameter may have.
    pub fn not_allowed<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        let allowed = self.allowed.as_ref().map(Value::items).filter(|allowed| !allowed.is_empty())?;
        let is_later = |value: &Value| value.as_str().is_some_and(is_template);
        let is_same = |value: &Value, other: &Value| {
            value == other || value.as_number().is_some_and(|number| other.as_number() == Some(number))
        };
        let is_none = |value: &Value| {
            let is_scalar = !matches!(value.data, Data::Array(_) | Data::Object(_) | Data::Invalid | Data::Null);
            is_scalar && !is_later(value) && !allowed.iter().any(|one| is_later(one) || is_same(one, value))
        };
        match &value.data {
            Data::Array(items) => items.iter().find(|item| is_none(item)),
            _ => Some(value).filter(|value| is_none(value)),
        }
    }

    fn lower(node: Node<'_>) -> Option<Parameter> {
        let value = |key: &str| node.get(key).filter(|value| value.kind() != Kind::Null).map(Value::lower);
        Some(Parameter {
            name: text(node, "name")?,
            kind: text(node, "type"),
            items: text(node, "items"),
            allowed: value("enum"),
            default: value("default"),
            is_required: node.get("required").and_then(Node::as_bool) != Some(false),
        })
    }
}

/// A value that is not of a kind; of a kind that parameters do not have nothing is said.
fn misfit<'a>(value: &'a Value, kind: &'a str) -> Option<(&'a Value, &'a str)> {
    let is_later = value.as_str().is_some_and(is_template) || matches!(value.data, Data::Null | Data::Invalid);
    let fits = match kind {
        "array" => matches!(value.data, Data::Array(_)),
        "string" | "integer" | "number" | "boolean" => holds(kind, &value.data),
        _ => true,
    };
    (!fits && !is_later).then_some((value, kind))
}
