//! Buckets without a schema, from which a collection maps fields.

use std::collections::{BTreeMap, HashSet};

use super::words::shapes::misfits;
use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::shape::{Hint, What};
use crate::text::Span;
use crate::workspace::{BucketId, Facts, Lookup, Use};

pub(super) static RULE: Rule = Rule {
    name: "bucket-without-schema",
    severity: Severity::Error,
    group: Group::Schema,
    summary: "a collection maps fields from a bucket that has no schema",
    docs: include_str!("../../docs/rules/bucket-without-schema.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut uses: BTreeMap<BucketId, Vec<&Use<'_>>> = BTreeMap::new();
    for used in facts.failing_uses() {
        if let Lookup::NoSchema(bucket, _) = used.lookup {
            uses.entry(bucket).or_default().push(used);
        }
    }
    let misspelt = misspelt(facts);
    for (bucket, uses) in uses {
        let bucket = &facts.workspace.buckets[bucket].origin;
        if misspelt.contains(&bucket.span) {
            continue;
        }
        let only_passed = uses.iter().all(|used| used.is_passthrough());
        let message = format!(
            "The bucket `{}` has no schema, and {} read from it. Without a schema nothing is found: \"{}.\"",
            bucket.name(),
            words::count(uses.len(), "path is", "paths are"),
            words::missing(&uses[0].path().value),
        );
        let finding = report.add(bucket.place(), "no schema", message);
        for used in uses.iter().take(words::SHOWN) {
            finding.related(used.path().span, "read from it here");
        }
        finding.help("Give the bucket a schema with `properties` that name the fields of its objects.");
        if only_passed {
            finding.at_most(Severity::Warning);
        }
        // One firm link is enough for the bucket to be at fault.
        let guesses: Vec<_> = uses
            .iter()
            .filter_map(|used| if let Lookup::NoSchema(_, guess) = used.lookup { Some(guess) } else { None })
            .collect();
        if let (true, Some(Some(guess))) = (guesses.iter().all(Option::is_some), guesses.first()) {
            words::rests_on_guess(finding, facts.workspace, *guess);
        }
    }
}

/// The buckets that do have a schema, under a key that is a slip of the right one, which is said of that key.
fn misspelt(facts: &Facts<'_>) -> HashSet<Span> {
    let is_slip = |what: &What| matches!(what, What::UnknownKey { hint: Hint::Slip("bucket_schema" | "schema"), .. });
    misfits(facts).filter(|misfit| is_slip(&misfit.what)).map(|misfit| misfit.body).collect()
}
