//! Features by keys that look like slips of published ones.

use super::words::rewrite;
use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::suggest::nearest;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unknown-feature",
    severity: Severity::Info,
    group: Group::Mappings,
    summary: "the key of a feature looks like a slip of a published one",
    docs: include_str!("../../docs/rules/unknown-feature.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    let known = &workspace.catalogue.names().feature_keys;
    let of_collections = workspace.collections.iter().map(|collection| (&collection.origin, &collection.features[..]));
    let of_namespaces = workspace.namespaces.iter().map(|namespace| (&namespace.origin, &namespace.features[..]));
    for (origin, features) in of_collections.chain(of_namespaces) {
        for feature in features.iter().filter(|_| origin.form != Form::Answer) {
            let is_known = feature.value.starts_with("custom:") || known.iter().any(|one| *one == feature.value);
            let near = nearest(&feature.value, known.iter().map(String::as_str)).filter(|_| !is_known);
            if let Some(near) = near {
                let message = format!("`{}` is not one of the features that are published.", feature.value);
                let names = known.iter().map(String::as_str);
                let fix = rewrite::slip(&workspace.sources, feature.span, (feature.value.as_str(), near), names);
                report.add(feature.span, "not a published feature", message).help(format!("Did you mean `{near}`?")).fix(fix);
            }
        }
    }
}
