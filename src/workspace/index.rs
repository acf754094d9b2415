//! Finds definitions by name, id or slug; of several, the nearest one.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use crate::definitions::{Form, Origin};
use crate::suggest;
use crate::text::Sources;

/// Definitions of one kind, by all that they can be called.
pub(super) struct Index<'w> {
    sources: &'w Sources,
    origins: Vec<&'w Origin>,
    names: Table<'w>,
    slugs: Table<'w>,
    ids: HashMap<&'w str, Vec<usize>>,
    /// The definitions by name; made when a name is first looked for in vain.
    sorted: OnceCell<Vec<usize>>,
}

/// Definitions by a text: all of them, and those of each namespace. Each list is in the order of the files' paths.
#[derive(Default)]
struct Table<'w> {
    all: HashMap<Cow<'w, str>, Vec<usize>>,
    scoped: HashMap<(Option<&'w str>, Cow<'w, str>), Vec<usize>>,
}

impl<'w> Table<'w> {
    fn add(&mut self, text: Cow<'w, str>, origin: &'w Origin, number: usize) {
        let namespace = origin.namespace.as_ref().map(|namespace| namespace.value.as_str());
        self.all.entry(text.clone()).or_default().push(number);
        self.scoped.entry((namespace, text)).or_default().push(number);
    }

    /// Those that a looker may mean: of its own namespace, else of none in particular; all when it has none itself.
    fn visible(&self, text: &'w str, looker: Looker<'w>) -> Option<&Vec<usize>> {
        match looker.namespace {
            None => self.all.get(text),
            Some(own) => self.scoped.get(&(Some(own), text.into())).or_else(|| self.scoped.get(&(None, text.into()))),
        }
    }
}

/// What a look-up gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// The definition of this number.
    One(usize),
    /// Several, none nearer than the others: the first two.
    Several(usize, usize),
    /// None.
    None,
}

/// Who looks: definitions in its own file and folder come before others, and other namespaces are out of sight.
#[derive(Clone, Copy)]
pub(super) struct Looker<'a> {
    pub(super) path: &'a str,
    pub(super) namespace: Option<&'a str>,
    /// Whether only definitions in the same file count.
    pub(super) same_file: bool,
}

impl<'w> Index<'w> {
    pub(super) fn new(sources: &'w Sources, origins: impl Iterator<Item = &'w Origin>) -> Index<'w> {
        let origins: Vec<&Origin> = origins.collect();
        let (mut names, mut slugs, mut ids) = (Table::default(), Table::default(), HashMap::new());
        for (number, origin) in origins.iter().enumerate() {
            if let Some(name) = &origin.name {
                names.add(name.value.as_str().into(), origin, number);
                slugs.add(slug(&name.value).into(), origin, number);
            }
            if let Some(id) = &origin.id {
                ids.entry(id.value.as_str()).or_insert_with(Vec::new).push(number);
            }
        }
        Index { sources, origins, names, slugs, ids, sorted: OnceCell::new() }
    }

    pub(super) fn named(&self, name: &'w str, looker: Looker<'w>) -> Found {
        self.nearest(self.names.visible(name, looker), looker)
    }

    pub(super) fn with_id(&self, id: &str, looker: Looker<'_>) -> Found {
        self.nearest(self.ids.get(id), looker)
    }

    /// The definition whose slug follows the prefix (`bkt_`, `col_`) of an id. One whose real id is known, and another, is not it.
    pub(super) fn with_slug(&self, id: &str, looker: Looker<'_>) -> Found {
        let Some((_, tail)) = id.split_once('_') else { return Found::None };
        let tail = slug(tail);
        match self.nearest(self.slugs.visible(&tail, looker), looker) {
            Found::One(number) if self.origins[number].id.as_ref().is_some_and(|real| real.value != id) => Found::None,
            found => found,
        }
    }

    /// The definition whose name is nearest to one that nothing has, among those that the looker may mean.
    pub(super) fn near(&self, name: &str, looker: Looker<'_>) -> Option<usize> {
        let sorted = self.sorted.get_or_init(|| {
            let mut sorted: Vec<usize> = (0..self.origins.len()).filter(|&number| self.origins[number].name.is_some()).collect();
            sorted.sort_by_key(|&number| (self.origins[number].name(), number));
            sorted
        });
        let is_visible = |number: &&usize| {
            let namespace = self.origins[**number].namespace.as_ref().map(|namespace| namespace.value.as_str());
            namespace.is_none() || looker.namespace.is_none() || namespace == looker.namespace
        };
        let visible = || sorted.iter().filter(is_visible);
        let nearest = suggest::nearest(name, visible().map(|&number| self.origins[number].name()))?;
        visible().copied().find(|&number| self.origins[number].name() == nearest)
    }

    /// A definition of this name that the looker cannot mean, because it is in another namespace.
    pub(super) fn out_of_sight(&self, name: &str) -> Option<usize> {
        self.names.all.get(name)?.first().copied()
    }

    /// The candidates are in the order of their paths, so those that share most of it with the looker stand next to its own place.
    fn nearest(&self, candidates: Option<&Vec<usize>>, looker: Looker<'_>) -> Found {
        let Some(candidates) = candidates else { return Found::None };
        let path = |number: usize| self.sources.get(self.origins[number].span.file).path.as_str();
        let here = candidates.partition_point(|&number| path(number) < looker.path);
        let mut around = candidates[here.saturating_sub(3)..(here + 3).min(candidates.len())].to_vec();
        let shared = |number: &usize| shared_folders(path(*number), looker.path);
        let Some(most) = around.iter().map(shared).max() else { return Found::None };
        if looker.same_file && most != usize::MAX {
            return Found::None;
        }
        around.retain(|number| shared(number) == most);
        // Of two that share as many folders, the one that lies less deep below them is nearer.
        let below = |number: &usize| path(*number).matches('/').count();
        let least = around.iter().map(below).min();
        around.retain(|number| Some(below(number)) == least);
        // An answer is a copy of what a request or a manifest made, not another definition.
        if around.iter().any(|&number| self.origins[number].form != Form::Answer) {
            around.retain(|&number| self.origins[number].form != Form::Answer);
        }
        match around[..] {
            [] => Found::None,
            [one] => Found::One(one),
            [first, second, ..] if self.is_same_thing(first, second) => Found::One(first),
            [first, second, ..] => Found::Several(first, second),
        }
    }

    /// Whether two definitions are answers about the same thing.
    fn is_same_thing(&self, a: usize, b: usize) -> bool {
        let id = |number: usize| self.origins[number].id.as_ref().map(|id| id.value.as_str());
        id(a).is_some() && id(a) == id(b)
    }
}

/// How many folders two paths have in common; the same file is nearer than any.
fn shared_folders(a: &str, b: &str) -> usize {
    if a == b {
        return usize::MAX;
    }
    let folders = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    folders(a).bytes().zip(folders(b).bytes()).take_while(|(a, b)| a == b).filter(|(a, _)| *a == b'/').count()
}

/// A name as ids spell it: lower case, everything but letters and digits one underscore.
fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter.is_alphanumeric() {
            true => slug.push(letter),
            false if slug.ends_with('_') || slug.is_empty() => {}
            false => slug.push('_'),
        }
    }
    slug.truncate(slug.trim_end_matches('_').len());
    slug
}
