//! Clusterings that are grouped together, and that compare different features.

use std::collections::BTreeSet;

use super::{Check, Group, Report, Rule};
use crate::definitions::{Cluster, Form};
use crate::diagnostic::Severity;
use crate::path::is_template;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "incompatible-clusters",
    severity: Severity::Error,
    group: Group::Links,
    summary: "a clustering groups clusterings that compare different features",
    docs: include_str!("../../docs/rules/incompatible-clusters.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    for cluster in workspace.clusters.iter().filter(|cluster| cluster.origin.form != Form::Answer) {
        let sources = cluster.clusters.iter().filter_map(|name| Some((name, &workspace.clusters[workspace.cluster(name)?])));
        let known: Vec<_> = sources.filter_map(|(name, source)| Some((name, source, features(source)?))).collect();
        let Some(((_, first, wanted), others)) = known.split_first() else { continue };
        for (name, other, features) in others.iter().filter(|(.., features)| features != wanted) {
            let (here, there) = (other.origin.name(), first.origin.name());
            let message = format!(
                "`{}` groups `{there}` and `{here}`, which compare different features; they must compare the same ones.",
                cluster.origin.name()
            );
            let finding = report.add(name.span, "compares other features", message);
            for (source, features) in [(*first, wanted), (*other, features)] {
                let place = source.feature_uris.first().map_or(source.origin.place(), |uri| uri.span);
                let listed: Vec<&str> = features.iter().copied().collect();
                finding.related(place, format!("`{}` compares `{}`", source.origin.name(), listed.join("`, `")));
            }
            finding.help(format!("Let `{here}` compare what `{there}` compares, or take it out."));
        }
    }
}

/// The features that a clustering compares, when all of them are known.
fn features(cluster: &Cluster) -> Option<BTreeSet<&str>> {
    let uris: BTreeSet<&str> = cluster.feature_uris.iter().map(|uri| uri.value.as_str()).collect();
    (!uris.is_empty() && !uris.iter().any(|uri| is_template(uri))).then_some(uris)
}
