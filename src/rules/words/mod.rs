//! Sentences that several rules have in common: where a path was looked up, what was perhaps meant, what a finding rests on.

use crate::definitions::{Field, Fields, Origin, Schema};
use crate::diagnostic::{Diagnostic, Severity, Subject};
use crate::path::FieldPath;
use crate::resolve::{Resolution, resolve};
use crate::suggest;
use crate::workspace::{By, CollectionId, Declared, Facts, Guess, Input, Use, Workspace};

/// How many names a list in a sentence has at most.
const LISTED: usize = 6;
/// How many fields of a schema are compared with a misspelt name.
const COMPARED: usize = 5_000;

/// The service's own sentence about a path that is not in the source schema.
pub fn missing(path: &str) -> String {
    format!("The source field '{path}' does not exist in the source schema")
}

/// Lowers what only a passthrough says, or what rests on a guess, to a warning; and says which guess.
pub fn soften(finding: &mut Diagnostic, facts: &Facts<'_>, used: &Use<'_>, guess: Option<Guess>) {
    if used.is_passthrough() {
        finding.at_most(Severity::Warning);
    }
    if let Some(guess) = guess {
        rests_on_guess(finding, facts.workspace, guess);
    }
    finding.about(facts.workspace.collection_subject(used.collection));
}

/// Says that a finding rests on a guess, and how to make the link firm.
pub fn rests_on_guess(finding: &mut Diagnostic, workspace: &Workspace, guess: Guess) {
    let place = if guess.by == By::OnlyInFile { "file" } else { "folder" };
    let name = workspace.buckets[guess.bucket].origin.name();
    let reader = workspace.collections[guess.collection].origin.name();
    finding.at_most(Severity::Warning).help(format!(
        "This rests on a guess: `{name}` is the only bucket in the {place} of `{reader}`. \
         To make the link firm, name it as the source: `\"bucket_ids\": [\"{name}\"]`."
    ));
}

/// Shows where a path was looked up: the parent that lacks the field, or else the schema.
pub fn looked_up_in(finding: &mut Diagnostic, facts: &Facts<'_>, used: &Use<'_>, schema: &Schema, parent: Option<&Field>) {
    if let Some(span) = parent.and_then(|parent| parent.span) {
        let fields = parent.and_then(|parent| parent.properties.as_deref()).map(listed).unwrap_or_default();
        let name = parent.map_or("", |parent| &parent.name);
        finding.related(span, format!("in the schema it was looked up in, `{name}` has {fields}"));
        return;
    }
    let workspace = facts.workspace;
    let Input::Known { declared, .. } = &workspace.inputs[used.collection] else { return };
    for place in declared {
        match place {
            Declared::InputSchema => {
                if let Some(span) = schema.span {
                    finding.related(span, format!("the schema it was looked up in has {}", listed(&schema.fields)));
                }
            }
            Declared::Bucket(bucket) => {
                let bucket = &workspace.buckets[*bucket];
                if let Some(schema) = &bucket.schema {
                    let span = schema.span.unwrap_or_else(|| bucket.origin.place());
                    finding.related(span, format!("the schema it was looked up in has {}", listed(&schema.fields)));
                }
            }
            Declared::Collection(upstream) => {
                let name = workspace.collections[*upstream].origin.name();
                let fields = workspace.outputs.get(upstream).map(|output| listed(&output.fields)).unwrap_or_default();
                finding.related(
                    workspace.collections[*upstream].origin.place(),
                    format!("it was looked up in the output of `{name}`, which has {fields}"),
                );
            }
        }
    }
}

/// What was perhaps meant by a path whose segment `at` is missing from `fields`, as a sentence.
pub fn perhaps(
    facts: &Facts<'_>,
    used: &Use<'_>,
    path: &FieldPath<'_>,
    at: usize,
    fields: &Fields,
    schema: &Schema,
) -> Option<String> {
    let names = fields.iter().take(COMPARED).map(|field| field.name.as_str());
    if let Some(name) = suggest::nearest(path.segment(at), names) {
        let meant = with_segment(path, at, name, schema);
        let case = if name.eq_ignore_ascii_case(path.segment(at)) { " Letter case counts." } else { "" };
        return Some(format!("Did you mean `{meant}`?{case}"));
    }
    elsewhere_in_schema(path, schema).or_else(|| in_another_bucket(facts, used, path))
}

