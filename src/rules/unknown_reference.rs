//! References to resources that are not defined.

use super::{Report, Rule};
use crate::definitions::{Form, Noun};
use crate::diagnostic::{Diagnostic, Severity};
use crate::workspace::{Facts, Referring, Target, Workspace};

pub(super) static RULE: Rule = Rule {
    name: "unknown-reference",
    severity: Severity::Error,
    summary: "a definition names a resource that is not defined",
    docs: include_str!("../../docs/rules/unknown-reference.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    let has_namespaces = workspace.namespaces.iter().any(|namespace| namespace.origin.form == Form::Manifest);
    let has_connections = !workspace.connections.is_empty();
    for referring in workspace.references().filter(|referring| referring.origin.form != Form::Answer) {
        let Referring { reference, target, .. } = referring;
        // A namespace may be there before the manifest is applied, and connections belong to the organization.
        let is_elsewhere = match reference.to {
            Noun::Namespace => !has_namespaces,
            Noun::Connection => !has_connections,
            _ => false,
        };
        if is_elsewhere {
            continue;
        }
        let (kind, name) = (reference.to.name(), &reference.name.value);
        match target {
            // Two of one manifest have a finding that says so.
            Target::Ambiguous(first, second) if !is_in_one_file(workspace, reference.to, *first, *second) => {
                let message = format!(
                    "Two definitions of the {kind} `{name}` fit, and neither is nearer: nothing is checked through this name."
                );
                let finding = report.add(reference.name.span, "which one?", message);
                for number in [first, second] {
                    finding.related(workspace.origin((reference.to, *number)).place(), "one of them");
                }
                finding.at_most(Severity::Info);
            }
            // What cannot be found because its namespace cannot be found has one finding, about the namespace.
            Target::Unknown { elsewhere: Some(_), .. } if is_nowhere(workspace, &referring) => {}
            Target::Unknown { .. } => report_unknown(workspace, &referring, report),
            _ => {}
        }
    }
}

fn is_in_one_file(workspace: &Workspace, to: Noun, first: usize, second: usize) -> bool {
    workspace.origin((to, first)).span.file == workspace.origin((to, second)).span.file
}

/// Whether the namespace of whoever refers is not defined.
fn is_nowhere(workspace: &Workspace, referring: &Referring<'_>) -> bool {
    let namespace = referring.origin.namespace.as_ref();
    namespace.is_some_and(|name| matches!(workspace.target(name.span, Noun::Namespace), Some(Target::Unknown { .. })))
}

fn report_unknown(workspace: &Workspace, referring: &Referring<'_>, report: &mut Report) {
    let Referring { reference, target, origin, .. } = referring;
    let Target::Unknown { near, elsewhere, other } = target else { return };
    let (kind, name) = (reference.to.name(), reference.name.value.as_str());
    let message = match (elsewhere, other) {
        (Some(_), _) => {
            let namespace =
                origin.namespace.as_ref().map_or("its namespace".to_owned(), |name| format!("the namespace `{}`", name.value));
            format!("No {kind} in {namespace} is named `{name}`.")
        }
        (None, Some((noun, _))) => format!("`{name}` is {} {}, not {} {kind}.", article(noun.name()), noun.name(), article(kind)),
        (None, None) => format!("No {kind} in these files is named `{name}`."),
    };
    let finding = report.add(reference.name.span, format!("no such {kind}"), message);
    explain(workspace, finding, reference.to, name, (*near, *elsewhere, *other));
    // Only a manifest has to declare all that it names, but for connections; a body may name what exists in the service.
    if origin.form != Form::Manifest || reference.to == Noun::Connection {
        finding.at_most(Severity::Warning);
    }
    // Labels that stand in a manifest make a bucket, a collection and a retriever whose names nobody wrote.
    let is_made = matches!(reference.to, Noun::Bucket | Noun::Collection | Noun::Retriever) && near.is_none() && other.is_none();
    if is_made && workspace.taxonomies.iter().any(|taxonomy| taxonomy.has_labels) {
        finding.at_most(Severity::Info).help("A taxonomy with labels of its own may make it when the manifest is applied.");
    }
}

type Hints = (Option<usize>, Option<usize>, Option<(Noun, usize)>);

/// Shows what was perhaps meant.
fn explain(workspace: &Workspace, finding: &mut Diagnostic, to: Noun, name: &str, (near, elsewhere, other): Hints) {
    if let Some(number) = elsewhere {
        let found = workspace.origin((to, number));
        let namespace = found.namespace.as_ref().map_or("", |namespace| &namespace.value);
        finding
            .related(found.place(), format!("it is in the namespace `{namespace}`"))
            .help("Names are looked up in one namespace only.");
    } else if let Some(other) = other {
        finding.related(workspace.origin(other).place(), format!("this is {} {}", article(other.0.name()), other.0.name()));
    } else if let Some(near) = near.map(|number| workspace.origin((to, number))) {
        let case = if near.name().eq_ignore_ascii_case(name) { " Letter case counts." } else { "" };
        finding
            .related(near.place(), format!("the {} with the nearest name", to.name()))
            .help(format!("Did you mean `{}`?{case}", near.name()));
    } else {
        finding.help(format!("Declare it, or list `{name}` under `external` in the configuration if it lives elsewhere."));
    }
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
