//! The other way to mend a path that leads nowhere: the field is declared where it was looked for.

use super::rewrite;
use crate::definitions::{Bucket, Field, Form};
use crate::diagnostic::{Edit, Fix};
use crate::path::FieldPath;
use crate::syntax::Format;
use crate::text::{Sources, Span};
use crate::workspace::{Declared, Facts, Fed, Input, Site, Use};

/// Declares the field in the bucket that is read, with the type that the input which reads it is made for.
pub(super) fn declare(facts: &Facts<'_>, used: &Use<'_>, path: &FieldPath<'_>) -> Option<Fix> {
    let (Site::Input(mapping), 1) = (used.site, path.len()) else { return None };
    let Input::Known { declared, guess: None, .. } = &facts.workspace.inputs[used.collection] else { return None };
    let [Declared::Bucket(bucket)] = declared[..] else { return None };
    let extractor = &facts.extractors[used.extractor?];
    let Fed::Input(input) = extractor.fed(&mapping.input.value) else { return None };
    let bucket = &facts.workspace.buckets[bucket];
    let edit = field(&facts.workspace.sources, bucket, path.text, input.accepts.first()?)?;
    rewrite::perhaps(format!("Declare `{}` in the bucket schema of `{}`", path.text, bucket.origin.name()), Some(vec![edit]))
}

/// Another field behind the last one of a schema.
fn field(sources: &Sources, bucket: &Bucket, name: &str, kind: &str) -> Option<Edit> {
    let schema = bucket.schema.as_ref().filter(|_| bucket.origin.form != Form::Answer)?;
    let extent = schema.extent?;
    let is_inside = |span: Span| span.file == extent.file && extent.start <= span.start && span.end <= extent.end;
    let place = |field: &Field| {
        Some((field.span?, field.declaration.as_ref()?.span)).filter(|(key, value)| is_inside(*key) && is_inside(*value))
    };
    let (key, value) = schema.fields.iter().filter_map(|field| place(field)).max_by_key(|(_, value)| value.end)?;
    let is_name = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let written = match Format::of(sources.get(key.file)) {
        Format::Yaml => format!("{{ type: {kind} }}"),
        Format::Json | Format::Jsonc | Format::JsonLines => format!("{{ \"type\": \"{kind}\" }}"),
    };
    is_name.then(|| rewrite::member_after(sources, key, value, name, &written))
}
