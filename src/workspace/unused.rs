//! What manifests declare and nothing uses, where the project could show a use.
//!
//! A manifest holds all that belongs to it, so what nothing in the project uses is most often left over. Whatever may be a use
//! counts as one: a placeholder, an id, a name that is a slip of this one, or a text that could not be read.

use std::collections::{HashMap, HashSet};

use super::references::is_id;
use super::{BucketId, CollectionId, Link, Target, Unlinked, Workspace};
use crate::definitions::{
    ApplicationKind, Collection, Data, FeatureUri, Form, Noun, Origin, RegisteredExtractor, SourceAdapter, SourceKind, Value,
};
use crate::path::is_template;
use crate::text::Span;

/// Some namespaces; a definition that does not say its own may lie in any.
#[derive(Default)]
struct Rooms<'w> {
    named: HashSet<&'w str>,
    has_unnamed: bool,
}

impl<'w> Rooms<'w> {
    fn of(origins: impl Iterator<Item = &'w Origin>) -> Rooms<'w> {
        let mut rooms = Rooms::default();
        origins.for_each(|origin| rooms.add(room(origin)));
        rooms
    }

    fn add(&mut self, name: Option<&'w str>) {
        match name {
            Some(name) => {
                self.named.insert(name);
            }
            None => self.has_unnamed = true,
        }
    }

    /// Whether one of them may be the namespace of a definition.
    fn meet(&self, origin: &Origin) -> bool {
        let is_named = room(origin).map_or(!self.named.is_empty(), |name| self.named.contains(name));
        self.has_unnamed || is_named
    }
}

fn room(origin: &Origin) -> Option<&str> {
    origin.namespace.as_ref().map(|namespace| namespace.value.as_str())
}

/// What is used, by number, and the namespaces in which more may be.
#[derive(Default)]
struct Uses<'w> {
    used: HashSet<usize>,
    undecided: Rooms<'w>,
}

impl<'w> Uses<'w> {
    fn link(&mut self, reader: &'w Origin, wanted: SourceKind, of: SourceKind, link: &Link) {
        match link {
            Link::Bucket(id, _) if wanted == SourceKind::Bucket => {
                self.used.insert(*id);
            }
            Link::Collection(id, _) if wanted == SourceKind::Collection => {
                self.used.insert(*id);
            }
            Link::Bucket(..) | Link::Collection(..) | Link::None(Unlinked::External | Unlinked::Deleted(_)) => {}
            // What reads things of one kind may be in doubt about those only.
            Link::None(_) if of != wanted && matches!(of, SourceKind::Bucket | SourceKind::Collection) => {}
            Link::None(Unlinked::UnknownName { near, elsewhere }) => self.meant(reader, *near, *elsewhere),
            Link::None(Unlinked::Ambiguous(first, second)) => self.used.extend([first, second]),
            Link::None(Unlinked::Elsewhere) => self.undecided.add(None),
            Link::None(_) => self.undecided.add(room(reader)),
        }
    }

    fn target(&mut self, by: &'w Origin, target: &Target) {
        match target {
            Target::Found(number, _) => {
                self.used.insert(*number);
            }
            Target::Ambiguous(first, second) => self.used.extend([first, second]),
            Target::Unknown { near, elsewhere, .. } => self.meant(by, *near, *elsewhere),
            Target::Placeholder | Target::LiveId | Target::Unreadable => self.undecided.add(room(by)),
            Target::External | Target::Deleted(_) => {}
        }
    }

    /// A name that nothing has is a slip of another one, or else may have been meant for anything.
    fn meant(&mut self, by: &'w Origin, near: Option<usize>, elsewhere: Option<usize>) {
        self.used.extend(near.or(elsewhere));
        if near.is_none() {
            self.undecided.add(room(by));
        }
    }

    fn has(&self, number: usize, origin: &Origin) -> bool {
        self.used.contains(&number) || self.undecided.meet(origin)
    }
}

/// What the stages of retrievers say.
#[derive(Default)]
struct Said<'w> {
    /// Every text.
    texts: HashSet<&'w str>,
    /// The namespaces of those that name a collection by its id, or leave its name open.
    undecided: Rooms<'w>,
}

impl Workspace {
    /// The buckets of manifests that no collection and no source adapter reads. A seed alone makes nothing of what it puts there.
    pub fn unused_buckets(&self) -> Vec<BucketId> {
        let candidates = self.declared_in_manifests(self.buckets.iter().map(|bucket| &bucket.origin));
        if candidates.is_empty() {
            return candidates;
        }
        let readers = Rooms::of(self.collections.iter().map(|collection| &collection.origin));
        let uses = self.links_to(SourceKind::Bucket);
        let is_unused = |id: &BucketId| {
            let origin = &self.buckets[*id].origin;
            readers.meet(origin) && !uses.has(*id, origin)
        };
        candidates.into_iter().filter(is_unused).collect()
    }

