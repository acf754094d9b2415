//! From a span back to the JSON pointer of the value that it lies in.

use super::tree::{Kind, Tree};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Format, parse};
    use crate::text::SourceFile;

    /// The pointer of each part of a text.
    fn pointers<const N: usize>(text: &str, parts: [&str; N]) -> [String; N] {
        let file = SourceFile::new("a.json", text);
        let tree = parse(&file, Format::Json).tree;
        let places = Places::new(&tree, text);
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
