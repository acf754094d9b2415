//! Collections whose extractor their namespace does not register.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::Namespace;
use crate::diagnostic::Severity;
use crate::extractors::Known;
use crate::path::is_placeholder;
use crate::workspace::{Facts, Used};

pub(super) static RULE: Rule = Rule {
    name: "extractor-not-in-namespace",
    severity: Severity::Error,
    group: Group::Links,
    summary: "a collection uses an extractor that its namespace does not register",
    docs: include_str!("../../docs/rules/extractor-not-in-namespace.md"),
    check: Check::Extractor(check),
};

fn check(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    if !is_real(used) {
        return;
    }
    let Some(name) = used.name() else { return };
    let namespaces = facts.workspace.namespaces_of(&facts.workspace.collections[used.collection].origin);
    let Some(first) = namespaces.first().copied() else { return };
    if !namespaces.iter().all(|namespace| is_closed(namespace)) {
        return;
    }
    let registered = || namespaces.iter().flat_map(|namespace| namespace.extractors.iter().flatten());
    let named: Vec<_> = registered().filter(|registered| registered.name.value == name.value).collect();
    let (space, subject) = (first.origin.name(), facts.workspace.collection_subject(used.collection));
    let Some(one) = named.first() else {
        let message = format!("The namespace `{space}` does not register the extractor `{}`.", name.value);
        let finding = report.add(name.span, "not registered", message);
        if let Some(key) = first.extractors_key {
            let mut names: Vec<&str> = registered().map(|registered| registered.name.value.as_str()).collect();
            names.dedup();
            finding.related(key, format!("it registers {}", words::and(&names)));
        }
        finding.help(format!("Add `{}` to the `feature_extractors` of the namespace.", name.value)).about(subject);
        return;
    };
    let Some(version) = &used.written.version else { return };
    let is_registered = |other: &str| other == version.value || is_placeholder(other);
    if is_placeholder(&version.value)
        || named.iter().any(|named| named.version.as_ref().is_none_or(|other| is_registered(&other.value)))
    {
        return;
    }
    let other = one.version.as_ref().map_or("", |version| &version.value);
    let message = format!("The namespace `{space}` registers `{}` in version `{other}`, not `{}`.", name.value, version.value);
    report
        .add(version.span, "another version", message)
        .at_most(Severity::Warning)
        .related(one.span, "it is registered here")
        .fix(rewrite::perhaps_path(&facts.workspace.sources, version, other))
        .about(subject);
}

/// Whether the name is right as far as we know; of one that is not, another finding says so.
fn is_real(used: &Used<'_>) -> bool {
    matches!(used.known, Known::Catalogued(_) | Known::OtherVersions(_) | Known::Unknown { near: None, .. })
}

/// Whether a namespace says all the extractors that it has. Which ones a feature stands for is not published, and one that lists
/// none gets a set of the service's choice.
fn is_closed(namespace: &Namespace) -> bool {
    let Some(extractors) = &namespace.extractors else { return false };
    let is_named = |name: &str| !is_placeholder(name);
    namespace.features.is_empty() && !extractors.is_empty() && extractors.iter().all(|extractor| is_named(&extractor.name.value))
}
