//! Parameters of stages that are set to something which they do not take, alone or together.

use super::words::{article, not_taken, rewritten_parameter, series_of_many, sure, taken_instead};
use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::extractors::{Problem, violations};
use crate::stages::{StageKind, broken};
use crate::workspace::{Facts, StageUse};

pub(super) static RULE: Rule = Rule {
    name: "invalid-stage-parameter",
    severity: Severity::Error,
    group: Group::Retrieval,
    summary: "a parameter of a stage has a value that it does not take",
    docs: include_str!("../../docs/rules/invalid-stage-parameter.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.pipelines.iter().flat_map(|pipeline| &pipeline.stages) {
        let Some(kind) = used.kind() else { continue };
        check_required(used, kind, report);
        let Some(parameters) = &used.stage.parameters else { continue };
        if !parameters.is_object() {
            let message =
                format!("The parameters of the stage `{}` are {}, not {}.", kind.id, parameters.describe(), article("object"));
            report.add(parameters.span, parameters.describe(), message);
            continue;
        }
        let wrong = violations(&kind.parameters, parameters);
        for violation in &wrong {
            let (label, message) = not_taken(violation, &kind.id);
            let finding = report.add(violation.value.span, label, message);
            finding.help(taken_instead(violation, facts)).fix(rewritten_parameter(violation, facts));
            if matches!(violation.problem, Problem::Null | Problem::Type { is_convertible: true, .. }) {
                finding.at_most(Severity::Warning);
            }
            sure(finding, kind.confidence);
        }
        for broken in broken(kind, parameters, used.stage.pre_filters.is_some()) {
            // What is left out has a rule of its own, and a value that is wrong by itself is not compared with others.
            let place = broken.place.unwrap_or(used.stage.place);
            if broken.rule.kind == "unset" || wrong.iter().any(|violation| violation.value.span == place) {
                continue;
            }
            let finding = report.add(place, "", broken.text);
            finding.primary.message = label(&broken.rule.kind).to_owned();
            finding.help(broken.help);
            if let Some(related) = broken.related {
                finding.related(related, "it has to do with this");
            }
            finding.at_most(match broken.rule.severity.as_str() {
                "error" => Severity::Error,
                "warning" => Severity::Warning,
                _ => Severity::Info,
            });
            sure(finding, broken.rule.confidence);
        }
    }
}

/// A few words for the place at which a rule between parameters is broken.
fn label(kind: &str) -> &'static str {
    match kind {
        "at_most_least_of" => "more than a search gives",
        "needs" | "inner_needs" | "item_lacks" | "item_needs" | "empty_only_with" => "incomplete",
        "read_only_with" | "unread_with" => "not read",
        "exclusive" => "one of two",
        "misplaced" => "one level too deep",
        "unique" => "again",
        "alias_of" => "no such alias",
        "host" | "no_item" => "not allowed",
        _ => "here",
    }
}

fn check_required(used: &StageUse<'_>, kind: &StageKind, report: &mut Report) {
    let is_set = |name: &str| used.stage.parameter(name).is_some();
    // Another spelling of it has a finding that says so.
    let is_meant = |name: &str| {
        let strays = used.stage.parameters.iter().flat_map(|parameters| crate::stages::strays(kind, parameters));
        strays.into_iter().any(|stray| stray.meant == Some(name))
    };
    let missing: Vec<&str> = kind.required.iter().map(String::as_str).filter(|name| !is_set(name) && !is_meant(name)).collect();
    if missing.is_empty() {
        return;
    }
    let message = format!("The stage `{}` needs {}.", kind.id, series_of_many(&missing));
    let place = used.stage.parameters_key.or(used.stage.id.as_ref().map(|id| id.span)).unwrap_or(used.stage.place);
    sure(report.add(place, "incomplete", message), kind.confidence);
}
