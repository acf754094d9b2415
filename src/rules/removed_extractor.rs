//! Extractors that the service no longer has, or never had.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::extractors::{Catalogue, Confidence, Extractor, Known, NeverExisted, is_plugin_version};
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "removed-extractor",
    severity: Severity::Error,
    group: Group::Mappings,
    summary: "an extractor does not exist, though documents use its name",
    docs: include_str!("../../docs/rules/removed-extractor.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (name, version, known) in facts.named_extractors() {
        let wanted = name.value.as_str();
        match known {
            Known::Removed(extractor) => {
                let finding = report.add(name.span, "removed", format!("The service no longer has the extractor `{wanted}`."));
                finding.help(replacements(extractor));
                if let [only] = &extractor.replacements[..] {
                    finding.fix(rewrite::perhaps_path(&facts.workspace.sources, name, &only.extractor));
                }
                words::sure(finding, extractor.confidence);
            }
            Known::NeverExisted(never) => {
                let has_plugin_version = version.is_some_and(|version| is_plugin_version(&version.value));
                if has_plugin_version && never.is_example {
                    continue;
                }
                let message = if never.is_example {
                    format!("`{wanted}` is the example name of a custom plugin, not an extractor of the service.")
                } else {
                    format!("The service has no extractor `{wanted}`.")
                };
                let finding = report.add(name.span, "no such extractor", message);
                finding.help(instead(never, &facts.workspace.catalogue));
                if let ([only], None) = (&never.instead[..], &never.parameter) {
                    finding.fix(rewrite::perhaps_path(&facts.workspace.sources, name, only));
                }
                if never.is_example || has_plugin_version || never.confidence < Confidence::High {
                    finding.at_most(Severity::Warning);
                }
                if never.is_example || has_plugin_version {
                    finding.help("If it is an extractor of your own, add it to your catalogue.");
                }
            }
            _ => {}
        }
    }
}

fn replacements(extractor: &Extractor) -> String {
    let each: Vec<String> =
        extractor.replacements.iter().map(|new| format!("`{}` for the input `{}`", new.extractor, new.input)).collect();
    if each.is_empty() { String::new() } else { format!("Use {}.", each.join(", and ")) }
}

/// What to use for a name that the service never had, as a sentence.
pub fn instead(never: &NeverExisted, catalogue: &Catalogue) -> String {
    let with = never.parameter.as_ref().map(|(parameter, value)| match value {
        Some(value) => format!(" with the parameter `{parameter}` set to `{value}`"),
        None => format!(" with the parameter `{parameter}` set to `true`"),
    });
    let known: Vec<&str> = never.instead.iter().map(String::as_str).filter(|name| catalogue.has(name)).collect();
    match (&known[..], &never.note) {
        ([], Some(note)) if !never.is_example => note.clone(),
        ([], _) => String::new(),
        (names, _) => format!("Use {}{}.", words::or(names), with.unwrap_or_default()),
    }
}
