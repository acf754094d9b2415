//! Lists of allowed values that their own field cannot hold, or that allow nothing.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::FieldType;
use crate::diagnostic::{Fix, Severity};
use crate::workspace::{DeclaredSchema, Facts};

pub(super) static RULE: Rule = Rule {
    name: "enum-type-mismatch",
    severity: Severity::Warning,
    group: Group::Schema,
    summary: "an enum allows values that its field cannot hold, or none",
    docs: include_str!("../../docs/rules/enum-type-mismatch.md"),
    check: Check::Schema(check),
};

fn check(facts: &Facts<'_>, schema: &DeclaredSchema<'_>, report: &mut Report) {
    for declared in &schema.fields {
        let (field, Some(allowed)) = (declared.field, declared.declaration.allowed()) else { continue };
        if allowed.value.is_empty() {
            let message = format!("The `enum` of `{}` is empty, so that no value is allowed.", field.name);
            report.add(allowed.span, "nothing is allowed", message).help("Fill the list, or remove `enum` to allow every value.");
        }
        // On an array the list may be meant for what the array holds.
        if field.kind == FieldType::Array {
            continue;
        }
        let sources = &facts.workspace.sources;
        let misfits: Vec<_> = allowed.value.iter().filter_map(|value| words::sure_misfit(sources, field, value)).collect();
        let Some(&(holder, first)) = misfits.first() else { continue };
        let what = words::misfit(holder, first);
        let message = format!("`{}` is {}, but its `enum` allows {what}.", field.name, field.describe());
        let finding = report.add(first.span, what, message);
        for (holder, other) in misfits.iter().skip(1).take(words::SHOWN) {
            finding.related(other.span, words::misfit(holder, other));
        }
        finding.help(words::as_held(holder, first));
        let each = misfits.iter().map(|(holder, value)| words::rewritten(sources, holder.kind.name(), value));
        if let Some(fixes) = each.collect::<Option<Vec<Fix>>>() {
            let edits = fixes.into_iter().flat_map(|fix| fix.edits).collect();
            finding.fix(rewrite::perhaps(format!("Write {} each", field.describe()), Some(edits)));
        }
    }
}
