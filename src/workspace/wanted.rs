//! Vectors that retrievers and clusterings ask for, held against those that the collections have.

use super::{CollectionId, FeatureUse, Features, Pipeline, Resource, Scope, Vector, Workspace};
use crate::definitions::{FeatureUri, Form, Noun, UriFault};
use crate::extractors::{Condition, Confidence};
use crate::path::is_template;
use crate::text::{ShortText, Span, Spanned};

/// A vector that something asks for, and whether it is there.
#[derive(Debug)]
pub struct WantedFeature<'w> {
    /// What asks for it.
    pub by: Resource,
    /// The feature URI, as written.
    pub uri: Spanned<ShortText>,
    /// What was found.
    pub found: FoundFeature,
    /// The collections that should have it.
    pub scope: Scope,
    /// The key or the name that says which collections these are.
    pub scope_place: Option<Span>,
    workspace: &'w Workspace,
}

/// Whether a vector that is asked for is there.
#[derive(Debug)]
pub enum FoundFeature {
    /// It is, or nothing can be said.
    Yes,
    /// The text is no feature URI.
    NoUri(UriFault),
    /// It would be, but for parameters that keep it from being written; what these are, in words.
    NotUnderParameters(CollectionId, Vec<String>),
    /// No collection has it, or this one of several does not.
    No {
        /// The collection that lacks it, where each of several must have it.
        lacking: Option<CollectionId>,
        /// The feature URIs that are there.
        written: Vec<String>,
        /// How sure this is.
        confidence: Confidence,
    },
}

/// All vectors that somebody asks for.
pub(super) fn wanted<'w>(workspace: &'w Workspace, pipelines: &[Pipeline<'w>]) -> Vec<WantedFeature<'w>> {
    let mut found = Vec::new();
    for pipeline in pipelines {
        let place = pipeline.retriever.collections_key;
        for used in pipeline.stages.iter().flat_map(|used| &used.features) {
            found.push(find(workspace, (Noun::Retriever, pipeline.number), used, place));
        }
    }
    for (number, cluster) in workspace.clusters.iter().enumerate().filter(|(_, cluster)| cluster.origin.form != Form::Answer) {
        let scope = workspace.scope(cluster.origin.form, &cluster.collections);
        let place = cluster.collections.first().map(|name| name.span);
        for uri in &cluster.feature_uris {
            let used = FeatureUse { uri: uri.clone(), scope: scope.clone(), by_each: true, is_searched: true };
            found.push(find(workspace, (Noun::Cluster, number), &used, place));
        }
    }
    found
}

fn find<'w>(workspace: &'w Workspace, by: Resource, used: &FeatureUse, scope_place: Option<Span>) -> WantedFeature<'w> {
    let (uri, scope) = (used.uri.clone(), used.scope.clone());
    WantedFeature { by, found: look_up(workspace, used), uri, scope, scope_place, workspace }
}

fn look_up(workspace: &Workspace, used: &FeatureUse) -> FoundFeature {
    let text = used.uri.value.as_str();
    // An empty text is too short, and no address of anything.
    if is_template(text) || text.is_empty() {
        return FoundFeature::Yes;
    }
    let address = match FeatureUri::parse(text) {
        Ok(address) => address,
        Err(fault) => return FoundFeature::NoUri(fault),
    };
    if !used.is_searched || used.scope.collections.is_empty() {
        return FoundFeature::Yes;
    }
    if used.by_each {
        let mut each = used.scope.collections.iter().map(|id| {
            let scope = Scope { collections: vec![*id], is_complete: true };
            (Some(*id).filter(|_| used.scope.collections.len() > 1), workspace.features(&scope))
        });
        let lacking = each.find_map(|(id, features)| {
            Some(missing(&address, text, &features, id)).filter(|found| !matches!(found, FoundFeature::Yes))
        });
        return lacking.unwrap_or(FoundFeature::Yes);
    }
    missing(&address, text, &workspace.features(&used.scope), None)
}

fn missing(address: &FeatureUri<'_>, text: &str, features: &Features, lacking: Option<CollectionId>) -> FoundFeature {
    let is_it = |vector: &Vector| match (&vector.feature_uri, address.output) {
        (Some(uri), Some(_)) => uri == text,
        // Without an output it is the only vector of the extractor.
        (Some(uri), None) => uri.strip_prefix(text).is_some_and(|rest| rest.starts_with('/')),
        (None, _) => false,
    };
    let there: Vec<&(CollectionId, Vector)> = features.vectors.iter().filter(|(_, vector)| is_it(vector)).collect();
    if there.iter().any(|(_, vector)| vector.condition != Condition::NotMet) || !features.is_complete {
        return FoundFeature::Yes;
    }
    if let Some((id, vector)) = there.first() {
        return FoundFeature::NotUnderParameters(*id, vector.doubts.clone());
    }
    let known = features.vectors.iter().filter(|(_, vector)| vector.condition != Condition::NotMet);
    let confidence = known.clone().map(|(_, vector)| vector.confidence).min().unwrap_or(Confidence::High);
    let mut written: Vec<String> = known.filter_map(|(_, vector)| vector.feature_uri.clone()).collect();
    written.sort_unstable();
    written.dedup();
    FoundFeature::No { lacking, written, confidence }
}

impl WantedFeature<'_> {
    /// The names of the collections that should have it.
    pub fn collections(&self) -> Vec<&str> {
        self.scope.collections.iter().map(|id| self.workspace.collections[*id].origin.name()).collect()
    }
}
