//! What users know of other tools, where no other file holds it: links of terminals, width, hooks, all other places in SARIF,
//! fingerprints; and that what is not known offline is not guessed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use mixlint::definitions::Value as Yaml;
use mixlint::diagnostic::{Diagnostic, Severity};
use mixlint::identity::{Identity, identities};
use mixlint::render::{Format, Look, Output, Run, Summary};
use mixlint::syntax;
use mixlint::text::{FileId, SourceFile, Sources};
use mixlint::workspace::Workspace;
use serde_json::{Value, json};

use crate::support::{files_below, mixlint, project, root, run_in_process, stderr, stdout, texts_below};

const BUCKET: &str = "bucket_name: lamps\nbucket_schema:\n  properties:\n    title: { type: text }\n";
const COLLECTION: &str = "collection_name: shades\nsource: { type: bucket, bucket_ids: [lamps] }\nfeature_extractor:\n  \
    feature_extractor_name: text_extractor\n  version: v1\n  input_mappings:\n    text: titel\n";

/// Checks a project in this process, at a width.
fn at_width(folder: &Path, width: usize, format: &str) -> String {
    let arguments = ["check", "--format", format];
    let (_, out, _) = run_in_process(folder, &arguments, &mut std::io::empty(), |streams| streams.width = width);
    String::from_utf8(out).expect("UTF-8")
}

/// A terminal that does not know them shows the address in the middle of the text.
#[test]
fn no_terminal_is_sent_a_hyperlink() {
    for arguments in [
        &["check", "fixtures/storefront"][..],
        &["fix", "--diff", "fixtures/storefront"],
        &["plan", "--in", "fixtures/storefront"],
        &["explain", "unknown-source-field"],
        &["extractors", "text_extractor"],
    ] {
        let output = mixlint(&root(), &[arguments, &["--color", "always"]].concat());
        assert!(!stdout(&output).is_empty(), "{arguments:?}: {}", stderr(&output));
        assert!(!stdout(&output).contains("\u{1b}]") && !stderr(&output).contains("\u{1b}]"), "{arguments:?}");
    }
}

#[test]
fn a_place_is_never_wrapped_and_the_rest_is() {
    let path = format!("{}/c.yaml", ["a-folder-with-a-long-name"; 6].join("/"));
    let folder = project(&[("b.yaml", BUCKET), (&path, COLLECTION)]);
    let pretty = at_width(folder.path(), 40, "pretty");
    assert!(pretty.lines().any(|line| line.ends_with(&format!("[{path}:7:11]"))), "{pretty}");
    assert!(pretty.contains("source schema.") && !pretty.contains("does not exist in the source schema."), "{pretty}");
    let concise = at_width(folder.path(), 40, "concise");
    assert!(concise.starts_with(&format!("{path}:7:11: error[unknown-source-field] The source field")), "{concise}");
    assert_eq!(concise.lines().count(), 1);
}

/// Where there is no terminal, sentences take 100 columns.
#[test]
fn without_a_terminal_the_width_is_100() {
    let long = "x".repeat(50);
    let bucket = BUCKET.replace("title", &long);
    let folder = project(&[("b.yaml", &bucket), ("c.yaml", &COLLECTION.replace("titel", &format!("{long}y")))]);
    let drawn = stdout(&mixlint(folder.path(), &["check"]));
    assert_eq!(drawn, at_width(folder.path(), 100, "pretty"));
    assert_ne!(drawn, at_width(folder.path(), 80, "pretty"));
}

#[test]
fn what_is_told_beside_a_document_goes_to_the_error_stream() {
    let folder = project(&[("b.yaml", BUCKET), ("c.yaml", COLLECTION)]);
    let output = mixlint(folder.path(), &["check", "--format", "json", "--timings"]);
    assert!(serde_json::from_slice::<Value>(&output.stdout).is_ok(), "{}", stdout(&output));
    assert!(stderr(&output).lines().any(|line| line.starts_with("rules ") && line.ends_with(" ms")), "{}", stderr(&output));
}

