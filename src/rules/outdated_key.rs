//! Keys and values of another time or another form, and how they are written today.

use super::words::rewrite;
use super::words::shapes::{code, misfits, pair, subject};
use super::{Report, Rule};
use crate::diagnostic::{Edit, Severity};
use crate::shape::{Misfit, Name, Renewal, What};
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "outdated-key",
    severity: Severity::Warning,
    summary: "a key or a value is spelled as older bodies or manifests spell it",
    docs: include_str!("../../docs/rules/outdated-key.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for misfit in misfits(facts) {
        let What::Outdated(renewal) = &misfit.what else { continue };
        let old = subject(misfit);
        let instead = |new: &str| format!("{old} is outdated: today's requests have `{new}` in its place.");
        let pair = |key: &str, value: &str| pair(facts, misfit.place, key, value);
        let (message, help) = match renewal {
            Renewal::Key(new) => (instead(new), format!("Write `{new}`.")),
            Renewal::List(new, Some(written)) => (instead(new), format!("Write {}.", pair(new, &format!("[{written}]")))),
            Renewal::List(new, None) => (instead(new), format!("Write `{new}`, with a list.")),
            Renewal::Only(new, 0 | 1) => (instead(new), format!("Write `{new}`, with the object alone and no list around it.")),
            Renewal::Only(new, many) => {
                let message = format!("{old} is outdated: a collection runs one extractor today, in `{new}`.");
                (message, format!("Make {many} collections of this one, each with one `{new}`."))
            }
            Renewal::Split(parts) => {
                let message =
                    format!("{old} is outdated: today's requests have `feature_extractor_name` and `version` in its place.");
                let help = parts.as_ref().map(|(name, version)| {
                    let quoted = |text: &str| format!("\"{text}\"");
                    let (name, version) = (pair("feature_extractor_name", &quoted(name)), pair("version", &quoted(version)));
                    format!("Write {name} and {version}.")
                });
                (message, help.unwrap_or_default())
            }
            Renewal::Entries(key, first, count) => {
                let others = match count - 1 {
                    0 => String::new(),
                    1 => ", and so is one more".to_owned(),
                    others => format!(", and so are {others} more"),
                };
                let message = format!("{old} is a bare path{others}: today's requests have objects with `{key}` there.");
                (message, format!("Write `{{ \"{key}\": \"{first}\" }}`."))
            }
            Renewal::Value(new) => (format!("{old} has an outdated value: today it is `{new}`."), format!("Write `{new}`.")),
            Renewal::Beside(new) => {
                (format!("{old} is outdated, and {} is there too.", code(new)), "Remove the outdated one.".to_owned())
            }
            Renewal::Gone(note) => (format!("{old} is outdated, and no other key takes its place."), (*note).to_owned()),
        };
        report.add(misfit.place, "outdated", message).help(help).fix(rewrite::safe(edits(facts, misfit, renewal)));
    }
}

/// How the text is written today, where that is certain.
fn edits(facts: &Facts<'_>, misfit: &Misfit, renewal: &Renewal) -> Option<Vec<Edit>> {
    let sources = &facts.workspace.sources;
    let word = |new: &str| rewrite::word(sources, misfit.place, sources.slice(misfit.place).trim_matches(['"', '\'']), new);
    match (renewal, &misfit.name) {
        (Renewal::Key(new), Name::Key(old)) => Some(vec![rewrite::word(sources, misfit.place, old, new)?]),
        (Renewal::Value(new), _) => Some(vec![word(new)?]),
        _ => None,
    }
}
