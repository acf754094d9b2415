//! What the rules about sample objects have in common: the objects of the repository, the places in a schema, and the guess.

use std::fmt::Write;

use super::super::Report;
use super::rewrite;
use crate::conform::{BlobFault, Breach, Place, Problem};
use crate::definitions::{Bucket, Data, Field, Fields, OBJECT_KEYS, Value};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::suggest;
use crate::workspace::{By, Checked, Facts};

/// How a rule phrases a breach, when it is one of those that the rule is about.
pub(in crate::rules) type Phrase = fn(&Breach<'_>, &Bucket, &mut Report);

/// Reports what `phrase` has words for, of all objects in the repository.
pub(in crate::rules) fn report(facts: &Facts<'_>, report: &mut Report, phrase: Phrase) {
    for object in &facts.objects {
        let first = report.diagnostics.len();
        for breach in &object.breaches {
            let before = report.diagnostics.len();
            phrase(breach, object.bucket, report);
            if report.diagnostics.len() > before
                && let Some(finding) = report.diagnostics.last_mut()
            {
                finding.fix(mended(facts, breach, object.bucket));
            }
        }
        report.diagnostics[first..].iter_mut().for_each(|finding| soften(finding, object));
    }
}

/// What does not conform, as it would.
fn mended(facts: &Facts<'_>, breach: &Breach<'_>, bucket: &Bucket) -> Option<Fix> {
    let sources = &facts.workspace.sources;
    let names = |fields: &Fields| fields.iter().take(COMPARED).map(|field| field.name.clone()).collect::<Vec<_>>();
    let near = |wanted: &str, fields: &Fields| {
        let names = names(fields);
        let names = || names.iter().map(|name| name.as_str());
        rewrite::slip(sources, breach.span, (wanted, suggest::nearest(wanted, names())?), names())
    };
    match &breach.problem {
        Problem::WrongType(place, value) => super::rewritten(sources, place.field.kind.name(), value),
        Problem::NotAllowed(_, value, allowed) => rewrite::among(sources, value, &allowed.value),
        Problem::QueryFlag => super::entries::without(facts, breach.span, "auto_process"),
        Problem::Undeclared { name, among, .. } => near(name, among),
        Problem::UnknownProperty(property) => near(property, &bucket.schema.as_ref()?.fields),
        Problem::Blob(BlobFault::UpperCaseType(said)) => rewrite::surely(sources, breach.span, &said.to_ascii_lowercase()),
        _ => None,
    }
}

/// Lowers what rests on a guess to a warning, and says which guess.
pub(in crate::rules) fn soften(finding: &mut Diagnostic, object: &Checked<'_>) {
    if object.by.is_guess() {
        let place = if object.by == By::OnlyInFile { "file" } else { "folder" };
        finding.is_guess = true;
        finding.at_most(Severity::Warning).help(format!(
            "This rests on a guess: `{0}` is the only bucket in the {place} of the object. To be sure, check it with `mixlint \
             check --objects FILE --bucket {0}`.",
            object.bucket.origin.name()
        ));
    }
}

/// Shows where a field is declared.
pub(in crate::rules) fn declared<'f>(finding: &'f mut Diagnostic, place: &Place<'_>) -> &'f mut Diagnostic {
    let (name, kind) = (&place.field.name, place.field.describe());
    if let Some(span) = place.field.span {
        let is_item = place.path.ends_with(']');
        let what = if is_item { format!("each item of `{name}`") } else { format!("`{name}`") };
        finding.related(span, format!("{what} is declared here as {kind}"));
    }
    finding
}

/// Shows where a name was looked for: in an object inside of the schema, or else in the schema itself.
pub(in crate::rules) fn looked_up_in<'f>(
    finding: &'f mut Diagnostic,
    parent: Option<&Field>,
    bucket: &Bucket,
) -> &'f mut Diagnostic {
    if let Some((parent, span)) = parent.and_then(|parent| Some((parent, parent.span?))) {
        let fields = parent.below().map(super::listed).unwrap_or_default();
        return finding.related(span, format!("`{}` has {fields}", parent.name));
    }
    if let Some((schema, span)) = bucket.schema.as_ref().and_then(|schema| Some((schema, schema.span?))) {
        finding.related(span, format!("the bucket schema has {}", super::listed(&schema.fields)));
    }
    finding
}

/// How many fields of a schema are compared with a misspelt name.
const COMPARED: usize = 2_000;

/// The name that was perhaps meant by one that is none of `among`; at the root it may be one of the body's own keys.
pub(in crate::rules) fn perhaps(name: &str, among: &Fields, is_root: bool) -> Option<String> {
    let own = if is_root { &OBJECT_KEYS[..] } else { &[] };
    let nearest =
        suggest::nearest(name, among.iter().map(|field| field.name.as_str()).take(COMPARED).chain(own.iter().copied()))?;
    Some(format!("Did you mean `{nearest}`?"))
}

/// How many characters of a value are repeated in a sentence.
const LONGEST: usize = 40;

/// A value as it can stand in a sentence.
pub(in crate::rules) fn shown(value: &Value) -> String {
    let text = match &value.data {
        Data::Number(text) => text,
        Data::String(text) => text,
        Data::Bool(value) => return format!("`{value}`"),
        _ => return value.describe().to_owned(),
    };
    let start: String = text.chars().take(LONGEST).collect();
    let dots = if start.len() < text.len() { "…" } else { "" };
    format!("`{}{dots}`", super::visible(&start))
}

/// Some values, for a sentence.
pub(in crate::rules) fn list(values: &[Value]) -> String {
    let mut list: String = values.iter().take(super::LISTED).map(shown).collect::<Vec<_>>().join(", ");
    if values.len() > super::LISTED {
        let _ = write!(list, " and {} more", values.len() - super::LISTED);
    }
    list
}
