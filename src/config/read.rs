//! Values of a configuration: each reader gives what is there, and says what is wrong with it.

use std::collections::HashMap;

use globset::{GlobBuilder, GlobMatcher};

use super::error;
use crate::diagnostic::{Diagnostic, Severity};
use crate::policy::{Level, did_you_mean};
use crate::rules::{find_all, find_code};
use crate::suggest::nearest;
use crate::syntax::{Kind, Node};
use crate::text::{ShortText, Spanned};

/// A string, or a list of strings.
pub(super) fn strings(key: &str, noun: &str, value: Node<'_>, errors: &mut Vec<Diagnostic>) -> Vec<Spanned<ShortText>> {
    let items: Vec<Node<'_>> = if value.kind() == Kind::Array { value.items().collect() } else { vec![value] };
    let mut found = Vec::new();
    for item in items {
        match item.as_string() {
            Some(text) if !text.value.is_empty() => found.push(text),
            // What could not be read has its own error.
            _ if item.kind() == Kind::Invalid => {}
            _ => {
                errors.push(error(item.span(), format!("not a {noun}"), format!("`{key}` takes a {noun}, or a list of {noun}s.")))
            }
        }
    }
    found
}

/// A string.
pub(super) fn string(key: &str, noun: &str, value: Node<'_>, errors: &mut Vec<Diagnostic>) -> Option<Spanned<ShortText>> {
    let found = value.as_string().filter(|text| !text.value.is_empty());
    if found.is_none() && value.kind() != Kind::Invalid {
        errors.push(error(value.span(), format!("not a {noun}"), format!("`{key}` takes a {noun}.")));
    }
    found
}

/// `true` or `false`.
pub(super) fn boolean(key: &str, value: Node<'_>, errors: &mut Vec<Diagnostic>) -> Option<bool> {
    let found = value.as_bool();
    if found.is_none() && value.kind() != Kind::Invalid {
        errors.push(error(value.span(), "neither true nor false", format!("`{key}` takes `true` or `false`.")));
    }
    found
}

/// One of some words.
pub(super) fn word<T: Copy>(key: &str, words: &[(&str, T)], value: Node<'_>, errors: &mut Vec<Diagnostic>) -> Option<T> {
    let written = value.as_str().unwrap_or_default();
    let found = words.iter().find(|(word, _)| *word == written).map(|(_, meant)| *meant);
    if found.is_none() && value.kind() != Kind::Invalid {
        let all: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let mut finding = error(value.span(), "none of these", format!("`{key}` takes one of {}.", all.join(", ")));
        if let Some(near) = nearest(written, words.iter().map(|(word, _)| *word)) {
            finding.help(format!("Did you mean `{near}`?"));
        }
        errors.push(finding);
    }
    found
}

/// A glob, or a list of globs, over paths from the folder of the configuration.
pub(super) fn globs(key: &str, value: Node<'_>, errors: &mut Vec<Diagnostic>) -> Vec<GlobMatcher> {
    strings(key, "glob", value, errors).iter().filter_map(|glob| matcher(glob, errors)).collect()
}

/// The matcher of a glob. A folder stands for all that lies in it, and a name without `/` for files of that name at any depth.
pub(super) fn matcher(glob: &Spanned<ShortText>, errors: &mut Vec<Diagnostic>) -> Option<GlobMatcher> {
    let text = glob.value.trim_start_matches("./");
    let text = match text.trim_end_matches('/') {
        whole if !whole.contains('/') => format!("{{{whole},**/{whole},{whole}/**,**/{whole}/**}}"),
        whole => format!("{{{whole},{whole}/**}}"),
    };
    match GlobBuilder::new(&text).literal_separator(true).empty_alternates(true).build() {
        Ok(glob) => Some(glob.compile_matcher()),
        Err(fault) => {
            let why = fault.kind().to_string();
            errors.push(error(glob.span, "not a glob", format!("`{}` is not a glob: {why}.", glob.value)));
            None
        }
    }
}

/// Severities by their names.
pub(super) const SEVERITIES: [(&str, Severity); 3] =
    [("error", Severity::Error), ("warning", Severity::Warning), ("info", Severity::Info)];

/// Levels by their names.
const LEVELS: [(&str, Level); 4] = [
    ("off", Level::Off),
    ("info", Level::At(Severity::Info)),
    ("warning", Level::At(Severity::Warning)),
    ("error", Level::At(Severity::Error)),
];

/// Levels by the names of rules, groups or codes. The name of a rule counts before that of its group.
pub(super) fn levels(key: &str, value: Node<'_>, errors: &mut Vec<Diagnostic>) -> HashMap<&'static str, Level> {
    if !value.is_object() {
        if value.kind() != Kind::Invalid {
            let message =
                format!("`{key}` takes an object: `off`, `info`, `warning` or `error` by the name of a rule or a group.");
            errors.push(error(value.span(), "not an object", message));
        }
        return HashMap::new();
    }
    let (mut of_rules, mut of_groups) = (HashMap::new(), HashMap::new());
    for member in value.members() {
        let name = member.key.text();
        let Some(level) = word(name, &LEVELS, member.value, errors) else { continue };
        match find_all(name) {
            Some(rules) => match &rules[..] {
                [rule] => drop(of_rules.insert(rule.name, level)),
                rules => of_groups.extend(rules.iter().map(|rule| (rule.name, level))),
            },
            // A list of codes that the service is told to skip may stand here as it is.
            None if find_code(name).is_some() => {}
            None => {
                let message = format!("There is no rule and no group `{name}`.");
                let mut finding = error(member.key.span(), "no such rule", message);
                finding.help(did_you_mean(name));
                errors.push(finding);
            }
        }
    }
    of_groups.extend(of_rules);
    of_groups
}
