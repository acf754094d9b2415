//! Changes that an upsert of a manifest refuses.

use std::collections::HashMap;

use super::{Check, Group, Report, Rule};
use crate::definitions::{Form, Noun, Origin};
use crate::diagnostic::Severity;
use crate::text::Span;
use crate::workspace::{Facts, Kept, Workspace};

pub(super) static RULE: Rule = Rule {
    name: "refused-change",
    severity: Severity::Warning,
    group: Group::Manifest,
    summary: "a change of something that an upsert leaves as it was made",
    docs: include_str!("../../docs/rules/refused-change.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    let made: Vec<_> = workspace.deleted.0.iter().filter(|before| before.is_in_manifest).collect();
    let declared = if made.is_empty() { HashMap::new() } else { declared(workspace) };
    for before in made {
        let key = (before.noun, before.namespace.as_deref(), before.name.as_str());
        let Some(&(number, origin)) = declared.get(&key) else { continue };
        let mut say = |span: Option<Span>, what: String| {
            let message = format!("An upsert does not change {what}: the service leaves it as it was made, and says `updated`.");
            let place = span.unwrap_or_else(|| origin.place());
            report.add(place, "changed", message).help("Make another one under a new name, or take the change back.");
        };
        let name = &before.name;
        match &before.kept {
            Kept::Bucket { unique, fields } => {
                let bucket = &workspace.buckets[number];
                let key = bucket.unique_key.as_ref();
                let fields_now: Vec<&str> = key.iter().flat_map(|key| &key.fields).map(|field| field.value.as_str()).collect();
                if *unique != fields_now {
                    say(key.map(|key| key.key), format!("the unique key of the bucket `{name}`"));
                }
                let Some(schema) = bucket.schema.as_ref().filter(|schema| !schema.is_damaged) else { continue };
                for (field, kind) in fields {
                    match schema.fields.get(field) {
                        None => say(schema.span, format!("a bucket by taking a field out of it, as `{field}` out of `{name}`")),
                        Some(declared) if declared.kind != *kind => {
                            say(declared.span, format!("the type of a field, as of `{field}` in the bucket `{name}`"));
                        }
                        Some(_) => {}
                    }
                }
            }
            Kept::Taxonomy { config } => {
                let taxonomy = &workspace.taxonomies[number];
                if *config != Kept::config_of(taxonomy) {
                    say(None, format!("the `config` of a taxonomy, as of `{name}`"));
                }
            }
            Kept::Retriever { inputs } => {
                let Some(schema) = workspace.retrievers[number].input_schema.as_ref().filter(|schema| schema.is_complete) else {
                    continue;
                };
                let is_gone = |input: &str| !schema.inputs.iter().any(|one| one.name.value == input);
                for input in inputs.iter().filter(|input| is_gone(input)) {
                    say(Some(schema.key), format!("a retriever by taking an input from it, as `{input}` from `{name}`"));
                }
            }
            Kept::Nothing => {}
        }
    }
}

/// What a manifest declares, by its kind, its namespace and its name.
type Declared<'w> = HashMap<(Noun, Option<&'w str>, &'w str), (usize, &'w Origin)>;

fn declared(workspace: &Workspace) -> Declared<'_> {
    let is_sound = |origin: &Origin| origin.form == Form::Manifest && !workspace.is_broken(origin.span.file);
    let sound = workspace.resources().filter(|(_, origin)| is_sound(origin));
    let named = sound.map(|((noun, number), origin)| {
        let namespace = origin.namespace.as_ref().map(|namespace| namespace.value.as_str());
        ((noun, namespace, origin.name()), (number, origin))
    });
    named.collect()
}
