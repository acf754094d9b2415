//! Passthrough entries that give a field the name of one that the extractor writes.

use super::{Check, Group, Report, Rule};
use crate::diagnostic::Severity;
use crate::extractors::{Condition, Confidence};
use crate::workspace::{Facts, Used};

pub(super) static RULE: Rule = Rule {
    name: "output-collides-with-extractor",
    severity: Severity::Error,
    group: Group::Output,
    summary: "a field is passed on under the name of a field that the extractor writes",
    docs: include_str!("../../docs/rules/output-collides-with-extractor.md"),
    check: Check::Extractor(check),
};

fn check(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    let Some(extractor) = used.catalogued().or_else(|| facts.workspace.catalogue.of(used.written)) else { return };
    for entry in used.written.field_passthrough.iter().filter(|entry| entry.is_named) {
        let (name, span) = entry.output();
        let Some(output) = extractor.outputs.iter().find(|output| output.field.name == name) else { continue };
        let is_sure = output.is_always_written && output.when.is_empty() && output.confidence == Confidence::High;
        // Many fields have a common name such as `title`, which extractors write for some kinds of input only. A name that
        // somebody chose is another matter.
        if !is_sure && (entry.target_path.is_none() || extractor.writes(output, used.written, None) != Condition::Met) {
            continue;
        }
        let writes = if is_sure { "writes" } else { "may write" };
        let own = format!("`{}` {writes} a field `{name}` itself", extractor.name);
        let message = format!("{own}, and `{}` is passed on under the same name.", entry.source_path.value);
        let finding = report.add(span, format!("`{}` {writes} `{name}`", extractor.name), message);
        if !is_sure {
            finding.at_most(Severity::Warning);
        }
        if let Some(extractor) = used.name() {
            finding.related(extractor.span, "this extractor");
        }
        finding.help(match entry.target_path {
            Some(_) => format!("Choose another `target_path`, such as `source_{name}`."),
            None => format!("Add a `target_path`, such as `source_{name}`."),
        });
    }
}
