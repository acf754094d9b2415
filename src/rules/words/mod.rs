//! Sentences that several rules have in common: where a path was looked up, and what a finding rests on.

pub(super) mod codes;
mod conceal;
pub(super) mod data;
mod declare;
mod differ;
pub(super) mod entries;
pub mod groups;
mod held;
mod lists;
mod lost;
mod nouns;
pub(super) mod objects;
mod parameters;
mod perhaps;
mod reading;
pub(super) mod rewrite;
pub(super) mod shapes;

use super::Report;
use crate::definitions::{Field, Fields, Form, Origin, ReservedOutput, Schema};
use crate::diagnostic::{Diagnostic, Label, Severity, Subject};
use crate::resolve::Resolution;
use crate::suggest;
use crate::text::Span;
use crate::workspace::{By, CollectionId, Declared, Facts, Guess, Input, Link, Lookup, NamedField, Site, Use, Workspace};

pub(super) use conceal::conceal;
pub(super) use differ::{differing, show_differing};
pub(super) use held::{as_held, boolean_of_yaml, misfit, rewritten, sure_misfit, word_of_yaml};
pub(super) use lists::{and, or, or_values, sure};
pub(super) use lost::{Loss, loss, regain, regained, way};
pub(super) use nouns::{a, several, unless_made_of_labels};
pub(super) use parameters::{article, not_taken, rewritten_parameter, taken_instead};
use perhaps::perhaps;
pub(super) use reading::{Read, read_by_filters, read_by_others, report_nothing};

/// How many names a list in a sentence has at most.
const LISTED: usize = 6;

/// How many fields of a schema are compared with a misspelt name.
pub(super) const COMPARED: usize = 2_000;

/// How many places of one kind a finding shows.
pub(super) const SHOWN: usize = 5;

/// The service's own sentence about a path that is not in the source schema.
pub(super) fn missing(path: &str) -> String {
    format!("The source field '{}' does not exist in the source schema", visible(path))
}

/// Reports a path of which a segment is missing, unless it was lost further up; `consequence` ends the sentence.
pub(super) fn report_missing(facts: &Facts<'_>, report: &mut Report, used: &Use<'_>, consequence: &str) {
    let Lookup::Resolved { schema, guess, resolution, lost: None } = &used.lookup else { return };
    let Resolution::Missing { at, fields, parent } = resolution else { return };
    let path = &used.field_path();
    let place = facts.workspace.sources.part(used.path(), path.range(*at));
    let finding = report.add(place, "no such field", format!("{}{consequence}", missing(path.text)));
    looked_up_in(finding, facts, used, schema, *parent);
    match perhaps(facts, used, path, *at, fields, schema) {
        Some(perhaps) => {
            let meant = perhaps.path.and_then(|path| rewrite::perhaps_path(&facts.workspace.sources, used.path(), &path));
            finding.help(perhaps.help).fix(meant)
        }
        None => finding.help(may_have_grown(facts, used)),
    };
    finding.fix(declare::declare(facts, used, path));
    soften(finding, facts, used, guess.as_deref());
}

/// How many collections a way has at most.
const FARTHEST: usize = 64;

/// The way of the data to a collection that reads another one: from the bucket down, as far as each has one source.
fn way_to(workspace: &Workspace, reader: CollectionId) -> Vec<Label> {
    let (mut way, mut at) = (Vec::new(), reader);
    while let [Link::Collection(above, _)] = workspace.links[at][..]
        && above != reader
        && way.len() < FARTHEST
    {
        let origin = &workspace.collections[above].origin;
        way.push(Label { span: origin.place(), message: format!("through {}", named(workspace, above)) });
        at = above;
    }
    if let [Link::Bucket(bucket, _)] = workspace.links[at][..]
        && !way.is_empty()
    {
        let origin = &workspace.buckets[bucket].origin;
        way.push(Label { span: origin.place(), message: format!("from the bucket `{}`", origin.name()) });
    }
    way.reverse();
    way
}

/// What is known of an output is what its definitions say; a schema sync may have added to it since.
fn may_have_grown(facts: &Facts<'_>, used: &Use<'_>) -> String {
    match &facts.workspace.inputs[used.collection] {
        Input::Known { declared, .. } => match declared[..] {
            [Declared::Collection(upstream)] if parent_is_computed(facts.workspace, upstream) => {
                let name = named(facts.workspace, upstream);
                format!("If a schema sync has added it to {name}, save the service's answer about {name} in the repository.")
            }
            _ => String::new(),
        },
        Input::NoSchema(..) | Input::Unknown => String::new(),
    }
}

fn parent_is_computed(workspace: &Workspace, upstream: CollectionId) -> bool {
    workspace.collections[upstream].output_schema.is_none()
}

/// A text as it can stand in a sentence: blanks that are not seen, or that break the line, are spelled out.
pub(super) fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            ' ' => seen.push(' '),
            _ if letter.is_whitespace() || letter.is_control() => seen.extend(letter.escape_debug()),
            _ => seen.push(letter),
        }
    }
    seen
}

