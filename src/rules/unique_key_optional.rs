//! Unique keys of fields that an object may leave out.

use super::words::{entries, rewrite};
use super::{Check, Group, Report, Rule};
use crate::definitions::FieldType;
use crate::diagnostic::Severity;
use crate::resolve::Resolution;
use crate::workspace::{Facts, NamedBy};

pub(super) static RULE: Rule = Rule {
    name: "unique-key-optional",
    severity: Severity::Warning,
    group: Group::Schema,
    summary: "a field of a unique key is not required",
    docs: include_str!("../../docs/rules/unique-key-optional.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for named in facts.workspace.named_fields().filter(|named| matches!(named.by, NamedBy::UniqueKey)) {
        let Resolution::Field(field) = named.resolution else { continue };
        let Some(declaration) = &field.declaration else { continue };
        let is_single = matches!(field.kind, FieldType::Scalar(_)) && !field.kind.is_file();
        if !is_single || field.is_required() || declaration.default().is_some() {
            continue;
        }
        let message = format!("`{}` is in the unique key and not required, but every object needs a value of it.", field.name);
        let finding = report.add(named.name.span, "may be absent", message);
        if let Some(span) = declaration.required.as_ref().map(|required| required.span).or(field.span) {
            finding.related(span, "not required here");
        }
        finding.help("Put `\"required\": true` on the field.");
        let sources = &facts.workspace.sources;
        let edit = match (&declaration.required, &declaration.type_name) {
            (Some(required), _) => rewrite::word(sources, required.span, "true"),
            (None, Some(kind)) => entries::beside(facts, kind.span, "required", "true"),
            (None, None) => None,
        };
        finding.fix(rewrite::perhaps("Require the field", edit.map(|edit| vec![edit])));
    }
}
