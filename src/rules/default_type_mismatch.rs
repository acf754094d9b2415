//! Defaults that their own field cannot hold.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Field, FieldType, Value};
use crate::diagnostic::Severity;
use crate::path::is_template;
use crate::text::Spanned;
use crate::workspace::{DeclaredSchema, Facts};

pub(super) static RULE: Rule = Rule {
    name: "default-type-mismatch",
    severity: Severity::Warning,
    group: Group::Schema,
    summary: "a default is not what its field holds, or not among its allowed values",
    docs: include_str!("../../docs/rules/default-type-mismatch.md"),
    check: Check::Schema(check),
};

fn check(facts: &Facts<'_>, schema: &DeclaredSchema<'_>, report: &mut Report) {
    for declared in &schema.fields {
        let (field, Some(default)) = (declared.field, declared.declaration.default()) else { continue };
        if let Some((holder, misfit)) = words::sure_misfit(&facts.workspace.sources, field, default) {
            let what = words::misfit(holder, misfit);
            let message = match std::ptr::eq(holder, field) {
                true => format!("`{}` is {}, but its default is {what}.", field.name, field.describe()),
                false => format!("In the default of `{}`, {what} stands where {} should be.", field.name, holder.describe()),
            };
            let finding = report.add(misfit.span, what, message);
            if let Some(written) = holder.declaration.as_ref().and_then(|declaration| declaration.type_name.as_ref()) {
                finding.related(written.span, "the type");
            }
            finding.help(words::as_held(holder, misfit));
            finding.fix(words::rewritten(&facts.workspace.sources, holder.kind.name(), misfit));
        } else if let Some(allowed) = declared.declaration.allowed().filter(|allowed| is_none_of(field, default, allowed)) {
            let message = format!("The default of `{}` is not among the values that its `enum` allows.", field.name);
            let finding = report.add(default.span, "not allowed", message);
            finding.related(allowed.span, "the values that are allowed").help("Choose one of them, or add it to the list.");
            finding.fix(rewrite::among(&facts.workspace.sources, default, &allowed.value));
        }
    }
}

/// Whether a default is surely not among the allowed values. An `enum` on an array may be meant for what the array holds.
fn is_none_of(field: &Field, default: &Value, allowed: &Spanned<Vec<Value>>) -> bool {
    let is_same = |value: &Value| value == default || value.as_number().is_some_and(|number| default.as_number() == Some(number));
    let is_later = |value: &Value| value.as_str().is_some_and(is_template);
    let is_sure = !allowed.value.is_empty() && !is_later(default) && !allowed.value.iter().any(is_later);
    is_sure && field.kind.is_known() && field.kind != FieldType::Array && !allowed.value.iter().any(is_same)
}
