//! What `check --objects` promises: any layout, exact places, all findings counted, and no more memory for more objects.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{command, mixlint, project, stderr, stdout};

const BUCKET: &str = r#"{ "bucket_name": "lamps", "bucket_schema": { "properties": {
  "sku": { "type": "string", "required": true },
  "price": { "type": "number" },
  "maker": { "type": "object", "properties": { "name": { "type": "string" } } },
  "tags": { "type": "array", "items": { "type": "string" } },
  "lit": { "type": "boolean" },
  "photo": { "type": "image" }
} }, "unique_key": { "fields": ["sku"], "default_policy": "insert" } }"#;

/// The findings in one file of objects, each as `line:column rule`, and the closing line.
fn check(name: &str, content: &[u8]) -> (Vec<String>, String) {
    let (output, _folder) = run(name, content, &["--format", "concise"]);
    let place = |line: &str| {
        let rest = line.strip_prefix(&format!("{name}:")).unwrap_or_else(|| panic!("{line}"));
        let (place, rest) = rest.split_once(": ").expect("a place");
        let rule = rest.split(['[', ']']).nth(1).expect("a rule");
        format!("{place} {rule}")
    };
    (stdout(&output).lines().map(place).collect(), stderr(&output))
}

fn run(name: &str, content: &[u8], more: &[&str]) -> (Output, tempfile::TempDir) {
    let folder = project(&[("bucket.json", BUCKET)]);
    fs::write(folder.path().join(name), content).expect("written");
    let arguments = [&["check", "--objects", name, "--bucket", "lamps"], more].concat();
    (mixlint(folder.path(), &arguments), folder)
}

#[test]
fn lines_with_all_that_lines_can_have() {
    let text = "\u{feff}{\"sku\": \"a\"}\r\n{\"sku\": \"😀é\", \"price\": \"2\"}\r\n\r\n{\"sku\": \"b\", \"price\": }\n\
                {\"sku\": \"a\"}\n{\"sku\": \"c\", \"maker\": {\"name\": 7}}";
    let (found, closing) = check("lamps.jsonl", text.as_bytes());
    assert_eq!(
        found,
        ["2:24 invalid-object-value", "4:22 syntax-error", "5:9 duplicate-unique-key", "6:32 invalid-object-value"]
    );
    assert!(closing.contains("4 errors, 0 warnings and 0 infos in 5 objects"), "{closing}");
    assert!(closing.contains("1 duplicate-unique-key, 2 invalid-object-value, 1 syntax-error"), "{closing}");
}

#[test]
fn a_list_is_read_one_object_at_a_time() {
    let text = "\n[ {\"sku\": \"a\", \"tags\": [\"[\", \"}\\\"\"]},\n  {\"sku\": \"😀\", \"price\": \"2\"}, {\"price\": 1},,\n{\"sku\": \"a\"},\n] x";
    let (found, _) = check("lamps.json", text.as_bytes());
    assert_eq!(
        found,
        [
            "3:25 invalid-object-value",
            "3:31 unique-key-value",
            "3:44 syntax-error",
            "4:9 duplicate-unique-key",
            "5:1 syntax-error",
            "5:3 syntax-error"
        ]
    );
    assert_eq!(check("lamps.json", b"[{\"sku\": \"a\"}").0, Vec::<String>::new(), "as far as it goes");
    assert_eq!(check("lamps.json", b"[{\"sku\": \"a\"}, ").0, ["1:16 syntax-error"]);
}

#[test]
fn a_broken_object_does_not_hide_the_next_one() {
    let (found, _) = check("lamps.json", b"[\n{\"sku\": \"a},\n{\"sku\": 1}\n]");
    let ends = |found: &[String]| (found.first().cloned(), found.last().cloned());
    assert_eq!(ends(&found), (Some("2:9 syntax-error".to_owned()), Some("3:9 invalid-object-value".to_owned())), "{found:?}");
    let (found, _) = check("lamps.json", b"[\n{\n  \"sku\": \"a,\n  \"price\": 1\n},\n{\"sku\": 1}\n]");
    assert_eq!(ends(&found), (Some("3:10 syntax-error".to_owned()), Some("6:9 invalid-object-value".to_owned())), "{found:?}");
}

