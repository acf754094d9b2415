//! Passthrough entries that say two things about a missing field.

use super::words::{entries, rewrite};
use super::{Check, Group, Report, Rule, words};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::resolve::Resolution;
use crate::workspace::{Facts, Lookup, Site, Use};

pub(super) static RULE: Rule = Rule {
    name: "contradictory-passthrough",
    severity: Severity::Warning,
    group: Group::Output,
    summary: "a passthrough entry says two things about a missing field",
    docs: include_str!("../../docs/rules/contradictory-passthrough.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in &facts.extractors {
        for entry in &used.written.field_passthrough {
            let (Some(required), Some(default)) = (entry.required.as_ref().filter(|it| it.value), &entry.default) else {
                continue;
            };
            let path = &entry.source_path.value;
            let message = format!("`{path}` is required, so its default is never used: an object without it fails.");
            let finding = report.add(required.span, "fails without the field", message);
            finding.at_most(Severity::Info).related(default.span, "has a value for when it is missing");
            finding.help("Keep the `default` and remove `required`, or the other way round.");
            finding.fix(entries::without(facts, required.span, "required"));
            finding.fix(entries::without(facts, default.span, "default"));
        }
    }
    let is_written = |used: &Use<'_>| facts.workspace.collections[used.collection].origin.form != Form::Answer;
    for used in &facts.uses {
        let (Site::Passthrough(entry), Lookup::Resolved { resolution: Resolution::Field(field), guess, .. }) =
            (used.site, &used.lookup)
        else {
            continue;
        };
        let required = entry.required.as_ref().filter(|required| required.value && entry.default.is_none());
        let Some(required) = required.filter(|_| is_written(used)) else { continue };
        let declared = field.declaration.as_ref().and_then(|declaration| declaration.required.as_ref());
        // A schema that says nothing of `required` is not meant to say that the field is optional.
        let Some(optional) = declared.filter(|declared| !declared.value) else { continue };
        let path = &entry.source_path.value;
        let message = format!(
            "`{path}` is required here, and its schema lets objects leave it out: such an object is accepted and then fails."
        );
        let finding = report.add(required.span, "required here", message);
        finding.related(optional.span, "optional here");
        finding.help("Set `required` in the schema too, or give the entry a `default` in place of `required`.");
        let edit = rewrite::word(&facts.workspace.sources, optional.span, "true").map(|edit| vec![edit]);
        finding.fix(rewrite::perhaps("Set `required` in the schema", edit));
        words::soften(finding, facts, used, guess.as_deref());
    }
}
