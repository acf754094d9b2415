//! Fields of a bucket that no collection reads.

use std::collections::{HashMap, HashSet};

use super::{Check, Group, Report, Rule};
use crate::definitions::{Collection, Form};
use crate::diagnostic::Severity;
use crate::workspace::{BucketId, Declared, Facts, Link};

pub(super) static RULE: Rule = Rule {
    name: "unused-field",
    severity: Severity::Info,
    group: Group::Schema,
    summary: "a field of a bucket that no collection reads",
    docs: include_str!("../../docs/rules/unused-field.md"),
    check: Check::All(check),
};

fn check<'w>(facts: &'w Facts<'w>, report: &mut Report) {
    let workspace = facts.workspace;
    let buckets_of = |collection: usize| workspace.links[collection].iter().filter_map(bucket);
    // Of each bucket that is read: the fields that are, unless that cannot be said.
    let mut read: HashMap<BucketId, Option<HashSet<&str>>> = HashMap::new();
    for (number, collection) in workspace.collections.iter().enumerate() {
        for id in buckets_of(number) {
            let fields = read.entry(id).or_insert_with(|| Some(HashSet::new()));
            *fields = fields.take().filter(|_| reads_in_part(collection));
        }
    }
    let mut note = |id: BucketId, path: &'w str| {
        if let Some(Some(fields)) = read.get_mut(&id) {
            fields.extend(path.split(['.', '[']).next());
        }
    };
    for used in &facts.uses {
        buckets_of(used.collection).for_each(|id| note(id, &used.path().value));
    }
    for used in &facts.filters {
        for (_, declared) in &used.reads.schemas {
            let Declared::Bucket(id) = declared else { continue };
            used.filter.conditions.iter().for_each(|condition| note(*id, &condition.field.value));
        }
    }
    for (id, fields) in read {
        let bucket = &workspace.buckets[id];
        let (Some(schema), Some(fields)) = (&bucket.schema, fields) else { continue };
        let is_unique =
            |name: &str| bucket.unique_key.as_ref().is_some_and(|key| key.fields.iter().any(|field| field.value == name));
        let is_left = |name: &str| !fields.contains(name) && !is_unique(name);
        if bucket.origin.form == Form::Answer || schema.is_damaged {
            continue;
        }
        for field in schema.fields.iter().filter(|field| is_left(&field.name)) {
            let Some(span) = field.span else { continue };
            let message = format!("No collection reads the field `{}` of `{}`.", field.name, bucket.origin.name());
            report.add(span, "not read", message).help("Read it, pass it on, or take it out.");
        }
    }
}

fn bucket(link: &Link) -> Option<BucketId> {
    if let Link::Bucket(id, _) = link { Some(*id) } else { None }
}

/// Whether what a collection reads is only what its mappings say.
fn reads_in_part(collection: &Collection) -> bool {
    let says_all = collection
        .extractors
        .iter()
        .all(|extractor| !extractor.input_mappings.is_empty() && extractor.include_all_source_fields != Some(true));
    says_all && !collection.extractors.is_empty() && collection.source.field_map.is_empty()
}