/// Lowers what only a passthrough says, or what rests on a guess, to a warning; and says which guess.
pub(super) fn soften(finding: &mut Diagnostic, facts: &Facts<'_>, used: &Use<'_>, guess: Option<&Guess>) {
    // What an answer says, the service has taken.
    let is_taken = facts.workspace.collections[used.collection].origin.form == Form::Answer;
    if used.is_passthrough() || is_taken {
        finding.at_most(Severity::Warning);
    }
    if let Some(guess) = guess {
        rests_on_guess(finding, facts.workspace, *guess);
    }
    finding.about(facts.workspace.collection_subject(used.collection));
}

/// Says that a finding rests on a guess, and how to make the link firm.
pub(super) fn rests_on_guess(finding: &mut Diagnostic, workspace: &Workspace, guess: Guess) {
    let place = if guess.by == By::OnlyInFile { "file" } else { "folder" };
    let name = workspace.buckets[guess.bucket].origin.name();
    let reader = &workspace.collections[guess.collection];
    let firm = match reader.source.references.first() {
        Some(id) if id.value.starts_with("bkt_") => {
            format!("save the service's answer about the bucket, which has the id `{}`, in the repository", id.value)
        }
        _ => format!("name `{name}` as the source"),
    };
    finding.is_guess = true;
    // What is only likely, a person has to look at.
    finding.fixes.iter_mut().for_each(|fix| fix.is_safe = false);
    finding.at_most(Severity::Warning).help(format!(
        "This rests on a guess: `{name}` is the only bucket in the {place} of `{}`. To make the link firm, {firm}.",
        reader.origin.name()
    ));
}

/// Shows where a path was looked up: the parent that lacks the field, or else the schema.
pub(super) fn looked_up_in(finding: &mut Diagnostic, facts: &Facts<'_>, used: &Use<'_>, schema: &Schema, parent: Option<&Field>) {
    finding.lineage(way_to(facts.workspace, used.collection));
    if let Some((parent, span)) = parent.and_then(|parent| Some((parent, parent.span?))) {
        let fields = parent.below().map_or_else(|| "no fields".to_owned(), listed);
        finding.related(span, format!("in the schema it was looked up in, `{}` has {fields}", parent.name));
        return;
    }
    let declared = match (&used.site, &facts.workspace.inputs[used.collection]) {
        (Site::FieldMap(_, declared), _) => std::slice::from_ref(declared),
        (_, Input::Known { declared, .. }) => declared,
        _ => &[],
    };
    for place in declared.iter().take(SHOWN) {
        if let Some((span, message)) = place_of_schema(facts.workspace, used, schema, *place) {
            finding.related(span, message);
        }
    }
}

fn place_of_schema(workspace: &Workspace, used: &Use<'_>, schema: &Schema, declared: Declared) -> Option<(Span, String)> {
    Some(match declared {
        Declared::InputSchema => (schema.span?, format!("the schema it was looked up in has {}", listed(&schema.fields))),
        Declared::FieldMap => {
            let source = &workspace.collections[used.collection].source;
            (source.field_map_span?, format!("`field_map` gives {}", listed(&schema.fields)))
        }
        Declared::Bucket(bucket) => {
            let schema = workspace.buckets[bucket].schema.as_ref()?;
            (schema.span?, format!("the schema it was looked up in has {}", listed(&schema.fields)))
        }
        Declared::Collection(upstream) => {
            let fields = workspace.outputs.get(&upstream).map(|output| listed(&output.fields))?;
            let message = format!("it was looked up in the output of {}, which has {fields}", named(workspace, upstream));
            (workspace.collections[upstream].origin.place(), message)
        }
    })
}

/// Shows the schema that a bucket's own name of a field is not in, and what was perhaps meant.
pub(super) fn not_in_schema(finding: &mut Diagnostic, workspace: &Workspace, named: &NamedField<'_>) {
    let (schema, path) = (named.schema, &named.path);
    let (at, fields, parent) = match &named.resolution {
        Resolution::Missing { at, fields, parent } => (*at, *fields, *parent),
        Resolution::NotAnObject { at, parent } => {
            if let Some(span) = parent.span {
                finding.related(span, format!("`{}` is {} and has no fields", parent.name, parent.describe()));
            }
            let whole = path.between(0, *at);
            finding.help(format!("Write `{whole}` for the whole value."));
            finding.fix(rewrite::perhaps_path(&workspace.sources, named.name, whole));
            return;
        }
        Resolution::Prefixed { segments } => {
            let rest = path.between(*segments, path.len());
            finding.help(format!("Write `{rest}`.")).fix(rewrite::surely(&workspace.sources, named.name.span, rest));
            return;
        }
        _ => return,
    };
    let holder = parent.map_or("the schema".to_owned(), |parent| format!("`{}`", parent.name));
    if let Some(span) = parent.map_or(schema.span, |parent| parent.span) {
        finding.related(span, format!("{holder} has {}", listed(fields)));
    }
    if let Some(near) = suggest::nearest(path.segment(at), fields.iter().take(COMPARED).map(|field| field.name.as_str())) {
        let above = &path.text[..path.range(at).start];
        let case = if near.eq_ignore_ascii_case(path.segment(at)) { " Letter case counts." } else { "" };
        finding.help(format!("Did you mean `{above}{near}`?{case}"));
        let names = fields.iter().take(COMPARED).map(|field| field.name.as_str());
        if suggest::is_sole(path.segment(at), near, names) {
            let below = &path.text[path.range(at).end..];
            finding.fix(rewrite::perhaps_path(&workspace.sources, named.name, &format!("{above}{near}{below}")));
        }
    } else {
        finding.help("Declare the field in the schema, or name one that is there.");
    }
}

