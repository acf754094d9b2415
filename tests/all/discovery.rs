//! A saved answer of `GET /v1/discovery/schema` as a catalogue: it decides about the keys of manifests, and tells stages and extractors.

use crate::support::{mixlint, project, stdout};

/// The parts that count of an answer, in the form in which the service's other models are published.
const ANSWER: &str = r##"{
  "manifest_version": "1.0",
  "resource_types": ["bucket", "collection"],
  "schemas": {
    "bucket": {
      "type": "object",
      "properties": {
        "name": { "type": "string" },
        "namespace": { "type": "string" },
        "schema": { "type": "object", "additionalProperties": true },
        "retention": { "anyOf": [{ "$ref": "#/$defs/Retention" }, { "type": "null" }] },
        "storage_class": { "enum": ["warm", "frozen"] }
      },
      "required": ["name", "namespace"],
      "$defs": {
        "Retention": { "type": "object", "properties": { "days": { "type": "integer" } }, "required": ["days"] }
      }
    },
    "seed": { "type": "object", "properties": { "bucket": { "type": "string" }, "objects": { "type": "array", "items": {} } } }
  },
  "dependency_graph": { "bucket": ["namespace"] },
  "stage_catalog": [{ "stage_id": "mood_sort", "description": "", "category": "sort", "icon": "x" }],
  "extractor_catalog": [
    {
      "name": "mood_extractor",
      "version": "v1",
      "description": "Reads moods.",
      "input_schema": { "type": "object", "properties": { "lyrics": { "type": "string" } }, "required": ["lyrics"] },
      "parameter_schema": { "type": "object", "properties": { "scale": { "type": "integer" } }, "additionalProperties": false }
    }
  ]
}"##;

const CONFIG: &str = "catalogue: discovery.json\n";

fn findings(manifest: &str, config: &str) -> Vec<String> {
    let folder = project(&[("manifest.yaml", manifest), ("mixlint.yaml", config), ("discovery.json", ANSWER)]);
    let output = mixlint(folder.path(), &["check", "--format", "concise", "manifest.yaml"]);
    stdout(&output).lines().map(|line| line.trim_start_matches("manifest.yaml:").to_owned()).collect()
}

fn manifest(buckets: &str) -> String {
    format!("version: '1.0'\nmetadata: {{ name: records }}\nbuckets:\n{buckets}")
}

#[test]
fn the_answer_decides_about_keys_and_values() {
    let text = manifest(
        "  - name: songs\n    namespace: music\n    retention: { days: 3, weeks: 1 }\n    storage_clas: warm\n    storage_class: frozen\n    \
         schema: { properties: { lyrics: { type: text } } }\n",
    );
    let told = findings(&text, CONFIG);
    let of_ours = |found: &[String]| found.iter().filter(|line| !line.contains("unused-bucket")).cloned().collect::<Vec<_>>();
    assert_eq!(
        of_ours(&told),
        [
            "6:27: error[unknown-key] The service's own schema has no key `weeks` in `retention`.",
            "7:5: error[unknown-key] The service's own schema has no key `storage_clas` in the bucket.",
        ]
    );
    // Without it, `retention` is not known and `frozen` is none of the values; both are only carried over from request bodies.
    let alone = of_ours(&findings(&text, ""));
    assert!(alone.iter().any(|line| line.starts_with("8:") && line.contains("invalid-value")), "{alone:?}");
    assert!(!alone.iter().any(|line| line.contains("`weeks`")), "{alone:?}");
}

#[test]
fn the_answer_decides_about_what_must_be_there() {
    let text = manifest("  - name: songs\n    retention: {}\n    schema: { properties: { lyrics: { type: text } } }\n");
    let found = findings(&text, CONFIG);
    for expected in [
        "4:11: error[missing-key] The bucket has no `namespace`, which the service's own schema asks for.",
        "5:16: error[missing-key] `retention` has no `days`, which the service's own schema asks for.",
    ] {
        assert!(found.iter().any(|line| line == expected), "{found:?}");
    }
}

#[test]
fn lists_that_are_no_resources_of_ours_have_told_keys_too() {
    let text = manifest("  - { name: songs, namespace: music, schema: { properties: { lyrics: { type: text } } } }\n")
        + "seed:\n  - { bucket: songs, object: [] }\n";
    let found = findings(&text, CONFIG);
    let expected = "6:22: error[unknown-key] The service's own schema has no key `object` in an entry of `seed`.";
    assert!(found.iter().any(|line| line == expected), "{found:?}");
}

/// The answer has no schema of the manifest itself, so what we know of that still counts.
#[test]
fn what_the_answer_does_not_tell_of_is_ours_to_say() {
    let text = manifest("  - { name: songs, namespace: music, schema: { properties: { lyrics: { type: text } } } }\n")
        + "seed:\n  - { bucket: songs }\nparameters:\n  - { type: string }\n";
    for config in [CONFIG, ""] {
        let found = findings(&text, config);
        assert!(found.iter().any(|line| line.contains("missing-key") && line.contains("no `name`")), "{config}: {found:?}");
    }
}

#[test]
fn its_stages_and_extractors_are_known() {
    let text = manifest(
        "  - { name: songs, namespace: music, schema: { properties: { lyrics: { type: text } } } }\ncollections:\n  - name: moods\n    \
         namespace: music\n    source: { type: bucket, bucket_ids: [songs] }\n    feature_extractor: { name: mood_extractor, version: \
         v1, input_mappings: { lyrics: lyrics }, parameters: { scal: 2 } }\nretrievers:\n  - name: by_mood\n    namespace: music\n    \
         collection_identifiers: [moods]\n    stages:\n      - { stage_name: a, stage_type: sort, config: { stage_id: mood_sort, \
         parameters: {} } }\n      - { stage_name: b, stage_type: sort, config: { stage_id: mood_sorts, parameters: {} } }\n",
    );
    let lines = |found: Vec<String>, rule: &str| found.into_iter().filter(|line| line.contains(rule)).collect::<Vec<_>>();
    assert_eq!(
        lines(findings(&text, CONFIG), "unknown-stage]"),
        ["16:64: error[unknown-stage] `mood_sorts` is none of the stages that the catalogue lists."]
    );
    assert_eq!(lines(findings(&text, ""), "unknown-stage]").len(), 2);
    assert_eq!(lines(findings(&text, CONFIG), "unknown-extractor]").len(), 0);
    assert_eq!(lines(findings(&text, ""), "unknown-extractor]").len(), 1);
    assert_eq!(lines(findings(&text, CONFIG), "-parameter]").len(), 1);
}
