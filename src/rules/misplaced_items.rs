//! Fields that declare `items` and are no array.

use super::words::{entries, rewrite};
use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::{DeclaredSchema, Facts};

pub(super) static RULE: Rule = Rule {
    name: "misplaced-items",
    severity: Severity::Warning,
    group: Group::Schema,
    summary: "a field that is no array declares items",
    docs: include_str!("../../docs/rules/misplaced-items.md"),
    check: Check::Schema(check),
};

fn check(facts: &Facts<'_>, schema: &DeclaredSchema<'_>, report: &mut Report) {
    for declared in &schema.fields {
        if let (field, Some(place)) = (declared.field, declared.declaration.misplaced_items()) {
            let message = format!("`{}` is {}, and only an array has `items`.", field.name, field.describe());
            let finding = report.add(place, "on something that is no array", message);
            finding.help("Set the type to `array`, or remove `items`.");
            let kind = declared.declaration.type_name.as_ref();
            let edit = kind.and_then(|kind| rewrite::word(&facts.workspace.sources, kind.span, "array")).map(|edit| vec![edit]);
            finding.fix(rewrite::perhaps("Set the type to `array`", edit));
            finding.fix(entries::without(facts, place, "items"));
        }
    }
}
