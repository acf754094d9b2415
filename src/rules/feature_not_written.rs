//! Vectors that a retriever or a clustering asks for, and that no collection has.

use super::words::rewrite;
use super::words::{series_of_many, sure};
use super::{Check, Group, Report, Rule};
use crate::definitions::{FeatureUri, Noun};
use crate::diagnostic::Severity;
use crate::suggest;
use crate::workspace::{Facts, FoundFeature, WantedFeature};

pub(super) static RULE: Rule = Rule {
    name: "feature-not-written",
    severity: Severity::Error,
    group: Group::Retrieval,
    summary: "a retriever or a clustering asks for a vector that its collections do not have",
    docs: include_str!("../../docs/rules/feature-not-written.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for wanted in &facts.wanted {
        match &wanted.found {
            FoundFeature::NotUnderParameters(id, doubts) => {
                let collection = &facts.workspace.collections[*id].origin;
                let message = format!(
                    "`{}` does not write `{}` under the parameters that are set: it is written {}.",
                    collection.name(),
                    wanted.uri.value,
                    doubts.join(", ")
                );
                let finding = report.add(wanted.uri.span, "not written", message);
                finding.related(collection.place(), "the collection that would write it");
            }
            FoundFeature::No { lacking, written, confidence } => {
                let who = match lacking {
                    Some(id) => format!("`{}`", facts.workspace.collections[*id].origin.name()),
                    None => who(wanted),
                };
                let message = format!("{who} does not write the feature `{}`.", wanted.uri.value);
                let finding = report.add(wanted.uri.span, "not written", message);
                let place = lacking.or(wanted.scope.collections.first().copied());
                if let Some(origin) = place.map(|id| &facts.workspace.collections[id].origin) {
                    finding.related(origin.place(), "a collection without it");
                }
                finding.help(instead(&wanted.uri.value, written));
                if let Some(near) = nearest(&wanted.uri.value, written) {
                    finding.fix(rewrite::perhaps_path(&facts.workspace.sources, &wanted.uri, near));
                }
                sure(finding, *confidence);
            }
            FoundFeature::Yes | FoundFeature::NoUri(_) => {}
        }
    }
}

/// Who should write it.
fn who(wanted: &WantedFeature<'_>) -> String {
    let what = if wanted.by.0 == Noun::Cluster { "clustering" } else { "retriever" };
    match wanted.collections()[..] {
        [only] => format!("`{only}`, which the {what} looks into,"),
        _ => {
            format!("None of the collections that the {what} looks into ({}) is one that", series_of_many(&wanted.collections()))
        }
    }
}

/// The feature that was probably meant: the one with nearly the address, or the only one of the same extractor.
fn nearest<'w>(uri: &str, written: &'w [String]) -> Option<&'w str> {
    let extractor = FeatureUri::parse(uri).map(|address| address.extractor).unwrap_or_default();
    let same = || written.iter().filter(|one| FeatureUri::parse(one).is_ok_and(|address| address.extractor == extractor));
    let near = suggest::nearest(uri, written.iter().map(String::as_str));
    near.or_else(|| same().map(String::as_str).next().filter(|_| same().count() == 1))
}

/// The features that are written, the nearest one first.
fn instead(uri: &str, written: &[String]) -> String {
    let names: Vec<&str> = written.iter().map(String::as_str).collect();
    match (nearest(uri, written), &names[..]) {
        (Some(near), _) => format!("Write `{near}`."),
        (None, []) => "No feature is written there.".to_owned(),
        (None, [only]) => format!("The feature that is written there is `{only}`."),
        (None, _) => format!("The features that are written there are {}.", series_of_many(&names)),
    }
}
