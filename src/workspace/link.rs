//! Links collections, and buckets that are filled from here, to what they read, and says by what.

use std::collections::{HashMap, HashSet};

use super::index::{Found, Index, Looker};
use super::references::is_id;
use super::{BucketId, CollectionId, Deleted, External, Settings};
use crate::definitions::{Bucket, Collection, Form, Noun, Origin, SourceAdapter, SourceKind};
use crate::path::{is_placeholder, is_template};
use crate::text::{FileId, ShortText, Sources, Spanned};

/// How one source of a collection was linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// To a bucket.
    Bucket(BucketId, By),
    /// To a collection.
    Collection(CollectionId, By),
    /// To nothing.
    None(Unlinked),
}

impl Link {
    /// The guess that the link is, when it is one; `collection` is the one whose source was linked.
    pub fn guess(&self, collection: CollectionId) -> Option<Guess> {
        match self {
            Link::Bucket(bucket, by) if by.is_guess() => Some(Guess { collection, bucket: *bucket, by: *by }),
            _ => None,
        }
    }
}

/// What a link rests on, from firm to guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The configuration says so.
    Config,
    /// The name, in the same manifest.
    Manifest,
    /// The name.
    Name,
    /// The id, which a saved answer tells.
    Id,
    /// An id that is made of the name.
    Slug,
    /// A guess: there is no other bucket in the file.
    OnlyInFile,
    /// A guess: there is no other bucket in the folder.
    OnlyInFolder,
}

impl By {
    /// The link in words.
    pub fn words(self) -> &'static str {
        match self {
            By::Config => "by `links` in the configuration",
            By::Manifest => "by its name, in the same manifest",
            By::Name => "by its name",
            By::Id => "by its id, which a saved answer tells",
            By::Slug => "by its id, which is made of the name",
            By::OnlyInFile => "a guess: it is the only bucket in this file",
            By::OnlyInFolder => "a guess: it is the only bucket in this folder",
        }
    }

    /// Whether the link is a guess.
    pub fn is_guess(self) -> bool {
        matches!(self, By::OnlyInFile | By::OnlyInFolder)
    }
}

/// A guess that something rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess {
    /// The collection whose source was guessed.
    pub collection: CollectionId,
    /// The bucket that it was guessed to read.
    pub bucket: BucketId,
    /// Why that one.
    pub by: By,
}

/// Why a source is not linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unlinked {
    /// A name that nothing has. The numbers are those of buckets or collections, as the source is of one or the other.
    UnknownName {
        /// What has the nearest name.
        near: Option<usize>,
        /// What has this very name, in another namespace.
        elsewhere: Option<usize>,
    },
    /// What the change that is looked at takes out, by its number there.
    Deleted(usize),
    /// The id of something that is not in the repository.
    LiveId,
    /// The configuration says that it lives elsewhere.
    External,
    /// A placeholder, which is filled in later.
    Placeholder,
    /// It lies in another namespace, or is no bucket and no collection.
    Elsewhere,
    /// The collection does not say what it reads.
    NotSaid,
    /// What it says, or perhaps what it means, could not be read; a syntax error says why.
    Unreadable,
    /// Two definitions fit, and neither is nearer: their numbers among the buckets or collections.
    Ambiguous(usize, usize),
}

impl Unlinked {
    /// Why, in words.
    pub fn words(&self) -> &'static str {
        match self {
            Unlinked::UnknownName { elsewhere: None, .. } => "nothing has this name",
            Unlinked::UnknownName { elsewhere: Some(_), .. } => "nothing has this name in its namespace",
            Unlinked::Deleted(_) => "nothing has this name any more",
            Unlinked::LiveId => "an id that is not in the repository",
            Unlinked::External => "the configuration says that it lives elsewhere",
            Unlinked::Placeholder => "a placeholder",
            Unlinked::Elsewhere => "not linked: it is in another namespace, or neither a bucket nor a collection",
            Unlinked::Unreadable => "not linked: what it says, or what it means, could not be read",
            Unlinked::NotSaid => "not linked: the collection does not say what it reads",
            Unlinked::Ambiguous(..) => "not linked: several have this name, and none is nearer",
        }
    }
}

