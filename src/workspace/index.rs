//! Finds definitions by name, id or slug; of several, the nearest one.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use crate::definitions::{Form, Origin};
use crate::suggest::{Outline, Wanted};
use crate::text::{Sources, all_bytes};

/// Definitions of one kind, by all that they can be called.
pub(super) struct Index<'w> {
    sources: &'w Sources,
    origins: Vec<&'w Origin>,
    /// What requests and manifests make. An answer is a copy of it, and may be an old one.
    names: Table<'w>,
    /// What answers tell of.
    answers: Table<'w>,
    /// The same two, by slugs, where some name is not its own slug; made when one is first looked for.
    slugs: OnceCell<[Option<Table<'w>>; 2]>,
    ids: Table<'w>,
    /// What has a name, and what that looks like; made when a name is first looked for in vain.
    outlines: OnceCell<Vec<(usize, Outline)>>,
    /// How many names may still be compared with names that nothing has.
    comparisons: Cell<usize>,
}

/// How many names are compared in one run, all unknown names taken together.
const COMPARISONS: usize = 10_000_000;

/// Definitions by a text.
type Table<'w> = HashMap<Cow<'w, str>, Candidates<'w>>;

/// Definitions that have the same name. What is kept of them beside their numbers is made when it is first needed, for nearly all
/// names are had by one definition only.
#[derive(Default)]
struct Candidates<'w> {
    numbers: Vec<usize>,
    /// Of each file and each folder around them: those of the candidates in it that lie least deep.
    nearest: OnceCell<HashMap<String, Vec<usize>>>,
    of_namespaces: OnceCell<Box<OfNamespaces<'w>>>,
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

/// Definitions that have the same name, by their namespaces.
#[derive(Default)]
struct OfNamespaces<'w> {
    named: HashMap<&'w str, Candidates<'w>>,
    /// Those of no namespace in particular.
    none: Candidates<'w>,
}

impl Candidates<'_> {
    fn of(number: usize) -> Self {
        Candidates { numbers: vec![number], ..Candidates::default() }
    }
}

impl<'w> Index<'w> {
    /// The definitions with their numbers, in the order of the files; those that are none to link to are left out.
    pub(super) fn new(
        sources: &'w Sources,
        origins: impl Iterator<Item = &'w Origin>,
        is_target: impl Fn(usize) -> bool,
    ) -> Self {
        let origins: Vec<&Origin> = origins.collect();
        let (mut names, mut answers, mut ids) = (Table::with_capacity(origins.len()), Table::new(), Table::new());
        for (number, origin) in origins.iter().enumerate().filter(|(number, _)| is_target(*number)) {
            if let Some(name) = &origin.name {
                let table = if origin.form == Form::Answer { &mut answers } else { &mut names };
                add(table, name.value.as_str().into(), number);
            }
            if let Some(id) = &origin.id {
                add(&mut ids, id.value.as_str().into(), number);
            }
        }
        let comparisons = Cell::new(COMPARISONS);
        Index { sources, origins, names, answers, slugs: OnceCell::new(), ids, outlines: OnceCell::new(), comparisons }
    }

    pub(super) fn named(&self, name: &'w str, looker: Looker<'w>) -> Found {
        match self.nearest(self.visible(&self.names, name, looker), looker) {
            Found::None => self.nearest(self.visible(&self.answers, name, looker), looker),
            found => found,
        }
    }

    /// The definition that has this id. An answer tells the id; what it is a copy of is what counts, where that is here.
    pub(super) fn with_id(&self, id: &'w str, looker: Looker<'w>) -> Found {
        let found = self.nearest(self.ids.get(id), looker);
        let Found::One(number) = found else { return found };
        let origin = self.origins[number];
        let made = Looker { path: self.path(number), namespace: self.namespace(number), same_file: false };
        match self.nearest(self.visible(&self.names, origin.name(), made), made) {
            Found::One(original) => Found::One(original),
            Found::Several(..) | Found::None => found,
        }
    }

    /// The definition whose slug follows the prefix (`bkt_`, `col_`) of an id. One whose real id is known, and another, is not it.
    pub(super) fn with_slug(&self, id: &str, looker: Looker<'_>) -> Found {
        let Some((_, tail)) = id.split_once('_') else { return Found::None };
        let tail = slug(tail);
        let tables = [&self.names, &self.answers];
        let by_slug = self.slugs.get_or_init(|| tables.map(|names| self.by_slug(names)));
        let mut tables = tables.into_iter().zip(by_slug).map(|(names, by_slug)| by_slug.as_ref().unwrap_or(names));
        let found = tables.find_map(|table| match self.nearest(self.visible(table, &tail, looker), looker) {
            Found::None => None,
            found => Some(found),
        });
        match found.unwrap_or(Found::None) {
            Found::One(number) if self.origins[number].id.as_ref().is_some_and(|real| real.value != id) => Found::None,
            found => found,
        }
    }

