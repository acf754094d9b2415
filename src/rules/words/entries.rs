//! Entries of objects whose places are not among the facts: taken out with the comma or the lines that belong to them, though never
//! with a comment; or put beside each other.

use super::rewrite;
use crate::diagnostic::{Edit, Fix};
use crate::syntax::{self, Format, Node};
use crate::text::Span;
use crate::workspace::Facts;

/// The removal of the entry with the key, or with the value, at a place; whether it is right, a person has to say.
pub(in crate::rules) fn without(facts: &Facts<'_>, key: Span, name: &str) -> Option<Fix> {
    let around = around(facts, key)?;
    let key = around.iter().find(|(one, value)| *one == key || *value == key)?.0;
    let edit = Edit { span: extent(facts.workspace.sources.get(key.file).text(), &around, key)?, text: String::new() };
    rewrite::perhaps(format!("Remove `{}`", super::visible(name)), Some(vec![edit]))
}

/// Another entry behind the last one of the object that has a key at this place, with a type for its value.
pub(in crate::rules) fn typed_beside(facts: &Facts<'_>, key: Span, name: &str, kind: &str) -> Option<Edit> {
    let quote = rewrite::key_quote(&facts.workspace.sources, key);
    beside(facts, key, name, &format!("{{ {quote}type{quote}: {quote}{kind}{quote} }}"))
}

/// Another entry behind the last one of the object that has a key, or a value, at this place; its value is written as it is given.
pub(in crate::rules) fn beside(facts: &Facts<'_>, place: Span, name: &str, written: &str) -> Option<Edit> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let begins_well = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let of_file = around(facts, place)?.into_iter().filter(|(key, value)| value.start >= key.end);
    let (last, value) = of_file.max_by_key(|(one, _)| one.start)?;
    (begins_well && name.chars().all(is_name))
        .then(|| rewrite::member_after(&facts.workspace.sources, last, value, name, written))
}

/// The places of the keys and values around a key, where fixes are asked for: a file has to be parsed again for them.
fn around(facts: &Facts<'_>, key: Span) -> Option<Vec<(Span, Span)>> {
    if !facts.wants_fixes {
        return None;
    }
    let sources = &facts.workspace.sources;
    let file = sources.get(key.file);
    // Findings come file by file, so the tree of the last one is kept.
    let parse = sources.remember(key.file, |file| syntax::parse(file, Format::of(file)));
    parse.tree.documents(key.file, file).iter().find_map(|document| holder(document, key))
}

/// The places of the keys and values of the object that has a key at this place.
fn holder(node: Node<'_>, key: Span) -> Option<Vec<(Span, Span)>> {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        let members: Vec<(Node<'_>, Node<'_>)> = node.members().map(|member| (member.key, member.value)).collect();
        if members.iter().any(|(one, value)| one.span() == key || value.span() == key) {
            return Some(members.iter().map(|(one, value)| (one.span(), value.span())).collect());
        }
        let holds = |inner: &Node<'_>| inner.span().start <= key.start && key.end <= inner.span().end;
        open.extend(members.into_iter().map(|(_, value)| value).chain(node.items()).filter(holds));
    }
    None
}

/// What goes with an entry. None where a comment would, or where it is the only one.
fn extent(text: &str, around: &[(Span, Span)], key: Span) -> Option<Span> {
    let at = around.iter().position(|(one, _)| *one == key)?;
    let value = around[at].1;
    let is_sound = |span: Span| span.file == key.file && span.start >= key.start;
    if around.len() < 2 || !is_sound(value) {
        return None;
    }
    let line = text[..key.start as usize].rfind('\n').map_or(0, |end| end + 1);
    let end = text[value.end as usize..].find('\n').map_or(text.len(), |end| value.end as usize + end + 1);
    let is_own_line = text[line..key.start as usize].bytes().all(|byte| byte == b' ');
    let rest = text[value.end as usize..end].trim();
    let gone = |range: std::ops::Range<usize>| {
        let has_comment =
            text.get(range.clone()).is_none_or(|gone| gone.contains('#') || gone.contains("//") || gone.contains("/*"));
        (!has_comment).then(|| Span::new(key.file, range.start as u32..range.end as u32))
    };
    let is_flow = text[value.end as usize..].trim_start().starts_with([',', '}']);
    if is_own_line && rest.is_empty() && !is_flow {
        return gone(line..end);
    }
    let between = |from: Span, to: Span| text.get(from.end as usize..to.start as usize).is_some_and(|text| text.trim() == ",");
    match (around.get(at + 1), at.checked_sub(1).map(|before| around[before])) {
        (Some((next, _)), _) if between(value, *next) => gone(key.start as usize..next.start as usize),
        (None, Some((_, before))) if between(before, key) => gone(before.end as usize..value.end as usize),
        _ => None,
    }
}
