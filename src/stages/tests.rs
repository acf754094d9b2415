//! What the catalogue of stages promises.

use super::*;
use crate::extractors::violations;

fn parameters(text: &str) -> Value {
    let file = SourceFile::new("parameters.json", text);
    let parse = syntax::parse(&file, Format::Json);
    assert_eq!(parse.errors, [], "{text}");
    parse.tree.documents(FileId::new(0), &file).first().map(Value::lower).unwrap_or_else(|| panic!("{text}"))
}

#[test]
fn every_file_is_read_whole() {
    assert!(FILES.is_sorted_by_key(|(id, _)| *id));
    for (id, text) in FILES {
        let file = SourceFile::new(id, text);
        assert_eq!(syntax::parse(&file, Format::Json).errors, [], "{id}");
        let kind = get(id).unwrap_or_else(|| panic!("{id} cannot be read"));
        assert_eq!(kind.id, id);
        assert!(kind.required.iter().all(|name| kind.parameter(name).is_some()), "{id}");
        assert!(
            kind.outdated
                .iter()
                .all(|(old, new)| kind.parameter(old).is_none() && (new.is_empty() || kind.parameter(new).is_some())),
            "{id}"
        );
    }
    assert_eq!(legacy().len(), 16);
    assert!(legacy().iter().all(|legacy| get(&legacy.instead).is_some() && get(&legacy.id).is_none()));
}

/// A default that breaks its own bounds would be a mistake of ours.
#[test]
fn defaults_are_taken() {
    for id in ids() {
        let kind = get(id).unwrap_or_else(|| panic!("{id}"));
        for parameter in kind.parameters.iter().filter(|parameter| parameter.default.is_some()) {
            let default = parameter.default.clone().unwrap_or_else(|| panic!("{id}"));
            let key = crate::text::Spanned { value: parameter.name.as_str().into(), span: default.span };
            let set = Value {
                span: default.span,
                data: crate::definitions::Data::Object(vec![crate::definitions::Entry { key, value: default }]),
            };
            assert!(violations(&kind.parameters, &set).is_empty(), "{id}.{}", parameter.name);
        }
    }
}

#[test]
fn ids_stand_for_what_they_are() {
    let words = |id: &str| match identify(id) {
        Known::Catalogued(kind) => format!("catalogued {}", kind.id),
        Known::Legacy(legacy) => format!("now {}", legacy.instead),
        Known::Unknown(near) => format!("unknown near {near:?}"),
        Known::Undecided => "undecided".to_owned(),
    };
    for (id, expected) in [
        ("feature_search", "catalogued feature_search"),
        ("semantic_search", "now feature_search"),
        ("rerenk", "unknown near Some(\"rerank\")"),
        ("featureSearch", "unknown near Some(\"feature_search\")"),
        ("my_own_stage", "unknown near None"),
        ("{{ stage }}", "undecided"),
    ] {
        assert_eq!(words(id), expected, "{id}");
    }
}

