//! What YAML does not read as it was meant.

use super::words::rewrite;
use super::words::shapes::code;
use super::{Check, Group, Report, Rule};
use crate::definitions::TrapKind;
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "yaml-trap",
    severity: Severity::Warning,
    group: Group::Text,
    summary: "YAML reads something as another kind of value than the one that was meant",
    docs: include_str!("../../docs/rules/yaml-trap.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for trap in facts.workspace.files.iter().flat_map(|file| &file.traps) {
        let written = trap.written.as_str();
        let (label, message) = match trap.kind {
            TrapKind::Version => {
                ("a number", format!("`{written}` is a number to YAML, and the version of a manifest is a string."))
            }
            TrapKind::Name => (
                "not a name to all readers",
                format!(
                    "Many readers of YAML take a bare `{written}` for another kind of value, so that the field has no such name."
                ),
            ),
            TrapKind::Value => (
                "not a string to all readers",
                format!("Many readers of YAML take a bare `{written}` for another kind of value than a string."),
            ),
            TrapKind::Template => {
                ("an object", format!("`{written}` is no text to YAML: without quotes, its braces are those of an object."))
            }
        };
        let quoted = match trap.kind {
            TrapKind::Version if written == "1" => "1.0",
            _ => written,
        };
        let fix = rewrite::safe(
            format!("Write {} in quotes", code(quoted)),
            rewrite::quoted(&facts.workspace.sources, trap.span, quoted),
        );
        report.add(trap.span, label, message).help(format!("Write it in quotes: `{}`.", in_quotes(quoted))).fix(fix);
    }
}

/// In the quotes that do not occur in it.
fn in_quotes(text: &str) -> String {
    let quote = if text.contains('"') { '\'' } else { '"' };
    format!("{quote}{text}{quote}")
}
