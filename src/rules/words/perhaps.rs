//! What was perhaps meant by a path that leads nowhere.

use std::ops::ControlFlow;

use super::COMPARED;
use crate::definitions::{Fields, Schema};
use crate::path::FieldPath;
use crate::resolve::{Resolution, resolve};
use crate::suggest;
use crate::workspace::{Facts, Use};

/// What was perhaps meant.
pub(super) struct Perhaps {
    /// As a sentence.
    pub help: String,
    /// The path that was meant, where there is no other one.
    pub path: Option<String>,
}

impl Perhaps {
    fn only(help: String) -> Perhaps {
        Perhaps { help, path: None }
    }
}

/// What was perhaps meant by a path whose segment `at` is missing from `fields`.
pub(super) fn perhaps(
    facts: &Facts<'_>,
    used: &Use<'_>,
    path: &FieldPath<'_>,
    at: usize,
    fields: &Fields,
    schema: &Schema,
) -> Option<Perhaps> {
    near(path, at, fields, schema)
        .or_else(|| other_separator(path, schema))
        .or_else(|| behind_prefix(path, schema))
        .or_else(|| elsewhere_in_schema(path, schema))
        .or_else(|| in_another_bucket(facts, used, path).map(Perhaps::only))
}

/// A field of the same level with nearly the name; of names with dots, nearly the rest of the path.
fn near(path: &FieldPath<'_>, at: usize, fields: &Fields, schema: &Schema) -> Option<Perhaps> {
    let names = || fields.iter().take(COMPARED).map(|field| field.name.as_str());
    let dotted = || suggest::nearest(path.between(at, path.len()), names().filter(|name| name.contains('.')));
    let name = suggest::nearest(path.segment(at), names());
    if let (None, Some(dotted)) = (name, dotted()) {
        let whole = join(&[path.between(0, at), dotted]);
        return Some(Perhaps { help: format!("Did you mean `{whole}`?"), path: Some(whole) });
    }
    let name = name?;
    let case = if name.eq_ignore_ascii_case(path.segment(at)) { " Letter case counts." } else { "" };
    let whole = with_segment(path, at, name, schema);
    let is_sole = suggest::is_sole(path.segment(at), name, names());
    Some(Perhaps { help: format!("Did you mean `{whole}`?{case}"), path: is_sole.then_some(whole) })
}

/// The path with another name for the segment `at`; the rest is kept if it then leads somewhere.
fn with_segment(path: &FieldPath<'_>, at: usize, name: &str, schema: &Schema) -> String {
    let range = path.range(at);
    let whole = format!("{}{name}{}", &path.text[..range.start], &path.text[range.end..]);
    if leads(&whole, schema) { whole } else { join(&[path.between(0, at), name]) }
}

fn join(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(".")
}

fn leads(path: &str, schema: &Schema) -> bool {
    let resolution = FieldPath::parse(path).map(|path| resolve(schema, &path)).ok();
    matches!(resolution, Some(Resolution::Field(_) | Resolution::Open | Resolution::ThroughArray { .. }))
}

/// `a/b` and the like, for `a.b`.
fn other_separator(path: &FieldPath<'_>, schema: &Schema) -> Option<Perhaps> {
    let dotted = path.text.replace("->", ".").replace(['/', ':', '#'], ".");
    let help = format!("Did you mean `{dotted}`?");
    (dotted != path.text && leads(&dotted, schema)).then_some(Perhaps { help, path: Some(dotted) })
}

/// A path that goes wrong after a name that no schema declares, so that it has two faults.
fn behind_prefix(path: &FieldPath<'_>, schema: &Schema) -> Option<Perhaps> {
    let prefix = path.segment(0);
    if !matches!(prefix, "payload" | "$" | "metadata") || path.len() < 2 || schema.fields.get(prefix).is_some() {
        return None;
    }
    let field = schema.fields.get(path.segment(1))?;
    let help =
        format!("`{prefix}.` is no part of a field path, and below `{0}` there is no such field: write `{0}`.", field.name);
    Some(Perhaps { help, path: Some(field.name.to_string()) })
}

/// A field of the same name, or nearly, at another level of the schema.
fn elsewhere_in_schema(path: &FieldPath<'_>, schema: &Schema) -> Option<Perhaps> {
    let wanted = path.last();
    let shape = suggest::Wanted::new(wanted);
    let (mut exact, mut near): (Vec<String>, Option<(usize, String)>) = (Vec::new(), None);
    let mut compared = 0;
    let _ = schema.fields.walk(&mut |found, field| {
        compared += 1;
        if field.name == wanted {
            exact.push(found.to_owned());
        } else if let Some(distance) = shape.as_ref().and_then(|shape| shape.near(&field.name))
            && near.as_ref().is_none_or(|(least, _)| distance < *least)
        {
            near = Some((distance, found.to_owned()));
        }
        if compared < COMPARED { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    match (&exact[..], near) {
        ([one], _) => Some(Perhaps { help: level(path.text, one), path: Some(one.clone()) }),
        ([first, second, ..], _) => Some(Perhaps::only(format!("There are `{first}` and `{second}`."))),
        ([], Some((_, one))) => Some(Perhaps::only(format!("Did you mean `{one}`?"))),
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
    let origin = &facts.workspace.buckets[bucket].origin;
    let namespace =
        origin.namespace.as_ref().map_or_else(String::new, |namespace| format!(" of namespace `{}`", namespace.value));
    let collection = &facts.workspace.collections[used.collection];
    let but = match super::reads(facts.workspace, used.collection, bucket) {
        true if collection.input_schema.is_some() => ", but `input_schema` takes the place of its schema.".to_owned(),
        true => ", but `field_map` leaves it out.".to_owned(),
        false => format!(" ({}).", facts.workspace.shown(origin.span)),
    };
    Some(format!("Bucket `{}`{namespace} has it{but}", origin.name()))
}
