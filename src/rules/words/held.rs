//! Words about values that a field cannot hold.

use super::rewrite;
use crate::definitions::{Data, Field, Value};
use crate::diagnostic::Fix;
use crate::text::Sources;

/// What a value is that a field cannot hold: `a string`, or what is wrong with the string where another one would do.
pub(in crate::rules) fn misfit(field: &Field, value: &Value) -> &'static str {
    match (field.kind.name(), &value.data) {
        ("date" | "datetime", Data::String(_)) => "a string that is no ISO 8601 date",
        ("integer", Data::Number(_)) => "a number that is not whole",
        _ => value.describe(),
    }
}

/// The part of a value that a field surely cannot hold. A bare `yes` or `no` in YAML may be a boolean.
pub(in crate::rules) fn sure_misfit<'a>(sources: &Sources, field: &'a Field, value: &'a Value) -> Option<(&'a Field, &'a Value)> {
    let is_bare_word = |value: &Value| value.is_bare_word(sources.get(value.span.file).text());
    field.misfit(value).filter(|(holder, misfit)| holder.kind.name() != "boolean" || !is_bare_word(misfit))
}

/// How a value is written so that the field can hold it.
pub(in crate::rules) fn as_held(field: &Field, value: &Value) -> String {
    match (field.kind.name(), &value.data) {
        ("date", _) => "Write a date as in `2026-01-31`.".to_owned(),
        ("datetime", _) => "Write a date and a time as in `2026-01-31T08:00:00Z`.".to_owned(),
        ("number" | "float", Data::String(text)) if text.parse::<f64>().is_ok_and(f64::is_finite) => unquoted(text),
        ("integer", Data::String(text)) if text.parse::<i64>().is_ok() => unquoted(text),
        ("boolean", Data::String(text)) if matches!(text.as_str(), "true" | "false") => unquoted(text),
        ("string", Data::Number(text)) => format!("Write `\"{text}\"`."),
        ("string", Data::Bool(value)) => format!("Write `\"{value}\"`."),
        ("boolean", _) => "Write `true` or `false`.".to_owned(),
        _ => format!("Write {}, or change the type.", field.describe()),
    }
}

fn unquoted(text: &str) -> String {
    format!("Write `{text}` without quotes.")
}

/// What to write in the place of a bare `yes` or `no`.
pub(in crate::rules) fn word_of_yaml(written: &str) -> String {
    let word = boolean_of_yaml(written);
    format!("Write `{word}`: only older readers of YAML take `{written}` for a boolean.")
}

/// What older readers of YAML take such a word for.
pub(in crate::rules) fn boolean_of_yaml(written: &str) -> &'static str {
    if matches!(written.to_ascii_lowercase().as_str(), "yes" | "on") { "true" } else { "false" }
}

/// The value as the field can hold it, where only its quotes are wrong; the type may be what is wrong instead.
pub(in crate::rules) fn rewritten(sources: &Sources, kind: &str, value: &Value) -> Option<Fix> {
    match (kind, &value.data) {
        ("number" | "float", Data::String(text)) if text.parse::<f64>().is_ok_and(f64::is_finite) => unquote(sources, value),
        ("integer", Data::String(text)) if text.parse::<i64>().is_ok() => unquote(sources, value),
        ("boolean", Data::String(text)) if matches!(text.as_str(), "true" | "false") => unquote(sources, value),
        ("string", Data::Number(text)) => quote(sources, value, text),
        ("string", Data::Bool(is)) => quote(sources, value, if *is { "true" } else { "false" }),
        _ => None,
    }
}

fn unquote(sources: &Sources, value: &Value) -> Option<Fix> {
    rewrite::perhaps("Remove the quotes", rewrite::unquoted(sources, value.span))
}

fn quote(sources: &Sources, value: &Value, text: &str) -> Option<Fix> {
    rewrite::perhaps(format!("Write `{text}` in quotes"), rewrite::quoted(sources, value.span, text))
}
