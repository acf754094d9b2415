//! Keys that do not go together.

use super::words::entries;
use super::words::shapes::{code, misfits};
use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::shape::{Conflict, What};
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "conflicting-keys",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "keys that do not go together stand side by side",
    docs: include_str!("../../docs/rules/conflicting-keys.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for misfit in misfits(facts) {
        let What::Conflict(conflict) = &misfit.what else { continue };
        let finding = match conflict {
            Conflict::Both { first, at, second } => {
                let message = format!("{} and {} exclude each other: only one of them may be there.", code(first), code(second));
                let finding = report.add(misfit.place, "one too many", message);
                finding.related(*at, "the other one is here").help("Keep the one that is meant, and remove the other.")
            }
            Conflict::Under { key, of, value, at } => {
                let message = format!("{} does not go with `{of}: {value}`.", code(key));
                let finding = report.add(misfit.place, format!("not with `{value}`"), message);
                finding.related(*at, format!("the `{of}` is here")).help(format!("Remove it, or change `{of}`."));
                finding.fix(entries::without(facts, misfit.place, key))
            }
            Conflict::Alone { key, needs } => {
                let message = format!("{} means nothing without `{needs}`.", code(key));
                let finding = report.add(misfit.place, format!("no `{needs}`"), message);
                finding.help(format!("Add `{needs}`, or remove it.")).fix(entries::without(facts, misfit.place, key))
            }
        };
        if misfit.form == Form::Manifest {
            finding.at_most(Severity::Warning);
        }
    }
}
