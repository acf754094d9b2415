//! Keys that must be there and are not.

use std::collections::{HashMap, HashSet};

use super::words::shapes::{misfits, noun, pair, subject};
use super::words::{and, or};
use super::{Check, Group, Report, Rule};
use crate::definitions::{Form, Noun};
use crate::diagnostic::Severity;
use crate::shape::{Misfit, What};
use crate::text::Span;
use crate::workspace::{BucketId, Facts, Lookup};

pub(super) static RULE: Rule = Rule {
    name: "missing-key",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "a key that must be there is not",
    docs: include_str!("../../docs/rules/missing-key.md"),
    check: Check::All(check),
};

/// The longest value that is shown as an example.
const SHOWN: usize = 80;

fn check(facts: &Facts<'_>, report: &mut Report) {
    let buckets: HashMap<Span, BucketId> =
        facts.workspace.buckets.iter().enumerate().map(|(number, bucket)| (bucket.origin.span, number)).collect();
    let read: HashSet<BucketId> = facts
        .uses
        .iter()
        .filter_map(|used| if let Lookup::NoSchema(bucket, _) = used.lookup { Some(bucket) } else { None })
        .collect();
    for misfit in misfits(facts) {
        if let What::ToldKey { key } = &misfit.what {
            let message = format!("{} has no `{key}`, which the service's own schema asks for.", subject(misfit));
            report.add(misfit.place, label(&[key]), message).help(format!("Add `{key}`."));
            continue;
        }
        let What::MissingKey { keys, because, note, is_deduced, example } = &misfit.what else { continue };
        let bucket = buckets.get(&misfit.body).filter(|_| misfit.noun == Noun::Bucket && keys[..] == ["bucket_schema"]);
        // A body that changes a bucket need not repeat the schema; where paths are read from it, the bucket itself is at fault.
        if bucket.is_some_and(|bucket| facts.workspace.buckets[*bucket].is_change || read.contains(bucket)) {
            continue;
        }
        let finding = report.add(misfit.place, label(keys), message(misfit, keys, *because));
        if let Some(note) = note {
            finding.help(format!("{note} One that makes a {} must have it.", noun(misfit)));
        }
        if let Some(example) = example.filter(|example| example.len() <= SHOWN) {
            finding.help(format!("Add it, such as {}.", pair(facts, misfit.place, keys[0], example)));
        } else if let [one] = keys[..] {
            finding.help(format!("Add `{one}`."));
        } else {
            finding.help(format!("Add {}.", or(keys)));
        }
        if note.is_some() || *is_deduced || misfit.form == Form::Manifest {
            finding.at_most(Severity::Warning);
        }
    }
}

fn label(keys: &[&str]) -> String {
    format!("no {}", or(keys))
}

fn message(misfit: &Misfit, keys: &[&str], because: Option<(&str, &str)>) -> String {
    let needed = because.map(|(key, value)| format!(", which `{key}: {value}` needs")).unwrap_or_default();
    let subject = subject(misfit);
    match keys {
        [one] => format!("{subject} has no `{one}`{needed}."),
        _ => format!(
            "{subject} has none of {}, and needs one of them{}.",
            and(keys),
            match because {
                Some((key, value)) => format!(" for `{key}: {value}`"),
                None => String::new(),
            }
        ),
    }
}