#[test]
fn documents_of_several_kinds() {
    for (name, text) in [
        ("one.json", "{\n  \"price\": \"1\",\n  \"sku\": \"a\"\n}\n"),
        ("batch.json", "{ \"objects\": [\n  { \"price\": \"1\", \"sku\": \"a\" }\n] }"),
        ("answer.json", "{ \"results\": [\n  { \"price\": \"1\", \"sku\": \"a\" }\n] }"),
        ("list.yaml", "# lamps\n- price: \"1\"\n  sku: a\n"),
        ("lines", "{ \"sku\": \"b\" }\n{ \"price\": \"1\", \"sku\": \"a\" }\n"),
    ] {
        let (found, _) = check(name, text.as_bytes());
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert!(found[0].starts_with("2:") && found[0].ends_with(" invalid-object-value"), "{name}: {found:?}");
    }
}

#[test]
fn cells_have_the_types_of_their_fields() {
    let rows = "sku,price,maker.name,tags,lit,photo\na,1.5,x,\"[\"\"q\"\"]\",TRUE,https://example.com/a.jpg\n";
    assert_eq!(check("lamps.csv", rows.as_bytes()).0, Vec::<String>::new());
    let wrong = "sku;colour;price;tags;lit\r\n\"😀 \"\"1\"\"\";red;abc;[1];maybe\r\n;;;;\r\na;;\"1\n2\";;\r\nb;1\r\na;;;;\r\n";
    assert_eq!(
        check("lamps.csv", wrong.as_bytes()).0,
        [
            "1:5 unknown-object-field",
            "2:15 invalid-object-value",
            "2:19 invalid-object-value",
            "2:23 invalid-object-value",
            "3:1 unique-key-value",
            "4:4 invalid-object-value",
            "6:1 syntax-error",
            "7:1 duplicate-unique-key"
        ]
    );
    assert_eq!(check("lamps.csv", b"sku,price\n\"a,1\nb,2\n").0, ["2:1 syntax-error"], "a quote that is never closed");
}

