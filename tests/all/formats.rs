//! What holds for every format: places, order, the same bytes each time; and how the drawing looks.

use serde_json::Value;

use crate::support::{mixlint, project, root, stdout};

const BUCKET: &str = "bucket_name: articles\nbucket_schema:\n  properties:\n    title: { type: text }\n";

/// An emoji and an accent stand on the line before the finding.
const COLLECTION: &str = "collection_name: abc\nsource: { type: bucket, bucket_ids: [articles] }\nfeature_extractor:\n  \
    feature_extractor_name: passthrough_extractor\n  version: v1\n  input_mappings: { \"😀é\": title, text: titel }\n  \
    include_all_source_fields: true\n";

fn report(files: &[(&str, &str)]) -> Value {
    let folder = project(files);
    let output = mixlint(folder.path(), &["check", "--format", "json"]);
    serde_json::from_str(&stdout(&output)).expect("a document")
}

#[test]
fn columns_count_characters_in_every_format() {
    let files = [("b.yaml", BUCKET), ("c.yaml", COLLECTION)];
    let line = COLLECTION.lines().nth(5).expect("the line");
    let column = line
        .chars()
        .collect::<Vec<_>>()
        .windows(5)
        .position(|letters| letters.iter().collect::<String>() == "titel")
        .expect("there")
        + 1;
    let offset = COLLECTION.find("titel").expect("there");

    let report = report(&files);
    let finding = &report["diagnostics"][0];
    assert_eq!(finding["start"], serde_json::json!({ "line": 6, "column": column, "offset": offset }));
    assert_eq!(finding["end"], serde_json::json!({ "line": 6, "column": column + 5, "offset": offset + 5 }));

    let folder = project(&files);
    let place = format!("c.yaml:6:{column}");
    let concise = stdout(&mixlint(folder.path(), &["check", "--format", "concise"]));
    assert!(concise.starts_with(&format!("{place}: error[unknown-source-field]")), "{concise}");
    let pretty = stdout(&mixlint(folder.path(), &["check", "--format", "pretty"]));
    assert!(pretty.contains(&format!("[{place}]")), "{pretty}");
}

#[test]
fn the_report_has_the_shape_it_promises() {
    let report = report(&[("b.yaml", BUCKET), ("c.yaml", COLLECTION)]);
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&report), ["diagnostics", "summary", "tool", "version"]);
    assert_eq!(report["version"], 1);
    assert_eq!(report["tool"]["name"], "mixlint");
    assert_eq!(report["tool"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(report["summary"], serde_json::json!({ "error": 1, "warning": 0, "info": 0, "files": 2, "definitions": 2 }));
    let finding = &report["diagnostics"][0];
    let expected = ["definition", "end", "fixes", "help", "message", "path", "pointer", "related", "rule", "severity", "start"];
    assert_eq!(keys(finding), expected);
    assert_eq!(finding["pointer"], "/feature_extractor/input_mappings/text");
    assert_eq!(finding["definition"], serde_json::json!({ "kind": "collection", "name": "abc" }));
    assert!(finding["fixes"].is_array());
    assert_eq!(keys(&finding["related"][0]), ["end", "message", "path", "start"]);
    assert_eq!(finding["related"][0]["path"], "b.yaml");
    assert_eq!(finding["help"], "Did you mean `title`?");
}

#[test]
fn the_storefront_is_reported_in_order_and_the_same_each_time() {
    let run = || stdout(&mixlint(&root(), &["check", "fixtures/storefront", "--format", "json"]));
    let first = run();
    let report: Value = serde_json::from_str(&first).expect("a document");
    let places: Vec<(String, u64)> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|finding| {
            (finding["path"].as_str().expect("a path").to_owned(), finding["start"]["offset"].as_u64().expect("an offset"))
        })
        .collect();
    assert!(places.len() >= 5 && places.is_sorted(), "{places:?}");
    for _ in 0..3 {
        assert_eq!(run(), first);
    }
}

/// With more files than threads, the order in which they are read must not show.
#[test]
fn many_files_give_the_same_bytes_each_time() {
    let names: Vec<String> = (0..300).map(|number| format!("c{number:03}.yaml")).collect();
    let texts: Vec<String> = (0..300).map(|number| COLLECTION.replace("name: a\n", &format!("name: a{number}\n"))).collect();
    let files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).chain([("b.yaml", BUCKET)]).collect();
    let folder = project(&files);
    let run = || stdout(&mixlint(folder.path(), &["check", "--format", "json"]));
    let first = run();
    assert_eq!(first.matches("unknown-source-field").count(), 300);
    assert_eq!(run(), first);
}

#[test]
fn the_drawing_of_the_storefront() {
    let output = mixlint(&root(), &["check", "fixtures/storefront", "--color", "never"]);
    insta::assert_snapshot!("storefront", stdout(&output));
}

#[test]
fn a_minified_file_is_drawn_in_part() {
    let padding = "\"x\": \"é\", ".repeat(20_000);
    let text = format!(
        "{{ {padding} \"collection_name\": \"abc\", \"source\": {{ \"type\": \"bucket\", \"bucket_ids\": [\"articles\"] }}, \
         \"feature_extractor\": {{ \"feature_extractor_name\": \"text_extractor\", \"version\": \"v1\", \"input_mappings\": {{ \"text\": \"titel\" }} }} }}"
    );
    let folder = project(&[("b.yaml", BUCKET), ("c.json", &text.replacen("\"x\"", "\"y\"", 1).replace("\"x\": \"é\", ", ""))]);
    let short = stdout(&mixlint(folder.path(), &["check", "--color", "never"]));
    assert!(short.contains("titel"), "{short}");
    let many_keys: String = (0..20_000).map(|number| format!("\"x{number}\": \"é\", ")).collect();
    let long = text.replace(&padding, &many_keys);
    let folder = project(&[("b.yaml", BUCKET), ("c.json", &long)]);
    let drawn = stdout(&mixlint(folder.path(), &["check", "--color", "never"]));
    assert!(drawn.contains("\"text\": \"titel\"") && drawn.contains("no such field"), "{drawn}");
    assert!(drawn.lines().all(|line| line.chars().count() < 600), "{drawn}");
}

#[test]
fn the_picture_in_the_readme_is_what_is_printed() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README.md");
    let picture = readme.split("```text\n").nth(1).and_then(|rest| rest.split("\n```").next()).expect("a picture");
    let printed = stdout(&mixlint(&root(), &["check", "fixtures/storefront", "--color", "never"]));
    let findings: Vec<&str> = picture.split("\n\nwarning[").collect();
    assert_eq!(findings.len(), 2);
    for finding in findings {
        assert!(printed.contains(finding), "not printed:\n{finding}");
    }
}
