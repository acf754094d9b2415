//! The catalogue on the command line: what it shows of extractors, and catalogues of a repository's own.

use serde_json::Value;

use crate::support::{mixlint, project, root, stderr, stdout};

const BUCKET: &str = r#"{ "bucket_name": "songs", "bucket_schema": { "properties": {
  "words": { "type": "text" }, "tempo": { "type": "number" } } } }"#;

/// A collection that runs an extractor of the repository's own.
fn collection(inputs: &str, parameters: &str) -> String {
    format!(
        r#"{{ "collection_name": "moods", "source": {{ "type": "bucket", "bucket_ids": ["songs"] }}, "feature_extractor": {{
  "feature_extractor_name": "mood_reader", "version": "1.0.0", "input_mappings": {inputs}, "parameters": {parameters} }} }}"#
    )
}

/// In the form of our own files.
const OWN: &str = r#"[{ "name": "mood_reader", "version": "1.0.0", "description": "Reads moods.",
  "inputs": [{ "name": "lyrics", "accepts": ["text", "string"], "required": true }],
  "parameters": { "scale": { "type": "integer", "minimum": 1, "maximum": 5 } } }]"#;

/// As the service answers.
const ANSWER: &str = r##"{ "results": [{ "feature_extractor_name": "mood_reader", "version": "1.0.0",
  "feature_extractor_id": "mood_reader_1_0_0", "description": "Reads moods.", "type_mode": "type_specific",
  "expected_input_types": { "lyrics": "text" }, "supported_input_types": ["text"], "max_inputs": {},
  "input_schema": { "type": "object", "properties": { "lyrics": { "type": "string" } }, "required": ["lyrics"] },
  "output_schema": { "type": "object", "properties": { "mood": { "type": "string" } } },
  "parameter_schema": { "type": "object", "$defs": { "Scale": { "type": "integer", "minimum": 1, "maximum": 5 } },
    "properties": { "scale": { "anyOf": [{ "$ref": "#/$defs/Scale" }, { "type": "null" }], "default": 3 } } },
  "required_vector_indexes": [{ "name": "mood", "description": "The mood as a vector.", "type": "single",
    "feature_uri": "mixpeek://mood_reader@1.0.0/mood", "index": { "name": "mood_reader_1_0_0_mood", "dimensions": 64, "type": "dense" } }] }] }"##;

