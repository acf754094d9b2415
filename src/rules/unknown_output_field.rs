//! Applications that read a field which the documents do not have.

use super::words::{Nothing, report_nothing};
use super::{Report, Rule};
use crate::definitions::{Application, Form};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Readable, readable_path};

pub(super) static RULE: Rule = Rule {
    name: "unknown-output-field",
    severity: Severity::Warning,
    summary: "an alert or an enrichment reads a field that the documents of its collection do not have",
    docs: include_str!("../../docs/rules/unknown-output-field.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (number, collection) in facts.workspace.collections.iter().enumerate() {
        if collection.origin.form == Form::Answer || collection.applications.is_empty() {
            continue;
        }
        let reads = Readable::documents_of(facts.workspace, number);
        for path in collection.applications.iter().flat_map(Application::reads) {
            let Some(parts) = readable_path(&path.value) else { continue };
            let consequence = ", so there is nothing to read: they hold what the extractor writes and what is passed on.";
            report_nothing(facts, report, &Nothing { path, parts: &parts, reads: &reads, consequence });
        }
    }
}