    /// The definitions of a table of names, by their slugs; none where the names are slugs already.
    fn by_slug(&self, names: &Table<'w>) -> Option<Table<'w>> {
        if names.keys().all(|name| is_slug(name)) {
            return None;
        }
        let mut numbers: Vec<usize> = names.values().flat_map(|named| &named.numbers).copied().collect();
        numbers.sort_unstable();
        let mut slugs = Table::with_capacity(numbers.len());
        numbers.into_iter().for_each(|number| add(&mut slugs, slug(self.origins[number].name()), number));
        Some(slugs)
    }

    /// Those of a table that a looker may mean: of its own namespace, else of none in particular; all when it has none itself.
    fn visible<'t>(&self, table: &'t Table<'w>, text: &str, looker: Looker<'_>) -> Option<&'t Candidates<'w>> {
        let all = table.get(text)?;
        let Some(own) = looker.namespace else { return Some(all) };
        if let [one] = all.numbers[..] {
            return Some(all).filter(|_| self.namespace(one).is_none_or(|namespace| namespace == own));
        }
        let of_namespaces = all.of_namespaces.get_or_init(|| {
            let mut of_namespaces: Box<OfNamespaces<'_>> = Box::default();
            for &number in &all.numbers {
                let of_namespace = match self.namespace(number) {
                    Some(namespace) => of_namespaces.named.entry(namespace).or_default(),
                    None => &mut of_namespaces.none,
                };
                of_namespace.numbers.push(number);
            }
            of_namespaces
        });
        Some(of_namespaces.named.get(own).unwrap_or(&of_namespaces.none))
    }

    fn namespace(&self, number: usize) -> Option<&'w str> {
        self.origins[number].namespace.as_ref().map(|namespace| namespace.value.as_str())
    }

    /// The definition whose name is nearest to one that nothing has, among those that the looker may mean.
    pub(super) fn near(&self, name: &str, looker: Looker<'_>) -> Option<usize> {
        let outlines = self.outlines.get_or_init(|| {
            let named = self.origins.iter().enumerate().filter_map(|(number, origin)| Some((number, origin.name.as_ref()?)));
            named.map(|(number, name)| (number, Outline::of(&name.value))).collect()
        });
        self.comparisons.set(self.comparisons.get().checked_sub(outlines.len())?);
        let wanted = Wanted::new(name)?;
        let is_visible = |number: usize| {
            let namespace = self.namespace(number);
            namespace.is_none() || looker.namespace.is_none() || namespace == looker.namespace
        };
        // Of names that are as near as each other, the first by the alphabet is taken.
        let mut nearest: Option<(usize, &str, usize)> = None;
        for &(number, outline) in outlines {
            let bound = nearest.map_or(wanted.slips(), |(distance, ..)| distance);
            if wanted.may_be_within(outline, bound) && is_visible(number) {
                let name = self.origins[number].name();
                let near = wanted.distance(name, bound).map(|distance| (distance, name, number));
                nearest = nearest.into_iter().chain(near).min();
            }
        }
        nearest.map(|(.., number)| number)
    }

    /// A definition of this name that the looker cannot mean, because it is in another namespace.
    pub(super) fn out_of_sight(&self, name: &str) -> Option<usize> {
        let named = self.names.get(name).or_else(|| self.answers.get(name));
        named?.numbers.first().copied()
    }

    fn path(&self, number: usize) -> &'w str {
        self.sources.get(self.origins[number].span.file).path.as_str()
    }

    /// Goes from the looker's file up through its folders, to the first that holds candidates.
    fn nearest(&self, candidates: Option<&Candidates<'_>>, looker: Looker<'_>) -> Found {
        let Some(candidates) = candidates else { return Found::None };
        if let [one] = candidates.numbers[..] {
            return if looker.same_file && self.path(one) != looker.path { Found::None } else { Found::One(one) };
        }
        let around = candidates.nearest.get_or_init(|| self.by_place(&candidates.numbers));
        let mut places = places(looker.path).take(if looker.same_file { 1 } else { usize::MAX });
        let Some(here) = places.find_map(|place| around.get(place)) else { return Found::None };
        match here[..] {
            [] => Found::None,
            [one] => Found::One(one),
            [first, second, ..] if self.is_same_thing(first, second) => Found::One(first),
            [first, second, ..] => Found::Several(first, second),
        }
    }

    fn by_place(&self, numbers: &[usize]) -> HashMap<String, Vec<usize>> {
        let depth = |number: usize| self.path(number).matches('/').count();
        let mut around: HashMap<String, Vec<usize>> = HashMap::new();
        for &number in numbers {
            for place in places(self.path(number)) {
                let here = around.entry(place.to_owned()).or_default();
                match here.first().map(|&other| depth(number).cmp(&depth(other))) {
                    Some(std::cmp::Ordering::Greater) => {}
                    Some(std::cmp::Ordering::Less) => *here = vec![number],
                    // More than two say no more than two.
                    _ if here.len() < 2 => here.push(number),
                    _ => {}
                }
            }
        }
        around
    }

    /// Whether two definitions are answers about the same thing.
    fn is_same_thing(&self, a: usize, b: usize) -> bool {
        let id = |number: usize| self.origins[number].id.as_ref().map(|id| id.value.as_str());
        id(a).is_some() && id(a) == id(b)
    }
}

