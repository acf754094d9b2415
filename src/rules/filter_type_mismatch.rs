//! Filters that compare a field with a value which it never has.

use super::{Report, Rule, words};
use crate::definitions::{Condition, Data, Field, FieldType, Value};
use crate::diagnostic::Severity;
use crate::path::is_template;
use crate::text::Span;
use crate::workspace::{Facts, FilterUse, Named, readable_path};

pub(super) static RULE: Rule = Rule {
    name: "filter-type-mismatch",
    severity: Severity::Warning,
    summary: "a filter compares a field with a value that fits neither the operator nor the field",
    docs: include_str!("../../docs/rules/filter-type-mismatch.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in &facts.filters {
        for condition in &used.filter.conditions {
            let operator = condition.operator.as_ref().map_or("eq", |operator| &operator.value);
            if is_dynamic(&condition.value) {
                continue;
            }
            if let Some(wanted) = needed(operator, &condition.value) {
                let found = condition.value.describe();
                let message = format!("The operator `{operator}` needs {wanted}, and the value is {found}.");
                report.add(condition.value.span, found, message);
            } else {
                check_field(facts, report, used, condition, operator);
            }
        }
    }
}

/// What an operator needs as its value, when that is something else.
fn needed(operator: &str, value: &Value) -> Option<&'static str> {
    let (wanted, fits) = match operator {
        "in" | "nin" => ("a list", matches!(value.data, Data::Array(_))),
        "exists" | "is_null" => ("`true` or `false`", matches!(value.data, Data::Bool(_))),
        "gt" | "gte" | "lt" | "lte" => ("a number, a date or a string", matches!(value.data, Data::Number(_) | Data::String(_))),
        "contains" | "starts_with" | "ends_with" | "regex" | "text" | "phrase" | "words" => return None,
        _ if operator.starts_with("geo_") => ("an object", matches!(value.data, Data::Object(_))),
        _ => return None,
    };
    (!fits).then_some(wanted)
}

fn check_field(facts: &Facts<'_>, report: &mut Report, used: &FilterUse<'_>, condition: &Condition, operator: &str) {
    let Some(path) = readable_path(&condition.field.value) else { return };
    // What several sources have under one name may be of several types.
    let Named::Field(field) = used.reads.look_up(&path) else { return };
    if used.reads.schemas.len() > 1 {
        return;
    }
    let name = words::visible(&condition.field.value);
    let declaration = field.declaration.as_ref();
    let mut place = declaration.map(|it| it.type_name.as_ref().map_or(it.span, |name| name.span));
    let mut help = String::new();
    let (span, label, message) = match operator {
        "contains" | "starts_with" | "ends_with" | "regex" | "text" | "phrase" | "words" => {
            let is_text = !matches!(field.kind.name(), "number" | "integer" | "float" | "boolean");
            let Some(written) = condition.operator.as_ref().filter(|_| !is_text) else { return };
            let message = format!("The operator `{operator}` looks into texts, and `{name}` is {}.", field.describe());
            (written.span, "for texts", message)
        }
        "eq" | "ne" | "gt" | "gte" | "lt" | "lte" | "in" | "nin" => {
            let value = &condition.value;
            let values = if value.items().is_empty() { std::slice::from_ref(value) } else { value.items() };
            let Some((value, why)) = values.iter().find_map(|value| Some((value, unfit(field, value)?))) else { return };
            let never = if matches!(operator, "ne" | "nin") { "is always another one" } else { "never has this value" };
            let message = match why {
                Unfit::Type => {
                    help = words::as_held(field, value);
                    format!("`{name}` is {}, and is compared with {}: it {never}.", field.describe(), value.describe())
                }
                Unfit::NotAllowed(list) => {
                    place = Some(list);
                    format!("This value is not in the `enum` of `{name}`: the field {never}.")
                }
            };
            (value.span, value.describe(), message)
        }
        _ => return,
    };
    let finding = report.add(span, label, message);
    if let Some(place) = place {
        finding.related(place, format!("`{}` is declared here", field.name));
    }
    finding.help(help);
    if let Some(guess) = used.reads.guess {
        words::rests_on_guess(finding, facts.workspace, guess);
    }
}

/// Values are not looked for in an `enum` that is longer.
const MOST_ALLOWED: usize = 1_000;

/// Why a field never has a value.
enum Unfit {
    /// Its type is another one.
    Type,
    /// It is not in this `enum`.
    NotAllowed(Span),
}

fn unfit(field: &Field, value: &Value) -> Option<Unfit> {
    if is_dynamic(value) || matches!(value.data, Data::Null) {
        return None;
    }
    let fits = match (field.kind.name(), &value.data) {
        ("number" | "integer" | "float", data) => matches!(data, Data::Number(_)),
        // Older readers of YAML take these for booleans.
        ("boolean", Data::String(text)) if matches!(text.to_ascii_lowercase().as_str(), "yes" | "no" | "on" | "off") => true,
        ("boolean", data) => matches!(data, Data::Bool(_)),
        ("string" | "text", data) => matches!(data, Data::String(_)),
        _ => return None,
    };
    if !fits {
        return Some(Unfit::Type);
    }
    let allowed =
        field.declaration.as_ref()?.allowed.as_ref().filter(|allowed| (1..=MOST_ALLOWED).contains(&allowed.value.len()))?;
    let is_same = |one: &Value| match (&one.data, &value.data) {
        // Letter case does not count unless the filter says so.
        (Data::String(one), Data::String(other)) => one.to_lowercase() == other.to_lowercase() || is_template(one),
        (Data::Number(_), Data::Number(_)) => one.as_number() == value.as_number(),
        (Data::Invalid, _) => true,
        _ => one == value,
    };
    let is_scalar = matches!(field.kind, FieldType::Scalar(_));
    (is_scalar && !allowed.value.iter().any(is_same)).then_some(Unfit::NotAllowed(allowed.span))
}

/// Whether a value is filled in later: a template, or a reference to an input.
fn is_dynamic(value: &Value) -> bool {
    match &value.data {
        Data::String(text) => is_template(text),
        Data::Object(_) => value.get("type").and_then(Value::as_str) == Some("dynamic"),
        Data::Invalid => true,
        _ => false,
    }
}
