//! Stages whose id and parameters stand beside `config`, where they stood in older documents.

use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "stage-outside-config",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "the id or the parameters of a stage stand beside its `config`, not inside of it",
    docs: include_str!("../../docs/rules/stage-outside-config.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for retriever in facts.workspace.retrievers.iter().filter(|retriever| retriever.origin.form != Form::Answer) {
        for stage in &retriever.stages {
            let Some((first, others)) = stage.outside.split_first() else { continue };
            let keys = match others {
                [] => format!("`{}` belongs", facts.workspace.sources.slice(*first).trim_matches(['"', '\''])),
                _ => "`stage_id` and `parameters` belong".to_owned(),
            };
            let message = format!("{keys} inside `config`: what stands beside it is not read, so the stage has nothing to run.");
            let finding = report.add(*first, "outside of `config`", message);
            for other in others {
                finding.related(*other, "this one too");
            }
            finding.help("Write `config: { stage_id: …, parameters: { … } }`.");
            // A body may be put right before it is looked at: a showcase of the service's own sends this form.
            if retriever.origin.form == Form::Request {
                finding.at_most(Severity::Warning);
            }
        }
    }
}
