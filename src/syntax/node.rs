//! A place in a tree: what it is, what it holds, where it stands. Aliases and merge keys look like what they stand for.

use super::tree::{Entry, Kind, Tree};
use crate::text::{FileId, ShortText, SourceFile, Span, Spanned};

/// The documents of a text: a tree, and what it was read from. Nodes look into both.
pub struct Roots<'a> {
    pub(super) tree: &'a Tree,
    /// Those of the tree: every step asks for them.
    entries: &'a [Entry],
    text: &'a str,
    file: FileId,
}

/// A node of a [`Tree`]. It is no more than two words, for nodes are handed about all the time.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    all: &'a Roots<'a>,
    index: u32,
}

/// A key and its value.
#[derive(Clone, Copy)]
pub struct Member<'a> {
    /// The key. It need not be a string in YAML.
    pub key: Node<'a>,
    /// The value.
    pub value: Node<'a>,
}

impl Tree {
    /// The documents of `file`, whose text this tree was read from.
    pub fn documents<'a>(&'a self, id: FileId, file: &'a SourceFile) -> Roots<'a> {
        Roots { tree: self, entries: &self.entries, text: file.text(), file: id }
    }
}

impl<'a> Roots<'a> {
    /// Each document, in the order of the text.
    pub fn iter(&'a self) -> impl Iterator<Item = Node<'a>> {
        self.tree.roots.iter().map(|&root| self.node(root))
    }

    /// The first document; none of an empty text.
    pub fn first(&'a self) -> Option<Node<'a>> {
        self.iter().next()
    }

    pub(super) fn node(&'a self, index: u32) -> Node<'a> {
        Node { all: self, index }
    }

    /// The text of a scalar, escapes decoded.
    #[inline]
    pub(super) fn text(&self, index: u32) -> &'a str {
        self.tree.text(self.text, index)
    }
}

impl<'a> Node<'a> {
    #[inline]
    fn entries(self) -> &'a [Entry] {
        self.all.entries
    }

    /// What the node is, or what it stands for when it is an alias.
    #[inline]
    pub fn kind(self) -> Kind {
        self.entries()[self.target() as usize].kind
    }

    /// Where the node is written: of an alias, the `*name`.
    pub fn span(self) -> Span {
        let entry = &self.entries()[self.index as usize];
        Span::new(self.all.file, entry.start..entry.end)
    }

    /// The text of a scalar, escapes decoded; numbers as written. Empty for anything else.
    #[inline]
    pub fn text(self) -> &'a str {
        let target = self.target();
        match self.entries()[target as usize].kind {
            Kind::Array | Kind::Object | Kind::Alias => "",
            _ => self.all.text(target),
        }
    }

