//! The reader against another one, on texts that chance makes.

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::{Read, read, read_as};
use crate::syntax::{Format, Kind, Node};

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9_f64).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a-z_ ]{0,20}".prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[a-z\"\\\\é\n]{0,9}", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// JSON, in one of two layouts.
fn json() -> impl Strategy<Value = String> {
    (value(), any::<bool>()).prop_map(|(value, is_pretty)| if is_pretty { format!("{value:#}") } else { value.to_string() })
}

/// JSON with a few places changed.
fn mutant() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "", "", "", "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "\\u", "\\uD83D", "\\n", "\\x", "0", "1", "-", "+", ".", "e",
        "true", "nul", "None", " ", "\n", "\r", "\t", "\u{1}", "\u{c}", "é", "😀", "\u{feff}", "\u{a0}", "//", "/*", "*/", "#",
        "...", "=", "@", ", ,", "\"a\": ",
    ]);
    let edit = (any::<prop::sample::Index>(), 0..3_usize, piece);
    (json(), prop::collection::vec(edit, 1..5)).prop_map(|(text, edits)| {
        let mut characters: Vec<String> = text.chars().map(String::from).collect();
        for (at, removed, piece) in edits {
            let at = at.index(characters.len() + 1);
            let end = (at + removed).min(characters.len());
            characters.splice(at..end, [piece.to_owned()]);
        }
        characters.concat()
    })
}

/// The value as the other reader has it.
fn to_value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::String => Value::from(node.text()),
        Kind::Array => node.items().map(to_value).collect::<Vec<_>>().into(),
        Kind::Object => {
            Value::Object(node.members().map(|member| (member.key.text().to_owned(), to_value(member.value))).collect())
        }
        _ => serde_json::from_str(node.text()).unwrap(),
    }
}

/// Both readers take the text or both refuse it, and they read the same from it.
fn agree(text: &str) {
    let ours = read(text);
    keeps_order(&ours);
    match serde_json::from_str::<Value>(text) {
        Ok(value) => {
            assert_eq!(ours.errors(), [""; 0], "{text:?}");
            assert_eq!(to_value(ours.documents().first().unwrap()), value, "{text:?}");
        }
        // The grammar allows these, the other reader does not.
        Err(error) if error.to_string().starts_with("number out of range") => {}
        Err(_) if text.to_ascii_lowercase().contains("\\ud") || text.starts_with('\u{feff}') => {}
        Err(error) => assert_ne!(ours.errors(), [""; 0], "{error}: {text:?}"),
    }
}

/// What everything that looks for places relies on, in whatever text.
fn keeps_order(read: &Read) {
    let (tree, text) = (&read.parse.tree, read.file.text());
    assert!(tree.entries.is_sorted_by_key(|entry| entry.start), "{text:?}");
    for (index, entry) in tree.entries.iter().enumerate() {
        assert!(text.get(entry.start as usize..entry.end as usize).is_some(), "{entry:?} of {text:?}");
        for inner in &tree.entries[index + 1..entry.next as usize] {
            assert!(inner.end <= entry.end && inner.next <= entry.next, "{inner:?} in {entry:?} of {text:?}");
        }
    }
    for error in &read.parse.errors {
        assert!(text.get(error.range.start as usize..error.range.end as usize).is_some(), "{error:?} of {text:?}");
    }
    // Members are pairs, or this is out of bounds.
    tree.duplicate_keys(text);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn readers_agree_on_json(text in json()) {
        prop_assert!(serde_json::from_str::<Value>(&text).is_ok());
        agree(&text);
    }

    #[test]
    fn readers_agree_on_mutants(text in mutant()) {
        agree(&text);
        keeps_order(&read_as(&text, Format::JsonLines));
    }

    #[test]
    fn readers_agree_on_anything(text in any::<String>()) {
        agree(&text);
    }

    #[test]
    fn readers_agree_on_tokens(text in "([\\[\\]{}:,\"'\\\\/*#.=@ \n\r\u{c};01e+-]|true|nul|\"a\"|\"b\":|\\\\u00|é){0,40}") {
        agree(&text);
        keeps_order(&read_as(&text, Format::JsonLines));
    }

    #[test]
    fn readers_agree_on_numbers(text in "-?[0-9]{0,3}[.]?[0-9]{0,3}([eE][+-]?[0-9]{0,2})?") {
        agree(&text);
    }

    #[test]
    fn readers_agree_on_strings(text in "\"([a-z\u{1}\t \"]|\\\\[nrtbfu\"/\\\\x']|\\\\u[0-9a-fA-F]{3,4}|é|😀){0,9}\"") {
        agree(&text);
    }
}
