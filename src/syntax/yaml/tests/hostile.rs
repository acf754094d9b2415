//! Texts that are made to hurt: bounds hold. What is quadratic would take minutes here; `cargo bench` has the times.

use proptest::prelude::*;

use super::{check_spans, outline, read};
use crate::syntax::Tree;
use crate::syntax::yaml::recover::attempts;
use crate::syntax::{Format, Kind, Limits, Node, Problem, SyntaxError, parse};
use crate::text::{FileId, SourceFile};

fn problems(errors: &[SyntaxError]) -> Vec<Problem> {
    errors.iter().map(|error| error.problem.clone()).collect()
}

/// How deep the tree is, aliases followed, and how many values a walk sees.
fn walk(node: Node<'_>) -> (usize, usize) {
    let children: Vec<Node<'_>> = node.items().chain(node.members().flat_map(|member| [member.key, member.value])).collect();
    children.into_iter().map(walk).fold((1, 1), |(depth, count), (below, more)| (depth.max(below + 1), count + more))
}

#[test]
fn billion_laughs() {
    let mut text = "a0: &a0 [lol, lol]\n".to_owned();
    for level in 1..60 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        text += &format!("a{level}: &a{level} [{items}]\n");
    }
    let file = SourceFile::new("a.yaml", text);
    let parsed = parse(&file, Format::Yaml);
    assert_eq!(problems(&parsed.errors), [Problem::AliasesTooLarge]);
    let (depth, count) = parsed.tree.documents(FileId::new(0), &file).first().map(walk).unwrap();
    let limits = Limits::default();
    assert!(depth <= limits.depth + 2 && count <= limits.aliased + 2_000, "{depth} {count}");
}

#[test]
fn a_long_chain_of_aliases() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..10_000 {
        text += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
    }
    let (tree, errors) = read(&text);
    // Where a chain is cut it begins anew, so it is cut again one bound later.
    assert!(problems(&errors).iter().all(|problem| *problem == Problem::TooDeep), "{:?}", errors.first());
    assert!((10_000 / 128..200).contains(&errors.len()), "{}", errors.len());
    assert_eq!(tree.roots.len(), 1);
}

#[test]
fn a_chain_of_merges_is_bounded_too() {
    let mut text = "a0: &a0 {x: 1}\n".to_owned();
    for level in 1..300 {
        text += &format!("a{level}: &a{level} {{<<: *a{}, k{level}: 1}}\n", level - 1);
    }
    let file = SourceFile::new("a.yaml", text);
    let parsed = parse(&file, Format::Yaml);
    assert!(problems(&parsed.errors).contains(&Problem::TooDeep));
    let documents = parsed.tree.documents(FileId::new(0), &file);
    let document = documents.first().unwrap();
    assert_eq!(document.get("a100").unwrap().members().count(), 101);
    assert!(document.get("a299").unwrap().members().count() > 1);
}

#[test]
fn deep_nesting_is_one_error() {
    let close = |open: &str, close: &str, count: usize| open.repeat(count) + &close.repeat(count);
    let texts = [
        close("[", "]", 1000),
        close("{a: ", "}", 1000),
        "- ".repeat(1000),
        "? ".repeat(1000),
        (0..500).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
        close("[", "]", 20_000),
        "- ".repeat(100_000),
        "- ".repeat(100_000) + "x\nb: c\n",
    ];
    for text in texts {
        let (tree, errors) = read(&text);
        let deep = problems(&errors).iter().filter(|problem| **problem == Problem::TooDeep).count();
        assert_eq!(deep, 1, "{text:.20} {errors:?}");
        assert!(depth_of(&tree) <= Limits::default().depth + 1, "{text:.20}");
        check_some_spans(&tree);
    }
}

#[test]
fn deep_nesting_that_is_not_closed() {
    for text in ["[".repeat(100_000), "{".repeat(100_000), "{a: ".repeat(100_000), "[\n".repeat(50_000), "a: [".repeat(10_000)] {
        let (tree, errors) = read(&text);
        assert!(!errors.is_empty() && errors.len() < 300, "{text:.20} {}", errors.len());
        assert!(depth_of(&tree) <= Limits::default().depth + 1, "{text:.20}");
    }
}

