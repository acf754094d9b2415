//! A manifest with each mistake of the retrieval half, whose comments say on which line which rule is to find it: no more, no less.

use std::collections::BTreeSet;
use std::fs;

use mixlint::workspace::Workspace;

use crate::support::root;

/// Where the mark and the finding differ in the rule: the line, the rule of the mark, and ours. A filter of a retriever on a field that a
/// collection has flattened should be a lost field; today only the paths of collections are, and the filter's own rule says what to write.
const OPEN: [(usize, &str, &str); 1] = [(227, "lost-field", "unknown-filter-field")];

#[test]
fn each_mistake_is_found_on_its_line_and_nothing_else() {
    let text = fs::read_to_string(root().join("fixtures/retrieval/broken-library.yaml")).expect("the manifest");
    let marked = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    let expected: BTreeSet<(usize, &str)> = marked
        .filter_map(|(number, line)| Some((number + 1, line.split_once("# expect: ")?.1)))
        .flat_map(|(number, names)| names.split(", ").map(move |name| (number, name.trim())))
        .collect();
    let workspace = Workspace::from_texts([("broken-library.yaml", text.as_str())]);
    let findings = mixlint::check(&workspace);
    let place = |span: mixlint::text::Span| workspace.sources.get(span.file).line_column(span.start).line;
    let found: BTreeSet<(usize, &str)> = findings.iter().map(|finding| (place(finding.primary.span), finding.rule)).collect();
    assert_eq!(expected.len(), 45, "all comments are read");
    for (line, marked, ours) in OPEN {
        let differs = expected.contains(&(line, marked)) && !found.contains(&(line, marked)) && found.contains(&(line, ours));
        assert!(differs, "line {line} is no longer open: take it out of the list");
    }
    let is_open =
        |one: &&(usize, &str)| OPEN.iter().any(|(line, marked, ours)| one.0 == *line && [*marked, *ours].contains(&one.1));
    let missing: Vec<_> = expected.difference(&found).filter(|one| !is_open(one)).collect();
    let extra: Vec<_> = found.difference(&expected).filter(|one| !is_open(one)).collect();
    assert!(missing.is_empty() && extra.is_empty(), "missing: {missing:?}\nextra: {extra:?}");
}
