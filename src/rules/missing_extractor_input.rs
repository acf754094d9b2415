//! Inputs that must be fed and are not.

use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Fed, Used};

pub(super) static RULE: Rule = Rule {
    name: "missing-extractor-input",
    severity: Severity::Error,
    group: Group::Mappings,
    summary: "an input that the extractor needs is not fed",
    docs: include_str!("../../docs/rules/missing-extractor-input.md"),
    check: Check::Extractor(check),
};

fn check(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    let (Some(extractor), Some(place)) = (used.catalogued(), used.written.input_mappings_span) else { return };
    // A key that is none of its inputs stands where the missing one belongs; that is one mistake, and has its own finding.
    let is_input = |name: &str| matches!(used.fed(name), Fed::Input(_));
    if used.written.has_unreadable_inputs || !used.written.inputs.iter().all(|input| is_input(&input.value)) {
        return;
    }
    if let Some((all_of, any_of, confidence)) = used.missing() {
        let (needs, label) = match (&all_of[..], &any_of[..]) {
            ([one], _) => (format!("its input `{one}`, and nothing feeds it"), format!("does not feed `{one}`")),
            ([], any) => (
                format!("at least one of its inputs {}, and nothing feeds any of them", words::or(any)),
                "feeds none of them".to_owned(),
            ),
            (all, _) => (format!("its inputs {}, and nothing feeds them", words::and(all)), "does not feed them".to_owned()),
        };
        let message = format!("`{}` needs {needs}.", extractor.name);
        let finding = report.add(place, label, message);
        finding.help(help(all_of.first().or(any_of.first()).copied().unwrap_or_default()));
        words::sure(finding, confidence);
        finding.about(facts.workspace.collection_subject(used.collection));
    } else {
        report_lonely(facts, used, report);
    }
}

fn help(input: &str) -> String {
    format!("Map it to a field of the source: `\"{input}\": \"<field>\"`.")
}

/// Inputs that mean something only beside others.
fn report_lonely(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    for fed in &used.written.inputs {
        let Fed::Input(input) = used.fed(&fed.value) else { continue };
        let is_fed = |name: &String| used.written.inputs.iter().any(|fed| fed.value == *name);
        if input.only_with.is_empty() || input.only_with.iter().any(is_fed) {
            continue;
        }
        let others = words::or(&input.only_with);
        let finding =
            report.add(fed.span, format!("needs {others}"), format!("The input `{}` is read only with {others}.", fed.value));
        words::sure(finding, input.confidence);
        finding.about(facts.workspace.collection_subject(used.collection));
    }
}
