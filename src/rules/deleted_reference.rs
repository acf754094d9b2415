//! Names of what the change that is looked at takes out.

use super::{Check, Group, Report, Rule};
use crate::definitions::{Form, Origin};
use crate::diagnostic::Severity;
use crate::text::{ShortText, Spanned};
use crate::workspace::{DeletedResource, Facts, Link, Target, Unlinked};

pub(super) static RULE: Rule = Rule {
    name: "deleted-reference",
    severity: Severity::Error,
    group: Group::Links,
    summary: "a definition names what a change deletes",
    docs: include_str!("../../docs/rules/deleted-reference.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    let collections = workspace.collections.iter().zip(&workspace.links);
    let of_collections = collections.map(|(reader, links)| (&reader.origin, &reader.source.references[..], links));
    let buckets = workspace.buckets.iter().zip(&workspace.adapter_links);
    let of_adapters =
        buckets.filter_map(|(reader, links)| Some((&reader.origin, reader.source_adapter.as_ref()?.reads()?.1, links)));
    let read = of_collections.chain(of_adapters).flat_map(|(reader, references, links)| {
        let deleted = |link: &Link| if let Link::None(Unlinked::Deleted(number)) = link { Some(*number) } else { None };
        references.iter().zip(links).filter_map(move |(name, link)| Some((reader, name, deleted(link)?)))
    });
    let named = workspace.references().filter_map(|referring| match referring.target {
        Target::Deleted(number) => Some((referring.origin, &referring.reference.name, *number)),
        _ => None,
    });
    let all: Vec<(&Origin, &Spanned<ShortText>, usize)> = read.chain(named).collect();
    // What an answer names is what the service had when it was saved.
    for (_, name, number) in all.into_iter().filter(|(reader, ..)| reader.form != Form::Answer) {
        let Some(deleted) = workspace.deleted.0.get(number) else { continue };
        let finding = report.add(name.span, "this change deletes it", phrase(deleted));
        finding.help(format!(
            "Keep the {}, or name another one here. Where it lives elsewhere, name it under `external` in `mixlint.yaml`.",
            deleted.noun.name()
        ));
    }
}

fn phrase(deleted: &DeletedResource) -> String {
    let DeletedResource { name, path, .. } = deleted;
    let how = if deleted.is_file_deleted { "which this change deletes" } else { "and this change takes it out" };
    format!("The {} `{name}` was defined in `{path}`, {how}.", deleted.noun.name())
}
