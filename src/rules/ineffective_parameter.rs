//! Parameters that have no effect, because of what other parameters are set to.

use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::extractors::{How, broken};
use crate::workspace::{Facts, Used};

pub(super) static RULE: Rule = Rule {
    name: "ineffective-parameter",
    severity: Severity::Info,
    group: Group::Mappings,
    summary: "a parameter is set, and another parameter keeps it from being read",
    docs: include_str!("../../docs/rules/ineffective-parameter.md"),
    check: Check::Extractor(check),
};

fn check(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    let (Some(extractor), Some(parameters)) = (used.catalogued(), &used.written.parameters) else { return };
    for found in broken(extractor, parameters) {
        let name = &found.rule.parameter;
        let message = match found.how {
            How::ReadOnlyWith(other, []) => format!("`{name}` is read only when `{other}` is set."),
            How::ReadOnlyWith(other, wanted) => {
                format!("`{name}` is read only when `{other}` is {}.", words::or_values(wanted))
            }
            How::NotReadWith(other, actual) => {
                let how = if parameters.get(other).is_some() { "" } else { ", as it is when left out" };
                format!("`{name}` is not read when `{other}` is `{}`{how}.", actual.shown())
            }
            _ => continue,
        };
        let finding = report.add(found.value.span, "not read", message);
        let other = match found.how {
            How::ReadOnlyWith(other, _) | How::NotReadWith(other, _) => other,
            _ => continue,
        };
        if let Some(set) = parameters.get(other) {
            finding.related(set.span, format!("`{other}` is set here"));
        }
        finding.about(facts.workspace.collection_subject(used.collection));
    }
}