#[test]
fn what_is_beside_the_too_deep_is_read() {
    let limits = Limits { depth: 3, ..Limits::default() };
    let text = "a:\n  b: [[[x], [y]], z]\n  c: &d 1\ne: *d\n";
    let (tree, errors) = crate::syntax::yaml::read(text, limits, Tree::default());
    assert_eq!(problems(&errors), [Problem::TooDeep]);
    assert_eq!(outline(&tree, text), [r#"{"a": {"b": [!, "z"], "c": 1}, "e": *1}"#]);
    assert_eq!(
        tree.entries.iter().filter(|entry| entry.kind == Kind::Invalid).map(|entry| entry.end - entry.start).sum::<u32>(),
        10
    );
    check_spans(&tree, text);
}

/// How deep the entries are nested.
fn depth_of(tree: &Tree) -> usize {
    let (mut open, mut deepest) = (Vec::new(), 0);
    for (index, entry) in tree.entries.iter().enumerate() {
        while open.last().is_some_and(|next| *next <= index as u32) {
            open.pop();
        }
        open.push(entry.next);
        deepest = deepest.max(open.len());
    }
    deepest
}

fn check_some_spans(tree: &Tree) {
    assert!(tree.entries.windows(2).all(|pair| pair[0].start <= pair[1].start && pair[0].start <= pair[0].end));
}

#[test]
fn more_values_than_the_bound() {
    let limits = Limits { values: 10, ..Limits::default() };
    let text = "- a\n".repeat(100);
    let (tree, errors) = crate::syntax::yaml::read(&text, limits, Tree::default());
    assert_eq!(problems(&errors), [Problem::TooManyValues]);
    assert_eq!(tree.entries.len(), 10);
    let (_, errors) = crate::syntax::yaml::read(&"- a\n".repeat(9), limits, Tree::default());
    assert_eq!(errors, []);
}

#[test]
fn long_runs_of_signs() {
    for sign in [
        "&", "*", "!", "%", "@", "\"", "'", "|", ">", "#", "-", "?", ":", ",", "]", "\t", "&a ", "*a ", "!a ", ": ", "\\", "\"\n",
    ] {
        let (tree, errors) = read(&sign.repeat((1 << 18) / sign.len()));
        assert!(errors.len() < 300 && tree.entries.len() < 1000, "{sign:?} {} {}", errors.len(), tree.entries.len());
    }
    let (_, errors) = read(&format!("a: 1\nb: {}\n", "&".repeat(1 << 20)));
    assert!(errors.is_empty(), "a name may be long: {errors:?}");
}

#[test]
fn an_open_quote_at_the_start_of_a_long_text() {
    let lines = "key: value\n".repeat(1_000_000);
    let (tree, errors) = read(&format!("a: \"x\n{lines}"));
    assert_eq!(problems(&errors), [Problem::UnclosedString]);
    assert_eq!(tree.entries.len(), 2_000_003);
    let (_, errors) = read(&format!("\"x\n{lines}"));
    assert_eq!(problems(&errors), [Problem::UnclosedString]);
}

#[test]
fn a_long_text_with_a_fault_a_line() {
    let text = "a: @b\n".repeat(200_000);
    assert_eq!(attempts(text.len()), 55);
    let (tree, errors) = read(&text);
    assert_eq!(errors.len(), 55, "one of each attempt");
    assert_eq!(tree.roots.len(), 1);
}

#[test]
fn the_work_is_bounded() {
    assert_eq!((attempts(0), attempts(1 << 10), attempts(1 << 20), attempts(10 << 20), attempts(1 << 30)), (200, 200, 64, 6, 4));
}

#[test]
fn places_are_whole_characters() {
    // The first fault is found in the text, the second one in what is left of it.
    let text = "- aa\n{é---\n%}\u{feff}";
    let (_, errors) = read(text);
    assert!(errors.len() > 1);
    assert!(errors.iter().all(|error| text.get(error.range.start as usize..error.range.end as usize).is_some()), "{errors:?}");
}

/// Pieces that YAML is made of, so that what is put together of them is often nearly valid.
const PIECES: [&str; 40] = [
    "a", "b: ", "c:", "- ", "? ", ": ", "[", "]", "{", "}", ", ", "\"", "'", "\n", "\n  ", "\n    ", "\n", "\r\n", "\t", " ",
    "#", " # c", "&x ", "*x", "!t ", "!!int ", "|", ">", "|-\n  ", "---\n", "...\n", "%", "@", "\\", "1", "~", "<<: ", "é",
    "\u{feff}", "\u{85}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let (tree, _) = read(&text);
        check_spans(&tree, &text);
    }

    #[test]
    fn nearly_valid_texts_are_read(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let text = pieces.concat();
        let (tree, errors) = read(&text);
        check_spans(&tree, &text);
        for error in errors {
            prop_assert!(text.get(error.range.start as usize..error.range.end as usize).is_some(), "{text:?} {error:?}");
        }
        let file = SourceFile::new("a.yaml", text);
        let parsed = parse(&file, Format::Yaml);
        for document in parsed.tree.documents(FileId::new(0), &file).iter() {
            prop_assert!(walk(document).0 <= 130);
        }
    }
}