/// What everything reads.
pub(super) struct Links {
    /// Of each collection: its sources.
    pub(super) collections: Vec<Vec<Link>>,
    /// Of each bucket: what its source adapter reads.
    pub(super) buckets: Vec<Vec<Link>>,
}

/// Links everything, in the order of the project's decision: what the configuration says, name in the manifest, name, id, slug, only bucket in the file, only
/// bucket in the folder. What a source adapter reads is not guessed.
/// `broken` are the files of which a part could not be read.
pub(super) fn link(
    sources: &Sources,
    broken: &[FileId],
    settings: &Settings,
    buckets: &[Bucket],
    collections: &[Collection],
) -> Links {
    let made = made(sources, buckets);
    let is_target = |number: usize| is_target(sources, &made, &buckets[number]);
    let targets =
        || (0..buckets.len()).filter(|&number| is_target(number)).map(|number| (number, buckets[number].origin.span.file));
    let linker = Linker {
        sources,
        broken,
        external: &settings.external,
        deleted: &settings.deleted,
        buckets,
        collections,
        bucket_index: Index::new(sources, buckets.iter().map(|bucket| &bucket.origin), is_target),
        collection_index: Index::new(sources, collections.iter().map(|collection| &collection.origin), |_| true),
    };
    let mut links: Vec<Vec<Link>> = collections.iter().map(|collection| linker.link(collection)).collect();
    let set = set_links(settings, buckets, targets().map(|(number, _)| number));
    for (collection, links) in collections.iter().zip(&mut links) {
        if let Some(bucket) = set.get(collection.origin.name())
            && collection.source.kind != SourceKind::Collection
        {
            links.retain(|link| matches!(link, Link::Bucket(..)));
            if links.is_empty() {
                links.push(Link::Bucket(*bucket, By::Config));
            }
        }
    }
    let guesser = Guesser {
        sources,
        buckets,
        in_file: only(targets()),
        in_folder: only(targets().map(|(number, file)| (number, folder(sources, file)))),
        ids: ids_read(sources, collections, &links),
    };
    for (collection, links) in collections.iter().zip(&mut links) {
        if let [link @ Link::None(Unlinked::Placeholder | Unlinked::LiveId | Unlinked::NotSaid)] = &mut links[..]
            && let Some(guess) = guesser.guess(collection)
        {
            *link = guess;
        }
    }
    Links { collections: links, buckets: buckets.iter().map(|bucket| linker.link_adapter(bucket)).collect() }
}

/// The buckets that the configuration links, by the names of collections.
fn set_links<'s>(
    settings: &'s Settings,
    buckets: &[Bucket],
    targets: impl Iterator<Item = BucketId>,
) -> HashMap<&'s str, BucketId> {
    if settings.links.is_empty() {
        return HashMap::new();
    }
    let by_name: HashMap<&str, BucketId> = targets.map(|number| (buckets[number].origin.name(), number)).collect();
    let found = settings.links.iter().filter_map(|(collection, bucket)| {
        let number = by_name.get(bucket.value.as_str())?;
        Some((collection.value.as_str(), *number))
    });
    found.collect()
}

/// The buckets that are made here: the folder, and the name.
pub(super) fn made<'w>(sources: &'w Sources, buckets: &'w [Bucket]) -> HashSet<(&'w str, &'w str)> {
    let made = buckets.iter().filter(|bucket| bucket.schema.is_some());
    made.map(|bucket| (folder(sources, bucket.origin.span.file), bucket.origin.name())).collect()
}

/// A body that changes the bucket beside it is not what a name means. Where the bucket is elsewhere it may be another
/// environment's, so the body stands for one whose schema is not known.
pub(super) fn is_target(sources: &Sources, made: &HashSet<(&str, &str)>, bucket: &Bucket) -> bool {
    !bucket.is_change || !made.contains(&(folder(sources, bucket.origin.span.file), bucket.origin.name()))
}

struct Linker<'w> {
    sources: &'w Sources,
    broken: &'w [FileId],
    external: &'w External,
    deleted: &'w Deleted,
    buckets: &'w [Bucket],
    collections: &'w [Collection],
    bucket_index: Index<'w>,
    collection_index: Index<'w>,
}

