//! Paths of filters, applications and stages that name nothing.

use crate::definitions::{Condition, Data, Fields};
use crate::diagnostic::Fix;
use crate::path::FieldPath;
use crate::rules::Report;
use crate::suggest;
use crate::text::{ShortText, Spanned};
use crate::workspace::{Declared, Facts, Lost, Named, ReadBy, Readable, Reading, Records, Workspace, readable_path};

/// A path that is read, and what follows when it names nothing.
pub(in crate::rules) struct Read<'a, 'w> {
    pub path: &'a Spanned<ShortText>,
    pub parts: FieldPath<'a>,
    pub reads: &'a Readable<'w>,
    /// What follows; the name of what is missing stands before it.
    pub consequence: String,
}

impl<'w> Read<'_, 'w> {
    /// Where the field was lost, if what is read lacks it and had it further up.
    pub fn lost(&self, facts: &Facts<'w>) -> Option<Lost<'w>> {
        self.reads.lost(facts.workspace, &self.parts)
    }

    /// What is wrong.
    pub fn message(&self) -> String {
        let what = match self.reads.records {
            Records::Objects => "objects",
            Records::Documents => "documents",
            Records::Results => "results",
        };
        format!("The {what} have no field `{}`{}", super::visible(&self.path.value), self.consequence)
    }
}

/// The paths that filters read.
pub(in crate::rules) fn read_by_filters<'a, 'w>(facts: &'a Facts<'w>) -> impl Iterator<Item = Read<'a, 'w>> {
    let conditions = facts.filters.iter().flat_map(|used| used.filter.conditions.iter().map(move |condition| (used, condition)));
    conditions.filter_map(|(used, condition)| {
        let parts = readable_path(&condition.field.value)?;
        Some(Read { path: &condition.field, parts, reads: &used.reads, consequence: of_condition(condition).to_owned() })
    })
}

fn of_condition(condition: &Condition) -> &'static str {
    let operator = condition.operator.as_ref().map_or("eq", |operator| &operator.value);
    match (operator, &condition.value.data) {
        // Something that is nowhere is not equal to anything.
        ("ne" | "nin", _) | ("exists", Data::Bool(false)) => ", so this condition changes nothing.",
        ("exists", Data::Bool(true)) => ", so this condition never holds.",
        ("exists" | "is_null", _) => ", so this condition has nothing to look at.",
        _ => ", so this condition never holds.",
    }
}

/// The paths that others read: stages, templates, labels and the like. What adds a field too late has a rule of its own, and so
/// have the inputs of taxonomies.
pub(in crate::rules) fn read_by_others<'a, 'w>(facts: &'a Facts<'w>) -> impl Iterator<Item = Read<'a, 'w>> {
    facts.readings.iter().filter(|reading| reading.later.is_none()).filter_map(|reading| {
        let parts = readable_path(&reading.path.value)?;
        Some(Read { path: &reading.path, parts, reads: &reading.reads, consequence: of_reading(reading)? })
    })
}

fn of_reading(reading: &Reading<'_>) -> Option<String> {
    let results = |what: &str, name: &str| format!(", so {what}: these are the results of `{name}`.");
    Some(match reading.by {
        ReadBy::TaxonomyInput(..) => return None,
        ReadBy::Application(..) => {
            ", so there is nothing to read: they hold what the extractor writes and what is passed on.".to_owned()
        }
        ReadBy::Label(taxonomy) => format!(", so `{}` has nothing to copy.", taxonomy.origin.name()),
        ReadBy::Attribute => ", so nothing can be compared by it.".to_owned(),
        ReadBy::Stage(stage) => format!(", so the stage `{}` has nothing to read.", stage.title()),
        ReadBy::Template(_) => ", so nothing stands there when the template is filled in.".to_owned(),
        ReadBy::WriteBack(retriever) => results("there is nothing to write back", retriever.origin.name()),
        ReadBy::Threshold(retriever) => results("the alert has nothing to compare", retriever.origin.name()),
        ReadBy::Shown(retriever) => results("there is nothing to show", retriever.origin.name()),
    })
}

/// Reports a path that names nothing in what is read.
pub(in crate::rules) fn report_nothing<'w>(facts: &Facts<'w>, report: &mut Report, read: &Read<'_, 'w>) {
    let Read { path, parts, reads, .. } = read;
    let workspace = facts.workspace;
    let (place, label, help) = match reads.look_up(parts) {
        Named::Unknown | Named::Field(_) => return,
        Named::Prefixed(segments) => {
            let rest = parts.between(segments, parts.len());
            let prefix = workspace.sources.part(path, parts.range(0).start..parts.range(segments - 1).end);
            let fix = super::rewrite::surely(&workspace.sources, path.span, rest);
            (prefix, "no part of the path".to_owned(), Some((format!("Write `{rest}`."), fix)))
        }
        Named::Nothing { at, fields } => {
            let label = match fields {
                Some(_) => "no such field".to_owned(),
                None => format!("`{}` has no fields", parts.segment(at - 1)),
            };
            (
                workspace.sources.part(path, parts.range(at)),
                label,
                fields.and_then(|fields| meant(workspace, path, parts, at, fields)),
            )
        }
    };
    let finding = report.add(place, label, read.message());
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
    if let Some(lost) = read.lost(facts) {
        let what = super::loss(workspace, &lost, parts.text).map(|loss| format!("{}.", super::capital(&loss.clause)));
        finding.help(what.unwrap_or_default()).help(super::regain(workspace, &lost, parts.text));
        finding.fix(super::regained(workspace, &lost, path));
    } else {
        let (help, fix) = help.unwrap_or_default();
        finding.help(help).fix(fix);
    }
    if let Some(guess) = reads.guess {
        super::rests_on_guess(finding, workspace, guess);
    }
}

/// The nearest name of the same level, else a field of the very name at another level.
fn meant(
    workspace: &Workspace,
    written: &Spanned<ShortText>,
    path: &FieldPath<'_>,
    at: usize,
    fields: &Fields,
) -> Option<(String, Option<Fix>)> {
    let names = || fields.iter().take(super::COMPARED).map(|field| field.name.as_str());
    let near = suggest::nearest(path.segment(at), names())?;
    let before = path.between(0, at);
    let dot = if before.is_empty() { "" } else { "." };
    // The path may be written with a prefix that is read past.
    let fix =
        written.value.strip_suffix(path.text).filter(|_| suggest::is_sole(path.segment(at), near, names())).and_then(|prefix| {
            let range = path.range(at);
            let place = prefix.len() + range.start..prefix.len() + range.end;
            super::rewrite::perhaps(
                super::rewrite::write(near),
                Some(vec![super::rewrite::part(&workspace.sources, written, place, near)?]),
            )
        });
    Some((format!("Did you mean `{before}{dot}{near}`?"), fix))
}
