//! Fields of buckets whose names the service keeps for itself.

use super::{Check, Group, Report, Rule};
use crate::definitions::{Reserved, reserved};
use crate::diagnostic::Severity;
use crate::workspace::{DeclaredSchema, Facts, Level};

pub(super) static RULE: Rule = Rule {
    name: "reserved-field-name",
    severity: Severity::Warning,
    group: Group::Schema,
    summary: "a field has a name that the service keeps for itself",
    docs: include_str!("../../docs/rules/reserved-field-name.md"),
    check: Check::Schema(check),
};

fn check(_: &Facts<'_>, schema: &DeclaredSchema<'_>, report: &mut Report) {
    // What a collection says of its source may be documents, which have these fields.
    let of_objects = schema.fields.iter().filter(|field| schema.is_of_bucket && field.level == Level::Root);
    for field in of_objects.map(|declared| declared.field) {
        let (Some(place), Some(reserved)) = (field.span, reserved(&field.name)) else { continue };
        let name = &field.name;
        let message = match reserved {
            Reserved::ObjectKey => {
                format!("`{name}` is a key of the body that makes an object, so that a field of this name gets no value.")
            }
            Reserved::ObjectState => format!("The service sets `{name}` on every object itself, and refuses to change it."),
            Reserved::DocumentField => format!("`{name}` is a system field of documents, and the service keeps it for itself."),
            Reserved::Underscore => format!("`{name}` begins with `_`, as the service's own fields do."),
        };
        report.add(place, "reserved", message).help("Give the field another name.");
    }
}