impl<'w> Linker<'w> {
    fn link(&self, collection: &'w Collection) -> Vec<Link> {
        let source = &collection.source;
        match source.kind {
            SourceKind::Other => vec![Link::None(Unlinked::Elsewhere)],
            SourceKind::Unreadable => vec![Link::None(Unlinked::Unreadable)],
            _ if source.references.is_empty() && source.elsewhere.is_none() => vec![Link::None(Unlinked::NotSaid)],
            _ if source.references.is_empty() => vec![Link::None(Unlinked::Elsewhere)],
            SourceKind::Collection if source.elsewhere.is_some() => vec![Link::None(Unlinked::Elsewhere)],
            kind => source
                .references
                .iter()
                .map(|reference| match &source.elsewhere {
                    Some(namespace) => self.follow_abroad(&collection.origin, &reference.value, &namespace.value),
                    None => self.follow(&collection.origin, kind, &reference.value),
                })
                .collect(),
        }
    }

    fn link_adapter(&self, bucket: &'w Bucket) -> Vec<Link> {
        let reads = bucket.source_adapter.as_deref().and_then(SourceAdapter::reads);
        let links = |(kind, references): (SourceKind, &'w [Spanned<ShortText>])| {
            references.iter().map(|reference| self.follow(&bucket.origin, kind, &reference.value)).collect()
        };
        reads.map(links).unwrap_or_default()
    }

    /// What a definition means by a reference to something of a kind.
    fn follow(&self, reader: &'w Origin, kind: SourceKind, reference: &'w str) -> Link {
        let (index, to): (&Index<'_>, fn(usize, By) -> Link) = match kind {
            SourceKind::Bucket => (&self.bucket_index, Link::Bucket),
            _ => (&self.collection_index, Link::Collection),
        };
        let path = self.sources.get(reader.span.file).path.as_str();
        let namespace = reader.namespace.as_ref().map(|namespace| namespace.value.as_str());
        let looker = Looker { path, namespace, same_file: false };
        if reader.form == Form::Manifest
            && let Found::One(number) = index.named(reference, Looker { same_file: true, ..looker })
        {
            return to(number, By::Manifest);
        }
        for (by, found) in ways(index, reference, looker) {
            match found {
                Found::One(number) => return to(number, by),
                Found::Several(first, second) => return Link::None(Unlinked::Ambiguous(first, second)),
                Found::None => {}
            }
        }
        if self.external.has(reference) {
            return Link::None(Unlinked::External);
        }
        let noun = if kind == SourceKind::Collection { Noun::Collection } else { Noun::Bucket };
        let deleted = self.deleted.find(noun, reference, reader);
        if let Some(number) = deleted.filter(|_| !self.may_be_unread(reader, kind, reference)) {
            return Link::None(Unlinked::Deleted(number));
        }
        let near = || index.near(reference, looker);
        Link::None(match reference {
            // Names may be in capitals as placeholders are; one that is nearly the name of something is no placeholder.
            _ if is_template(reference) || (is_placeholder(reference) && near().is_none()) => Unlinked::Placeholder,
            _ if is_id(reference) => Unlinked::LiveId,
            _ if self.may_be_unread(reader, kind, reference) => Unlinked::Unreadable,
            _ => match index.out_of_sight(reference) {
                elsewhere @ Some(_) => Unlinked::UnknownName { near: None, elsewhere },
                None => Unlinked::UnknownName { near: near(), elsewhere: None },
            },
        })
    }

    /// Whether the definition that is named may be there, and an error in its text keeps it from being read.
    fn may_be_unread(&self, reader: &Origin, kind: SourceKind, name: &str) -> bool {
        let is_nameless = |origin: &Origin| origin.name.is_none() && self.broken.contains(&origin.span.file);
        let mut others = self.broken.iter().filter(|file| **file != reader.span.file);
        others.any(|file| self.sources.get(*file).text().contains(name))
            || match kind {
                SourceKind::Collection => self.collections.iter().any(|collection| is_nameless(&collection.origin)),
                _ => self.buckets.iter().any(|bucket| is_nameless(&bucket.origin)),
            }
    }

