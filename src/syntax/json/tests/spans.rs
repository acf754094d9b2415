//! Every node lies where it was written.

use super::{Read, read, read_as};
use crate::syntax::{Format, Kind, Node, Places};

/// Checks every node of valid JSON against the text, and gives how many there are.
fn check(read: &Read, node: Node<'_>) -> usize {
    let text = read.file.text();
    let written = &text[node.span().range()];
    match node.kind() {
        Kind::String => assert_eq!(serde_json::from_str::<String>(written).unwrap(), node.text()),
        Kind::Array => assert!(written.starts_with('[') && written.ends_with(']'), "{written}"),
        Kind::Object => assert!(written.starts_with('{') && written.ends_with('}'), "{written}"),
        _ => assert_eq!(written, node.text()),
    }
    let members = node.members().flat_map(|member| [member.key, member.value]);
    let mut before = node.span().start + 1;
    let mut count = 1;
    for child in node.items().chain(members) {
        assert!(
            before <= child.span().start && child.span().end < node.span().end,
            "{child:?} in {node:?}",
            child = child.span(),
            node = node.span()
        );
        let between = &text[before as usize..child.span().start as usize];
        assert!(between.bytes().all(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b':')), "{between:?}");
        before = child.span().end;
        count += check(read, child);
    }
    count
}

#[test]
fn every_node_lies_where_it_was_written() {
    for (text, count) in [
        ("17", 1),
        (" \"a\\nb\" ", 1),
        ("\u{feff}[1, -2.5e3,\n true , null]", 5),
        ("{\"é\": [{\"😀\": \"ß\"}], \"\\u0061\": {}}", 8),
        ("\r\n{\r\n  \"a\" : [ ] ,\r\n  \"b\" : false\r\n}\r\n", 5),
        ("[[[[[]]]], [\"\"], \"\", {\"\": \"\"}]", 11),
    ] {
        let read = read(text);
        assert_eq!(read.errors(), [""; 0]);
        assert_eq!(check(&read, read.documents().first().unwrap()), count, "{text}");
    }
}

#[test]
fn each_line_is_a_document() {
    let text = "{\"a\": 1}\r\n\n  \t\r\n[2\n\"x\n3 4\n{\"b\": }\n// c\n]\n5";
    let read = read_as(text, Format::JsonLines);
    assert_eq!(read.shown(), "{'a':1} [2] ? 3 {'b':?} 5");
    assert_eq!(
        read.errors(),
        [
            "Unclosed [2^ from [ at 16",
            "UnclosedString \"x from \" at 19",
            "TrailingContent 4",
            "MissingValue {\"b\":^",
            "Comment // c",
            "UnexpectedClose ]",
        ]
    );
}

#[test]
fn a_mark_before_the_first_line_is_no_mistake() {
    let read = read_as("\u{feff}1\n2\n", Format::JsonLines);
    assert_eq!((read.shown().as_str(), read.errors().len()), ("1 2", 0));
    assert_eq!(read_as("1\n\u{feff}2\n", Format::JsonLines).errors(), ["UnexpectedCharacter \u{feff}2"]);
}

#[test]
fn lines_keep_their_pointers_apart() {
    let read = read_as("{\"a\": [1, 2]}\n{\"b\": {\"c\": 3}}\n", Format::JsonLines);
    let documents = read.documents();
    let places = Places::new(&documents);
    let at = |part: &str| read.file.text().find(part).map(|at| places.pointer(at as u32, (at + part.len()) as u32)).unwrap();
    assert_eq!([at("2"), at("3"), at("{\"b\": {\"c\": 3}}")], ["/a/1", "/b/c", ""]);
}
