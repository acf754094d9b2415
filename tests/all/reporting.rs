//! How findings are reported, whatever the format: exit codes, files beside the output, what is printed of many, and what the
//! environment asks for.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use mixlint::cli::{Environment, Exit, Streams, run};
use mixlint::render::FORMATS;
use serde_json::Value;

use crate::documents::{annotation, faults};
use crate::support::{mixlint, project, root, run_in_process, stderr, stdout};

const BUCKET: &str = r#"{ "bucket_name": "articles", "bucket_schema": { "properties": { "title": { "type": "text" } } } }"#;
const GOOD: &str = r#"{ "collection_name": "abc", "source": { "type": "bucket", "bucket_ids": ["articles"] },
  "feature_extractor": { "feature_extractor_name": "text_extractor", "version": "v1", "input_mappings": { "text": "title" } } }"#;

fn bad() -> String {
    GOOD.replace("\"title\"", "\"titel\"")
}

/// A warning, and below it in the order of files an error.
fn mixed() -> tempfile::TempDir {
    let warned = GOOD.replace("[\"articles\"]", "[\"article\"]").replace("abc", "warned");
    project(&[("b.json", BUCKET), ("c.json", &warned), ("d.json", &bad())])
}

fn code(folder: &Path, arguments: &[&str]) -> Option<i32> {
    mixlint(folder, arguments).status.code()
}

/// Runs in this process, with an environment; gives the exit code, the output and the error stream.
fn run_in(folder: &Path, arguments: &[&str], environment: Environment, input: &mut dyn Read) -> (Exit, String, String) {
    let (exit, out, err) = run_in_process(folder, arguments, input, |streams| streams.environment = environment);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (exit, text(out), text(err))
}

fn in_actions(summary: Option<&Path>) -> Environment {
    Environment {
        github_actions: Some("true".to_owned()),
        github_step_summary: summary.map(|path| path.display().to_string()),
        ..Environment::default()
    }
}

#[test]
fn the_exit_code_is_the_same_for_every_format() {
    let clean = project(&[("b.json", BUCKET), ("c.json", GOOD)]);
    let wrong = project(&[("b.json", BUCKET), ("c.json", &bad())]);
    let empty = project(&[]);
    let misconfigured = project(&[("b.json", BUCKET), ("mixlint.yaml", "no_such_key: 1\n")]);
    for format in &FORMATS {
        let code = |folder: &tempfile::TempDir, more: &[&str]| {
            let output = mixlint(folder.path(), &[&["check", "--format", format.name], more].concat());
            assert_eq!(faults(format.name, &stdout(&output)), Vec::<String>::new(), "{}", format.name);
            output.status.code()
        };
        assert_eq!(code(&clean, &[]), Some(0), "{}", format.name);
        assert_eq!(code(&wrong, &[]), Some(1), "{}", format.name);
        assert_eq!(code(&wrong, &["missing.json", "."]), Some(2), "{}", format.name);
        assert_eq!(code(&misconfigured, &[]), Some(2), "{}", format.name);
        assert_eq!(code(&empty, &[]), Some(3), "{}", format.name);
    }
}

/// An input that breaks mixlint itself.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("the input is broken")
    }
}

#[test]
fn after_a_fault_of_mixlint_itself_output_and_files_are_documents() {
    let folder = project(&[("b.json", BUCKET)]);
    for format in &FORMATS {
        let file = format!("{}.out", format.name);
        let output = format!("{}={file}", format.name);
        let arguments = ["check", "--stdin-filename", "c.json", "--format", format.name, "--output", &output];
        let (exit, out, err) = run_in(folder.path(), &arguments, Environment::default(), &mut Broken);
        assert_eq!(exit, Exit::Internal, "{}", format.name);
        assert!(err.contains("internal error: the input is broken"), "{err}");
        assert_eq!(faults(format.name, &out), Vec::<String>::new(), "{}", format.name);
        assert_eq!(out.contains("the input is broken"), !format.is_for_people, "{}", format.name);
        assert_eq!(fs::read_to_string(folder.path().join(file)).expect("written"), out);
    }
}

