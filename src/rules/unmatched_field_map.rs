//! Entries of a `field_map` that belong to no source.

use std::collections::HashSet;

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Form, Source};
use crate::diagnostic::{Fix, Severity};
use crate::path::is_placeholder;
use crate::suggest;
use crate::text::{ShortText, Sources, Spanned};
use crate::workspace::{CollectionId, Facts, field_maps, is_id, origin};

pub(super) static RULE: Rule = Rule {
    name: "unmatched-field-map",
    severity: Severity::Warning,
    group: Group::Links,
    summary: "a `field_map` has an entry for something that is no source of its collection",
    docs: include_str!("../../docs/rules/unmatched-field-map.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (number, collection) in facts.workspace.collections.iter().enumerate() {
        let source = &collection.source;
        let Some(first) = source.references.first().filter(|_| !source.field_map.is_empty()) else { continue };
        if collection.origin.form == Form::Answer || source.references.iter().any(|it| is_placeholder(&it.value)) {
            continue;
        }
        let maps = field_maps(facts.workspace, number);
        let used: HashSet<_> = maps.iter().flatten().map(|map| map.source.span).collect();
        let hidden = HiddenIds::new(facts, number);
        for map in source.field_map.iter().filter(|map| !used.contains(&map.source.span)) {
            let key = map.source.value.as_str();
            if is_placeholder(key) || hidden.may_be(key) {
                continue;
            }
            let message = format!("`{key}` is no source of this collection, so what `field_map` says of it has no effect.");
            report
                .add(map.source.span, "no source of this collection", message)
                .related(first.span, "the sources are named here")
                .help(meant(source, key))
                .fix(instead(&facts.workspace.sources, source, &map.source));
        }
    }
}

/// Whether there are sources of which the repository tells the name or the id only: another key may be the other one.
struct HiddenIds {
    of_names: bool,
    of_ids: bool,
}

impl HiddenIds {
    fn new(facts: &Facts<'_>, number: CollectionId) -> HiddenIds {
        let (references, links) = (&facts.workspace.collections[number].source.references, &facts.workspace.links[number]);
        let without_id = references
            .iter()
            .zip(links)
            .filter(|(_, link)| origin(facts.workspace, link).is_none_or(|origin| origin.id.is_none()));
        let mut hidden = HiddenIds { of_names: false, of_ids: false };
        for (reference, _) in without_id {
            *(if is_id(&reference.value) { &mut hidden.of_ids } else { &mut hidden.of_names }) = true;
        }
        hidden
    }

    fn may_be(&self, key: &str) -> bool {
        if is_id(key) { self.of_names } else { self.of_ids }
    }
}

fn instead(sources: &Sources, source: &Source, key: &Spanned<ShortText>) -> Option<Fix> {
    let names = || source.references.iter().take(words::COMPARED).map(|reference| reference.value.as_str());
    let near = suggest::nearest(&key.value, names())?;
    rewrite::slip(sources, key.span, (key.value.as_str(), near), names())
}

fn meant(source: &Source, key: &str) -> String {
    let names = || source.references.iter().take(words::COMPARED).map(|reference| reference.value.as_str());
    match suggest::nearest(key, names()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => {
            let names: Vec<String> = names().take(3).map(|name| format!("`{name}`")).collect();
            let more = if source.references.len() > names.len() { ", …" } else { "" };
            format!("Its sources are {}{more}: use one of these as the key.", names.join(", "))
        }
    }
}
