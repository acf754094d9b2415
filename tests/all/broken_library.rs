//! A manifest with each mistake of the retrieval half, whose comments say on which line which rule is to find it: no more, no less.

use std::collections::BTreeSet;
use std::fs;

use mixlint::workspace::Workspace;

use crate::support::root;

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
    let missing: Vec<_> = expected.difference(&found).collect();
    let extra: Vec<_> = found.difference(&expected).collect();
    assert!(missing.is_empty() && extra.is_empty(), "missing: {missing:?}\nextra: {extra:?}");
}
