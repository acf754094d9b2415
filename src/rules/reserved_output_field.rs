//! Passthrough entries that give a field a name which the service has for its own fields.

use super::words::{entries, rewrite};
use super::{Check, Group, Report, Rule, words};
use crate::definitions::{ReservedOutput, reserved_output};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Used};

pub(super) static RULE: Rule = Rule {
    name: "reserved-output-field",
    severity: Severity::Error,
    group: Group::Output,
    summary: "a field is passed on under a name that the service has for its own fields",
    docs: include_str!("../../docs/rules/reserved-output-field.md"),
    check: Check::Extractor(check),
};

fn check(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    for entry in used.written.field_passthrough.iter().filter(|entry| entry.is_named) {
        let (name, span) = entry.output();
        let Some(kind) = reserved_output(name) else { continue };
        let finding = report.add(span, "a name of the service's own", format!("{}.", words::reserved_name(name, kind)));
        if kind != ReservedOutput::System {
            finding.at_most(Severity::Warning);
        }
        let name = name.trim_start_matches('_');
        let (sources, new) = (&facts.workspace.sources, format!("original_{name}"));
        let quote = rewrite::quote(sources.slice(entry.source_path.span));
        let edit = match &entry.target_path {
            Some(path) => rewrite::word(sources, path.span, &new),
            None => entries::beside(facts, entry.source_path.span, "target_path", &format!("{quote}{new}{quote}")),
        };
        finding.fix(rewrite::perhaps(rewrite::write(&new), edit.map(|edit| vec![edit])));
        finding.help(match entry.target_path {
            Some(_) => format!("Choose another `target_path`, such as `original_{name}`."),
            None => format!("Add a `target_path`, such as `original_{name}`."),
        });
    }
}