    /// The collections of manifests that no retriever, collection, taxonomy, clustering, alert or source adapter names.
    pub fn unused_collections(&self) -> Vec<CollectionId> {
        let candidates = self.declared_in_manifests(self.collections.iter().map(|collection| &collection.origin));
        if candidates.is_empty() {
            return candidates;
        }
        let retrievers = self.retrievers.iter().map(|retriever| &retriever.origin);
        let taxonomies = self.taxonomies.iter().map(|taxonomy| &taxonomy.origin);
        let searchers = Rooms::of(retrievers.chain(taxonomies).chain(self.clusters.iter().map(|cluster| &cluster.origin)));
        let said = self.said_in_stages();
        let mut uses = self.links_to(SourceKind::Collection);
        for referring in self.references().filter(|referring| referring.reference.to == Noun::Collection) {
            let is_itself = referring.by.0 == Noun::Collection && referring.target.found() == Some(referring.by.1);
            // A sync only says which collections are filled at once.
            if !is_itself && referring.reference.key != "batch_collection_ids" {
                uses.target(referring.origin, referring.target);
            }
        }
        let is_unused = |id: &CollectionId| {
            let collection = &self.collections[*id];
            let origin = &collection.origin;
            let is_said = said.texts.contains(origin.name()) || said.undecided.meet(origin);
            searchers.meet(origin) && !uses.has(*id, origin) && !is_said && !is_watched(collection)
        };
        candidates.into_iter().filter(is_unused).collect()
    }

    /// The extractors that the namespaces of manifests register and that none of their collections uses, each with the number of
    /// its namespace. Another version that is used instead is a matter of its own, so long as it is not registered too.
    pub fn unused_extractors(&self) -> Vec<(usize, &RegisteredExtractor)> {
        let namespaces = self.declared_in_manifests(self.namespaces.iter().map(|namespace| &namespace.origin));
        // Where something lives elsewhere, collections may.
        if namespaces.is_empty() || !self.external.0.is_empty() {
            return Vec::new();
        }
        let used = self.used_extractors();
        let everywhere = used.get(&None);
        let (mut unused, mut in_use): (Vec<(usize, &RegisteredExtractor)>, HashSet<Span>) = (Vec::new(), HashSet::new());
        for number in namespaces {
            let namespace = &self.namespaces[number];
            let here = used.get(&namespace.origin.name.as_ref().map(|name| name.value.as_str()));
            let Some(here) = here.filter(|here| here.has_collections) else { continue };
            let is_open = here.is_open || everywhere.is_some_and(|used| used.is_open) || !namespace.features.is_empty();
            let registered = namespace.extractors.as_deref().unwrap_or_default();
            if is_open || registered.iter().any(|one| is_template(&one.name.value)) {
                continue;
            }
            let names: HashSet<&str> = registered.iter().map(|one| one.name.value.as_str()).collect();
            // What is used and not registered has a finding of its own; one that is registered may have been meant.
            if !here.names.is_subset(&names) {
                continue;
            }
            for one in registered {
                let all = std::iter::once(here).chain(everywhere);
                let versions: Vec<_> = all.flat_map(|used| used.of(&one.name.value)).copied().collect();
                let others = || registered.iter().filter(|other| other.name.value == one.name.value);
                let is_version = |one: &RegisteredExtractor| versions.iter().any(|version| may_be(one, *version));
                let is_unused = versions.is_empty() || !is_version(one) && others().any(is_version);
                if is_unused {
                    unused.push((number, one));
                } else {
                    in_use.insert(one.span);
                }
            }
        }
        // Behind a YAML anchor several namespaces have the same list.
        unused.retain(|(_, one)| !in_use.contains(&one.span));
        unused
    }

