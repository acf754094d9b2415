//! Collections whose documents hold nothing of their source, and nothing of their own.

use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::workspace::{Facts, has_named_outputs};

pub(super) static RULE: Rule = Rule {
    name: "empty-output",
    severity: Severity::Warning,
    group: Group::Output,
    summary: "an extractor that only passes fields on is given no fields to pass on",
    docs: include_str!("../../docs/rules/empty-output.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for collection in &workspace.collections {
        if collection.is_enriched() || collection.origin.form == Form::Answer {
            continue;
        }
        let [used] = &collection.extractors[..] else { continue };
        if !used.field_passthrough.is_empty() || used.include_all_source_fields == Some(true) {
            continue;
        }
        let Some(extractor) = workspace.catalogue.of(used).filter(|it| it.may_pass_all_source_fields) else { continue };
        if has_named_outputs(used, extractor) {
            continue;
        }
        let place = used.name.as_ref().map_or_else(|| collection.origin.place(), |name| name.span);
        let name = &extractor.name;
        let finding = if used.include_all_source_fields == Some(false) {
            let message = format!("`{name}` runs no model, and no field is passed on: the documents hold nothing to search by.");
            report.add(place, "no field is passed on", message)
        } else {
            let message = format!(
                "`{name}` is not told which fields to pass on. Whether it then passes on none or all is not clear: the published \
                 descriptions disagree."
            );
            let finding = report.add(place, "says no fields to pass on", message);
            finding.at_most(Severity::Info)
        };
        finding.help("Name the fields in `field_passthrough`, or set `\"include_all_source_fields\": true`.");
    }
}
