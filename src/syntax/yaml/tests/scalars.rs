//! The kinds of scalars: the core schema of YAML 1.2, and tags.

use super::{outline, read, says};
use crate::syntax::{Kind, Problem};

fn kind_of(text: &str) -> Kind {
    let (tree, errors) = read(text);
    assert_eq!(errors, [], "{text:?}");
    assert_eq!(tree.entries.len(), 1, "{text:?}");
    tree.entries[0].kind
}

#[test]
fn plain_scalars_are_of_the_core_schema() {
    let cases: [(Kind, &[&str]); 4] = [
        (Kind::Null, &["null", "Null", "NULL", "~", "---"]),
        (Kind::Bool, &["true", "True", "TRUE", "false", "False", "FALSE"]),
        (
            Kind::Number,
            &[
                "0",
                "-0",
                "+1",
                "007",
                "12345678901234567890123",
                "0o17",
                "0x1F",
                "0xdeadBEEF",
                "1.",
                ".5",
                "-.5",
                "+12.5e-3",
                "1e3",
                "1E+9",
                "0.0",
                ".inf",
                "-.inf",
                "+.Inf",
                ".INF",
                ".nan",
                ".NaN",
                ".NAN",
            ],
        ),
        (
            Kind::String,
            &[
                "nUll",
                "none",
                "yes",
                "no",
                "on",
                "Off",
                "tRUE",
                "truely",
                "1_000",
                "0b1",
                "0o8",
                "0x",
                "0o",
                "-0x1",
                "1e",
                "1e+",
                ".",
                "+",
                "1.2.3",
                "12:30",
                "1,000",
                "..5",
                "-.nan",
                "inf",
                "nan",
                "1a",
                ".e1",
                "e1",
                "2001-01-01",
                "<<",
                "=",
                "\"1\"",
                "'~'",
                "'true'",
                "\"\"",
                "|\n 1",
            ],
        ),
    ];
    for (kind, texts) in cases {
        for text in texts {
            assert_eq!(kind_of(text), kind, "{text:?}");
        }
    }
}

#[test]
fn the_text_of_a_scalar_is_as_written() {
    for text in ["0x1F", "+12.50", "TRUE", "~", ".inf", "plain text"] {
        let (tree, _) = read(text);
        assert_eq!(tree.text(text, 0), text);
        assert!(!tree.entries[0].is_decoded, "{text:?} is borrowed");
    }
    for (text, says) in [("'a'", "a"), ("\"a b\"", "a b"), (">-\n  a b", "a b")] {
        let (tree, _) = read(text);
        assert_eq!((tree.text(text, 0), tree.entries[0].is_decoded), (says, false));
    }
    for (text, says) in [("'a''b'", "a'b"), ("\"a\\tb\"", "a\tb"), ("a\nb", "a b"), ("|\n  a\n  b", "a\nb\n")] {
        let (tree, _) = read(text);
        assert_eq!((tree.text(text, 0), tree.entries[0].is_decoded), (says, true));
    }
}

#[test]
fn tags_decide() {
    let cases = [
        ("!!str 1", r#""1""#),
        ("!!str true", r#""true""#),
        ("!!str", r#""""#),
        ("! 1", r#""1""#),
        ("!!int \"1\"", "1"),
        ("!!float 1", "1"),
        ("!!bool 'true'", "true"),
        ("!!null ''", "~"),
        ("!!null", "~"),
        ("!Ref 1", "1"),
        ("!Ref x", r#""x""#),
        ("!Ref '1'", r#""1""#),
        ("!!binary aGk=", r#""aGk=""#),
        ("!!timestamp 2001-01-01", r#""2001-01-01""#),
    ];
    for (text, outline) in cases {
        assert_eq!(says(text), [outline], "{text:?}");
    }
}

#[test]
fn a_value_that_is_not_of_its_tag_is_an_error() {
    for text in ["!!int a", "!!int 1.5", "!!float a", "!!bool 1", "!!null 0", "!!map a", "!!seq a"] {
        let (tree, errors) = read(text);
        assert_eq!(outline(&tree, text), ["!"], "{text:?}");
        assert!(matches!(&errors[..], [error] if matches!(error.problem, Problem::Yaml(_))), "{text:?} {errors:?}");
    }
}
