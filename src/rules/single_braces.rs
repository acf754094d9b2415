//! Variables in single braces, which are not filled in.

use super::words::rewrite;
use super::{Check, Group, Report, Rule};
use crate::definitions::Braces;
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "single-braces",
    severity: Severity::Error,
    group: Group::Retrieval,
    summary: "a variable stands in single braces, so it is not filled in",
    docs: include_str!("../../docs/rules/single-braces.md"),
    check: Check::All(check),
};

/// The stages whose own published descriptions show single braces.
const SHOWN_SO: [&str; 3] = ["api_call", "llm_filter", "external_web_search"];

fn check(facts: &Facts<'_>, report: &mut Report) {
    for variable in facts.variables.iter().filter(|variable| variable.part.braces == Braces::Single) {
        let written = &variable.text.value[variable.part.whole.clone()];
        let inner = &variable.text.value[variable.part.range.clone()];
        let message =
            format!("`{written}` is not filled in: a variable stands in double braces, and this is sent as it is written.");
        let finding = report.add(variable.whole(facts.workspace), "single braces", message);
        finding.help(format!("Write `{{{{{inner}}}}}`."));
        let is_shown_so = variable.of.id.as_ref().is_some_and(|id| SHOWN_SO.contains(&id.value.as_str()));
        let new = format!("{{{{{inner}}}}}");
        let edit =
            rewrite::part(&facts.workspace.sources, &variable.text, variable.part.whole.clone(), &new).map(|edit| vec![edit]);
        // In a prompt, what stands in braces may be meant for whoever reads it.
        finding.fix(rewrite::perhaps("Double the braces", edit));
        if is_shown_so {
            finding.at_most(Severity::Warning);
        }
    }
}
