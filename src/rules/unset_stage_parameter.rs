//! Parameters of stages that are left out, and whose defaults are surely not meant.

use super::words::sure;
use super::{Check, Group, Report, Rule};
use crate::definitions::{Data, Value};
use crate::diagnostic::Severity;
use crate::stages::broken;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "unset-stage-parameter",
    severity: Severity::Warning,
    group: Group::Retrieval,
    summary: "a stage leaves out a parameter whose default is surely not meant",
    docs: include_str!("../../docs/rules/unset-stage-parameter.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.pipelines.iter().flat_map(|pipeline| &pipeline.stages) {
        let (Some(kind), Some(id)) = (used.kind(), &used.stage.id) else { continue };
        // Without `parameters` all of them are left out.
        let none = Value { span: id.span, data: Data::Object(Vec::new()) };
        let parameters = used.stage.parameters.as_ref().unwrap_or(&none);
        for broken in broken(kind, parameters, false).into_iter().filter(|broken| broken.rule.kind == "unset") {
            let place = used.stage.parameters_key.unwrap_or(id.span);
            let finding = report.add(place, "not all that is needed", broken.text);
            finding.help(broken.help);
            sure(finding, kind.confidence);
        }
    }
}
