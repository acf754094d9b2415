//! What holds for every machine format: it is valid by its schema, whatever is in it; its columns are in its own unit; its paths
//! are relative to what its readers expect.

use jsonschema::Validator;
use mixlint::diagnostic::{Diagnostic, Edit, Fix, Label, Severity, Subject};
use mixlint::render::{FORMATS, Format, Look, Output, Run, Summary};
use mixlint::text::{FileId, SourceFile, Sources, Span};
use serde_json::{Value, json};

use crate::support::{mixlint, project, root, stdout};
use crate::xml;

const BUCKET: &str = "bucket_name: articles\nbucket_schema:\n  properties:\n    title: { type: text }\n";

/// The finding is at `titel`: before it stand 39 characters of one byte but for an emoji of four and an accent of two.
const COLLECTION: &str = "collection_name: abc\nsource: { type: bucket, bucket_ids: [articles] }\nfeature_extractor:\n  \
    feature_extractor_name: passthrough_extractor\n  version: v1\n  input_mappings: { \"😀é\": title, text: titel }\n  \
    include_all_source_fields: true\n";

fn validator(schema: &str, reference: Option<&str>) -> Validator {
    // The schema of SARIF has a pattern with one bracket too many, for a key that we do not write.
    let schema = schema.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "");
    let mut schema: Value = serde_json::from_str(&schema).expect("a schema");
    if let Some(reference) = reference {
        schema = json!({ "$defs": schema["$defs"], "$ref": reference });
    }
    jsonschema::validator_for(&schema).expect("a schema")
}

