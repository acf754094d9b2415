//! Searches of one stage that look for the same feature in the same collections.

use super::{Check, Group, Report, Rule};
use crate::definitions::Value;
use crate::diagnostic::Severity;
use crate::path::is_template;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-feature-uri",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "two searches of a stage look for the same feature in the same way",
    docs: include_str!("../../docs/rules/duplicate-feature-uri.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.pipelines.iter().flat_map(|pipeline| &pipeline.stages) {
        let Some(searches) = used.stage.parameter("searches").map(Value::items) else { continue };
        for (number, search) in searches.iter().enumerate() {
            let Some(uri) = search.get("feature_uri").filter(|uri| !uri.as_str().is_none_or(is_template)) else { continue };
            // One search by meaning and one by words is how both are combined.
            let is_alike = |other: &&Value| {
                let is_lexical = |search: &Value| search.get("lexical").and_then(Value::as_bool) == Some(true);
                let same = |key: &str| search.get(key) == other.get(key);
                same("feature_uri") && same("collection_identifiers") && is_lexical(search) == is_lexical(other)
            };
            let Some(first) = searches[..number].iter().find(is_alike) else { continue };
            let is_same = first.get("query") == search.get("query");
            let message = format!(
                "Two searches look for the feature `{}`{}.",
                uri.shown(),
                if is_same { " with the same query, so the second one finds nothing new" } else { "" }
            );
            let finding = report.add(uri.span, "again", message);
            if let Some(first) = first.get("feature_uri") {
                finding.related(first.span, "the first search for it");
            }
            finding.help("For a search by meaning and by words, set `lexical: true` on one of them; else take one out.");
            // With another query it may be meant.
            if !is_same {
                finding.at_most(Severity::Info);
            }
        }
    }
}
