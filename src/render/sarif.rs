//! SARIF 2.1.0, as code scanning of GitHub reads it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::place::{Region, uri};
use super::{FAULT, Output, fault, home, page_of};
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Severity};
use crate::identity::{Identity, identities};
use crate::rules;
use crate::text::{FileId, SourceFile, Sources, Span, Unit};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What GitHub and most editors count in, whatever a document states.
const UNIT: Unit = Unit::Utf16;

/// What paths are relative to.
const ROOT: &str = "%SRCROOT%";

/// The key of our fingerprints. GitHub's own key is for its own algorithm, which it applies by itself.
const FINGERPRINT: &str = "mixlint/v1";

/// How many bytes of a page stand beside the name of its rule.
const LONG: usize = 1_000;

/// Writes the findings as one run.
pub(super) fn sarif(output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    let suppressed: Vec<Diagnostic> = output.run.suppressed.iter().map(|one| one.finding.clone()).collect();
    let mut indexes: BTreeMap<&str, usize> = output.findings.iter().chain(&suppressed).map(|finding| (finding.rule, 0)).collect();
    indexes.values_mut().enumerate().for_each(|(number, index)| *index = number);
    let rules: Vec<Value> = indexes.keys().map(|name| rule(name)).collect();
    let result = |(finding, identity): (&Diagnostic, Identity)| {
        result(finding, &identity.fingerprint(), indexes[finding.rule], output.sources)
    };
    let all = |findings: &[Diagnostic]| -> Vec<Value> {
        findings.iter().zip(identities(findings, output.sources)).map(result).collect()
    };
    let mut results = all(output.findings);
    let hidden = all(&suppressed).into_iter().zip(output.run.suppressed);
    results.extend(hidden.map(|(result, by)| {
        let kind = if by.is_comment { "inSource" } else { "external" };
        let mut suppression = json!({ "kind": kind });
        if !by.reason.is_empty() {
            suppression["justification"] = by.reason.as_str().into();
        }
        with(result, "suppressions", json!([suppression]))
    }));
    document(rules, results, json!({ "executionSuccessful": !output.run.is_incomplete }), out)
}

/// Writes a run without results that says what went wrong inside mixlint.
pub(super) fn sarif_failure(message: &str, out: &mut dyn Write) -> io::Result<()> {
    let notification = json!({ "level": "error", "descriptor": { "id": FAULT }, "message": { "text": fault(message) } });
    let invocation = json!({ "executionSuccessful": false, "toolExecutionNotifications": [notification] });
    document(Vec::new(), Vec::new(), invocation, out)
}

fn document(rules: Vec<Value>, results: Vec<Value>, invocation: Value, out: &mut dyn Write) -> io::Result<()> {
    let mut driver = json!({ "name": "mixlint", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules });
    if let Some(home) = home() {
        driver["informationUri"] = home.into();
    }
    let run = json!({
        "tool": { "driver": driver },
        "automationDetails": { "id": "mixlint/" },
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": { ROOT: { "description": { "text": "The root of the repository." } } },
        "invocations": [invocation],
        "results": results,
    });
    serde_json::to_writer_pretty(&mut *out, &json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }))?;
    writeln!(out)
}

/// A rule, told by its page.
fn rule(name: &str) -> Value {
    let Some(rule) = rules::find(name) else { return json!({ "id": name }) };
    // The service's own verdicts are sure, and what is a matter of judgment is never an error.
    let (precision, problem) = match rule.severity {
        Severity::Error => ("very-high", "error"),
        Severity::Warning => ("high", "warning"),
        Severity::Info => ("medium", "recommendation"),
    };
    let page = without_links(rule.docs.split_once('\n').map_or("", |(_, page)| page).trim());
    let introduction = page.split("\n## ").next().unwrap_or_default();
    let mut told = json!({
        "id": name,
        "shortDescription": { "text": sentence(rule.summary) },
        "fullDescription": { "text": shortened(introduction) },
        "help": { "text": introduction.trim(), "markdown": page },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "precision": precision, "problem.severity": problem, "tags": ["mixpeek"] },
    });
    if let Some(page) = page_of(name) {
        told["helpUri"] = page.into();
    }
    told
}

fn result(finding: &Diagnostic, identity: &str, index: usize, sources: &Sources) -> Value {
    let numbered = finding.related.iter().enumerate();
    let related: Vec<Value> = numbered.map(|(number, label)| with(location(label, sources), "id", number + 1)).collect();
    let mut result = Map::new();
    let mut set = |key: &str, value: Value| result.insert(key.to_owned(), value);
    set("ruleId", finding.rule.into());
    set("ruleIndex", index.into());
    set("level", level(finding.severity).into());
    set("message", json!({ "text": message(finding) }));
    set("locations", json!([{ "physicalLocation": physical(finding.primary.span, sources) }]));
    set("partialFingerprints", json!({ FINGERPRINT: identity }));
    set("suppressions", json!([]));
    if !related.is_empty() {
        set("relatedLocations", related.into());
    }
    if !finding.lineage.is_empty() {
        let steps: Vec<Value> = finding.lineage.iter().map(|label| json!({ "location": location(label, sources) })).collect();
        set("codeFlows", json!([{ "threadFlows": [{ "locations": steps }] }]));
    }
    if !finding.fixes.is_empty() {
        let fix =
            |fix: &Fix| json!({ "description": { "text": sentence(&fix.title) }, "artifactChanges": changes(fix, sources) });
        set("fixes", finding.fixes.iter().map(fix).collect());
    }
    Value::Object(result)
}

