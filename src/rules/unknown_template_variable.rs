//! Variables of templates that belong to nothing, or to something that is not there yet.

use super::words::rewrite;
use super::{Check, Group, Report, Rule};
use crate::definitions::{Braces, Root};
use crate::diagnostic::Severity;
use crate::suggest;
use crate::workspace::{Facts, Variable};

pub(super) static RULE: Rule = Rule {
    name: "unknown-template-variable",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "a template uses a variable that nothing fills",
    docs: include_str!("../../docs/rules/unknown-template-variable.md"),
    check: Check::All(check),
};

/// What variables belong to, as it is usually written.
const ROOTS: [&str; 6] = ["INPUT", "DOC", "CONTEXT", "STAGE", "SECRET", "secrets"];

fn check(facts: &Facts<'_>, report: &mut Report) {
    for variable in facts.variables.iter().filter(|variable| variable.part.braces == Braces::Double) {
        match variable.part.root {
            Root::Other => check_root(facts, report, variable),
            Root::Context => check_alias(facts, report, variable),
            _ => {}
        }
    }
}

/// Names of their own that blocks define are in small letters; only a slip of a known word is surely none.
fn check_root(facts: &Facts<'_>, report: &mut Report, variable: &Variable<'_>) {
    let (word, path) = (variable.part.word.as_str(), variable.part.path.as_str());
    let Some(near) = suggest::nearest(word, ROOTS).filter(|_| !path.is_empty()) else { return };
    let message = format!("Nothing is called `{word}` in a template, so `{{{{{word}.{path}}}}}` has nothing to be filled with.");
    let finding = report.add(variable.place(facts.workspace), "no such variable", message);
    finding.help(format!("Did you mean `{near}.{path}`?"));
    if suggest::is_sole(word, near, ROOTS) {
        finding.fix(rewrite::in_template(&facts.workspace.sources, variable, word, near));
    }
}

/// What a stage leaves under its `output_alias` is there for the stages after it. What else is in the context is not published.
fn check_alias(facts: &Facts<'_>, report: &mut Report, variable: &Variable<'_>) {
    let name = variable.name();
    let stages = &facts.workspace.retrievers[variable.retriever].stages;
    let is_alias = |at: usize| stages[at].output_alias.as_ref().is_some_and(|alias| alias.value == name);
    let earlier = 0..variable.stage;
    if earlier.clone().any(is_alias) {
        return;
    }
    let place = variable.place(facts.workspace);
    if let Some(later) = (variable.stage..stages.len()).find(|at| is_alias(*at)) {
        let message = format!("`CONTEXT.{name}` is what the stage `{}` leaves, and it has not run yet.", stages[later].title());
        let finding = report.add(place, "not there yet", message);
        if let Some(alias) = &stages[later].output_alias {
            finding.related(alias.span, "it gets its name here");
        }
        finding.help("Move that stage up, or this one down.");
        return;
    }
    let aliases = earlier.filter_map(|at| stages[at].output_alias.as_ref());
    if let Some(alias) = aliases.clone().find(|alias| suggest::nearest(name, [alias.value.as_str()]).is_some()) {
        let message = format!("No stage before this one leaves anything under the alias `{name}`.");
        let finding = report.add(place, "no such alias", message);
        let fix = rewrite::in_template(&facts.workspace.sources, variable, name, &alias.value);
        finding.related(alias.span, "the nearest alias").help(format!("Did you mean `CONTEXT.{}`?", alias.value)).fix(fix);
    }
}
