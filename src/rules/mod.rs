//! The rules: each looks at the facts and says what is wrong. One file a rule, named after it.

mod bucket_without_schema;
mod config_error;
mod conflicting_keys;
mod conflicting_write_back;
mod contradictory_passthrough;
mod default_hides_typo;
mod default_type_mismatch;
mod deleted_reference;
mod duplicate_feature_uri;
mod duplicate_key;
mod duplicate_name;
mod duplicate_output_field;
mod duplicate_stage_name;
mod duplicate_unique_key;
mod empty_output;
mod enum_type_mismatch;
mod extractor_not_in_namespace;
mod feature_not_written;
mod field_map_collision;
mod field_of_scalar;
mod filter_type_mismatch;
mod hardcoded_secret;
mod ignored_keyword;
mod ignored_required_list;
mod implicit_mapping;
mod incompatible_clusters;
mod incompatible_field_type;
mod incompatible_sources;
mod incompatible_target_field;
mod ineffective_parameter;
mod ineffective_stage;
mod input_mode_mismatch;
mod input_schema_mismatch;
mod invalid_blob;
mod invalid_feature_uri;
mod invalid_filter;
mod invalid_object_value;
mod invalid_output_name;
mod invalid_parameter;
mod invalid_parameter_value;
mod invalid_stage_parameter;
mod invalid_taxonomy_tree;
mod invalid_value;
mod labels_without_inputs;
mod lost_field;
mod malformed_path;
mod misplaced_items;
mod misplaced_properties;
mod misplaced_source_key;
mod missing_description;
mod missing_extractor_input;
mod missing_input_schema;
mod missing_key;
mod missing_object_field;
mod multiple_values;
mod namespace_mismatch;
mod no_search_stage;
mod outdated_key;
mod output_collides_with_extractor;
mod params_differ_from_namespace;
mod path_prefix;
mod path_through_array;
mod phase_order;
mod platform_source_type;
mod post_filters_ignored;
mod query_flag_in_body;
mod refused_batch;
mod refused_change;
mod relaxed_json;
mod removed_extractor;
mod repeated_objects;
mod reserved_field_name;
mod reserved_output_field;
mod service_finding;
mod single_braces;
mod single_vector_feature;
mod source_cycle;
mod stage_outside_config;
mod suboptimal_stage_order;
mod suppression_without_reason;
mod syntax_error;
mod taxonomy_input_not_written;
mod taxonomy_searches_elsewhere;
mod unaddressable_field_name;
mod undeclared_parameter;
mod undeclared_template_input;
mod unindexed_filter;
mod unique_key_field;
mod unique_key_optional;
mod unique_key_value;
mod unknown_adapter_type;
mod unknown_extractor;
mod unknown_extractor_input;
mod unknown_extractor_version;
mod unknown_feature;
mod unknown_field_type;
mod unknown_filter_field;
mod unknown_key;
mod unknown_object_field;
mod unknown_output_field;
mod unknown_parameter;
mod unknown_passthrough_field;
mod unknown_reference;
mod unknown_retriever_input;
mod unknown_source;
mod unknown_source_field;
mod unknown_stage;
mod unknown_stage_parameter;
mod unknown_target_field;
mod unknown_template_variable;
mod unlinked_source;
mod unmapped_required_input;
mod unmatched_field_map;
mod unprocessed_sync;
mod unreadable_file;
mod unreliable_range_filter;
mod unset_stage_parameter;
mod unsynced_field;
mod unused_bucket;
mod unused_collection;
mod unused_display_field;
mod unused_extractor;
mod unused_field;
mod unused_input;
mod unused_parameter;
mod unused_suppression;
mod words;
mod wrapped_input_schema;
mod yaml_trap;

pub use words::codes::{CODES, Code, code_of, find_code};
pub use words::data::{about_object, about_record, about_text};
pub use words::groups::{Group, find_all};

use std::cmp::Reverse;

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;
use crate::workspace::{DeclaredSchema, Facts, Used};

pub use removed_extractor::instead;
pub use syntax_error::phrase as phrase_syntax;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name: it states the problem.
    pub name: &'static str,
    /// The severity of its findings; one that is less certain, or matters less, has a lower one.
    pub severity: Severity,
    /// What it is about.
    pub group: Group,
    /// What it finds, in half a sentence.
    pub summary: &'static str,
    /// Its page: what is wrong, why it matters, what fails and what passes.
    pub docs: &'static str,
    check: Check,
}

