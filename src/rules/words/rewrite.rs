//! Changes of the text that mend a finding. Each is made only where the text is plain enough to be sure of it.

use crate::definitions::Value;
use crate::diagnostic::{Edit, Fix};
use crate::suggest;
use crate::syntax::Format;
use crate::text::{ShortText, Sources, Span, Spanned};
use crate::workspace::Variable;

/// A fix after which the text means the same, or what it was surely meant to mean.
pub(in crate::rules) fn safe(title: impl Into<String>, edits: Option<Vec<Edit>>) -> Option<Fix> {
    edits.map(|edits| Fix { title: title.into(), is_safe: true, edits })
}

/// A fix that a person has to look at.
pub(in crate::rules) fn perhaps(title: impl Into<String>, edits: Option<Vec<Edit>>) -> Option<Fix> {
    edits.map(|edits| Fix { title: title.into(), is_safe: false, edits })
}

/// The nearest name in the place of one that is not there, when none of the others is as near.
pub(in crate::rules) fn slip<'n>(
    sources: &Sources,
    place: Span,
    (wanted, near): (&str, &str),
    names: impl IntoIterator<Item = &'n str>,
) -> Option<Fix> {
    suggest::is_sole(wanted, near, names).then(|| perhaps(write(near), Some(vec![word(sources, place, near)?])))?
}

/// The nearest of the values that are taken in the place of one that is not.
pub(in crate::rules) fn among(sources: &Sources, value: &Value, allowed: &[Value]) -> Option<Fix> {
    let names = || allowed.iter().filter_map(Value::as_str);
    let wanted = value.as_str()?;
    slip(sources, value.span, (wanted, suggest::nearest(wanted, names())?), names())
}

/// Another word in the place of one, where it is certain which one is meant.
pub(in crate::rules) fn surely(sources: &Sources, place: Span, new: &str) -> Option<Fix> {
    safe(write(new), Some(vec![word(sources, place, new)?]))
}

/// Another path in the place of one; whether it is the right one, a person has to say.
pub(in crate::rules) fn perhaps_path(sources: &Sources, path: &Spanned<ShortText>, new: &str) -> Option<Fix> {
    perhaps(write(new), Some(vec![word(sources, path.span, new)?]))
}

/// What a fix does that writes another word.
pub(in crate::rules) fn write(new: &str) -> String {
    format!("Write `{}`", super::visible(new))
}

/// Another word in the place of one, in the same quotes. None where it stands with escapes or over several lines.
pub(in crate::rules) fn word(sources: &Sources, span: Span, new: &str) -> Option<Edit> {
    let written = sources.slice(span);
    let quote = quote(written);
    let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
    let is_plain = !inner.is_empty() && !inner.contains(['\\', '\n', '"', '\'']) && can_stand(new, quote);
    is_plain.then(|| Edit { span, text: format!("{quote}{new}{quote}") })
}

/// Another text in the place of a part of a string, which is counted in bytes of its value.
pub(in crate::rules) fn part(
    sources: &Sources,
    value: &Spanned<ShortText>,
    part: std::ops::Range<usize>,
    new: &str,
) -> Option<Edit> {
    let place = sources.part(value, part.clone());
    let quote = quote(sources.slice(value.span));
    let whole = format!("{}{new}{}", value.value.get(..part.start)?, value.value.get(part.end..)?);
    let is_it = sources.slice(place) == value.value.get(part)?;
    (is_it && can_stand(&whole, quote)).then(|| Edit { span: place, text: new.to_owned() })
}

/// Another word in the place of one in a variable of a template; whether it is the right one, a person has to say.
pub(in crate::rules) fn in_template(sources: &Sources, variable: &Variable<'_>, word: &str, new: &str) -> Option<Fix> {
    let inside = variable.text.value.get(variable.part.range.clone())?;
    // The first of them is the one that is read.
    let at = variable.part.range.start + inside.match_indices(word).find(|(at, _)| is_whole_word(inside, *at, word))?.0;
    perhaps(write(new), Some(vec![part(sources, &variable.text, at..at + word.len(), new)?]))
}

fn is_whole_word(text: &str, at: usize, word: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    !text[..at].ends_with(is_letter) && !text[at + word.len()..].starts_with(is_letter)
}

/// Whether a text can stand in these quotes as it is; without quotes, as YAML reads plain words.
fn can_stand(text: &str, quote: &str) -> bool {
    if text.is_empty() || text.chars().any(|letter| letter.is_control() || matches!(letter, '\\' | '"' | '\'')) {
        return false;
    }
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-' | '/' | '@' | ' ' | ':');
    let begins_well = text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
    let is_name = text.chars().all(is_word) && begins_well && !text.contains(": ") && !text.ends_with([':', ' ']);
    let is_other = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    !quote.is_empty() || is_name && !is_other
}

/// The quotes that a word stands in, if any.
pub(in crate::rules) fn quote(written: &str) -> &'static str {
    match written.as_bytes().first() {
        Some(b'"') => "\"",
        Some(b'\'') => "'",
        _ => "",
    }
}

