//! The command line's promises: exit codes, streams, colors, paths, standard input.

use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use mixlint::cli::Exit;

use crate::support::{command, mixlint, project, run_in_process, stderr, stdout};

const BUCKET: &str = r#"{ "bucket_name": "articles", "bucket_schema": { "properties": { "title": { "type": "text" } } } }"#;
const GOOD: &str = r#"{ "collection_name": "abc", "source": { "type": "bucket", "bucket_ids": ["articles"] },
  "feature_extractor": { "feature_extractor_name": "text_extractor", "version": "v1", "input_mappings": { "text": "title" } } }"#;

fn bad() -> String {
    GOOD.replace("\"title\"", "\"titel\"")
}

fn warned() -> String {
    GOOD.replace("[\"articles\"]", "[\"article\"]")
}

fn code(folder: &Path, arguments: &[&str]) -> Option<i32> {
    mixlint(folder, arguments).status.code()
}

#[test]
fn exit_0_when_nothing_reaches_the_failing_level() {
    let clean = project(&[("b.json", BUCKET), ("c.json", GOOD)]);
    assert_eq!(code(clean.path(), &["check"]), Some(0));
    let warned = project(&[("b.json", BUCKET), ("c.json", &warned())]);
    assert_eq!(code(warned.path(), &["check"]), Some(0));
}

#[test]
fn exit_1_when_a_finding_reaches_the_failing_level() {
    let wrong = project(&[("b.json", BUCKET), ("c.json", &bad())]);
    for format in ["pretty", "concise", "json"] {
        assert_eq!(code(wrong.path(), &["check", "--format", format]), Some(1), "{format}");
    }
    let warned = project(&[("b.json", BUCKET), ("c.json", &warned())]);
    assert_eq!(code(warned.path(), &["check", "--fail-on", "warning"]), Some(1));
    let broken = project(&[("c.json", "{ \"collection_name\": ")]);
    assert_eq!(code(broken.path(), &["check"]), Some(1), "a file that does not parse is a finding");
}