/// What a rule is asked about. Whatever is looked at by many rules is looked at by one after the other while it is at hand: going
/// through all of it again for each rule takes most of its time to fetch it.
#[derive(Debug)]
enum Check {
    /// All there is, once.
    All(fn(&Facts<'_>, &mut Report)),
    /// Each schema that a request or a manifest declares.
    Schema(fn(&Facts<'_>, &DeclaredSchema<'_>, &mut Report)),
    /// Each extractor of each collection that somebody wrote: what stands in an answer, the service has taken.
    Extractor(fn(&Facts<'_>, &Used<'_>, &mut Report)),
}

/// All rules, sorted by name.
pub static ALL: &[&Rule] = &[
    &bucket_without_schema::RULE,
    &config_error::RULE,
    &conflicting_keys::RULE,
    &conflicting_write_back::RULE,
    &contradictory_passthrough::RULE,
    &default_hides_typo::RULE,
    &default_type_mismatch::RULE,
    &deleted_reference::RULE,
    &duplicate_feature_uri::RULE,
    &duplicate_key::RULE,
    &duplicate_name::RULE,
    &duplicate_output_field::RULE,
    &duplicate_stage_name::RULE,
    &duplicate_unique_key::RULE,
    &empty_output::RULE,
    &enum_type_mismatch::RULE,
    &extractor_not_in_namespace::RULE,
    &feature_not_written::RULE,
    &field_map_collision::RULE,
    &field_of_scalar::RULE,
    &filter_type_mismatch::RULE,
    &hardcoded_secret::RULE,
    &ignored_keyword::RULE,
    &ignored_required_list::RULE,
    &implicit_mapping::RULE,
    &incompatible_clusters::RULE,
    &incompatible_field_type::RULE,
    &incompatible_sources::RULE,
    &incompatible_target_field::RULE,
    &ineffective_parameter::RULE,
    &ineffective_stage::RULE,
    &input_mode_mismatch::RULE,
    &input_schema_mismatch::RULE,
    &invalid_blob::RULE,
    &invalid_feature_uri::RULE,
    &invalid_filter::RULE,
    &invalid_object_value::RULE,
    &invalid_output_name::RULE,
    &invalid_parameter::RULE,
    &invalid_parameter_value::RULE,
    &invalid_stage_parameter::RULE,
    &invalid_taxonomy_tree::RULE,
    &invalid_value::RULE,
    &labels_without_inputs::RULE,
    &lost_field::RULE,
    &malformed_path::RULE,
    &misplaced_items::RULE,
    &misplaced_properties::RULE,
    &misplaced_source_key::RULE,
    &missing_description::RULE,
    &missing_extractor_input::RULE,
    &missing_input_schema::RULE,
    &missing_key::RULE,
    &missing_object_field::RULE,
    &multiple_values::RULE,
    &namespace_mismatch::RULE,
    &no_search_stage::RULE,
    &outdated_key::RULE,
    &output_collides_with_extractor::RULE,
    &params_differ_from_namespace::RULE,
    &path_prefix::RULE,
    &path_through_array::RULE,
    &phase_order::RULE,
    &platform_source_type::RULE,
    &post_filters_ignored::RULE,
    &query_flag_in_body::RULE,
    &refused_batch::RULE,
    &refused_change::RULE,
    &relaxed_json::RULE,
    &removed_extractor::RULE,
    &repeated_objects::RULE,
    &reserved_field_name::RULE,
    &reserved_output_field::RULE,
    &service_finding::RULE,
    &single_braces::RULE,
    &single_vector_feature::RULE,
    &source_cycle::RULE,
    &stage_outside_config::RULE,
    &suboptimal_stage_order::RULE,
    &suppression_without_reason::RULE,
    &syntax_error::RULE,
    &taxonomy_input_not_written::RULE,
    &taxonomy_searches_elsewhere::RULE,
    &unaddressable_field_name::RULE,
    &undeclared_parameter::RULE,
    &undeclared_template_input::RULE,
    &unindexed_filter::RULE,
    &unique_key_field::RULE,
    &unique_key_optional::RULE,
    &unique_key_value::RULE,
    &unknown_adapter_type::RULE,
    &unknown_extractor::RULE,
    &unknown_extractor_input::RULE,
    &unknown_extractor_version::RULE,
    &unknown_feature::RULE,
    &unknown_field_type::RULE,
    &unknown_filter_field::RULE,
    &unknown_key::RULE,
    &unknown_object_field::RULE,
    &unknown_output_field::RULE,
    &unknown_parameter::RULE,
    &unknown_passthrough_field::RULE,
    &unknown_reference::RULE,
    &unknown_retriever_input::RULE,
    &unknown_source::RULE,
    &unknown_source_field::RULE,
    &unknown_stage::RULE,
    &unknown_stage_parameter::RULE,
    &unknown_target_field::RULE,
    &unknown_template_variable::RULE,
    &unlinked_source::RULE,
    &unmapped_required_input::RULE,
    &unmatched_field_map::RULE,
    &unprocessed_sync::RULE,
    &unreadable_file::RULE,
    &unreliable_range_filter::RULE,
    &unset_stage_parameter::RULE,
    &unsynced_field::RULE,
    &unused_bucket::RULE,
    &unused_collection::RULE,
    &unused_display_field::RULE,
    &unused_extractor::RULE,
    &unused_field::RULE,
    &unused_input::RULE,
    &unused_parameter::RULE,
    &unused_suppression::RULE,
    &wrapped_input_schema::RULE,
    &yaml_trap::RULE,
];

/// The rules that are applied only when they are asked for, sorted.
pub static OPTIONAL: &[&str] = &["missing-description", "suppression-without-reason", "unused-field"];

/// The rule of this name, or of this code of the service.
pub fn find(name: &str) -> Option<&'static Rule> {
    let name = find_code(name).and_then(|code| code.rule).unwrap_or(name);
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// Applies all rules but those that must be asked for. The findings are sorted by path and place.
pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    check_with(facts, &[])
}

/// Applies all rules, and of those that must be asked for the ones of these names.
pub fn check_with(facts: &Facts<'_>, asked: &[&str]) -> Vec<Diagnostic> {
    check_watched(facts, asked, &mut |_| {})
}

/// The same; `done` is told of each step that is done, a rule by its name.
pub fn check_watched(facts: &Facts<'_>, asked: &[&str], done: &mut dyn FnMut(&'static str)) -> Vec<Diagnostic> {
    let mut report = Report { rule: ALL[0], diagnostics: Vec::new() };
    let (mut of_schemas, mut of_extractors) = (Vec::new(), Vec::new());
    for &rule in ALL.iter().filter(|rule| !OPTIONAL.contains(&rule.name) || asked.contains(&rule.name)) {
        match rule.check {
            Check::Schema(check) => of_schemas.push((rule, check)),
            Check::Extractor(check) => of_extractors.push((rule, check)),
            Check::All(check) => {
                report.rule = rule;
                check(facts, &mut report);
                done(rule.name);
            }
        }
    }
    let mut schemas = facts.workspace.declared_schemas();
    loop {
        let at_hand: Vec<DeclaredSchema<'_>> = schemas.by_ref().take(AT_HAND).collect();
        if at_hand.is_empty() {
            break;
        }
        each(facts, &at_hand, &of_schemas, &mut report, done);
    }
    for at_hand in facts.extractors.chunks(AT_HAND) {
        each(facts, at_hand, &of_extractors, &mut report, done);
    }
    let mut found = report.diagnostics;
    words::name_subjects(facts.workspace, &mut found);
    words::spare_answers(facts.workspace, &mut found);
    words::conceal(facts.workspace, &mut found);
    let key = |finding: &Diagnostic| (finding.primary.span, finding.rule, finding.message.clone(), Reverse(finding.severity));
    found.sort_by_cached_key(key);
    // What is written once and read by many, as behind a YAML anchor, is wrong once.
    found.dedup_by(|next, first| {
        (next.primary.span, next.rule, &next.message) == (first.primary.span, first.rule, &first.message)
    });
    done("sort");
    found
}

/// How many schemas, or extractors, are looked at by each rule before the next ones are.
const AT_HAND: usize = 8;

/// Asks a rule about one thing.
type Ask<T> = fn(&Facts<'_>, &T, &mut Report);

/// Asks rules about each of some things.
fn each<T>(
    facts: &Facts<'_>,
    things: &[T],
    rules: &[(&'static Rule, Ask<T>)],
    report: &mut Report,
    done: &mut dyn FnMut(&'static str),
) {
    for (rule, check) in rules {
        report.rule = rule;
        things.iter().for_each(|thing| check(facts, thing, report));
        done(rule.name);
    }
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
