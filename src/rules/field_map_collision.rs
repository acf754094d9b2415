//! Entries of a `field_map` that give one field twice.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Check, Group, Report, Rule};
use crate::definitions::{FieldPassthrough, Form};
use crate::diagnostic::Severity;
use crate::text::Span;
use crate::workspace::{CollectionId, Facts, Link, field_maps};

pub(super) static RULE: Rule = Rule {
    name: "field-map-collision",
    severity: Severity::Error,
    group: Group::Links,
    summary: "a `field_map` gives two fields the same name",
    docs: include_str!("../../docs/rules/field-map-collision.md"),
    check: Check::All(check),
};

/// Who gives a field first, and where that is written.
type Firsts<'w> = HashMap<&'w str, (&'w str, Span)>;

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (number, collection) in facts.workspace.collections.iter().enumerate() {
        let maps = &collection.source.field_map;
        if maps.is_empty() || collection.origin.form == Form::Answer {
            continue;
        }
        let mut firsts = Firsts::new();
        for map in maps {
            for entry in &map.fields {
                let Some((name, span)) = named(entry) else { continue };
                let source = map.source.value.as_str();
                match firsts.get(name) {
                    Some((first, place)) => add(report, name, (span, source), (*place, first)),
                    None => _ = firsts.insert(name, (source, span)),
                }
            }
        }
        report_whole_sources(facts, report, number, &firsts);
    }
}

fn add(report: &mut Report, name: &str, (span, source): (Span, &str), (place, first): (Span, &str)) {
    let by = match first == source {
        true => format!("two entries of `{source}`"),
        false => format!("`{first}` and `{source}`"),
    };
    let message = format!("The `field_map` gives the field `{name}` twice, from {by}: the service refuses the collection.");
    let finding = report.add(span, format!("`{name}` again"), message);
    finding.related(place, format!("`{first}` gives `{name}` here")).help("Give one of them another `target_path`.");
}

/// A source that the map leaves out gives all of its fields, under their own names.
fn report_whole_sources(facts: &Facts<'_>, report: &mut Report, number: CollectionId, firsts: &Firsts<'_>) {
    let workspace = facts.workspace;
    let source = &workspace.collections[number].source;
    let maps = field_maps(workspace, number);
    let used: HashSet<Span> = maps.iter().flatten().map(|map| map.source.span).collect();
    // An entry that belongs to no source may be meant for the one that seems to be left out.
    if !source.field_map.iter().all(|map| used.contains(&map.source.span)) {
        return;
    }
    let mut seen = HashSet::new();
    for ((link, map), reference) in workspace.links[number].iter().zip(maps).zip(&source.references) {
        let fields = match link {
            Link::Bucket(bucket, _) => workspace.buckets[*bucket].schema.as_ref().map(|schema| &schema.fields),
            Link::Collection(upstream, _) => workspace.outputs.get(upstream).map(|output| &output.fields),
            Link::None(_) => None,
        };
        let Some(fields) = fields.filter(|fields| map.is_none() && seen.insert(Arc::as_ptr(fields))) else { continue };
        for field in fields.iter() {
            let Some((mapped, span)) = firsts.get(field.name.as_str()) else { continue };
            let (name, whole) = (&field.name, &reference.value);
            let message = format!(
                "The `field_map` gives the field `{name}` from `{mapped}`, and `{whole}`, which it leaves out, gives all of its \
                 fields: `{name}` is one of them."
            );
            let finding = report.add(*span, format!("`{whole}` gives `{name}` too"), message);
            if let Some(place) = field.span {
                finding.related(place, format!("`{name}` in `{whole}`"));
            }
            // That a whole source can collide follows from what is published, and is not said there.
            finding.at_most(Severity::Warning);
            finding.help(format!("Give it another `target_path`, or say in the `field_map` what `{whole}` gives."));
        }
    }
}

/// The name that an entry gives; under which one an item of a list arrives is not published.
fn named(entry: &FieldPassthrough) -> Option<(&str, Span)> {
    entry.is_named.then(|| entry.output())
}
