//! Passthrough entries that give two fields of the documents one name.

use std::collections::HashMap;

use super::{Group, Report, Rule, words};
use crate::definitions::FieldPassthrough;
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-output-field",
    severity: Severity::Error,
    group: Group::Output,
    summary: "two passthrough entries give their fields the same name in the documents",
    docs: include_str!("../../docs/rules/duplicate-output-field.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for extractor in words::written_extractors(facts.workspace) {
        let mut firsts: HashMap<&str, &FieldPassthrough> = HashMap::new();
        for entry in extractor.field_passthrough.iter().filter(|entry| entry.is_named) {
            let (name, span) = entry.output();
            let Some(first) = firsts.get(name) else {
                firsts.insert(name, entry);
                continue;
            };
            let (one, other) = (&first.source_path.value, &entry.source_path.value);
            if one == other {
                let message = format!("`{one}` is passed on as `{name}` twice.");
                let finding = report.add(span, "the same entry again", message);
                finding
                    .at_most(Severity::Warning)
                    .related(first.output().1, "it is passed on here first")
                    .help("Remove one of them.");
                continue;
            }
            let message =
                format!("`{one}` and `{other}` are both passed on as `{name}`, and a document has one field of a name.");
            let finding = report.add(span, format!("`{name}` again"), message);
            finding.related(first.output().1, format!("`{one}` becomes `{name}` here")).help(match entry.target_path {
                Some(_) => "Give one of them another `target_path`.".to_owned(),
                None => format!("Without a `target_path` the name is the last part of the path. Give `{other}` a `target_path`."),
            });
        }
    }
}
