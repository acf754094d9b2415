//! Versions that an extractor does not have.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::extractors::Known;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unknown-extractor-version",
    severity: Severity::Warning,
    group: Group::Mappings,
    summary: "an extractor is used in a version that is not in the catalogue",
    docs: include_str!("../../docs/rules/unknown-extractor-version.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (name, version, known) in facts.named_extractors() {
        let (Known::OtherVersions(others), Some(version)) = (known, version) else { continue };
        let versions: Vec<&str> = others.iter().map(|extractor| extractor.version.as_str()).collect();
        let wanted = &version.value;
        let message =
            format!("The catalogue has no version `{wanted}` of `{}`, so its inputs and parameters are not checked.", name.value);
        let other = match &versions[..] {
            [one] => format!("The one it has is `{one}`."),
            many => format!("Those it has are {}.", words::and(many)),
        };
        let finding = report.add(version.span, "no such version", message);
        finding.help(other);
        if let [one] = versions[..] {
            finding.fix(rewrite::perhaps_path(&facts.workspace.sources, version, one));
        }
    }
}
