//! Queries whose input is of another type than their mode takes.

use super::{Check, Group, Report, Rule};
use crate::definitions::{Braces, Root, Value, template_parts};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "input-mode-mismatch",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "the query of a search is filled with an input of another type than its `input_mode` takes",
    docs: include_str!("../../docs/rules/input-mode-mismatch.md"),
    check: Check::All(check),
};

/// The types of inputs that each mode takes. Addresses of files are strings too.
const MODES: [(&str, &[&str]); 3] = [
    ("text", &["text", "string"]),
    ("content", &["image", "video", "audio", "pdf", "excel", "string", "text", "object"]),
    ("document", &["document_reference", "string", "object"]),
];

fn check(facts: &Facts<'_>, report: &mut Report) {
    for pipeline in &facts.pipelines {
        let searches = pipeline.stages.iter().filter_map(|used| used.stage.parameter("searches")).flat_map(Value::items);
        for query in searches.filter_map(|search| search.get("query")) {
            let (Some(mode), Some(value)) = (query.get("input_mode"), query.get("value")) else { continue };
            let (Some(name), Some(text)) = (mode.as_str(), value.as_str()) else { continue };
            let Some((_, types)) = MODES.iter().find(|(known, _)| *known == name) else { continue };
            let [part] = &template_parts(text)[..] else { continue };
            // A part of a longer text may be of any type.
            let is_whole = text.trim() == &text[part.whole.clone()] && part.braces == Braces::Double && part.root == Root::Input;
            let Some(input) = pipeline.retriever.input(&part.path).filter(|_| is_whole) else { continue };
            let Some(kind) = input.kind.as_ref().filter(|kind| !types.contains(&kind.value.as_str())) else { continue };
            let message = format!(
                "The query is filled with `{}`, which is of the type `{}`, and `input_mode: {name}` takes {}.",
                part.path,
                kind.value,
                super::words::or(types)
            );
            let finding = report.add(value.span, "another type", message);
            finding.related(kind.span, "the type of the input");
            let fitting = MODES.iter().find(|(_, types)| types.contains(&kind.value.as_str()));
            finding.help(match fitting {
                Some((fitting, _)) => format!("Write `input_mode: {fitting}`, or change the type of the input."),
                None => "Change the type of the input, or fill the query with another one.".to_owned(),
            });
        }
    }
}
