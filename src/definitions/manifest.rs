//! Manifests: one document that declares many resources, and what stands in it beside them.

use super::recognize::RESOURCES;
use super::{Defining, Form, Noun, Origin, Value, reference, text};
use crate::syntax::{Kind, Node};
use crate::text::{Span, Spanned};

/// What a manifest has beside its resources.
#[derive(Debug)]
pub struct Manifest {
    /// Where it is written. Its name is that in its `metadata`.
    pub origin: Origin,
    /// The parameters that it declares.
    pub parameters: Vec<Parameter>,
    /// What it puts into buckets: its `seed`.
    pub seed: Option<Value>,
    /// The steps by which an apply is accepted.
    pub acceptance: Option<Value>,
}

/// A parameter of a manifest.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Spanned<String>,
    /// What its value must be: `string`, `integer`, `number`, `boolean` or `array`.
    pub kind: Option<Spanned<String>>,
    /// What the items of an array must be.
    pub items: Option<Spanned<String>>,
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
            references: reference::references(node, Noun::Manifest, Form::Manifest),
        };
        let parameters = node.get("parameters").into_iter().flat_map(Node::items);
        Manifest {
            origin,
            parameters: parameters.filter_map(Parameter::lower).collect(),
            seed: value("seed").or_else(|| value("seeds")),
            acceptance: value("acceptance"),
        }
    }
}

impl Parameter {
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
