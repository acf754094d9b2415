//! Several values for an input that takes one.

use super::{Check, Group, Report, Rule, words};
use crate::definitions::FieldType;
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Fed, Used};

pub(super) static RULE: Rule = Rule {
    name: "multiple-values",
    severity: Severity::Warning,
    group: Group::Mappings,
    summary: "an input that takes one value is fed with several",
    docs: include_str!("../../docs/rules/multiple-values.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in &facts.extractors {
        report_lists(facts, used, report);
    }
    for feeding in facts.feedings() {
        let (field, input) = (feeding.field, feeding.input);
        let items = field.items.as_ref().map(|items| &items.kind);
        let may_fit = items.is_none_or(|kind| matches!(kind, FieldType::Unknown(_)) || input.fits(kind));
        // What extractors write as an array is a vector or a record of theirs, and has another finding.
        let is_declared = field.declaration.is_some();
        if field.kind != FieldType::Array || input.takes_several || input.fits(&field.kind) || !may_fit || !is_declared {
            continue;
        }
        let message = format!(
            "The input `{}` of `{}` takes one value, and `{}` is {}.",
            feeding.name,
            feeding.extractor.name,
            feeding.path(),
            field.describe()
        );
        let finding = report.add(feeding.place(), "several values", message);
        if let Some(span) = field.span {
            finding.related(span, "the array is declared here");
        }
        feeding.guess.iter().for_each(|guess| words::rests_on_guess(finding, facts.workspace, *guess));
        finding.about(facts.workspace.collection_subject(feeding.collection));
    }
}

/// Lists of paths.
fn report_lists(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    let mut said = None;
    for mapping in &used.written.input_mappings {
        let (Some(list), Some(extractor), Fed::Input(input)) = (mapping.list, used.catalogued(), used.fed(&mapping.input.value))
        else {
            continue;
        };
        if input.takes_several || said.replace(list) == Some(list) {
            continue;
        }
        let message =
            format!("The input `{}` of `{}` takes one value, and is fed by a list.", mapping.input.value, extractor.name);
        report
            .add(list, "a list of paths", message)
            .help(format!("Write one path: `\"{}\"`.", mapping.path.value))
            .about(facts.workspace.collection_subject(used.collection));
    }
}
