//! From a span back to the value that it lies in: the way to it, and its JSON pointer.

use super::tree::Kind;
use super::{Format, Node, Roots};
use crate::text::{Sources, Span};

/// The parents of all nodes of a tree, so that many spans of one file are found quickly.
pub struct Places<'a> {
    documents: &'a Roots<'a>,
    /// Of each node: its parent, or itself for a document; and its number among the parent's children.
    parents: Vec<(u32, u32)>,
}

/// A step on the way from a document down to a value.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    /// The key that it stands under; none of an item of a list.
    pub key: Option<&'a str>,
    /// Its number among the items of the list, from 0; of a member of an object it says nothing.
    pub number: usize,
    /// The value that it leads to.
    pub node: Node<'a>,
}

impl<'a> Places<'a> {
    /// Looks over all documents of a text.
    pub fn new(documents: &'a Roots<'a>) -> Places<'a> {
        let tree = documents.tree;
        let mut parents = Vec::with_capacity(tree.entries.len());
        let mut open: Vec<(u32, u32)> = Vec::new();
        for index in 0..tree.entries.len() as u32 {
            while open.last().is_some_and(|&(parent, _)| tree.entries[parent as usize].next <= index) {
                open.pop();
            }
            parents.push(match open.last_mut() {
                Some((parent, children)) => {
                    *children += 1;
                    (*parent, *children - 1)
                }
                None => (index, 0),
            });
            if matches!(tree.entries[index as usize].kind, Kind::Array | Kind::Object) {
                open.push((index, 0));
            }
        }
        Places { documents, parents }
    }

    /// The JSON pointer, inside its document, of the value whose text holds the bytes from `start` up to `end`. A key has the
    /// pointer of its value.
    pub fn pointer(&self, start: u32, end: u32) -> String {
        self.steps(start, end).iter().fold(String::new(), |pointer, step| match step.key {
            Some(key) => pointer + "/" + &key.replace('~', "~0").replace('/', "~1"),
            None => pointer + "/" + &step.number.to_string(),
        })
    }

    /// The way from the document down to the value whose text holds the bytes from `start` up to `end`. A key has that of its value.
    pub fn steps(&self, start: u32, end: u32) -> Vec<Step<'a>> {
        let entries = &self.documents.tree.entries;
        let after = entries.partition_point(|entry| entry.start <= start);
        let Some(mut index) = after.checked_sub(1) else { return Vec::new() };
        let holds = |index: usize| entries[index].start <= start && end <= entries[index].end;
        while !holds(index) && self.parents[index].0 as usize != index {
            index = self.parents[index].0 as usize;
        }
        let mut steps = Vec::new();
        while self.parents[index].0 as usize != index {
            let (parent, number) = self.parents[index];
            let step = |key: Option<u32>, value: u32| Step {
                key: key.map(|key| self.documents.text(key)),
                number: number as usize,
                node: self.documents.node(value),
            };
            let index_here = index as u32;
            steps.push(match (entries[parent as usize].kind, number % 2) {
                (Kind::Array, _) => step(None, index_here),
                // A scalar key is the node just before its value.
                (_, 0) => step(Some(index_here), self.value_after(index_here)),
                _ => step(Some(self.key_before(index_here)), index_here),
            });
            index = parent as usize;
        }
        steps.reverse();
        steps
    }

    /// The value of the key at `key`; the key itself where the text ends before one.
    fn value_after(&self, key: u32) -> u32 {
        let next = self.documents.tree.entries[key as usize].next;
        let has_value = self.parents.get(next as usize).is_some_and(|&(parent, _)| parent == self.parents[key as usize].0);
        if has_value { next } else { key }
    }

    fn key_before(&self, value: u32) -> u32 {
        let parent = self.parents[value as usize].0;
        let mut before = value - 1;
        while self.parents[before as usize].0 != parent {
            before = self.parents[before as usize].0;
        }
        before
    }
}

/// What is seen at some places. Trees are not kept, so files are read again: one of them once for all items that stand together.
pub fn seen_at<I, T>(
    items: &[I],
    place: impl Fn(&I) -> Span,
    sources: &Sources,
    mut see: impl FnMut(&Places<'_>, &I) -> T,
) -> Vec<T> {
    let mut seen = Vec::with_capacity(items.len());
    for of_file in items.chunk_by(|one, other| place(one).file == place(other).file) {
        let id = place(&of_file[0]).file;
        let file = sources.get(id);
        let parse = super::parse(file, Format::of(file));
        let documents = parse.tree.documents(id, file);
        let places = Places::new(&documents);
        seen.extend(of_file.iter().map(|item| see(&places, item)));
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;
    use crate::text::{FileId, SourceFile};

    /// The pointer of each part of a text.
    fn pointers<const N: usize>(text: &str, parts: [&str; N]) -> [String; N] {
        let file = SourceFile::new("a.json", text);
        let parse = parse(&file, Format::Json);
        let documents = parse.tree.documents(FileId::new(0), &file);
        let places = Places::new(&documents);
        parts.map(|part| {
            let start = text.find(part).unwrap_or_else(|| panic!("{part}")) as u32;
            places.pointer(start, start + part.len() as u32)
        })
    }

    #[test]
    fn a_key_and_its_value_have_the_same_pointer() {
        let text = r#"{"a": {"b": "c"}, "d": [1, {"e": null}]}"#;
        let found = pointers(text, ["\"a\"", "\"b\"", "\"c\"", "\"d\"", "1", "\"e\"", "null"]);
        assert_eq!(found, ["/a", "/a/b", "/a/b", "/d", "/d/0", "/d/1/e", "/d/1/e"]);
    }

    #[test]
    fn objects_and_lists_have_their_own_pointer() {
        let text = r#"{"a": {"b": [[], [2, [3]]]}}"#;
        let found = pointers(text, [text, r#"{"b": [[], [2, [3]]]}"#, "[[], [2, [3]]]", "[]", "[2, [3]]", "[3]", "3"]);
        assert_eq!(found, ["", "/a", "/a/b", "/a/b/0", "/a/b/1", "/a/b/1/1", "/a/b/1/1/0"]);
    }

    #[test]
    fn a_part_of_a_value_has_the_pointer_of_the_value() {
        let text = r#"{"from": "payload.title", "n": 12345, "to": ["x"]}"#;
        let found = pointers(text, ["title", "payload", "234", "ro", "x", "]}", ", \"to\"", ": 12345,", "[\"x"]);
        assert_eq!(found, ["/from", "/from", "/n", "/from", "/to/0", "", "", "", "/to"]);
    }

    #[test]
    fn slashes_and_tildes_in_keys_are_escaped() {
        let text = r#"{"a/b": {"~": 1}, "~1": [true], "": {"\u002f": false}}"#;
        assert_eq!(pointers(text, ["1}", "true", "false"]), ["/a~1b", "/~01/0", "//~1"]);
        assert_eq!(pointers(text, ["\"~\"", "\"\\u002f\""]), ["/a~1b/~0", "//~1"]);
    }

    #[test]
    fn what_could_not_be_read_has_a_pointer_too() {
        let text = r#"{"a": oops, "b": [1,, 2], ...}"#;
        assert_eq!(pointers(text, ["oops", "2", "..."]), ["/a", "/b/2", "/..."]);
    }

    #[test]
    fn outside_of_every_value_is_the_document() {
        assert_eq!(pointers(" {} ", [" ", "} "]), ["", ""]);
        assert_eq!(pointers("", [""]), [""]);
    }
}
