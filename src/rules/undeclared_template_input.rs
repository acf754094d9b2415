//! Templates that use an input which their retriever does not declare.

use super::words::its_inputs;
use super::words::{entries, rewrite};
use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::suggest;
use crate::text::Span;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "undeclared-template-input",
    severity: Severity::Error,
    group: Group::Retrieval,
    summary: "a template uses an input that its retriever does not declare",
    docs: include_str!("../../docs/rules/undeclared-template-input.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (variable, schema) in facts.undeclared_inputs() {
        let (retriever, name) = (&facts.workspace.retrievers[variable.retriever], variable.name());
        let message = format!(
            "`{}` has no input `{name}`, so `{{{{{}}}}}` has nothing to be filled with.",
            retriever.origin.name(),
            &variable.text.value[variable.part.range.clone()]
        );
        let finding = report.add(variable.place(facts.workspace), "not declared", message);
        let names: Vec<&str> = schema.inputs.iter().map(|input| input.name.value.as_str()).collect();
        finding.related(schema.key, its_inputs(&names));
        match suggest::nearest(name, names.iter().copied()) {
            Some(near) => {
                let is_sole = suggest::is_sole(name, near, names.iter().copied());
                let fix = is_sole.then(|| rewrite::in_template(&facts.workspace.sources, variable, name, near)).flatten();
                finding.help(format!("Did you mean `{near}`?")).fix(fix)
            }
            None => finding.help(format!("Declare `{name}` in the `input_schema`.")),
        };
        let beside = |first: Span| Some(vec![entries::typed_beside(facts, first, name, "text")?]);
        let declared = schema.inputs.first().and_then(|first| beside(first.name.span));
        finding.fix(rewrite::perhaps(format!("Declare `{name}` in the `input_schema`"), declared));
    }
}
