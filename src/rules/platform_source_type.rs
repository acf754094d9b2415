//! Types of sources that only the platform gives to collections.

use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "platform-source-type",
    severity: Severity::Warning,
    group: Group::Links,
    summary: "a source has a type that only the platform gives to the collections that it makes itself",
    docs: include_str!("../../docs/rules/platform-source-type.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for collection in facts.workspace.collections.iter().filter(|collection| collection.origin.form != Form::Answer) {
        let Some(name) = collection.source.type_name.as_ref().filter(|_| collection.source.is_of_platform()) else { continue };
        let message = format!("The source type `{}` is set by the platform, on collections that it makes itself.", name.value);
        report
            .add(name.span, "not a type to choose", message)
            .help("Write `bucket` and name a bucket, or write `collection` and name a collection.");
    }
}
