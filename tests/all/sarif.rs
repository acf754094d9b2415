//! SARIF as code scanning of GitHub reads it, beyond what its schema asks for.

use mixlint::rules;
use serde_json::{Value, json};

use crate::support::{mixlint, project, stdout};

const BUCKET: &str = r#"{ "bucket_name": "podcasts", "bucket_schema": { "properties": { "episode": { "type": "audio" }, "notes": { "type": "text" } } } }"#;
const FIRST: &str = r#"{ "collection_name": "prints", "source": { "type": "bucket", "bucket_ids": ["podcasts"] },
  "feature_extractor": { "feature_extractor_name": "passthrough_extractor", "version": "v1",
    "field_passthrough": [{ "source_path": "episode" }] } }"#;
const SECOND: &str = r#"{ "collection_name": "topics", "source": { "type": "collection", "collection_id": "prints" },
  "feature_extractor": { "feature_extractor_name": "text_extractor", "version": "v1", "input_mappings": { "text": "notes" } } }"#;

fn run(files: &[(&str, &str)]) -> Value {
    let folder = project(files);
    let text = stdout(&mixlint(folder.path(), &["check", "--format", "sarif"]));
    serde_json::from_str::<Value>(&text).expect("a document")["runs"][0].clone()
}

fn results(run: &Value) -> &Vec<Value> {
    run["results"].as_array().expect("results")
}

#[test]
fn the_run_says_what_it_is() {
    let run = run(&[("b.json", BUCKET), ("c1.json", FIRST), ("c2.json", SECOND)]);
    let driver = &run["tool"]["driver"];
    assert_eq!((&driver["name"], &driver["semanticVersion"]), (&json!("mixlint"), &json!(env!("CARGO_PKG_VERSION"))));
    assert_eq!(driver["informationUri"].is_string(), !env!("CARGO_PKG_REPOSITORY").is_empty(), "where the project is published");
    assert_eq!(run["automationDetails"]["id"], "mixlint/");
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert_eq!(run["invocations"], json!([{ "executionSuccessful": true }]));
    assert!(run["originalUriBaseIds"]["%SRCROOT%"].is_object());
}

#[test]
fn every_result_leads_to_its_rule() {
    let run = run(&[("b.json", &BUCKET.replace("audio", "audoi")), ("c1.json", FIRST), ("c2.json", SECOND)]);
    let listed = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(listed.len() >= 2, "{listed:?}");
    for result in results(&run) {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("a number");
        assert_eq!(listed[index]["id"], result["ruleId"]);
        assert_eq!(result["suppressions"], json!([]));
        assert!(result["partialFingerprints"]["mixlint/v1"].is_string());
        assert_eq!(result["partialFingerprints"]["primaryLocationLineHash"], Value::Null, "that is GitHub's own");
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region["startLine"], region["endLine"]);
        assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    }
    for told in listed {
        let rule = rules::find(told["id"].as_str().expect("a name")).expect("a rule");
        assert_eq!(
            told["defaultConfiguration"]["level"],
            if rule.severity.name() == "info" { "note" } else { rule.severity.name() }
        );
        let problem = told["properties"]["problem.severity"].as_str().expect("a severity");
        assert!(["error", "warning", "recommendation"].contains(&problem));
        let precision = told["properties"]["precision"].as_str().expect("a precision");
        assert!(["very-high", "high", "medium"].contains(&precision));
        assert_eq!(told["properties"]["tags"], json!(["mixpeek"]));
        let short = told["shortDescription"]["text"].as_str().expect("a sentence");
        assert!(short.ends_with('.') && short.starts_with(char::is_uppercase), "{short}");
        assert!(told["help"]["markdown"].as_str().is_some_and(|page| page.contains("## Fails") && !page.starts_with('#')));
    }
}

#[test]
fn the_way_of_a_lost_field_is_a_code_flow_and_other_places_are_linked() {
    let run = run(&[("b.json", BUCKET), ("c1.json", FIRST), ("c2.json", SECOND)]);
    let lost = results(&run).iter().find(|result| result["ruleId"] == "lost-field").expect("a lost field");
    let steps = lost["codeFlows"][0]["threadFlows"][0]["locations"].as_array().expect("steps");
    let place = |step: &Value| step["location"]["physicalLocation"]["artifactLocation"]["uri"].as_str().map(str::to_owned);
    let files: Vec<String> = steps.iter().filter_map(place).collect();
    assert_eq!(files, ["b.json", "c1.json", "c2.json"], "bucket, collection, collection");
    assert_eq!(steps[1]["location"]["message"]["text"], "`prints` does not pass it on");
    let message = lost["message"]["text"].as_str().expect("a text");
    assert!(message.starts_with("The source field 'notes' does not exist in the source schema: "), "{message}");
    for related in lost["relatedLocations"].as_array().expect("places") {
        let link = format!("[{}]({})", related["message"]["text"].as_str().expect("words"), related["id"]);
        assert!(message.contains(&link), "{link} in {message}");
    }
    assert!(message.contains("[declared here](2)"), "{message}");
}

#[test]
fn the_way_through_collections_is_shown_of_an_unknown_field_and_of_a_circle() {
    let unknown = run(&[("b.json", BUCKET), ("c1.json", FIRST), ("c2.json", &SECOND.replace("\"notes\"", "\"episod\""))]);
    let found = results(&unknown).iter().find(|result| result["ruleId"] == "unknown-source-field").expect("it");
    assert_eq!(found["codeFlows"][0]["threadFlows"][0]["locations"].as_array().map(Vec::len), Some(3));
    let circle = |from: &str, to: &str| SECOND.replace("topics", from).replace("prints", to);
    let circles = run(&[("c1.json", &circle("one", "two")), ("c2.json", &circle("two", "one"))]);
    let found = results(&circles).iter().find(|result| result["ruleId"] == "source-cycle").expect("it");
    assert_eq!(found["codeFlows"][0]["threadFlows"][0]["locations"].as_array().map(Vec::len), Some(2));
    let direct = run(&[("b.json", BUCKET), ("c.json", &FIRST.replace("episode", "episod"))]);
    assert!(results(&direct).iter().all(|result| result["codeFlows"].is_null()), "one step is no way");
}

#[test]
fn a_fix_is_a_change_of_the_artifact() {
    let text = "{\n  \"bucket_name\": \"a\",\n  \"schema\": { \"properties\": {} }\n}\n";
    let run = run(&[("b.json", text)]);
    let fixed = results(&run).iter().find(|result| result["fixes"].is_array()).unwrap_or_else(|| panic!("a fix: {run}"));
    let change = &fixed["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "b.json");
    let region = json!({ "startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 11 });
    assert_eq!(change["replacements"][0]["deletedRegion"], region);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "\"bucket_schema\"");
}
