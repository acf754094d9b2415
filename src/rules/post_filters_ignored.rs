//! `post_filters` of stages, which are never applied.

use super::{Check, Group, Report, Rule};
use crate::definitions::Form;
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "post-filters-ignored",
    severity: Severity::Error,
    group: Group::Filters,
    summary: "a stage has `post_filters`, which the service takes and never applies",
    docs: include_str!("../../docs/rules/post-filters-ignored.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for retriever in facts.workspace.retrievers.iter().filter(|retriever| retriever.origin.form != Form::Answer) {
        for (stage, key) in retriever.stages.iter().filter_map(|stage| Some((stage, stage.post_filters?))) {
            let message = format!(
                "The `post_filters` of `{}` are taken and never applied: the results come back unfiltered, and nothing says so.",
                stage.title()
            );
            report
                .add(key, "never applied", message)
                .help("Filter in a stage of its own, `attribute_filter`, or before the search, in `pre_filters`.");
        }
    }
}
