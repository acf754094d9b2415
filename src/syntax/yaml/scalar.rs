//! The kinds of scalars, by the core schema of YAML 1.2.

use granit_parser::{ScalarStyle, Tag};

use crate::syntax::Kind;

/// A tag whose type the value is not of: the name of the type.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WrongTag<'t>(pub(super) &'t str);

/// The kind of a scalar that says `text`.
pub(super) fn kind<'t>(text: &str, style: ScalarStyle, tag: Option<&'t Tag>) -> Result<Kind, WrongTag<'t>> {
    let untagged = || if style == ScalarStyle::Plain { plain_kind(text) } else { Kind::String };
    let Some(tag) = tag else { return Ok(untagged()) };
    if tag.parts() == ("", "!") {
        return Ok(Kind::String);
    }
    let (name, kind) = match tag.core_suffix() {
        Some("str") => return Ok(Kind::String),
        Some(name @ "int") => (name, is_integer(text).then_some(Kind::Number)),
        Some(name @ "float") => (name, is_number(text).then_some(Kind::Number)),
        Some(name @ "bool") => (name, Some(Kind::Bool).filter(|bool| plain_kind(text) == *bool)),
        Some(name @ "null") => (name, Some(Kind::Null).filter(|null| plain_kind(text) == *null)),
        Some(name) => (name, None),
        None => return Ok(untagged()),
    };
    kind.ok_or(WrongTag(name))
}

/// The kind of a plain scalar that says `text`.
pub(super) fn plain_kind(text: &str) -> Kind {
    match text.as_bytes() {
        [] | b"~" | b"null" | b"Null" | b"NULL" => Kind::Null,
        b"true" | b"True" | b"TRUE" | b"false" | b"False" | b"FALSE" => Kind::Bool,
        [b'0'..=b'9' | b'-' | b'+' | b'.', ..] if is_number(text) => Kind::Number,
        _ => Kind::String,
    }
}

fn is_integer(text: &str) -> bool {
    let all = |digits: &str, is_digit: fn(&u8) -> bool| !digits.is_empty() && digits.as_bytes().iter().all(is_digit);
    match text.as_bytes() {
        [b'0', b'o', ..] => all(&text[2..], |byte| (b'0'..=b'7').contains(byte)),
        [b'0', b'x', ..] => all(&text[2..], u8::is_ascii_hexdigit),
        _ => all(unsigned(text), u8::is_ascii_digit),
    }
}

fn is_number(text: &str) -> bool {
    is_integer(text) || is_float(text)
}

fn is_float(text: &str) -> bool {
    if matches!(text, ".nan" | ".NaN" | ".NAN") || matches!(unsigned(text), ".inf" | ".Inf" | ".INF") {
        return true;
    }
    let (mantissa, exponent) = match unsigned(text).split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(unsigned(exponent))),
        None => (unsigned(text), None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && digits(exponent))
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}