/// An output whose reader has gone.
struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_goes_away_ends_every_format_quietly_and_files_are_written_all_the_same() {
    let folder = project(&[("b.json", BUCKET), ("c.json", &bad())]);
    for format in &FORMATS {
        let mut err = Vec::new();
        let mut streams = Streams {
            input: &mut io::empty(),
            out: &mut Gone,
            err: &mut err,
            environment: Environment::default(),
            width: 100,
            today: None,
            working_directory: folder.path().to_owned(),
            home: None,
        };
        let exit = run(["mixlint", "check", "--format", format.name, "--output", "concise=out.txt"], &mut streams);
        assert_eq!((exit, err), (Exit::Findings, Vec::new()), "{}", format.name);
        let beside = folder.path().join("out.txt");
        assert!(fs::read_to_string(&beside).expect("written").starts_with("c.json:2:"));
        fs::remove_file(beside).expect("removed");
    }
}

#[test]
fn documents_are_written_beside_the_output_as_they_are_printed() {
    let folder = mixed();
    fs::create_dir(folder.path().join("out")).expect("a folder");
    fs::write(folder.path().join("out/a.sarif"), "what was there before").expect("written");
    let output = mixlint(
        folder.path(),
        &[
            "check",
            "--format",
            "concise",
            "--quiet",
            "--max-findings",
            "0",
            "--output",
            "sarif=out/a.sarif",
            "--output",
            "junit=out/a=b.xml",
        ],
    );
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(1), ""));
    for (format, file) in [("sarif", "out/a.sarif"), ("junit", "out/a=b.xml")] {
        let written = fs::read_to_string(folder.path().join(file)).expect("written");
        assert_eq!(written, stdout(&mixlint(folder.path(), &["check", "--format", format])), "all findings, whatever is printed");
    }
    let left: Vec<_> =
        fs::read_dir(folder.path().join("out")).expect("a folder").map(|entry| entry.expect("it").file_name()).collect();
    assert_eq!(left.len(), 2, "no temporary file stays: {left:?}");
}

#[test]
fn fixes_are_told_wherever_a_format_tells_them() {
    let bucket = fs::read_to_string(root().join("fixtures/rules/unique-key-optional/optional/bucket.json")).expect("the fixture");
    let folder = project(&[("b.json", &bucket)]);
    for format in &FORMATS {
        let printed = stdout(&mixlint(folder.path(), &["check", "--format", format.name]));
        let output = format!("{}=out.txt", format.name);
        mixlint(folder.path(), &["check", "--format", "concise", "--output", &output]);
        let beside = fs::read_to_string(folder.path().join("out.txt")).expect("written");
        assert_eq!(printed, beside, "{}", format.name);
        let tells = printed.contains("Require the field") || printed.contains("\"suggestions\":");
        assert_eq!(tells, format.has_fixes, "{}", format.name);
    }
}

#[test]
fn a_file_that_cannot_be_written_is_exit_2_and_the_others_are_written() {
    let folder = mixed();
    fs::create_dir(folder.path().join("taken")).expect("a folder");
    for (target, said) in [("json=no/such/a.json", "there is no folder"), ("json=taken", "it is a folder")] {
        let output = mixlint(folder.path(), &["check", "--format", "concise", "--output", target, "--output", "json=good.json"]);
        assert_eq!(output.status.code(), Some(2), "{target}");
        let file = target.split('=').nth(1).expect("a file");
        assert!(stderr(&output).contains(&format!("cannot write: {file}: {said}")), "{}", stderr(&output));
        assert_eq!(stdout(&output).lines().count(), 2, "the findings are printed all the same");
        fs::remove_file(folder.path().join("good.json")).expect("written");
    }
    for target in ["json", "json=", "xml=a.xml"] {
        let output = mixlint(folder.path(), &["check", "--output", target]);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{target}");
    }
    assert!(stderr(&mixlint(folder.path(), &["check", "--output", "xml=a.xml"])).contains("there is no format `xml`"));
}

