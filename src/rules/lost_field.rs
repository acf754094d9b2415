//! Fields that a collection reads, and that a collection further up loses.

use super::{Report, Rule, words};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Lookup};

pub(super) static RULE: Rule = Rule {
    name: "lost-field",
    severity: Severity::Error,
    summary: "a collection reads a field that a collection further up has but does not pass on",
    docs: include_str!("../../docs/rules/lost-field.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for used in &facts.uses {
        let Lookup::Resolved { path, guess, lost: Some(lost), .. } = &used.lookup else { continue };
        let tier = &workspace.collections[lost.tier];
        let name = words::named(workspace, lost.tier);
        let missing = words::missing(path.text);
        let whole = workspace.sources.part(used.path(), 0..path.text.len());
        let finding = match lost.renamed {
            Some(entry) => {
                let (output, span) = entry.output();
                let how = if entry.target_path.is_some() { "renames it to" } else { "flattens it to" };
                report
                    .add(whole, format!("{name} {how} `{output}`"), format!("{missing}: {name} {how} `{output}`."))
                    .related(span, "it gets its new name here")
                    .help(format!("Write `{output}`."))
            }
            None => {
                let passed = tier.extractors.iter().find_map(|extractor| extractor.field_passthrough_span);
                let (place, here) = match passed {
                    Some(span) => (span, "it is not among the fields that are passed on here"),
                    None => (tier.origin.place(), "this collection passes no fields on"),
                };
                report
                    .add(whole, format!("lost in {name}"), format!("{missing}: {name} reads it but does not pass it on."))
                    .related(place, here)
                    .help(format!("Add `{{ \"source_path\": \"{}\" }}` to the `field_passthrough` of {name}.", path.text))
            }
        };
        if let Some(span) = lost.field.span {
            finding.related(span, "declared here");
        }
        words::soften(finding, facts, used, *guess);
    }
}