#[test]
fn all_are_counted_and_the_first_are_shown() {
    let text: String = (0..10_000).map(|number| format!("{{\"sku\": \"{number}\", \"price\": \"x\"}}\n")).collect();
    let (found, closing) = check("lamps.jsonl", text.as_bytes());
    assert_eq!(found.len(), 20);
    assert!(
        closing.contains("10000 errors, 0 warnings and 0 infos in 10000 objects, of which the first 20 are shown"),
        "{closing}"
    );
    let (output, _folder) = run("lamps.jsonl", text.as_bytes(), &["--format", "json", "--max-findings", "3"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a document");
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(3));
    assert_eq!(report["summary"]["error"], 10_000);
    assert_eq!(report["summary"]["data"]["objects"], 10_000);
    assert_eq!(report["summary"]["data"]["shown"], 3);
    assert_eq!(report["summary"]["data"]["rules"]["invalid-object-value"], 10_000);
}

#[test]
fn every_format_tells_the_place_in_the_whole_file() {
    let text = "[{\"sku\": \"a\"},\n {\"sku\": \"😀\", \"price\": \"2\"}]";
    let (output, _folder) = run("lamps.json", text.as_bytes(), &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a document");
    let finding = &report["diagnostics"][0];
    assert_eq!(finding["pointer"], "/1/price");
    assert_eq!(finding["start"], serde_json::json!({ "line": 2, "column": 24, "offset": text.find("\"2\"") }));
    let (output, _folder) = run("lamps.json", text.as_bytes(), &[]);
    let drawing = stdout(&output);
    assert!(
        drawing.contains("[lamps.json:2:24]") && drawing.contains("\n 2 │ {\"sku\": \"😀\", \"price\": \"2\"}\n"),
        "{drawing}"
    );
    assert!(drawing.contains("[bucket.json:3:3]"), "where it is declared: {drawing}");
}

#[test]
fn the_standard_input_can_be_the_objects() {
    let folder = project(&[("bucket.json", BUCKET)]);
    let arguments = ["check", "--objects", "-", "--bucket", "bkt_lamps", "--format", "concise"];
    for (text, found) in
        [("[{\"sku\": 7}]", "<stdin>:1:10:"), ("{\"sku\": 7}\n{}\n", "<stdin>:1:9:"), ("sku,price\n,1\n", "<stdin>:2:1:")]
    {
        let output = piped(folder.path(), &arguments, text);
        assert!(stdout(&output).starts_with(found), "{}", stdout(&output));
        assert_eq!(output.status.code(), Some(1));
    }
    let both = [&arguments[..], &["--stdin-filename", "c.json"]].concat();
    assert_eq!(piped(folder.path(), &both, "").status.code(), Some(2), "it cannot be two things");
}

fn piped(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child =
        command(folder, arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("written");
    child.wait_with_output().expect("ends")
}

#[test]
fn exit_codes() {
    let code = |name: &str, content: &str, more: &[&str]| run(name, content.as_bytes(), more).0.status.code();
    assert_eq!(code("a.jsonl", "{\"sku\": \"a\"}", &[]), Some(0));
    assert_eq!(code("a.jsonl", "{\"sku\": 7}", &[]), Some(1));
    assert_eq!(code("a.jsonl", "{\"sku\": \"a\", \"x\": 1}", &[]), Some(0), "a warning");
    assert_eq!(code("a.jsonl", "{\"sku\": \"a\", \"x\": 1}", &["--fail-on", "warning"]), Some(1));
    for empty in ["", "\n \n", "[]"] {
        assert_eq!(code("a.json", empty, &[]), Some(3), "{empty:?}");
        assert_eq!(code("a.json", empty, &["--allow-empty"]), Some(0), "{empty:?}");
    }
    let folder = project(&[("bucket.json", BUCKET), ("open.json", "{ \"bucket_name\": \"open\" }"), ("a.jsonl", "{}")]);
    for (arguments, message) in [
        (&["--objects", "a.jsonl", "--bucket", "lamp"][..], "there is no bucket `lamp` here. Did you mean `lamps`?"),
        (&["--objects", "a.jsonl", "--bucket", "open"], "has no schema here"),
        (&["--objects", "b.jsonl", "--bucket", "lamps"], "b.jsonl: no such file or directory"),
        (&["--objects", "a.jsonl"], "--bucket"),
        (&["--bucket", "lamps"], "--objects"),
    ] {
        let output = mixlint(folder.path(), &[&["check"], arguments].concat());
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{arguments:?}");
        assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
    }
}

/// An object that is too long is one finding, and is not held in memory.
#[test]
fn memory_does_not_grow_with_the_objects() {
    let folder = project(&[("bucket.json", &BUCKET.replace("unique_key", "description"))]);
    for (name, start, between) in [("lamps.jsonl", "", "\n"), ("lamps.json", "[", ",")] {
        let mut file = std::io::BufWriter::new(fs::File::create(folder.path().join(name)).expect("created"));
        write!(file, "{start}{{\"sku\": \"").expect("written");
        (0..20).for_each(|_| file.write_all(&[b'x'; 1 << 20]).expect("written"));
        write!(file, "\"}}").expect("written");
        (0..4_000).for_each(|_| write!(file, "{between}{{\"sku\": \"a\"}}").expect("written"));
        write!(file, "{between}{{\"sku\": 7}}").expect("written");
        drop(file);
        let script = "ulimit -v 150000; exec \"$0\" check --objects \"$1\" --bucket lamps --format concise bucket.json";
        let output = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_mixlint"), name])
            .current_dir(folder.path())
            .output()
            .expect("a shell");
        assert!(stdout(&output).contains("more than 16 MiB"), "{}{}", stdout(&output), stderr(&output));
        assert!(stderr(&output).contains("2 errors, 0 warnings and 0 infos in 400"), "{}", stderr(&output));
    }
}

#[test]
fn samples_in_a_large_file_are_left_to_this_command() {
    let line =
        "{\"blobs\": [{\"property\": \"photo\", \"type\": \"image\", \"data\": \"https://example.com\"}], \"price\": \"x\"}\n";
    let folder = project(&[("bucket.json", BUCKET), ("lamps.jsonl", &line.repeat(60_000))]);
    let walked = mixlint(folder.path(), &["check", "--format", "concise"]);
    assert_eq!((stdout(&walked).as_str(), walked.status.code()), ("", Some(0)));
    let why = stdout(&mixlint(folder.path(), &["files", "--why"]));
    assert!(why.contains("lamps.jsonl\n  sample objects that are not read"), "{why}");
}
