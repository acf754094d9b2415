//! The other way to mend a path that leads nowhere: the field is declared where it was looked for.

use super::{entries, rewrite};
use crate::definitions::{Bucket, Form};
use crate::diagnostic::{Edit, Fix};
use crate::path::FieldPath;
use crate::workspace::{Declared, Facts, Fed, Input, Site, Use};

/// Declares the field in the bucket that is read, with the type that the input which reads it is made for.
pub(super) fn declare(facts: &Facts<'_>, used: &Use<'_>, path: &FieldPath<'_>) -> Option<Fix> {
    let (Site::Input(mapping), 1) = (used.site, path.len()) else { return None };
    let Input::Known { declared, guess: None, .. } = &facts.workspace.inputs[used.collection] else { return None };
    let [Declared::Bucket(bucket)] = declared[..] else { return None };
    let extractor = &facts.extractors[used.extractor?];
    let Fed::Input(input) = extractor.fed(&mapping.input.value) else { return None };
    let bucket = &facts.workspace.buckets[bucket];
    let edit = field(facts, bucket, path.text, input.accepts.first()?)?;
    rewrite::perhaps(format!("Declare `{}` in the bucket schema of `{}`", path.text, bucket.origin.name()), Some(vec![edit]))
}

/// Another field beside those of a schema that somebody wrote.
fn field(facts: &Facts<'_>, bucket: &Bucket, name: &str, kind: &str) -> Option<Edit> {
    let schema = bucket.schema.as_ref().filter(|_| bucket.origin.form != Form::Answer)?;
    entries::typed_beside(facts, schema.fields.iter().find_map(|field| field.span)?, name, kind)
}
