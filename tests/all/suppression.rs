//! What is not reported, and why: comments, entries of the configuration, levels, presets.

use mixlint::cli::{Exit, Streams};

use crate::support::{mixlint, project, run_in_process, stdout};

const BUCKET: &str = "bucket_name: articles\nbucket_schema:\n  properties:\n    title: { type: text }\n";

/// The third line has an unknown source field; the bucket it reads is there.
const COLLECTION: &str = "collection_name: abc\nsource: { type: bucket, bucket_ids: [articles] }\nfeature_extractor:\n  \
    feature_extractor_name: text_extractor\n  version: v1\n  input_mappings:\n    text: titel\n";

/// Checks the two with a configuration, on a day. Gives the lines, without paths of the first column.
fn check(collection: &str, config: &str, day: &str) -> (Vec<String>, Exit) {
    let folder = project(&[("b.yaml", BUCKET), ("envs/c.yaml", collection), ("mixlint.yaml", config)]);
    let arguments = ["check", "--format", "concise"];
    let set = |streams: &mut Streams<'_>| streams.today = Some(day.to_owned());
    let (exit, out, _) = run_in_process(folder.path(), &arguments, &mut std::io::empty(), set);
    (String::from_utf8_lossy(&out).lines().map(str::to_owned).collect(), exit)
}

const FOUND: &str = "envs/c.yaml:7:11: error[unknown-source-field]";

/// An entry of `ignore`.
fn entry(keys: &str) -> String {
    format!("ignore:\n  - {{ {keys} }}\n")
}

#[test]
fn each_suppression_does_what_its_reason_says() {
    let with = |comment: &str| COLLECTION.replace("titel", &format!("titel  # mixlint: {comment}"));
    let above = |comment: &str| COLLECTION.replace("    text:", &format!("    # mixlint: {comment}\n    text:"));
    let file = |comment: &str| format!("# mixlint: {comment}\n{COLLECTION}");
    let plain = COLLECTION.to_owned();
    let none = String::new;
    // What suppresses, the beginnings of what is left, and the reason.
    let cases: Vec<(String, String, Vec<&str>, &str)> = vec![
        (plain.clone(), none(), vec![FOUND], "nothing suppresses it"),
        (with("ignore[unknown-source-field]"), none(), vec![], "a comment on its line"),
        (above("ignore[unknown-source-field]"), none(), vec![], "a comment on the line before it"),
        (file("ignore-file[unknown-source-field]"), none(), vec![], "a comment for the file"),
        (file("ignore-file"), none(), vec![], "a comment for all that is in the file"),
        (with("ignore[mappings]"), none(), vec![], "the group of the rule"),
        (with("ignore[unknown-source-field] until=2026-11-25"), none(), vec![], "the last day is included"),
        (
            with("ignore[unknown-source-field] until=2026-11-24 by hand"),
            none(),
            vec![FOUND, "envs/c.yaml:7:64: warning[unused-suppression] This held until 2026-11-24"],
            "the day after the last one",
        ),
        (
            with("ignore[unknown-key]"),
            none(),
            vec![FOUND, "envs/c.yaml:7:20: warning[unused-suppression] Nothing of `unknown-key`"],
            "another rule",
        ),
        (plain.clone(), entry("path: envs/c.yaml, rules: unknown-source-field"), vec![], "an entry with the file"),
        (plain.clone(), entry("path: envs, rules: [unknown-source-field]"), vec![], "an entry with the folder"),
        (plain.clone(), entry("path: \"**/*.yaml\", rule: mappings"), vec![], "an entry with a glob, and a group"),
        (
            plain.clone(),
            entry("path: c.yaml, pointer: /feature_extractor/input_mappings, rules: unknown-source-field"),
            vec![],
            "an entry with a pointer to what is around it",
        ),
        (
            plain.clone(),
            entry("path: c.yaml, pointer: /feature_extractor/input, rules: unknown-source-field"),
            vec![FOUND, "mixlint.yaml:2:63: warning[unused-suppression]"],
            "a pointer that is only the beginning of another key",
        ),
        (plain.clone(), entry("definition: abc, rules: unknown-source-field"), vec![], "an entry with the name"),
        (
            plain.clone(),
            entry("definition: abd, rules: unknown-source-field"),
            vec![FOUND, "mixlint.yaml:2:31: warning[unused-suppression]"],
            "an entry with another name",
        ),
        (
            plain.clone(),
            entry("definition: abc, rules: unknown-source-field, until: 2026-11-24"),
            vec![FOUND, "mixlint.yaml:2:60: warning[unused-suppression] This held until 2026-11-24"],
            "an entry after its last day",
        ),
        (plain.clone(), "rules: { unknown-source-field: off }\n".to_owned(), vec![], "the rule is off"),
        (plain.clone(), "rules: { mappings: off }\n".to_owned(), vec![], "its group is off"),
        (
            plain.clone(),
            "rules: { unknown-source-field: warning, mappings: off }\n".to_owned(),
            vec!["envs/c.yaml:7:11: warning[unknown-source-field]"],
            "a rule counts before its group",
        ),
        (
            plain.clone(),
            "overrides:\n  - { files: envs, rules: { unknown-source-field: info } }\n".to_owned(),
            vec!["envs/c.yaml:7:11: info[unknown-source-field]"],
            "an override for the folder",
        ),
        (
            plain.clone(),
            "rules: { mappings: off }\noverrides:\n  - { files: b.yaml, rules: { mappings: error } }\n".to_owned(),
            vec![],
            "an override for another file",
        ),
        (plain.clone(), "exclude: envs\n".to_owned(), vec![], "the folder is not looked at"),
        (plain.clone(), "include: [b.yaml]\n".to_owned(), vec![], "only the other file is looked at"),
        (
            with("ignore[unknown-source-field]"),
            "require-reasons: true\n".to_owned(),
            vec!["envs/c.yaml:7:20: warning[suppression-without-reason]"],
            "it suppresses, but says no reason",
        ),
        (
            with("ignore[unknown-source-field] it is renamed in May"),
            "require-reasons: true\n".to_owned(),
            vec![],
            "it suppresses, and says why",
        ),
        (
            with("ignore[unknown-source-field]"),
            "rules: { unknown-source-field: off }\n".to_owned(),
            vec![],
            "a suppression of a rule that is off may be needed again",
        ),
    ];
    for (collection, config, expected, reason) in cases {
        let (found, _) = check(&collection, &config, "2026-11-25");
        assert_eq!(found.len(), expected.len(), "{reason}: {found:?}");
        for (line, start) in found.iter().zip(expected) {
            assert!(line.starts_with(start), "{reason}: {line}");
        }
    }
}

