//! Filters that compare a field with a value which it never has.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Condition, Data, Field, FieldType, Value};
use crate::diagnostic::Severity;
use crate::path::is_template;
use crate::suggest;
use crate::text::Spanned;
use crate::workspace::{Facts, FilterUse, Named, readable_path};

pub(super) static RULE: Rule = Rule {
    name: "filter-type-mismatch",
    severity: Severity::Warning,
    group: Group::Filters,
    summary: "a filter compares a field with a value that fits neither the operator nor the field",
    docs: include_str!("../../docs/rules/filter-type-mismatch.md"),
    check: Check::All(check),
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
    let finding = match operator {
        "contains" | "starts_with" | "ends_with" | "regex" | "text" | "phrase" | "words" => {
            let is_text = !matches!(field.kind.name(), "number" | "integer" | "float" | "boolean");
            let Some(written) = condition.operator.as_ref().filter(|_| !is_text) else { return };
            let message = format!("The operator `{operator}` looks into texts, and `{name}` is {}.", field.describe());
            report.add(written.span, "for texts", message)
        }
        "eq" | "ne" | "gt" | "gte" | "lt" | "lte" | "in" | "nin" => {
            let value = &condition.value;
            let values = if value.items().is_empty() { std::slice::from_ref(value) } else { value.items() };
            let never = if matches!(operator, "ne" | "nin") { "is always another one" } else { "never has this value" };
            let is_range = matches!(operator, "gt" | "gte" | "lt" | "lte");
            if let Some(value) = values.iter().find(|value| !fits(field, value)) {
                let found = value.describe();
                let message = format!("`{name}` is {}, and is compared with {found}: it {never}.", field.describe());
                let fix = words::rewritten(&facts.workspace.sources, field.kind.name(), value);
                report.add(value.span, found, message).help(words::as_held(field, value)).fix(fix)
            } else if let Some(allowed) = allowed(field).filter(|_| !is_range)
                && let Some(value) = values.iter().find(|value| !is_among(value, &allowed.value))
            {
                let message = format!("`{name}` {never}: it is not in the `enum` of the field.");
                let finding = report.add(value.span, "not in the `enum`", message);
                finding.related(allowed.span, format!("the values of `{}`", field.name)).help(meant(allowed, value));
                finding.fix(rewrite::among(&facts.workspace.sources, value, &allowed.value))
            } else {
                return;
            }
        }
        _ => return,
    };
    let declaration = field.declaration.as_ref().filter(|_| finding.related.is_empty());
    if let Some(declaration) = declaration {
        let place = declaration.type_name.as_ref().map_or(declaration.span, |name| name.span);
        finding.related(place, format!("`{}` is declared here", field.name));
    }
    if let Some(guess) = used.reads.guess {
        words::rests_on_guess(finding, facts.workspace, guess);
    }
}

/// Whether a field can be equal to a value, as far as its type goes.
fn fits(field: &Field, value: &Value) -> bool {
    if is_dynamic(value) || matches!(value.data, Data::Null) {
        return true;
    }
    match (field.kind.name(), &value.data) {
        ("number" | "integer" | "float", data) => matches!(data, Data::Number(_)),
        // Older readers of YAML take these for booleans.
        ("boolean", Data::String(text)) if matches!(text.to_ascii_lowercase().as_str(), "yes" | "no" | "on" | "off") => true,
        ("boolean", data) => matches!(data, Data::Bool(_)),
        ("string" | "text", data) => matches!(data, Data::String(_)),
        _ => true,
    }
}

/// The `enum` of a field of one value; a longer one is not searched.
fn allowed(field: &Field) -> Option<&Spanned<Vec<Value>>> {
    let allowed = field.declaration.as_ref()?.allowed()?;
    let is_scalar = matches!(field.kind, FieldType::Scalar(_));
    Some(allowed).filter(|allowed| is_scalar && (1..=MOST_ALLOWED).contains(&allowed.value.len()))
}

const MOST_ALLOWED: usize = 1_000;

/// Whether a value is in an `enum`. Letter case does not count unless the filter says so.
fn is_among(value: &Value, allowed: &[Value]) -> bool {
    let is_same = |one: &Value| match (&one.data, &value.data) {
        (Data::String(one), Data::String(other)) => one.to_lowercase() == other.to_lowercase() || is_template(one),
        (Data::Number(_), Data::Number(_)) => one.as_number() == value.as_number(),
        (Data::Invalid, _) => true,
        _ => one == value,
    };
    is_dynamic(value) || matches!(value.data, Data::Null) || allowed.iter().any(is_same)
}

/// The nearest of the values that a field may have.
fn meant(allowed: &Spanned<Vec<Value>>, value: &Value) -> String {
    let near = value.as_str().and_then(|value| suggest::nearest(value, allowed.value.iter().filter_map(Value::as_str)));
    near.map_or_else(String::new, |near| format!("Did you mean `{near}`?"))
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
