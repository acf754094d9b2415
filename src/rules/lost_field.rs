//! Fields that a collection reads, and that a collection further up loses.

use super::{Report, Rule, words};
use crate::diagnostic::{Label, Severity};
use crate::workspace::{Facts, Lookup, Lost, Passing, Step, Workspace};

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
        let Some(step) = lost.steps.iter().find(|step| changes(step)) else { continue };
        let name = words::named(workspace, step.tier);
        let missing = words::missing(path.text);
        let whole = workspace.sources.part(used.path(), 0..path.text.len());
        let finding = match step.passing {
            Passing::Entry(entry) => {
                let (output, span) = entry.output();
                let how = if entry.target_path.is_some() { "renames" } else { "flattens" };
                let what = if entry.source_path.value == path.text { "it" } else { &format!("`{}`", entry.source_path.value) };
                report
                    .add(
                        whole,
                        format!("{name} {how} {what} to `{output}`"),
                        format!("{missing}: {name} {how} {what} to `{output}`."),
                    )
                    .related(span, "it gets its new name here")
            }
            Passing::Whole | Passing::Dropped => {
                let tier = &workspace.collections[step.tier];
                let passed = tier.extractors.iter().find_map(|extractor| extractor.field_passthrough_span);
                let (place, here) = match passed {
                    Some(span) => (span, "it is not among the fields that are passed on here"),
                    None => (tier.origin.place(), "this collection passes no fields on"),
                };
                let message = format!("{missing}: the source of {name} has it, but {name} does not pass it on.");
                report.add(whole, format!("lost in {name}"), message).related(place, here)
            }
        };
        if let Some(span) = lost.field.span {
            finding.related(span, "declared here");
        }
        finding.lineage(way(workspace, lost));
        finding.help(advice(workspace, lost, path.text));
        words::soften(finding, facts, used, *guess);
    }
}

/// What becomes of the field in each collection on the way.
fn way(workspace: &Workspace, lost: &Lost<'_>) -> Vec<Label> {
    let declared = lost.field.span.map(|span| Label { span, message: "declared here".to_owned() });
    let step = |step: &Step<'_>| {
        let (name, place) = (words::named(workspace, step.tier), workspace.collections[step.tier].origin.place());
        let (span, message) = match step.passing {
            Passing::Whole => (place, format!("{name} passes it on")),
            Passing::Entry(entry) => (entry.output().1, format!("{name} passes it on through `{}`", entry.output().0)),
            Passing::Dropped => (place, format!("{name} does not pass it on")),
        };
        Label { span, message }
    };
    declared.into_iter().chain(lost.steps.iter().map(step)).collect()
}

/// Whether the field does not leave a collection under the path that it came in under.
fn changes(step: &Step<'_>) -> bool {
    match step.passing {
        Passing::Whole => false,
        Passing::Entry(entry) => entry.output().0 != entry.source_path.value,
        Passing::Dropped => true,
    }
}

/// What every collection on the way has to pass on, and what to write then.
fn advice(workspace: &Workspace, lost: &Lost<'_>, written: &str) -> String {
    let mut additions: Vec<(&str, Vec<String>)> = Vec::new();
    for step in lost.steps.iter().filter(|step| matches!(step.passing, Passing::Dropped)) {
        let name = format!("of {}", words::named(workspace, step.tier));
        match additions.last_mut() {
            Some((path, names)) if *path == step.path => names.push(name),
            _ => additions.push((&step.path, vec![name])),
        }
    }
    let entry = |(path, names): &(&str, Vec<String>)| {
        format!("`{{ \"source_path\": \"{path}\" }}` to the `field_passthrough` {}", names.join(" and "))
    };
    let added: Vec<String> = additions.iter().map(entry).collect();
    match (added.is_empty(), lost.arrives_as == written) {
        (true, _) => format!("Write `{}`.", lost.arrives_as),
        (false, true) => format!("Add {}.", added.join(" and ")),
        (false, false) => format!("Add {}, and write `{}`.", added.join(" and "), lost.arrives_as),
    }
}
