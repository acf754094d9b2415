//! Entries of lists in a configuration: overrides, and what is ignored.

use super::read::{levels, matcher, string, strings};
use super::{error, no_such_key};
use crate::diagnostic::Diagnostic;
use crate::policy::{Ignore, Override, Until};
use crate::rules::{find_all, find_code};
use crate::syntax::{Kind, Node};

/// The entries of a list of objects.
fn objects<'a>(key: &str, value: Node<'a>, errors: &mut Vec<Diagnostic>) -> Vec<Node<'a>> {
    let is_list = value.kind() == Kind::Array;
    let items: Vec<Node<'a>> = if is_list { value.items().collect() } else { vec![value] };
    let (sound, wrong): (Vec<Node<'a>>, Vec<Node<'a>>) = items.into_iter().partition(|item| is_list && item.is_object());
    for item in wrong.into_iter().filter(|item| item.kind() != Kind::Invalid) {
        errors.push(error(item.span(), "not an entry", format!("`{key}` takes a list of objects.")));
    }
    sound
}

const OF_OVERRIDES: [&str; 2] = ["files", "rules"];

/// Levels for some files.
pub(super) fn overrides(value: Node<'_>, errors: &mut Vec<Diagnostic>) -> Vec<Override> {
    let mut found = Vec::new();
    for entry in objects("overrides", value, errors) {
        if has_unknown_keys("An entry of `overrides`", entry, &OF_OVERRIDES, errors) {
            continue;
        }
        let (Some(files), Some(rules)) = (entry.get("files"), entry.get("rules")) else {
            errors.push(error(entry.span(), "incomplete", "An entry of `overrides` needs `files` and `rules`."));
            continue;
        };
        let files = super::read::globs("files", files, errors);
        found.push(Override { files, levels: levels("rules", rules, errors) });
    }
    found
}

const OF_IGNORE: [&str; 7] = ["path", "pointer", "definition", "rule", "rules", "reason", "until"];

/// What is suppressed.
pub(super) fn ignore(value: Node<'_>, errors: &mut Vec<Diagnostic>) -> Vec<Ignore> {
    let mut found = Vec::new();
    for entry in objects("ignore", value, errors) {
        if has_unknown_keys("An entry of `ignore`", entry, &OF_IGNORE, errors) {
            continue;
        }
        let mut text = |key: &'static str, noun: &str| entry.get(key).and_then(|value| string(key, noun, value, errors));
        let (path, pointer, definition) = (text("path", "glob"), text("pointer", "JSON pointer"), text("definition", "name"));
        let (reason, until) = (text("reason", "sentence"), text("until", "day"));
        let rules = entry.get("rules").or_else(|| entry.get("rule"));
        let names = rules.map(|value| strings("rules", "rule", value, errors)).unwrap_or_default();
        if path.is_none() && definition.is_none() {
            let message = "An entry of `ignore` needs `path`, a file or a glob, or `definition`, a name.";
            errors.push(error(entry.span(), "nowhere", message));
        }
        if names.is_empty() {
            errors.push(error(entry.span(), "names no rule", "An entry of `ignore` needs `rules`: names of rules or groups."));
        }
        for name in names.iter().filter(|name| find_all(&name.value).is_none() && find_code(&name.value).is_none()) {
            let mut finding = error(name.span, "no such rule", format!("There is no rule and no group `{}`.", name.value));
            finding.help(crate::policy::did_you_mean(&name.value));
            errors.push(finding);
        }
        if let Some(pointer) = pointer.as_ref().filter(|pointer| !pointer.value.starts_with('/')) {
            let message = format!("`{}` is not a JSON pointer: one begins with `/`.", pointer.value);
            errors.push(error(pointer.span, "not a JSON pointer", message));
        }
        let until = until.map(Until);
        if let Some(Until(day)) = until.as_ref().filter(|until| !until.is_sound()) {
            errors.push(error(day.span, "not a day", format!("`{}` is not a day, as `2026-12-31` is one.", day.value)));
        }
        found.push(Ignore {
            span: rules.map_or_else(|| entry.span(), Node::span),
            files: path.and_then(|path| matcher(&path, errors)),
            pointer: pointer.map(|pointer| pointer.value.into()),
            definition: definition.map(|name| name.value.into()),
            names,
            reason: reason.map(|reason| reason.value.into()),
            until,
        });
    }
    found
}

/// Reports keys that are not there; what such an entry lacks may be one of these, misspelt.
fn has_unknown_keys(what: &str, entry: Node<'_>, known: &[&str], errors: &mut Vec<Diagnostic>) -> bool {
    let before = errors.len();
    let unknown = entry.members().filter(|member| !known.contains(&member.key.text()));
    errors.extend(unknown.map(|member| no_such_key(what, member.key, known.iter().copied())));
    errors.len() > before
}
