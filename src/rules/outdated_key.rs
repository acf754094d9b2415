//! Keys and values of another time or another form, and how they are written today.

use std::collections::HashSet;

use super::words::shapes::{code, misfits, pair, subject};
use super::words::{entries, rewrite};
use super::{Check, Group, Report, Rule};
use crate::diagnostic::{Edit, Severity};
use crate::shape::{Fault, Misfit, Name, Renewal, What};
use crate::text::Span;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "outdated-key",
    severity: Severity::Warning,
    group: Group::Shape,
    summary: "a key or a value is spelled as older bodies or manifests spell it",
    docs: include_str!("../../docs/rules/outdated-key.md"),
    check: Check::All(check),
};

/// The longest value that is shown in a sentence, in bytes.
const SHORT: usize = 60;

fn check(facts: &Facts<'_>, report: &mut Report) {
    // A value that no time took is wrong under either key, and that is said once.
    let is_wrong = |what: &What| matches!(what, What::WrongValue(Fault::Kind { .. }));
    let wrong: HashSet<Span> = misfits(facts).filter(|misfit| is_wrong(&misfit.what)).map(|misfit| misfit.place).collect();
    for misfit in misfits(facts).filter(|misfit| !wrong.contains(&misfit.place)) {
        let What::Outdated(renewal) = &misfit.what else { continue };
        let old = subject(misfit);
        let instead = |new: &str| format!("{old} is outdated: today's requests have `{new}` in its place.");
        let pair = |key: &str, value: &str| pair(facts, misfit.place, key, value);
        let (message, help) = match renewal {
            Renewal::Key(new) => (instead(new), format!("Write `{new}`.")),
            Renewal::List(new, value) => match short(facts, *value) {
                Some(written) => (instead(new), format!("Write {}.", pair(new, &format!("[{written}]")))),
                None => (instead(new), format!("Write `{new}`, with a list.")),
            },
            Renewal::Only { key, items, .. } if items.len() < 2 => {
                (instead(key), format!("Write `{key}`, with the object alone and no list around it."))
            }
            Renewal::Only { key, items, .. } => {
                let message = format!("{old} is outdated: a collection runs one extractor today, in `{key}`.");
                (message, format!("Make {} collections of this one, each with one `{key}`.", items.len()))
            }
            Renewal::Split(parts, _) => {
                let message =
                    format!("{old} is outdated: today's requests have `feature_extractor_name` and `version` in its place.");
                let help = parts.as_ref().map(|(name, version)| {
                    let quoted = |text: &str| format!("\"{text}\"");
                    let (name, version) = (pair("feature_extractor_name", &quoted(name)), pair("version", &quoted(version)));
                    format!("Write {name} and {version}.")
                });
                (message, help.unwrap_or_default())
            }
            Renewal::Entries(key, first, places) => {
                let others = match places.len() - 1 {
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
        let fix = rewrite::safe(title(renewal), edits(facts, misfit, renewal));
        let removal = matches!(renewal, Renewal::Beside(_)).then(|| entries::without(facts, misfit.place, name(misfit)));
        report.add(misfit.place, "outdated", message).help(help).fix(fix).fix(removal.flatten());
    }
}

/// The key that it stands under.
fn name(misfit: &Misfit) -> &str {
    match &misfit.name {
        Name::Key(key) => key,
        Name::Body | Name::Item(_) => "",
    }
}

/// What the edits do.
fn title(renewal: &Renewal) -> String {
    match renewal {
        Renewal::List(new, _) => format!("Write `{new}` with a list"),
        Renewal::Only { key, .. } => format!("Write `{key}` without the list"),
        Renewal::Split(..) => "Write the name and the version apart".to_owned(),
        Renewal::Entries(key, ..) => format!("Write objects with `{key}`"),
        Renewal::Key(new) => rewrite::write(new),
        Renewal::Value(new) => rewrite::write(new),
        Renewal::Beside(_) | Renewal::Gone(_) => "Remove it".to_owned(),
    }
}

/// How the text is written today, where that is certain.
fn edits(facts: &Facts<'_>, misfit: &Misfit, renewal: &Renewal) -> Option<Vec<Edit>> {
    let sources = &facts.workspace.sources;
    let place = misfit.place;
    let word = |new: &str| rewrite::word(sources, place, new);
    let with_key = |new: &str, others: Vec<Edit>| Some([vec![word(new)?], others].concat());
    match renewal {
        Renewal::Key(new) => with_key(new, Vec::new()),
        Renewal::Value(new) => with_key(new, Vec::new()),
        Renewal::List(new, value) => with_key(new, rewrite::around(sources, *value, "[".to_owned(), "]")?),
        Renewal::Only { key, list, items } => match items[..] {
            [item] => with_key(key, rewrite::unlisted(sources, *list, item)?),
            _ => None,
        },
        Renewal::Split(Some((name, version)), value) => {
            let version = rewrite::entry_after(sources, place, *value, "version", version);
            with_key("feature_extractor_name", vec![rewrite::word(sources, *value, name)?, version])
        }
        Renewal::Entries(key, _, places) => {
            let quote = rewrite::quote(sources.slice(place));
            let entry = |place: &Span| rewrite::around(sources, *place, format!("{{ {quote}{key}{quote}: "), " }");
            Some(places.iter().map(entry).collect::<Option<Vec<_>>>()?.concat())
        }
        Renewal::Split(None, _) | Renewal::Beside(_) | Renewal::Gone(_) => None,
    }
}

/// A value as written, when it is short enough for a sentence.
fn short<'f>(facts: &'f Facts<'_>, value: Span) -> Option<&'f str> {
    let written = facts.workspace.sources.slice(value);
    (written.len() <= SHORT && !written.contains('\n')).then_some(written)
}
