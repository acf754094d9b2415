//! Filters: conditions on fields, joined by `AND`, `OR` and `NOT`. What is no part of this grammar the service takes for the
//! name of a field, without a word.

use super::{Data, Entry, Value};
use crate::path::is_template;
use crate::suggest;
use crate::text::{ShortText, Span, Spanned};

/// A filter: all its conditions, however deep they stand, and what is wrong with its grammar.
#[derive(Debug, Default)]
pub struct Filter {
    /// The conditions with which nothing is wrong.
    pub conditions: Vec<Condition>,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// A comparison of a field with a value.
#[derive(Debug)]
pub struct Condition {
    /// The path of the field.
    pub field: Spanned<ShortText>,
    /// How it is compared, where that is said; the shorthand `{"field": value}` compares by `eq`.
    pub operator: Option<Spanned<ShortText>>,
    /// What it is compared with.
    pub value: Value,
}

/// Something that is no part of the grammar.
#[derive(Debug)]
pub struct Fault {
    /// Where it stands.
    pub place: Spanned<ShortText>,
    /// What it is.
    pub kind: FaultKind,
}

/// How something is no part of the grammar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// A key beside `filters`, or in its place.
    OutsideFilters,
    /// `filters` where there is no such level.
    Wrapped,
    /// A key that is meant to join conditions; the one that does it, where there is one.
    Joiner(Option<&'static str>),
    /// `AND`, `OR` or `NOT` with something other than a list.
    NotAList,
    /// Something in a list that is no object.
    NoObject(&'static str),
    /// A key of a condition by another name.
    Key(&'static str),
    /// A condition without this key.
    Missing(&'static str),
    /// An operator that does not exist; the one that was perhaps meant.
    Operator(Option<&'static str>),
    /// A field with an operator in the place of its value: `{"price": {"$gt": 5}}`.
    OperatorAsKey(Option<&'static str>),
}

/// The operators.
pub const OPERATORS: [&str; 20] = [
    "eq",
    "ne",
    "gt",
    "lt",
    "gte",
    "lte",
    "in",
    "nin",
    "contains",
    "starts_with",
    "ends_with",
    "regex",
    "exists",
    "is_null",
    "text",
    "phrase",
    "words",
    "geo_radius",
    "geo_bounding_box",
    "geo_polygon",
];

/// What other languages call them.
const OTHER_OPERATORS: [(&str, &str); 22] = [
    ("=", "eq"),
    ("==", "eq"),
    ("equals", "eq"),
    ("equal", "eq"),
    ("is", "eq"),
    ("!=", "ne"),
    ("<>", "ne"),
    ("neq", "ne"),
    ("not_equals", "ne"),
    (">", "gt"),
    ("greater_than", "gt"),
    ("<", "lt"),
    ("less_than", "lt"),
    (">=", "gte"),
    ("<=", "lte"),
    ("any_of", "in"),
    ("not_in", "nin"),
    ("notin", "nin"),
    ("like", "contains"),
    ("startswith", "starts_with"),
    ("endswith", "ends_with"),
    ("match", "text"),
];

/// The keys that join conditions.
const JOINERS: [&str; 3] = ["AND", "OR", "NOT"];

/// What other languages call them.
const OTHER_JOINERS: [(&str, Option<&str>); 6] = [
    ("must", Some("AND")),
    ("should", Some("OR")),
    ("must_not", Some("NOT")),
    ("all", Some("AND")),
    ("any", Some("OR")),
    ("nor", None),
];

/// The keys of a condition, and what other languages call them.
const KEYS: [(&str, &[&str]); 3] = [
    ("field", &["key", "field_name", "path", "attribute", "column", "property"]),
    ("operator", &["op", "comparator", "operation"]),
    ("value", &["values", "val", "match"]),
];

impl Filter {
    /// Reads what stands under `scroll_filters` and the like.
    pub fn read(value: &Value) -> Filter {
        let mut filter = Filter::default();
        match value.entries() {
            [only] if only.key.value == "filters" && !only.value.entries().is_empty() => {
                filter.fault(&only.key, FaultKind::Wrapped);
                filter.top(&only.value);
            }
            _ => filter.top(value),
        }
        filter
    }

    /// Reads what stands under `source_filters`, where the filter is one level down.
    pub fn read_source(value: &Value) -> Filter {
        let mut filter = Filter::default();
        let inner = value.get("filters");
        for entry in value.entries().iter().filter(|entry| entry.key.value != "filters") {
            if inner.is_none() || joiner(entry).is_some() {
                filter.fault(&entry.key, FaultKind::OutsideFilters);
            }
        }
        match inner {
            Some(inner) => filter.top(inner),
            None => filter.top(value),
        }
        filter
    }

    fn fault(&mut self, place: &Spanned<ShortText>, kind: FaultKind) {
        self.faults.push(Fault { place: place.clone(), kind });
    }

    /// A condition may stand alone: documents show it, and no reader is known that refuses it.
    fn top(&mut self, value: &Value) {
        if value.get("field").is_some() && roles(value) > 1 { self.condition(value) } else { self.group(value) }
    }

    fn group(&mut self, group: &Value) {
        for entry in group.entries() {
            match (entry.key.value.as_str(), joiner(entry)) {
                ("case_sensitive", _) => {}
                (written, Some(meant)) => {
                    if meant != Some(written) {
                        self.fault(&entry.key, FaultKind::Joiner(meant));
                    } else if !matches!(entry.value.data, Data::Array(_) | Data::Null | Data::Invalid)
                        && !is_filled_in(&entry.value)
                    {
                        self.fault(&entry.key, FaultKind::NotAList);
                    }
                    if entry.value.entries().is_empty() { self.list(&entry.value) } else { self.item(&entry.value) }
                }
                (_, None) => self.shorthand(entry),
            }
        }
    }

    fn list(&mut self, list: &Value) {
        list.items().iter().for_each(|item| self.item(item));
    }

    fn item(&mut self, item: &Value) {
        match &item.data {
            Data::Object(_) if roles(item) > 1 => self.condition(item),
            Data::Object(_) => self.group(item),
            Data::Invalid => {}
            _ if is_filled_in(item) => {}
            _ => self.fault(&at(item.span), FaultKind::NoObject(item.describe())),
        }
    }

    fn condition(&mut self, object: &Value) {
        let faults = self.faults.len();
        for (key, others) in KEYS {
            if object.get(key).is_some() {
                continue;
            }
            match object.entries().iter().find(|entry| others.contains(&entry.key.value.as_str())) {
                Some(other) => self.fault(&other.key, FaultKind::Key(key)),
                None if key == "operator" => {}
                None => self.fault(&at(object.span), FaultKind::Missing(key)),
            }
        }
        let operator = object.get("operator").and_then(Value::as_string);
        if let Some(written) = &operator
            && !OPERATORS.contains(&written.value.as_str())
        {
            let meant = operator_meant(&written.value);
            // `$gte` is another language's operator, `$OPERATOR` is filled in later.
            if meant.is_some() || !is_template(&written.value) {
                self.fault(written, FaultKind::Operator(meant));
            }
        }
        if let (Some(field), Some(value)) = (object.get("field").and_then(Value::as_string), object.get("value"))
            && faults == self.faults.len()
        {
            self.conditions.push(Condition { field, operator, value: value.clone() });
        }
    }

    fn shorthand(&mut self, entry: &Entry) {
        let is_operator =
            |key: &str| key.starts_with('$') || matches!(key, "gt" | "gte" | "lt" | "lte" | "ne" | "nin" | "in" | "eq");
        match entry.value.entries() {
            [first, ..] if is_operator(&first.key.value) => {
                self.fault(&first.key, FaultKind::OperatorAsKey(operator_meant(strip(&first.key.value))));
            }
            _ => self.conditions.push(Condition { field: entry.key.clone(), operator: None, value: entry.value.clone() }),
        }
    }
}

/// Whether a key joins conditions, and which one it should be. A field may be called `or`: then its value is no list of objects.
fn joiner(entry: &Entry) -> Option<Option<&'static str>> {
    let written = entry.key.value.as_str();
    if let Some(joiner) = JOINERS.iter().find(|joiner| **joiner == written) {
        return Some(Some(joiner));
    }
    let name = strip(written.trim_end_matches('_')).to_ascii_lowercase();
    let meant = match JOINERS.iter().find(|joiner| joiner.eq_ignore_ascii_case(&name)) {
        Some(joiner) => Some(*joiner),
        None => OTHER_JOINERS.iter().find(|(other, _)| *other == name)?.1,
    };
    let is_joining = entry.value.items().iter().any(|item| !item.entries().is_empty())
        || (meant == Some("NOT") && !entry.value.entries().is_empty());
    is_joining.then_some(meant)
}

fn operator_meant(written: &str) -> Option<&'static str> {
    let lower = strip(written).to_ascii_lowercase();
    let other = OTHER_OPERATORS.iter().find(|(other, _)| *other == lower).map(|(_, operator)| *operator);
    other.or_else(|| OPERATORS.into_iter().find(|operator| *operator == lower)).or_else(|| suggest::nearest(&lower, OPERATORS))
}

/// A word without the `$` of other languages.
fn strip(word: &str) -> &str {
    word.strip_prefix('$').unwrap_or(word)
}

/// How many of the keys of a condition an object has, under whatever name.
fn roles(object: &Value) -> usize {
    let has = |key: &str| object.get(key).is_some();
    KEYS.iter().filter(|(key, others)| has(key) || others.iter().any(|other| has(other))).count()
}

fn is_filled_in(value: &Value) -> bool {
    value.as_str().is_some_and(is_template)
}

/// A place without a text of its own.
fn at(span: Span) -> Spanned<ShortText> {
    Spanned { value: ShortText::default(), span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{self, Format};
    use crate::text::{FileId, SourceFile};

    fn read(text: &str) -> String {
        let file = SourceFile::new("filter.json", text);
        let parse = syntax::parse(&file, Format::Json);
        let value = parse.tree.documents(FileId::new(0), &file).first().map(Value::lower);
        let filter = value.map(|value| Filter::read(&value)).unwrap_or_default();
        let operator = |condition: &Condition| condition.operator.as_ref().map_or("eq", |operator| &operator.value).to_owned();
        let conditions = filter.conditions.iter().map(|condition| format!("{} {}", condition.field.value, operator(condition)));
        let faults = filter.faults.iter().map(|fault| format!("{:?}", fault.kind));
        conditions.chain(faults).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_grammar() {
        for (text, expected) in [
            (r#"{}"#, ""),
            (r#"{"AND": [{"field": "a", "operator": "gt", "value": 1}, {"b.c": 2}]}"#, "a gt, b.c eq"),
            (r#"{"OR": [{"AND": [{"field": "a", "value": 1}]}, {"NOT": [{"b": 2}]}]}"#, "a eq, b eq"),
            (r#"{"a": "x", "case_sensitive": true}"#, "a eq"),
            (r#"{"field": "a", "operator": "eq", "value": 1}"#, "a eq"),
            (r#"{"or": "Oregon", "AND": null}"#, "or eq"),
            (r#"{"and": [{"a": 1}]}"#, "a eq, Joiner(Some(\"AND\"))"),
            (r#"{"$or": [{"a": 1}]}"#, "a eq, Joiner(Some(\"OR\"))"),
            (r#"{"not_": {"a": 1}}"#, "a eq, Joiner(Some(\"NOT\"))"),
            (r#"{"NOR": [{"a": 1}]}"#, "a eq, Joiner(None)"),
            (r#"{"NOT": {"field": "a", "value": 1}}"#, "a eq, NotAList"),
            (r#"{"AND": ["a", "{{ condition }}"]}"#, "NoObject(\"a string\")"),
            (r#"{"AND": [{"key": "a", "operator": "eq", "value": 1}]}"#, "Key(\"field\")"),
            (r#"{"AND": [{"field": "a", "op": "gt", "value": 1}]}"#, "Key(\"operator\")"),
            (r#"{"AND": [{"operator": "eq", "value": 1}]}"#, "Missing(\"field\")"),
            (r#"{"AND": [{"field": "a", "operator": "exists"}]}"#, "Missing(\"value\")"),
            (r#"{"AND": [{"field": "a", "operator": "equals", "value": 1}]}"#, "Operator(Some(\"eq\"))"),
            (r#"{"AND": [{"field": "a", "operator": "$gte", "value": 1}]}"#, "Operator(Some(\"gte\"))"),
            (r#"{"AND": [{"field": "a", "operator": "{{ op }}", "value": 1}]}"#, "a {{ op }}"),
            (r#"{"price": {"$gt": 5}}"#, "OperatorAsKey(Some(\"gt\"))"),
            (r#"{"filters": {"AND": [{"a": 1}]}}"#, "a eq, Wrapped"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
