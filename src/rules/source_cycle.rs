//! Collections that read each other in a circle.

use super::{Report, Rule, words};
use crate::diagnostic::Severity;
use crate::text::Span;
use crate::workspace::{CollectionId, Facts, Link};

pub(super) static RULE: Rule = Rule {
    name: "source-cycle",
    severity: Severity::Error,
    summary: "collections read each other in a circle",
    docs: include_str!("../../docs/rules/source-cycle.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for cycle in &workspace.cycles {
        let Some(&first) = cycle.first() else { continue };
        let next = |at: usize| cycle[(at + 1) % cycle.len()];
        let mut chain: Vec<String> = cycle.iter().take(words::SHOWN).map(|&id| words::named(workspace, id)).collect();
        if let Some(more @ 1..) = cycle.len().checked_sub(words::SHOWN) {
            chain.push(format!("{more} more"));
        }
        chain.push(words::named(workspace, first));
        let message = match cycle.len() {
            1 => format!("The collection {} reads itself.", chain[0]),
            _ => format!("The collections {} read each other in a circle, so none of them can be built.", chain.join(" → ")),
        };
        let finding = report.add(reading(facts, first, next(0)), format!("reads {}", chain[1]), message);
        for (at, &id) in cycle.iter().enumerate().take(words::SHOWN).skip(1) {
            finding.related(reading(facts, id, next(at)), format!("{} reads {}", chain[at], chain[at + 1]));
        }
        finding.help(match cycle.len() {
            1 => "Let it read a bucket, or another collection.",
            _ => "Let one of them read a bucket, or a collection outside of the circle.",
        });
    }
}

/// Where a collection says that it reads another one.
fn reading(facts: &Facts<'_>, reader: CollectionId, read: CollectionId) -> Span {
    let collection = &facts.workspace.collections[reader];
    let links = facts.workspace.links[reader].iter().zip(&collection.source.references);
    let mut places =
        links.filter(|(link, _)| matches!(link, Link::Collection(id, _) if *id == read)).map(|(_, reference)| reference.span);
    places.next().unwrap_or_else(|| collection.origin.place())
}
