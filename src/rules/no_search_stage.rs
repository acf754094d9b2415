//! Retrievers of which no stage finds documents.

use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::stages::{Known, Start};
use crate::workspace::{Facts, StageUse};

pub(super) static RULE: Rule = Rule {
    name: "no-search-stage",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "no stage of a retriever finds documents",
    docs: include_str!("../../docs/rules/no-search-stage.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for pipeline in &facts.pipelines {
        // What searches no collection may only ask a model.
        if pipeline.retriever.collections.is_empty() || pipeline.stages.is_empty() {
            continue;
        }
        let finds = |(at, used): (usize, &StageUse<'_>)| match used.known {
            Known::Catalogued(kind) => match kind.start(used.stage.parameters.as_ref()) {
                Start::Always => true,
                Start::First => at == 0,
                Start::Never => false,
            },
            // What is not known may find documents; what is gone finds none.
            Known::Unknown(_) | Known::Undecided => true,
            Known::Legacy(_) => false,
        };
        if !pipeline.stages.iter().enumerate().any(finds) {
            let origin = &pipeline.retriever.origin;
            let message = format!("No stage of `{}` finds documents, so the others have nothing to work on.", origin.name());
            report
                .add(origin.place(), "finds nothing", message)
                .help("Begin with `feature_search`, or with an `attribute_filter` as the first stage.");
        }
    }
}