fn with(mut value: Value, key: &str, one: impl Into<Value>) -> Value {
    value[key] = one.into();
    value
}

/// What is wrong, as the first sentence; then what to write instead, and where to look.
fn message(finding: &Diagnostic) -> String {
    let mut text = plain(&sentence(&finding.message));
    if let Some(help) = &finding.help {
        text = format!("{text} {}", plain(help));
    }
    let links = finding.related.iter().enumerate();
    let links: Vec<String> = links.map(|(number, label)| format!("[{}]({})", linked(label), number + 1)).collect();
    if links.is_empty() { text } else { format!("{text} See: {}.", links.join(", ")) }
}

/// The words of a link, in which brackets are escaped.
fn linked(label: &Label) -> String {
    let words = if label.message.is_empty() { "here" } else { &label.message };
    // Not every reader knows the escapes.
    plain(words).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// A text in which nothing is a link.
fn plain(text: &str) -> String {
    text.replace("](", "] (")
}

/// A text that begins and ends like a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let begin: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{begin}{}{end}", letters.as_str())
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn location(label: &Label, sources: &Sources) -> Value {
    let mut location = json!({ "physicalLocation": physical(label.span, sources) });
    if !label.message.is_empty() {
        location["message"] = json!({ "text": plain(&label.message) });
    }
    location
}

/// A place on one line, because more is not drawn.
fn physical(span: Span, sources: &Sources) -> Value {
    let file = sources.get(span.file);
    json!({ "artifactLocation": artifact(file), "region": region(file, file.first_line(span)) })
}

fn artifact(file: &SourceFile) -> Value {
    json!({ "uri": uri(&file.path), "uriBaseId": ROOT })
}

fn region(file: &SourceFile, span: Span) -> Value {
    let Region { start, end } = Region::new(file, span, UNIT);
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// The edits of a fix, file by file.
fn changes(fix: &Fix, sources: &Sources) -> Vec<Value> {
    let mut files: BTreeMap<FileId, Vec<Value>> = BTreeMap::new();
    for Edit { span, text } in &fix.edits {
        let deleted = region(sources.get(span.file), *span);
        files.entry(span.file).or_default().push(json!({ "deletedRegion": deleted, "insertedContent": { "text": text } }));
    }
    let change = |(file, replacements)| json!({ "artifactLocation": artifact(sources.get(file)), "replacements": replacements });
    files.into_iter().map(change).collect()
}

/// A page whose links to other pages, which lead nowhere outside of the project, are only their words.
fn without_links(page: &str) -> String {
    let mut plain = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(end) = rest.find(".md)") {
        let (before, after) = (&rest[..end], &rest[end + 4..]);
        match before.rfind("](").and_then(|middle| Some((before[..middle].rfind('[')?, middle))) {
            Some((begin, middle)) => plain.extend([&before[..begin], &before[begin + 1..middle]]),
            None => plain.extend([before, ".md)"]),
        }
        rest = after;
    }
    plain + rest
}

/// As many lines of a text as there is room for.
fn shortened(text: &str) -> String {
    let mut short = String::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if !short.is_empty() && short.len() + line.len() >= LONG {
            break;
        }
        short += if short.is_empty() { "" } else { " " };
        short += line;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_pages_become_words() {
        assert_eq!(without_links("See [one](a.md), `[x]` and [two](b.md)."), "See one, `[x]` and two.");
        assert_eq!(without_links("a file.md) and more"), "a file.md) and more");
    }

    #[test]
    fn a_text_cannot_be_a_link() {
        assert_eq!(plain("no [x](1)"), "no [x] (1)");
        let label = Label { span: Span::new(FileId::new(0), 0..0), message: "a [b] \\ c".to_owned() };
        assert_eq!(linked(&label), "a \\[b\\] \\\\ c");
    }

    #[test]
    fn every_rule_has_all_that_is_asked_for() {
        for listed in rules::ALL {
            let told = rule(listed.name);
            for key in ["/shortDescription/text", "/fullDescription/text", "/help/text", "/help/markdown"] {
                let text = told.pointer(key).and_then(Value::as_str).unwrap_or_default();
                assert!(text.len() > 10 && !text.contains(".md)"), "{} {key}: {text}", listed.name);
            }
            assert!(told["fullDescription"]["text"].as_str().is_some_and(|text| text.len() <= 1024), "{}", listed.name);
        }
    }
}
