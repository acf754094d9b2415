//! Every rule's page is a test: what stands under "Fails" fails, what stands under "Passes" passes.

use mixlint::rules;
use mixlint::workspace::Workspace;

use crate::support::OF_NO_TEXT;

#[test]
fn examples_do_what_they_say() {
    let mut wrong = Vec::new();
    for rule in rules::ALL {
        assert!(rule.docs.starts_with(&format!("# {}\n", rule.name)), "{}: wrong title", rule.name);
        // What cannot be read is no text, and a configuration is no definition: `hostile.rs` and `catalogue.rs` show these rules with
        // real files.
        if OF_NO_TEXT.contains(&rule.name) {
            continue;
        }
        let fails = examples(rule.docs, "Fails");
        let passes = examples(rule.docs, "Passes");
        assert!(!fails.is_empty() && !passes.is_empty(), "{}: needs an example under Fails and one under Passes", rule.name);
        for found in fails.iter().map(|example| names(example, rule.name)) {
            if found.is_empty() || found.iter().any(|name| *name != rule.name) {
                wrong.push(format!("{}: its failing example raises {found:?}", rule.name));
            }
        }
        for found in passes.iter().map(|example| names(example, rule.name)).filter(|found| !found.is_empty()) {
            wrong.push(format!("{}: its passing example raises {found:?}", rule.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

type Example<'p> = Vec<(&'p str, &'p str)>;

/// The examples of a section: each `###` begins a new one, each block with a file name is one file of it.
fn examples<'p>(page: &'p str, heading: &str) -> Vec<Example<'p>> {
    let section = page.split("\n## ").find(|section| section.starts_with(heading)).unwrap_or_default();
    section.split("\n### ").map(files).filter(|files| !files.is_empty()).collect()
}

fn files(section: &str) -> Example<'_> {
    let mut files = Vec::new();
    let mut rest = section;
    while let Some(start) = rest.find(" file=") {
        let (path, text) = rest[start + 6..].split_once('\n').expect("a name, then the text");
        let (text, after) = text.split_once("\n```").expect("a closed block");
        files.push((path.trim(), text));
        rest = after;
    }
    files
}

/// The rules that say something of an example; that of its own page is asked for.
fn names(example: &Example<'_>, page: &str) -> Vec<&'static str> {
    let workspace = Workspace::from_texts(example.iter().copied());
    mixlint::check_with(&workspace, &[page]).iter().map(|finding| finding.rule).collect()
}
