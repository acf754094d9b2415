//! Keys that the service does not know where they stand.

use super::words::and;
use super::words::shapes::{code, misfits, noun, object, subject};
use super::words::{entries, rewrite};
use super::{Check, Group, Report, Rule};
use crate::definitions::{Form, Noun};
use crate::diagnostic::Severity;
use crate::shape::{Hint, Level, Name, What};
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unknown-key",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "a key that the service does not know where it stands",
    docs: include_str!("../../docs/rules/unknown-key.md"),
    check: Check::All(check),
};

/// As many keys are listed; of more, only the nearest is named.
const FEW: usize = 10;

fn check(facts: &Facts<'_>, report: &mut Report) {
    for misfit in misfits(facts) {
        if let What::UntoldKey { key, nearest, accepted } = &misfit.what {
            let message = format!("The service's own schema has no key {} in {}.", code(key), object(misfit));
            let finding = report.add(misfit.place, "unknown key", message);
            if let Some(meant) = nearest {
                let names = accepted.iter().map(String::as_str);
                finding.fix(rewrite::slip(&facts.workspace.sources, misfit.place, (key, meant), names));
            }
            finding.help(match nearest {
                Some(meant) => format!("Did you mean `{meant}`?"),
                None if accepted.len() <= FEW => format!("The keys here are {}.", and(accepted)),
                None => String::new(),
            });
            continue;
        }
        let What::UnknownKey { key, level, hint, accepted } = &misfit.what else { continue };
        let (noun, name, key) = (noun(misfit), key, code(key));
        let (a, a_capital) = if noun.starts_with(['a', 'o']) { ("an", "An") } else { ("a", "A") };
        // What is meant for another level of a manifest, or for one of its lists, its parser drops, and does not say so.
        let is_dropped = misfit.form == Form::Manifest
            && (matches!(hint, Hint::Inside(_) | Hint::Outside(_))
                || misfit.noun == Noun::Manifest && misfit.name == Name::Body && matches!(hint, Hint::Slip(_)));
        let message = match (hint, level) {
            (Hint::OtherUse("answer"), _) => format!("A request has no key {key}: only answers of the service have it."),
            (Hint::OtherUse(of), _) => {
                let verb = if *of == "clone" { "clones" } else { "changes" };
                format!("A body that makes {a} {noun} has no key {key}: only one that {verb} {a} {noun} has it.")
            }
            (Hint::Elsewhere(_), Level::Body) => format!("The body of {a} {noun} has no key {key}."),
            (Hint::Lacking(meant), _) => {
                format!("{} takes no key {key}, and lacks `{meant}`.", subject(misfit))
            }
            (_, Level::Body) => format!("{a_capital} {noun} has no key {key}: the service refuses a body that has it."),
            (_, Level::Nested) => format!("{} has no key {key}: the service ignores it or refuses the body.", subject(misfit)),
            (_, Level::Open) if is_dropped => {
                format!("The key {key} is dropped from {} without a word when the manifest is applied.", object(misfit))
            }
            (_, Level::Open) => format!("The key {key} means nothing in {}, and the service ignores it.", object(misfit)),
        };
        let finding = report.add(misfit.place, "unknown key", message);
        match hint {
            Hint::Slip(meant) | Hint::Lacking(meant) => {
                let fix = rewrite::slip(&facts.workspace.sources, misfit.place, (name, meant), accepted.iter().copied());
                finding.help(format!("Did you mean `{meant}`?")).fix(fix)
            }
            Hint::Inside(holder) => finding.help(format!("{key} belongs inside `{holder}`.")),
            Hint::Outside(None) => finding.help(format!("{key} belongs one level further up, in the {noun} itself.")),
            Hint::Outside(Some(holder)) => finding.help(format!("{key} belongs further up, in `{holder}`.")),
            Hint::Elsewhere(note) => finding.help(note),
            Hint::OtherUse(_) => finding.help("Remove it.").fix(entries::without(facts, misfit.place, name)),
            Hint::None if accepted.len() <= FEW => finding.help(format!("The keys here are {}.", and(accepted))),
            Hint::None => finding,
        };
        if is_dropped {
            continue;
        }
        if *level != Level::Body && !matches!(hint, Hint::Lacking(_)) || matches!(hint, Hint::OtherUse(_) | Hint::Elsewhere(_)) {
            finding.at_most(Severity::Warning);
        }
    }
}
