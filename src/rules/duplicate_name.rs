//! Definitions that have a name twice.

use std::collections::{HashMap, HashSet};

use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Form, Noun};
use crate::diagnostic::Severity;
use crate::text::Span;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-name",
    severity: Severity::Error,
    group: Group::Links,
    summary: "two definitions of one kind have the same name in the same place",
    docs: include_str!("../../docs/rules/duplicate-name.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    let changes: HashSet<Span> =
        workspace.buckets.iter().filter(|bucket| bucket.is_change).map(|bucket| bucket.origin.span).collect();
    let mut firsts = HashMap::with_capacity(workspace.collections.len() + workspace.buckets.len());
    // A manifest's own name tells nothing apart.
    for ((kind, _), origin) in workspace.resources().filter(|((kind, _), _)| *kind != Noun::Manifest) {
        // An answer is a copy of what a request made, not another definition.
        let Some(name) = origin.name.as_ref().filter(|_| origin.form != Form::Answer && !changes.contains(&origin.span)) else {
            continue;
        };
        let path = workspace.sources.get(origin.span.file).path.as_str();
        // Connections belong to the organization.
        let namespace = origin.namespace.as_ref().filter(|_| kind != Noun::Connection);
        let namespace = namespace.map(|namespace| namespace.value.as_str());
        // Most bodies do not say their namespace. In one folder they surely share one; two folders, or two manifests, may be two
        // environments.
        let folder = || path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let place = match (origin.form, namespace) {
            (Form::Manifest, _) => path,
            (_, Some(_)) => "",
            (_, None) => folder(),
        };
        let first = *firsts.entry((kind, namespace, place, name.value.as_str())).or_insert(origin);
        if std::ptr::eq(first, origin) {
            continue;
        }
        let within = namespace.map_or_else(String::new, |namespace| format!(" of namespace `{namespace}`"));
        let finding = report.add(
            origin.place(),
            "the same name again",
            format!("Two {}{within} are named `{}`: the service refuses the second one.", words::several(kind), name.value),
        );
        finding
            .related(first.place(), "it is defined here first")
            .help("Rename one of them, or remove the one that is out of date.");
        // A body may change what another one makes, and nothing tells the two apart.
        let is_retrieval = matches!(kind, Noun::Retriever | Noun::Taxonomy | Noun::Cluster | Noun::Alert);
        if is_retrieval && origin.form == Form::Request {
            finding.at_most(Severity::Warning);
        }
    }
    check_parameters(facts, report);
}

/// The parameters of one manifest.
fn check_parameters(facts: &Facts<'_>, report: &mut Report) {
    for manifest in &facts.workspace.manifests {
        let mut firsts: HashMap<&str, Span> = HashMap::new();
        for parameter in &manifest.parameters {
            let name = parameter.name.value.as_str();
            let first = *firsts.entry(name).or_insert(parameter.name.span);
            if first == parameter.name.span {
                continue;
            }
            let message =
                format!("Two parameters of this manifest are named `{name}`, and which of them counts is not published.");
            let finding = report.add(parameter.name.span, "the same name again", message);
            finding
                .at_most(Severity::Warning)
                .related(first, "it is declared here first")
                .help("Rename one of them, or remove it.");
        }
    }
}
