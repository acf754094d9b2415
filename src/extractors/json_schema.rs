//! Parameters as JSON Schemas describe them, as far as the catalogue has a place for it. The rest constrains nothing.

use super::read::{list, names, number, sentence};
use super::{Confidence, Parameter};
use crate::definitions::{Data, Value};

/// How deep schemas may refer to each other.
const DEEPEST: usize = 16;

/// The parameters that a schema has as its properties.
pub(super) fn parameters(schema: &Value, from: &str) -> Vec<Parameter> {
    let reader = Reader { definitions: schema.get("$defs").or_else(|| schema.get("definitions")), from };
    reader.properties(schema, DEEPEST)
}

/// Whether an object may have keys beside those that its schema names.
pub(super) fn is_open(schema: &Value) -> bool {
    let is_closed = |more: &Value| more.as_bool() == Some(false);
    schema.get("properties").is_none() || schema.get("additionalProperties").is_some_and(|more| !is_closed(more))
}

/// The JSON types that a schema allows, where it says so by itself.
pub(super) fn types(schema: &Value) -> Vec<String> {
    let one = sentence(schema, "type");
    let mut types = one.map_or_else(|| names(schema, "type"), |one| vec![one]);
    types.retain(|name| name != "null");
    types
}

struct Reader<'a> {
    definitions: Option<&'a Value>,
    from: &'a str,
}

impl Reader<'_> {
    fn properties(&self, schema: &Value, depth: usize) -> Vec<Parameter> {
        let properties = schema.get("properties").into_iter().flat_map(Value::entries);
        properties.map(|property| self.parameter(&property.key.value, &property.value, depth)).collect()
    }

    fn parameter(&self, name: &str, schema: &Value, depth: usize) -> Parameter {
        let (inner, is_nullable) = self.inner(schema, depth);
        let allowed: Vec<Value> = list(inner, "enum").filter(|value| value.data != Data::Null).cloned().collect();
        let below = depth.saturating_sub(1);
        let is_deep = below > 0;
        Parameter {
            name: name.to_owned(),
            types: types(inner),
            allowed,
            only: inner.get("const").cloned(),
            known: Vec::new(),
            minimum: number(inner, "minimum"),
            maximum: number(inner, "maximum"),
            shortest: number(inner, "minLength").or_else(|| number(inner, "minItems")),
            longest: number(inner, "maxLength").or_else(|| number(inner, "maxItems")),
            pattern: sentence(inner, "pattern"),
            default: schema.get("default").or_else(|| inner.get("default")).cloned(),
            is_nullable,
            items: inner.get("items").filter(|_| is_deep).map(|items| Box::new(self.parameter("", items, below))),
            properties: if is_deep { self.properties(inner, below) } else { Vec::new() },
            required: names(inner, "required"),
            role: None,
            needs_index: false,
            note: None,
            source: self.from.to_owned(),
            confidence: Confidence::High,
        }
    }

    /// The schema behind references and behind "this or null"; of several real alternatives none, as any of them may hold.
    fn inner<'s>(&'s self, schema: &'s Value, depth: usize) -> (&'s Value, bool) {
        let is_null = |schema: &&Value| sentence(schema, "type").as_deref() == Some("null");
        let takes_null = names(schema, "type").iter().any(|name| name == "null");
        let referred = || sentence(schema, "$ref").and_then(|path| self.definitions?.get(path.rsplit('/').next()?));
        let all: Vec<&Value> = list(schema, "allOf").collect();
        let any: Vec<&Value> = list(schema, "anyOf").chain(list(schema, "oneOf")).collect();
        let real: Vec<&Value> = any.iter().copied().filter(|schema| !is_null(schema)).collect();
        let next = match (referred(), &all[..], &real[..]) {
            (Some(one), ..) => one,
            (None, [one], _) | (None, _, [one]) => *one,
            _ => return (schema, takes_null || any.iter().any(is_null)),
        };
        if depth == 0 {
            return (schema, true);
        }
        let (inner, is_nullable) = self.inner(next, depth - 1);
        (inner, is_nullable || takes_null || any.iter().any(is_null))
    }
}
