//! What the command line adds to manifests: rules chosen by codes of the service, answers of the service, parameters, secrets.

use crate::support::{mixlint, project, root, stderr, stdout};

const MANIFEST: &str = r#"version: "1.0"
metadata: { name: kitchen }
parameters:
  - { name: stage, type: string, enum: [prod, dev] }
connections:
  - name: pantry
    provider_type: s3
    provider_config: { bucket: "${{ params.stage }}", key: "${{ secrets.PANTRY }}" }
buckets:
  - name: recipes
    schema: { properties: { body: { type: text } } }
retrievers:
  - name: dishes
    collection_identifiers: [shared_recipes]
    stages:
      - stage_name: more
        config:
          stage_id: api_call
          parameters: { url: "https://example.org/{{SECRET.TOKEN}}/{{secrets.PLACE}}", allowed_domains: [example.org], auth: { type: bearer, secret_ref: API } }
"#;

/// What the command prints, a line for each finding: without its message.
fn places(arguments: &[&str], files: &[(&str, &str)]) -> Vec<String> {
    let folder = project(files);
    let output = mixlint(folder.path(), arguments);
    let lines = stdout(&output);
    lines.lines().map(|line| line.split("] ").next().unwrap_or_default().to_owned() + "]").collect()
}

#[test]
fn rules_are_chosen_by_names_and_by_codes_of_the_service() {
    let check = ["check", "--format", "concise"];
    let with = |more: &[&str]| places(&[&check[..], more].concat(), &[("kitchen.yaml", MANIFEST)]);
    let all = with(&[]);
    assert!(all.contains(&"kitchen.yaml:13:11: warning[no-search-stage]".to_owned()), "{all:?}");
    let without = with(&["--ignore", "NO_SEARCH_STAGE,unused-bucket,MISSING_SECRET"]);
    assert_eq!(without, ["kitchen.yaml:14:30: error[unknown-reference]"]);
    let more = with(&["--enable", "MISSING_DESCRIPTION"]);
    assert_eq!(more.iter().filter(|line| line.ends_with("info[missing-description]")).count(), 3, "{more:?}");
    let folder = project(&[("kitchen.yaml", MANIFEST)]);
    let output = mixlint(folder.path(), &["check", "--ignore", "UNUSED_BUKET"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("Did you mean `UNUSED_BUCKET`?"), "{}", stderr(&output));
}

#[test]
fn every_code_of_the_service_is_explained() {
    for code in &mixlint::rules::CODES {
        let output = mixlint(&root(), &["explain", code.code]);
        assert_eq!(output.status.code(), Some(0), "{}", code.code);
        let said = stdout(&output);
        assert!(code.rule.map_or(said.contains(code.note), |rule| said.starts_with(&format!("# {rule}\n"))), "{said}");
    }
}

#[test]
fn what_lives_elsewhere_and_values_of_parameters_are_configured() {
    let config = "external: [shared_*]\nparameters: values.yaml\n";
    let files = [("kitchen.yaml", MANIFEST), ("values.yaml", "stage: staging\nother: 3\n"), ("mixlint.yaml", config)];
    let only = ["check", "--format", "concise", "--ignore", "NO_SEARCH_STAGE,UNUSED_BUCKET"];
    let wrong = "error[invalid-parameter-value]";
    assert_eq!(
        places(&only, &files),
        [format!("values.yaml:1:8: {wrong}"), "values.yaml:2:1: warning[invalid-parameter-value]".into()]
    );
    // The command line counts before the configuration; and a file alone is checked with its values.
    let given =
        [("kitchen.yaml", MANIFEST), ("values.yaml", "stage: prod"), ("mixlint.yaml", config), ("dev.json", r#"{ "stage": 1 }"#)];
    assert!(places(&only, &given).is_empty());
    let more = [&only[..], &["--parameters", "dev.json", "kitchen.yaml"]].concat();
    assert_eq!(places(&more, &given), [format!("dev.json:1:12: {wrong}")]);
    let folder = project(&[("kitchen.yaml", MANIFEST), ("list.yaml", "- 1\n")]);
    for missing in ["none.yaml", "list.yaml"] {
        let output = mixlint(folder.path(), &["check", "--parameters", missing]);
        assert_eq!(output.status.code(), Some(2), "{missing}");
        assert!((stderr(&output) + &stdout(&output)).contains(missing), "{missing}");
    }
}

#[test]
fn secrets_are_listed_in_all_spellings_and_definitions_with_what_they_name() {
    let folder = project(&[("kitchen.yaml", MANIFEST), ("mixlint.yaml", "external: shared_recipes\n")]);
    let secrets = stdout(&mixlint(folder.path(), &["files", "--secrets"]));
    assert_eq!(
        secrets,
        "API\n  kitchen.yaml:19:154\nPANTRY\n  kitchen.yaml:8:61\nPLACE\n  kitchen.yaml:19:68\nTOKEN\n  kitchen.yaml:19:51\n"
    );
    let files = stdout(&mixlint(folder.path(), &["files"]));
    assert!(
        files.contains("  retriever dishes (in a manifest)\n    names collection shared_recipes: lives elsewhere"),
        "{files}"
    );
}

#[test]
fn answers_of_the_service_are_shown_in_the_files() {
    let lint = r#"{ "valid": false, "results": [
  { "code": "NO_SEARCH_STAGE", "severity": "warning", "message": "no search", "location": "retrievers[0]", "suggestion": "Add one" },
  { "code": "NEW_CODE", "severity": "warning", "message": "The stage is odd", "location": "retrievers[0].stages[0]", "suggestion": "" },
  { "code": "NEW_CODE", "severity": "info", "message": "It was here", "location": "retrievers[7]", "suggestion": "" }] }"#;
    let validate = r#"{ "valid": false, "missing_secrets": ["TOKEN"], "errors": ["Retriever 'dishes' is odd"], "warnings": [] }"#;
    let error = r#"{ "success": false, "status": 422, "error": { "message": "Invalid", "type": "ValidationError", "details": {
  "validation_errors": [{ "type": "extra_forbidden", "location": "body.retrievers.0.stages.0.config.parameters.url", "message": "no" }] } } }"#;
    let detail = r#"{ "detail": [{ "loc": ["body", "buckets", 0, "schema"], "msg": "no", "type": "x" }] }"#;
    let ours = ["kitchen.yaml:13:11: warning[no-search-stage]", "kitchen.yaml:14:30: error[unknown-reference]"];
    for (answer, theirs) in [
        (lint, &["answer.json:4:56: info[service-finding]", "kitchen.yaml:16:21: warning[service-finding]"][..]),
        (validate, &["kitchen.yaml:13:11: error[service-finding]", "kitchen.yaml:19:51: error[service-finding]"]),
        (error, &["kitchen.yaml:19:25: error[service-finding]"]),
        (detail, &["kitchen.yaml:11:5: error[service-finding]"]),
    ] {
        let arguments = ["locate", "answer.json", "--ignore", "UNUSED_BUCKET", "--format", "concise"];
        let mut found = places(&arguments, &[("kitchen.yaml", MANIFEST), ("answer.json", answer)]);
        // What both say is said once.
        let mut expected: Vec<String> = ours.iter().chain(theirs).map(|line| (*line).to_owned()).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
    }
    let folder = project(&[("kitchen.yaml", MANIFEST), ("answer.json", r#"{ "a": 1 }"#)]);
    let output = mixlint(folder.path(), &["locate", "answer.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no answer about definitions"));
}