/// The path with another name for the segment `at`; the rest is kept if it then leads somewhere.
fn with_segment(path: &FieldPath<'_>, at: usize, name: &str, schema: &Schema) -> String {
    let join = |parts: &[&str]| parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(".");
    let whole = join(&[path.between(0, at), name, path.between(at + 1, path.len())]);
    let leads = FieldPath::parse(&whole)
        .is_ok_and(|path| !matches!(resolve(schema, &path), Resolution::Missing { .. } | Resolution::NotAnObject { .. }));
    if leads { whole } else { join(&[path.between(0, at), name]) }
}

/// A field of the same name, or nearly, at another level of the schema.
fn elsewhere_in_schema(path: &FieldPath<'_>, schema: &Schema) -> Option<String> {
    let wanted = path.last();
    let (mut exact, mut near): (Vec<String>, Option<(usize, String)>) = (Vec::new(), None);
    let mut compared = 0;
    schema.fields.walk(&mut |found, field| {
        compared += 1;
        if compared > COMPARED {
            return;
        }
        if field.name == wanted {
            exact.push(found.to_owned());
        } else if let Some(distance) = suggest::distance(wanted, &field.name)
            && near.as_ref().is_none_or(|(least, _)| distance < *least)
        {
            near = Some((distance, found.to_owned()));
        }
    });
    match (&exact[..], near) {
        ([one], _) => Some(level(path.text, one)),
        ([first, second, ..], _) => Some(format!("There are `{first}` and `{second}`.")),
        ([], Some((_, one))) => Some(format!("Did you mean `{one}`?")),
        ([], None) => None,
    }
}

fn level(written: &str, found: &str) -> String {
    let direction = if found.strip_suffix(written).is_some_and(|above| above.matches('.').count() == 1) {
        "one level down, "
    } else if written.strip_suffix(found).is_some_and(|above| above.matches('.').count() == 1) {
        "one level up, "
    } else {
        ""
    };
    format!("The field exists {direction}as `{found}`.")
}

/// The first bucket, other than those that were looked in, that has the path.
fn in_another_bucket(facts: &Facts<'_>, used: &Use<'_>, path: &FieldPath<'_>) -> Option<String> {
    let bucket = facts.bucket_with(path.text, used.collection)?;
    let origin: &Origin = &facts.workspace.buckets[bucket].origin;
    Some(format!("Bucket `{}` has it ({}).", origin.name(), facts.workspace.shown(origin.span)))
}

/// The names of fields, for a sentence: ``the fields `a` and `b` ``, or how many when there are more.
pub fn listed(fields: &Fields) -> String {
    let names: Vec<String> = fields.iter().take(LISTED + 1).map(|field| format!("`{}`", field.name)).collect();
    match &names[..] {
        [] => "no fields".to_owned(),
        [one] => format!("the field {one}"),
        _ if names.len() > LISTED => format!("{}, … ({} fields)", names[..LISTED].join(", "), fields.iter().count()),
        [most @ .., last] => format!("the fields {} and {last}", most.join(", ")),
    }
}

/// A number with its noun.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A collection's name as it stands in a sentence.
pub fn named(workspace: &Workspace, id: CollectionId) -> String {
    format!("`{}`", workspace.collections[id].origin.name())
}

/// Names the definition around each finding that has not named its own.
pub fn name_subjects(workspace: &Workspace, findings: &mut [Diagnostic]) {
    let mut origins: Vec<(&'static str, &Origin)> = workspace.origins().collect();
    origins.sort_by_key(|(_, origin)| origin.span);
    for finding in findings.iter_mut().filter(|finding| finding.subject.is_none()) {
        let place = finding.primary.span;
        let after = origins.partition_point(|(_, origin)| (origin.span.file, origin.span.start) <= (place.file, place.start));
        let around = after.checked_sub(1).map(|index| origins[index]);
        let around = around.filter(|(_, origin)| origin.span.file == place.file && place.end <= origin.span.end);
        finding.subject = around.map(|(kind, origin)| Subject { kind, name: origin.name().to_owned() });
    }
}
