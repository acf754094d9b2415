//! `mixlint.yaml`: each mistake in it has a place, a hint and exit code 2; what it sets is shown with the place that sets it.

use std::fs;

use mixlint::config::KEYS;

use crate::support::{command, mixlint, project, root, stderr, stdout};

const BUCKET: &str = "bucket_name: articles\nbucket_schema:\n  properties:\n    title: { type: text }\n";

#[test]
fn each_mistake_has_a_place_and_a_hint() {
    for (config, place, message, help) in [
        ("strickt: true", "1:1", "The configuration has no key `strickt`.", "Did you mean `strict`?"),
        ("fail_on: error", "1:1", "The configuration has no key `fail_on`.", "Did you mean `fail-on`?"),
        ("preset: strikt", "1:9", "`preset` takes one of `recommended`, `strict`, `pedantic`.", "Did you mean `strict`?"),
        ("strict: yes", "1:9", "`strict` takes `true` or `false`.", ""),
        ("fail-on: warn", "1:10", "`fail-on` takes one of `error`, `warning`, `info`.", ""),
        ("api: v3", "1:6", "`api` takes one of `auto`, `v1`, `v2`.", "Did you mean `v1`?"),
        ("rules: [unused-bucket]", "1:8", "`rules` takes an object", ""),
        (
            "rules:\n  unused-buckte: off",
            "2:3",
            "There is no rule and no group `unused-buckte`.",
            "Did you mean `unused-bucket`?",
        ),
        ("rules: { unused-bucket: of }", "1:25", "`unused-bucket` takes one of `off`", "Did you mean `off`?"),
        ("include: 3", "1:10", "`include` takes a glob, or a list of globs.", ""),
        ("exclude: \"a/[\"", "1:10", "`a/[` is not a glob", ""),
        ("overrides: { files: a }", "1:12", "`overrides` takes a list of objects.", ""),
        ("overrides: [{ files: a }]", "1:13", "An entry of `overrides` needs `files` and `rules`.", ""),
        ("overrides: [{ file: a, rules: {} }]", "1:15", "An entry of `overrides` has no key `file`.", "Did you mean `files`?"),
        ("ignore: [{ path: a }]", "1:10", "An entry of `ignore` needs `rules`", ""),
        ("ignore: [{ rules: schema }]", "1:10", "An entry of `ignore` needs `path`", ""),
        (
            "ignore: [{ path: a, rules: unused-buckte }]",
            "1:28",
            "There is no rule and no group `unused-buckte`.",
            "Did you mean `unused-bucket`?",
        ),
        ("ignore: [{ path: a, rules: schema, until: 2026-02-30 }]", "1:43", "`2026-02-30` is not a day", ""),
        ("ignore: [{ path: a, rules: schema, pointer: b }]", "1:45", "`b` is not a JSON pointer", ""),
        ("links: [a]", "1:8", "`links` takes an object", ""),
        ("links: { a: [b] }", "1:13", "`links` takes a name of a bucket.", ""),
        ("baseline: []", "1:11", "`baseline` takes a path.", ""),
        ("strict: true\nstrict: false", "2:1", "The key `strict` stands twice", "Take one of them out."),
    ] {
        let folder = project(&[("b.yaml", BUCKET), ("mixlint.yaml", config)]);
        let output = mixlint(folder.path(), &["check", "--format", "jsonl"]);
        assert_eq!(output.status.code(), Some(2), "{config}");
        let lines = stdout(&output);
        let first: serde_json::Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("a document");
        let found = format!("{}:{}", first["start"]["line"], first["start"]["column"]);
        assert_eq!(found, place, "{config}: {first}");
        assert_eq!(first["rule"], "config-error", "{config}");
        assert!(first["message"].as_str().is_some_and(|text| text.starts_with(message)), "{config}: {first}");
        assert!(first["help"].as_str().unwrap_or_default().contains(help), "{config}: {first}");
    }
}

#[test]
fn what_is_set_is_shown_with_the_place_that_sets_it() {
    let config = "preset: strict\nfail-on: error\nrules: { links: info, unknown-source: off }\noverrides:\n  \
                  - { files: old, rules: { unknown-key: off } }\nexclude: [vendor]\n";
    let folder = project(&[("b.yaml", BUCKET), ("mixlint.yaml", config), ("old/c.yaml", ""), ("vendor/d.yaml", "")]);
    let show = |more: &[&str]| stdout(&mixlint(folder.path(), &[&["config", "show"], more].concat()));
    let shown = show(&[]);
    for line in [
        "# mixlint.yaml",
        "preset = strict  # mixlint.yaml:1:1",
        "fail-on = error  # mixlint.yaml:2:1",
        "strict = true  # the preset `strict`",
        "require-reasons = false  # the preset `strict`",
        "exclude = [vendor]  # mixlint.yaml:6:1",
        "external = none  # default",
    ] {
        assert!(shown.lines().any(|one| one == line), "{line}\n{shown}");
    }
    assert_eq!(shown.lines().count(), 1 + KEYS.len());
    let old = show(&["--for", "old/c.yaml"]);
    for line in [
        "unknown-key = off  # the configuration",
        "unknown-source = off  # the configuration",
        "duplicate-name = info  # the configuration",
        "missing-description = off  # default",
        "missing-key = error  # default",
    ] {
        assert!(old.lines().any(|one| one == line), "{line}\n{old}");
    }
    assert!(show(&["--for", "b.yaml"]).contains("unknown-key = error  # default"));
    assert!(show(&["--for", "vendor/d.yaml"]).contains("# not looked at"));
    let without = stdout(&mixlint(folder.path(), &["config", "show", "--no-config"]));
    assert!(without.starts_with("# no configuration\npreset = recommended  # default\n"), "{without}");
}

