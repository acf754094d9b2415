//! What a fix promises: the text parses, the finding is gone, and nothing as severe has come.

use std::collections::BTreeMap;

use mixlint::diagnostic::{Diagnostic, Fix, Severity};
use mixlint::text::Sources;
use mixlint::workspace::Workspace;

use crate::support::{files_below, root, texts_below};

#[test]
fn every_fix_mends_its_finding_and_breaks_nothing() {
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (name, _) in files_below(&root().join("fixtures")) {
        let Some(case) = name.strip_suffix("/expected.txt") else { continue };
        let texts = texts_below(&root().join("fixtures").join(case));
        let before = findings(&texts);
        for (finding, fix) in before.1.iter().filter_map(|finding| Some((finding, finding.fix.as_ref()?))) {
            let after = findings(&apply(&texts, fix, &before.0));
            let (old, new) = (counts(&before.1), counts(&after.1));
            let this = (finding.rule, finding.severity);
            let is_mended = new.get(&this).copied().unwrap_or_default() + 1 == old[&this];
            let is_new =
                |(found, count): (&Key<'_>, &usize)| found.1 >= finding.severity && old.get(found).is_none_or(|had| had < count);
            let came: Vec<_> = new.iter().filter(|(found, count)| is_new((found, count))).collect();
            if !is_mended || !came.is_empty() {
                wrong.push(format!("{case}: {}: mended: {is_mended}, came: {came:?}", finding.message));
            }
            *tried.entry(finding.rule).or_default() += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried.get("outdated-key").is_some_and(|count| *count >= 39), "{tried:?}");
}

type Key<'f> = (&'f str, Severity);

fn counts(findings: &[Diagnostic]) -> BTreeMap<Key<'_>, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.rule, finding.severity)).or_default() += 1;
    }
    counts
}

fn findings(texts: &[(String, String)]) -> (Sources, Vec<Diagnostic>) {
    let workspace = Workspace::from_texts(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let found = mixlint::check(&workspace);
    (workspace.sources, found)
}

/// The texts with the edits of a fix in them.
fn apply(texts: &[(String, String)], fix: &Fix, sources: &Sources) -> Vec<(String, String)> {
    let edited = |(name, text): &(String, String)| {
        let mut text = text.clone();
        let of_file = fix.edits.iter().rev().filter(|edit| sources.get(edit.span.file).path == *name);
        of_file.for_each(|edit| text.replace_range(edit.span.range(), &edit.text));
        (name.clone(), text)
    };
    texts.iter().map(edited).collect()
}
