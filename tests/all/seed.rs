//! The job that mixlint was asked for with: a mapping that is right passes, the same one misspelt is refused with the service's
//! own sentence.

use crate::support::{mixlint, project, stderr, stdout};

const BUCKET: &str = r#"{
  "bucket_name": "products",
  "bucket_schema": {
    "properties": {
      "image": { "type": "image" },
      "metadata": {
        "type": "object",
        "properties": { "title": { "type": "string" } }
      }
    }
  }
}
"#;

/// A body of the generation that the seed document shows: an array of extractors, a bucket by id.
fn collection(path: &str) -> String {
    format!(
        r#"{{
  "collection_name": "product_vectors",
  "source": {{ "type": "bucket", "bucket_id": "bkt_products" }},
  "description": "Pictures and titles",
  "feature_extractors": [
    {{
      "feature_extractor_name": "multimodal_extractor",
      "version": "v1",
      "input_mappings": {{ "image": "image", "text": "{path}" }}
    }}
  ],
  "enabled": true,
  "metadata": {{ "team": "search" }}
}}
"#
    )
}

#[test]
fn the_seed_passes() {
    let folder = project(&[("bucket.json", BUCKET), ("collection.json", &collection("metadata.title"))]);
    let output = mixlint(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    // What it spells in the way of its time is told, and nothing else.
    let text = stdout(&output);
    let told: Vec<&str> = text.lines().filter_map(|line| line.split(": ").nth(1)?.split(' ').next()).collect();
    assert_eq!(told, ["warning[outdated-key]"; 2], "{text}");
    assert_eq!(stderr(&output), "mixlint: 0 errors, 2 warnings and 0 infos in 2 files (2 definitions)\n");
}

#[test]
fn the_seed_misspelt_is_refused() {
    let folder = project(&[("bucket.json", BUCKET), ("collection.json", &collection("metadata.titel"))]);
    let output = mixlint(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    for part in [
        "The source field 'metadata.titel' does not exist in the source schema.",
        "[collection.json:9:63]",
        "[bucket.json:6:7]",
        "in the schema it was looked up in",
        "Did you mean `metadata.title`?",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
}

/// The seed document's own words: without a bucket schema, input mappings fail.
#[test]
fn a_bucket_without_schema_is_refused() {
    let folder =
        project(&[("bucket.json", r#"{ "bucket_name": "products" }"#), ("collection.json", &collection("metadata.title"))]);
    let output = mixlint(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).starts_with("bucket.json:1:18: error[bucket-without-schema] "), "{}", stdout(&output));
}
