//! Runs of retrievers that lack an input which must be given.

use super::words::series_of_many;
use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::{Call, Caller, Facts};

pub(super) static RULE: Rule = Rule {
    name: "unmapped-required-input",
    severity: Severity::Error,
    group: Group::Retrieval,
    summary: "something runs a retriever without an input that it must be given",
    docs: include_str!("../../docs/rules/unmapped-required-input.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for call in &facts.calls {
        // An alert gives what its applications do not.
        if !call.is_complete || call.caller == Caller::Alert {
            continue;
        }
        let retriever = &facts.workspace.retrievers[call.retriever];
        let is_given = |name: &str| call.given.iter().any(|given| given.value == name) || call.supplied.contains(&name);
        let missing: Vec<_> = retriever.required_inputs().filter(|input| !is_given(&input.name.value)).collect();
        if missing.is_empty() {
            continue;
        }
        let names: Vec<&str> = missing.iter().map(|input| input.name.value.as_str()).collect();
        let (is, it) = if names.len() == 1 { ("the input", "it") } else { ("the inputs", "them") };
        let message = format!(
            "{} runs `{}` without {is} {}, which it must be given.",
            who(call),
            retriever.origin.name(),
            series_of_many(&names)
        );
        let finding = report.add(call.place, format!("lacks {}", series_of_many(&names)), message);
        for input in missing {
            finding.related(input.name.span, "it must be given");
        }
        finding.help(help(call.caller, names[0], it));
        // How the steps of an acceptance are written is not published; and others than its page may run a retriever.
        if matches!(call.caller, Caller::Acceptance | Caller::Page) {
            finding.at_most(Severity::Warning);
        }
    }
}

/// Who runs the retriever, as a sentence begins with it.
fn who(call: &Call<'_>) -> String {
    let name = call.origin.name();
    match call.caller {
        Caller::Taxonomy => format!("The taxonomy `{name}`"),
        Caller::AlertApplication => format!("An alert of `{name}`"),
        Caller::Alert => format!("The alert `{name}`"),
        Caller::Enrichment => format!("An enrichment of `{name}`"),
        Caller::IngestFilter => format!("The ingest filter of `{name}`"),
        Caller::Acceptance => "A step of the acceptance".to_owned(),
        Caller::Transform => format!("The transform of `{name}`"),
        Caller::Stage => format!("A stage of `{name}`"),
        Caller::Page => "The page of a retriever".to_owned(),
    }
}

fn help(caller: Caller, name: &str, it: &str) -> String {
    match caller {
        Caller::Taxonomy => format!("Add `{{ input_key: {name}, source_type: payload, path: … }}` to its `input_mappings`."),
        Caller::AlertApplication | Caller::Enrichment | Caller::Transform => {
            format!("Add `{{ input_key: {name}, source: {{ source_type: document_field, path: … }} }}` to its `input_mappings`.")
        }
        Caller::IngestFilter => {
            format!("It gives each input the field of the same name: declare {it} in the schema of the bucket.")
        }
        Caller::Alert | Caller::Acceptance => format!("Add `{name}` to its `inputs`."),
        Caller::Stage => format!("Add `{name}` to its `retriever_inputs`."),
        Caller::Page => format!("Add an entry with `field_name: {name}` to the `inputs` of `display_config`."),
    }
}
