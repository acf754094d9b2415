//! Values of an object that their fields do not take.

use super::words::objects;
use super::{Report, Rule};
use crate::conform::{Breach, Place, Problem};
use crate::definitions::{Bucket, Data, Value};
use crate::diagnostic::Severity;
use crate::suggest;

pub(super) static RULE: Rule = Rule {
    name: "invalid-object-value",
    severity: Severity::Error,
    summary: "a value of an object is not one that its field takes",
    docs: include_str!("../../docs/rules/invalid-object-value.md"),
    check: |facts, report| objects::report(facts, report, phrase),
};

pub(super) fn phrase(breach: &Breach<'_>, _: &Bucket, report: &mut Report) {
    let span = breach.span;
    match &breach.problem {
        Problem::WrongType(place, value) => {
            let (path, wanted, found) = (&place.path, place.field.describe(), value.describe());
            let message = match (&value.data, place.field.kind.name()) {
                (Data::Number(number), "integer") => format!("`{path}` takes an integer, and `{number}` has a fraction."),
                _ => format!("`{path}` takes {wanted}, and this value is {found}."),
            };
            let finding = report.add(span, found, message);
            objects::declared(finding, place).help(rewritten(place, value));
        }
        Problem::NotAllowed(place, value, allowed) => {
            let message = format!("`{}` does not take the value {}.", place.path, objects::shown(value));
            let finding = report.add(span, "not among its values", message);
            finding.related(allowed.span, format!("the values that it takes: {}", objects::list(&allowed.value)));
            let names = allowed.value.iter().filter_map(Value::as_str);
            if let Some(nearest) = value.as_str().and_then(|value| suggest::nearest(value, names)) {
                finding.help(format!("Did you mean `{nearest}`?"));
            }
        }
        Problem::NotDate(place, value) => {
            let kind = place.field.kind.name();
            let message =
                format!("`{}` is a {kind}, and {} is not one in the sense of ISO 8601.", place.path, objects::shown(value));
            let example = if kind == "date" { "2024-12-31" } else { "2024-12-31T18:30:00Z" };
            let finding = report.add(span, format!("no {kind}"), message);
            // The format is our own reading: the service names the type and no format.
            objects::declared(finding.at_most(Severity::Warning), place).help(format!("Write it like `{example}`."));
        }
        Problem::Null(place) => {
            let message = format!("`{}` is required, and it is null here.", place.path);
            let finding = report.add(span, "null", message);
            objects::declared(finding.at_most(Severity::Warning), place)
                .help("Give it a value, or take `required` from the field if objects may lack it.");
        }
        _ => {}
    }
}

/// How to write a value so that it has the type of its field, where only its spelling is wrong.
fn rewritten(place: &Place<'_>, value: &Value) -> String {
    let kind = place.field.kind.name();
    match (&value.data, kind) {
        (Data::String(text), "number" | "float" | "integer") if text.trim().parse::<f64>().is_ok_and(f64::is_finite) => {
            format!("Write `{}`, without quotes.", text.trim())
        }
        (Data::String(text), "boolean") if matches!(text.to_ascii_lowercase().as_str(), "true" | "false") => {
            format!("Write `{}`, without quotes.", text.to_ascii_lowercase())
        }
        (Data::Number(text), "string") => format!("Write `\"{text}\"`, in quotes."),
        (Data::Bool(value), "string") => format!("Write `\"{value}\"`, in quotes."),
        (Data::Number(_), "integer") => "If fractions are meant, declare the field as `number`.".to_owned(),
        (Data::String(_) | Data::Number(_) | Data::Bool(_), "array") => "Put it in a list.".to_owned(),
        _ => String::new(),
    }
}
