//! Resources of manifests that do not say what they are for. It is applied only when it is asked for.

use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Form, Noun};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "missing-description",
    severity: Severity::Info,
    group: Group::Manifest,
    summary: "a resource of a manifest has no description; only where that is asked for",
    docs: include_str!("../../docs/rules/missing-description.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let of_manifests = facts.workspace.resources().filter(|(_, origin)| origin.form == Form::Manifest && !origin.is_described);
    for ((kind, _), origin) in of_manifests.filter(|((kind, _), _)| *kind != Noun::Manifest) {
        let name = match origin.name() {
            "" => String::new(),
            name => format!(" {}", words::name(name)),
        };
        let message = format!("The {}{name} has no `description`.", kind.name());
        report.add(origin.place(), "not described", message).help("Say in a sentence what it is for.");
    }
}
