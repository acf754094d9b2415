//! Parameters that a stage does not have.

use super::words::rewrite;
use super::words::{entries, series_of_many, sure};
use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::stages::strays;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unknown-stage-parameter",
    severity: Severity::Error,
    group: Group::Retrieval,
    summary: "a stage has a parameter that stages of its kind do not take",
    docs: include_str!("../../docs/rules/unknown-stage-parameter.md"),
    check: Check::All(check),
};

/// As many parameters are listed; of more, only the nearest is named.
const FEW: usize = 8;

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.pipelines.iter().flat_map(|pipeline| &pipeline.stages) {
        let (Some(kind), Some(parameters)) = (used.kind(), &used.stage.parameters) else { continue };
        for stray in strays(kind, parameters).iter().filter(|stray| stray.default.is_none()) {
            let key = &stray.entry.key;
            let message = match stray.holder.as_str() {
                "" => format!("The stage `{}` has no parameter `{}`.", kind.id, key.value),
                holder => format!("`{holder}` of the stage `{}` has no key `{}`.", kind.id, key.value),
            };
            let finding = report.add(key.span, "no such parameter", message);
            match stray.meant {
                Some("") => {
                    let fix = entries::without(facts, key.span, &key.value);
                    finding.help("Nothing took its place: take it out.").fix(fix)
                }
                Some(meant) => {
                    let names = (key.value.as_str(), meant);
                    let fix = rewrite::slip(&facts.workspace.sources, key.span, names, stray.known.iter().copied());
                    finding.help(format!("Write `{meant}`.")).fix(fix)
                }
                None if stray.known.len() <= FEW => finding.help(format!("There are {}.", series_of_many(&stray.known))),
                None => finding,
            };
            sure(finding, kind.confidence);
        }
    }
}
