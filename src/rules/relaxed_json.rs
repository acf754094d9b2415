//! Comments and trailing commas in strict JSON.

use super::{Report, Rule, words};
use crate::diagnostic::Severity;
use crate::syntax::Problem;
use crate::text::{FileId, Span};
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "relaxed-json",
    severity: Severity::Warning,
    summary: "a `.json` file has comments or trailing commas, which strict JSON has not",
    docs: include_str!("../../docs/rules/relaxed-json.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (number, file) in facts.workspace.files.iter().enumerate() {
        for (problem, one, many) in
            [(Problem::Comment, "comment", "comments"), (Problem::TrailingComma, "trailing comma", "trailing commas")]
        {
            let mut places = file.errors.iter().filter(|error| error.problem == problem).map(|error| error.range.clone());
            let Some(first) = places.next() else { continue };
            let all = words::count(1 + places.count(), one, many);
            report
                .add(
                    Span::new(FileId::new(number), first),
                    format!("a {one}"),
                    format!("This file has {all}: mixlint reads on, but strict JSON has none and most readers refuse it."),
                )
                .help("Remove them, or name the file `.jsonc`.");
        }
    }
}
