//! Extractors that a namespace registers, and none of its collections runs.

use std::collections::HashSet;

use super::{Report, Rule};
use crate::definitions::{Collection, FeatureExtractor, Form, Namespace, RegisteredExtractor};
use crate::diagnostic::Severity;
use crate::path::is_placeholder;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unused-extractor",
    severity: Severity::Warning,
    summary: "no collection of a namespace runs an extractor that it registers",
    docs: include_str!("../../docs/rules/unused-extractor.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    let homes: Vec<Option<&Namespace>> =
        workspace.collections.iter().map(|collection| workspace.namespace_of(&collection.origin)).collect();
    let mut unused = Vec::new();
    let mut used = HashSet::new();
    for namespace in workspace.namespaces.iter().filter(|namespace| namespace.origin.form == Form::Manifest) {
        let is_here = |home: &Option<&Namespace>| home.is_some_and(|home| std::ptr::eq(home, namespace));
        let here = workspace.collections.iter().zip(&homes).filter(|(_, home)| is_here(home));
        let collections: Vec<&Collection> = here.map(|(collection, _)| collection).collect();
        // Which extractors features stand for is not published.
        let is_decided = namespace.features.is_empty() && collections.iter().all(|collection| collection.features.is_empty());
        for registered in namespace.extractors.iter().flatten() {
            if collections.is_empty() || !is_decided || is_used(registered, &collections) {
                used.insert(registered.span);
            } else {
                unused.push((registered, namespace, collections.clone()));
            }
        }
    }
    // What is written once for several namespaces is used when one of them uses it.
    for (registered, namespace, collections) in unused.iter().filter(|(registered, ..)| !used.contains(&registered.span)) {
        let name = registered.name.value.as_str();
        let of = namespace.origin.name();
        let title = match &registered.version {
            Some(version) => format!("`{name}` in version `{}`", version.value),
            None => format!("`{name}`"),
        };
        let message = format!("No collection in the namespace `{of}` runs the extractor {title}.");
        let finding = report.add(registered.name.span, "not used", message);
        match of_name(name, collections).next().and_then(|used| used.version.as_ref()) {
            Some(other) => finding.related(other.span, "another version of it runs here"),
            None => finding.help("Take it out, or add a collection that runs it."),
        };
    }
}

/// The extractors of this name that collections run.
fn of_name<'c>(name: &str, collections: &[&'c Collection]) -> impl Iterator<Item = &'c FeatureExtractor> {
    let all = collections.iter().flat_map(|collection| &collection.extractors);
    all.filter(move |used| used.name.as_ref().is_some_and(|used| used.value == name || is_placeholder(&used.value)))
}

fn is_used(registered: &RegisteredExtractor, collections: &[&Collection]) -> bool {
    let name = registered.name.value.as_str();
    let version = registered.version.as_ref().map(|version| version.value.as_str());
    let is_version = |used: &FeatureExtractor| {
        let used = used.version.as_ref().map(|version| version.value.as_str());
        used == version || used.is_none() || version.is_none() || used.is_some_and(is_placeholder)
    };
    is_placeholder(name) || of_name(name, collections).any(is_version)
}
