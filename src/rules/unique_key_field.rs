//! Unique keys of fields that cannot tell objects apart.

use std::collections::HashMap;

use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Field, FieldType, Form};
use crate::diagnostic::Severity;
use crate::resolve::Resolution;
use crate::workspace::{Facts, NamedBy, NamedField};

pub(super) static RULE: Rule = Rule {
    name: "unique-key-field",
    severity: Severity::Error,
    group: Group::Schema,
    summary: "a unique key names a field that is not there, is of the wrong type, or is named twice",
    docs: include_str!("../../docs/rules/unique-key-field.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for named in facts.workspace.named_fields().filter(|named| matches!(named.by, NamedBy::UniqueKey)) {
        match named.resolution {
            Resolution::Field(field) => report_type(&named, field, report),
            Resolution::Open => {}
            Resolution::ThroughArray { array, .. } => {
                let message = format!("The unique key field `{}` lies in the array `{}`.", named.name.value, array.name);
                let finding = report.add(named.name.span, "in an array", message);
                finding.help(ONE_VALUE).at_most(Severity::Warning);
            }
            Resolution::Missing { .. } | Resolution::NotAnObject { .. } | Resolution::Prefixed { .. } => {
                let message = format!("The unique key names {}, which the schema does not have.", words::name(&named.name.value));
                let finding = report.add(named.name.span, "no such field", message);
                words::not_in_schema(finding, facts.workspace, &named);
            }
        }
    }
    report_repeated(facts, report);
}

/// What every field of a unique key must be.
const ONE_VALUE: &str = "Choose a field of type `string`, `integer` or `float`.";

fn report_type(named: &NamedField<'_>, field: &Field, report: &mut Report) {
    let (name, what) = (&named.name.value, field.describe());
    let finding = match &field.kind {
        FieldType::Unknown(_) => return,
        kind if kind.is_file() || matches!(kind, FieldType::Object | FieldType::Array) => {
            let message = format!("The unique key field `{name}` is {what}, and a key is made of single values.");
            report.add(named.name.span, what, message)
        }
        FieldType::Scalar("number" | "boolean" | "date" | "datetime") => {
            let message = format!(
                "The unique key field `{name}` is {what}, and only `string`, `integer` and `float` are documented for keys."
            );
            let finding = report.add(named.name.span, what, message);
            finding.at_most(Severity::Warning);
            finding
        }
        _ if named.path.len() > 1 => {
            let message = format!("The unique key names the path `{name}`, and only fields at the root are documented for keys.");
            let finding = report.add(named.name.span, "a path", message);
            finding.at_most(Severity::Warning);
            if let Some(span) = field.span {
                finding.related(span, "it leads here");
            }
            finding.help("Move the field to the root of the schema, or choose one that is there.");
            return;
        }
        _ => return,
    };
    if let Some(span) = field.span {
        finding.related(span, "declared here");
    }
    finding.help(ONE_VALUE);
}

fn report_repeated(facts: &Facts<'_>, report: &mut Report) {
    let written = facts.workspace.buckets.iter().filter(|bucket| bucket.origin.form != Form::Answer);
    for key in written.filter_map(|bucket| bucket.unique_key.as_ref()) {
        let mut firsts = HashMap::new();
        for name in &key.fields {
            let first = *firsts.entry(name.value.as_str()).or_insert(name.span);
            if first != name.span {
                let message = format!("The unique key names {} twice, and it counts once.", words::name(&name.value));
                let finding = report.add(name.span, "the same name again", message);
                finding.related(first, "it is named here first").help("Remove one of them.").at_most(Severity::Warning);
            }
        }
    }
}
