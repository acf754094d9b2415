//! Manifests whose findings were written down by others, beside the project: place and meaning have to agree, severities are ours.

use std::collections::BTreeSet;
use std::fs;

use mixlint::rules;
use mixlint::workspace::Workspace;

use crate::support::root;

/// Their names of what is wrong, and the rule of ours that says it. A field that was lost further up, and a parameter whose
/// default is used because it is misspelt, have rules of their own here.
const RULES: [(&str, &[&str]); 29] = [
    ("BAD_STAGE_TYPE", &["outdated-key"]),
    ("BUCKET_WITHOUT_SCHEMA", &["bucket-without-schema"]),
    // The finding is one, at the misspelt parameter: it says which default is used.
    ("DEFAULT_USED", &["default-hides-typo"]),
    ("DEPENDENCY_CYCLE", &["source-cycle"]),
    ("DOC_FIELD_NOT_IN_COLLECTIONS", &["unknown-output-field"]),
    ("DROPPED_KEY", &["unknown-key"]),
    ("DUPLICATE_FEATURE_URI", &["duplicate-feature-uri"]),
    ("FILTER_FIELD_NOT_IN_COLLECTIONS", &["unknown-filter-field", "lost-field"]),
    ("FILTER_KEY_CASE", &["invalid-filter"]),
    ("FINAL_TOP_K_TOO_LARGE", &["invalid-stage-parameter"]),
    ("INPUT_SCHEMA_WRAPPED", &["wrapped-input-schema"]),
    ("INPUT_TYPE_MISMATCH", &["incompatible-field-type"]),
    ("MISSING_INPUT_SCHEMA", &["missing-input-schema"]),
    ("MISSING_STAGE_NAME", &["missing-key"]),
    ("NO_SEARCH_STAGE", &["no-search-stage"]),
    ("PASSTHROUGH_FIELD_MISSING", &["unknown-passthrough-field", "lost-field"]),
    ("PATH_BELOW_SCALAR", &["field-of-scalar"]),
    ("POST_FILTERS_NOT_APPLIED", &["post-filters-ignored"]),
    ("RETRIEVER_FEATURE_NOT_IN_COLLECTIONS", &["feature-not-written"]),
    ("SINGLE_BRACES", &["single-braces"]),
    ("SOURCE_FIELD_MISSING", &["unknown-source-field"]),
    ("STAGE_OUTSIDE_CONFIG", &["stage-outside-config"]),
    ("SUBOPTIMAL_STAGE_ORDER", &["suboptimal-stage-order"]),
    ("TARGET_COLLIDES_WITH_EXTRACTOR_OUTPUT", &["output-collides-with-extractor"]),
    ("TARGET_COLLISION", &["duplicate-output-field"]),
    ("UNDECLARED_INPUT", &["undeclared-template-input"]),
    ("UNKNOWN_COLLECTION", &["unknown-reference"]),
    ("UNKNOWN_EXTRACTOR_INPUT", &["unknown-extractor-input"]),
    ("UNKNOWN_OPERATOR", &["invalid-filter"]),
];

/// More of their names.
const MORE: [(&str, &[&str]); 6] = [
    ("UNKNOWN_STAGE", &["unknown-stage"]),
    ("UNKNOWN_STAGE_PARAMETER", &["unknown-stage-parameter", "default-hides-typo"]),
    ("UNUSED_BUCKET", &["unused-bucket"]),
    ("UNUSED_EXTRACTOR", &["unused-extractor"]),
    ("UNUSED_INPUT", &["unused-input"]),
    // Said once, at the bucket, with a place for each path that is read from it.
    ("MAPPING_WITHOUT_SOURCE_SCHEMA", &["bucket-without-schema"]),
];

/// By how many lines a finding of ours may stand beside theirs: they point at a stage or an input schema, we at a key in it, or the other way round.
const NEAR: usize = 2;

#[test]
fn the_examples_have_the_findings_that_are_listed() {
    let folder = root().join("../shared/spec/manifest-examples");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: the examples of manifests are not here");
        return;
    };
    let mut count = 0;
    let mut wrong = Vec::new();
    for path in
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.extension().is_some_and(|end| end == "yaml"))
    {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("text");
        let expected = fs::read_to_string(path.with_extension("expected.json")).expect("the list");
        let expected: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
        let workspace = Workspace::from_texts([(name.as_str(), text.as_str())]);
        let findings = mixlint::check(&workspace);
        let line = |span: mixlint::text::Span| workspace.sources.get(span.file).line_column(span.start).line;
        let mut explained = BTreeSet::new();
        for listed in expected["findings"].as_array().expect("a list") {
            let (code, at) = (listed["code"].as_str().expect("a code"), listed["line"].as_u64().expect("a line") as usize);
            let known = RULES.iter().chain(&MORE).find(|(known, _)| *known == code);
            let ours = known.unwrap_or_else(|| panic!("{name}: {code} is not known")).1;
            let is_it = |finding: &&mixlint::diagnostic::Diagnostic| {
                let places = finding.related.iter().map(|label| label.span).chain([finding.primary.span]);
                ours.contains(&finding.rule) && places.into_iter().any(|span| line(span).abs_diff(at) <= NEAR)
            };
            let mut found = findings.iter().filter(is_it).peekable();
            if found.peek().is_none() {
                wrong.push(format!("{name}:{at}: nothing says {code}"));
            }
            explained.extend(found.map(|finding| (finding.rule, finding.primary.span)));
        }
        let extra = findings.iter().filter(|finding| !explained.contains(&(finding.rule, finding.primary.span)));
        wrong.extend(
            extra.map(|finding| format!("{name}:{}: more than is listed: {}", line(finding.primary.span), finding.message)),
        );
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 4, "{count}");
}

#[test]
fn the_names_are_those_of_rules() {
    let ours = RULES.iter().chain(&MORE).flat_map(|(_, ours)| *ours);
    assert!(ours.into_iter().all(|name| rules::find(name).is_some()));
}
