//! Parameters that are used and not declared.

use std::collections::HashMap;

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::Parameter;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::suggest;
use crate::workspace::{Facts, ParameterUse, Parameters, Workspace};

pub(super) static RULE: Rule = Rule {
    name: "undeclared-parameter",
    severity: Severity::Error,
    group: Group::Manifest,
    summary: "a manifest uses a parameter that it does not declare",
    docs: include_str!("../../docs/rules/undeclared-parameter.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for parameters in workspace.parameters_of_manifests().iter().filter(|parameters| parameters.is_complete) {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut missing: Vec<Vec<&ParameterUse<'_>>> = Vec::new();
        for used in parameters.uses.iter().filter(|used| parameters.find(used.name).is_none()) {
            let number = *numbers.entry(used.name).or_insert(missing.len());
            match missing.get_mut(number) {
                Some(same) => same.push(used),
                None => missing.push(vec![used]),
            }
        }
        for same in missing {
            let [first, others @ ..] = &same[..] else { continue };
            let message = format!(
                "This manifest declares no parameter `{0}`, so `${{{{ params.{0} }}}}` has nothing to be filled with.",
                first.name
            );
            let finding = report.add(first.place(workspace), "not declared", message);
            for other in others.iter().take(words::SHOWN) {
                finding.related(other.place(workspace), "used here too");
            }
            help(finding, workspace, parameters, first.name);
            finding.fix(meant(workspace, parameters, &same));
        }
    }
}

fn help(finding: &mut Diagnostic, workspace: &Workspace, parameters: &Parameters<'_>, name: &str) {
    let names = parameters.declared.iter().take(words::COMPARED).map(|parameter| parameter.name.value.as_str());
    let near = suggest::nearest(name, names).and_then(|near| parameters.find(near));
    if let Some(near) = near {
        let case = if near.name.value.eq_ignore_ascii_case(name) { " Letter case counts." } else { "" };
        finding.related(near.name.span, "the parameter with the nearest name");
        finding.help(format!("Did you mean `{}`?{case}", near.name.value));
        return;
    }
    if let Some(other) = beside(workspace, parameters, name) {
        // One that declares none at all may be put together with the other one before it is applied.
        if parameters.declared.is_empty() {
            finding.at_most(Severity::Warning);
        }
        finding.related(other.name.span, "another manifest declares it");
        finding.help("A parameter belongs to its own manifest: declare it here too.");
        return;
    }
    if workspace.given_values().iter().any(|entry| entry.key.value == name) {
        finding.help("A value is given for it, but it must be declared too.");
    }
    finding.help(format!("Declare it: `- name: {name}` under `parameters`."));
}

/// The parameter of the nearest name in the place of this one, wherever it is used.
fn meant(workspace: &Workspace, parameters: &Parameters<'_>, same: &[&ParameterUse<'_>]) -> Option<Fix> {
    let names = || parameters.declared.iter().take(words::COMPARED).map(|parameter| parameter.name.value.as_str());
    let name = same.first()?.name;
    let near = suggest::nearest(name, names()).filter(|near| suggest::is_sole(name, near, names()))?;
    let edit = |used: &&ParameterUse<'_>| {
        let place = used.place(workspace);
        (workspace.sources.slice(place) == name).then(|| Edit { span: place, text: near.to_owned() })
    };
    rewrite::perhaps(rewrite::write(near), same.iter().map(edit).collect())
}

/// The parameter of this name that another manifest of the same folder declares.
fn beside<'w>(workspace: &'w Workspace, parameters: &Parameters<'_>, name: &str) -> Option<&'w Parameter> {
    let folder = |manifest: usize| {
        let path = workspace.sources.get(workspace.manifests[manifest].origin.span.file).path.as_str();
        path.rsplit_once('/').map_or("", |(folder, _)| folder)
    };
    let here = folder(parameters.manifest);
    let mut others = (0..workspace.manifests.len()).filter(|&other| other != parameters.manifest && folder(other) == here);
    others.find_map(|other| workspace.manifests[other].parameters.iter().find(|parameter| parameter.name.value == name))
}
