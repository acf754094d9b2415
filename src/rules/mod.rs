//! The rules: each looks at the facts and says what is wrong. One file a rule, named after it.

mod bucket_without_schema;
mod conflicting_keys;
mod duplicate_key;
mod duplicate_name;
mod field_of_scalar;
mod invalid_value;
mod lost_field;
mod malformed_path;
mod missing_key;
mod outdated_key;
mod path_prefix;
mod path_through_array;
mod relaxed_json;
mod source_cycle;
mod syntax_error;
mod unknown_key;
mod unknown_passthrough_field;
mod unknown_source;
mod unknown_source_field;
mod unlinked_source;
mod unreadable_file;
mod words;

use std::cmp::Reverse;

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;
use crate::workspace::Facts;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name: it states the problem.
    pub name: &'static str,
    /// The severity of its findings; one that is less certain, or matters less, has a lower one.
    pub severity: Severity,
    /// What it finds, in half a sentence.
    pub summary: &'static str,
    /// Its page: what is wrong, why it matters, what fails and what passes.
    pub docs: &'static str,
    check: fn(&Facts<'_>, &mut Report),
}

/// All rules, sorted by name.
pub static ALL: [&Rule; 21] = [
    &bucket_without_schema::RULE,
    &conflicting_keys::RULE,
    &duplicate_key::RULE,
    &duplicate_name::RULE,
    &field_of_scalar::RULE,
    &invalid_value::RULE,
    &lost_field::RULE,
    &malformed_path::RULE,
    &missing_key::RULE,
    &outdated_key::RULE,
    &path_prefix::RULE,
    &path_through_array::RULE,
    &relaxed_json::RULE,
    &source_cycle::RULE,
    &syntax_error::RULE,
    &unknown_key::RULE,
    &unknown_passthrough_field::RULE,
    &unknown_source::RULE,
    &unknown_source_field::RULE,
    &unlinked_source::RULE,
    &unreadable_file::RULE,
];

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// Applies all rules. The findings are sorted by path and place.
pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut report = Report { rule: ALL[0], diagnostics: Vec::new() };
    for rule in ALL {
        report.rule = rule;
        (rule.check)(facts, &mut report);
    }
    let mut found = report.diagnostics;
    words::name_subjects(facts.workspace, &mut found);
    let key = |finding: &Diagnostic| (finding.primary.span, finding.rule, finding.message.clone(), Reverse(finding.severity));
    found.sort_by_cached_key(key);
    // What is written once and read by many, as behind a YAML anchor, is wrong once.
    found.dedup_by(|next, first| {
        (next.primary.span, next.rule, &next.message) == (first.primary.span, first.rule, &first.message)
    });
    found
}

/// Where rules put what they find.
#[derive(Debug)]
pub struct Report {
    rule: &'static Rule,
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// A finding of the rule that is being applied, at its usual severity. What it returns can be told more.
    fn add(&mut self, span: Span, label: impl Into<String>, message: impl Into<String>) -> &mut Diagnostic {
        let next = self.diagnostics.len();
        self.diagnostics.push(Diagnostic::new(self.rule.name, self.rule.severity, span, label, message));
        &mut self.diagnostics[next]
    }
}
