//! Extractors that the catalogue does not have.

use std::collections::HashSet;

use super::words::rewrite;
use super::{Report, Rule};
use crate::diagnostic::Severity;
use crate::extractors::Known;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unknown-extractor",
    severity: Severity::Warning,
    summary: "an extractor is not in the catalogue",
    docs: include_str!("../../docs/rules/unknown-extractor.md"),
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut said = HashSet::new();
    for (name, _, known) in facts.named_extractors() {
        let wanted = name.value.as_str();
        match known {
            Known::Id(extractor) => {
                report
                    .add(name.span, "name and version in one", format!("`{wanted}` is not the name of an extractor, but its id."))
                    .help(format!("Write the name `{}` and the version `{}`.", extractor.name, extractor.version));
            }
            Known::Unknown { near: Some(near), .. } => {
                report
                    .add(name.span, "no such extractor", format!("The catalogue has no extractor `{wanted}`."))
                    .help(format!("Did you mean `{near}`? If it is an extractor of your own, add it to your catalogue."))
                    .fix(rewrite::perhaps_path(&facts.workspace.sources, name, near));
            }
            // Once is enough, and a custom plugin is expected to be unknown.
            Known::Unknown { near: None, is_plugin: false } if said.insert(wanted) => {
                report
                    .add(
                        name.span,
                        "not in the catalogue",
                        format!(
                            "The catalogue has no extractor `{wanted}`, so its inputs and parameters are not checked, wherever it \
                             is used."
                        ),
                    )
                    .at_most(Severity::Info)
                    .help("If it is an extractor of your own, add it to your catalogue.");
            }
            _ => {}
        }
    }
}
