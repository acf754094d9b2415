//! Values against the fields that they are given for, at any depth.

use std::collections::HashMap;
use std::fmt;

use super::{Conform, Place, Problem};
use crate::definitions::{Data, Field, FieldType, Value, holds, may_be_date};

/// The way from the root of an object to a value in it, written out only when there is something to say.
#[derive(Clone, Copy)]
pub(super) struct Path<'p> {
    pub(super) parent: Option<&'p Path<'p>>,
    pub(super) step: Step<'p>,
}

#[derive(Clone, Copy)]
pub(super) enum Step<'p> {
    Name(&'p str),
    Item(usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match (self.step, self.parent) {
            (Step::Name(name), None) => f.write_str(name),
            (Step::Name(name), Some(_)) => write!(f, ".{name}"),
            (Step::Item(number), _) => write!(f, "[{number}]"),
        }
    }
}

/// The members of an object by their names; of a key that stands twice the last one counts.
pub(super) fn members(object: &Value) -> HashMap<&str, &Value> {
    object.entries().iter().map(|entry| (entry.key.value.as_str(), &entry.value)).collect()
}

impl<'a> Conform<'a> {
    /// The value of a field that is there.
    pub(super) fn value(&mut self, path: Path<'_>, field: &'a Field, value: &'a Value) {
        let place = || Place { path: path.to_string(), field };
        match &value.data {
            Data::Null if field.is_required() => self.add(value.span, Problem::Null(place())),
            Data::Null | Data::Invalid => {}
            Data::String(text) if (self.rulebook.is_placeholder)(text) => {}
            _ if !fits(&field.kind, value) => self.add(value.span, Problem::WrongType(place(), value)),
            Data::String(text) if is_date(&field.kind) && !may_be_date(text) => {
                self.add(value.span, Problem::NotDate(place(), value));
            }
            Data::Number(_) if is_date(&field.kind) => self.add(value.span, Problem::NotDate(place(), value)),
            Data::Object(_) if field.kind == FieldType::Object => self.nested(path, field, value),
            Data::Array(items) if field.kind == FieldType::Array => {
                let Some(item) = &field.items else { return };
                for (number, value) in items.iter().enumerate() {
                    self.value(Path { parent: Some(&path), step: Step::Item(number) }, item, value);
                }
            }
            _ => self.allowed(path, field, value),
        }
    }

    /// The fields of an object inside of an object.
    fn nested(&mut self, path: Path<'_>, field: &'a Field, value: &'a Value) {
        let Some(fields) = field.properties.as_ref().filter(|fields| !fields.is_empty()) else { return };
        let below = |name| Path { parent: Some(&path), step: Step::Name(name) };
        for entry in value.entries().iter().filter(|_| !self.schema.is_damaged) {
            let name = entry.key.value.as_str();
            if fields.get(name).is_none() && !(self.rulebook.is_placeholder)(name) {
                let path = below(name).to_string();
                self.add(entry.key.span, Problem::Undeclared { path, name, among: fields, parent: Some(field) });
            }
        }
        let members = members(value);
        for field in fields.iter() {
            match members.get(field.name.as_str()) {
                Some(inner) => self.value(below(&field.name), field, inner),
                None if field.is_required() => self.missing(below(&field.name).to_string(), field, value.span),
                None => {}
            }
        }
    }

    fn allowed(&mut self, path: Path<'_>, field: &'a Field, value: &'a Value) {
        let Some(allowed) = field.declaration.as_ref().and_then(|declaration| declaration.allowed()) else { return };
        let is_open = |one: &Value| {
            matches!(one.data, Data::Invalid) || one.as_str().is_some_and(|text| (self.rulebook.is_placeholder)(text))
        };
        // An empty list would refuse everything, and that of an array may be one of arrays or one of items: what the service
        // makes of either is not known.
        if allowed.value.is_empty() || matches!(value.data, Data::Array(_) | Data::Object(_)) {
            return;
        }
        if !allowed.value.iter().any(|one| is_open(one) || is_same(one, value)) {
            self.add(value.span, Problem::NotAllowed(Place { path: path.to_string(), field }, value, allowed));
        }
    }
}

/// Whether a value is of a type. A type that is not known takes anything, and what is no date is a milder matter.
fn fits(kind: &FieldType, value: &Value) -> bool {
    match (kind, &value.data) {
        (FieldType::Unknown(_), _) => true,
        (FieldType::Object, data) => matches!(data, Data::Object(_)),
        (FieldType::Array, data) => matches!(data, Data::Array(_)),
        (FieldType::Scalar(_), Data::String(_) | Data::Number(_)) if is_date(kind) => true,
        // What the service makes of several files in one field is not known.
        (FieldType::Scalar(_), Data::Array(_)) if kind.is_file() => true,
        (FieldType::Scalar(name), data) => holds(name, data),
    }
}

fn is_date(kind: &FieldType) -> bool {
    matches!(kind.name(), "date" | "datetime")
}

/// Whether two values say the same: numbers count by value, however they are written.
fn is_same(a: &Value, b: &Value) -> bool {
    a == b || a.as_number().zip(b.as_number()).is_some_and(|(a, b)| a == b)
}