/// Notes in a table that a definition is called like this.
fn add<'w>(table: &mut Table<'w>, text: Cow<'w, str>, number: usize) {
    table.entry(text).and_modify(|named| named.numbers.push(number)).or_insert_with(|| Candidates::of(number));
}

/// A file's path, its folder, the folder around that, and so on to the root, which is the empty text.
fn places(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |place| match place.rsplit_once('/') {
        Some((folder, _)) => Some(folder),
        None => (!place.is_empty()).then_some(""),
    })
}

/// A name as ids spell it: lower case, everything but letters and digits one underscore.
pub(super) fn slug(name: &str) -> Cow<'_, str> {
    if is_slug(name) {
        return name.into();
    }
    let mut slug = String::with_capacity(name.len());
    let mut add = |letter: char| match letter.is_alphanumeric() {
        true => slug.push(letter),
        false if slug.ends_with('_') || slug.is_empty() => {}
        false => slug.push('_'),
    };
    for letter in name.chars() {
        match letter.is_ascii() {
            true => add(letter.to_ascii_lowercase()),
            false => letter.to_lowercase().for_each(&mut add),
        }
    }
    slug.truncate(slug.trim_end_matches('_').len());
    slug.into()
}

/// Whether a name is spelled as ids spell it.
fn is_slug(name: &str) -> bool {
    let is_spelled_so = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    all_bytes(name, is_spelled_so) && !name.is_empty() && !name.starts_with('_') && !name.ends_with('_') && !name.contains("__")
}

#[cfg(test)]
mod tests {
    use crate::workspace::{Link, Unlinked, Workspace};

    /// The name that is found near `shelf`, the source of a collection.
    fn nearest(buckets: [&str; 3]) -> Option<String> {
        let text = |name: &str| format!("bucket_name: {name}\nbucket_schema: {{ properties: {{}} }}\n");
        let texts = buckets.map(text);
        let paths = ["a.yaml", "b.yaml", "c.yaml"];
        let reader = "collection_name: books\nsource: { type: bucket, bucket_ids: [shelf] }\n";
        let all = paths.into_iter().zip(texts.iter().map(String::as_str)).chain([("d.yaml", reader)]);
        let workspace = Workspace::from_texts(all);
        let [Link::None(Unlinked::UnknownName { near, .. })] = workspace.links[0][..] else { return None };
        near.map(|near| workspace.buckets[near].origin.name().to_owned())
    }

    #[test]
    fn the_nearest_name_is_found_whatever_the_order() {
        assert_eq!(nearest(["shelves", "shell", "unlike"]).as_deref(), Some("shell"));
        assert_eq!(nearest(["unlike", "shell", "shelves"]).as_deref(), Some("shell"));
        assert_eq!(nearest(["unlike", "nothing", "other"]), None);
    }

    #[test]
    fn of_names_that_are_as_near_the_first_by_the_alphabet_is_found() {
        assert_eq!(nearest(["shelz", "shela", "shelm"]).as_deref(), Some("shela"));
        assert_eq!(nearest(["shela", "shelz", "shelm"]).as_deref(), Some("shela"));
    }
}
