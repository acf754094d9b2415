//! Kinds of resources in sentences.

use crate::definitions::Noun;
use crate::diagnostic::{Diagnostic, Severity};
use crate::workspace::Workspace;

/// A kind with its article: `a bucket`, `an alert`.
pub(in crate::rules) fn a(noun: Noun) -> &'static str {
    match noun {
        Noun::Bucket => "a bucket",
        Noun::Collection => "a collection",
        Noun::Namespace => "a namespace",
        Noun::Object => "an object",
        Noun::Retriever => "a retriever",
        Noun::Taxonomy => "a taxonomy",
        Noun::Cluster => "a cluster",
        Noun::Alert => "an alert",
        Noun::Connection => "a connection",
        Noun::Manifest => "a manifest",
    }
}

/// Several of a kind: `buckets`, `taxonomies`.
pub(in crate::rules) fn several(noun: Noun) -> String {
    match noun.name().strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{}s", noun.name()),
    }
}

/// Lowers the finding that nothing has a name, where apply may make something of that name itself; and says so.
pub(in crate::rules) fn unless_made_of_labels(finding: &mut Diagnostic, workspace: &Workspace, kind: Noun) {
    if let Some(taxonomy) = workspace.may_be_made_of_labels(kind) {
        finding.at_most(Severity::Info).related(taxonomy.place(), "this taxonomy brings its labels with it").help(format!(
            "It may be what apply makes of the labels of `{}`: a bucket, a collection and a retriever, whose names are not published.",
            taxonomy.name()
        ));
    }
}