/// The quotes that keys have in the file of a place.
pub(in crate::rules) fn key_quote(sources: &Sources, place: Span) -> &'static str {
    if Format::of(sources.get(place.file)) == Format::Yaml { "" } else { "\"" }
}

/// Quotes around a plain scalar of one line.
pub(in crate::rules) fn quoted(sources: &Sources, value: Span, new: &str) -> Option<Vec<Edit>> {
    let written = sources.slice(value);
    let quote = match (new.contains('"'), new.contains('\'')) {
        (false, _) if !new.contains('\\') => '"',
        (true, false) => '\'',
        _ => return None,
    };
    let is_plain = !written.is_empty() && !written.contains('\n') && self::quote(written).is_empty();
    (is_plain && !new.contains('\n')).then(|| vec![Edit { span: value, text: format!("{quote}{new}{quote}") }])
}

/// A string of one line without its quotes.
pub(in crate::rules) fn unquoted(sources: &Sources, value: Span) -> Option<Vec<Edit>> {
    let written = sources.slice(value);
    let quote = Some(quote(written)).filter(|quote| !quote.is_empty())?;
    let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
    let is_plain = inner.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-'));
    (is_plain && !inner.is_empty()).then(|| vec![Edit { span: value, text: inner.to_owned() }])
}

/// Something that stands around a value afterwards. None where the value cannot stand between brackets as it is.
pub(in crate::rules) fn around(sources: &Sources, value: Span, before: String, after: &str) -> Option<Vec<Edit>> {
    let written = sources.slice(value);
    let is_plain = quote(written).is_empty();
    if written.is_empty() || written.contains('\n') || is_plain && written.contains([',', '[', ']', '{', '}', '#', '&', '*', '!'])
    {
        return None;
    }
    Some(vec![insert(value.before(), before), insert(value.after(), after.to_owned())])
}

/// The one item of a list in the place of the list.
pub(in crate::rules) fn unlisted(sources: &Sources, list: Span, item: Span) -> Option<Vec<Edit>> {
    let text = sources.get(list.file).text();
    let before = Span::new(list.file, list.start..item.start);
    let after = Span::new(list.file, item.end..list.end);
    if sources.slice(before).trim_end() == "-" {
        // The item of a block stays in its column.
        let dash = Span::new(list.file, list.start..list.start + 1);
        return text[after.range()].trim().is_empty().then(|| vec![Edit { span: dash, text: " ".to_owned() }]);
    }
    let is_bare = sources.slice(before).trim_end() == "[" && matches!(sources.slice(after).trim_start(), "]" | ",]");
    is_bare.then(|| [before, after].map(|span| Edit { span, text: String::new() }).into())
}

/// An entry after the value of another one, in the style in which that one is written.
pub(in crate::rules) fn entry_after(sources: &Sources, key: Span, value: Span, new: &str, word: &str) -> Edit {
    let word_quote = quote(sources.slice(value));
    member_after(sources, key, value, new, &format!("{word_quote}{word}{word_quote}"))
}

/// An entry after another one, with a value that is written as it is given.
pub(in crate::rules) fn member_after(sources: &Sources, key: Span, value: Span, new: &str, written: &str) -> Edit {
    let quote = quote(sources.slice(key));
    let (lead, place) = lead(sources, key, value);
    insert(place, format!("{lead}{quote}{new}{quote}: {written}"))
}

/// Another item of a list, after the last one.
pub(in crate::rules) fn item_after(sources: &Sources, item: Span, written: &str) -> Edit {
    let (lead, place) = lead(sources, item, item);
    let before = sources.get(item.file).text()[..item.start as usize].rsplit('\n').next().unwrap_or_default();
    match lead.strip_prefix('\n') {
        Some(_) => insert(place, format!("\n{}- {written}", " ".repeat(before.rfind('-').unwrap_or_default()))),
        None => insert(place, format!("{lead}{written}")),
    }
}

/// What stands between one entry, from its first byte to its last one, and the next; and where.
fn lead(sources: &Sources, first: Span, last: Span) -> (String, Span) {
    let file = sources.get(first.file);
    let before = file.text()[..first.start as usize].rsplit('\n').next().unwrap_or_default();
    let rest = file.text()[last.end as usize..].split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let is_yaml = Format::of(file) == Format::Yaml;
    if is_yaml && before.chars().all(|letter| matches!(letter, ' ' | '-')) {
        // A comment at the end of the line stays with what it is about.
        let is_end = rest.trim_start().is_empty() || rest.trim_start().starts_with('#');
        let end = last.end + if is_end { rest.trim_end().len() as u32 } else { 0 };
        return (format!("\n{}", " ".repeat(before.len())), Span::new(last.file, end..end));
    }
    let is_own_line = !before.is_empty() && before.chars().all(|letter| matches!(letter, ' ' | '\t'));
    let lead = if is_own_line { format!(",\n{before}") } else { ", ".to_owned() };
    (lead, last.after())
}

fn insert(span: Span, text: String) -> Edit {
    Edit { span, text }
}
