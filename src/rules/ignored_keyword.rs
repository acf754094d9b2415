//! Keywords of JSON Schema that a bucket schema takes and ignores.

use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Data, Entry};
use crate::diagnostic::Severity;
use crate::workspace::{DeclaredSchema, Facts};

pub(super) static RULE: Rule = Rule {
    name: "ignored-keyword",
    severity: Severity::Warning,
    group: Group::Shape,
    summary: "a schema uses keywords of JSON Schema that are ignored",
    docs: include_str!("../../docs/rules/ignored-keyword.md"),
    check: Check::Schema(check),
};

/// The keywords that say which values are valid. Those that only describe, such as `title`, lose nothing when they are ignored.
const KEYWORDS: [&str; 37] = [
    "$dynamicRef",
    "$recursiveRef",
    "$ref",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "uniqueItems",
];

fn check(_: &Facts<'_>, declared: &DeclaredSchema<'_>, report: &mut Report) {
    report_ignored(&declared.schema.ignored, report);
    for field in &declared.fields {
        report_ignored(field.declaration.ignored(), report);
    }
}

/// One finding for all that one schema or field says in vain.
fn report_ignored(entries: &[Entry], report: &mut Report) {
    let ignored: Vec<&Entry> = entries.iter().filter(|entry| is_keyword(entry) && says_something(entry)).collect();
    let Some((first, others)) = ignored.split_first() else { return };
    let names: Vec<&str> = ignored.iter().map(|entry| entry.key.value.as_str()).collect();
    let message = match others {
        [] => format!("`{}` is a keyword of JSON Schema, and it is ignored here.", names[0]),
        _ => format!("{} are keywords of JSON Schema, and they are ignored here.", words::series_of_many(&names)),
    };
    let finding = report.add(first.key.span, "ignored", message);
    for other in others.iter().take(words::SHOWN) {
        finding.related(other.key.span, "ignored too");
    }
    for entry in &ignored {
        finding.help(instead(entry));
    }
    if finding.help.is_none() {
        finding.help(if others.is_empty() { "Remove it: nothing checks it." } else { "Remove them: nothing checks them." });
    }
}

fn is_keyword(entry: &Entry) -> bool {
    KEYWORDS.contains(&entry.key.value.as_str())
}

/// Whether leaving the keyword out would change what JSON Schema says.
fn says_something(entry: &Entry) -> bool {
    match (entry.key.value.as_str(), &entry.value.data) {
        ("const", _) => true,
        (_, Data::Null) | ("nullable" | "uniqueItems" | "exclusiveMinimum" | "exclusiveMaximum", Data::Bool(false)) => false,
        ("additionalProperties" | "additionalItems", Data::Bool(true)) => false,
        ("minLength" | "minItems" | "minProperties", Data::Number(least)) => least != "0",
        (_, Data::Object(entries)) => !entries.is_empty(),
        (_, Data::Array(items)) => !items.is_empty(),
        _ => true,
    }
}

/// What says the same in a bucket schema, where something does.
fn instead(entry: &Entry) -> &'static str {
    match (entry.key.value.as_str(), entry.value.as_str()) {
        ("format", Some("date-time")) => "Set the type to `datetime`.",
        ("format", Some("date")) => "Set the type to `date`.",
        ("const", _) => "Write an `enum` with the one value.",
        ("nullable", _) => "A field may be absent unless it has `\"required\": true`.",
        ("$ref", _) => "Write out here what it refers to.",
        ("patternProperties", _) => "An `object` without `properties` may hold any fields.",
        ("prefixItems", _) => "Declare what the array holds in `items`.",
        _ => "",
    }
}
