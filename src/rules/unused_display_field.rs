//! Settings of how fields are shown, for fields that are not shown.

use super::words::rewrite;
use super::{Check, Group, Report, Rule};
use crate::definitions::{Form, Value};
use crate::diagnostic::Severity;
use crate::suggest;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unused-display-field",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "a retriever says how a field is shown that is not among its exposed fields",
    docs: include_str!("../../docs/rules/unused-display-field.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for retriever in facts.workspace.retrievers.iter().filter(|retriever| retriever.origin.form != Form::Answer) {
        let Some(config) = &retriever.display_config else { continue };
        let (Some(exposed), Some(fields)) = (config.get("exposed_fields"), config.get("field_config")) else { continue };
        let names: Vec<&str> = exposed.items().iter().filter_map(Value::as_str).collect();
        for entry in fields.entries().iter().filter(|entry| !names.contains(&entry.key.value.as_str())) {
            let message =
                format!("`field_config` says how `{}` is shown, and it is not among the `exposed_fields`.", entry.key.value);
            let finding = report.add(entry.key.span, "not shown", message);
            finding.related(exposed.span, "the fields that are shown");
            match suggest::nearest(&entry.key.value, names.iter().copied()) {
                Some(near) => {
                    let words = (entry.key.value.as_str(), near);
                    let fix = rewrite::slip(&facts.workspace.sources, entry.key.span, words, names.iter().copied());
                    finding.help(format!("Did you mean `{near}`?")).fix(fix)
                }
                None => finding.help("Add it to the `exposed_fields`, or take it out."),
            };
        }
    }
}
