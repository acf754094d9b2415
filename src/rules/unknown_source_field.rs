//! Input mappings that read a field which is not in the source schema.

use super::{Report, Rule, words};
use crate::diagnostic::Severity;
use crate::resolve::Resolution;
use crate::workspace::{Facts, Lookup};

pub(super) static RULE: Rule = Rule {
    name: "unknown-source-field",
    severity: Severity::Error,
    summary: "an input mapping reads a field that its source does not have",
    docs: include_str!("../../docs/rules/unknown-source-field.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.uses.iter().filter(|used| !used.is_passthrough()) {
        let Lookup::Resolved { path, schema, guess, resolution, lost: None } = &used.lookup else { continue };
        let Resolution::Missing { at, fields, parent } = resolution else { continue };
        let place = facts.workspace.sources.part(used.path(), path.range(*at));
        let finding = report.add(place, "no such field", format!("{}.", words::missing(path.text)));
        words::looked_up_in(finding, facts, used, schema, *parent);
        if let Some(perhaps) = words::perhaps(facts, used, path, *at, fields, schema) {
            finding.help(perhaps);
        }
        words::soften(finding, facts, used, *guess);
    }
}
