//! Reads parts of catalogue files.

use super::Confidence;
use crate::definitions::Value;

/// The text of `key`; empty when there is none.
pub(super) fn text(value: &Value, key: &str) -> String {
    sentence(value, key).unwrap_or_default()
}

/// The text of `key`, when it has one.
pub(super) fn sentence(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

/// Whether `key` is true.
pub(super) fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool) == Some(true)
}

/// The number at `key`.
pub(super) fn number(value: &Value, key: &str) -> Option<f64> {
    value.get(key).and_then(Value::as_number)
}

/// The items of the list at `key`.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).into_iter().flat_map(Value::items)
}

/// The strings of the list at `key`.
pub(super) fn names(value: &Value, key: &str) -> Vec<String> {
    list(value, key).filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

/// How sure a fact is; what does not say so is not sure.
pub(super) fn confidence(value: &Value, key: &str) -> Confidence {
    Confidence::parse(value.get(key).and_then(Value::as_str))
}
