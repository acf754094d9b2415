//! Clusterings that let a model name their groups, and show it nothing of them.

use super::{Check, Group, Report, Rule};
use crate::definitions::{Form, Value};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "labels-without-inputs",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "a model names the groups of a clustering, and is shown nothing of the documents",
    docs: include_str!("../../docs/rules/labels-without-inputs.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for cluster in facts.workspace.clusters.iter().filter(|cluster| cluster.origin.form != Form::Answer) {
        let Some(labeling) = cluster.value("llm_labeling") else { continue };
        let Some(enabled) = labeling.get("enabled").filter(|enabled| enabled.as_bool() == Some(true)) else { continue };
        let mappings = labeling.get("labeling_inputs").and_then(|inputs| inputs.get("input_mappings"));
        if mappings.is_some_and(|mappings| !mappings.items().is_empty())
            || labeling.get("custom_prompt").and_then(Value::as_str).is_some()
        {
            continue;
        }
        let message = format!(
            "The model that names the groups of `{}` is shown none of their fields, so it names them after the names of fields.",
            cluster.origin.name()
        );
        report
            .add(enabled.span, "shown nothing", message)
            .help("Add `labeling_inputs: { input_mappings: [{ input_key: text, source_type: payload, path: … }] }`.");
    }
}
