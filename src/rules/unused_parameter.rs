//! Parameters that are declared and not used.

use std::collections::HashSet;

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::{Edit, Severity};
use crate::suggest;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unused-parameter",
    severity: Severity::Warning,
    group: Group::Manifest,
    summary: "a manifest declares a parameter and does not use it",
    docs: include_str!("../../docs/rules/unused-parameter.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for parameters in workspace.parameters_of_manifests().iter().filter(|parameters| parameters.is_complete) {
        let used: HashSet<&str> = parameters.uses.iter().map(|used| used.name).collect();
        let names = || parameters.declared.iter().take(words::COMPARED).map(|parameter| parameter.name.value.as_str());
        // A use that is a slip of a parameter's name is reported where it stands.
        let slips = used.iter().filter(|name| parameters.find(name).is_none());
        let meant: HashSet<&str> = slips.filter_map(|name| suggest::nearest(name, names())).collect();
        for parameter in parameters.declared {
            let name = parameter.name.value.as_str();
            if used.contains(name) || meant.contains(name) {
                continue;
            }
            let message = format!("Nothing in this manifest uses the parameter `{name}`: its value changes nothing.");
            let finding = report.add(parameter.name.span, "not used", message);
            let lookalike = parameters.lookalikes.iter().find(|one| one.name == name);
            if let Some(lookalike) = lookalike {
                finding.related(lookalike.whole(workspace), "no parameter is filled in here");
                let place = lookalike.whole(workspace).before();
                let is_plain = workspace.sources.slice(lookalike.whole(workspace)).starts_with("{{");
                let edit = is_plain.then(|| vec![Edit { span: place, text: "$".to_owned() }]);
                finding.fix(rewrite::perhaps("Put a `$` in front of the braces", edit));
                finding.help(format!("A parameter has a `$` in front of its braces: `${{{{ params.{name} }}}}`."));
            } else {
                finding.help(format!("Write `${{{{ params.{name} }}}}` where its value belongs, or remove it."));
            }
        }
    }
}
