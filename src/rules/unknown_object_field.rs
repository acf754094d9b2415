//! Fields of an object that the schema of its bucket does not have.

use super::words::objects;
use super::{Check, Group, Report, Rule};
use crate::conform::{Breach, Problem};
use crate::definitions::Bucket;
use crate::diagnostic::Severity;

pub(super) static RULE: Rule = Rule {
    name: "unknown-object-field",
    severity: Severity::Warning,
    group: Group::Data,
    summary: "an object has a field that its bucket does not declare",
    docs: include_str!("../../docs/rules/unknown-object-field.md"),
    check: Check::All(|facts, report| objects::report(facts, report, phrase)),
};

pub(super) fn phrase(breach: &Breach<'_>, bucket: &Bucket, report: &mut Report) {
    let name = bucket.origin.name();
    match &breach.problem {
        Problem::Undeclared { path, name: key, among, parent } => {
            let message = format!("Bucket `{name}` has no field `{path}`, so no collection can read it.");
            let finding = report.add(breach.span, "no such field", message);
            let help = objects::perhaps(key, among, parent.is_none());
            objects::looked_up_in(finding, *parent, bucket)
                .help(help.unwrap_or_else(|| "Declare it in the bucket schema, or leave it out.".to_owned()));
        }
        Problem::Envelope { declared } => {
            let message =
                format!("Bucket `{name}` has no field `metadata`: the fields of an object stand at its root, beside `blobs`.");
            let finding = report.add(breach.span, "no such field", message);
            let names: Vec<String> = declared.iter().map(|name| format!("`{name}`")).collect();
            objects::looked_up_in(finding, None, bucket).help(format!("Move {} to the root of the object.", names.join(", ")));
        }
        _ => {}
    }
}
