//! Collections whose `input_schema` says more of the source than is there.

use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Form, is_object_field};
use crate::diagnostic::Severity;
use crate::path::FieldPath;
use crate::resolve::{Resolution, resolve};
use crate::workspace::{Difference, Facts, Link, differences};

pub(super) static RULE: Rule = Rule {
    name: "input-schema-mismatch",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "an `input_schema` has fields that the source does not have, or has with another type",
    docs: include_str!("../../docs/rules/input-schema-mismatch.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for (number, collection) in workspace.collections.iter().enumerate() {
        // Of several sources the schema says what they have in common, and a `field_map` gives fields other names.
        let (Some(said), [link]) = (&collection.input_schema, &workspace.links[number][..]) else { continue };
        // Where the source is guessed, the guess is wrong rather than the schema.
        let is_guess = link.guess(number).is_some();
        if is_guess || collection.origin.form == Form::Answer || collection.source.field_map_span.is_some() || said.is_damaged {
            continue;
        }
        let (source, origin) = match link {
            Link::Bucket(bucket, _) => (workspace.buckets[*bucket].schema.as_ref(), &workspace.buckets[*bucket].origin),
            Link::Collection(upstream, _) => (workspace.outputs.get(upstream), &workspace.collections[*upstream].origin),
            Link::None(_) => continue,
        };
        let Some(source) = source else { continue };
        let mut found = differences(&said.fields, &source.fields);
        found.retain(|difference| match difference {
            Difference::OnlyFirst(field) => {
                let is_missing = matches!(resolve(source, &FieldPath::literal(&field.name)), Resolution::Missing { .. });
                is_missing && !is_object_field(&field.name)
            }
            _ => difference.is_contradiction(),
        });
        let Some(Difference::OnlyFirst(first) | Difference::Type(first, _)) = found.first() else { continue };
        let Some(place) = first.span else { continue };
        let name = format!("`{}`", origin.name());
        let how = words::differing(&found, "the `input_schema`", &name);
        let message = format!("The `input_schema` does not fit the source {name}: {how}.");
        let finding = report.add(place, format!("not so in {name}"), message);
        words::show_differing(finding, &found, "the `input_schema`", &name);
        finding.related(source.span.unwrap_or(origin.place()), format!("{name} has {}", words::listed(&source.fields)));
        finding.help("Paths are looked up in the `input_schema`. Remove it, and they are looked up in the source's own schema.");
    }
}
