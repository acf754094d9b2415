//! Scopes: the collections that a retriever or a clustering is about, what their documents hold, and which vectors they have.

use super::vectors::Vector;
use super::{CollectionId, Declared, Guess, Readable, Records, Target, Workspace};
use crate::definitions::{Form, Noun, Schema};
use crate::extractors::Confidence;
use crate::text::{ShortText, Spanned};

/// Some collections that are named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Those that are defined here.
    pub collections: Vec<CollectionId>,
    /// Whether there are no others.
    pub is_complete: bool,
}

/// The vectors of some collections.
#[derive(Debug, Default)]
pub struct Features {
    /// The vectors, each with the collection that has it; those among them that parameters keep from being written.
    pub vectors: Vec<(CollectionId, Vector)>,
    /// Whether there are no others.
    pub is_complete: bool,
}

impl Workspace {
    /// The collections that a definition of this form means by some names. A manifest must declare all that it names, so a name that
    /// nothing in it has adds nothing.
    pub fn scope<'a>(&self, form: Form, names: impl IntoIterator<Item = &'a Spanned<ShortText>>) -> Scope {
        let mut scope = Scope { collections: Vec::new(), is_complete: true };
        let is_closed = form == Form::Manifest && !self.taxonomies.iter().any(|taxonomy| taxonomy.has_labels);
        for name in names {
            match self.target(name.span, Noun::Collection) {
                Some(Target::Found(id, _)) if !scope.collections.contains(id) => scope.collections.push(*id),
                Some(Target::Found(..)) => {}
                Some(Target::Unknown { elsewhere: None, .. }) if is_closed => {}
                _ => scope.is_complete = false,
            }
        }
        scope
    }

    /// What the results of a search in some collections hold: a field that one of them has is there.
    pub fn results(&self, scope: &Scope) -> Readable<'_> {
        let mut results = Readable { records: Records::Results, ..Readable::default() };
        let known: Option<Vec<(&Schema, Declared)>> =
            scope.collections.iter().map(|id| Some((self.written(*id)?, Declared::Collection(*id)))).collect();
        results.schemas = known.filter(|_| scope.is_complete).unwrap_or_default();
        results.guess = scope.collections.iter().find_map(|id| self.guess_of(*id));
        let entries = scope.collections.iter().flat_map(|id| &self.collections[*id].extractors);
        let entries = entries.flat_map(|extractor| &extractor.field_passthrough);
        results.renamed = entries
            .map(|entry| (entry.source_path.value.as_str(), entry.output().0))
            .filter(|(source, output)| source != output)
            .collect();
        results
    }

    /// The fields of a collection's documents once its applications have run.
    pub fn written(&self, id: CollectionId) -> Option<&Schema> {
        self.enriched.get(&id).map(|enriched| &enriched.all).or_else(|| self.outputs.get(&id))
    }

    /// The guess that the fields of a collection's documents rest on.
    pub fn guess_of(&self, id: CollectionId) -> Option<Guess> {
        super::schemas::guess_of(self, id)
    }

    /// The vectors of some collections.
    pub fn features(&self, scope: &Scope) -> Features {
        let mut features = Features { vectors: Vec::new(), is_complete: scope.is_complete };
        for &id in &scope.collections {
            let vectors = self.settled(id).vectors();
            features.is_complete &= self.has_known_vectors(id) && vectors.iter().all(|vector| vector.feature_uri.is_some());
            features.vectors.extend(vectors.into_iter().map(|vector| (id, vector)));
        }
        features
    }

    /// Whether the catalogue knows all that a collection's extractors write.
    fn has_known_vectors(&self, id: CollectionId) -> bool {
        let collection = &self.collections[id];
        let is_known = |extractor: Option<&crate::extractors::Extractor>| {
            extractor
                .is_some_and(|one| one.confidence == Confidence::High && !one.has_more_outputs && one.unnamed_vectors.is_empty())
        };
        !collection.extractors.is_empty()
            && collection.features.is_empty()
            && !collection.enriched_by.contains(&"retriever_transform")
            && collection.extractors.iter().all(|used| is_known(self.catalogue.of(used)))
    }
}