#[test]
fn rules_are_broken_and_kept() {
    for (id, given, expected) in [
        ("feature_search", r#"{"searches": [{"top_k": 20}, {"top_k": 50}], "final_top_k": 200}"#, "at_most_least_of"),
        ("feature_search", r#"{"searches": [{"top_k": 20}]}"#, "at_most_least_of"),
        ("feature_search", r#"{"searches": [{"top_k": 20}], "final_top_k": 20}"#, ""),
        ("feature_search", r#"{"searches": [{}], "final_top_k": 101}"#, "at_most_least_of"),
        ("feature_search", r#"{"searches": [{"top_k": "{{INPUT.k}}"}], "final_top_k": 500}"#, ""),
        ("feature_search", r#"{"searches": []}"#, "empty_only_with"),
        ("feature_search", r#"{"searches": [{}], "fusion": "learned"}"#, "needs"),
        ("feature_search", r#"{"searches": [{}], "fusion": "rrf", "learning_config": {}}"#, "read_only_with"),
        ("feature_search", r#"{"searches": [{}], "fusion": "learned", "learning_config": {}}"#, ""),
        ("feature_search", r#"{"searches": [{}, {"lexical": true, "query": {"input_mode": "content"}}]}"#, "item_needs"),
        ("feature_search", r#"{"searches": [{}, {"lexical": true, "query": {"input_mode": "text"}}]}"#, ""),
        ("feature_search", r#"{"searches": [{"lexical": true, "query": {"input_mode": "text"}}]}"#, "only_lexical"),
        ("feature_search", r#"{"searches": [{}], "pre_filters": {"a": 1}}"#, "misplaced"),
        ("feature_search", r#"{"searches": [{}], "interactive": true}"#, "note"),
        (
            "aggregate",
            r#"{"aggregations": [{"function": "count", "alias": "n"}, {"function": "count", "alias": "n"}]}"#,
            "unique",
        ),
        (
            "aggregate",
            r#"{"aggregations": [{"function": "count", "alias": "n"}], "group_by": [{"field": "a"}], "sort_by": "m"}"#,
            "alias_of",
        ),
        ("aggregate", r#"{"aggregations": [{"function": "count", "alias": "n"}], "sort_by": "n"}"#, "needs"),
        ("aggregate", r#"{"aggregations": [{"function": "sum", "alias": "n"}]}"#, "item_lacks"),
        ("aggregate", r#"{"aggregations": [{"function": "correlation", "alias": "n", "field": "a"}]}"#, "item_lacks"),
        (
            "aggregate",
            r#"{"aggregations": [{"function": "sum", "alias": "n", "field": "a"}], "group_by": [{"field": "a"}], "sort_by": "n", "limit": 5}"#,
            "",
        ),
        ("api_call", r#"{"url": "https://a.example.org/x", "allowed_domains": ["b.example.org"]}"#, "host"),
        ("api_call", r#"{"url": "https://a.example.org/x", "allowed_domains": ["example.org"]}"#, ""),
        ("api_call", r#"{"url": "https://{{DOC.host}}/x", "allowed_domains": ["b.example.org"]}"#, ""),
        ("api_call", r#"{"url": "https://a.example.org/x", "allowed_domains": ["*"]}"#, "no_item"),
        ("api_call", r#"{"url": "https://a.org", "auth": {"type": "bearer"}}"#, "inner_needs"),
        ("api_call", r#"{"url": "https://a.org", "auth": {"type": "api_key", "secret_ref": "K"}}"#, "inner_needs"),
        ("api_call", r#"{"url": "https://a.org", "auth": {"type": "none"}}"#, ""),
        ("api_call", r#"{}"#, "unset"),
        ("attribute_filter", r#"{"field": "a", "conditions": {"b": 1}}"#, "exclusive"),
        ("attribute_filter", r#"{"natural_language": "new ones", "conditions": {"b": 1}}"#, "unread_with"),
        ("attribute_filter", r#"{"operator": "eq", "value": 1}"#, "unset"),
        ("attribute_filter", r#"{"feild": "a", "value": 1}"#, ""),
        ("attribute_filter", r#"{"field": "a", "value": 1}"#, ""),
        ("cluster", r#"{"algorithm": "kmeans"}"#, "needs"),
        ("cluster", r#"{"n_clusters": 5}"#, "read_only_with"),
        ("cluster", r#"{"algorithm": "kmeans", "num_clusters": 5}"#, ""),
        ("cluster", r#"{"algorithm": "kmeans", "n_clusters": 5}"#, ""),
        ("summarize", r#"{"prompt": "Say it in short"}"#, "must_contain"),
        ("summarize", r#"{"prompt": "Of {{DOC_COUNT}}: {{ DOCUMENTS }}"}"#, ""),
        ("sample", r#"{"strategy": "stratified"}"#, "needs"),
        ("sample", r#"{"strategy": "stratified", "stratify_by": "a"}"#, ""),
        ("web_scrape", r#"{"url": "https://a.org", "url_field": "b"}"#, "exclusive"),
        ("mmr", r#"{"diversity_fields": ["a"], "diversity_feature_uri": "b"}"#, "exclusive"),
        ("sql_lookup", r#"{"query": "DELETE FROM t"}"#, "select_only"),
        ("sql_lookup", r#"{"query": "select a from t", "output_field": "metadata.rows"}"#, "starts_with"),
        ("sql_lookup", r#"{"query": " (SELECT a FROM t)"}"#, ""),
        ("sort_relevance", r#"{"feature_address": "x"}"#, "note"),
        ("deduplicate", r#"{"strategy": "field"}"#, "needs"),
    ] {
        let (kind, given) = (get(id).unwrap_or_else(|| panic!("{id}")), parameters(given));
        let found: Vec<&str> = broken(kind, &given, false).iter().map(|broken| broken.rule.kind.as_str()).collect();
        assert_eq!(found.join(", "), expected, "{id} {given:?}");
    }
}

#[test]
fn texts_stand_for_something_and_keys_may_not() {
    let kind = get("feature_search").unwrap_or_else(|| panic!("there is one"));
    let given = parameters(
        r#"{"searches": [{"feature_uri": "u", "collection_identifiers": ["c", "d"], "min_scor": 1}], "group_by": {"field": "f"}, "limit": 5}"#,
    );
    let found: Vec<String> =
        roles(kind, &given).iter().map(|at| format!("{:?} {} {}", at.role, at.value.shown(), at.path)).collect();
    assert_eq!(
        found,
        [
            "FeatureUri u searches[0].feature_uri",
            "Collection c searches[0].collection_identifiers[0]",
            "Collection d searches[0].collection_identifiers[1]",
            "Field f group_by.field",
        ]
    );
    let strays: Vec<(String, Option<&str>)> =
        strays(kind, &given).iter().map(|stray| (stray.entry.key.value.to_string(), stray.meant)).collect();
    assert_eq!(strays, [("min_scor".to_owned(), Some("min_score")), ("limit".to_owned(), Some("final_top_k"))]);
}
