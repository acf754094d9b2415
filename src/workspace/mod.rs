//! All definitions of a project, linked: what each collection reads, what it sees, what it puts out.

mod calls;
mod compare;
mod content;
mod declared;
mod deleted;
mod dependents;
mod documents;
mod enriched;
mod facts;
mod field_maps;
mod filters;
mod index;
mod lineage;
mod link;
mod lost;
mod named;
mod objects;
mod parameters;
mod pipeline;
mod readings;
mod references;
mod revise;
mod schemas;
mod scope;
mod settings;
mod unused;
mod used;
mod variables;
mod vectors;
mod wanted;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::definitions::{
    Alert, Bucket, Cluster, Collection, Connection, Definition, Form, Manifest, Mentions, Namespace, Noun, Origin, Retriever,
    SampleObject, Schema, Taxonomy, Value,
};
use crate::diagnostic::Subject;
use crate::extractors::Catalogue;

use crate::text::{FileId, ShortText, SourceFile, Sources, Span, Spanned};

pub use calls::{Call, Caller};
pub use compare::{Difference, differences};
pub use content::{FileContent, Unreadable};
pub use declared::{DeclaredField, DeclaredSchema, Level};
pub use deleted::{Deleted, DeletedResource, Kept};
pub use documents::{Arrival, DocumentField, Documents, Giver, has_named_outputs};
pub use enriched::{Added, Additions, Enriched};
pub use facts::{Facts, Lookup, Site, Use};
pub use field_maps::{field_maps, origin};
pub use filters::{FilterUse, Named, Readable, Records, readable_path};
pub use lineage::Reader;
pub use link::{By, Guess, Link, Unlinked};
pub use lost::{Lost, Passing, Step};
pub use named::{NamedBy, NamedField};
pub use objects::{Checked, NoBucket, find_bucket};
pub use parameters::{ParameterUse, Parameters};
pub use pipeline::{FeatureUse, FieldRead, Pipeline, StageUse};
pub use readings::{ReadBy, Reading};
pub use references::{Referring, Target, is_id, kind_of_id};
pub use schemas::{Declared, Input};
pub use scope::{Features, Scope};
pub use settings::{External, Settings};
pub use used::{Fed, Feeding, Used};
pub use variables::Variable;
pub use vectors::{Settled, Vector, only_when};
pub use wanted::{FoundFeature, WantedFeature};

/// A bucket, by its number among the buckets of the workspace.
pub type BucketId = usize;
/// A collection, by its number among the collections of the workspace.
pub type CollectionId = usize;
/// A definition, by its kind and its number among the definitions of that kind.
pub type Resource = (Noun, usize);

/// The definitions of a project.
#[derive(Debug)]
pub struct Workspace {
    /// The texts.
    pub sources: Sources,
    /// What is wrong with each file's text, by the number of the file.
    pub files: Vec<FileContent>,
    /// The files that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// The buckets, in the order of the files.
    pub buckets: Vec<Bucket>,
    /// The collections, in the order of the files.
    pub collections: Vec<Collection>,
    /// The namespaces, in the order of the files.
    pub namespaces: Vec<Namespace>,
    /// The sample objects, in the order of the files.
    pub objects: Vec<SampleObject>,
    /// The retrievers, in the order of the files.
    pub retrievers: Vec<Retriever>,
    /// The taxonomies, in the order of the files.
    pub taxonomies: Vec<Taxonomy>,
    /// The clusterings, in the order of the files.
    pub clusters: Vec<Cluster>,
    /// The alerts, in the order of the files.
    pub alerts: Vec<Alert>,
    /// The connections, in the order of the files.
    pub connections: Vec<Connection>,
    /// What manifests have beside their resources, in the order of the files.
    pub manifests: Vec<Manifest>,
    /// The ids of the service's stages, where a saved answer lists them; else none.
    pub stages: Vec<String>,
    /// The buckets that collections read, as the configuration says: the names of the collection and of the bucket.
    pub set_links: Vec<(Spanned<ShortText>, Spanned<ShortText>)>,
    /// What lives elsewhere, as the configuration says.
    pub external: External,
    /// What the change that is looked at takes out.
    pub deleted: Deleted,
    /// The values of the parameters of manifests, where some are given.
    pub parameters: Option<Value>,
    /// Of each sample object: the bucket that it belongs to, where that is known, and by what.
    pub object_links: Vec<Option<(BucketId, By)>>,
    /// The catalogue of extractors.
    pub catalogue: Arc<Catalogue>,
    /// Of each collection: how each of its sources was linked. A collection that names none has one link or none.
    pub links: Vec<Vec<Link>>,
    /// Of each bucket: how what its source adapter reads was linked.
    pub adapter_links: Vec<Vec<Link>>,
    /// Of each collection: the schema that its paths are looked up in.
    pub inputs: Vec<Input>,
    /// Of each collection that another one reads, or that something is applied to: the fields of its documents.
    pub outputs: HashMap<CollectionId, Schema>,
    /// Of each collection that something is added to after its extractors: what.
    pub additions: HashMap<CollectionId, Additions>,
    /// Of each of these: the fields of its documents.
    pub enriched: HashMap<CollectionId, Enriched>,
    /// All collections, each after those that it reads; those that read each other in a circle in any order.
    pub order: Vec<CollectionId>,
    /// What reads each other in a circle: each reads the next one, and the last one reads the first. First the circles of
    /// collections alone, then those that lead through buckets, then those of clusterings.
    pub cycles: Vec<Vec<Reader>>,
    targets: references::Targets,
}

