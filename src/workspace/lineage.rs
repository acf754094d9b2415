//! The order in which collections are computed, sources first; and the circles among all that reads.

use std::collections::{HashMap, HashSet};

use super::{BucketId, CollectionId, Link, Workspace};
use crate::definitions::Cluster;

use super::link::Links;

/// What reads something: a collection, a bucket whose source adapter does, or a clustering of clusterings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A collection.
    Collection(CollectionId),
    /// A bucket.
    Bucket(BucketId),
    /// A clustering, by its number.
    Cluster(usize),
}

/// Collections in an order in which each comes after those that it reads.
pub(super) struct Order {
    /// Each group is one collection, or all that read each other in circles.
    pub(super) groups: Vec<Vec<CollectionId>>,
    /// One circle of each such group.
    pub(super) cycles: Vec<Vec<CollectionId>>,
}

/// Tarjan's strongly connected components, with a stack of its own: chains may be of any length.
pub(super) fn order(links: &[Vec<Link>]) -> Order {
    connected(&links.iter().map(|links| collections_of(links)).collect::<Vec<_>>())
}

/// The circles that lead through a bucket, which is filled from what is made of its own objects. Each begins with a bucket.
pub(super) fn circles_of_buckets(links: &Links) -> Vec<Vec<Reader>> {
    if links.buckets.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let collections = links.collections.len();
    let number = |link: &Link| match link {
        Link::Collection(id, _) => Some(*id),
        Link::Bucket(id, _) => Some(collections + id),
        Link::None(_) => None,
    };
    let all = links.collections.iter().chain(&links.buckets);
    let reads: Vec<Vec<usize>> = all.map(|links| links.iter().filter_map(number).collect()).collect();
    let reader = |id: &usize| id.checked_sub(collections).map_or(Reader::Collection(*id), Reader::Bucket);
    let from_bucket = |mut cycle: Vec<usize>| {
        let bucket = cycle.iter().position(|id| *id >= collections)?;
        cycle.rotate_left(bucket);
        Some(cycle.iter().map(reader).collect())
    };
    connected(&reads).cycles.into_iter().filter_map(from_bucket).collect()
}

/// The circles of clusterings that group each other.
pub(super) fn circles_of_clusters(workspace: &Workspace) -> Vec<Vec<Reader>> {
    let sources = |cluster: &Cluster| cluster.clusters.iter().filter_map(|name| workspace.cluster(name)).collect();
    let reads: Vec<Vec<usize>> = workspace.clusters.iter().map(sources).collect();
    connected(&reads).cycles.into_iter().map(|cycle| cycle.into_iter().map(Reader::Cluster).collect()).collect()
}

fn connected(reads: &[Vec<usize>]) -> Order {
    let mut visit = Visit {
        reads,
        marks: vec![None; reads.len()],
        open: Vec::new(),
        is_open: vec![false; reads.len()],
        count: 0,
        groups: Vec::new(),
    };
    for start in 0..reads.len() {
        visit.from(start);
    }
    let groups = visit.groups;
    let in_circle = |group: &&Vec<CollectionId>| group.len() > 1 || group.iter().any(|&one| reads[one].contains(&one));
    let mut cycles: Vec<Vec<CollectionId>> = groups.iter().filter(in_circle).map(|group| circle(group, reads)).collect();
    cycles.sort_unstable();
    Order { groups, cycles }
}

/// The collections among what links lead to.
pub(super) fn collections_of(links: &[Link]) -> Vec<CollectionId> {
    let collection = |link: &Link| if let Link::Collection(id, _) = link { Some(*id) } else { None };
    links.iter().filter_map(collection).collect()
}

struct Visit<'l> {
    reads: &'l [Vec<CollectionId>],
    /// Of each visited collection: its number in the order of visits, and the lowest number that it reaches.
    marks: Vec<Option<(usize, usize)>>,
    open: Vec<CollectionId>,
    is_open: Vec<bool>,
    count: usize,
    groups: Vec<Vec<CollectionId>>,
}

impl Visit<'_> {
    fn from(&mut self, start: CollectionId) {
        if self.marks[start].is_some() {
            return;
        }
        let mut road = vec![(start, 0)];
        self.enter(start);
        while let Some((at, next)) = road.last_mut() {
            let at = *at;
            let Some(&read) = self.reads[at].get(*next) else {
                road.pop();
                self.leave(at);
                if let Some(&(reader, _)) = road.last() {
                    self.lower(reader, self.marks[at].map(|mark| mark.1));
                }
                continue;
            };
            *next += 1;
            match self.marks[read] {
                None => {
                    self.enter(read);
                    road.push((read, 0));
                }
                Some((number, _)) if self.is_open[read] => self.lower(at, Some(number)),
                Some(_) => {}
            }
        }
    }

    fn enter(&mut self, at: CollectionId) {
        self.marks[at] = Some((self.count, self.count));
        self.count += 1;
        self.open.push(at);
        self.is_open[at] = true;
    }

    fn lower(&mut self, at: CollectionId, to: Option<usize>) {
        if let (Some(mark), Some(to)) = (&mut self.marks[at], to) {
            mark.1 = mark.1.min(to);
        }
    }

    /// Closes the group that `at` is the first visited member of, if it is.
    fn leave(&mut self, at: CollectionId) {
        if self.marks[at].is_none_or(|(number, lowest)| number != lowest) {
            return;
        }
        let begin = self.open.iter().rposition(|&member| member == at).unwrap_or_default();
        let group = self.open.split_off(begin);
        group.iter().for_each(|&member| self.is_open[member] = false);
        self.groups.push(group);
    }
}

/// One circle of a group, beginning at its first collection that lies on it.
fn circle(group: &[CollectionId], reads: &[Vec<CollectionId>]) -> Vec<CollectionId> {
    let members: HashSet<CollectionId> = group.iter().copied().collect();
    let mut walked = Vec::new();
    let mut position: HashMap<CollectionId, usize> = HashMap::new();
    let mut at = group.iter().copied().min();
    while let Some(here) = at {
        if let Some(&begin) = position.get(&here) {
            let circle = &walked[begin..];
            let first = circle.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(index, _)| index);
            return [&circle[first..], &circle[..first]].concat();
        }
        position.insert(here, walked.len());
        walked.push(here);
        at = reads[here].iter().copied().find(|read| members.contains(read));
    }
    walked
}
