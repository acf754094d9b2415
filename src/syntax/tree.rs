//! The flat tree: nodes in the order of the text, 24 bytes each, text borrowed from the source where it can be.

use std::collections::HashMap;
use std::ops::Range;

use super::DuplicateKey;
use crate::text::may_repeat;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`, `~`, or nothing where YAML allows that.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number; its text is as written.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object: keys with values.
    Object,
    /// A YAML alias. [`Node::kind`](super::Node::kind) never says so: it gives the kind of what the alias stands for.
    Alias,
    /// Something that could not be read. Nothing can be said about it.
    Invalid,
}

/// All documents of one text. It holds no text but what escapes decode to, so it is read together with its [`SourceFile`](crate::text::SourceFile).
#[derive(Debug, Default)]
pub struct Tree {
    pub(super) entries: Vec<Entry>,
    pub(super) decoded: String,
    pub(super) roots: Vec<u32>,
    /// Whether `<<` is a merge key, as it is in YAML.
    pub(super) merges: bool,
}

/// A node as it is stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The index after this node's last descendant.
    pub(super) next: u32,
    /// A scalar's text: offset and length, in the source, or in `decoded`. An alias has its target in `at`.
    pub(super) at: u32,
    pub(super) len: u32,
    pub(super) kind: Kind,
    pub(super) is_decoded: bool,
}

impl Tree {
    /// Every key that stands again in its object, in the order of the text. `text` is what the tree was read from.
    pub fn duplicate_keys(&self, text: &str) -> Vec<DuplicateKey> {
        let mut found = Vec::new();
        for (index, _) in self.entries.iter().enumerate().filter(|(_, entry)| entry.kind == Kind::Object) {
            let keys = || self.scalar_keys(text, index as u32);
            if may_repeat(keys().map(|key| self.text(text, key))) {
                self.repeated(text, &keys().collect::<Vec<_>>(), &mut found);
            }
        }
        found.sort_by_key(|duplicate| duplicate.again.start);
        found
    }

    /// The keys of an object that are scalars, but for merge keys.
    fn scalar_keys<'t>(&'t self, text: &'t str, object: u32) -> impl Iterator<Item = u32> + 't {
        let (mut at, end) = (object + 1, self.entries[object as usize].next);
        let keys = std::iter::from_fn(move || {
            let key = at;
            (key < end).then(|| {
                at = self.entries[self.entries[key as usize].next as usize].next;
                key
            })
        });
        let is_merge = |key: u32| self.merges && self.entries[key as usize].len == 2 && self.text(text, key) == "<<";
        keys.filter(move |&key| {
            let kind = self.entries[key as usize].kind;
            !matches!(kind, Kind::Array | Kind::Object | Kind::Alias | Kind::Invalid) && !is_merge(key)
        })
    }

    /// Looks through the keys of one object: in pairs when they are few, else by hashing.
    fn repeated(&self, text: &str, keys: &[u32], found: &mut Vec<DuplicateKey>) {
        let entry = |key: u32| &self.entries[key as usize];
        let mut note = |first: u32, again: u32| {
            let (first, key) = (entry(first), self.text(text, again).to_owned());
            let again = entry(again);
            found.push(DuplicateKey { key, first: first.start..first.end, again: again.start..again.end });
        };
        let name = |key: u32| (entry(key).kind, self.text(text, key));
        // Nearly all keys have another length.
        let is_same = |a: u32, b: u32| entry(a).len == entry(b).len && name(a) == name(b);
        if keys.len() <= 8 {
            for (number, &again) in keys.iter().enumerate() {
                if let Some(&first) = keys[..number].iter().find(|&&first| is_same(first, again)) {
                    note(first, again);
                }
            }
            return;
        }
        let mut firsts = HashMap::with_capacity(keys.len());
        for &again in keys {
            let first = *firsts.entry(name(again)).or_insert(again);
            if first != again {
                note(first, again);
            }
        }
    }

    #[inline]
    pub(super) fn text<'a>(&'a self, text: &'a str, index: u32) -> &'a str {
        let entry = &self.entries[index as usize];
        let whole = if entry.is_decoded { &self.decoded } else { text };
        whole.get(entry.at as usize..(entry.at + entry.len) as usize).unwrap_or_default()
    }
}

/// What a scalar says: a part of the source as it stands, or something else that its escapes decode to.
pub(super) enum Text<'t> {
    Source(Range<usize>),
    Decoded(&'t str),
}

/// About as many bytes as a node of a definition takes in its text.
const BYTES_PER_NODE: usize = 12;
/// For how many nodes there is room from the start, at most: a text need not be as long in nodes as in bytes.
const MOST_AT_ONCE: usize = 1 << 14;

/// Builds a tree from the events of a reader: `open`, what is inside, `close`; the children of an object are key, value, key, value.
#[derive(Default)]
pub(super) struct Builder {
    tree: Tree,
    open: Vec<u32>,
}

impl Builder {
    /// `text` is what is read, and `room` a tree that is no longer needed.
    pub(super) fn new(merges: bool, text: &str, room: Tree) -> Builder {
        let mut tree = Tree { merges, ..room };
        tree.entries.clear();
        tree.decoded.clear();
        tree.roots.clear();
        tree.entries.reserve((text.len() / BYTES_PER_NODE).min(MOST_AT_ONCE));
        Builder { tree, open: Vec::new() }
    }

    /// How many values are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// How many values there are so far, keys counted too.
    pub(super) fn len(&self) -> usize {
        self.tree.entries.len()
    }

    /// Begins an object or a list at byte `start`; gives its index.
    pub(super) fn open(&mut self, kind: Kind, start: usize) -> u32 {
        let index = self.push(kind, start..start);
        self.open.push(index);
        index
    }

    /// Ends the innermost open value before byte `end`.
    pub(super) fn close(&mut self, end: usize) {
        let next = self.tree.entries.len() as u32;
        if let Some(entry) = self.open.pop().and_then(|index| self.tree.entries.get_mut(index as usize)) {
            entry.end = (end as u32).max(entry.start);
            entry.next = next;
        }
    }

    /// Adds a scalar, or a key; gives its index.
    pub(super) fn scalar(&mut self, kind: Kind, range: Range<usize>, text: Text<'_>) -> u32 {
        let index = self.push(kind, range);
        let (at, len, is_decoded) = match text {
            Text::Source(range) => (range.start, range.len(), false),
            Text::Decoded(text) => {
                self.tree.decoded.push_str(text);
                (self.tree.decoded.len() - text.len(), text.len(), true)
            }
        };
        let entry = &mut self.tree.entries[index as usize];
        (entry.at, entry.len, entry.is_decoded) = (at as u32, len as u32, is_decoded);
        index
    }

    /// When the last node is a string that ends at `end`, puts a value that could not be read before it: the string turned out to
    /// be a key. The value stands at `at`, or where the string begins.
    pub(super) fn put_invalid_before_string(&mut self, end: usize, at: Option<usize>) -> bool {
        let entries = &mut self.tree.entries;
        let Some(mut string) = entries.pop_if(|last| last.kind == Kind::String && last.end as usize == end) else { return false };
        let at = at.map_or(string.start, |at| at as u32);
        entries.push(Entry { start: at, end: at, at, len: 0, kind: Kind::Invalid, is_decoded: false, ..string });
        string.next += 1;
        entries.push(string);
        true
    }

    /// When the last node is a string that ends at `end`, makes it a value that could not be read, and that ends at `new_end`.
    pub(super) fn spoil_string(&mut self, end: usize, new_end: usize) {
        if let Some(last) = self.tree.entries.last_mut().filter(|last| last.kind == Kind::String && last.end as usize == end) {
            (last.kind, last.end) = (Kind::Invalid, new_end as u32);
            (last.at, last.len, last.is_decoded) = (last.start, last.end - last.start, false);
        }
    }

    /// Adds an alias of the node `target`; gives its index.
    pub(super) fn alias(&mut self, range: Range<usize>, target: u32) -> u32 {
        let index = self.push(Kind::Alias, range);
        self.tree.entries[index as usize].at = target;
        index
    }

    /// The tree; what is still open ends with its last descendant.
    pub(super) fn finish(mut self) -> Tree {
        let end = self.tree.entries.last().map_or(0, |last| last.end as usize);
        while !self.open.is_empty() {
            self.close(end);
        }
        self.tree
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) -> u32 {
        let index = self.tree.entries.len() as u32;
        if self.open.is_empty() {
            self.tree.roots.push(index);
        }
        let (start, end) = (range.start as u32, range.end as u32);
        self.tree.entries.push(Entry { start, end, next: index + 1, at: 0, len: 0, kind, is_decoded: false });
        index
    }
}
