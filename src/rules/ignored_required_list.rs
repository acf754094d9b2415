//! Lists of required fields beside `properties`, as JSON Schema has them.

use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Schema, Value};
use crate::diagnostic::Severity;
use crate::path::is_template;
use crate::text::{ShortText, Spanned};
use crate::workspace::{DeclaredSchema, Facts};

pub(super) static RULE: Rule = Rule {
    name: "ignored-required-list",
    severity: Severity::Warning,
    group: Group::Schema,
    summary: "a schema lists its required fields, and the list is ignored",
    docs: include_str!("../../docs/rules/ignored-required-list.md"),
    check: Check::Schema(check),
};

fn check(_: &Facts<'_>, declared: &DeclaredSchema<'_>, report: &mut Report) {
    let schema = declared.schema;
    let Some(list) = schema.ignored.iter().rev().find(|entry| entry.key.value == "required") else { return };
    let listed: Vec<Spanned<ShortText>> = list.value.items().iter().filter_map(Value::as_string).collect();
    let named = |name: &&Spanned<ShortText>| !is_template(&name.value);
    let optional: Vec<&str> = listed.iter().filter(named).filter(|name| is_optional(schema, name)).map(text).collect();
    let missing: Vec<_> = listed.iter().filter(named).filter(|name| is_missing(schema, name)).collect();
    let message = match &optional[..] {
        // Every listed field says for itself that it is required, so the list changes nothing.
        [] if missing.is_empty() => return,
        [] => "The list `required` is ignored here.".to_owned(),
        [one] => format!("The list `required` is ignored here, and `{one}` stays optional."),
        several => format!("The list `required` is ignored here, and {} stay optional.", words::series_of_many(several)),
    };
    let finding = report.add(list.key.span, "ignored", message);
    for name in missing.iter().take(words::SHOWN) {
        finding.related(name.span, "the schema has no such field");
    }
    finding.help(match &optional[..] {
        [] => "Remove the list: each field says for itself whether it is required.".to_owned(),
        [one] => format!("Remove the list, and put `\"required\": true` on `{one}`."),
        _ => "Remove the list, and put `\"required\": true` on each of the fields.".to_owned(),
    });
}

fn text(name: &Spanned<ShortText>) -> &str {
    &name.value
}

fn is_optional(schema: &Schema, name: &Spanned<ShortText>) -> bool {
    schema.fields.get(&name.value).is_some_and(|field| !field.is_required())
}

fn is_missing(schema: &Schema, name: &Spanned<ShortText>) -> bool {
    schema.fields.get(&name.value).is_none() && !schema.is_open && !schema.is_damaged
}
