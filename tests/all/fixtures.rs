//! Fixtures: each folder below `fixtures/rules/<rule>/<case>/` has a file `expected.txt` with the findings in it, a line each:
//! place, severity, rule, the text at the place, where else it points, and what it suggests. Set `MIXLINT_BLESS` to write them.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use mixlint::diagnostic::Diagnostic;
use mixlint::rules;
use mixlint::text::{Sources, Span};
use mixlint::workspace::Workspace;

use crate::support::{OF_NO_TEXT, mixlint, root, stdout, texts_below};

#[test]
fn findings_are_as_expected() {
    let mut wrong = Vec::new();
    for rule in rules::ALL.iter().filter(|rule| !OF_NO_TEXT.contains(&rule.name)) {
        let folder = root().join("fixtures/rules").join(rule.name);
        let cases: Vec<_> = fs::read_dir(&folder)
            .unwrap_or_else(|_| panic!("{} has no fixtures", rule.name))
            .map(|case| case.expect("a case").path())
            .collect();
        assert!(!cases.is_empty(), "{} has no fixtures", rule.name);
        let mut is_raised = false;
        for case in cases {
            let found = findings(&case, &[rule.name]);
            is_raised |= found.contains(&format!(" {} ", rule.name));
            compare(&case.join("expected.txt"), &found, &mut wrong);
        }
        assert!(is_raised, "no fixture of {} raises it", rule.name);
    }
    let storefront = root().join("fixtures/storefront");
    compare(&root().join("fixtures/storefront.expected.txt"), &findings(&storefront, &[]), &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn clean_repositories_stay_silent() {
    let mut count = 0;
    for entry in fs::read_dir(root().join("fixtures/clean")).expect("clean fixtures") {
        let folder = entry.expect("an entry").path();
        // Walked to, as users do it: what other tools keep beside the definitions is there too.
        let output = mixlint(&folder, &["check", "--format", "concise"]);
        assert_eq!((stdout(&output).as_str(), output.status.code()), ("", Some(0)), "{}", folder.display());
        count += 1;
    }
    assert!(count >= 3, "there should be several clean repositories");
}

/// The text at the place of each finding is the text that the finding is about, in every fixture.
#[test]
fn places_are_those_of_the_text() {
    for (name, _) in crate::support::files_below(&root().join("fixtures")) {
        let Some(case) = name.strip_suffix("/expected.txt") else { continue };
        let workspace = load(&root().join("fixtures").join(case));
        for finding in mixlint::check(&workspace) {
            for span in finding.related.iter().map(|label| label.span).chain([finding.primary.span]) {
                let file = workspace.sources.get(span.file);
                let (start, line) =
                    (file.line_column(span.start), file.text().lines().nth(file.line_of(span.start)).unwrap_or_default());
                let from_line: String = line.trim_start_matches('\u{feff}').chars().skip(start.column - 1).collect();
                let first_line = workspace.sources.slice(span).lines().next().unwrap_or_default();
                assert!(from_line.starts_with(first_line), "{case}: {} at {}:{}", finding.rule, start.line, start.column);
            }
        }
    }
}

fn load(folder: &Path) -> Workspace {
    let texts = texts_below(folder);
    Workspace::from_texts(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

fn findings(folder: &Path, asked: &[&str]) -> String {
    let workspace = load(folder);
    let mut lines = String::new();
    for finding in mixlint::check_with(&workspace, asked) {
        line(&finding, &workspace.sources, &mut lines);
    }
    lines
}

fn line(finding: &Diagnostic, sources: &Sources, lines: &mut String) {
    let place = |span: Span| {
        let at = sources.get(span.file).line_column(span.start);
        format!("{}:{}:{}", sources.get(span.file).path, at.line, at.column)
    };
    let _ = write!(lines, "{} {} {} ", place(finding.primary.span), finding.severity.name(), finding.rule);
    let _ = write!(lines, "{:?} {}", sources.slice(finding.primary.span), finding.message);
    for label in &finding.related {
        let _ = write!(lines, "\n    {} {}", place(label.span), label.message);
    }
    if let Some(help) = &finding.help {
        let _ = write!(lines, "\n    {help}");
    }
    lines.push('\n');
}

fn compare(expected: &Path, found: &str, wrong: &mut Vec<String>) {
    if std::env::var_os("MIXLINT_BLESS").is_some() {
        fs::write(expected, found).expect("written");
    }
    let text = fs::read_to_string(expected).unwrap_or_default();
    if text != found {
        wrong.push(format!("{}\n--- expected\n{text}--- found\n{found}", expected.display()));
    }
}
