//! Every fact that mixlint checks, with a fixture that fails and a neighbor that passes: the list is `fixtures/facts.csv`.
//!
//! Its columns: what the fact is about, the fact, the rule that shows it, the fixture in which it does, a few words that it says
//! there, and the fixture in which it is silent.

use std::collections::{BTreeMap, HashSet};
use std::fs;

use mixlint::diagnostic::Diagnostic;
use mixlint::rules;
use mixlint::workspace::Workspace;

use crate::support::{OF_NO_TEXT, root, texts_below};

#[test]
fn every_fact_fails_and_passes() {
    let list = fs::read_to_string(root().join("fixtures/facts.csv")).expect("the list");
    let mut checked: BTreeMap<&str, Vec<Diagnostic>> = BTreeMap::new();
    let mut wrong = Vec::new();
    let (mut shown, mut facts) = (HashSet::new(), HashSet::new());
    for line in list.lines().skip(1) {
        let row: Vec<&str> = line.split(',').collect();
        let [topic, fact, rule, fails, says, passes] = row[..] else { panic!("six columns: {line}") };
        assert!(facts.insert((topic, fact)), "twice: {line}");
        let of_rule = |case, checked: &mut BTreeMap<_, _>| -> Vec<Diagnostic> {
            let all: &Vec<Diagnostic> = checked.entry(case).or_insert_with(|| findings(case));
            all.iter().filter(|finding| finding.rule == rule).cloned().collect()
        };
        if !of_rule(fails, &mut checked).iter().any(|finding| is_said(finding, says)) {
            wrong.push(format!("{topic}: {fact}: {fails} does not say {says:?}"));
        }
        let said = of_rule(passes, &mut checked);
        if let Some(said) = said.first() {
            wrong.push(format!("{topic}: {fact}: {passes} does not pass: {}", said.message));
        }
        shown.insert(rule);
    }
    // What cannot be read is no fixture of texts, and a configuration or an answer is no definition.
    let missing = rules::ALL.iter().filter(|rule| !shown.contains(rule.name) && !OF_NO_TEXT.contains(&rule.name));
    wrong.extend(missing.map(|rule| format!("no fact is shown by {}", rule.name)));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a platform's own `lint` and `validate` look at, what retrievers and enrichments refer to, and what has gone wrong for people:
/// each row of `fixtures/manifest-rows.csv` is one of the facts, or has a test of its own, or cannot be told offline.
#[test]
fn every_row_of_what_manifests_can_have_wrong_is_a_fact() {
    let read = |name: &str| fs::read_to_string(root().join("fixtures").join(name)).expect("the list");
    let (facts, rows) = (read("facts.csv"), read("manifest-rows.csv"));
    let two = |line: &'_ str| line.splitn(3, ',').take(2).map(str::to_owned).collect::<Vec<_>>();
    let facts: HashSet<Vec<String>> = facts.lines().skip(1).map(two).collect();
    let changes = fs::read_to_string(root().join("tests/all/changes.rs")).expect("the tests");
    let mut wrong = Vec::new();
    for line in rows.lines().skip(1) {
        let row: Vec<&str> = line.split(',').collect();
        let [_, _, topic, fact] = row[..] else { panic!("four columns: {line}") };
        // What only a change shows has a test with git.
        let is_tested = topic == "test" && changes.contains(&format!("\nfn {}() {{", fact.replace(' ', "_")));
        if topic != "not offline" && !is_tested && !facts.contains(&vec![topic.to_owned(), fact.to_owned()]) {
            wrong.push(line);
        }
    }
    for code in mixlint::rules::CODES.iter().filter(|code| code.code != "MISSING_CACHE_CONFIG") {
        assert!(rows.contains(&format!("\nlint,{},", code.code)), "{} has no row", code.code);
    }
    assert!(wrong.is_empty(), "no fact: {}", wrong.join("\n"));
}

fn findings(case: &str) -> Vec<Diagnostic> {
    let texts = texts_below(&root().join("fixtures/rules").join(case));
    assert!(!texts.is_empty(), "there is no fixture {case}");
    // The rule that a fixture is of may have to be asked for.
    let rule = case.split('/').next().unwrap_or_default();
    let workspace = Workspace::from_texts(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    mixlint::check_with(&workspace, &[rule])
}

fn is_said(finding: &Diagnostic, words: &str) -> bool {
    let related = finding.related.iter().map(|label| &label.message);
    related.chain([&finding.message]).chain(&finding.help).any(|sentence| sentence.contains(words))
}