/// What CI sets once counts for every call, and a flag counts before it.
#[test]
fn the_environment_sets_what_flags_set() {
    let wrong = BUCKET.replace("text", "txt");
    let folder = project(&[("b.yaml", &wrong), ("other.yaml", "rules: { unknown-field-type: warning }\n")]);
    let run = |variables: &[(&str, &str)], arguments: &[&str]| {
        let output = command(folder.path(), arguments).envs(variables.iter().copied()).output().expect("a run");
        (stdout(&output), output.status.code())
    };
    let (lines, code) = run(&[("MIXLINT_FORMAT", "concise")], &["check"]);
    assert!(lines.starts_with("b.yaml:4:20: error[unknown-field-type]") && code == Some(1), "{lines}");
    let (lines, code) = run(&[("MIXLINT_CONFIG", "other.yaml")], &["check", "--format", "concise"]);
    assert!(lines.starts_with("b.yaml:4:20: warning[unknown-field-type]") && code == Some(0), "{lines}");
    let variables = [("MIXLINT_CONFIG", "other.yaml"), ("MIXLINT_FAIL_ON", "warning"), ("MIXLINT_OUTPUT", "jsonl=found.jsonl")];
    assert_eq!(run(&variables, &["check"]).1, Some(1));
    assert!(fs::read_to_string(folder.path().join("found.jsonl")).expect("the file").contains("unknown-field-type"));
    assert_eq!(run(&variables, &["check", "--fail-on", "error"]).1, Some(0), "a flag counts before the environment");
    let shown = run(&variables, &["config", "show"]).0;
    assert!(shown.contains("--fail-on = warning  # the environment, MIXLINT_FAIL_ON"), "{shown}");
}

#[test]
fn a_project_begins_with_a_configuration_that_says_nothing() {
    let folder = project(&[("b.yaml", BUCKET)]);
    let output = mixlint(folder.path(), &["init", "--workflow"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = fs::read_to_string(folder.path().join("mixlint.yaml")).expect("the configuration");
    for key in KEYS.iter().filter(|key| key.name != "$schema") {
        assert!(text.contains(&format!("\n# {}:  # {}\n", key.name, key.default)), "{}", key.name);
    }
    assert!(text.lines().all(|line| line.is_empty() || line.starts_with('#')), "nothing is set");
    let hooks = fs::read_to_string(folder.path().join(".pre-commit-config.yaml")).expect("the hooks");
    assert!(hooks.starts_with("repos:\n  - repo: "), "{hooks}");
    assert!(folder.path().join(".github/workflows/mixlint.yml").exists());
    assert_eq!(mixlint(folder.path(), &["check"]).status.code(), mixlint(folder.path(), &["check", "--no-config"]).status.code());
    let again = mixlint(folder.path(), &["init"]);
    assert!(stderr(&again).contains("mixlint.yaml is there, and stays as it is"), "{}", stderr(&again));
    assert_eq!(fs::read_to_string(folder.path().join("mixlint.yaml")).expect("the configuration"), text);
}

/// The table of the page, and that of the documentation, are those of the keys.
#[test]
fn the_keys_are_documented() {
    let rows: Vec<String> = KEYS
        .iter()
        .filter(|key| key.name != "$schema")
        .map(|key| format!("| `{}` | {} | {} |\n", key.name, key.summary, key.default))
        .collect();
    let table = format!("| key | what it sets | default |\n|---|---|---|\n{}", rows.concat());
    for page in ["docs/configuration.md", "docs/rules/config-error.md"] {
        let path = root().join(page);
        let text = fs::read_to_string(&path).expect("the page");
        let start = text.find("| key | what it sets | default |").expect("the table");
        let end = text[start..].find("\n\n").map_or(text.len(), |end| start + end + 1);
        if std::env::var_os("MIXLINT_BLESS").is_some() {
            fs::write(&path, format!("{}{table}{}", &text[..start], &text[end..])).expect("the page");
        } else {
            assert_eq!(&text[start..end], table, "{page}: MIXLINT_BLESS=1 writes the table");
        }
    }
}