impl Workspace {
    /// Links what the files define. `files` are in the order of `sources`.
    pub fn new(mut sources: Sources, mut files: Vec<FileContent>, unreadable: Vec<Unreadable>, settings: Settings) -> Workspace {
        let (mut buckets, mut collections, mut namespaces) = (Vec::new(), Vec::new(), Vec::new());
        let (mut retrievers, mut taxonomies, mut clusters) = (Vec::new(), Vec::new(), Vec::new());
        let (mut alerts, mut connections, mut manifests) = (Vec::new(), Vec::new(), Vec::new());
        let mut objects = Vec::new();
        // Of these there may be very many, and they are large.
        collections.reserve_exact(count(&files, |one| matches!(one, Definition::Collection(_))));
        for definition in files.iter_mut().flat_map(|file| std::mem::take(&mut file.definitions)) {
            match definition {
                Definition::Bucket(bucket) => buckets.push(bucket),
                Definition::Collection(collection) => collections.push(collection),
                Definition::Namespace(namespace) => namespaces.push(namespace),
                Definition::Object(object) => objects.push(object),
                Definition::Retriever(retriever) => retrievers.push(retriever),
                Definition::Taxonomy(taxonomy) => taxonomies.push(taxonomy),
                Definition::Cluster(cluster) => clusters.push(cluster),
                Definition::Alert(alert) => alerts.push(alert),
                Definition::Connection(connection) => connections.push(connection),
                Definition::Manifest(manifest) => manifests.push(manifest),
            }
        }
        for (number, file) in files.iter().enumerate() {
            file.concealed.iter().for_each(|one| sources.conceal(FileId::new(number), one.range.clone()));
        }
        name_namespaces(&namespaces, &mut buckets, &mut collections);
        mark_changes(&mut buckets);
        let broken = files.iter().enumerate().filter(|(_, file)| file.is_broken()).map(|(number, _)| FileId::new(number));
        let broken: Vec<FileId> = broken.collect();
        let links = link::link(&sources, &broken, &settings, &buckets, &collections);
        let object_links = objects::link(&sources, &buckets, &objects);
        let order = lineage::order(&links.collections);
        let circles = order.cycles.iter().map(|cycle| cycle.iter().copied().map(Reader::Collection).collect());
        let cycles = circles.chain(lineage::circles_of_buckets(&links)).collect();
        let mut workspace = Workspace {
            sources,
            files,
            unreadable,
            buckets,
            collections,
            namespaces,
            objects,
            retrievers,
            taxonomies,
            clusters,
            alerts,
            connections,
            manifests,
            stages: settings.stages,
            set_links: settings.links,
            external: settings.external,
            deleted: settings.deleted,
            parameters: settings.parameters,
            object_links,
            catalogue: settings.catalogue,
            links: links.collections,
            adapter_links: links.buckets,
            inputs: Vec::new(),
            outputs: HashMap::new(),
            additions: HashMap::new(),
            enriched: HashMap::new(),
            order: order.groups.concat(),
            cycles,
            targets: references::Targets::new(),
        };
        for retriever in &mut workspace.retrievers {
            let named = pipeline::references(retriever);
            let own = std::mem::take(&mut retriever.origin.references);
            retriever.origin.references = own.into_iter().chain(named).collect();
        }
        workspace.targets = references::follow(&workspace, &broken);
        workspace.cycles.extend(lineage::circles_of_clusters(&workspace));
        workspace.additions = enriched::additions(&workspace);
        schemas::compute(&mut workspace, &order);
        workspace
    }

