//! The codes that the service's own `lint` reports under.

/// A code of the service's `lint`.
#[derive(Debug)]
pub struct Code {
    /// The code, in upper case.
    pub code: &'static str,
    /// The rule that says it here; none of what cannot be said offline.
    pub rule: Option<&'static str>,
    /// What to know where no rule says it.
    pub note: &'static str,
}

const fn code(code: &'static str, rule: &'static str) -> Code {
    Code { code, rule: Some(rule), note: "" }
}

/// All codes, sorted. Source: the description of `lint` in `mixpeek` 1.3.783 on PyPI, and for `MISSING_CACHE_CONFIG` the one of 0.81.
pub static CODES: [Code; 13] = [
    code("DUPLICATE_FEATURE_URI", "duplicate-feature-uri"),
    code("EXTRACTOR_NOT_IN_NAMESPACE", "extractor-not-in-namespace"),
    Code {
        code: "MISSING_CACHE_CONFIG",
        rule: None,
        note: "The service has no such rule any more: a retriever has no `cache_config`, and `unknown-key` reports one.",
    },
    code("MISSING_DESCRIPTION", "missing-description"),
    code("MISSING_INPUT_SCHEMA", "missing-input-schema"),
    Code {
        code: "MISSING_SECRET",
        rule: None,
        note: "Which secrets there are, only the service knows: `mixlint files --secrets` lists those that files refer to.",
    },
    code("NO_SEARCH_STAGE", "no-search-stage"),
    code("RETRIEVER_FEATURE_NOT_IN_COLLECTIONS", "feature-not-written"),
    code("SUBOPTIMAL_STAGE_ORDER", "suboptimal-stage-order"),
    code("TAXONOMY_INPUT_NOT_WRITTEN", "taxonomy-input-not-written"),
    code("UNUSED_BUCKET", "unused-bucket"),
    code("UNUSED_COLLECTION", "unused-collection"),
    code("UNUSED_EXTRACTOR", "unused-extractor"),
];

/// The code of this name.
pub fn find_code(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.code == name)
}

/// The code of a rule.
pub fn code_of(rule: &str) -> Option<&'static str> {
    CODES.iter().find(|code| code.rule == Some(rule)).map(|code| code.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn each_code_is_that_of_a_rule_or_has_a_note() {
        assert!(CODES.is_sorted_by_key(|code| code.code));
        for Code { code, rule, note } in &CODES {
            assert!(rule.is_none_or(|rule| rules::ALL.iter().any(|one| one.name == rule)), "{code}");
            assert_eq!(rule.is_none(), !note.is_empty(), "{code}");
        }
    }
}
