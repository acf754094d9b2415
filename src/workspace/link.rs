//! Links collections to what they read, and says by what.

use std::collections::HashMap;

use super::index::{Found, Index, Looker};
use super::{BucketId, CollectionId};
use crate::definitions::{Bucket, Collection, Form, SourceKind};
use crate::path::is_placeholder;
use crate::text::{FileId, Sources};

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

/// What a link rests on, from firm to guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
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
    /// The id of something that is not in the repository.
    LiveId,
    /// A placeholder, which is filled in later.
    Placeholder,
    /// It lies in another namespace, or is no bucket and no collection.
    Elsewhere,
    /// The collection does not say what it reads.
    NotSaid,
    /// Two definitions fit, and neither is nearer: their numbers among the buckets or collections.
    Ambiguous(usize, usize),
}

/// Links every collection, in the order of the project's decision: name in the manifest, name, id, slug, only bucket in the
/// file, only bucket in the folder.
pub(super) fn link(sources: &Sources, buckets: &[Bucket], collections: &[Collection]) -> Vec<Vec<Link>> {
    let linker = Linker {
        sources,
        buckets,
        bucket_index: Index::new(sources, buckets.iter().map(|bucket| &bucket.origin)),
        collection_index: Index::new(sources, collections.iter().map(|collection| &collection.origin)),
        only_in_file: only(buckets.iter().map(|bucket| bucket.origin.span.file)),
        only_in_folder: only(buckets.iter().map(|bucket| folder(sources, bucket.origin.span.file))),
    };
    collections.iter().map(|collection| linker.link(collection)).collect()
}

/// The number of the only bucket of each place; none where there are several.
fn only<Place: std::hash::Hash + Eq>(places: impl Iterator<Item = Place>) -> HashMap<Place, Option<BucketId>> {
    let mut only = HashMap::new();
    for (number, place) in places.enumerate() {
        only.entry(place).and_modify(|bucket| *bucket = None).or_insert(Some(number));
    }
    only
}

fn folder(sources: &Sources, file: FileId) -> &str {
    sources.get(file).path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

struct Linker<'w> {
    sources: &'w Sources,
    buckets: &'w [Bucket],
    bucket_index: Index<'w>,
    collection_index: Index<'w>,
    only_in_file: HashMap<FileId, Option<BucketId>>,
    only_in_folder: HashMap<&'w str, Option<BucketId>>,
}

impl<'w> Linker<'w> {
    fn link(&self, collection: &'w Collection) -> Vec<Link> {
        let source = &collection.source;
        match source.kind {
            SourceKind::Other => vec![Link::None(Unlinked::Elsewhere)],
            _ if source.is_elsewhere => vec![Link::None(Unlinked::Elsewhere)],
            SourceKind::Bucket if source.references.is_empty() => {
                vec![self.guess(collection, None).unwrap_or(Link::None(Unlinked::NotSaid))]
            }
            SourceKind::Collection if source.references.is_empty() => vec![Link::None(Unlinked::NotSaid)],
            _ => source.references.iter().map(|reference| self.follow(collection, &reference.value)).collect(),
        }
    }

    fn follow(&self, collection: &'w Collection, reference: &'w str) -> Link {
        let (index, to): (&Index<'_>, fn(usize, By) -> Link) = match collection.source.kind {
            SourceKind::Bucket => (&self.bucket_index, Link::Bucket),
            _ => (&self.collection_index, Link::Collection),
        };
        let looker = Looker {
            path: &self.sources.get(collection.origin.span.file).path,
            namespace: collection.origin.namespace.as_ref().map(|namespace| namespace.value.as_str()),
            same_file: false,
        };
        if collection.origin.form == Form::Manifest
            && let Found::One(number) = index.named(reference, Looker { same_file: true, ..looker })
        {
            return to(number, By::Manifest);
        }
        let ways = [
            (By::Name, index.named(reference, looker)),
            (By::Id, index.with_id(reference, looker)),
            (By::Slug, if is_id(reference) { index.with_slug(reference, looker) } else { Found::None }),
        ];
        for (by, found) in ways {
            match found {
                Found::One(number) => return to(number, by),
                Found::Several(first, second) => return Link::None(Unlinked::Ambiguous(first, second)),
                Found::None => {}
            }
        }
        let unlinked = match reference {
            _ if is_placeholder(reference) => Unlinked::Placeholder,
            _ if is_id(reference) => Unlinked::LiveId,
            _ => match index.out_of_sight(reference) {
                elsewhere @ Some(_) => Unlinked::UnknownName { near: None, elsewhere },
                None => Unlinked::UnknownName { near: index.near(reference, looker), elsewhere: None },
            },
        };
        let may_guess = matches!(unlinked, Unlinked::Placeholder | Unlinked::LiveId) && collection.source.references.len() == 1;
        may_guess.then(|| self.guess(collection, Some(reference))).flatten().unwrap_or(Link::None(unlinked))
    }

    /// The only bucket of the file or the folder, unless its id is known to be another one than `reference`.
    fn guess(&self, collection: &Collection, reference: Option<&str>) -> Option<Link> {
        if collection.source.kind != SourceKind::Bucket {
            return None;
        }
        let file = collection.origin.span.file;
        let in_file = self.only_in_file.get(&file).map(|only| (*only, By::OnlyInFile));
        let in_folder = || self.only_in_folder.get(folder(self.sources, file)).map(|only| (*only, By::OnlyInFolder));
        let (bucket, by) = in_file.or_else(in_folder)?;
        let bucket = bucket.filter(|&bucket| {
            let origin = &self.buckets[bucket].origin;
            let may_be = |real: &str| reference.is_none_or(|reference| is_placeholder(reference) || reference == real);
            let namespaces = origin.namespace.as_ref().zip(collection.origin.namespace.as_ref());
            let apart = namespaces.is_some_and(|(a, b)| a.value != b.value);
            !apart && origin.id.as_ref().is_none_or(|real| may_be(&real.value))
        })?;
        Some(Link::Bucket(bucket, by))
    }
}

/// Whether a reference is an id, as the service gives them, and not a name.
fn is_id(reference: &str) -> bool {
    reference.starts_with("bkt_") || reference.starts_with("col_")
}