    /// A workspace of texts that lie in no file system: the names tell the formats.
    pub fn from_texts<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> Workspace {
        let mut files: Vec<SourceFile> = texts.into_iter().map(|(path, text)| SourceFile::new(path, text)).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mentions = Mentions::finder();
        let sources = Sources::new(files);
        let contents = sources.iter().map(|(id, file)| FileContent::read(file, id, true, &mentions, None)).collect();
        Workspace::new(sources, contents, Vec::new(), Settings::default())
    }

    /// What every definition has, with the name of its kind: kind by kind, in the order of the files.
    pub fn origins(&self) -> impl Iterator<Item = (&'static str, &Origin)> {
        let objects = self.objects.iter().map(|object| (Noun::Object.name(), &object.origin));
        self.resources().map(|((noun, _), origin)| (noun.name(), origin)).chain(objects)
    }

    /// Everything but sample objects: kind by kind, in the order of the files.
    pub fn resources(&self) -> impl Iterator<Item = (Resource, &Origin)> {
        fn numbered<'w, T>(
            noun: Noun,
            of: &'w [T],
            origin: fn(&'w T) -> &'w Origin,
        ) -> impl Iterator<Item = (Resource, &'w Origin)> {
            of.iter().enumerate().map(move |(number, one)| ((noun, number), origin(one)))
        }
        let buckets = numbered(Noun::Bucket, &self.buckets, |one| &one.origin);
        let collections = numbered(Noun::Collection, &self.collections, |one| &one.origin);
        let namespaces = numbered(Noun::Namespace, &self.namespaces, |one| &one.origin);
        let retrievers = numbered(Noun::Retriever, &self.retrievers, |one| &one.origin);
        let taxonomies = numbered(Noun::Taxonomy, &self.taxonomies, |one| &one.origin);
        let clusters = numbered(Noun::Cluster, &self.clusters, |one| &one.origin);
        let alerts = numbered(Noun::Alert, &self.alerts, |one| &one.origin);
        let connections = numbered(Noun::Connection, &self.connections, |one| &one.origin);
        let manifests = numbered(Noun::Manifest, &self.manifests, |one| &one.origin);
        let searched = retrievers.chain(taxonomies).chain(clusters).chain(alerts);
        buckets.chain(collections).chain(namespaces).chain(searched).chain(connections).chain(manifests)
    }

    /// What every definition has, of this one.
    pub fn origin(&self, (noun, number): Resource) -> &Origin {
        match noun {
            Noun::Bucket => &self.buckets[number].origin,
            Noun::Collection => &self.collections[number].origin,
            Noun::Namespace => &self.namespaces[number].origin,
            Noun::Object => &self.objects[number].origin,
            Noun::Retriever => &self.retrievers[number].origin,
            Noun::Taxonomy => &self.taxonomies[number].origin,
            Noun::Cluster => &self.clusters[number].origin,
            Noun::Alert => &self.alerts[number].origin,
            Noun::Connection => &self.connections[number].origin,
            Noun::Manifest => &self.manifests[number].origin,
        }
    }

