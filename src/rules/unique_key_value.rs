//! Objects whose unique key has no value that can tell them apart.

use super::words::objects;
use super::{Check, Group, Report, Rule};
use crate::conform::{Breach, KeyFault, LONGEST_KEY, Problem};
use crate::definitions::Bucket;
use crate::diagnostic::Severity;

pub(super) static RULE: Rule = Rule {
    name: "unique-key-value",
    severity: Severity::Error,
    group: Group::Data,
    summary: "a field of the unique key is missing, null, empty or too long in an object",
    docs: include_str!("../../docs/rules/unique-key-value.md"),
    check: Check::All(|facts, report| objects::report(facts, report, phrase)),
};

pub(super) fn phrase(breach: &Breach<'_>, bucket: &Bucket, report: &mut Report) {
    let Problem::UniqueKey(field, fault) = &breach.problem else { return };
    let (name, bucket) = (&field.value, bucket.origin.name());
    let (label, what) = match fault {
        KeyFault::Missing => (format!("no `{name}`"), "this object has none".to_owned()),
        KeyFault::Null => ("null".to_owned(), "it is null here".to_owned()),
        KeyFault::Empty => ("empty".to_owned(), "it is empty here".to_owned()),
        KeyFault::TooLong(length) => {
            ("too long".to_owned(), format!("this value has {length} characters: {LONGEST_KEY} are the most"))
        }
    };
    report
        .add(breach.span, label, format!("`{name}` belongs to the unique key of bucket `{bucket}`, and {what}."))
        .related(field.span, "the unique key")
        .help("Every object needs a value here, by which it is told from the others.");
}
