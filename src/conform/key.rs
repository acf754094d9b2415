//! The unique key of an object: what is wrong with its values, and a short stand-in to find a second object of the same key by.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::blobs::Blobs;
use super::{KeyFault, LONGEST_KEY};
use crate::definitions::{Bucket, Data, Value};

/// The values of an object's unique key, hashed: 16 bytes, however long they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u64; 2]);

/// The unique key of an object, when all its values are there and can be read.
pub fn key_of(object: &Value, bucket: &Bucket, is_placeholder: fn(&str) -> bool) -> Option<Key> {
    let unique_key = bucket.unique_key.as_ref().filter(|key| !key.fields.is_empty())?;
    let blobs = Blobs::of(object, is_placeholder);
    // The order of the fields does not matter.
    let mut fields: Vec<&str> = unique_key.fields.iter().map(|field| field.value.as_str()).collect();
    fields.sort_unstable();
    fields.dedup();
    // Two hashes of the same text, told apart by what comes first.
    let mut halves = [DefaultHasher::new(), DefaultHasher::new()];
    halves[1].write_u8(1);
    for name in fields {
        let value = object.get(name).or_else(|| blobs.metadata(name))?;
        let (kind, text) = match &value.data {
            Data::String(text) if fault(value, is_placeholder).is_none() && !is_placeholder(text) => (0, text.as_str()),
            Data::Number(text) => (1, text.as_str()),
            Data::Bool(value) => (2, if *value { "true" } else { "false" }),
            _ => return None,
        };
        halves.iter_mut().for_each(|half| (name, kind, text).hash(half));
    }
    Some(Key(halves.map(|half| half.finish())))
}

/// What is wrong with one value.
pub(super) fn fault(value: &Value, is_placeholder: fn(&str) -> bool) -> Option<KeyFault> {
    match &value.data {
        Data::Null => Some(KeyFault::Null),
        Data::String(text) if is_placeholder(text) => None,
        Data::String(text) if text.trim().is_empty() => Some(KeyFault::Empty),
        Data::String(text) if text.len() > LONGEST_KEY => {
            Some(text.chars().count()).filter(|length| *length > LONGEST_KEY).map(KeyFault::TooLong)
        }
        _ => None,
    }
}
