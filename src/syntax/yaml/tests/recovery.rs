//! Broken texts: what is wrong on which line, and what is left.

use super::{lines_of_errors, recovered};
use crate::syntax::Problem;

/// A text, its errors as `line: what`, and what is left of it.
type Case<'a> = (&'a str, &'a [&'a str], &'a [&'a str]);

#[track_caller]
fn check(cases: &[Case<'_>]) {
    for (text, expected, left) in cases {
        let (errors, documents) = recovered(text);
        let words = |problem: Problem| match problem {
            Problem::Yaml(words) => words,
            other => format!("{other:?}"),
        };
        let errors: Vec<String> = errors.into_iter().map(|(line, problem)| format!("{line}: {}", words(problem))).collect();
        assert_eq!(errors, *expected, "{text:?}");
        assert_eq!(documents, *left, "{text:?}");
    }
}

const NOT_PLAIN: &str = "a value cannot begin with '@' unless it is in quotes";
const COLON: &str = "a colon and a space inside a value that is not in quotes";

#[test]
fn values() {
    check(&[
        ("a: @foo\nb: 1\n", &[&format!("1: {NOT_PLAIN}")], &[r#"{"a": !, "b": 1}"#]),
        ("- @foo\n- 1\n", &[&format!("1: {NOT_PLAIN}")], &["[!, 1]"]),
        ("- - @x\n  - y\n- z\n", &[&format!("1: {NOT_PLAIN}")], &[r#"[[!, "y"], "z"]"#]),
        (
            "a:\n- b: @x\n  c: 1\n- @y\n",
            &[&format!("2: {NOT_PLAIN}"), &format!("4: {NOT_PLAIN}")],
            &[r#"{"a": [{"b": !, "c": 1}, !]}"#],
        ),
        ("a: b: c\nd: 1\n", &[&format!("1: {COLON}")], &[r#"{"a": !, "d": 1}"#]),
        ("a: b: c: d\ne: f: g\n", &[&format!("1: {COLON}"), &format!("2: {COLON}")], &[r#"{"a": !, "e": !}"#]),
        ("a: \"b\": c\nd: 1\n", &[&format!("1: {COLON}")], &[r#"{"a": !, "d": 1}"#]),
        ("a: 'it's'\nb: 1\n", &["1: text after the closing quote"], &[r#"{"a": !, "b": 1}"#]),
        ("a: \"\\q\"\nb: 1\n", &["1: BadEscape"], &[r#"{"a": !, "b": 1}"#]),
        (
            "a: *\nb: &\n",
            &["1: a '&' or '*' without a name after it", "2: a '&' or '*' without a name after it"],
            &[r#"{"a": !, "b": !}"#],
        ),
        ("a: &x &y 1\nb: 2\n", &["1: a second anchor on one value"], &[r#"{"a": !, "b": 2}"#]),
        ("a: - b\nc: 1\n", &["1: a list item on the line of its key"], &[r#"{"a": !, "c": 1}"#]),
        ("a: %b\nc: 1\n", &["1: a value cannot begin with '%' unless it is in quotes"], &[r#"{"a": !, "c": 1}"#]),
        ("a: {{ x }}/y\nb: 1\n", &["1: text after the end of the value"], &[r#"{"a": !, "b": 1}"#]),
    ]);
}

#[test]
fn quotes() {
    check(&[
        ("a: \"x\nb: 1\nc: \"y\"\n", &["1: UnclosedString"], &[r#"{"a": !, "b": 1, "c": "y"}"#]),
        ("a: 'x\nb: it's\n", &["1: UnclosedString"], &[r#"{"a": !, "b": "it's"}"#]),
        ("- \"x\n- y\n", &["1: UnclosedString"], &[r#"[!, "y"]"#]),
        ("a: \"x\n  more: \"y\"\nb: 1\n", &["1: UnclosedString"], &[r#"{"a": !, "b": 1}"#]),
        ("\"a: 1\nb: 2\n", &["1: UnclosedString"], &[r#"{"b": 2}"#]),
        ("a:\n  \"b: 1\n  c: 2\nd: 3\n", &["2: UnclosedString"], &[r#"{"a": {"c": 2}, "d": 3}"#]),
        ("a: \"x\n---\nb: 1\n", &["1: UnclosedString"], &[r#"{"a": !}"#, r#"{"b": 1}"#]),
        ("a: [x, \"y\nb: 1\n", &["1: UnclosedString"], &[r#"{"a": !, "b": 1}"#]),
        ("- [\"a\", \"b\n- c\n", &["1: UnclosedString"], &[r#"[!, "c"]"#]),
        ("{\"a\": \"x,\n \"b\": \"y\", \"c\": [1]}\n", &["1: UnclosedString"], &[r#"{"a": !, "b": "y", "c": [1]}"#]),
        // Many readers take this, so nothing of it is lost.
        ("a: \"x\ny\"\nb: 1\n", &["2: LooseIndentation"], &[r#"{"a": "x y", "b": 1}"#]),
        (
            "a: \"x\ny\"\nb: @at\n",
            &["1: a line of a string that is not indented more than its key", &format!("3: {NOT_PLAIN}")],
            &[r#"{"a": !, "b": !}"#],
        ),
    ]);
}

#[test]
fn brackets() {
    check(&[
        (
            "a: [1, 2\nb: 1\nc: ]\nd: {x: 1\n",
            &["1: Unclosed", "3: UnexpectedClose", "4: Unclosed"],
            &[r#"{"a": !, "b": 1, "c": !, "d": !}"#],
        ),
        ("a: [1,\n  2\nb: 1\n", &["1: Unclosed"], &[r#"{"a": !, "b": 1}"#]),
        ("a: [1, 2}\nb: 1\n", &["1: MismatchedClose"], &[r#"{"a": !, "b": 1}"#]),
        ("a: {b: [1, 2}, c: 3}\nd: 1\n", &["1: MismatchedClose"], &[r#"{"a": {"b": !, "c": 3}, "d": 1}"#]),
        ("a: {\n  x: 1,\n  y: [1, 2,\n  z: 2 }\nb: 1\n", &["3: Unclosed"], &[r#"{"a": {"x": 1, "y": !, "z": 2}, "b": 1}"#]),
        ("{\n a: 1\n", &["1: Unclosed"], &["!"]),
        (
            "a: {x: @y, z: 1}\nb: [@y, 1]\n",
            &[&format!("1: {NOT_PLAIN}"), &format!("2: {NOT_PLAIN}")],
            &[r#"{"a": {"x": !, "z": 1}, "b": [!, 1]}"#],
        ),
        ("[\n  @x,\n  y: @z\n]\n", &[&format!("2: {NOT_PLAIN}"), &format!("3: {NOT_PLAIN}")], &[r#"[!, {"y": !}]"#]),
        ("a: [1,, 2]\nb: 1\n", &["1: no value between two commas"], &[r#"{"a": !, "b": 1}"#]),
        ("a: {b: 1 c: 2}\nd: 1\n", &["1: MissingComma"], &[r#"{"a": {"b": !}, "d": 1}"#]),
        ("a:\n  b: [\n    1, # one\n    2\n  ]\nc: {\n}\n", &["5: LooseIndentation"], &[r#"{"a": {"b": [1, 2]}, "c": {}}"#]),
        ("a: [\n1,\n2\n]\nb: 1\n", &["2: LooseIndentation"], &[r#"{"a": [1, 2], "b": 1}"#]),
        (
            "a: [\n1\n]\nb: {\n}\nc: @at\n",
            &["2: LooseIndentation", "5: LooseIndentation", &format!("6: {NOT_PLAIN}")],
            &[r#"{"a": [1], "b": {}, "c": !}"#],
        ),
        ("a: {b: 1}}\nc: 1\n", &["1: UnexpectedClose"], &[r#"{"a": !, "c": 1}"#]),
    ]);
}

#[test]
fn lines() {
    let misaligned = "indented unlike the lines that it belongs to";
    let no_key = "a key where none can stand: indented unlike the keys around it";
    let tab = "a tab where only spaces may indent";
    check(&[
        ("a: 1\n b: 2\nc: 3\n", &[&format!("2: {no_key}")], &[r#"{"a": 1, "c": 3}"#]),
        ("a:\n  b: 1\n    c:\n      d: 1\n  e: 2\n", &[&format!("3: {no_key}")], &[r#"{"a": {"b": 1, "e": 2}}"#]),
        ("a:\n  b: 1\n c: 2\n  e: 5\nd: 3\n", &[&format!("3: {misaligned}")], &[r#"{"a": {"b": 1, "e": 5}, "d": 3}"#]),
        ("a:\n   b: 1\n  c: 2\n  d: 3\ne: 4\n", &[&format!("2: {misaligned}")], &[r#"{"a": {"c": 2, "d": 3}, "e": 4}"#]),
        ("- a: 1\n - b: 2\n- c: 1\n", &[&format!("2: {misaligned}")], &[r#"[{"a": 1}, {"c": 1}]"#]),
        ("a:\n\tb: 1\nc: 2\n", &[&format!("2: {tab}")], &[r#"{"a": !, "c": 2}"#]),
        ("a: 1\n\tb: 2\nc: 3\n", &[&format!("2: {tab}")], &[r#"{"a": 1, "c": 3}"#]),
        ("a: |\n\tb\nc: 1\n", &[&format!("2: {tab}")], &[r#"{"a": !, "c": 1}"#]),
        (
            "a: |\n    \n  b\nc: 1\n",
            &["3: a blank line before the text that is indented more than the text"],
            &[r#"{"a": !, "c": 1}"#],
        ),
        ("a: >\n  b\n c\nd: 1\n", &[&format!("3: {misaligned}")], &[r#"{"a": "b\n", "d": 1}"#]),
        ("a: |x\n  b\nc: 1\n", &["1: text after '|' or '>', where only a line break may come"], &[r#"{"a": !, "c": 1}"#]),
        ("a: 1\n%b: 2\nc: 3\n", &["2: a line that begins with '%'"], &[r#"{"a": 1, "c": 3}"#]),
        ("%a: 1\nb: 2\n", &["1: a line that begins with '%'"], &[r#"{"b": 2}"#]),
        ("a: 1\nwords\nb: 2\n", &["2: MissingColon"], &[r#"{"a": 1, "b": 2}"#]),
        ("a:\n  b:1\n  c: 2\nd: 3\n", &["2: MissingColon"], &[r#"{"a": {"c": 2}, "d": 3}"#]),
        ("a: 1\n- b\nc: 2\n", &["2: a list item where a key is expected"], &[r#"{"a": 1, "c": 2}"#]),
        ("- a\nb: c\n- d\n", &["2: no dash where a list item is expected"], &[r#"["a", "d"]"#]),
        ("a: 1\n... b\nc: 2\n", &["2: text after the end of the document"], &[r#"{"a": 1, "c": 2}"#]),
    ]);
}

#[test]
fn aliases_of_what_is_broken_are_not_reported() {
    check(&[
        ("a: &x @foo\nb: *x\nc: *y\n", &[&format!("1: {NOT_PLAIN}"), "3: UnknownAlias"], &[r#"{"a": !, "b": !, "c": !}"#]),
        ("a: &x\n  b: @c\nd: *x\n", &[&format!("2: {NOT_PLAIN}")], &[r#"{"a": {"b": !}, "d": *{"b": !}}"#]),
        ("a:\n  <<: @b\n  c: 1\n", &[&format!("2: {NOT_PLAIN}")], &[r#"{"a": {"<<": !, "c": 1}}"#]),
    ]);
}

#[test]
fn a_null_beside_a_broken_line_stays_a_null() {
    let (_, documents) = recovered("a:\nb@ c\nd: ~\n");
    assert_eq!(documents, [r#"{"a": ~, "d": ~}"#]);
}

#[test]
fn documents_are_read_each_for_itself() {
    let text = "a: @x\n---\nb: 1\n---\nc: \"x\n---\n- ]\n";
    assert_eq!(lines_of_errors(text), [1, 5, 7]);
    assert_eq!(recovered(text).1, [r#"{"a": !}"#, r#"{"b": 1}"#, r#"{"c": !}"#, "[!]"]);
}

#[test]
fn line_breaks_of_all_kinds() {
    for line_break in ["\n", "\r\n"] {
        let text = ["a: 1", "b: @x", "c:", "  d: \"y", "  e: [1", "f: 2", ""].join(line_break);
        assert_eq!(lines_of_errors(&text), [2, 4, 5], "{text:?}");
        assert_eq!(recovered(&text).1, [r#"{"a": 1, "b": !, "c": {"d": !, "e": !}, "f": 2}"#], "{text:?}");
    }
}

#[test]
fn openers_and_ranges_are_told() {
    let (_, errors) = super::read("a: [1}\nb: @foo # c\nc: \"x\n");
    let ranges: Vec<_> = errors.iter().map(|error| (error.range.clone(), error.opener.clone())).collect();
    assert_eq!(ranges, [(5..6, Some(3..4)), (10..14, None), (22..24, None)]);
}
