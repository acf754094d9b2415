//! Values of an object that their fields do not take.

use super::words::{self, objects};
use super::{Check, Group, Report, Rule};
use crate::conform::{Breach, Problem};
use crate::definitions::{Bucket, Data, Value};
use crate::diagnostic::Severity;
use crate::suggest;

pub(super) static RULE: Rule = Rule {
    name: "invalid-object-value",
    severity: Severity::Error,
    group: Group::Data,
    summary: "a value of an object is not one that its field takes",
    docs: include_str!("../../docs/rules/invalid-object-value.md"),
    check: Check::All(|facts, report| objects::report(facts, report, phrase)),
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
            objects::declared(finding, place).help(words::as_held(place.field, value));
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
            let finding = report.add(span, format!("no {kind}"), message);
            // The format is our own reading: the service names the type and no format.
            objects::declared(finding.at_most(Severity::Warning), place).help(words::as_held(place.field, value));
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
