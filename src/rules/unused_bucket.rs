//! Buckets of manifests that nothing reads.

use std::collections::HashSet;

use super::{Report, Rule};
use crate::definitions::{Collection, Form};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Link, Unlinked};

pub(super) static RULE: Rule = Rule {
    name: "unused-bucket",
    severity: Severity::Warning,
    summary: "nothing reads a bucket of a manifest",
    docs: include_str!("../../docs/rules/unused-bucket.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    // What reads buckets may lie elsewhere altogether, or be filled in later.
    let links = || workspace.links.iter().chain(&workspace.adapter_links).flatten();
    let is_undecided =
        |link: &Link| matches!(link, Link::None(why) if !matches!(why, Unlinked::UnknownName { .. } | Unlinked::Ambiguous(..)));
    let reads = |collection: &Collection| collection.origin.form == Form::Manifest;
    if !workspace.collections.iter().any(reads) || links().any(is_undecided) {
        return;
    }
    // What a misspelt name, or one of another namespace, was meant to read is not unused too.
    let read = |link: &Link| match link {
        Link::Bucket(id, _) => Some(*id),
        Link::None(Unlinked::UnknownName { near, elsewhere }) => near.or(*elsewhere),
        Link::Collection(..) | Link::None(_) => None,
    };
    let several = links().filter_map(|link| match link {
        Link::None(Unlinked::Ambiguous(first, second)) => Some([*first, *second]),
        _ => None,
    });
    let read: HashSet<usize> = links().filter_map(read).chain(several.flatten()).collect();
    for (number, bucket) in workspace.buckets.iter().enumerate() {
        let origin = &bucket.origin;
        if origin.form == Form::Manifest && !read.contains(&number) && !origin.name().is_empty() {
            let message = format!("No collection reads the bucket `{}`: what is put there is never found.", origin.name());
            report.add(origin.place(), "not read", message).help("Add a collection with it as its source, or take it out.");
        }
    }
}