#[cfg(unix)]
#[test]
fn a_link_stays_one_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = mixed();
    let file = folder.path().join("real.json");
    fs::write(&file, "").expect("written");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("set");
    symlink("real.json", folder.path().join("link.json")).expect("linked");
    assert_eq!(code(folder.path(), &["check", "--output", "json=link.json"]), Some(1));
    assert!(folder.path().join("link.json").is_symlink());
    assert!(fs::read_to_string(&file).expect("text").contains("\"diagnostics\""));
    assert_eq!(fs::metadata(&file).expect("it").permissions().mode() & 0o777, 0o640);
    assert_eq!(code(folder.path(), &["check", "--output", "json=/dev/null"]), Some(1), "what is no file is written to");
}

#[test]
fn in_actions_findings_are_annotations_unless_a_format_was_asked_for() {
    let folder = mixed();
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "# Before\n").expect("written");
    let (exit, out, _) = run_in(folder.path(), &["check"], in_actions(Some(&summary)), &mut io::empty());
    assert_eq!(exit, Exit::Findings);
    let commands: Vec<String> = out.lines().map(|line| annotation(line).expect("an annotation").command).collect();
    assert_eq!(commands, ["error", "warning"], "errors first, though the warning's file comes first");
    let written = fs::read_to_string(&summary).expect("text");
    assert!(written.starts_with("# Before\n### mixlint: 1 error, 1 warning and 0 infos\n"), "{written}");
    assert_eq!(faults("markdown", &written), Vec::<String>::new());
    assert_eq!(written.matches("unknown-source").count(), 2, "{written}");

    fs::write(&summary, "").expect("written");
    for arguments in [&["check", "--format", "concise"][..], &["check", "--statistics"]] {
        let (_, out, _) = run_in(folder.path(), arguments, in_actions(Some(&summary)), &mut io::empty());
        assert!(!out.contains("::error"), "{arguments:?}: {out}");
        assert_eq!(fs::read_to_string(&summary).expect("text"), "", "{arguments:?}");
    }
    let elsewhere = Environment { github_actions: Some("false".to_owned()), ..in_actions(None) };
    assert!(!run_in(folder.path(), &["check"], elsewhere, &mut io::empty()).1.contains("::error"));
    let asked = Environment { github_step_summary: Some("summary.md".to_owned()), ..Environment::default() };
    run_in(folder.path(), &["check", "--format", "github", "--max-findings", "1", "--quiet"], asked, &mut io::empty());
    let written = fs::read_to_string(&summary).expect("text");
    assert_eq!(written.lines().filter(|line| line.starts_with("| ")).count(), 3, "all of it, and the head: {written}");
    let missing = in_actions(Some(Path::new("no/such/file.md")));
    let (exit, _, err) = run_in(folder.path(), &["check"], missing, &mut io::empty());
    assert_eq!(exit, Exit::Findings, "nobody asked for the summary by name");
    assert!(err.contains("the summary of the step cannot be written"), "{err}");
    let (exit, ..) = run_in(folder.path(), &["check", "--stdin-filename", "d.json"], in_actions(Some(&summary)), &mut Broken);
    assert_eq!(exit, Exit::Internal);
    assert!(fs::read_to_string(&summary).expect("text").contains("### mixlint: internal error"));
}

#[test]
fn statistics_count_the_findings_of_each_rule() {
    let run =
        |arguments: &[&str]| mixlint(&root().join("fixtures/storefront"), &[&["check", "--statistics"], arguments].concat());
    let expected = "2 lost-field\n1 field-of-scalar\n1 path-prefix\n1 unknown-source\n1 unknown-source-field\n";
    for arguments in [&[][..], &["--format", "concise"], &["--format", "pretty"]] {
        let output = run(arguments);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(1), expected), "{arguments:?}");
    }
    for format in FORMATS.iter().filter(|format| !format.is_for_people) {
        let output = run(&["--format", format.name]);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{}", format.name);
        assert!(stderr(&output).contains(&format!("--output {}=FILE", format.name)), "{}", stderr(&output));
    }
    assert_eq!(stdout(&run(&["--quiet"])), "1 lost-field\n1 unknown-source-field\n");
    assert_eq!(stdout(&run(&["--max-findings", "1"])), expected);
    let folder = project(&[("b.json", BUCKET), ("o.jsonl", &"{\"title\": 7}\n".repeat(30))]);
    let objects = mixlint(folder.path(), &["check", "--objects", "o.jsonl", "--bucket", "articles", "--statistics"]);
    assert_eq!(stdout(&objects), "30 invalid-object-value\n", "all, of which 20 would be shown");
}

