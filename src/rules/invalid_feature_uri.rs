//! Texts that stand where a feature URI should, and are none.

use super::{Check, Group, Report, Rule};
use crate::definitions::UriFault;
use crate::diagnostic::Severity;
use crate::workspace::{Facts, FoundFeature};

pub(super) static RULE: Rule = Rule {
    name: "invalid-feature-uri",
    severity: Severity::Error,
    group: Group::Retrieval,
    summary: "a text stands where a feature URI should, and is none",
    docs: include_str!("../../docs/rules/invalid-feature-uri.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for wanted in &facts.wanted {
        let FoundFeature::NoUri(fault) = &wanted.found else { continue };
        let text = &wanted.uri.value;
        let part = |range: std::ops::Range<usize>| facts.workspace.sources.part(&wanted.uri, range);
        let (span, label, message) = match fault {
            // In a standalone namespace, the names of one's own vectors are bare.
            UriFault::Bare => (wanted.uri.span, "no address", format!("`{text}` is no feature URI, but a bare name.")),
            UriFault::Scheme(range) => {
                (part(range.clone()), "not `mixpeek`", format!("`{text}` is no feature URI: it has another scheme."))
            }
            UriFault::NoVersion(at) => {
                (part(*at..*at), "no version", format!("`{text}` is no feature URI: it lacks the version of the extractor."))
            }
            UriFault::Part(range) => {
                let part_of = &text[range.clone()];
                let why = if part_of.is_empty() {
                    "a part of it is empty".to_owned()
                } else {
                    format!("`{part_of}` has characters that a name cannot have")
                };
                (part(range.clone()), "not a name", format!("`{text}` is no feature URI: {why}."))
            }
        };
        let finding = report.add(span, label, message);
        finding.help("A feature URI is `mixpeek://extractor@version/output`, such as `mixpeek://text_extractor@v1/multilingual_e5_large_instruct_v1`.");
        if *fault == UriFault::Bare {
            finding.at_most(Severity::Warning);
        }
    }
}
