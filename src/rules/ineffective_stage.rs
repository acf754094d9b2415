//! Stages that do nothing because of the one before them.

use super::{Check, Group, Report, Rule};
use crate::definitions::Value;
use crate::diagnostic::Severity;
use crate::stages::Known;
use crate::workspace::{Facts, Pipeline, StageUse};

pub(super) static RULE: Rule = Rule {
    name: "ineffective-stage",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "a stage has no effect, because of a stage before it",
    docs: include_str!("../../docs/rules/ineffective-stage.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for pipeline in &facts.pipelines {
        for (at, used) in pipeline.stages.iter().enumerate() {
            match id(used) {
                "moment_group" => check_moments(pipeline, at, used, report),
                "score_threshold" => check_threshold(pipeline, at, used, report),
                _ => {}
            }
        }
    }
}

fn id<'k>(used: &StageUse<'_>) -> &'k str {
    if let Known::Catalogued(kind) = used.known { &kind.id } else { "" }
}

/// What a parameter is set to, if only by default.
fn setting<'a>(used: &'a StageUse<'_>, name: &str) -> Option<&'a str> {
    let default = used.kind().and_then(|kind| kind.parameter(name)?.default.as_ref());
    used.stage.parameter(name).or(default).and_then(Value::as_str)
}

/// The chunks of a query are there when the query is a file, and not when it is a text.
fn check_moments(pipeline: &Pipeline<'_>, at: usize, used: &StageUse<'_>, report: &mut Report) {
    if setting(used, "time_field") != Some("query_chunks") {
        return;
    }
    let searches = pipeline.stages[..at].iter().filter_map(|earlier| earlier.stage.parameter("searches"));
    let modes: Vec<&Value> =
        searches.flat_map(Value::items).filter_map(|search| search.get("query")?.get("input_mode")).collect();
    let Some(mode) = modes.first().filter(|_| modes.iter().all(|mode| mode.as_str() == Some("text"))) else { return };
    let place = used.stage.parameter("time_field").map_or(used.stage.place, |value| value.span);
    let message = "Moments are made of `query_chunks`, which only a search with a file has: with a text there are none.";
    report.add(place, "no moments", message).related(mode.span, "the query is a text").help("Write `time_field: start_time`.");
}

/// Scores that were brought between 0 and 1 have a best one of 1, whatever was found.
fn check_threshold(pipeline: &Pipeline<'_>, at: usize, used: &StageUse<'_>, report: &mut Report) {
    let is_scaled = |earlier: &&StageUse<'_>| id(earlier) == "score_normalize" && setting(earlier, "method") == Some("min_max");
    let is_own_field = setting(used, "score_field") != Some("score");
    let Some(scaled) = pipeline.stages[..at].iter().rev().find(is_scaled).filter(|_| !is_own_field) else { return };
    let message = format!(
        "After `{}` the best result has the score 1, however bad it is: this threshold can never drop all of them.",
        scaled.stage.title()
    );
    report
        .add(used.stage.place, "the best one always stays", message)
        .related(scaled.stage.place, "the scores are brought between 0 and 1 here")
        .help("Drop results by their own scores, before they are scaled.");
}
