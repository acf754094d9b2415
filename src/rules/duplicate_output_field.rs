//! Passthrough entries that give two fields of the documents one name.

use super::{Check, Group, Report, Rule};
use crate::definitions::FieldPassthrough;
use crate::diagnostic::Severity;
use crate::text::may_repeat;
use crate::workspace::{Facts, Used};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-output-field",
    severity: Severity::Error,
    group: Group::Output,
    summary: "two passthrough entries give their fields the same name in the documents",
    docs: include_str!("../../docs/rules/duplicate-output-field.md"),
    check: Check::Extractor(check),
};

fn check(_: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    let named = used.written.field_passthrough.iter().filter(|entry| entry.is_named);
    let named = named.map(|entry| (entry.output().0, entry));
    if !may_repeat(named.clone().map(|(name, _)| name)) {
        return;
    }
    let mut named: Vec<(&str, &FieldPassthrough)> = named.collect();
    named.sort_by_key(|(name, _)| *name);
    for same in named.chunk_by(|(name, _), (next, _)| name == next) {
        let Some(((name, first), again)) = same.split_first() else { continue };
        again.iter().for_each(|(_, entry)| report_again(name, first, entry, report));
    }
}

/// Reports an entry that gives a name which an earlier one has given.
fn report_again(name: &str, first: &FieldPassthrough, entry: &FieldPassthrough, report: &mut Report) {
    let (one, other, span) = (&first.source_path.value, &entry.source_path.value, entry.output().1);
    if one == other {
        let message = format!("`{one}` is passed on as `{name}` twice.");
        let finding = report.add(span, "the same entry again", message);
        finding.at_most(Severity::Warning).related(first.output().1, "it is passed on here first").help("Remove one of them.");
        return;
    }
    let message = format!("`{one}` and `{other}` are both passed on as `{name}`, and a document has one field of a name.");
    let finding = report.add(span, format!("`{name}` again"), message);
    finding.related(first.output().1, format!("`{one}` becomes `{name}` here")).help(match entry.target_path {
        Some(_) => "Give one of them another `target_path`.".to_owned(),
        None => format!("Without a `target_path` the name is the last part of the path. Give `{other}` a `target_path`."),
    });
}
