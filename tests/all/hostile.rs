//! Hostile input: a clear finding or error each; no crash, no hang, bounded memory.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use crate::support::{mixlint, project, stderr, stdout};

/// Runs the check with at most 2 GB of address space, so that a bound on memory that does not hold is a crash.
fn bounded(folder: &Path, arguments: &str) -> std::process::Output {
    let script = format!("ulimit -v 2000000; exec \"$0\" check --format concise {arguments}");
    Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_mixlint")])
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("a shell")
}

/// Checks one file, walked to and named; both must say this, and end with this code.
fn says(name: &str, content: &[u8], sentence: &str, code: i32) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), content).expect("written");
    let named = bounded(folder.path(), name);
    assert!(stdout(&named).contains(sentence), "{name}: {}{}", stdout(&named), stderr(&named));
    assert_eq!(named.status.code(), Some(code), "{name}");
    let walked = bounded(folder.path(), ".");
    assert!(matches!(walked.status.code(), Some(0 | 1 | 3)), "{name}: {:?} {}", walked.status, stderr(&walked));
}

#[test]
fn deep_nesting() {
    let definition = "{ \"collection_name\": \"deep\", \"source\": {}, \"metadata\": ";
    says("brackets.json", "[".repeat(100_000).as_bytes(), "syntax-error", 1);
    says("objects.json", "{\"a\":".repeat(100_000).as_bytes(), "syntax-error", 1);
    says(
        "definition.json",
        format!("{definition}{}{} }}", "[".repeat(100_000), "]".repeat(100_000)).as_bytes(),
        "nested too deeply",
        1,
    );
    says("brackets.yaml", "[".repeat(100_000).as_bytes(), "syntax-error", 1);
    says("dashes.yaml", "- ".repeat(100_000).as_bytes(), "syntax-error", 1);
    let indented: String = (0..5_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    says("indented.yaml", indented.as_bytes(), "syntax-error", 1);
}

#[test]
fn aliases_that_multiply() {
    let mut laughs = String::from("collection_name: laughs\nsource: {}\na0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
    for level in 1..12 {
        let above = format!("*a{}, ", level - 1).repeat(10);
        laughs.push_str(&format!("a{level}: &a{level} [{}]\n", above.trim_end_matches(", ")));
    }
    says("laughs.yaml", laughs.as_bytes(), "stand for too many values", 1);
    let mut schema = String::from("bucket_name: laughs\nbucket_schema:\n  properties:\n    f0: &f0 { type: string }\n");
    for level in 1..40 {
        let fields: String = (0..10).map(|number| format!("x{number}: *f{}, ", level - 1)).collect();
        schema.push_str(&format!(
            "    f{level}: &f{level} {{ type: object, properties: {{ {} }} }}\n",
            fields.trim_end_matches(", ")
        ));
    }
    says("schema.yaml", schema.as_bytes(), "stand for too many values", 1);
    says("inside.yaml", b"collection_name: x\nsource: &s { type: bucket, again: *s }\n", "inside of the value", 1);
}

#[test]
fn an_unclosed_string_in_a_large_file() {
    let lines = "  \"metadata\": { \"key\": \"value of some length\", \"number\": 12345 },\n".repeat(150_000);
    let text = format!("{{\n  \"collection_name\": \"large,\n  \"source\": {{}},\n{lines}  \"end\": 1\n}}\n");
    assert!(text.len() > 9_000_000);
    says("large.json", text.as_bytes(), "large.json:2:22: error[syntax-error] This string is not closed", 1);
    let lines = "key: value of some length\n".repeat(400_000);
    says("large.yaml", format!("collection_name: \"large\nsource: {{}}\n{lines}").as_bytes(), "syntax-error", 1);
    let one_line = format!("{{ \"collection_name\": \"x\", \"source\": {{}}, \"text\": \"{}", "long ".repeat(2_000_000));
    says("one_line.json", one_line.as_bytes(), "syntax-error", 1);
}

#[test]
fn bytes_that_are_no_text() {
    says(
        "latin1.json",
        b"{ \"bucket_name\": \"caf\xe9\" }",
        "latin1.json:1:22: error[syntax-error] These bytes are not UTF-8.",
        1,
    );
    says("latin1.yaml", b"bucket_name: caf\xe9\n", "latin1.yaml:1:17: error[syntax-error] These bytes are not UTF-8.", 1);
    says("utf16.json", b"\xff\xfe{\0}\0", "UTF-16", 1);
    says("random.json", &(0..=255u8).cycle().take(100_000).collect::<Vec<_>>(), "syntax-error", 1);
    says("random.yaml", &(0..=255u8).cycle().take(100_000).collect::<Vec<_>>(), "syntax-error", 1);
    says("nul.json", &[0; 10_000], "syntax-error", 1);
}

#[test]
fn many_errors_are_bounded() {
    let text = format!("{{ \"collection_name\": \"x\", \"source\": [{}] }}", "tru, ".repeat(200_000));
    let folder = project(&[("many.json", &text)]);
    let output = bounded(folder.path(), ".");
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).lines().count() <= 102, "{} lines", stdout(&output).lines().count());
    assert!(stdout(&output).contains("more errors are not shown"), "{}", stdout(&output));
}

#[test]
fn an_empty_file() {
    says("empty.json", b"", "This file is empty", 1);
    says("blank.json", b" \n\n", "This file is empty", 1);
    for name in ["empty.yaml", "empty.jsonl"] {
        let folder = project(&[(name, "")]);
        let output = mixlint(folder.path(), &["check", name]);
        assert_eq!(output.status.code(), Some(3), "{name}");
        assert!(stderr(&output).contains("nothing to lint"), "{name}: {}", stderr(&output));
    }
}