    /// The bucket that a collection reads in another namespace, where the repository says that it lies there.
    fn follow_abroad(&self, reader: &'w Origin, reference: &'w str, namespace: &'w str) -> Link {
        let path = self.sources.get(reader.span.file).path.as_str();
        let looker = Looker { path, namespace: Some(namespace), same_file: false };
        let is_there = |bucket: BucketId| {
            let namespace = self.buckets[bucket].origin.namespace.as_ref();
            namespace.map(|namespace| namespace.value.as_str()) == looker.namespace
        };
        let mut found = ways(&self.bucket_index, reference, looker).filter_map(|(by, found)| match found {
            Found::One(bucket) if is_there(bucket) || by == By::Id => Some(Link::Bucket(bucket, by)),
            _ => None,
        });
        found.next().unwrap_or(Link::None(Unlinked::Elsewhere))
    }
}

/// What a reference may be, from firm to less so.
pub(super) fn ways<'w>(index: &Index<'w>, reference: &'w str, looker: Looker<'w>) -> impl Iterator<Item = (By, Found)> {
    let look = move |by| match by {
        By::Name => index.named(reference, looker),
        By::Id => index.with_id(reference, looker),
        _ if is_id(reference) => index.with_slug(reference, looker),
        _ => Found::None,
    };
    [By::Name, By::Id, By::Slug].into_iter().map(move |by| (by, look(by)))
}

struct Guesser<'w> {
    sources: &'w Sources,
    buckets: &'w [Bucket],
    in_file: HashMap<FileId, Option<BucketId>>,
    in_folder: HashMap<&'w str, Option<BucketId>>,
    /// Of each folder: the ids that its collections read and that nothing in the repository has.
    ids: HashMap<&'w str, HashSet<&'w str>>,
}

impl Guesser<'_> {
    /// The only bucket of the file or else of the folder, unless something speaks against it.
    fn guess(&self, collection: &Collection) -> Option<Link> {
        let source = &collection.source;
        if source.kind != SourceKind::Bucket || source.is_contradictory {
            return None;
        }
        let file = collection.origin.span.file;
        let folder = folder(self.sources, file);
        let in_file = self.in_file.get(&file).map(|only| (*only, By::OnlyInFile));
        let (bucket, by) = in_file.or_else(|| self.in_folder.get(folder).map(|only| (*only, By::OnlyInFolder)))?;
        let origin = &self.buckets[bucket?].origin;
        let id = source.references.first().map(|reference| reference.value.as_str()).filter(|id| !is_placeholder(id));
        // The bucket has another id, or of several ids at most one can be its own.
        let is_another = id.is_some() && (origin.id.is_some() || self.ids.get(folder).is_some_and(|ids| ids.len() > 1));
        let namespaces = origin.namespace.as_ref().zip(collection.origin.namespace.as_ref());
        let is_apart = namespaces.is_some_and(|(a, b)| a.value != b.value);
        (!is_another && !is_apart).then_some(Link::Bucket(bucket?, by))
    }
}

/// The only bucket of each place; none where there are several.
pub(super) fn only<Place: std::hash::Hash + Eq>(
    buckets: impl Iterator<Item = (BucketId, Place)>,
) -> HashMap<Place, Option<BucketId>> {
    let mut only = HashMap::new();
    for (number, place) in buckets {
        only.entry(place).and_modify(|bucket| *bucket = None).or_insert(Some(number));
    }
    only
}

fn ids_read<'w>(sources: &'w Sources, collections: &'w [Collection], links: &[Vec<Link>]) -> HashMap<&'w str, HashSet<&'w str>> {
    let mut ids: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (collection, links) in collections.iter().zip(links) {
        let unknown = collection.source.references.iter().zip(links).filter(|(_, link)| **link == Link::None(Unlinked::LiveId));
        let here = ids.entry(folder(sources, collection.origin.span.file)).or_default();
        here.extend(unknown.map(|(reference, _)| reference.value.as_str()));
    }
    ids
}

pub(super) fn folder(sources: &Sources, file: FileId) -> &str {
    sources.get(file).path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
