//! Changes of the text that mend a finding. Each is made only where the text is plain enough to be sure of it.

use crate::diagnostic::{Edit, Fix};
use crate::syntax::Format;
use crate::text::{Sources, Span};

/// A fix after which the text means the same.
pub(in crate::rules) fn safe(edits: Option<Vec<Edit>>) -> Option<Fix> {
    edits.map(|edits| Fix { is_safe: true, edits })
}

/// Another word in the place of one, in the same quotes. None where it stands with escapes or over several lines.
pub(in crate::rules) fn word(sources: &Sources, span: Span, new: &str) -> Option<Edit> {
    let written = sources.slice(span);
    let quote = quote(written);
    let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(['\\', '\n', '"', '\''])).then(|| Edit { span, text: format!("{quote}{new}{quote}") })
}

/// The quotes that a word stands in, if any.
pub(in crate::rules) fn quote(written: &str) -> &'static str {
    match written.as_bytes().first() {
        Some(b'"') => "\"",
        Some(b'\'') => "'",
        _ => "",
    }
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
    let file = sources.get(key.file);
    let quote = quote(sources.slice(key));
    let before = file.text()[..key.start as usize].rsplit('\n').next().unwrap_or_default();
    let is_block = Format::of(file) == Format::Yaml && before.chars().all(|letter| matches!(letter, ' ' | '-'));
    let lead = if is_block { format!("\n{}", " ".repeat(before.len())) } else { ", ".to_owned() };
    let word_quote = self::quote(sources.slice(value));
    insert(value.after(), format!("{lead}{quote}{new}{quote}: {word_quote}{word}{word_quote}"))
}

fn insert(span: Span, text: String) -> Edit {
    Edit { span, text }
}
