//! What is said of suppressions.

use super::{Until, is_day};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{ALL, CODES, Group};
use crate::suggest::nearest;
use crate::text::{ShortText, Span, Spanned};

/// The rule that suppressions are reported under that suppress nothing.
pub(super) const UNUSED: &str = "unused-suppression";

/// The rule that suppressions are reported under that give no reason.
pub(super) const NO_REASON: &str = "suppression-without-reason";

fn finding(span: Span, label: &str, message: String) -> Diagnostic {
    Diagnostic::new(UNUSED, Severity::Warning, span, label, message)
}

/// A name in a suppression that no rule has.
pub(super) fn unknown_rule(name: &Spanned<ShortText>) -> Diagnostic {
    let mut found = finding(name.span, "no such rule", format!("There is no rule `{}`, so this suppresses nothing.", name.value));
    found.help(did_you_mean(&name.value));
    found
}

/// Which rule was perhaps meant by a name.
pub fn did_you_mean(name: &str) -> String {
    let names = ALL.iter().map(|rule| rule.name).chain(Group::ALL.map(Group::name)).chain(CODES.iter().map(|code| code.code));
    nearest(name, names).map_or_else(|| "`mixlint rules` lists them.".to_owned(), |name| format!("Did you mean `{name}`?"))
}

pub(super) fn unknown_word(word: &Spanned<ShortText>, meant: &str) -> Diagnostic {
    let message = format!("`{}` is nothing that a comment can ask of mixlint, so this suppresses nothing.", word.value);
    let mut found = finding(word.span, "not understood", message);
    found.help(format!("Write `mixlint: {meant}[RULE]`."));
    found
}

pub(super) fn no_names(span: Span) -> Diagnostic {
    let mut found = finding(span, "names no rule", "This names no rule, so it suppresses nothing.".to_owned());
    found.help("Write `mixlint: ignore[RULE] REASON`, with the rule that the finding shows.");
    found
}

pub(super) fn no_day(until: &Until) -> Diagnostic {
    let Spanned { value, span } = &until.0;
    let mut found = finding(*span, "not a day", format!("`{value}` is not a day, so this suppresses nothing."));
    found.help("Write a day as `2026-12-31`: it is the last one on which the suppression holds.");
    found
}

pub(super) fn expired(until: &Until, rules: &str) -> Diagnostic {
    let Spanned { value, span } = &until.0;
    let mut found = finding(*span, "expired", format!("This held until {value}: {rules} is reported again."));
    found.help("Mend what it hid, or set a later day.");
    found
}

/// What a suppression names, or some of it, is not there: `place` says where it would be.
pub(super) fn unused(span: Span, rules: &[&str], is_all: bool, is_comment: bool, place: &str) -> Diagnostic {
    let listed = rules.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(" and ");
    let message = match rules.len() {
        0 => format!("Nothing is found {place}, so this suppresses nothing."),
        1 => format!("Nothing of {listed} is found {place}, so naming it suppresses nothing."),
        _ => format!("Nothing of {listed} is found {place}, so naming them suppresses nothing."),
    };
    let mut found = finding(span, "not used", message);
    found.help(match (is_all, is_comment) {
        (false, _) => format!("Remove {listed} from it."),
        (true, true) => "Remove the comment.".to_owned(),
        (true, false) => "Remove the entry.".to_owned(),
    });
    found
}

pub(super) fn no_reason(span: Span) -> Diagnostic {
    let message = "This suppression does not say why, and `require-reasons` asks for it.";
    let mut found = Diagnostic::new(NO_REASON, Severity::Warning, span, "no reason", message);
    found.help("Say it behind the brackets of a comment, or under `reason` of an entry.");
    found
}

impl Until {
    pub(super) fn new(day: Spanned<ShortText>) -> Until {
        Until(day)
    }

    /// Whether it is a day.
    pub fn is_sound(&self) -> bool {
        is_day(&self.0.value)
    }
}