    /// The node as it is written; of an alias, what it stands for.
    pub fn source(self) -> &'a str {
        let entry = &self.entries()[self.target() as usize];
        self.all.text.get(entry.start as usize..entry.end as usize).unwrap_or_default()
    }

    /// The text of a string.
    #[inline]
    pub fn as_str(self) -> Option<&'a str> {
        let target = self.target();
        (self.entries()[target as usize].kind == Kind::String).then(|| self.all.text(target))
    }

    /// The text of a string, with the place where it is written: of an alias, that of the anchored string.
    pub fn as_string(self) -> Option<Spanned<ShortText>> {
        let node = Node { index: self.target(), ..self };
        self.as_str().map(|text| Spanned { value: text.into(), span: node.span() })
    }

    /// The text of a string, or of a number that stands where a string should, with its place like [`Node::as_string`].
    pub fn as_name(self) -> Option<Spanned<ShortText>> {
        let node = Node { index: self.target(), ..self };
        matches!(self.kind(), Kind::String | Kind::Number).then(|| Spanned { value: self.text().into(), span: node.span() })
    }

    /// The value of a boolean.
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.text().eq_ignore_ascii_case("true"))
    }

    /// Whether the node is an object.
    #[inline]
    pub fn is_object(self) -> bool {
        self.kind() == Kind::Object
    }

    /// The values of a list; nothing for anything else.
    pub fn items(self) -> impl Iterator<Item = Node<'a>> {
        let list = self.target();
        let entry = self.entries()[list as usize];
        let end = if entry.kind == Kind::Array { entry.next } else { 0 };
        let mut at = list + 1;
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let item = Node { index: at, ..self };
                at = self.entries()[at as usize].next;
                item
            })
        })
    }

    /// How many items a list has, or how many members an object has of its own.
    pub fn count(self) -> usize {
        let entry = self.entries()[self.target() as usize];
        let (mut at, mut count) = (self.target() + 1, 0);
        while at < entry.next {
            (at, count) = (self.entries()[at as usize].next, count + 1);
        }
        if entry.kind == Kind::Object { count / 2 } else { count }
    }

    /// The keys and values of an object, in the order of the text, then those that merge keys bring; nothing for anything else.
    pub fn members(self) -> Members<'a> {
        let object = self.target();
        let entry = self.entries()[object as usize];
        let end = if entry.kind == Kind::Object { entry.next } else { 0 };
        Members { object: Node { index: object, ..self }, at: object + 1, end, saw_merge: false, merged: Vec::new().into_iter() }
    }

    /// The value of `key`. Of a key that stands twice it is the last one, as JSON readers do; a merged one comes after all own.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.member(key).map(|member| member.value)
    }

    /// The member named `key`, chosen like [`Node::get`].
    pub fn member(self, key: &str) -> Option<Member<'a>> {
        let object = self.target();
        let entries = self.entries();
        let end = if entries[object as usize].kind == Kind::Object { entries[object as usize].next } else { 0 };
        let (mut at, mut found, mut has_merge) = (object + 1, None, false);
        while at < end {
            let entry = &entries[at as usize];
            let value = entry.next;
            if value >= end {
                break;
            }
            let is_merge = self.all.tree.merges && entry.kind == Kind::String && entry.len == 2 && self.all.text(at) == "<<";
            has_merge |= is_merge;
            let is_it = match entry.kind {
                Kind::String => entry.len as usize == key.len() && !is_merge && self.all.text(at) == key,
                Kind::Alias => Node { index: at, ..self }.as_str() == Some(key),
                _ => false,
            };
            if is_it {
                found = Some(Member { key: Node { index: at, ..self }, value: Node { index: value, ..self } });
            }
            at = entries[value as usize].next;
        }
        let merged = || self.members().find(|member| member.key.as_str() == Some(key));
        found.or_else(|| if has_merge { merged() } else { None })
    }

    /// The members named `keys`, each chosen like [`Node::get`]. All of them are looked for at once.
    pub fn pick<const N: usize>(self, keys: [&str; N]) -> [Option<Member<'a>>; N] {
        self.pick_all(keys).0
    }

    /// The same, and whether no other key is there.
    pub fn pick_all<const N: usize>(self, keys: [&str; N]) -> ([Option<Member<'a>>; N], bool) {
        let (mut picked, mut is_all) = ([None; N], true);
        for member in self.members() {
            let (name, mut is_known) = (member.key.as_str(), false);
            for (_, picked) in keys.iter().zip(&mut picked).filter(|(key, _)| Some(**key) == name) {
                (*picked, is_known) = (Some(member), true);
            }
            is_all &= is_known;
        }
        (picked, is_all)
    }

    #[inline]
    fn target(self) -> u32 {
        let mut index = self.index;
        while self.entries()[index as usize].kind == Kind::Alias {
            index = self.entries()[index as usize].at;
        }
        index
    }
}

/// The members of an object.
pub struct Members<'a> {
    object: Node<'a>,
    at: u32,
    end: u32,
    saw_merge: bool,
    merged: std::vec::IntoIter<Member<'a>>,
}

impl<'a> Members<'a> {
    /// Only the members that are written in the object itself.
    fn own(&mut self) -> impl Iterator<Item = Member<'a>> {
        std::iter::from_fn(|| self.next_own())
    }

    #[inline]
    fn next_own(&mut self) -> Option<Member<'a>> {
        while self.at < self.end {
            let entries = self.object.entries();
            let value = entries[self.at as usize].next;
            if value >= self.end {
                break;
            }
            let key = &entries[self.at as usize];
            let member = Member { key: Node { index: self.at, ..self.object }, value: Node { index: value, ..self.object } };
            self.at = entries[value as usize].next;
            // Looked at in this order, for this is asked of every key that there is.
            let may_be_merge = self.object.all.tree.merges && (key.len == 2 || key.kind == Kind::Alias);
            if may_be_merge && member.key.as_str() == Some("<<") {
                self.saw_merge = true;
                continue;
            }
            return Some(member);
        }
        None
    }

    /// What the object's merge keys bring: of a key that several bring, the first.
    fn merge(&self) -> Vec<Member<'a>> {
        let mut taken: std::collections::HashSet<&str> = std::collections::HashSet::new();
        taken.extend(self.object.members().own().map(|member| member.key.text()));
        let mut merged = Vec::new();
        for source in self.object.merge_sources() {
            merged.extend(source.members().filter(|member| taken.insert(member.key.text())));
        }
        merged
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    #[inline]
    fn next(&mut self) -> Option<Member<'a>> {
        if let Some(member) = self.next_own() {
            return Some(member);
        }
        if std::mem::take(&mut self.saw_merge) {
            self.merged = self.merge().into_iter();
        }
        self.merged.next()
    }
}

impl<'a> Node<'a> {
    /// The objects that the merge keys of this object name.
    fn merge_sources(self) -> Vec<Node<'a>> {
        let mut sources = Vec::new();
        let mut at = self.index + 1;
        let end = self.entries()[self.index as usize].next;
        while at < end {
            let value = Node { index: self.entries()[at as usize].next, ..self };
            if (Node { index: at, ..self }).as_str() == Some("<<") && value.index < end {
                match value.kind() {
                    Kind::Object => sources.push(value),
                    _ => sources.extend(value.items().filter(|item| item.is_object())),
                }
            }
            at = self.entries()[value.index as usize].next;
        }
        sources
    }
}
