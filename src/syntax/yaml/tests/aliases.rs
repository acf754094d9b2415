//! Aliases and merge keys: what they look like from outside, and the bounds of what they stand for.

use super::{check_spans, outline, recovered, says};
use crate::syntax::{Format, Kind, Limits, Node, Problem, parse};
use crate::text::{FileId, SourceFile};

/// Calls `look` with the first document of a valid text.
fn with_document<R>(text: &str, look: impl FnOnce(Node<'_>) -> R) -> R {
    let file = SourceFile::new("a.yaml", text);
    let parsed = parse(&file, Format::Yaml);
    assert_eq!(parsed.errors, [], "{text:?}");
    let documents = parsed.tree.documents(FileId::new(0), &file);
    let document = documents.first().unwrap();
    look(document)
}

/// The members of the object at `key`, as `key=value`.
fn members_of(text: &str, key: &str) -> Vec<String> {
    with_document(text, |document| {
        let object = document.get(key).unwrap();
        object.members().map(|member| format!("{}={}", member.key.text(), member.value.text())).collect()
    })
}

#[test]
fn an_alias_looks_like_what_it_stands_for() {
    with_document("a: &x {b: [1, 2]}\nc: *x\nd: &s text\ne: *s\n", |document| {
        let alias = document.get("c").unwrap();
        assert_eq!(alias.kind(), Kind::Object);
        assert_eq!(alias.span().range(), 21..23);
        assert_eq!(alias.get("b").unwrap().items().map(Node::text).collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(document.get("e").unwrap().as_str(), Some("text"));
        assert_eq!(document.get("e").unwrap().as_string().unwrap().span.range(), 30..34);
    });
}

#[test]
fn merged_members_come_last_and_own_ones_win() {
    let base = "base: &b {x: 1, y: 2}\n";
    assert_eq!(members_of(&format!("{base}o:\n  <<: *b\n  y: 3\n  z: 4\n"), "o"), ["y=3", "z=4", "x=1"]);
    assert_eq!(members_of(&format!("{base}o:\n  y: 3\n  <<: *b\n"), "o"), ["y=3", "x=1"]);
    assert_eq!(members_of("o: {<<: {x: 1}, y: 2}\n", "o"), ["y=2", "x=1"]);
    with_document(&format!("{base}o: {{<<: *b, y: 3}}\n"), |document| {
        let object = document.get("o").unwrap();
        assert_eq!(object.get("x").unwrap().text(), "1");
        assert_eq!(object.get("y").unwrap().text(), "3");
        assert!(object.get("<<").is_none());
    });
}

#[test]
fn of_a_list_of_merges_the_first_wins() {
    let bases = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\n";
    assert_eq!(members_of(&format!("{bases}o: {{<<: [*a, *b], w: 0}}\n"), "o"), ["w=0", "x=1", "y=1", "z=2"]);
    assert_eq!(members_of(&format!("{bases}o: {{<<: [*b, *a]}}\n"), "o"), ["y=2", "z=2", "x=1"]);
    assert_eq!(members_of(&format!("{bases}l: &l [*a, {{y: 3}}]\no: {{<<: *l}}\n"), "o"), ["x=1", "y=1"]);
}

#[test]
fn merges_nest() {
    let text = "a: &a {x: 1, y: 1}\nb: &b\n  <<: *a\n  y: 2\n  z: 2\no:\n  <<: *b\n  w: 3\n";
    assert_eq!(members_of(text, "o"), ["w=3", "y=2", "z=2", "x=1"]);
    with_document(text, |document| assert_eq!(document.get("o").unwrap().get("x").unwrap().text(), "1"));
}

#[test]
fn a_merge_key_needs_objects() {
    for value in ["1", "text", "~", "", "[1]", "[{a: 1}, 2]", "*s", "[*s]", "*l"] {
        let text = format!("s: &s x\nl: &l [1]\no:\n  <<: {value}\n");
        let (errors, _) = recovered(&text);
        assert_eq!(errors, [(4, Problem::BadMerge)], "{text:?}");
    }
    for value in ["{}", "*o", "[]", "[*o, {a: 1}]", "*l"] {
        says(&format!("o: &o {{}}\nl: &l [*o]\np:\n  <<: {value}\n"));
    }
    says("\"<<\": text\n");
    says("- <<\n- [<<, 1]\n");
    says("a: <<\nb: 1\n");
}

#[test]
fn the_error_of_a_merge_is_on_its_value() {
    let (_, errors) = super::read("a:\n  <<: [1, x]\n");
    assert_eq!((errors.len(), errors[0].range.clone()), (1, 9..15));
}

#[test]
fn unknown_and_recursive_aliases_are_invalid() {
    let cases = [
        ("a: *b\nb: &b 1\n", 1, Problem::UnknownAlias, r#"{"a": !, "b": 1}"#),
        ("- &a x\n- *b\n", 2, Problem::UnknownAlias, r#"["x", !]"#),
        ("*a : b\n", 1, Problem::UnknownAlias, r#"{!: "b"}"#),
        ("a: &a\n  b: *a\n", 2, Problem::RecursiveAlias, r#"{"a": {"b": !}}"#),
        ("&a [x, [*a]]\n", 1, Problem::RecursiveAlias, r#"["x", [!]]"#),
        ("a: &a {<<: *a}\n", 1, Problem::RecursiveAlias, r#"{"a": {"<<": !}}"#),
    ];
    for (text, line, problem, left) in cases {
        assert_eq!(recovered(text), (vec![(line, problem)], vec![left.to_owned()]), "{text:?}");
    }
    let (errors, _) = recovered("a: &a 1\n---\nb: *a\n");
    assert_eq!(errors, [(3, Problem::UnknownAlias)], "anchors end with their document");
    let (_, errors) = super::read("ab: *name\n");
    assert_eq!(errors[0].range, 4..9);
}

fn read_within(text: &str, limits: Limits) -> (Vec<Problem>, Vec<String>) {
    let (tree, errors) = crate::syntax::yaml::read(text, limits, crate::syntax::Tree::default());
    check_spans(&tree, text);
    (errors.into_iter().map(|error| error.problem).collect(), outline(&tree, text))
}

#[test]
fn aliases_may_stand_for_so_many_values_and_no_more() {
    let limits = |aliased| Limits { aliased, ..Limits::default() };
    // The list is 3 values; the list of two aliases of it is 7.
    let text = "- &a [1, 2]\n- &b [*a, *a]\n- *b\n";
    assert_eq!(read_within(text, limits(13)).0, []);
    let (problems, documents) = read_within(text, limits(12));
    assert_eq!(problems, [Problem::AliasesTooLarge]);
    assert_eq!(documents, ["[[1, 2], [*[1, 2], *[1, 2]], !]"]);
    assert_eq!(read_within(text, limits(5)), (vec![Problem::AliasesTooLarge], vec!["[[1, 2], [*[1, 2], !], !]".to_owned()]));
}

#[test]
fn aliases_count_into_the_depth() {
    let limits = |depth| Limits { depth, ..Limits::default() };
    let text = "- &a [[1]]\n- [*a]\n";
    assert_eq!(read_within(text, limits(4)).0, []);
    assert_eq!(read_within(text, limits(3)), (vec![Problem::TooDeep], vec!["[[[1]], [!]]".to_owned()]));
}
