//! Texts that are no field paths.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::path::Malformed;
use crate::workspace::{Facts, Lookup};

pub(super) static RULE: Rule = Rule {
    name: "malformed-path",
    severity: Severity::Error,
    group: Group::Mappings,
    summary: "a path is empty, or has an empty segment, a blank or a wildcard in it",
    docs: include_str!("../../docs/rules/malformed-path.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.failing_uses() {
        let Lookup::Malformed(malformed) = &used.lookup else { continue };
        let path = used.path();
        let text = words::visible(&path.value);
        let tidy = || path.value.split('.').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".");
        let (part, label, message, help) = match malformed {
            Malformed::Blank => {
                (0..0, "empty", "A field path is empty.".to_owned(), "Write the name of a source field.".to_owned())
            }
            Malformed::EmptySegment(part) => {
                let message = format!("The path '{text}' has an empty segment: every dot stands between two names.");
                let help = if tidy().is_empty() {
                    "Write the name of a source field.".to_owned()
                } else {
                    format!("Write `{}`.", tidy())
                };
                (part.clone(), "nothing on one side of this dot", message, help)
            }
            Malformed::Space(part) => {
                let message = format!("The path '{text}' has a blank beside a name, and blanks count.");
                (part.clone(), "blank here", message, format!("Write `{}`.", tidy()))
            }
            Malformed::Wildcard(part) => {
                let message = format!("The path '{text}' has a wildcard, and field paths have none.");
                let help = match used.is_passthrough() {
                    true => "Name one field, or set `include_all_source_fields` to `true`.",
                    false => "Name one field, or give the input a list of paths.",
                };
                (part.clone(), "no wildcards here", message, help.to_owned())
            }
        };
        let place = if part.is_empty() { path.span } else { facts.workspace.sources.part(path, part) };
        let finding = report.add(place, label, message);
        finding.help(help);
        if matches!(malformed, Malformed::Space(_) | Malformed::EmptySegment(_)) {
            finding.fix(rewrite::perhaps_path(&facts.workspace.sources, path, &tidy()));
        }
        words::soften(finding, facts, used, None);
    }
}
