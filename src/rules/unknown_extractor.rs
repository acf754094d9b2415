//! Extractors that the catalogue does not have.

use std::collections::HashSet;

use super::words::{entries, rewrite};
use super::{Check, Group, Report, Rule};
use crate::diagnostic::{Fix, Severity};
use crate::extractors::{Extractor, Known};
use crate::text::{ShortText, Spanned};
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unknown-extractor",
    severity: Severity::Warning,
    group: Group::Mappings,
    summary: "an extractor is not in the catalogue",
    docs: include_str!("../../docs/rules/unknown-extractor.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut said = HashSet::new();
    for (name, version, known) in facts.named_extractors() {
        let wanted = name.value.as_str();
        match known {
            Known::Id(extractor) => {
                report
                    .add(name.span, "name and version in one", format!("`{wanted}` is not the name of an extractor, but its id."))
                    .help(format!("Write the name `{}` and the version `{}`.", extractor.name, extractor.version))
                    .fix(apart(facts, name, version, extractor));
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

/// The name alone, and the version beside it; where another version is there, that one or the id's may be meant.
fn apart(facts: &Facts<'_>, name: &Spanned<ShortText>, version: Option<&Spanned<ShortText>>, known: &Extractor) -> Option<Fix> {
    let sources = &facts.workspace.sources;
    let word = rewrite::word(sources, name.span, &known.name)?;
    let title = format!("Write the name `{}` and the version `{}` apart", known.name, known.version);
    match version {
        Some(version) if version.value == known.version => rewrite::safe(rewrite::write(&known.name), Some(vec![word])),
        Some(version) => {
            let mut edits = vec![word, rewrite::word(sources, version.span, &known.version)?];
            edits.sort_by_key(|edit| edit.span);
            rewrite::perhaps(title, Some(edits))
        }
        None => {
            let quote = rewrite::quote(sources.slice(name.span));
            let written = format!("{quote}{}{quote}", known.version);
            rewrite::safe(title, Some(vec![word, entries::beside(facts, name.span, "version", &written)?]))
        }
    }
}
