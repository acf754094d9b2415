//! Paths of filters and applications that name nothing.

use crate::definitions::Fields;
use crate::path::FieldPath;
use crate::resolve::{Resolution, resolve};
use crate::rules::Report;
use crate::suggest;
use crate::text::Spanned;
use crate::workspace::{Declared, Facts, Input, Named, Readable, Records, Workspace};

/// A path that names nothing, and who reads it.
pub(in crate::rules) struct Nothing<'a, 'w> {
    pub path: &'a Spanned<String>,
    pub parts: &'a FieldPath<'a>,
    pub reads: &'a Readable<'w>,
    /// What is wrong and what follows; the name of what is missing stands before it.
    pub consequence: &'a str,
}

/// Reports a path that names nothing in what is read.
pub(in crate::rules) fn report_nothing(facts: &Facts<'_>, report: &mut Report, nothing: &Nothing<'_, '_>) {
    let Nothing { path, parts, reads, consequence } = nothing;
    let workspace = facts.workspace;
    let what = match reads.records {
        Records::Objects => "objects",
        Records::Documents => "documents",
        Records::Results => "results",
    };
    let (place, label, help) = match reads.look_up(parts) {
        Named::Unknown | Named::Field(_) => return,
        Named::Prefixed(segments) => {
            let rest = parts.between(segments, parts.len());
            let prefix = workspace.sources.part(path, parts.range(0).start..parts.range(segments - 1).end);
            (prefix, "no part of the path".to_owned(), Some(format!("Write `{rest}`.")))
        }
        Named::Nothing { at, fields } => {
            let label = match fields {
                Some(_) => "no such field".to_owned(),
                None => format!("`{}` has no fields", parts.segment(at - 1)),
            };
            (workspace.sources.part(path, parts.range(at)), label, fields.and_then(|fields| meant(parts, at, fields)))
        }
    };
    let finding = report.add(place, label, format!("The {what} have no field `{}`{consequence}", super::visible(&path.value)));
    for (schema, declared) in reads.schemas.iter().take(super::SHOWN) {
        let (span, whose) = match *declared {
            Declared::Bucket(bucket) => {
                (schema.span, format!("the bucket schema of `{}`", workspace.buckets[bucket].origin.name()))
            }
            Declared::Collection(id) => {
                (Some(workspace.collections[id].origin.place()), format!("a document of {}", super::named(workspace, id)))
            }
            Declared::InputSchema | Declared::FieldMap => continue,
        };
        if let Some(span) = span {
            finding.related(span, format!("{whose} has {}", super::listed(&schema.fields)));
        }
    }
    finding.help(arrives_as(reads, parts).or_else(|| not_passed_on(workspace, reads, parts)).or(help).unwrap_or_default());
    if let Some(guess) = reads.guess {
        super::rests_on_guess(finding, workspace, guess);
    }
}

/// The name under which the documents have a field of their source.
fn arrives_as(reads: &Readable<'_>, path: &FieldPath<'_>) -> Option<String> {
    let (_, name) = reads.renamed.iter().find(|(source, _)| *source == path.text)?;
    Some(format!("It arrives as `{name}`: write `{name}`."))
}

/// What to add when the documents lack a field that their source has.
fn not_passed_on(workspace: &Workspace, reads: &Readable<'_>, path: &FieldPath<'_>) -> Option<String> {
    let [(_, Declared::Collection(id))] = reads.schemas[..] else { return None };
    let Input::Known { schema, .. } = &workspace.inputs[id] else { return None };
    let collection = super::named(workspace, id);
    let has_it = matches!(resolve(schema, path), Resolution::Field(_));
    has_it.then(|| {
        let written = if path.len() == 1 { String::new() } else { format!(", and write `{}`", path.last()) };
        format!(
            "The source of {collection} has it: add `{{ \"source_path\": \"{}\" }}` to the `field_passthrough` of {collection}{written}.",
            path.text
        )
    })
}

/// The nearest name of the same level, else a field of the very name at another level.
fn meant(path: &FieldPath<'_>, at: usize, fields: &Fields) -> Option<String> {
    let near = suggest::nearest(path.segment(at), fields.iter().take(super::COMPARED).map(|field| field.name.as_str()))?;
    let before = path.between(0, at);
    let dot = if before.is_empty() { "" } else { "." };
    Some(format!("Did you mean `{before}{dot}{near}`?"))
}
