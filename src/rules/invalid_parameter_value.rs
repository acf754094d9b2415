//! Values of a manifest's parameters: defaults and given ones that they cannot have, and lists in the middle of a text.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Data, Parameter, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::suggest;
use crate::text::Span;
use crate::workspace::{Facts, Parameters, Workspace};

pub(super) static RULE: Rule = Rule {
    name: "invalid-parameter-value",
    severity: Severity::Error,
    group: Group::Manifest,
    summary: "a parameter of a manifest has a value that it cannot have, or none where it needs one",
    docs: include_str!("../../docs/rules/invalid-parameter-value.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for manifest in &workspace.manifests {
        for parameter in &manifest.parameters {
            if let Some(default) = &parameter.default {
                let said = format!("the default of `{}`", parameter.name.value);
                check_value(workspace, report, parameter, default, &said);
            }
        }
    }
    let all = workspace.parameters_of_manifests();
    for parameters in &all {
        check_texts(workspace, parameters, report);
    }
    check_given(workspace, &all, report);
}

/// A default, or a value that is given.
fn check_value(workspace: &Workspace, report: &mut Report, parameter: &Parameter, value: &Value, said: &str) {
    let name = parameter.name.value.as_str();
    let place = |part: &Value| if workspace.has_place(part.span) { part.span } else { parameter.name.span };
    if let Some((part, wanted)) = parameter.misfit(value) {
        let text = if workspace.has_place(part.span) { workspace.sources.get(part.span.file).text() } else { "" };
        // Older readers of YAML take a bare `yes` for a boolean.
        if wanted == "boolean" && part.is_bare_word(text) {
            return;
        }
        let is_item = !std::ptr::eq(part, value);
        let (whose, key) = if is_item { (format!("an item of {said}"), "items") } else { (said.to_owned(), "type") };
        let rule = match &parameter.kind {
            None if !is_item => format!("`{name}` has no `type`, so it takes a string"),
            _ => format!("its `{key}` is `{wanted}`"),
        };
        let message = format!("{} is {}, and {rule}.", capital(&whose), what(part, wanted));
        let finding = report.add(place(part), format!("not {}", a(wanted)), message);
        let declared = if is_item { &parameter.items } else { &parameter.kind };
        finding.related(declared.as_ref().map_or(parameter.name.span, |kind| kind.span), "declared here");
        finding.help(instead(part, wanted));
        if workspace.has_place(part.span) {
            finding.fix(words::rewritten(&workspace.sources, wanted, part));
        }
    } else if let Some(part) = parameter.not_allowed(value) {
        let whose = if std::ptr::eq(part, value) { said.to_owned() } else { format!("an item of {said}") };
        let message = format!("{} is not among the values that its `enum` allows.", capital(&whose));
        let finding = report.add(place(part), "not allowed", message);
        let allowed = parameter.allowed.as_ref().map(|allowed| (allowed.span, allowed.items()));
        let (span, allowed) = allowed.unwrap_or((parameter.name.span, &[]));
        finding.related(span, "the values that are allowed");
        nearest(finding, part, allowed);
        let names = || allowed.iter().filter_map(Value::as_str);
        let meant = part.as_str().and_then(|text| Some((text, suggest::nearest(text, names())?)));
        if let Some(meant) = meant.filter(|_| workspace.has_place(part.span)) {
            finding.fix(rewrite::slip(&workspace.sources, part.span, meant, names()));
        }
    }
}

/// A list has no place in the middle of a text.
fn check_texts(workspace: &Workspace, parameters: &Parameters<'_>, report: &mut Report) {
    for used in parameters.uses.iter().filter(|used| !used.placeholder.is_whole()) {
        let Some(parameter) = parameters.find(used.name).filter(|parameter| parameter.kind() == "array") else { continue };
        let name = used.name;
        let message = format!("`{name}` is an array, and an array is filled in only where it is the whole value.");
        let finding = report.add(used.whole(workspace), "inside of a text", message);
        finding.related(parameter.kind.as_ref().map_or(parameter.name.span, |kind| kind.span), "declared here");
        finding.help(format!("Let `${{{{ params.{name} }}}}` be all of the value, or use a parameter that is a string."));
    }
}