#[test]
fn exit_2_when_it_cannot_run() {
    let folder = project(&[("b.json", BUCKET)]);
    for arguments in [
        &["check", "--no-such-flag"][..],
        &["check", "--format", "xml"],
        &["check", "--fail-on", "never"],
        &["check", "missing.json"],
        &["check", "missing-folder/"],
        &["files", "missing.json"],
        &["explain", "no-such-rule"],
        &["no-such-command"],
        &["check", "-"],
        &[],
    ] {
        let output = mixlint(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(stdout(&output), "", "{arguments:?}");
        assert!(!stderr(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_missing_file_does_not_hide_what_is_wrong_in_others() {
    let folder = project(&[("b.json", BUCKET), ("c.json", &bad())]);
    let output = mixlint(folder.path(), &["check", "--format", "concise", "missing.json", "b.json", "c.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("error[unknown-source-field]"));
    assert!(stderr(&output).contains("missing.json: no such file or directory"), "{}", stderr(&output));
}

#[test]
fn exit_3_when_there_is_nothing_to_lint() {
    let folder = project(&[("package.json", "{ \"name\": \"shop\" }"), ("notes.yaml", "a: 1\n")]);
    for arguments in [&["check"][..], &["check", "."], &["check", "package.json"], &["files"]] {
        assert_eq!(code(folder.path(), arguments), Some(3), "{arguments:?}");
    }
    assert_eq!(code(folder.path(), &["check", "--allow-empty"]), Some(0));
    let output = piped(folder.path(), &["check", "-", "--stdin-filename", "notes.yaml"], "a: 2\n");
    assert_eq!(output.status.code(), Some(0), "never under --stdin-filename");
}

/// An input that breaks mixlint itself.
struct Broken;

impl std::io::Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        panic!("the input is broken")
    }
}

#[test]
fn exit_4_after_a_fault_of_mixlint_itself() {
    let folder = project(&[("b.json", BUCKET)]);
    for (format, is_document) in [("json", true), ("concise", false)] {
        let arguments = ["check", "--stdin-filename", "c.json", "--format", format];
        let (exit, out, err) = run_in_process(folder.path(), &arguments, &mut Broken, |_| {});
        assert_eq!(exit, Exit::Internal);
        assert!(String::from_utf8_lossy(&err).contains("internal error: the input is broken"));
        let document: Option<serde_json::Value> = serde_json::from_slice(&out).ok();
        assert_eq!(document.is_some(), is_document);
        assert_eq!(document.map(|document| document["internal_error"] == "the input is broken"), is_document.then_some(true));
    }
}

#[test]
fn help_and_version_are_no_mistakes() {
    let folder = project(&[]);
    for arguments in [["--help"], ["--version"]] {
        let output = mixlint(folder.path(), &arguments);
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""), "{arguments:?}");
        assert!(stdout(&output).contains("mixlint"));
    }
}

#[test]
fn findings_go_to_the_output_and_the_summary_beside_it() {
    let folder = project(&[("b.json", BUCKET), ("c.json", &bad())]);
    let output = mixlint(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(
        stdout(&output),
        "c.json:2:116: error[unknown-source-field] The source field 'titel' does not exist in the source schema.\n"
    );
    assert_eq!(stderr(&output), "mixlint: 1 error, 0 warnings and 0 infos in 2 files (2 definitions)\n");
}

#[test]
fn colors_only_where_they_are_wanted() {
    let folder = project(&[("b.json", BUCKET), ("c.json", &bad())]);
    let colored = |output: &Output| stdout(output).contains('\u{1b}');
    assert!(!colored(&mixlint(folder.path(), &["check"])), "no terminal");
    assert!(colored(&mixlint(folder.path(), &["check", "--color", "always"])));
    assert!(colored(&command(folder.path(), &["check"]).env("CLICOLOR_FORCE", "1").output().expect("runs")));
    let both = command(folder.path(), &["check"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().expect("runs");
    assert!(!colored(&both), "NO_COLOR counts more");
    assert!(!colored(&mixlint(folder.path(), &["check", "--color", "always", "--format", "json"])), "a document has no colors");
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let many: String = (0..3_000)
        .map(|number| format!("{}\n", bad().replace('\n', " ").replace("\"abc\"", &format!("\"c_{number}\""))))
        .collect();
    let folder = project(&[("b.json", BUCKET), ("c.jsonl", &many)]);
    let mut child = command(folder.path(), &["check"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!((stderr(&output).as_str(), output.status.code()), ("", Some(1)), "quiet, and what was found stays found");
}

#[test]
fn people_see_paths_from_where_they_stand_and_programs_from_the_root() {
    let folder = project(&[(".git/HEAD", ""), ("defs/buckets/b.json", BUCKET), ("defs/c.json", &bad())]);
    let below = folder.path().join("defs/buckets");
    let first = |output: Output| stdout(&output).split(':').next().unwrap_or_default().to_owned();
    assert_eq!(first(mixlint(folder.path(), &["check", "--format", "concise"])), "defs/c.json");
    assert_eq!(first(mixlint(&folder.path().join("defs"), &["check", "--format", "concise"])), "c.json");
    assert_eq!(first(mixlint(&below, &["check", "--format", "concise", ".."])), "../c.json");
    let whole = stdout(&mixlint(folder.path(), &["check", "--format", "json"]));
    assert!(whole.contains("\"path\": \"defs/c.json\""), "{whole}");
    assert_eq!(whole, stdout(&mixlint(folder.path(), &["check", "--format", "json", "defs"])));
    assert_eq!(whole, stdout(&mixlint(&below, &["check", "--format", "json", ".."])));
    assert_eq!(whole, stdout(&mixlint(&folder.path().join("defs"), &["check", "--format", "json"])));
}

#[test]
fn ignored_and_hidden_files_are_left_out_unless_they_are_named() {
    let folder = project(&[
        (".gitignore", "skipped.json\n"),
        (".mixlintignore", "old/\n"),
        ("b.json", BUCKET),
        ("skipped.json", &bad()),
        (".hidden/c.json", &bad()),
        ("old/c.json", &bad()),
    ]);
    assert_eq!(code(folder.path(), &["check"]), Some(0));
    assert_eq!(code(folder.path(), &["check", "b.json", "skipped.json"]), Some(1), "a named file is always taken");
    let all = mixlint(folder.path(), &["check", "--no-ignore", "--format", "concise"]);
    assert_eq!(stdout(&all).lines().filter(|line| line.contains("unknown-source-field")).count(), 3, "{}", stdout(&all));
}

fn piped(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child =
        command(folder, arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("written");
    child.wait_with_output().expect("ends")
}

#[test]
fn the_standard_input_is_laid_over_the_project() {
    let other = bad().replace("\"abc\"", "\"unrelated\"").replace("articles", "notes");
    let notes = BUCKET.replace("articles", "notes");
    let folder = project(&[("b.json", BUCKET), ("c.json", GOOD), ("x/b.json", &notes), ("x/c.json", &other)]);
    let arguments = ["check", "-", "--stdin-filename", "c.json", "--format", "concise"];
    let output = piped(folder.path(), &arguments, &bad());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output).lines().count(), 1, "only what concerns the file: {}", stdout(&output));
    assert!(stdout(&output).starts_with("c.json:2:"), "{}", stdout(&output));
    let clean = piped(folder.path(), &arguments, GOOD);
    assert_eq!((clean.status.code(), stdout(&clean).as_str()), (Some(0), ""));
}

#[test]
fn around_a_named_file_its_project_is_read() {
    let folder = project(&[("buckets/b.json", BUCKET), ("c.json", &bad()), ("d.json", &bad().replace("\"abc\"", "\"ddd\""))]);
    let output = mixlint(folder.path(), &["check", "c.json", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output).lines().count(), 1, "only what concerns the file: {}", stdout(&output));
    assert!(stdout(&output).starts_with("c.json:2:116: error[unknown-source-field]"), "{}", stdout(&output));
    let bucket = mixlint(folder.path(), &["check", "buckets/b.json", "--format", "concise"]);
    assert_eq!(stdout(&bucket).lines().count(), 2, "what a bucket breaks concerns it: {}", stdout(&bucket));
}

#[test]
fn a_change_in_a_bucket_shows_what_it_breaks_elsewhere() {
    let folder = project(&[("b.json", BUCKET), ("c.json", GOOD)]);
    let renamed = BUCKET.replace("title", "headline");
    let output = piped(folder.path(), &["check", "-", "--stdin-filename", "b.json", "--format", "concise"], &renamed);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).starts_with("c.json:2:"), "{}", stdout(&output));
}

#[test]
fn a_file_that_is_not_on_disk_yet_can_be_checked() {
    let folder = project(&[("b.json", BUCKET)]);
    let output = piped(folder.path(), &["check", "--stdin-filename", "new/c.json", "--format", "concise"], &bad());
    assert!(stdout(&output).starts_with("new/c.json:2:"), "{}", stdout(&output));
}

#[test]
fn files_says_what_was_found_and_how_it_was_linked() {
    let placeholder = GOOD.replace("articles", "<bucket_id>").replace("\"abc\"", "\"guessed\"");
    let folder = project(&[("b.json", BUCKET), ("c.json", GOOD), ("d.json", &placeholder), ("tsconfig.json", "{ /* ours */ }")]);
    assert_eq!(
        stdout(&mixlint(folder.path(), &["files"])),
        "b.json\n  bucket articles\n\
         c.json\n  collection abc\n    reads bucket articles in b.json\n\
         d.json\n  collection guessed\n    reads bucket articles in b.json\n"
    );
    assert_eq!(
        stdout(&mixlint(folder.path(), &["files", "c.json"])),
        "c.json\n  collection abc\n    reads bucket articles in b.json\n"
    );
    assert_eq!(
        stdout(&mixlint(folder.path(), &["files", "--why"])),
        "b.json\n  bucket articles\n\
         c.json\n  collection abc\n    reads bucket articles in b.json: by its name\n\
         d.json\n  collection guessed\n    reads bucket articles in b.json: a guess: it is the only bucket in this folder\n\
         tsconfig.json\n  nothing: it has none of the keys of a definition\n"
    );
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = project(&[]);
    let list = stdout(&mixlint(folder.path(), &["rules"]));
    for rule in mixlint::rules::ALL {
        assert!(list.contains(rule.name));
        assert_eq!(stdout(&mixlint(folder.path(), &["explain", rule.name])), rule.docs);
    }
    let output = mixlint(folder.path(), &["explain", "unknown-source-feild"]);
    assert!(stderr(&output).contains("Did you mean `unknown-source-field`?"), "{}", stderr(&output));
}
