//! Names for passed-on fields that have letters in them which no such name may have.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::path::is_template;
use crate::workspace::{Facts, Used};

pub(super) static RULE: Rule = Rule {
    name: "invalid-output-name",
    severity: Severity::Error,
    group: Group::Output,
    summary: "a `target_path` is no name that a field of a document can have",
    docs: include_str!("../../docs/rules/invalid-output-name.md"),
    check: Check::Extractor(check),
};

fn check(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    for target in used.written.field_passthrough.iter().filter_map(|entry| entry.target_path.as_ref()) {
        let Some(at) = target.value.find(|letter: char| !is_allowed(letter)).filter(|_| !is_template(&target.value)) else {
            continue;
        };
        let letter = target.value[at..].chars().next().unwrap_or_default();
        let place = facts.workspace.sources.part(target, at..at + letter.len_utf8());
        let found = match letter {
            '.' => "a dot".to_owned(),
            ' ' => "a blank".to_owned(),
            _ => format!("`{}`", words::visible(letter.encode_utf8(&mut [0; 4]))),
        };
        let message = format!(
            "The `target_path` `{}` has {found} in it: a field of a document has letters, digits, `_` and `-` in its name.",
            words::visible(&target.value)
        );
        let finding = report.add(place, "not allowed in a name", message);
        let name: String = target.value.chars().map(|letter| if is_allowed(letter) { letter } else { '_' }).collect();
        let flat = if letter == '.' { "Fields are passed on to the root of the document, never into an object. " } else { "" };
        finding.help(format!("{flat}Write `{name}`.")).fix(rewrite::perhaps_path(&facts.workspace.sources, target, &name));
    }
}

fn is_allowed(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '-'
}