/// Names as a sentence lists them, the first few of many: ``` `a`, `b` and 12 more ```.
pub(super) fn series_of_many(names: &[&str]) -> String {
    match names.len().checked_sub(LISTED) {
        Some(more @ 1..) => format!("`{}` and {more} more", names[..LISTED].join("`, `")),
        _ => series(names, "and"),
    }
}

/// Which inputs a retriever has.
pub(super) fn its_inputs(names: &[&str]) -> String {
    match names {
        [] => "it declares no inputs".to_owned(),
        [only] => format!("its only input is `{only}`"),
        _ => format!("its inputs are {}", series_of_many(names)),
    }
}

/// A name as it stands in a sentence, in backticks; what is nothing but blanks is no name.
pub(super) fn name(name: &str) -> String {
    match name.trim() {
        "" => "a field without a name".to_owned(),
        _ => format!("`{}`", visible(name)),
    }
}

/// The names of fields, for a sentence: ``the fields `a` and `b` ``, or how many when there are more.
pub(super) fn listed(fields: &Fields) -> String {
    let names: Vec<&str> = fields.iter().take(LISTED + 1).map(|field| field.name.as_str()).collect();
    match &names[..] {
        [] => "no fields".to_owned(),
        [one] => format!("the field `{one}`"),
        _ if names.len() > LISTED => format!("{} fields: `{}`, …", fields.iter().count(), names[..LISTED].join("`, `")),
        _ => format!("the fields {}", series(&names, "and")),
    }
}

/// Names as a sentence lists them: ``` `a`, `b` and `c` ```.
pub(super) fn series(names: &[&str], last_word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [most @ .., last] => format!("`{}` {last_word} `{last}`", most.join("`, `")),
    }
}

/// What speaks against a name for a field of documents.
pub(super) fn reserved_name(name: &str, kind: ReservedOutput) -> String {
    match kind {
        ReservedOutput::System => format!("`{name}` is a field that the service writes into every document itself"),
        ReservedOutput::Older => {
            format!("`{name}` is a field that the service itself wrote into every document of its older layout")
        }
        ReservedOutput::Underscore => format!("`{name}` begins with an underscore, as only the service's own fields do"),
    }
}

/// A number with its noun.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A clause at the beginning of a sentence.
pub(super) fn capital(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A collection's name as it stands in a sentence.
pub(super) fn named(workspace: &Workspace, id: CollectionId) -> String {
    format!("`{}`", workspace.collections[id].origin.name())
}

/// Whether a collection reads a bucket itself.
pub(super) fn reads(workspace: &Workspace, reader: CollectionId, bucket: usize) -> bool {
    workspace.links[reader].iter().any(|link| matches!(link, Link::Bucket(id, _) if *id == bucket))
}

/// What a saved answer says, the service wrote: it is never changed.
pub(super) fn spare_answers(workspace: &Workspace, findings: &mut [Diagnostic]) {
    let answers = workspace.origins().filter(|(_, origin)| origin.form == Form::Answer);
    let mut answers: Vec<Span> = answers.map(|(_, origin)| origin.span).collect();
    answers.sort_unstable();
    let is_inside = |place: Span| {
        let after = answers.partition_point(|answer| (answer.file, answer.start) <= (place.file, place.start));
        after.checked_sub(1).is_some_and(|index| answers[index].file == place.file && place.start < answers[index].end)
    };
    for finding in findings {
        finding.fixes.retain(|fix| !fix.edits.iter().any(|edit| is_inside(edit.span)));
    }
}

/// Names the definition around each finding that has not named its own.
pub(super) fn name_subjects(workspace: &Workspace, findings: &mut [Diagnostic]) {
    let mut origins: Vec<(&'static str, &Origin)> = workspace.origins().collect();
    origins.sort_by_key(|(_, origin)| origin.span);
    for finding in findings.iter_mut().filter(|finding| finding.subject.is_none()) {
        let place = finding.primary.span;
        let after = origins.partition_point(|(_, origin)| (origin.span.file, origin.span.start) <= (place.file, place.start));
        let around = after.checked_sub(1).map(|index| origins[index]);
        let around = around.filter(|(_, origin)| origin.span.file == place.file && place.end <= origin.span.end);
        finding.subject = around.map(|(kind, origin)| Subject { kind, name: origin.name().to_owned(), span: origin.span });
    }
}
