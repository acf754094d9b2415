//! Valid YAML, after the kinds of cases that the YAML test suite has, and what the tree says of each.

use super::says;

#[track_caller]
fn check(cases: &[(&str, &[&str])]) {
    for (text, documents) in cases {
        assert_eq!(says(text), *documents, "{text:?}");
    }
}

#[test]
fn block_lists_and_maps() {
    check(&[
        ("- one\n- two\n", &[r#"["one", "two"]"#]),
        ("- - a\n  - b\n- c\n", &[r#"[["a", "b"], "c"]"#]),
        ("- - - deep\n", &[r#"[[["deep"]]]"#]),
        ("-\n  - a\n-\n  k: v\n", &[r#"[["a"], {"k": "v"}]"#]),
        ("one: 1\ntwo:\n  three: 3\n", &[r#"{"one": 1, "two": {"three": 3}}"#]),
        ("list:\n- a\n- b\nnext: c\n", &[r#"{"list": ["a", "b"], "next": "c"}"#]),
        ("list:\n- - a\n  - b\n- c: d\n  e: f\n", &[r#"{"list": [["a", "b"], {"c": "d", "e": "f"}]}"#]),
        ("- a: 1\n  b: 2\n-   c: 3\n    d: 4\n", &[r#"[{"a": 1, "b": 2}, {"c": 3, "d": 4}]"#]),
        ("a:\n        deep: 1\n        more: 2\nb:\n x: 3\n", &[r#"{"a": {"deep": 1, "more": 2}, "b": {"x": 3}}"#]),
        ("a: 1\n\n\n# note\n\nb: 2\n", &[r#"{"a": 1, "b": 2}"#]),
        ("a: # why\n  - x # because\n", &[r#"{"a": ["x"]}"#]),
        ("a:\tb\nc:\t\td\n", &[r#"{"a": "b", "c": "d"}"#]),
        ("? key\n: value\n? other\n: more\n", &[r#"{"key": "value", "other": "more"}"#]),
        ("? - a\n  - b\n: - c\n", &[r#"{["a", "b"]: ["c"]}"#]),
        ("? [x, y]\n: {z: 1}\n", &[r#"{["x", "y"]: {"z": 1}}"#]),
        ("? |\n  long\n  key\n: v\n", &[r#"{"long\nkey\n": "v"}"#]),
        ("? a\n? b\n", &[r#"{"a": ~, "b": ~}"#]),
        ("[a, b]: c\n", &[r#"{["a", "b"]: "c"}"#]),
        ("{a: b}: c\n", &[r#"{{"a": "b"}: "c"}"#]),
        ("a: 1\na: 2\n", &[r#"{"a": 1, "a": 2}"#]),
        ("a:\n  -\n  - x\n", &[r#"{"a": [~, "x"]}"#]),
    ]);
}

#[test]
fn flow_lists_and_maps() {
    check(&[
        ("[]\n", &["[]"]),
        ("{}", &["{}"]),
        ("[a, b, ]", &[r#"["a", "b"]"#]),
        ("{a: 1, b: 2, }", &[r#"{"a": 1, "b": 2}"#]),
        ("[[], {}, [[a]]]", &[r#"[[], {}, [["a"]]]"#]),
        ("{a, b: , c: 1}", &[r#"{"a": ~, "b": ~, "c": 1}"#]),
        ("[a: b, c]", &[r#"[{"a": "b"}, "c"]"#]),
        ("[? a : b]", &[r#"[{"a": "b"}]"#]),
        (r#"{"a":1,"b":[true,null]}"#, &[r#"{"a": 1, "b": [true, ~]}"#]),
        ("{url: http://x.y/z?a=b, t: 12:30}", &[r#"{"url": "http://x.y/z?a=b", "t": "12:30"}"#]),
        ("[a b, c\n d]", &[r#"["a b", "c d"]"#]),
        ("a: [\n  1, # one\n  2\n  ]\n", &[r#"{"a": [1, 2]}"#]),
        ("{a: {{b: c}: d}}", &[r#"{"a": {{"b": "c"}: "d"}}"#]),
        ("t: {{ name }}\n", &[r#"{"t": {{"name": ~}: ~}}"#]),
        ("{\n\"a\"\n:\n1\n}", &[r#"{"a": 1}"#]),
        ("[-1, -.5]\n", &["[-1, -.5]"]),
        ("[a-b, -c, ::d]", &[r#"["a-b", "-c", "::d"]"#]),
    ]);
}

#[test]
fn plain_and_quoted_strings() {
    check(&[
        ("a b  c", &[r#""a b  c""#]),
        ("one\ntwo\n\nthree", &[r#""one two\nthree""#]),
        ("k: one\n  two\n   three\n", &[r#"{"k": "one two three"}"#]),
        ("k: a#b c:d\n", &[r#"{"k": "a#b c:d"}"#]),
        ("k: -x\nl: ?y\nm: :z\n", &[r#"{"k": "-x", "l": "?y", "m": ":z"}"#]),
        ("k: a, b [c] {d}\n", &[r#"{"k": "a, b [c] {d}"}"#]),
        ("'it''s'", &[r#""it's""#]),
        ("'a\n b\n\n c'", &[r#""a b\nc""#]),
        ("''", &[r#""""#]),
        (r#""tab\t \u00e9 \x41 \U0001F600 \/ \"""#, &["\"tab\\t é A 😀 / \\\"\""]),
        (r#""\ud83d\ude00""#, &["\"😀\""]),
        ("\"a\\\n   b\"", &[r#""ab""#]),
        ("\"a\n\n b\"", &[r#""a\nb""#]),
        ("\"a # b\" # c\n", &[r#""a # b""#]),
        ("\"key\": 'v'\n'other' : w\n", &[r#"{"key": "v", "other": "w"}"#]),
        ("12 monkeys: true story\n", &[r#"{"12 monkeys": "true story"}"#]),
        ("é: ü\n", &[r#"{"é": "ü"}"#]),
        ("50%: a@b\n", &[r#"{"50%": "a@b"}"#]),
    ]);
}

#[test]
fn block_strings() {
    check(&[
        ("|\n a\n b\n", &[r#""a\nb\n""#]),
        ("k: |\n  a\n   b\n\n  c\nn: 1\n", &[r#"{"k": "a\n b\n\nc\n", "n": 1}"#]),
        ("k: |-\n  a\n\n", &[r#"{"k": "a"}"#]),
        ("k: |+\n  a\n\nn: 1\n", &[r#"{"k": "a\n\n", "n": 1}"#]),
        ("k: |2\n   a\n  b\n", &[r#"{"k": " a\nb\n"}"#]),
        ("k: >\n  a\n  b\n\n  c\n", &[r#"{"k": "a b\nc\n"}"#]),
        ("k: >-\n  a\n    b\n  c\n", &[r#"{"k": "a\n  b\nc"}"#]),
        ("k: |\nn: 1\n", &[r#"{"k": "", "n": 1}"#]),
        ("k: |", &[r#"{"k": ""}"#]),
        ("k: | # note\n  # not a note\n", &[r##"{"k": "# not a note\n"}"##]),
        ("- |\n  a: b\n- >\n  - c\n", &[r#"["a: b\n", "- c\n"]"#]),
        ("k: |\n  a", &[r#"{"k": "a\n"}"#]),
        ("k: |\n\n  a\n", &[r#"{"k": "\na\n"}"#]),
        ("k: |\n  \"a\n  [b\n  @c\nn: 1\n", &[r#"{"k": "\"a\n[b\n@c\n", "n": 1}"#]),
    ]);
}

#[test]
fn documents() {
    check(&[
        ("", &[]),
        ("\n\n  \n", &[]),
        ("# nothing\n", &[]),
        ("\u{feff}", &[]),
        ("\u{feff}a: 1\n", &[r#"{"a": 1}"#]),
        ("---\n", &["~"]),
        ("---\n---\na: 1\n", &["~", r#"{"a": 1}"#]),
        ("--- a\n--- b\n...\n", &[r#""a""#, r#""b""#]),
        ("a: 1\n...\n# end\n", &[r#"{"a": 1}"#]),
        ("a: 1\n...\n---\nb: 2\n", &[r#"{"a": 1}"#, r#"{"b": 2}"#]),
        ("%YAML 1.2\n---\na\n", &[r#""a""#]),
        ("%TAG !e! tag:e,2000:\n---\n!e!x a\n", &[r#""a""#]),
        ("--- |\n a\n--- >\n b\n", &[r#""a\n""#, r#""b\n""#]),
        ("--- # c\n- a\n", &[r#"["a"]"#]),
        ("---word\n", &[r#""---word""#]),
        ("a: 1\r\nb:\r\n  - x\r\n  - |\r\n    t\r\n", &[r#"{"a": 1, "b": ["x", "t\n"]}"#]),
        ("a: 1\r\n\r\n# c\r\nb: 'x\r\n  y'\r\n", &[r#"{"a": 1, "b": "x y"}"#]),
        ("a: 1\rb: 2\r", &[r#"{"a": 1, "b": 2}"#]),
    ]);
}

#[test]
fn anchors_and_tags() {
    check(&[
        ("a: &x 1\nb: *x\n", &[r#"{"a": 1, "b": *1}"#]),
        ("- &x [a]\n- *x\n", &[r#"[["a"], *["a"]]"#]),
        ("&x a: 1\nb: *x\n", &[r#"{"a": 1, "b": *"a"}"#]),
        ("- &x a\n- &x b\n- *x\n", &[r#"["a", "b", *"b"]"#]),
        ("&a k: &b\n  l: *a\n", &[r#"{"k": {"l": *"k"}}"#]),
        ("- &k k\n- {*k : v}\n", &[r#"["k", {*"k": "v"}]"#]),
        ("&o\na: b\n", &[r#"{"a": "b"}"#]),
        ("a: &x\nb: *x\n", &[r#"{"a": ~, "b": *~}"#]),
        ("a: !Ref name\nb: !Sub {x: 1}\nc: !Join\n- y\n", &[r#"{"a": "name", "b": {"x": 1}, "c": ["y"]}"#]),
        ("a: &x !!str 1\nb: !!str &y 2\n", &[r#"{"a": "1", "b": "2"}"#]),
        ("!!map\na: !!seq\n- b\n", &[r#"{"a": ["b"]}"#]),
        ("!<tag:yaml.org,2002:str> 1", &[r#""1""#]),
        ("a: &anchor-with.signs/1 x\nb: *anchor-with.signs/1\n", &[r#"{"a": "x", "b": *"x"}"#]),
    ]);
}

#[test]
fn empty_keys_and_values() {
    check(&[
        ("a:\nb:\n", &[r#"{"a": ~, "b": ~}"#]),
        (": v\n", &[r#"{~: "v"}"#]),
        ("{: v}", &[r#"{~: "v"}"#]),
        ("-\n- # c\n-\n", &["[~, ~, ~]"]),
        ("? \n: \n", &["{~: ~}"]),
    ]);
}
