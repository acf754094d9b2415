//! Where keys and values stand.

use std::ops::Range;

use super::{check_spans, injection::DEFINITION, read};
use crate::syntax::Kind;

/// The kind and the bytes of every node.
fn spans(text: &str) -> Vec<(Kind, Range<u32>)> {
    let (tree, _) = read(text);
    check_spans(&tree, text);
    tree.entries.iter().map(|entry| (entry.kind, entry.start..entry.end)).collect()
}

fn slices(text: &str) -> Vec<&str> {
    spans(text).into_iter().map(|(_, range)| &text[range.start as usize..range.end as usize]).collect()
}

#[test]
fn collections_end_with_their_content() {
    assert_eq!(slices("a:\n  b: 1\n\n# note\nc: 2\n\n"), ["a:\n  b: 1\n\n# note\nc: 2", "a", "b: 1", "b", "1", "c", "2"]);
    assert_eq!(slices("a: [x, y ]\n"), ["a: [x, y ]", "a", "[x, y ]", "x", "y"]);
    assert_eq!(slices("- a\n- b\n\n"), ["- a\n- b", "a", "b"]);
}

#[test]
fn collections_begin_with_their_first_token() {
    assert_eq!(slices("a:\n- b\n- - c\n")[2], "- b\n- - c");
    assert_eq!(slices("a: &x !!seq # note\n- b\n")[2], "- b");
    assert_eq!(slices("a:\n-   # note\n- b\n")[2], "-   # note\n- b");
    assert_eq!(slices("a: &x\n  b: c\n")[2], "b: c");
    assert_eq!(slices("&x a: b\n")[0], "a: b");
    assert_eq!(slices("[&x a: b]\n")[1], "a: b");
    assert_eq!(slices("a: &x [b]\n")[2], "[b]");
    assert_eq!(slices("? a\n: - b\n")[0], "? a\n: - b");
}

#[test]
fn strings_have_their_quotes_and_blocks_their_lines() {
    assert_eq!(slices("a: \"b\" # c\nd: 'e'\n")[1..], ["a", "\"b\"", "d", "'e'"]);
    assert_eq!(slices("a: |\n  b\n   c\n\n\nd: e\n")[1..], ["a", "b\n   c", "d", "e"]);
    assert_eq!(slices("a: >-\n    b\n    c\n  # note\nd: e\n")[1..3], ["a", "b\n    c"]);
    assert_eq!(slices("a: b\n  c\nd: \"e\n  f\"\n")[1..], ["a", "b\n  c", "d", "\"e\n  f\""]);
}

#[test]
fn an_empty_value_stands_behind_its_colon_or_dash() {
    let empties = |text: &str| -> Vec<u32> {
        let nulls = spans(text).into_iter().filter(|(kind, _)| *kind == Kind::Null);
        nulls.map(|(_, range)| if range.is_empty() { range.start } else { panic!("{text:?} {range:?}") }).collect()
    };
    assert_eq!(empties("a:\nb: # note\n"), [2, 5]);
    assert_eq!(empties("a :\n"), [3]);
    assert_eq!(empties("{a: , b}"), [3, 7]);
    assert_eq!(empties("a: &x # note\nb:\n"), [5, 15]);
    assert_eq!(empties("-\n-   # note\n\n- x\n"), [1, 3]);
    assert_eq!(empties("a:\n-\n- x\n"), [4]);
    assert_eq!(empties("? a\n"), [3]);
    assert_eq!(empties("---\n"), [3]);
}

#[test]
fn an_empty_block_stands_behind_its_sign() {
    assert_eq!(spans("a: |\nb: 1\n")[2].1, 4..4);
    assert_eq!(spans("a: >-\n\n\nb: 1\n")[2].1, 5..5);
}

#[test]
fn aliases_and_offsets_after_a_byte_order_mark() {
    assert_eq!(slices("- &x a\n- *x\n"), ["- &x a\n- *x", "a", "*x"]);
    assert_eq!(spans("\u{feff}a: é\n"), [(Kind::Object, 3..8), (Kind::String, 3..4), (Kind::String, 6..8)]);
}

#[test]
fn a_scalar_is_written_in_its_span() {
    for text in [DEFINITION, "a: 1\r\nb: 'x'\r\nc: [y, \"z\"]\r\n", "é: [ü, 'ß']\n", "? a\n: \"b\"\n", "{a: b, \"c\": 'd'}"] {
        let (tree, errors) = read(text);
        assert_eq!(errors, []);
        let mut scalars = 0;
        for (index, entry) in tree.entries.iter().enumerate() {
            let written = &text[entry.start as usize..entry.end as usize];
            let is_scalar = matches!(entry.kind, Kind::Bool | Kind::Number | Kind::String);
            if is_scalar && !written.contains('\n') {
                assert_eq!(written.trim_matches(['"', '\'']), tree.text(text, index as u32));
                scalars += 1;
            }
        }
        assert!(scalars >= 2, "{text:?}");
    }
}
