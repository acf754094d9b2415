//! Stages that need a feature of many vectors, and are given one of a single vector.

use super::words::sure;
use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "single-vector-feature",
    severity: Severity::Error,
    group: Group::Mappings,
    summary: "`maxsim_rerank` is given a feature that is a single vector",
    docs: include_str!("../../docs/rules/single-vector-feature.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.pipelines.iter().flat_map(|pipeline| &pipeline.stages) {
        if used.kind().is_none_or(|kind| kind.id != "maxsim_rerank") {
            continue;
        }
        for feature in &used.features {
            let features = facts.workspace.features(&feature.scope);
            let is_it = |vector: &&crate::workspace::Vector| vector.feature_uri.as_deref() == Some(&*feature.uri.value);
            let vectors: Vec<_> = features.vectors.iter().map(|(_, vector)| vector).filter(is_it).collect();
            if let Some(vector) = vectors.first().filter(|_| vectors.iter().all(|vector| vector.kind == "dense")) {
                let message =
                    format!("`{}` is one vector a document, and `maxsim_rerank` compares many with many.", feature.uri.value);
                let finding = report.add(feature.uri.span, "a single vector", message);
                finding.help("Use a feature of many vectors, such as that of `colbert_extractor`, or the stage `rerank`.");
                sure(finding, vector.confidence);
            }
        }
    }
}
