//! Filters that come after a dear stage, and could come before it.

use super::{Check, Group, Report, Rule};
use crate::definitions::{Filter, Value};
use crate::diagnostic::Severity;
use crate::stages::Cost;
use crate::workspace::{Facts, StageUse};

pub(super) static RULE: Rule = Rule {
    name: "suboptimal-stage-order",
    severity: Severity::Info,
    group: Group::Retrieval,
    summary: "a filter stands after a stage that asks a model, and could stand before it",
    docs: include_str!("../../docs/rules/suboptimal-stage-order.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for pipeline in &facts.pipelines {
        for (at, used) in pipeline.stages.iter().enumerate() {
            let Some(fields) = filtered_fields(used) else { continue };
            let is_dear = |earlier: &&StageUse<'_>| {
                earlier
                    .kind()
                    .is_some_and(|kind| kind.cost == Some(Cost::Expensive) && kind.category.as_deref() != Some("filter"))
            };
            let Some(dear) = pipeline.stages[..at].iter().find(is_dear) else { continue };
            // What stages in between have written is not there before.
            let written = |stage: &StageUse<'_>| stage.kind().map(|kind| kind.writes(stage.stage.parameters.as_ref()));
            let between = pipeline.stages[..at].iter().flat_map(|stage| written(stage).unwrap_or_default());
            let between: Vec<String> = between.collect();
            let is_replaced = pipeline.stages[..at]
                .iter()
                .enumerate()
                .any(|(at, stage)| stage.kind().is_none_or(|kind| kind.replaces(stage.stage.parameters.as_ref(), at == 0)));
            let is_there = |field: &String| !between.iter().any(|written| field.split('.').next() == Some(written));
            if is_replaced || !fields.iter().all(is_there) {
                continue;
            }
            let id = dear.stage.id.as_ref().map_or("", |id| &id.value);
            let message = format!(
                "The filter `{}` comes after `{id}`, which is run for documents that the filter then drops.",
                used.stage.title()
            );
            report
                .add(used.stage.place, "could come earlier", message)
                .related(dear.stage.place, "this asks a model for each document")
                .help(format!("Move it before `{}`. The service may do so by itself.", dear.stage.title()));
        }
    }
}

/// The fields that an `attribute_filter` compares.
fn filtered_fields(used: &StageUse<'_>) -> Option<Vec<String>> {
    let kind = used.kind().filter(|kind| kind.id == "attribute_filter")?;
    let parameters = used.stage.parameters.as_ref()?;
    if parameters.get("natural_language").is_some() {
        return None;
    }
    let simple = parameters.get("field").and_then(Value::as_str).map(str::to_owned);
    let filter = parameters.get("conditions").map(Filter::read).unwrap_or_default();
    let conditions = filter.conditions.into_iter().map(|condition| condition.field.value.into());
    let fields: Vec<String> = simple.into_iter().chain(conditions).collect();
    (!fields.is_empty() || !filter.faults.is_empty()).then_some(fields).filter(|_| kind.cost == Some(Cost::Cheap))
}
