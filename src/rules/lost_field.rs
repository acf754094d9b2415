//! Fields that something reads, and that a collection further up loses.

use super::words::{self, Loss, loss, read_by_filters, read_by_others, regain, regained};
use super::{Check, Group, Report, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;
use crate::workspace::{Facts, Lookup, Lost};

pub(super) static RULE: Rule = Rule {
    name: "lost-field",
    severity: Severity::Error,
    group: Group::Output,
    summary: "something reads a field that a collection further up has but does not pass on",
    docs: include_str!("../../docs/rules/lost-field.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for used in facts.failing_uses() {
        let Lookup::Resolved { guess, lost: Some(lost), .. } = &used.lookup else { continue };
        let path = used.path().value.as_str();
        let Some(loss) = loss(workspace, lost, path) else { continue };
        let place = workspace.sources.part(used.path(), 0..path.len());
        let message = format!("{}: {}.", words::missing(path), loss.clause);
        let finding = report_lost(report, place, message, lost, loss);
        finding.lineage(words::way(workspace, lost));
        finding.help(regain(workspace, lost, path)).fix(regained(workspace, lost, used.path()));
        words::soften(finding, facts, used, guess.as_deref());
    }
    for read in read_by_filters(facts).chain(read_by_others(facts)) {
        let Some(lost) = read.lost(facts) else { continue };
        let Some(loss) = loss(workspace, &lost, read.parts.text) else { continue };
        let place = workspace.sources.part(read.path, 0..read.parts.text.len());
        let message = format!("{} {}.", read.message(), words::capital(&loss.clause));
        let finding = report_lost(report, place, message, &lost, loss);
        finding.lineage(words::way(workspace, &lost));
        finding.help(regain(workspace, &lost, read.parts.text)).at_most(Severity::Warning);
        // Of a template, the path is only a part.
        if read.path.value == read.parts.text {
            finding.fix(regained(workspace, &lost, read.path));
        }
        if let Some(guess) = read.reads.guess {
            words::rests_on_guess(finding, workspace, guess);
        }
    }
}

fn report_lost<'r>(report: &'r mut Report, place: Span, message: String, lost: &Lost<'_>, loss: Loss) -> &'r mut Diagnostic {
    let finding = report.add(place, loss.label, message);
    finding.related(loss.place, loss.here);
    if let Some(span) = lost.field.span {
        finding.related(span, "declared here");
    }
    finding
}
