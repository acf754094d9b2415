//! Parameters that are fixed by the namespace, and that a collection sets to something else.

use super::{Check, Group, Report, Rule};
use crate::definitions::{Data, Value};
use crate::diagnostic::Severity;
use crate::path::is_template;
use crate::workspace::{Facts, Used};

pub(super) static RULE: Rule = Rule {
    name: "params-differ-from-namespace",
    severity: Severity::Warning,
    group: Group::Mappings,
    summary: "a collection sets `params` of an extractor to something else than its namespace",
    docs: include_str!("../../docs/rules/params-differ-from-namespace.md"),
    check: Check::Extractor(check),
};

fn check(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    let (Some(name), Some(params)) = (used.name(), &used.written.params) else { return };
    let version = used.written.version.as_ref().map(|version| &version.value);
    for namespace in facts.workspace.namespaces_of(&facts.workspace.collections[used.collection].origin) {
        let registered = namespace.extractors.iter().flatten().filter(|registered| {
            let other = registered.version.as_ref().map(|version| &version.value);
            registered.name.value == name.value && (version == other || version.is_none() || other.is_none())
        });
        let fixed: Vec<&Value> = registered.filter_map(|registered| registered.params.as_ref()).collect();
        // An extractor that is registered twice has two sets of them, and either may be meant.
        let [fixed] = fixed[..] else { continue };
        for entry in params.entries() {
            let Some(other) = fixed.get(&entry.key.value).filter(|other| differ(&entry.value, other)) else { continue };
            let (key, space) = (&entry.key.value, namespace.origin.name());
            let message = format!(
                "`{key}` is `{}` here, and `{}` in the namespace `{space}`, which fixes it.",
                entry.value.shown(),
                other.shown()
            );
            report
                .add(entry.value.span, "differs from the namespace", message)
                .related(other.span, "the namespace fixes it here")
                .help("The `params` of an extractor are fixed when its namespace is made: use the namespace's, or another namespace.")
                .about(facts.workspace.collection_subject(used.collection));
        }
    }
}

/// Whether two values surely differ. Lists and objects are not compared.
fn differ(a: &Value, b: &Value) -> bool {
    let is_plain = |value: &Value| match &value.data {
        Data::Bool(_) | Data::Number(_) => true,
        Data::String(text) => !is_template(text),
        Data::Null | Data::Array(_) | Data::Object(_) | Data::Invalid => false,
    };
    match (a.as_number(), b.as_number()) {
        (Some(a), Some(b)) => a != b,
        _ => is_plain(a) && is_plain(b) && a != b,
    }
}
