//! Sources that are not in the repository.

use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Collection, Form, Origin, Source, SourceKind};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Link, Unlinked};

pub(super) static RULE: Rule = Rule {
    name: "unlinked-source",
    severity: Severity::Info,
    group: Group::Links,
    summary: "what a collection reads is not in the repository, so its paths cannot be checked",
    docs: include_str!("../../docs/rules/unlinked-source.md"),
    check: Check::All(check),
};

const INPUT_SCHEMA: &str = "give this collection an `input_schema`";

fn is_reported(source: &Source) -> bool {
    source.is_of_platform() || (source.kind == SourceKind::Collection && source.elsewhere.is_some())
}

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    // What an answer reads, the service has looked up.
    let written = |(_, collection): &(usize, &Collection)| collection.origin.form != Form::Answer;
    for (number, collection) in workspace.collections.iter().enumerate().filter(written) {
        let source = &collection.source;
        let paths: usize = collection.extractors.iter().map(|e| e.input_mappings.len() + e.field_passthrough.len()).sum();
        let unlinked = workspace.links[number].iter().enumerate().find_map(|(at, link)| match link {
            // A request must name its source, and the rules about shapes say so.
            Link::None(Unlinked::NotSaid) if collection.origin.form == Form::Request => None,
            Link::None(why) if !matches!(why, Unlinked::UnknownName { .. } | Unlinked::Deleted(_)) => Some((at, why)),
            _ => None,
        });
        let (Some((at, why)), true, None) = (unlinked, paths > 0, &collection.input_schema) else { continue };
        let reference = source.references.get(at);
        let written = reference.map_or("", |reference| &reference.value);
        let (kind, other) =
            if source.kind == SourceKind::Collection { ("collection", "bucket") } else { ("bucket", "collection") };
        let (label, because, help) = match why {
            Unlinked::Placeholder => {
                let help = format!("Name the {kind}, or {INPUT_SCHEMA}, and the paths can be checked.");
                ("filled in later", format!("`{written}` is filled in later"), help)
            }
            Unlinked::LiveId => {
                let because = format!("`{written}` is the id of a {kind} that is not in the repository");
                let help = format!(
                    "Save the service's answer about the {kind}, which has this id, in the repository, or {INPUT_SCHEMA}."
                );
                ("not in the repository", because, help)
            }
            // Another rule says what is wrong with these.
            Unlinked::Elsewhere if is_reported(source) => continue,
            Unlinked::Elsewhere if source.elsewhere.is_some() => {
                ("in another namespace", "the source lies in another namespace".to_owned(), String::new())
            }
            Unlinked::Elsewhere => {
                let because = "the source is neither a bucket nor a collection".to_owned();
                ("neither a bucket nor a collection", because, String::new())
            }
            Unlinked::NotSaid if source.is_contradictory => {
                let because = format!("the source has the type `{kind}` and names {other}s");
                let key = if kind == "collection" { "collection_id" } else { "bucket_ids" };
                ("type and name disagree", because, format!("Set `type` to `{other}`, or name a {kind} with `{key}`."))
            }
            Unlinked::NotSaid => {
                let help = format!("Name the {kind} that it reads, or {INPUT_SCHEMA}, and the paths can be checked.");
                ("says no source", "the collection does not say what it reads".to_owned(), help)
            }
            Unlinked::Ambiguous(..) => {
                ("one of several", format!("two {kind}s are named `{written}`, and neither is nearer"), String::new())
            }
            // Who configured that knows it.
            Unlinked::External | Unlinked::Unreadable | Unlinked::UnknownName { .. } | Unlinked::Deleted(_) => continue,
        };
        let place = reference.map(|reference| reference.span).or(source.span).unwrap_or_else(|| collection.origin.place());
        let message = format!("{} of this collection cannot be checked: {because}.", words::count(paths, "path", "paths"));
        let finding = report.add(place, label, message);
        if let Unlinked::Ambiguous(first, second) = why {
            let origin = |number: usize| -> &Origin {
                match source.kind {
                    SourceKind::Collection => &workspace.collections[number].origin,
                    _ => &workspace.buckets[number].origin,
                }
            };
            finding.related(origin(*first).place(), "one is here").related(origin(*second).place(), "another one is here");
        }
        if !help.is_empty() {
            finding.help(help);
        }
    }
}
