//! Misspelt parameters of stages that have a live default: the stage runs, and does something else.

use super::words::rewrite;
use super::words::sure;
use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::stages::strays;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "default-hides-typo",
    severity: Severity::Error,
    group: Group::Retrieval,
    summary: "a parameter of a stage is misspelt, and a default is used in its place",
    docs: include_str!("../../docs/rules/default-hides-typo.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.pipelines.iter().flat_map(|pipeline| &pipeline.stages) {
        let (Some(kind), Some(parameters)) = (used.kind(), &used.stage.parameters) else { continue };
        for stray in strays(kind, parameters) {
            let (Some(default), Some(meant)) = (stray.default, stray.meant) else { continue };
            let key = &stray.entry.key;
            let message = format!(
                "The stage `{}` has no parameter `{}`; where `{meant}` is left out, it uses the default `{}`.",
                kind.id,
                key.value,
                default.shown()
            );
            let finding = report.add(key.span, "no such parameter", message);
            finding.help(format!("Write `{meant}`."));
            let names = (key.value.as_str(), meant);
            finding.fix(rewrite::slip(&facts.workspace.sources, key.span, names, stray.known.iter().copied()));
            sure(finding, kind.confidence);
        }
    }
}