/// Says what is wrong with a document by its schema, or by the grammar where there is none.
pub fn faults(format: &str, text: &str) -> Vec<String> {
    let check = |schema: &str, reference: Option<&str>, text: &str| match serde_json::from_str::<Value>(text) {
        Ok(value) => validator(schema, reference).iter_errors(&value).map(|error| error.to_string()).collect(),
        Err(error) => vec![error.to_string()],
    };
    let report = include_str!("../../src/schemas/report.json");
    match format {
        "json" => check(report, None, text),
        "jsonl" => {
            let last = text.lines().last().unwrap_or_default();
            let lines = text.lines().flat_map(|line| check(report, Some("#/$defs/Line"), line));
            lines.chain(check(report, Some("#/$defs/Last"), last)).collect()
        }
        "sarif" => check(include_str!("../schemas/sarif-2.1.0.json"), None, text),
        "gitlab" => check(include_str!("../schemas/gitlab-codequality.json"), None, text),
        "rdjson" => check(include_str!("../schemas/rdjson.json"), None, text),
        "junit" => xml::errors(text, include_str!("../schemas/junit-10.xsd")),
        "checkstyle" => xml::errors(text, include_str!("../schemas/checkstyle.xsd")),
        "github" => text.lines().filter(|line| annotation(line).is_none()).map(str::to_owned).collect(),
        "markdown" => {
            let rows = text.lines().filter(|line| line.starts_with('|'));
            rows.filter(|row| row.matches('|').count() != 5).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// What the runner of GitHub reads in a line.
pub struct Annotation {
    pub command: String,
    pub properties: Vec<(String, String)>,
    pub message: String,
}

/// The annotation in a line, if it is one.
pub fn annotation(line: &str) -> Option<Annotation> {
    let (command, message) = line.strip_prefix("::")?.split_once("::")?;
    let (command, properties) = command.split_once(' ')?;
    let unescape = |text: &str| {
        [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]
            .iter()
            .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    let pair = |property: &str| property.split_once('=').map(|(name, value)| (name.to_owned(), unescape(value)));
    let properties: Option<Vec<_>> = properties.split(',').map(pair).collect();
    let is_known = ["error", "warning", "notice"].contains(&command);
    let properties = properties?;
    is_known.then(|| Annotation { command: command.to_owned(), properties, message: unescape(message) })
}

fn report(folder: &std::path::Path, format: &str) -> String {
    stdout(&mixlint(folder, &["check", "--format", format]))
}

fn written(format: &Format, findings: &[Diagnostic], sources: &Sources) -> String {
    let files: Vec<FileId> = sources.iter().map(|(id, _)| id).collect();
    let run = Run { files: &files, failing: Severity::Error, is_incomplete: false, suppressed: &[] };
    let output = Output { findings, summary: Summary::new(findings, 1, 1), sources, data: None, run };
    let mut bytes = Vec::new();
    format.write(output, Look { color: false, width: 80 }, &mut bytes).expect("written");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn every_format_is_valid_with_findings_without_and_where_a_file_does_not_parse() {
    let clean = project(&[("b.yaml", BUCKET), ("c.yaml", &COLLECTION.replace("titel", "title"))]);
    let broken = project(&[("b.yaml", BUCKET), ("c.json", "{ \"collection_name\": "), ("d.yaml", "bucket_name: [\n")]);
    let outdated = project(&[("b.json", "{ \"bucket_name\": \"a\", \"schema\": { \"properties\": {} } }")]);
    let storefront = root().join("fixtures/storefront");
    let circle = root().join("fixtures/rules/source-cycle");
    for format in &FORMATS {
        for folder in [clean.path(), broken.path(), outdated.path(), &storefront, &circle] {
            let text = report(folder, format.name);
            assert_eq!(faults(format.name, &text), Vec::<String>::new(), "{} in {}", format.name, folder.display());
            assert!(format.is_for_people || format.name == "github" || !text.is_empty(), "{}", format.name);
        }
        let text = written(format, &[], &Sources::default());
        assert_eq!(faults(format.name, &text), Vec::<String>::new(), "{} of nothing", format.name);
    }
    assert!(report(clean.path(), "github").is_empty());
    assert!(report(broken.path(), "github").contains("title=syntax-error"));
}

#[test]
fn each_format_counts_columns_in_its_own_unit() {
    let folder = project(&[("b.yaml", BUCKET), ("c.yaml", COLLECTION)]);
    let text = |format: &str| report(folder.path(), format);
    let json = |format: &str| serde_json::from_str::<Value>(&text(format)).expect("a document");
    assert!(text("pretty").contains("[c.yaml:6:40]"));
    assert!(text("concise").starts_with("c.yaml:6:40: "));
    assert_eq!(json("json")["diagnostics"][0]["start"]["column"], 40);
    assert!(text("jsonl").contains("\"start\":{\"line\":6,\"column\":40,"));
    assert_eq!(json("sarif")["runs"][0]["columnKind"], "utf16CodeUnits");
    let region = &json("sarif")["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(*region, json!({ "startLine": 6, "startColumn": 41, "endLine": 6, "endColumn": 46 }));
    assert!(text("github").starts_with("::error file=c.yaml,line=6,endLine=6,col=40,endColumn=45,title=unknown-source-field::"));
    assert_eq!(json("gitlab")[0]["location"], json!({ "path": "c.yaml", "lines": { "begin": 6 } }));
    assert!(text("junit").contains(">c.yaml:6:40: error[unknown-source-field] "));
    assert!(text("checkstyle").contains("<error line=\"6\" column=\"40\" severity=\"error\" "));
    let range = &json("rdjson")["diagnostics"][0]["location"]["range"];
    assert_eq!(*range, json!({ "start": { "line": 6, "column": 44 }, "end": { "line": 6, "column": 49 } }));
    assert!(text("markdown").contains("| c.yaml:6:40 |"));
}

/// What was read from a stream knows the column of its first byte in every unit.
#[test]
fn columns_of_objects_in_one_line_are_in_the_units_of_the_formats() {
    let folder = project(&[("b.yaml", BUCKET), ("o.json", "[{\"title\": \"😀é\"}, {\"title\": 7}]")]);
    let run =
        |format| stdout(&mixlint(folder.path(), &["check", "--objects", "o.json", "--bucket", "articles", "--format", format]));
    assert!(run("concise").starts_with("o.json:1:29: "), "{}", run("concise"));
    let sarif: Value = serde_json::from_str(&run("sarif")).expect("a document");
    assert_eq!(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"], 30);
    let rdjson: Value = serde_json::from_str(&run("rdjson")).expect("a document");
    assert_eq!(rdjson["diagnostics"][0]["location"]["range"]["start"]["column"], 33);
    for format in &FORMATS {
        assert_eq!(faults(format.name, &run(format.name)), Vec::<String>::new(), "{}", format.name);
    }
}

const HOSTILE: &str = "It <b>is</b> & \"c\" ']]>' \u{1b}[31m\u{0}\u{202e},\r\nnext: 100%25, |x| `t|<i>` [y](1) @all ::error::";

/// A finding whose every text and whose path try to break out, over several lines.
fn hostile() -> (Vec<Diagnostic>, Sources) {
    let mut file = SourceFile::new("d ä/<a>&\"b,c\": 50%\n|.json", "{ \"😀é\": [\n  1\n] }\n");
    file.shown.clone_from(&file.path);
    let sources = Sources::new(vec![file]);
    let span = |start, end| Span::new(FileId::new(0), start..end);
    let mut finding = Diagnostic::new("unknown-key", Severity::Error, span(12, 19), HOSTILE, HOSTILE);
    finding.related(span(2, 10), HOSTILE).help(HOSTILE).about(Some(Subject {
        kind: "bucket",
        name: HOSTILE.to_owned(),
        span: span(0, 1),
    }));
    let edit = |start, end| Edit { span: span(start, end), text: HOSTILE.to_owned() };
    finding.fix(Some(Fix { title: HOSTILE.to_owned(), is_safe: true, edits: vec![edit(2, 10), edit(12, 19)] }));
    finding.lineage(vec![Label { span: span(0, 0), message: HOSTILE.to_owned() }]);
    (vec![finding], sources)
}

#[test]
fn no_text_breaks_out_of_any_format() {
    let (findings, sources) = hostile();
    let path = &sources.get(FileId::new(0)).path;
    for format in &FORMATS {
        let text = written(format, &findings, &sources);
        assert_eq!(faults(format.name, &text), Vec::<String>::new(), "{}:\n{text}", format.name);
        assert!(!text.contains(['\u{1b}', '\0']), "{}", format.name);
    }
    let of = |name: &str| written(Format::find(name).expect("a format"), &findings, &sources);
    assert_eq!(of("concise").lines().count(), 1, "{}", of("concise"));
    let lines = of("github");
    assert_eq!(lines.lines().count(), 1);
    let Annotation { command, properties, message } = annotation(lines.trim_end()).expect("an annotation");
    assert_eq!(command, "error");
    let names: Vec<&str> = properties.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["file", "line", "endLine", "title"], "no columns over several lines");
    assert_eq!((&properties[0].1, properties[1].1.as_str(), properties[2].1.as_str()), (path, "1", "3"));
    assert!(message.contains("<b>is</b>") && message.contains("\r\nnext: 100%25,"), "{message}");
    let checkstyle = of("checkstyle");
    let document = roxmltree::Document::parse(&checkstyle).expect("XML");
    let error = document.descendants().find(|node| node.has_tag_name("error")).expect("an error");
    assert!(error.attribute("message").is_some_and(|text| text.contains("<b>is</b> & \"c\" ']]>'") && text.contains("\r\nnext")));
    assert_eq!(document.descendants().find_map(|node| node.attribute("name")), Some(path.as_str()));
    let markdown = of("markdown");
    for piece in ["<b>", "<i>", "@all", "[y](", "|x|", "]]>"] {
        assert!(!markdown.contains(piece), "{piece} in {markdown}");
    }
    let json: Value = serde_json::from_str(&of("gitlab")).expect("JSON");
    assert!(json[0]["description"].as_str().is_some_and(|text| text.starts_with(HOSTILE)));
    let sarif: Value = serde_json::from_str(&of("sarif")).expect("JSON");
    let result = &sarif["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "d%20%C3%A4/%3Ca%3E%26%22b%2Cc%22%3A%2050%25%0A%7C.json");
    assert_eq!(place["region"], json!({ "startLine": 1, "startColumn": 10, "endLine": 1, "endColumn": 11 }), "the first line");
    let message = result["message"]["text"].as_str().expect("a text");
    assert_eq!(message.matches("](1)").count(), 1, "only the related place is a link: {message}");
}

#[test]
fn programs_get_paths_from_the_root_and_people_from_where_they_stand() {
    let folder = project(&[(".git/HEAD", ""), ("defs/b.yaml", BUCKET), ("defs/deep/c.yaml", COLLECTION)]);
    let below = folder.path().join("defs/deep");
    for (format, path) in [
        ("pretty", "[c.yaml:6:40]"),
        ("concise", "c.yaml:6:40: "),
        ("rdjson", "\"path\": \"c.yaml\""),
        ("json", "\"path\": \"defs/deep/c.yaml\""),
        ("jsonl", "\"path\":\"defs/deep/c.yaml\""),
        ("sarif", "\"uri\": \"defs/deep/c.yaml\""),
        ("github", "file=defs/deep/c.yaml,"),
        ("gitlab", "\"path\": \"defs/deep/c.yaml\""),
        ("junit", "<testsuite name=\"defs/deep/c.yaml\""),
        ("checkstyle", "<file name=\"defs/deep/c.yaml\">"),
        ("markdown", "| defs/deep/c.yaml:6:40 |"),
    ] {
        let text = stdout(&mixlint(&below, &["check", "--format", format, "c.yaml"]));
        assert!(text.contains(path), "{format}: {text}");
    }
}

/// The fingerprints of a report, by what holds them.
fn fingerprints(text: &str, pointer: &str, list: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(text).expect("a document");
    let list = report.pointer(list).and_then(Value::as_array).expect("a list");
    list.iter().map(|one| one.pointer(pointer).and_then(Value::as_str).expect("a fingerprint").to_owned()).collect()
}

#[test]
fn fingerprints_stay_when_lines_are_added_above() {
    let before = project(&[("b.yaml", BUCKET), ("c.yaml", COLLECTION)]);
    let after = project(&[("b.yaml", BUCKET), ("c.yaml", &format!("# one\n\n# two\n{COLLECTION}"))]);
    for (format, pointer, list) in
        [("gitlab", "/fingerprint", ""), ("sarif", "/partialFingerprints/mixlint~1v1", "/runs/0/results")]
    {
        let of = |folder| fingerprints(&report(folder, format), pointer, list);
        assert_eq!(of(before.path()).len(), 1);
        assert_eq!(of(before.path()), of(after.path()), "{format}");
        assert_ne!(report(before.path(), format), report(after.path(), format), "the line is another one");
    }
}

#[test]
fn gitlab_gets_a_fingerprint_of_its_own_for_each_finding() {
    let sources = Sources::new(vec![SourceFile::new("a.yaml", "x x y")]);
    let at = |start: u32| {
        let span = Span::new(FileId::new(0), start..start + 1);
        Diagnostic::new("unknown-key", Severity::Error, span, "no such key", "There is no such key.")
    };
    let of = |starts: &[u32]| {
        let findings: Vec<Diagnostic> = starts.iter().map(|start| at(*start)).collect();
        let mut all = fingerprints(&written(Format::find("gitlab").expect("it"), &findings, &sources), "/fingerprint", "");
        all.sort();
        all
    };
    let all = of(&[0, 2, 4]);
    assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{all:?}");
    assert_eq!(all, of(&[4, 2, 0]), "independent of the order");
    assert_eq!(of(&[0]), of(&[2]), "and of the place");
}

#[test]
fn a_fault_of_mixlint_is_a_document_too() {
    for format in &FORMATS {
        let mut bytes = Vec::new();
        format.fail(HOSTILE, &mut bytes).expect("written");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(faults(format.name, &text), Vec::<String>::new(), "{}: {text}", format.name);
        assert_eq!(text.is_empty(), format.is_for_people, "{}", format.name);
        if format.name == "sarif" {
            let document: Value = serde_json::from_str(&text).expect("a document");
            assert_eq!(document["runs"][0]["invocations"][0]["executionSuccessful"], false);
        }
    }
}

#[test]
fn a_suggestion_has_all_edits_in_one_unless_it_would_show_what_is_hidden() {
    let mut file = SourceFile::new("a.json", "{ \"😀é\": old, \"b\": old }");
    let span = |start, end| Span::new(FileId::new(0), start..end);
    let mut finding = Diagnostic::new("outdated-key", Severity::Warning, span(12, 15), "outdated", "It is outdated.");
    let edit = |start, end, text: &str| Edit { span: span(start, end), text: text.to_owned() };
    finding.fix(Some(Fix { title: HOSTILE.to_owned(), is_safe: true, edits: vec![edit(12, 15, "new"), edit(22, 25, "newer")] }));
    let suggestions = |file: SourceFile| {
        let text = written(Format::find("rdjson").expect("it"), &[finding.clone()], &Sources::new(vec![file]));
        serde_json::from_str::<Value>(&text).expect("a document")["diagnostics"][0]["suggestions"].clone()
    };
    let range = json!({ "start": { "line": 1, "column": 13 }, "end": { "line": 1, "column": 26 } });
    let expected = json!([{ "range": range, "text": "new, \"b\": newer" }]);
    assert_eq!(suggestions(SourceFile::new("a.json", file.text())), expected);
    file.conceal(17..20);
    assert_eq!(suggestions(file), Value::Null);
}

#[test]
fn a_comment_has_no_more_rows_than_github_takes() {
    let sources = Sources::new(vec![SourceFile::new("a.yaml", "x")]);
    let span = Span::new(FileId::new(0), 0..1);
    let findings = vec![Diagnostic::new("unknown-key", Severity::Error, span, "no such key", "There is no such key."); 2_000];
    let text = written(Format::find("markdown").expect("it"), &findings, &sources);
    assert!(text.chars().count() < 65_536 && text.len() > 50_000, "{}", text.len());
    let rows = text.lines().filter(|line| line.starts_with("| ❌")).count();
    assert!(text.ends_with(&format!("\n{} more did not find room here.\n", 2_000 - rows)), "{}", &text[text.len() - 80..]);
}
