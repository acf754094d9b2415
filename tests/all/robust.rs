//! Half-typed and damaged repositories: the check never panics, and every format stays whole.

use mixlint::diagnostic::Severity;
use mixlint::render::{FORMATS, Look, Output, Run, Summary};
use mixlint::workspace::Workspace;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::{root, texts_below};

/// What is done to a text at a place.
#[derive(Debug, Clone)]
enum Damage {
    Cut(usize),
    Insert(&'static str),
    Truncate,
}

const INSERTED: [&str; 16] = ["\"", "{", "}", "[", "]", ":", ",", "\n", "- ", "  ", "&a ", "*a", "<<: ", "é😀", "\u{1b}", "\t"];

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (1usize..40).prop_map(Damage::Cut),
        proptest::sample::select(&INSERTED[..]).prop_map(Damage::Insert),
        Just(Damage::Truncate),
    ]
}

fn apply(text: &mut String, at: usize, damage: &Damage) {
    let boundary =
        |text: &str, at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let start = boundary(text, at);
    match damage {
        Damage::Cut(length) => text.replace_range(start..boundary(text, start + length).max(start), ""),
        Damage::Insert(what) => text.insert_str(start, what),
        Damage::Truncate => text.truncate(start),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damage_ends_in_findings(damages in proptest::collection::vec((any::<Index>(), any::<Index>(), damage()), 1..6)) {
        let mut texts = texts_below(&root().join("fixtures/storefront"));
        for (file, at, damage) in &damages {
            let file = file.index(texts.len());
            let text = &mut texts[file].1;
            let at = at.index(text.len() + 1);
            apply(text, at, damage);
        }
        let workspace = Workspace::from_texts(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let findings = mixlint::check(&workspace);
        let run = Run { files: &[], failing: Severity::Error, is_incomplete: false, suppressed: &[] };
        let output =
            Output { findings: &findings, summary: Summary::new(&findings, 0, 0), sources: &workspace.sources, data: None, run };
        for format in &FORMATS {
            let mut bytes = Vec::new();
            format.write(output, Look { color: false, width: 80 }, &mut bytes).expect("written");
            let text = String::from_utf8(bytes).expect("UTF-8");
            let json = || serde_json::from_str::<serde_json::Value>(&text).expect("a document");
            let count = match format.name {
                "pretty" => {
                    prop_assert!(!text.contains(['\u{1b}']) && !text.contains("Failed to read"), "{}", text);
                    continue;
                }
                "concise" | "github" => text.lines().count(),
                "json" | "rdjson" => json()["diagnostics"].as_array().map_or(0, Vec::len),
                "jsonl" => text.lines().count() - 1,
                "sarif" => json()["runs"][0]["results"].as_array().map_or(0, Vec::len),
                "gitlab" => json().as_array().map_or(0, Vec::len),
                "junit" => text.matches("<failure").count() + text.matches("<skipped").count(),
                "checkstyle" => text.matches("<error").count(),
                _ => text.lines().filter(|line| line.starts_with("| ")).count().saturating_sub(1),
            };
            prop_assert_eq!(count, findings.len(), "{}", format.name);
        }
        for finding in &findings {
            for span in finding.related.iter().map(|label| label.span).chain([finding.primary.span]) {
                let text = workspace.sources.get(span.file).text();
                prop_assert!(text.get(span.range()).is_some(), "{} {:?}", finding.rule, span);
            }
        }
    }
}
