//! Comments and trailing commas in strict JSON.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::{Edit, Severity};
use crate::syntax::{Format, Problem};
use crate::text::{FileId, Span};
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "relaxed-json",
    severity: Severity::Warning,
    group: Group::Text,
    summary: "a `.json` file has comments or trailing commas, which strict JSON has not",
    docs: include_str!("../../docs/rules/relaxed-json.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (number, file) in facts.workspace.files.iter().enumerate() {
        let id = FileId::new(number);
        // Comments in other tools' files, which may have our words in them, are none of our business.
        if file.count == 0 {
            continue;
        }
        for (problem, one, many) in
            [(Problem::Comment, "comment", "comments"), (Problem::TrailingComma, "trailing comma", "trailing commas")]
        {
            let mut places = file.errors.iter().filter(|error| error.problem == problem).map(|error| error.range.clone());
            let Some(first) = places.next() else { continue };
            let number = 1 + places.count();
            let all = words::count(number, one, many);
            let is_lines = Format::of(facts.workspace.sources.get(id)) == Format::JsonLines;
            let remove = if number == 1 { "Remove it" } else { "Remove them" };
            // A comment is never removed: it was written for somebody.
            let commas = file.errors.iter().filter(|error| error.problem == problem && problem == Problem::TrailingComma);
            let edits: Vec<Edit> =
                commas.map(|error| Edit { span: Span::new(id, error.range.clone()), text: String::new() }).collect();
            let fix = rewrite::safe(remove, (!edits.is_empty() && file.more_errors == 0).then_some(edits));
            report
                .add(
                    Span::new(id, first),
                    format!("a {one}"),
                    format!("This file has {all}: mixlint reads on, but strict JSON has none and most readers refuse it."),
                )
                .help(if is_lines { format!("{remove}.") } else { format!("{remove}, or name the file `.jsonc`.") })
                .fix(fix);
        }
    }
}