/// A configuration that turns everything off would let everything pass.
#[test]
fn nothing_passes_because_every_rule_is_off() {
    let groups = mixlint::rules::Group::ALL.map(|group| group.name());
    let off = |names: &[&str]| names.iter().map(|name| format!("  {name}: off\n")).collect::<String>();
    let all = format!("rules:\n{}", off(&groups));
    let but_one = format!("{all}overrides:\n  - {{ files: c.yaml, rules: {{ unknown-source-field: error }} }}\n");
    let some = format!("rules:\n{}", off(&groups[1..]));
    for (config, command, expected) in [
        (all.as_str(), &["check"][..], Some(2)),
        (&all, &["fix"], Some(2)),
        (&all, &["baseline", "write"], Some(2)),
        (&all, &["check", "--enable", "unknown-source-field"], Some(1)),
        (&but_one, &["check"], Some(1)),
        (&some, &["check"], Some(0)),
        ("", &["check", "--ignore", &groups.join(",")], Some(2)),
    ] {
        let folder = project(&[("b.yaml", BUCKET), ("c.yaml", COLLECTION), ("mixlint.yaml", config)]);
        let output = mixlint(folder.path(), command);
        assert_eq!(output.status.code(), expected, "{command:?} {config}: {}", stderr(&output));
        assert_eq!(stderr(&output).starts_with("mixlint: every rule is off"), expected == Some(2), "{}", stderr(&output));
    }
}

#[test]
fn json_with_comments_can_suppress() {
    let body = r#"{ "collection_name": "shades", "source": { "type": "bucket", "bucket_ids": ["lamps"] },
  "feature_extractor": { "feature_extractor_name": "text_extractor", "version": "v1",
    // mixlint: ignore[unknown-source-field] it comes in May
    "input_mappings": { "text": "titel" } } }"#;
    let text = |body: &str| {
        stdout(&mixlint(project(&[("b.yaml", BUCKET), ("c.jsonc", body)]).path(), &["check", "--format", "concise"]))
    };
    assert_eq!(text(body), "");
    assert!(text(&body.replace("mixlint:", "")).starts_with("c.jsonc:4:"));
}

#[test]
fn what_is_suppressed_is_in_the_sarif_document_with_its_reason() {
    let commented = COLLECTION.replace("titel", "titel # mixlint: ignore[unknown-source-field] it comes in May");
    let listed = "ignore:\n  - { definition: shades, rules: unknown-source-field }\n";
    for (collection, config, expected) in [
        (commented.as_str(), "", json!([{ "kind": "inSource", "justification": "it comes in May" }])),
        (COLLECTION, listed, json!([{ "kind": "external" }])),
        (COLLECTION, "", json!([])),
    ] {
        let folder = project(&[("b.yaml", BUCKET), ("c.yaml", collection), ("mixlint.yaml", config)]);
        let output = mixlint(folder.path(), &["check", "--format", "sarif"]);
        let document: Value = serde_json::from_slice(&output.stdout).expect("a document");
        let results = document["runs"][0]["results"].as_array().expect("results");
        assert_eq!(results.len(), 1, "{results:?}");
        assert_eq!(results[0]["suppressions"], expected);
        assert_eq!(output.status.code(), Some(i32::from(expected == json!([]))));
    }
}

/// All fixtures with findings: the name, and the texts.
fn cases() -> Vec<(String, Vec<(String, String)>)> {
    let all = files_below(&root().join("fixtures"));
    let folders = all.iter().filter_map(|(name, _)| name.strip_suffix("/expected.txt"));
    folders.map(|case| (case.to_owned(), texts_below(&root().join("fixtures").join(case)))).collect()
}

