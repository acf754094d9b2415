//! Baselines: what is known stays known when its text moves, and what is new is reported.

use std::fs;
use std::path::Path;

use crate::support::{mixlint, project, stderr, stdout};

const BUCKET: &str =
    "bucket_name: articles\nbucket_schema:\n  properties:\n    title: { type: text }\n    page: { type: image }\n";

const COLLECTION: &str = "collection_name: abc
source: { type: bucket, bucket_ids: [articles] }
feature_extractor:
  feature_extractor_name: multimodal_extractor
  version: v1
  input_mappings: { text: titel, image: page }
  field_passthrough:
    - { source_path: authr }
    - { source_path: summry, target_path: summary }
";

fn check(folder: &Path) -> String {
    let output = mixlint(folder, &["check", "--format", "concise", "--baseline", "known.json"]);
    stdout(&output)
}

/// A project whose findings are all in its baseline.
fn known(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = project(files);
    let written = mixlint(folder.path(), &["baseline", "write", "--baseline", "known.json"]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    assert_eq!(check(folder.path()), "", "what was just written is known");
    folder
}

fn replace(folder: &Path, old: &str, new: &str, text: &str) {
    fs::remove_file(folder.join(old)).expect("the old file");
    fs::create_dir_all(folder.join(new).parent().expect("a folder")).expect("a folder");
    fs::write(folder.join(new), text).expect("the new file");
}

#[test]
fn nothing_reappears_when_the_text_moves() {
    let reordered = "field_x: 1\n".replace("field_x: 1\n", "")
        + "feature_extractor:
  field_passthrough:
    - { target_path: summary, source_path: summry }
    - { source_path: authr }
  input_mappings: { image: page, text: titel }
  version: v1
  feature_extractor_name: multimodal_extractor
source: { bucket_ids: [articles], type: bucket }
collection_name: abc
";
    let reformatted = COLLECTION
        .replace("{ text: titel, image: page }", "\n    text: titel\n    image:   page   # the scan")
        .replace("collection_name: abc", "\n# a collection\ncollection_name: 'abc'");
    let json = r#"{"collection_name": "abc", "source": {"type": "bucket", "bucket_ids": ["articles"]},
  "feature_extractor": {"feature_extractor_name": "multimodal_extractor", "version": "v1",
    "input_mappings": {"text": "titel", "image": "page"},
    "field_passthrough": [{"source_path": "authr"}, {"source_path": "summry", "target_path": "summary"}]}}"#;
    for (what, new, text) in [
        ("reordered keys", "c.yaml", reordered.as_str()),
        ("reformatted", "c.yaml", &reformatted),
        ("a renamed file", "deeper/other.yaml", COLLECTION),
        ("YAML converted to JSON", "c.json", json),
        ("moved to another file", "c.yaml", "# nothing is left\n"),
    ] {
        let folder = known(&[("b.yaml", BUCKET), ("c.yaml", COLLECTION)]);
        let before = stdout(&mixlint(folder.path(), &["check", "--format", "concise"]));
        assert_eq!(before.lines().count(), 3, "{before}");
        replace(folder.path(), "c.yaml", new, text);
        if what == "moved to another file" {
            fs::write(folder.path().join("b.yaml"), format!("{BUCKET}---\n{COLLECTION}")).expect("the other file");
        }
        let without = stdout(&mixlint(folder.path(), &["check", "--format", "concise"]));
        assert_eq!(without.lines().count(), 3, "{what}: {without}");
        assert_eq!(check(folder.path()), "", "{what}");
    }
}

#[test]
fn a_new_finding_of_the_same_rule_in_the_same_definition_is_reported() {
    for (old, new, expected) in [
        ("image: page", "image: pge", "unknown-source-field] The source field 'pge'"),
        ("text: titel", "text: tittel", "unknown-source-field] The source field 'tittel'"),
        ("{ source_path: authr }", "{ source_path: authr }\n    - { source_path: editr }", "unknown-passthrough-field]"),
    ] {
        let folder = known(&[("b.yaml", BUCKET), ("c.yaml", COLLECTION)]);
        fs::write(folder.path().join("c.yaml"), COLLECTION.replace(old, new)).expect("the new text");
        let found = check(folder.path());
        assert!(found.lines().count() == 1 && found.contains(expected), "{new}: {found}");
    }
}

#[test]
fn of_several_alike_as_many_are_known_as_there_were() {
    let object = |names: &[&str]| {
        let lines: Vec<String> = names.iter().map(|name| format!("    {name}: {{ type: txt }}\n")).collect();
        format!("bucket_name: cards\nbucket_schema:\n  properties:\n{}", lines.concat())
    };
    let folder = known(&[("b.yaml", &object(&["front"]))]);
    fs::write(folder.path().join("b.yaml"), object(&["front", "back"])).expect("the new text");
    let found = check(folder.path());
    assert!(found.lines().count() == 1 && found.starts_with("b.yaml:5:"), "{found}");
}

#[test]
fn what_is_mended_is_dropped_and_nothing_is_added() {
    let folder = known(&[("b.yaml", BUCKET), ("c.yaml", COLLECTION)]);
    let mended = COLLECTION.replace("titel", "title").replace("authr", "authors");
    fs::write(folder.path().join("c.yaml"), mended).expect("the new text");
    let run = |action: &str| mixlint(folder.path(), &["baseline", action, "--baseline", "known.json"]);
    let checked = run("check");
    assert_eq!(stdout(&checked), "known.json: 1 finding known, 2 mended, 1 new\n");
    assert_eq!(checked.status.code(), Some(1), "it is to be updated");
    assert_eq!(run("update").status.code(), Some(0));
    let checked = run("check");
    assert_eq!((stdout(&checked).as_str(), checked.status.code()), ("known.json: 1 finding known, 0 mended, 1 new\n", Some(0)));
    let found = check(folder.path());
    assert!(found.lines().count() == 1 && found.contains("authors"), "{found}");
}

#[test]
fn the_configuration_and_the_environment_may_name_it() {
    let folder = known(&[("b.yaml", BUCKET), ("c.yaml", COLLECTION)]);
    fs::create_dir(folder.path().join("below")).expect("a folder");
    fs::write(folder.path().join("mixlint.yaml"), "baseline: known.json\n").expect("the configuration");
    let output = mixlint(&folder.path().join("below"), &["check", "--format", "concise", ".."]);
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("", Some(0)));
    assert!(stderr(&output).contains("3 findings in the baseline, not reported"), "{}", stderr(&output));
}

#[test]
fn a_baseline_that_cannot_be_read_is_exit_2() {
    for text in ["", "[]", "{ \"version\": 7, \"findings\": [] }", "{ \"version\": 1 }", "{ \"version\": 1, \"finding\": [] }"] {
        let folder = project(&[("b.yaml", BUCKET), ("known.json", text)]);
        let output = mixlint(folder.path(), &["check", "--baseline", "known.json"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(stderr(&output).starts_with("mixlint: the baseline known.json "), "{}", stderr(&output));
    }
    let folder = project(&[("b.yaml", BUCKET)]);
    let output = mixlint(folder.path(), &["check", "--baseline", "away.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("the baseline away.json cannot be read: no such file"), "{}", stderr(&output));
}
