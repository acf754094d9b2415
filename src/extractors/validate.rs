//! Values of parameters against what the catalogue says of each parameter.

use regex::Regex;

use super::Parameter;
use crate::definitions::{Data, Value};
use crate::path::is_template;
use crate::suggest::nearest;

/// A value that a parameter does not take.
#[derive(Debug)]
pub struct Violation<'a> {
    /// The parameter as a whole, though a part of it may be wrong.
    pub parameter: &'a Parameter,
    /// The value that is wrong.
    pub value: &'a Value,
    /// Where it stands among the parameters: `vector_fields[0].name`.
    pub path: String,
    /// What is wrong with it.
    pub problem: Problem<'a>,
}

/// What is wrong with a value.
#[derive(Debug)]
pub enum Problem<'a> {
    /// It is of none of these types.
    Type {
        /// The types.
        wanted: &'a [String],
        /// Whether it is a string that reads as one of them.
        is_convertible: bool,
    },
    /// It is null, which stands for nothing here.
    Null,
    /// It is none of these.
    NotAllowed(&'a [Value]),
    /// There are others than the known values, and it looks like a slip of this one.
    Slip(&'a str),
    /// It is less than the least.
    Below(f64),
    /// It is greater than the greatest.
    Above(f64),
    /// It has fewer items or characters than this.
    Shorter(f64),
    /// It has more of them.
    Longer(f64),
    /// It does not match.
    Pattern(&'a str),
    /// It lacks a key.
    Lacks(&'a str),
}

/// What parameters are set to and do not take; `known` are those that there are. What is filled in later is taken.
pub fn violations<'a>(known: &'a [Parameter], parameters: &'a Value) -> Vec<Violation<'a>> {
    let mut found = Vec::new();
    for entry in parameters.entries() {
        if let Some(parameter) = known.iter().find(|parameter| parameter.name == entry.key.value) {
            let mut walk = Walk { parameter, found: &mut found };
            walk.value(parameter, &entry.value, entry.key.value.to_string());
        }
    }
    found
}

struct Walk<'a, 'f> {
    parameter: &'a Parameter,
    found: &'f mut Vec<Violation<'a>>,
}

impl<'a> Walk<'a, '_> {
    fn add(&mut self, value: &'a Value, path: &str, problem: Problem<'a>) {
        self.found.push(Violation { parameter: self.parameter, value, path: path.to_owned(), problem });
    }

    fn value(&mut self, wanted: &'a Parameter, value: &'a Value, path: String) {
        match &value.data {
            Data::Invalid => return,
            Data::String(text) if is_template(text) => return,
            Data::Null => {
                let has_default = wanted.default.as_ref().is_some_and(|default| default.data != Data::Null);
                if has_default && !wanted.is_nullable {
                    self.add(value, &path, Problem::Null);
                }
                return;
            }
            _ => {}
        }
        if !wanted.types.is_empty() && !wanted.types.iter().any(|name| is_of(value, name)) {
            let is_convertible = wanted.types.iter().any(|name| reads_as(value, name));
            return self.add(value, &path, Problem::Type { wanted: &wanted.types, is_convertible });
        }
        let allowed = wanted.only.as_ref().map_or(&wanted.allowed[..], std::slice::from_ref);
        if !allowed.is_empty() && !allowed.iter().any(|one| is_same(one, value)) {
            return self.add(value, &path, Problem::NotAllowed(allowed));
        }
        self.number(wanted, value, &path);
        self.length(wanted, value, &path);
        if let Some(text) = value.as_str() {
            if let Some(slip) = nearest(text, wanted.known.iter().map(String::as_str))
                && !wanted.known.iter().any(|known| known == text)
            {
                self.add(value, &path, Problem::Slip(slip));
            }
            // A pattern that cannot be read matches everything.
            let pattern = wanted.pattern.as_deref();
            if let Some(pattern) = pattern.filter(|pattern| Regex::new(pattern).is_ok_and(|regex| !regex.is_match(text))) {
                self.add(value, &path, Problem::Pattern(pattern));
            }
        }
        if let Some(items) = &wanted.items {
            for (number, item) in value.items().iter().enumerate() {
                self.value(items, item, format!("{path}[{number}]"));
            }
        }
        if value.is_object() {
            for key in wanted.required.iter().filter(|key| value.get(key).is_none()) {
                self.add(value, &path, Problem::Lacks(key));
            }
        }
        for entry in value.entries() {
            if let Some(property) = wanted.properties.iter().find(|property| property.name == entry.key.value) {
                self.value(property, &entry.value, format!("{path}.{}", entry.key.value));
            }
        }
    }

    fn length(&mut self, wanted: &'a Parameter, value: &'a Value, path: &str) {
        let length = match &value.data {
            Data::Array(items) => items.len(),
            Data::String(text) => text.chars().count(),
            _ => return,
        };
        match (wanted.shortest, wanted.longest) {
            (Some(least), _) if (length as f64) < least => self.add(value, path, Problem::Shorter(least)),
            (_, Some(most)) if length as f64 > most => self.add(value, path, Problem::Longer(most)),
            _ => {}
        }
    }

    fn number(&mut self, wanted: &Parameter, value: &'a Value, path: &str) {
        let Some(number) = value.as_number() else { return };
        match (wanted.minimum, wanted.maximum) {
            (Some(least), _) if number < least => self.add(value, path, Problem::Below(least)),
            (_, Some(most)) if number > most => self.add(value, path, Problem::Above(most)),
            _ => {}
        }
    }
}

/// Whether a value has a JSON type. An integer may be written with a fraction of zero.
pub(super) fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "string" => matches!(value.data, Data::String(_)),
        "integer" => value.as_number().is_some_and(|number| number.fract() == 0.0),
        "number" => value.as_number().is_some(),
        "boolean" => matches!(value.data, Data::Bool(_)),
        "array" => matches!(value.data, Data::Array(_)),
        "object" => value.is_object(),
        // A type that we do not know takes anything.
        _ => true,
    }
}

/// Whether a string holds what the service may read as this type.
fn reads_as(value: &Value, name: &str) -> bool {
    let Some(text) = value.as_str() else { return false };
    match name {
        "integer" => text.trim().parse::<i64>().is_ok(),
        "number" => text.trim().parse::<f64>().is_ok(),
        "boolean" => matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "yes" | "no" | "on" | "off" | "1" | "0" | "t" | "f" | "y" | "n"
        ),
        _ => false,
    }
}

/// Whether two values are the same, however a number is written.
pub(super) fn is_same(a: &Value, b: &Value) -> bool {
    match (a.as_number(), b.as_number()) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}