#[test]
fn presets_and_levels_decide_the_exit_code() {
    let passed = COLLECTION.replace("titel", "title") + "  field_passthrough: [{ source_path: authr }]\n";
    for (config, severity, expected) in [
        ("", "warning", Exit::Clean),
        ("fail-on: warning\n", "warning", Exit::Findings),
        ("strict: true\n", "error", Exit::Findings),
        ("preset: strict\n", "error", Exit::Findings),
        ("preset: strict\nstrict: false\nfail-on: error\n", "warning", Exit::Clean),
        ("preset: strict\nrules: { unknown-passthrough-field: info }\n", "info", Exit::Clean),
    ] {
        let (found, exit) = check(&passed, config, "2026-11-25");
        let line = found.iter().find(|line| line.contains("[unknown-passthrough-field]")).expect("the finding");
        assert!(line.contains(&format!(" {severity}[")), "{config}: {line}");
        assert_eq!(exit, expected, "{config}");
    }
}

#[test]
fn old_spellings_are_taken_where_the_configuration_says_so() {
    let old = COLLECTION.replace("bucket_ids: [articles]", "bucket_id: articles").replace("titel", "title");
    let (found, _) = check(&old, "", "2026-11-25");
    assert!(found.iter().any(|line| line.contains("warning[outdated-key]")), "{found:?}");
    assert_eq!(check(&old, "api: v1\n", "2026-11-25").0, [""; 0]);
}

#[test]
fn a_link_of_the_configuration_is_firm() {
    let named = COLLECTION.replace("[articles]", "[bkt_live1234]");
    let two = [("b.yaml", BUCKET), ("o.yaml", "bucket_name: others\nbucket_schema: { properties: { sum: { type: number } } }\n")];
    let with = |config: &str| {
        let files = [&two[..], &[("c.yaml", named.as_str()), ("mixlint.yaml", config)]].concat();
        stdout(&mixlint(project(&files).path(), &["check", "--format", "concise"]))
    };
    assert!(with("").contains("info[unlinked-source]"), "{}", with(""));
    let linked = with("links: { abc: articles }\n");
    assert!(linked.starts_with("c.yaml:7:11: error[unknown-source-field]") && linked.lines().count() == 1, "{linked}");
    let misspelt = with("links: { abc: artikles }\n");
    assert!(misspelt.contains("mixlint.yaml:1:15: warning[unknown-reference] The configuration links the bucket"), "{misspelt}");
}
