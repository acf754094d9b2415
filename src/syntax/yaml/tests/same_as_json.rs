//! A document written as JSON and as YAML gives the same tree.

use super::{injection::DEFINITION, outline};
use crate::syntax::{Format, parse};
use crate::text::SourceFile;

/// What the documents of a valid text are.
fn documents(text: &str, format: Format) -> Vec<String> {
    let parsed = parse(&SourceFile::new("a", text), format);
    assert_eq!(parsed.errors, [], "{text:?}");
    outline(&parsed.tree, text)
}

#[test]
fn json_is_yaml() {
    let texts = [
        r#"{"a": 1, "b": [true, false, null], "c": {"d": "e"}}"#,
        r#"[0, -1, 1.5, 1e3, -2.5E-3, "", "x y", "é😀"]"#,
        r#"{"escapes": "\"\\\/\b\f\n\r\t\u0041\ud83d\ude00"}"#,
        "{\n  \"a\" : [\n    {\"b\": \"c\"} ,\n    []\n  ],\n  \"1\": {}\n}\n",
        r#""alone""#,
        "{\"a\":{\"b\":[[1],[2,[3]]]},\"a\":\"# not a comment\"}",
    ];
    for text in texts {
        assert_eq!(documents(text, Format::Json), documents(text, Format::Yaml), "{text:?}");
    }
}

#[test]
fn a_definition_in_both_ways() {
    let json = r#"{
        "bucket": {
            "name": "media", "fields": {"title": {"type": "text", "required": true}, "clip": {"type": "video", "max": 90.5}},
            "tags": ["a", "b c", "null", "1"], "empty": {}, "none": [], "nothing": null,
            "text": "one\ntwo\n", "folded": "one two", "quoted": "it's \"so\""
        },
        "version": 3
    }"#;
    let yaml = "bucket:
  name: media
  fields:
    title: {type: text, required: true}
    clip:
      type: video
      max: 90.5
  tags:
  - a
  - b c
  - 'null'
  - \"1\"
  empty: {}
  none: []
  nothing: null
  text: |
    one
    two
  folded: >-
    one
    two
  quoted: it's \"so\"
version: 3
";
    assert_eq!(documents(json, Format::Json), documents(yaml, Format::Yaml));
    assert_ne!(documents(json, Format::Json), documents(DEFINITION, Format::Yaml));
}
