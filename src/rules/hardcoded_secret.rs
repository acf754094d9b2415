//! Secrets that stand in a definition as plain text. Nothing that is said of one may say what it is: see `words::conceal`.

use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "hardcoded-secret",
    severity: Severity::Error,
    group: Group::Text,
    summary: "a definition holds a credential in plain text",
    docs: include_str!("../../docs/rules/hardcoded-secret.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for secret in workspace.files.iter().flat_map(|file| &file.secrets) {
        let place = secret.key.span;
        let before = workspace.manifests.partition_point(|manifest| manifest.origin.span <= place);
        let manifest = before.checked_sub(1).map(|number| workspace.manifests[number].origin.span);
        let is_in_manifest = manifest.is_some_and(|span| span.file == place.file && place.end <= span.end);
        let what = secret.form.unwrap_or("a credential");
        let message = format!("`{}` holds {what} in plain text: whoever can read this file can use it.", secret.key.value);
        let written = if is_in_manifest { "${{ secrets.NAME }}" } else { "{{secrets.NAME}}" };
        report.add(place, "a secret in plain text", message).help(format!(
            "Keep it among the secrets of the organization and write `{written}`; and replace what stood here, for it may have been read."
        ));
    }
}
