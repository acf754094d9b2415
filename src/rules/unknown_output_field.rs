//! Fields of documents that something reads, and that the documents do not have.

use super::words::{Nothing, report_nothing};
use super::{Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, ReadBy, readable_path};

pub(super) static RULE: Rule = Rule {
    name: "unknown-output-field",
    severity: Severity::Warning,
    summary: "something reads a field of documents that they do not have",
    docs: include_str!("../../docs/rules/unknown-output-field.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for reading in facts.readings.iter().filter(|reading| reading.later.is_none()) {
        let Some(parts) = readable_path(&reading.path.value) else { continue };
        let consequence = match reading.by {
            // A rule of its own tells of these.
            ReadBy::TaxonomyInput(..) => continue,
            ReadBy::Application(..) => {
                ", so there is nothing to read: they hold what the extractor writes and what is passed on.".to_owned()
            }
            ReadBy::Label(taxonomy) => format!(", so `{}` has nothing to copy.", taxonomy.origin.name()),
            ReadBy::Attribute => ", so nothing can be compared by it.".to_owned(),
            ReadBy::Stage(stage) => format!(", so the stage `{}` has nothing to read.", stage.title()),
            ReadBy::Template(_) => ", so nothing stands there when the template is filled in.".to_owned(),
            ReadBy::WriteBack(retriever) => {
                format!(", so there is nothing to write back: these are the results of `{}`.", retriever.origin.name())
            }
            ReadBy::Threshold(retriever) => {
                format!(", so the alert has nothing to compare: these are the results of `{}`.", retriever.origin.name())
            }
            ReadBy::Shown(retriever) => {
                format!(", so there is nothing to show: these are the results of `{}`.", retriever.origin.name())
            }
        };
        report_nothing(
            facts,
            report,
            &Nothing { path: &reading.path, parts: &parts, reads: &reading.reads, consequence: &consequence },
        );
    }
}