fn check_given(workspace: &Workspace, all: &[Parameters<'_>], report: &mut Report) {
    let given = workspace.given_values();
    for manifest in workspace.manifests_with_values() {
        for parameter in &manifest.parameters {
            let name = parameter.name.value.as_str();
            let value = given.iter().rev().find(|entry| entry.key.value == name).map(|entry| &entry.value);
            match value.filter(|value| !matches!(value.data, Data::Null)) {
                Some(value) => check_value(workspace, report, parameter, value, &format!("the value that is given for `{name}`")),
                None if parameter.is_required && parameter.default.is_none() => {
                    let message = format!("No value is given for the parameter `{name}`, and it has no default.");
                    report.add(parameter.name.span, "no value", message).help("Give it a value, or declare a `default`.");
                }
                None => {}
            }
        }
    }
    let names = || workspace.manifests.iter().flat_map(|manifest| &manifest.parameters).take(words::COMPARED);
    let is_known = workspace.manifests.iter().all(|manifest| manifest.has_all_parameters);
    for entry in given.iter().filter(|_| is_known && !workspace.manifests.is_empty()) {
        let name = entry.key.value.as_str();
        if workspace.manifests.iter().flat_map(|manifest| &manifest.parameters).any(|one| one.name.value == name)
            || is_used(all, name)
        {
            continue;
        }
        let place = if workspace.has_place(entry.key.span) { entry.key.span } else { start(workspace) };
        let message = format!("A value is given for the parameter `{name}`, which no manifest of these files declares.");
        let finding = report.add(place, "no such parameter", message);
        finding.at_most(Severity::Warning);
        if let Some(near) = suggest::nearest(name, names().map(|parameter| parameter.name.value.as_str())) {
            finding.help(format!("Did you mean `{near}`?"));
            if workspace.has_place(entry.key.span) {
                let others = names().map(|parameter| parameter.name.value.as_str());
                finding.fix(rewrite::slip(&workspace.sources, entry.key.span, (name, near), others));
            }
        }
    }
}

/// Whether a manifest uses a parameter that none declares; that has its own finding.
fn is_used(all: &[Parameters<'_>], name: &str) -> bool {
    all.iter().any(|parameters| parameters.uses.iter().any(|used| used.name == name))
}

fn start(workspace: &Workspace) -> Span {
    workspace.manifests[0].origin.place()
}

fn nearest(finding: &mut Diagnostic, part: &Value, allowed: &[Value]) {
    let near = part.as_str().and_then(|text| suggest::nearest(text, allowed.iter().filter_map(Value::as_str)));
    finding.help(match near {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("Write {}.", words::or_values(allowed)),
    });
}

/// What a value is that is not what it must be.
fn what(value: &Value, wanted: &str) -> &'static str {
    match (&value.data, wanted) {
        (Data::Number(_), "integer") => "a number that is not whole",
        _ => value.describe(),
    }
}

fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("{article} {kind}")
}

fn instead(value: &Value, wanted: &str) -> String {
    match (&value.data, wanted) {
        (Data::Number(text), "string") => format!("Write `\"{text}\"`, or give it the type that the value has."),
        (Data::Bool(is), "string") => format!("Write `\"{is}\"`, or give it the type that the value has."),
        (Data::String(text), "integer" | "number") if text.parse::<f64>().is_ok_and(f64::is_finite) => {
            format!("Write `{text}` without quotes.")
        }
        (Data::String(text), "boolean") if matches!(text.as_str(), "true" | "false") => format!("Write `{text}` without quotes."),
        (Data::String(_) | Data::Number(_) | Data::Bool(_), "array") => "Write a list: `[…]`.".to_owned(),
        _ => format!("Write {}, or change the type.", a(wanted)),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
