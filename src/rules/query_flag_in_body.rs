//! `auto_process` in the body of an object.

use super::words::objects;
use super::{Check, Group, Report, Rule};
use crate::conform::{Breach, Problem};
use crate::definitions::Bucket;
use crate::diagnostic::Severity;

pub(super) static RULE: Rule = Rule {
    name: "query-flag-in-body",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "an object has `auto_process`, which is a flag of the request's address",
    docs: include_str!("../../docs/rules/query-flag-in-body.md"),
    check: Check::All(|facts, report| objects::report(facts, report, phrase)),
};

pub(super) fn phrase(breach: &Breach<'_>, _: &Bucket, report: &mut Report) {
    if matches!(breach.problem, Problem::QueryFlag) {
        let message = "`auto_process` is a flag of the request's address and no key of its body: the service refuses the object.";
        report.add(breach.span, "not in the body", message).help("Send it as `?auto_process=true`, and remove it here.");
    }
}