#[test]
fn a_sparse_file_of_a_gigabyte() {
    let folder = project(&[("b.json", "{ \"bucket_name\": \"b\" }")]);
    File::create(folder.path().join("huge.json")).and_then(|file| file.set_len(1 << 30)).expect("a sparse file");
    let walked = bounded(folder.path(), ".");
    assert_eq!(walked.status.code(), Some(0));
    assert!(
        stdout(&walked).contains("huge.json:1:1: warning[unreadable-file] This file was not checked: it has more than 128 MiB")
    );
    let named = bounded(folder.path(), "huge.json");
    assert_eq!(named.status.code(), Some(2));
    assert!(stderr(&named).contains("huge.json: it has more than 128 MiB"), "{}", stderr(&named));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_opened() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = project(&[("b.json", "{ \"bucket_name\": \"b\" }"), ("closed.json", "{}"), ("shut/c.json", "{}")]);
    let close = |name: &str| fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(0o000)).expect("closed");
    close("closed.json");
    close("shut");
    symlink("loop.json", folder.path().join("loop.json")).expect("a link");
    symlink("..", folder.path().join("up")).expect("a link");
    symlink("nowhere.json", folder.path().join("dangling.json")).expect("a link");
    let pipe = Command::new("mkfifo").arg(folder.path().join("pipe.json")).status().expect("mkfifo");
    assert!(pipe.success());

    let output = mixlint(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    // The superuser opens anything.
    if fs::read(folder.path().join("closed.json")).is_err() {
        assert!(
            stdout(&output).contains("closed.json:1:1: warning[unreadable-file] This file was not checked: permission denied.")
        );
        assert!(stdout(&output).contains("shut:1:1: warning[unreadable-file]"), "{}", stdout(&output));
    } else {
        eprintln!("skipped: this user may open every file, so none is unreadable");
    }
    assert!(
        stderr(&output).contains("not read: dangling.json: a symbolic link, which is not followed, and 3 more"),
        "{}",
        stderr(&output)
    );
    let why = stdout(&mixlint(folder.path(), &["files", "--why"]));
    for line in
        ["loop.json\n  not read: a symbolic link", "up\n  not read: a symbolic link", "pipe.json\n  not read: not a regular file"]
    {
        assert!(why.contains(line), "{line:?} is not in\n{why}");
    }
    for (name, reason) in [("loop.json", "too many levels of symbolic links"), ("dangling.json", "no such file or directory")] {
        let output = mixlint(folder.path(), &["check", name]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(stderr(&output).to_lowercase().contains(reason), "{name}: {}", stderr(&output));
    }
    fs::set_permissions(folder.path().join("shut"), fs::Permissions::from_mode(0o755)).expect("opened");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text() {
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().expect("a folder");
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.json");
    fs::write(folder.path().join(name), "{ \"bucket_name\": ").expect("written");
    let output = mixlint(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("syntax-error"), "{}", stdout(&output));
}

#[test]
fn a_text_cannot_command_the_terminal() {
    let escape =
        "{ \"collection_name\": \"x\\u001b[2J\", \"source\": { \"type\": \"bucket\", \"bucket_ids\": [\"b\\u001b[31m\"] } }\n";
    let raw = "collection_name: x\nsource: { type: bucket, bucket_ids: [no\u{202e}where] }\n";
    let folder = project(&[("a.json", escape), ("b.yaml", raw), ("c.json", "{ \"bucket_name\": \"\u{1b}[2J\" }")]);
    for format in ["pretty", "concise"] {
        let output = mixlint(folder.path(), &["check", "--format", format, "--color", "never"]);
        let text = stdout(&output);
        assert!(text.contains("unknown-source") && text.contains("syntax-error"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{format}: {text:?}");
    }
}

#[test]
fn a_chain_of_any_length() {
    let mut lines = String::from("{\"bucket_name\":\"b\",\"bucket_schema\":{\"properties\":{\"a\":{\"type\":\"text\"}}}}\n");
    let count = 20_000;
    for number in 0..count {
        let source = match number {
            0 => "\"type\":\"bucket\",\"bucket_ids\":[\"b\"]".to_owned(),
            _ => format!("\"type\":\"collection\",\"collection_id\":\"col{}\"", number - 1),
        };
        let path = if number == count - 1 { "gone" } else { "a" };
        lines.push_str(&format!(
            "{{\"collection_name\":\"col{number}\",\"source\":{{{source}}},\"feature_extractor\":{{\"feature_extractor_name\":\
             \"passthrough_extractor\",\"version\":\"v1\",\"input_mappings\":{{\"content\":\"{path}\"}},\"field_passthrough\":\
             [{{\"source_path\":\"a\"}}]}}}}\n"
        ));
    }
    let folder = project(&[("chain.jsonl", &lines)]);
    let output = bounded(folder.path(), ".");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(stdout(&output).lines().count(), 1, "{}", stdout(&output));
    let closed = lines.replace(
        "\"type\":\"bucket\",\"bucket_ids\":[\"b\"]",
        &format!("\"type\":\"collection\",\"collection_id\":\"col{}\"", count - 1),
    );
    let folder = project(&[("circle.jsonl", &closed)]);
    let output = bounded(folder.path(), ".");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("source-cycle"));
}
