//! Sources that are not in the repository.

use super::{Report, Rule, words};
use crate::definitions::{Origin, SourceKind};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Link, Unlinked};

pub(super) static RULE: Rule = Rule {
    name: "unlinked-source",
    severity: Severity::Info,
    summary: "what a collection reads is not in the repository, so its paths cannot be checked",
    docs: include_str!("../../docs/rules/unlinked-source.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for (number, collection) in workspace.collections.iter().enumerate() {
        let paths: usize = collection.extractors.iter().map(|e| e.input_mappings.len() + e.field_passthrough.len()).sum();
        let links = &workspace.links[number];
        let unlinked = links.iter().enumerate().find_map(|(at, link)| match link {
            Link::None(why) if !matches!(why, Unlinked::UnknownName(_)) => Some((at, why)),
            _ => None,
        });
        let (Some((at, why)), true, None) = (unlinked, paths > 0, &collection.input_schema) else { continue };
        let reference = collection.source.references.get(at);
        let place =
            reference.map(|reference| reference.span).or(collection.source.span).unwrap_or_else(|| collection.origin.place());
        let written = reference.map_or("", |reference| &reference.value);
        let kind = if collection.source.kind == SourceKind::Collection { "collection" } else { "bucket" };
        let origins = |a: usize, b: usize| -> [&Origin; 2] {
            match collection.source.kind {
                SourceKind::Collection => [&workspace.collections[a].origin, &workspace.collections[b].origin],
                _ => [&workspace.buckets[a].origin, &workspace.buckets[b].origin],
            }
        };
        let because = match why {
            Unlinked::Placeholder => format!("`{written}` is filled in later"),
            Unlinked::LiveId => format!("`{written}` is the id of a {kind} that is not in the repository"),
            Unlinked::Elsewhere if collection.source.is_elsewhere => "the source lies in another namespace".to_owned(),
            Unlinked::Elsewhere => "the source is neither a bucket nor a collection".to_owned(),
            Unlinked::NotSaid => "the collection does not say what it reads".to_owned(),
            Unlinked::Ambiguous(..) => format!("two {kind}s are named `{written}`, and neither is nearer"),
            Unlinked::UnknownName(_) => continue,
        };
        let message = format!("{} of this collection cannot be checked: {because}.", words::count(paths, "path", "paths"));
        let finding = report.add(place, "not in the repository", message);
        match why {
            Unlinked::Ambiguous(a, b) => {
                "one of several".clone_into(&mut finding.primary.message);
                origins(*a, *b).iter().for_each(|origin| {
                    finding.related(origin.place(), "one is here");
                });
            }
            Unlinked::Placeholder | Unlinked::LiveId | Unlinked::NotSaid => {
                finding.help(format!("Name the {kind}, or give the collection an `input_schema`, and the paths can be checked."));
            }
            Unlinked::Elsewhere | Unlinked::UnknownName(_) => {}
        }
    }
}