    /// The numbers of those that manifests declare, but those that lie or are used elsewhere, as the configuration says, and those
    /// whose names stand in a text that could not be read as a whole.
    fn declared_in_manifests<'w>(&'w self, origins: impl Iterator<Item = &'w Origin>) -> Vec<usize> {
        let broken = self.sources.iter().filter(|(id, _)| self.is_broken(*id));
        let broken: Vec<&str> = broken.map(|(_, file)| file.text()).collect();
        let is_declared = |origin: &Origin| {
            let name = origin.name();
            let is_meant = origin.form == Form::Manifest && !name.is_empty() && !is_template(name);
            is_meant && !self.external.has(name) && !broken.iter().any(|text| text.contains(name))
        };
        origins.enumerate().filter(|(_, origin)| is_declared(origin)).map(|(number, _)| number).collect()
    }

    /// What collections and source adapters read of a kind.
    fn links_to(&self, wanted: SourceKind) -> Uses<'_> {
        let mut uses = Uses::default();
        for (collection, links) in self.collections.iter().zip(&self.links) {
            let is_of_platform = collection.source.is_of_platform();
            let links = links.iter().filter(|_| !is_of_platform);
            links.for_each(|link| uses.link(&collection.origin, wanted, collection.source.kind, link));
        }
        for (bucket, links) in self.buckets.iter().zip(&self.adapter_links) {
            let reads = bucket.source_adapter.as_deref().and_then(SourceAdapter::reads);
            let Some((of, _)) = reads else { continue };
            links.iter().for_each(|link| uses.link(&bucket.origin, wanted, of, link));
        }
        uses
    }

    fn said_in_stages(&self) -> Said<'_> {
        let mut said = Said::default();
        for retriever in &self.retrievers {
            for stage in &retriever.stages {
                let mut is_undecided = false;
                walk(&stage.body, "", &mut |key, text| {
                    said.texts.insert(text);
                    is_undecided |= key.contains("collection") && (is_template(text) || is_id(text));
                });
                if is_undecided {
                    said.undecided.add(room(&retriever.origin));
                }
            }
        }
        said
    }

    /// The extractors that are used in each namespace; what does not say its namespace is under none.
    fn used_extractors(&self) -> HashMap<Option<&str>, ExtractorUses<'_>> {
        let mut all: HashMap<Option<&str>, ExtractorUses<'_>> = HashMap::new();
        for collection in &self.collections {
            let uses = all.entry(room(&collection.origin)).or_default();
            uses.has_collections = true;
            let names_none = collection.extractors.is_empty() && !collection.enriched_by.contains(&"retriever_transform");
            uses.is_open |= names_none || !collection.features.is_empty();
            for extractor in &collection.extractors {
                match extractor.name.as_ref().map(|name| name.value.as_str()).filter(|name| !is_template(name)) {
                    Some(name) => {
                        uses.names.insert(name);
                        uses.add(name, extractor.version.as_ref().map(|version| version.value.as_str()));
                    }
                    None => uses.is_open = true,
                }
            }
        }
        for taxonomy in self.taxonomies.iter().filter(|taxonomy| taxonomy.has_labels) {
            all.entry(room(&taxonomy.origin)).or_default().is_open = true;
        }
        for retriever in &self.retrievers {
            let uses = all.entry(room(&retriever.origin)).or_default();
            let stages = retriever.stages.iter().map(|stage| &stage.body);
            stages.for_each(|body| walk(body, "", &mut |_, text| uses.add_uri(text)));
        }
        for cluster in &self.clusters {
            let uses = all.entry(room(&cluster.origin)).or_default();
            cluster.feature_uris.iter().for_each(|uri| uses.add_uri(&uri.value));
        }
        all
    }
}

/// The extractors that a namespace's collections use.
#[derive(Default)]
struct ExtractorUses<'w> {
    has_collections: bool,
    /// Whether there may be others.
    is_open: bool,
    /// Those that collections name.
    names: HashSet<&'w str>,
    /// Of each name that collections or feature URIs have: the versions; nothing where none is said.
    versions: HashMap<&'w str, Vec<Option<&'w str>>>,
}

impl<'w> ExtractorUses<'w> {
    fn add(&mut self, name: &'w str, version: Option<&'w str>) {
        let versions = self.versions.entry(name).or_default();
        if !versions.contains(&version) {
            versions.push(version);
        }
    }

    /// The versions that are used of an extractor.
    fn of(&self, name: &str) -> &[Option<&'w str>] {
        self.versions.get(name).map_or(&[], Vec::as_slice)
    }

    fn add_uri(&mut self, text: &'w str) {
        if let Ok(uri) = FeatureUri::parse(text) {
            self.add(uri.extractor, Some(uri.version));
        }
    }
}

fn may_be(registered: &RegisteredExtractor, version: Option<&str>) -> bool {
    let own = registered.version.as_ref().map(|version| version.value.as_str());
    match (own, version) {
        (Some(own), Some(version)) => own == version || is_template(own) || is_template(version),
        _ => true,
    }
}

/// Whether an alert looks at a collection's documents, or a clustering groups them, as they come.
fn is_watched(collection: &Collection) -> bool {
    let is_use = |kind: ApplicationKind| matches!(kind, ApplicationKind::Alert | ApplicationKind::Cluster);
    collection.applications.iter().any(|application| is_use(application.kind))
}

/// Calls `visit` with every text in a value, and the key that it stands under.
fn walk<'w>(value: &'w Value, key: &'w str, visit: &mut dyn FnMut(&'w str, &'w str)) {
    match &value.data {
        Data::String(text) => visit(key, text),
        Data::Array(items) => items.iter().for_each(|item| walk(item, key, visit)),
        Data::Object(entries) => entries.iter().for_each(|entry| walk(&entry.value, &entry.key.value, visit)),
        _ => {}
    }
}
