//! Stages that the service does not have, or no longer has.

use super::words::rewrite;
use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::stages::Known;
use crate::suggest;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unknown-stage",
    severity: Severity::Error,
    group: Group::Retrieval,
    summary: "a stage has an id that is no stage of the service",
    docs: include_str!("../../docs/rules/unknown-stage.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.pipelines.iter().flat_map(|pipeline| &pipeline.stages) {
        let Some(id) = &used.stage.id else { continue };
        match used.known {
            Known::Legacy(legacy) => {
                let message = format!("The service has no stage `{}` any more.", id.value);
                let note = legacy.note.as_ref().map(|note| format!(" {note}")).unwrap_or_default();
                let fix = rewrite::perhaps_path(&facts.workspace.sources, id, &legacy.instead);
                report.add(id.span, "no such stage", message).help(format!("Write `{}`{note}.", legacy.instead)).fix(fix);
            }
            Known::Unknown(near) => {
                let told = &facts.workspace.stages;
                let who = if told.is_empty() { "the service's published models and pages name" } else { "the catalogue lists" };
                let message = format!("`{}` is none of the stages that {who}.", id.value);
                let finding = report.add(id.span, "not a known stage", message);
                if told.is_empty() {
                    finding.at_most(Severity::Warning);
                }
                if let Some(near) = suggest::nearest(&id.value, told.iter().map(String::as_str)).or(near) {
                    let fix = rewrite::perhaps_path(&facts.workspace.sources, id, near);
                    finding.help(format!("Did you mean `{near}`?")).fix(fix);
                }
            }
            Known::Catalogued(_) | Known::Undecided => {}
        }
    }
}
