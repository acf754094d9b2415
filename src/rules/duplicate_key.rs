//! Keys that stand twice in one object.

use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::text::{FileId, Span};
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-key",
    severity: Severity::Error,
    group: Group::Text,
    summary: "an object has a key twice, and only one of them counts",
    docs: include_str!("../../docs/rules/duplicate-key.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (number, file) in facts.workspace.files.iter().enumerate() {
        let id = FileId::new(number);
        for duplicate in &file.duplicate_keys {
            report
                .add(
                    Span::new(id, duplicate.again.clone()),
                    "again here",
                    format!(
                        "The key `{}` stands twice in this object: readers keep one of the two and drop the other.",
                        duplicate.key
                    ),
                )
                .related(Span::new(id, duplicate.first.clone()), "first here")
                .help("Remove one of them.");
        }
        if let (1.., Some(last)) = (file.more_duplicate_keys, file.duplicate_keys.last()) {
            let more = words::count(file.more_duplicate_keys, "more key stands", "more keys stand");
            report.add(
                Span::new(id, last.again.end..last.again.end),
                "the last one shown",
                format!("{more} twice in this file."),
            );
        }
    }
}