#[test]
fn quiet_prints_what_fails_the_run_and_nothing_else() {
    let folder = mixed();
    let run = |arguments: &[&str]| {
        let output = mixlint(folder.path(), &[&["check", "--format", "concise", "--quiet"], arguments].concat());
        (output.status.code(), stdout(&output).lines().count(), stderr(&output))
    };
    assert_eq!(run(&[]), (Some(1), 1, String::new()));
    assert_eq!(run(&["--fail-on", "warning"]), (Some(1), 2, String::new()));
    assert_eq!(run(&["c.json"]), (Some(0), 0, String::new()));
}

#[test]
fn of_many_findings_the_most_severe_are_printed_and_the_rest_is_counted() {
    let folder = mixed();
    let run = |arguments: &[&str]| {
        let output = mixlint(folder.path(), &[&["check", "--max-findings"], arguments].concat());
        (output.status.code(), stdout(&output), stderr(&output))
    };
    let (code, out, err) = run(&["1", "--format", "concise"]);
    assert!(out.starts_with("d.json:2:") && out.lines().count() == 1, "{out}");
    assert_eq!(code, Some(1));
    assert!(err.starts_with("mixlint: 1 more is not shown\nmixlint: 1 error, 1 warning and 0 infos in "), "{err}");
    let (code, out, err) = run(&["0", "--format", "concise"]);
    assert_eq!((code, out.as_str()), (Some(1), ""), "the exit code is that of all findings");
    assert!(err.starts_with("mixlint: 2 more are not shown\n"), "{err}");
    assert!(!run(&["2", "--format", "concise"]).2.contains("not shown"));
    let report: Value = serde_json::from_str(&run(&["1", "--format", "json"]).1).expect("a document");
    assert_eq!((report["diagnostics"].as_array().map(Vec::len), &report["summary"]["warning"]), (Some(1), &Value::from(1)));
}

#[test]
fn junit_is_as_red_as_the_run() {
    let folder = mixed();
    let run = |arguments: &[&str]| stdout(&mixlint(folder.path(), &[&["check", "--format", "junit"], arguments].concat()));
    assert!(run(&[]).contains("<testsuites name=\"mixlint\" tests=\"3\" failures=\"1\" errors=\"0\">"), "{}", run(&[]));
    assert!(run(&[]).contains("<testcase name=\"no finding\" classname=\"b.json\"/>"), "a clean file passes");
    assert!(run(&["--fail-on", "warning"]).contains(" tests=\"3\" failures=\"2\" errors=\"0\">"));
    assert!(!run(&["c.json"]).contains("d.json"), "a file that was not asked for is not said to be clean");
}

#[test]
fn locate_has_the_same_formats_and_files() {
    let folder = mixed();
    fs::write(folder.path().join("answer.json"), r#"{ "valid": true, "errors": [] }"#).expect("written");
    for format in &FORMATS {
        let target = format!("{}=located", format.name);
        let output = mixlint(folder.path(), &["locate", "answer.json", "--format", format.name, "--output", &target]);
        assert_eq!(output.status.code(), Some(1), "{}: {}", format.name, stderr(&output));
        assert_eq!(faults(format.name, &stdout(&output)), Vec::<String>::new(), "{}", format.name);
        assert_eq!(fs::read_to_string(folder.path().join("located")).expect("written"), stdout(&output));
    }
}

#[test]
fn an_answer_in_a_folder_has_its_path_from_the_root() {
    let answer = r#"{ "valid": false, "errors": ["Something is wrong."] }"#;
    let folder = project(&[(".git/HEAD", ""), ("defs/b.json", BUCKET), ("defs/c.json", GOOD), ("defs/answer.json", answer)]);
    let run = |format| stdout(&mixlint(&folder.path().join("defs"), &["locate", "answer.json", "--format", format]));
    assert!(run("github").contains(" file=defs/answer.json,"), "{}", run("github"));
    assert!(run("concise").starts_with("answer.json:"), "{}", run("concise"));
}
