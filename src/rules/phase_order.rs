//! Fields that are read before they are written.

use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::workspace::{Facts, Named, readable_path};

pub(super) static RULE: Rule = Rule {
    name: "phase-order",
    severity: Severity::Warning,
    group: Group::Output,
    summary: "something that is applied to a collection reads a field which is written in a later phase",
    docs: include_str!("../../docs/rules/phase-order.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for reading in &facts.readings {
        let (Some(later), Some((phase, last)), Some(parts)) =
            (reading.later, reading.by.phase(), readable_path(&reading.path.value))
        else {
            continue;
        };
        // Which of two comes first in one phase depends on their priorities.
        let is_there = !matches!(reading.reads.look_up(&parts), Named::Nothing { .. });
        if later.phase == phase || is_there {
            continue;
        }
        let path = &reading.path.value;
        let message = format!("`{path}` is read in phase {phase}, and written in phase {}: it is not there yet.", later.phase);
        report
            .add(reading.path.span, "not written yet", message)
            .related(later.span, format!("it is written in phase {}", later.phase))
            .help(help(later.phase, last));
    }
}

/// What to set, where this can run in phases up to the last one.
fn help(written: u8, last: u8) -> String {
    match written < last {
        true => format!("Set `execution_phase` to {} here, or to an earlier one there.", written + 1),
        false => {
            format!("Set `execution_phase` to {} there at most, and to a later one here, which can be {last} at most.", last - 1)
        }
    }
}