#[test]
fn every_extractor_has_a_line_within_the_width() {
    let folder = project(&[]);
    let output = mixlint(folder.path(), &["extractors"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0));
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    for part in ["text_extractor v1 ", "multimodal_extractor v2 ", "removed", "2026-"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn an_extractor_is_named_in_several_ways() {
    let folder = project(&[]);
    for (name, pages) in [
        ("text_extractor", 1),
        ("text_extractor@v1", 1),
        ("text_extractor_v1", 1),
        ("multimodal_extractor", 2),
        ("multimodal_extractor@v2", 1),
    ] {
        let output = mixlint(folder.path(), &["extractors", name]);
        assert_eq!(stdout(&output).matches("How sure:").count(), pages, "{name}");
        assert_eq!(output.status.code(), Some(0), "{name}");
    }
}

#[test]
fn a_name_that_is_not_there_is_answered() {
    let folder = project(&[]);
    for (name, answer) in [
        ("txt_extractor", "Did you mean `text_extractor`?"),
        ("scene_detector", "Use `multimodal_extractor` with the parameter `split_method` set to `scene`."),
        ("text_extractor@v9", "it has v1"),
        ("something_else", "lists them"),
    ] {
        let output = mixlint(folder.path(), &["extractors", name]);
        assert!(stderr(&output).contains(answer), "{name}: {}", stderr(&output));
        assert_eq!((stdout(&output).as_str(), output.status.code()), ("", Some(2)), "{name}");
    }
}

#[test]
fn the_document_has_what_the_page_has() {
    let folder = project(&[]);
    let output = mixlint(folder.path(), &["extractors", "text_extractor", "--format", "json"]);
    let document: Value = serde_json::from_str(&stdout(&output)).expect("a document");
    let text = &document["extractors"][0];
    assert_eq!((&document["version"], &text["name"], &text["status"]), (&1.into(), &"text_extractor".into(), &"current".into()));
    assert_eq!(text["parameters"]["chunk_size"]["maximum"], 10_000.0);
    assert_eq!(text["parameters"]["chunk_size"]["default"], 1000);
    assert_eq!(text["inputs"][0]["accepts"][0], "text");
    let all = mixlint(folder.path(), &["extractors", "--format", "json"]);
    let all: Value = serde_json::from_str(&stdout(&all)).expect("a document");
    assert_eq!(all["extractors"].as_array().map(Vec::len), Some(17));
}

#[test]
fn extractors_of_ones_own_are_checked_like_the_others() {
    for (form, own) in [("file", OWN), ("answer", ANSWER)] {
        for (inputs, parameters, expected) in [
            (r#"{ "lyrics": "words" }"#, r#"{ "scale": 3 }"#, None),
            (r#"{ "lyric": "words" }"#, "{}", Some("error[unknown-extractor-input]")),
            ("{}", "{}", Some("error[missing-extractor-input]")),
            (r#"{ "lyrics": "tempo" }"#, "{}", Some("error[incompatible-field-type]")),
            (r#"{ "lyrics": "words" }"#, r#"{ "scale": 9 }"#, Some("error[invalid-parameter]")),
            (r#"{ "lyrics": "words" }"#, r#"{ "scales": 3 }"#, Some("warning[unknown-parameter]")),
        ] {
            let folder = project(&[
                ("bucket.json", BUCKET),
                ("collection.json", &collection(inputs, parameters)),
                ("mixlint.yaml", "catalogue: own/extractors.json\n"),
                ("own/extractors.json", own),
            ]);
            let found = stdout(&mixlint(folder.path(), &["check", "--format", "concise"]));
            match expected {
                Some(expected) => assert!(found.contains(expected) && found.lines().count() == 1, "{form} {inputs}: {found}"),
                None => assert_eq!(found, "", "{form} {inputs}"),
            }
            let without = mixlint(folder.path(), &["check", "--format", "concise", "--no-config"]);
            assert_eq!(stdout(&without), "", "{form} {inputs}: a custom plugin without a catalogue");
        }
        let folder = project(&[(".mixlint.yaml", "catalogue: [own.json]"), ("own.json", own)]);
        let page = stdout(&mixlint(folder.path(), &["extractors", "mood_reader"]));
        assert!(
            page.contains("lyrics") && page.contains("integer from 1 to 5") && page.contains("of your own: own.json"),
            "{page}"
        );
    }
}

#[test]
fn the_form_is_read_as_it_is_documented() {
    let page = std::fs::read_to_string(root().join("docs/formats.md")).expect("a page");
    let section = page.split("# Files of a catalogue").nth(1).expect("a section");
    let example = section.split("```yaml").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let mappings = r#"{ "lyrics": "words", "cover": "tempo" }"#;
    let folder = project(&[
        ("bucket.json", BUCKET),
        ("collection.json", &collection(mappings, r#"{ "scale": 7, "tone": "blue" }"#)),
        ("mixlint.yaml", "catalogue: own.yaml"),
        ("own.yaml", example),
    ]);
    let found = stdout(&mixlint(folder.path(), &["check", "--format", "concise"]));
    let count = |rule: &str| found.matches(rule).count();
    assert_eq!((count("[incompatible-field-type]"), count("[invalid-parameter]"), found.lines().count()), (1, 2, 3), "{found}");
    let page = stdout(&mixlint(folder.path(), &["extractors", "mood_reader"]));
    for part in ["Reads the mood of a text.", "lyrics", "cover", "integer from 1 to 5", "mood_reader_embedding", "64"] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

/// What a saved answer does not tell of an extractor is taken from the built-in catalogue.
#[test]
fn an_answer_about_a_known_extractor_keeps_what_is_known() {
    let answer = r#"[{ "feature_extractor_name": "text_extractor", "version": "v1", "description": "Embeds text.",
      "parameter_schema": { "properties": { "chunk_size": { "type": "integer", "maximum": 64 } } } }]"#;
    let collection = r#"{ "collection_name": "a", "source": { "type": "bucket", "bucket_ids": ["songs"] }, "feature_extractor": {
      "feature_extractor_name": "text_extractor", "version": "v1", "input_mappings": { "content": "words" },
      "parameters": { "chunk_size": 100 } } }"#;
    let folder = project(&[
        ("bucket.json", BUCKET),
        ("collection.json", collection),
        ("mixlint.yaml", "catalogue: answer.json"),
        ("answer.json", answer),
    ]);
    let found = stdout(&mixlint(folder.path(), &["check", "--format", "pretty"]));
    assert!(found.contains("Did you mean `text`?") && found.contains("at most 64, not 100"), "{found}");
}

#[test]
fn mistakes_in_the_configuration_have_places_and_exit_2() {
    for (config, catalogue, expected) in [
        ("catalog: own.json", OWN, "mixlint.yaml:1:1: error[config-error] The configuration has no key `catalog`."),
        ("catalogue: { a: b }", OWN, "mixlint.yaml:1:12: error[config-error] `catalogue` takes a path, or a list of paths."),
        ("catalogue: [own.json, 3]", OWN, "mixlint.yaml:1:23: error[config-error] `catalogue` takes a path"),
        (
            "catalogue: away.json",
            OWN,
            "mixlint.yaml:1:12: error[config-error] The catalogue `away.json` cannot be read: no such file",
        ),
        ("- catalogue", OWN, "mixlint.yaml:1:1: error[config-error] A configuration is an object with keys."),
        ("catalogue: [own.json", OWN, "error[config-error]"),
        ("catalogue: own.json", "[]", "mixlint.yaml:1:12: error[config-error] The catalogue `own.json` has no extractors in it."),
        (
            "catalogue: own.json",
            "{ \"name\": \"mood_reader\" }",
            "own.json:1:1: error[config-error] An extractor needs a `version`",
        ),
        ("catalogue: own.json", "[\n 1 ]", "own.json:2:2: error[config-error] An extractor is an object."),
        ("catalogue: own.json", "[ { \"name\" } ]", "own.json:1:"),
    ] {
        let folder = project(&[("bucket.json", BUCKET), ("mixlint.yaml", config), ("own.json", catalogue)]);
        let check = mixlint(folder.path(), &["check", "--format", "concise"]);
        assert!(stdout(&check).contains(expected), "{config}: {}", stdout(&check));
        assert_eq!(check.status.code(), Some(2), "{config}");
        for command in ["files", "extractors"] {
            let output = mixlint(folder.path(), &[command]);
            assert!(stderr(&output).contains(expected), "{command} {config}: {}", stderr(&output));
            assert_eq!((stdout(&output).as_str(), output.status.code()), ("", Some(2)), "{command} {config}");
        }
        let json = mixlint(folder.path(), &["check", "--format", "json"]);
        let document: Value = serde_json::from_str(&stdout(&json)).expect("a document");
        assert_eq!(document["diagnostics"][0]["rule"], "config-error", "{config}");
        assert_eq!(mixlint(folder.path(), &["check", "--no-config"]).status.code(), Some(0), "{config}");
    }
}

#[test]
fn the_configuration_is_found_upward_to_the_root_of_the_repository() {
    let files = [("mixlint.yaml", "wrong: 1"), ("inner/below/bucket.json", BUCKET), ("other/mixlint.yaml", "# nothing yet\n")];
    let folder = project(&files);
    let below = folder.path().join("inner/below");
    assert_eq!(mixlint(&below, &["check"]).status.code(), Some(2));
    assert_eq!(mixlint(&below, &["check", "--config", "../../other/mixlint.yaml"]).status.code(), Some(0));
    let missing = mixlint(&below, &["check", "--config", "nowhere.yaml"]);
    assert!(stderr(&missing).contains("nowhere.yaml: no such file"), "{}", stderr(&missing));
    assert_eq!(missing.status.code(), Some(2));
    std::fs::create_dir(folder.path().join("inner/.git")).expect("a folder");
    assert_eq!(mixlint(&below, &["check"]).status.code(), Some(0), "the root of a repository is the last place");
}

#[test]
fn the_page_of_the_rule_says_what_a_configuration_holds() {
    let page = stdout(&mixlint(project(&[]).path(), &["explain", "config-error"]));
    assert!(page.contains("| `catalogue` |"), "{page}");
}
