//! From a span back to the JSON pointer of the value that it lies in.

use super::node::Kind;
use super::tree::Tree;

/// The parents of all nodes of a tree, so that many spans of one file are found quickly.
pub struct Places<'a> {
    tree: &'a Tree,
    text: &'a str,
    /// Of each node: its parent, or itself for a document; and its number among the parent's children.
    parents: Vec<(u32, u32)>,
}

impl<'a> Places<'a> {
    /// Looks over `tree`, which was read from `text`.
    pub fn new(tree: &'a Tree, text: &'a str) -> Places<'a> {
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
        Places { tree, text, parents }
    }

    /// The JSON pointer, inside its document, of the value whose text holds the bytes from `start` up to `end`. A key has the
    /// pointer of its value.
    pub fn pointer(&self, start: u32, end: u32) -> String {
        let entries = &self.tree.entries;
        let after = entries.partition_point(|entry| entry.start <= start);
        let Some(mut index) = after.checked_sub(1) else { return String::new() };
        let holds = |index: usize| entries[index].start <= start && end <= entries[index].end;
        while !holds(index) && self.parents[index].0 as usize != index {
            index = self.parents[index].0 as usize;
        }
        let mut parts = Vec::new();
        while self.parents[index].0 as usize != index {
            let (parent, number) = self.parents[index];
            parts.push(match entries[parent as usize].kind {
                Kind::Array => number.to_string(),
                _ => self.key(index as u32, number),
            });
            index = parent as usize;
        }
        parts.iter().rev().fold(String::new(), |pointer, part| pointer + "/" + &part.replace('~', "~0").replace('/', "~1"))
    }

    /// The text of the key at `index`, or of the key before the value at `index`. A scalar key is the node just before its value.
    fn key(&self, index: u32, number: u32) -> String {
        let key = if number.is_multiple_of(2) { index } else { self.key_before(index) };
        self.tree.text(self.text, key).to_owned()
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
