//! The blobs of an object: which fields they fill, and what is wrong with them.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::{BlobFault, Breach, Conform, Problem, start};
use crate::definitions::{Data, Field, FieldType, Value};
use crate::text::Span;

/// The blobs of an object.
pub(super) struct Blobs<'a> {
    list: &'a [Value],
    /// Whether there may be blobs, or properties of blobs, that cannot be read.
    is_open: bool,
    /// The names that they give values to; made when something is first missing elsewhere.
    given: OnceCell<HashSet<&'a str>>,
}

impl<'a> Blobs<'a> {
    pub(super) fn of(object: &'a Value, is_placeholder: fn(&str) -> bool) -> Blobs<'a> {
        let blobs = object.get("blobs");
        let list = blobs.map_or(&[][..], Value::items);
        let is_list = blobs.is_none_or(|blobs| matches!(blobs.data, Data::Array(_) | Data::Null));
        let is_known = |blob: &Value| {
            let metadata = blob.get("metadata").is_none_or(|metadata| matches!(metadata.data, Data::Object(_) | Data::Null));
            metadata && property(blob).is_some_and(|(_, name)| !is_placeholder(name))
        };
        Blobs { list, is_open: !is_list || !list.iter().all(is_known), given: OnceCell::new() }
    }

    /// Whether a field may come from the blobs: a file from a blob, and anything else from the metadata of one, which is promoted
    /// to the object's root.
    pub(super) fn may_give(&self, field: &Field) -> bool {
        let given = || {
            let metadata = self.list.iter().filter_map(|blob| blob.get("metadata")).flat_map(Value::entries);
            let properties = self.list.iter().filter_map(property).map(|(_, name)| name);
            properties.chain(metadata.map(|entry| entry.key.value.as_str())).collect()
        };
        self.is_open || self.given.get_or_init(given).contains(field.name.as_str())
    }

    /// What the metadata of the blobs says under a name: the first blob wins.
    pub(super) fn metadata(&self, name: &str) -> Option<&'a Value> {
        self.list.iter().find_map(|blob| blob.get("metadata")?.get(name))
    }
}

fn property(blob: &Value) -> Option<(Span, &str)> {
    let property = blob.get("property")?;
    Some((property.span, property.as_str()?))
}

impl<'a> Conform<'a> {
    pub(super) fn blobs(&mut self, blobs: &Blobs<'a>) {
        for blob in blobs.list.iter().filter(|blob| matches!(blob.data, Data::Object(_))) {
            faults(blob, &mut self.found);
            let Some((span, name)) = property(blob).filter(|(_, name)| !(self.rulebook.is_placeholder)(name)) else { continue };
            match self.schema.fields.get(name) {
                None if self.schema.is_damaged => {}
                None => self.add(span, Problem::UnknownProperty(name)),
                Some(field) => self.blob_of(field, span, blob),
            }
        }
    }

    fn blob_of(&mut self, field: &'a Field, property: Span, blob: &'a Value) {
        if matches!(field.kind, FieldType::Unknown(_)) {
            return;
        }
        if !field.kind.is_file() {
            self.add(property, Problem::NoFileProperty(field));
            return;
        }
        // A text can hold the address of any file, and published examples have such blobs.
        let Some(kind) = blob.get("type").filter(|_| field.kind.name() != "text") else { return };
        // What is no type at all, or only in capitals, is wrong whatever the schema says.
        if let Some(said) = kind.as_str().filter(|said| FieldType::parse(said) != field.kind && is_type(said)) {
            self.add(kind.span, Problem::BlobType(said, field));
        }
    }
}

fn is_type(said: &str) -> bool {
    !matches!(FieldType::parse(said), FieldType::Unknown(_))
}

/// What is wrong with a blob, whatever the schema says.
fn faults<'a>(blob: &'a Value, found: &mut Vec<Breach<'a>>) {
    let mut add = |span, fault| found.push(Breach { span, problem: Problem::Blob(fault) });
    let has = |key: &str| blob.get(key).is_some_and(|value| value.data != Data::Null);
    let key = |key: &str| blob.entries().iter().rev().find(|entry| entry.key.value == key).map(|entry| entry.key.span);
    // Of a blob that is not even for something, the rest is not worth saying.
    if !has("property") {
        return add(start(blob.span), BlobFault::NoProperty);
    }
    match blob.get("type").map(|kind| (kind.span, kind.as_str())) {
        None => add(start(blob.span), BlobFault::NoType),
        Some((span, Some(said))) if !is_type(said) => add(span, BlobFault::UnknownType(said)),
        Some((span, Some(said))) if said.contains(|letter: char| letter.is_ascii_uppercase()) => {
            add(span, BlobFault::UpperCaseType(said));
        }
        Some(_) => {}
    }
    match (has("data"), has("upload_id"), key("url")) {
        (true, true, _) => add(key("upload_id").unwrap_or(blob.span), BlobFault::DataAndUpload),
        (_, _, Some(url)) => add(url, BlobFault::Url),
        (false, false, None) => add(start(blob.span), BlobFault::NoContent),
        _ => {}
    }
}
