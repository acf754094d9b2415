//! Fields that a bucket requires and an object does not have.

use super::words::objects;
use super::{Check, Group, Report, Rule};
use crate::conform::{Breach, Problem};
use crate::definitions::Bucket;
use crate::diagnostic::Severity;

pub(super) static RULE: Rule = Rule {
    name: "missing-object-field",
    severity: Severity::Error,
    group: Group::Data,
    summary: "an object lacks a field that its bucket requires",
    docs: include_str!("../../docs/rules/missing-object-field.md"),
    check: Check::All(|facts, report| objects::report(facts, report, phrase)),
};

pub(super) fn phrase(breach: &Breach<'_>, bucket: &Bucket, report: &mut Report) {
    let Problem::Missing(place) = &breach.problem else { return };
    let (path, name) = (&place.path, bucket.origin.name());
    let label = format!("no `{path}`");
    let finding =
        report.add(breach.span, label, format!("Bucket `{name}` requires the field `{path}`, and this object has none."));
    let declaration = place.field.declaration.as_ref();
    if let Some(required) = declaration.and_then(|declaration| declaration.required.as_ref()) {
        finding.related(required.span, "it is required here");
    }
    finding.help(match place.field.kind.is_file() && *path == place.field.name {
        true => format!("Add a blob with the property `{path}`."),
        false => format!("Add `{path}`: {}.", place.field.describe()),
    });
}
