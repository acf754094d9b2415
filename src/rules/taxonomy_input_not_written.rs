//! Fields by which a taxonomy finds labels, and that the documents do not have.

use super::words::{Read, report_nothing};
use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, ReadBy, readable_path};

pub(super) static RULE: Rule = Rule {
    name: "taxonomy-input-not-written",
    severity: Severity::Error,
    group: Group::Retrieval,
    summary: "a taxonomy is applied to documents that lack a field by which it finds labels",
    docs: include_str!("../../docs/rules/taxonomy-input-not-written.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for reading in facts.readings.iter().filter(|reading| reading.later.is_none()) {
        let ReadBy::TaxonomyInput(taxonomy, collection, _) = reading.by else { continue };
        let Some(parts) = readable_path(&reading.path.value) else { continue };
        let consequence = format!(
            ", so `{}` finds no label for them: it is applied to `{}`.",
            taxonomy.origin.name(),
            facts.workspace.collections[collection].origin.name()
        );
        report_nothing(facts, report, &Read { path: &reading.path, parts, reads: &reading.reads, consequence });
    }
}
