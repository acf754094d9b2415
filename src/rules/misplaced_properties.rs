//! Fields that declare `properties` and are no object.

use super::words::{entries, rewrite};
use super::{Check, Group, Report, Rule};
use crate::definitions::FieldType;
use crate::diagnostic::Severity;
use crate::workspace::{DeclaredSchema, Facts};

pub(super) static RULE: Rule = Rule {
    name: "misplaced-properties",
    severity: Severity::Warning,
    group: Group::Schema,
    summary: "a field that is no object declares properties",
    docs: include_str!("../../docs/rules/misplaced-properties.md"),
    check: Check::Schema(check),
};

fn check(facts: &Facts<'_>, schema: &DeclaredSchema<'_>, report: &mut Report) {
    for declared in &schema.fields {
        if let (field, Some(place)) = (declared.field, declared.declaration.misplaced_properties()) {
            let message = format!("`{}` is {}, and only an object has `properties`.", field.name, field.describe());
            let finding = report.add(place, "on something that is no object", message);
            finding.help(match field.kind {
                FieldType::Array => "Move `properties` into `items`, beside `\"type\": \"object\"`.",
                _ => "Set the type to `object`, or remove `properties`.",
            });
            let kind = declared.declaration.type_name.as_ref();
            let edit = kind.and_then(|kind| rewrite::word(&facts.workspace.sources, kind.span, "object")).map(|edit| vec![edit]);
            finding.fix(rewrite::perhaps("Set the type to `object`", edit));
            finding.fix(entries::without(facts, place, "properties"));
        }
    }
}
