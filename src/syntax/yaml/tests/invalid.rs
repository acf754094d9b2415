//! YAML that is not valid, after the kinds of cases that the YAML test suite has.

use super::recovered;

const INVALID: &[&str] = &[
    // Brackets.
    "[a, b",
    "{a: b",
    "[a, b}",
    "{a: b]",
    "a: b]: c\n",
    "]",
    "[a]]",
    "[, a]",
    "[a,, b]",
    "{a: 1 b: 2}",
    "[a, b] c\n",
    "{a: b}: c: d\n",
    "a: [\nb\n]\n",
    "[a,#b\nc]\n",
    "[- a]\n",
    "[-]\n",
    "{ \"a\" \"b\" }",
    // Quotes.
    "\"a",
    "'a",
    "a: \"b\nc: d\n",
    "a: 'b\n---\nc'\n",
    "\"a\" b",
    "a: 'b' c\n",
    "\"\\q\"",
    "\"\\x4\"",
    "\"\\ud83d\"",
    "a: \"b\nc\"\n",
    "\"a\nb\": c\n",
    // Indentation.
    "a: 1\n b: 2\n",
    "a:\n  b: 1\n c: 2\n",
    "a:\n\tb: 1\n",
    "- a\n - b: c\n",
    "-\t- a\n",
    "a: |\n\tb\n",
    "a: |\n   \n  b\n",
    "a:\n  - b\n c: d\n",
    // Keys and values.
    "a: b: c\n",
    "a: - b\n",
    "a\nb: c\n",
    "a: b\nc\n",
    "- a\nb: c\n",
    "a: b\n- c\n",
    "? a\nb\n: c: d\n",
    "a: 'b': c\n",
    "a: >x\n  b\n",
    "a: |0\n  b\n",
    "a: | b\n  c\n",
    // Signs that begin no value.
    "@a",
    "a: `b`\n",
    "a: %b\n",
    "a: &\n",
    "a: *\n",
    "a: &x &y b\n",
    "&x *x\n",
    "a: &x - b\n",
    "*x",
    "a: *b\n",
    "a: &a [*a]\n",
    // Tags, directives and documents.
    "a: !<b c\n",
    "a: !x!y b\n",
    "a: !!int b\n",
    "%YAML 1.2\na: b\n",
    "%YAML 1.2\n%YAML 1.2\n---\n",
    "%YAML 1.2 x\n---\n",
    "a: b\n%YAML 1.2\n---\nc\n",
    "--- a: b\n",
    "a: b\n... c\n",
    "a: b#c\nd: \"e\"# f\n",
    "a: b # c\n  d\n",
    "a: \u{1}\n",
];

#[test]
fn what_is_not_valid_gives_an_error() {
    assert!(INVALID.len() >= 40);
    for text in INVALID {
        let (errors, _) = recovered(text);
        assert!(!errors.is_empty(), "{text:?}");
    }
}

#[test]
fn nothing_is_said_of_the_broken_part_but_that_it_is_there() {
    for text in ["a: @b\n", "a: \"b\n", "a: [b\n", "a: b: c\n", "a: *b\n", "a: !!int b\n", "a: |x\n b\n", "a:\n\tb: 1\n"] {
        assert_eq!(recovered(text).1, [r#"{"a": !}"#], "{text:?}");
    }
}