fn checked(texts: &[(String, String)]) -> (Sources, Vec<Diagnostic>) {
    let workspace = Workspace::from_texts(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let findings = mixlint::check(&workspace);
    (workspace.sources, findings)
}

/// The results of the SARIF document.
fn results((sources, findings): &(Sources, Vec<Diagnostic>)) -> Vec<Value> {
    let run = Run { files: &[], failing: Severity::Error, is_incomplete: false, suppressed: &[] };
    let output = Output { findings, summary: Summary::new(findings, 1, 1), sources, data: None, run };
    let mut bytes = Vec::new();
    let look = Look { color: false, width: 80 };
    Format::find("sarif").expect("it").write(output, look, &mut bytes).expect("written");
    let document: Value = serde_json::from_slice(&bytes).expect("a document");
    document["runs"][0]["results"].as_array().expect("results").clone()
}

#[test]
fn every_other_place_and_every_way_is_in_the_sarif_document() {
    let (mut of_two_files, mut ways) = (BTreeSet::new(), BTreeSet::new());
    for (case, texts) in cases() {
        let checked = checked(&texts);
        let (sources, findings) = &checked;
        for (finding, result) in findings.iter().zip(results(&checked)) {
            let message = result["message"]["text"].as_str().expect("a text");
            let none = Vec::new();
            let related = result["relatedLocations"].as_array().unwrap_or(&none);
            assert_eq!(related.len(), finding.related.len(), "{case}: {message}");
            for (number, (place, label)) in related.iter().zip(&finding.related).enumerate() {
                assert_eq!(place["id"], number + 1, "{case}");
                assert!(message.contains(&format!("]({})", number + 1)), "{case}: {message}");
                let line = place["physicalLocation"]["region"]["startLine"].as_u64().expect("a line");
                assert_eq!(line as usize, sources.get(label.span.file).line_of(label.span.start) + 1, "{case}: {message}");
                if label.span.file != finding.primary.span.file {
                    of_two_files.insert(finding.rule);
                }
            }
            let steps = result["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap_or(&none);
            assert_eq!(steps.len(), finding.lineage.len(), "{case}: {message}");
            if !steps.is_empty() {
                ways.insert(finding.rule);
            }
        }
    }
    assert!(of_two_files.len() > 30, "{of_two_files:?}");
    for rule in ["lost-field", "source-cycle", "unknown-source-field", "unknown-passthrough-field"] {
        assert!(ways.contains(rule), "{rule}: {ways:?}");
    }
}

#[test]
fn fingerprints_of_all_findings_stay_when_lines_are_inserted_above() {
    let prints = |texts: &[(String, String)]| -> Vec<String> {
        let (sources, findings) = checked(texts);
        let mut prints: Vec<String> = identities(&findings, &sources).iter().map(Identity::fingerprint).collect();
        prints.sort();
        prints
    };
    let mut count = 0;
    for (case, texts) in cases() {
        // Nothing can stand before a byte order mark.
        let lower = |(name, text): &(String, String)| match text.starts_with('\u{feff}') {
            true => (name.clone(), text.clone()),
            false => (name.clone(), format!("\n\n\n{text}")),
        };
        let lowered: Vec<_> = texts.iter().map(lower).collect();
        let before = prints(&texts);
        assert_eq!(before, prints(&lowered), "{case}");
        count += before.len();
    }
    assert!(count > 500, "only {count} findings");
}

fn lowered(path: &Path) -> Yaml {
    let text = fs::read_to_string(path).expect("a file");
    let file = SourceFile::new("file.yaml", &text);
    let parse = syntax::parse(&file, syntax::Format::Yaml);
    let documents: Vec<Yaml> = parse.tree.documents(FileId::new(0), &file).iter().map(Yaml::lower).collect();
    documents.into_iter().next().expect("a document")
}

#[test]
fn every_hook_says_what_pre_commit_asks_for() {
    let hooks = lowered(&root().join(".pre-commit-hooks.yaml"));
    let text = |hook: &Yaml, key: &str| hook.get(key).and_then(Yaml::as_str).unwrap_or_default().to_owned();
    let mut ids = Vec::new();
    for hook in hooks.items() {
        let id = text(hook, "id");
        for key in ["id", "name", "description", "entry", "language"] {
            assert!(!text(hook, key).is_empty(), "{id}: {key}");
        }
        assert_eq!(text(hook, "language"), if id.ends_with("-system") { "system" } else { "rust" }, "{id}");
        assert_eq!(hook.get("require_serial").and_then(Yaml::as_bool), Some(true), "{id}: a project is checked at once");
        let is_always = hook.get("always_run").and_then(Yaml::as_bool) == Some(true);
        assert_eq!(is_always, id.contains("staged"), "{id}");
        assert_eq!(hook.get("pass_filenames").and_then(Yaml::as_bool) == Some(false), is_always, "{id}");
        assert_eq!(hook.get("types_or").is_some() && hook.get("files").is_some(), !is_always, "{id}");
        ids.push(id);
    }
    assert_eq!(ids, ["mixlint", "mixlint-system", "mixlint-staged", "mixlint-staged-system", "mixlint-fix"]);
}

/// A hook that a project has of its own runs as the one of the same kind does.
#[test]
fn init_writes_the_hooks_that_are_published() {
    let folder = project(&[]);
    mixlint(folder.path(), &["init"]);
    let (own, published) =
        (lowered(&folder.path().join(".pre-commit-config.yaml")), lowered(&root().join(".pre-commit-hooks.yaml")));
    let own: Vec<&Yaml> =
        own.get("repos").into_iter().flat_map(Yaml::items).flat_map(|one| one.get("hooks")).flat_map(Yaml::items).collect();
    assert_eq!(own.len(), 2);
    for hook in own {
        let id = hook.get("id").and_then(Yaml::as_str).expect("an id");
        let same = published.items().iter().find(|one| one.get("id").and_then(Yaml::as_str) == Some(&format!("{id}-system")));
        for key in ["entry", "language", "types_or", "files", "require_serial", "always_run", "pass_filenames"] {
            let of = |hook: &Yaml| -> Vec<String> {
                let value = hook.get(key).into_iter();
                value.flat_map(|value| [value].into_iter().chain(value.items())).map(Yaml::shown).collect()
            };
            assert_eq!(of(hook), of(same.expect("a hook")), "{id}: {key}");
        }
    }
}

/// What `docs/offline.md` says: a definition, and the most that is said of what it does not tell.
#[test]
fn what_is_not_known_offline_is_not_guessed() {
    let named = |source: &str, extractor: &str| {
        COLLECTION.replace("[lamps]", source).replace("text_extractor", extractor).replace("titel", "title")
    };
    let retriever = "retriever_name: find\ncollection_identifiers: [shades]\nstages:\n  - stage_name: web\n    \
                     stage_type: filter\n    config:\n      stage_id: magic_search\n      parameters: { key: 1 }\n";
    let connection = "connection_name: store\nprovider_type: s3\nprovider_config:\n  credentials:\n    type: access_key\n    \
                      access_key_id: \"{{secrets.WHO}}\"\n    secret_access_key: \"{{secrets.WHAT}}\"\n";
    let other = BUCKET.replace("lamps", "lanterns");
    for (what, files, expected) in [
        ("a secret that is named", vec![("s.yaml", connection.to_owned())], &[][..]),
        (
            "an id that leads nowhere, and two buckets",
            vec![("c.yaml", named("[bkt_7f3a9c]", "text_extractor")), ("o.yaml", other)],
            &["c.yaml:2:38: info[unlinked-source]"],
        ),
        (
            "a plain name that nothing has",
            vec![("c.yaml", named("[shelves]", "text_extractor"))],
            &["c.yaml:2:38: warning[unknown-source]"],
        ),
        (
            "an extractor of one's own",
            vec![("c.yaml", named("[lamps]", "mood_reader"))],
            &["c.yaml:4:27: info[unknown-extractor]"],
        ),
        ("a plugin", vec![("c.yaml", named("[lamps]", "mood_reader").replace("v1", "1.0.0"))], &[]),
        ("a name that is filled in later", vec![("c.yaml", named("[\"{{bucket}}\"]", "text_extractor"))], &[]),
        (
            "a stage that is newer",
            vec![("c.yaml", named("[lamps]", "text_extractor")), ("r.yaml", retriever.to_owned())],
            &["r.yaml:7:17: warning[unknown-stage]"],
        ),
    ] {
        let files: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (*name, text.as_str())).chain([("b.yaml", BUCKET)]).collect();
        let output = mixlint(project(&files).path(), &["check", "--format", "concise"]);
        let lines = stdout(&output);
        let starts: Vec<&str> = lines.lines().map(|line| line.split(']').next().expect("a part")).collect();
        let expected: Vec<&str> = expected.iter().map(|one| one.trim_end_matches(']')).collect();
        assert_eq!(starts, expected, "{what}: {lines}");
        assert_eq!(output.status.code(), Some(0), "{what}");
    }
}