    /// The namespaces that a definition may be meant to lie in: those with the name that it gives, of its own file when that has
    /// one.
    pub fn namespaces_of(&self, origin: &Origin) -> Vec<&Namespace> {
        let Some(name) = &origin.namespace else { return Vec::new() };
        let is_it = |named: &Option<Spanned<ShortText>>| named.as_ref().is_some_and(|named| named.value == name.value);
        let all = self.namespaces.iter().filter(|namespace| is_it(&namespace.origin.name) || is_it(&namespace.origin.id));
        let here = |namespace: &&&Namespace| namespace.origin.span.file == origin.span.file;
        let all: Vec<&Namespace> = all.collect();
        let of_file: Vec<&Namespace> = all.iter().filter(here).copied().collect();
        if of_file.is_empty() { all } else { of_file }
    }

    /// How many definitions there are. A manifest is none itself: its resources are.
    pub fn len(&self) -> usize {
        self.origins().count() - self.manifests.len()
    }

    /// Whether there are no definitions.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What something that reads is called, and where it is written.
    pub fn reader(&self, reader: Reader) -> &Origin {
        match reader {
            Reader::Collection(id) => &self.collections[id].origin,
            Reader::Bucket(id) => &self.buckets[id].origin,
            Reader::Cluster(number) => &self.clusters[number].origin,
        }
    }

    /// The clustering that a name means, when it is defined here.
    pub fn cluster(&self, name: &Spanned<ShortText>) -> Option<usize> {
        self.target(name.span, Noun::Cluster).and_then(Target::found)
    }

    /// A collection as the subject of a finding.
    pub fn collection_subject(&self, id: CollectionId) -> Option<Subject> {
        let origin = &self.collections[id].origin;
        Some(Subject { kind: "collection", name: origin.name().to_owned(), span: origin.span })
    }

    /// The files with definitions that depend, directly or through others, on what some files define; those files among them, and
    /// what names something that is deleted.
    pub fn dependents(&self, files: &HashSet<FileId>) -> HashSet<FileId> {
        dependents::dependents(self, files)
    }

    /// Whether a part of a file could not be read, so that nothing can be said to be missing from it.
    pub fn is_broken(&self, file: FileId) -> bool {
        self.files.get(file.index()).is_some_and(FileContent::is_broken)
    }

    /// The path of the file that a span lies in, for people.
    pub fn shown(&self, span: Span) -> &str {
        &self.sources.get(span.file).shown
    }
}

/// How many definitions of a kind there are.
fn count(files: &[FileContent], is_it: fn(&Definition) -> bool) -> usize {
    files.iter().flat_map(|file| &file.definitions).filter(|one| is_it(one)).count()
}

/// Answers tell the id of a namespace. Where the repository says which name has that id, the name stands for it; where it does
/// not, the id says nothing of which namespace is meant.
fn name_namespaces(namespaces: &[Namespace], buckets: &mut [Bucket], collections: &mut [Collection]) {
    let named = |origin: &Origin| Some((origin.id.as_ref()?.value.clone(), origin.name.as_ref()?.value.clone()));
    let names: HashMap<ShortText, ShortText> = namespaces.iter().filter_map(|namespace| named(&namespace.origin)).collect();
    for elsewhere in collections.iter_mut().filter_map(|collection| collection.source.elsewhere.as_mut()) {
        if let Some(name) = names.get(&elsewhere.value) {
            elsewhere.value.clone_from(name);
        }
    }
    let origins = buckets.iter_mut().map(|bucket| &mut bucket.origin);
    for origin in origins.chain(collections.iter_mut().map(|collection| &mut collection.origin)) {
        let Some(namespace) = &mut origin.namespace else { continue };
        match names.get(&namespace.value) {
            Some(name) => namespace.value.clone_from(name),
            None if origin.form == Form::Answer && namespace.value.starts_with("ns_") => origin.namespace = None,
            None => {}
        }
    }
}

/// A bucket can be changed by a body that leaves its schema out. Where the schema is here too, that body makes no bucket.
fn mark_changes(buckets: &mut [Bucket]) {
    let made: HashSet<String> = buckets.iter().filter(|b| b.schema.is_some()).map(|b| b.origin.name().to_owned()).collect();
    for bucket in buckets.iter_mut().filter(|bucket| bucket.schema.is_none() && bucket.origin.form == Form::Request) {
        bucket.is_change = made.contains(bucket.origin.name());
    }
}
