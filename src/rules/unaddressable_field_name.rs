//! Fields that no path, no upload or no blob can name.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::Field;
use crate::diagnostic::Severity;
use crate::path::is_template;
use crate::text::Span;
use crate::workspace::{DeclaredSchema, Facts, Level};

pub(super) static RULE: Rule = Rule {
    name: "unaddressable-field-name",
    severity: Severity::Error,
    group: Group::Schema,
    summary: "a field has a name by which it cannot be reached or filled",
    docs: include_str!("../../docs/rules/unaddressable-field-name.md"),
    check: Check::Schema(check),
};

/// How many characters the name has at most by which a blob says where it belongs.
const LONGEST: usize = 100;

fn check(facts: &Facts<'_>, schema: &DeclaredSchema<'_>, report: &mut Report) {
    for declared in schema.fields.iter().filter(|declared| declared.level != Level::Items) {
        let field = declared.field;
        let Some(place) = field.span.filter(|_| !is_template(&field.name)) else { continue };
        // Blobs belong to objects, and name a field at the root.
        let is_filled_by_blobs = schema.is_of_bucket && declared.level == Level::Root && field.kind.is_file();
        if let Some((label, message, help)) = no_path_leads_to(field) {
            let tidy = field.name.trim();
            let fix = (tidy.len() != field.name.len() && !tidy.is_empty())
                .then(|| rewrite::word(&facts.workspace.sources, place, tidy))
                .flatten()
                .and_then(|edit| rewrite::perhaps(rewrite::write(tidy), Some(vec![edit])));
            report.add(place, label, message).help(help).fix(fix).at_most(Severity::Warning);
        } else if is_filled_by_blobs {
            report_unfilled(field, place, report);
        }
    }
}

/// Why a path cannot lead to the field, and what to do.
fn no_path_leads_to(field: &Field) -> Option<(&'static str, String, String)> {
    let (name, tidy) = (field.name.as_str(), field.name.trim());
    let shown = || words::visible(name);
    if tidy.is_empty() {
        let message = "A field has a blank name, so that no path leads to it.".to_owned();
        Some(("blank", message, "Give the field a name.".to_owned()))
    } else if tidy.len() != name.len() {
        let message =
            format!("The name '{}' has a blank at its edge, and blanks count: without it, no path leads to the field.", shown());
        Some(("blank at the edge", message, format!("Write `{tidy}`.")))
    } else if name.contains('.') {
        let message = format!("The name `{}` has a dot in it, so that it cannot be told from a path.", shown());
        let parts: Vec<&str> = name.split('.').filter(|part| !part.trim().is_empty()).collect();
        let help = match parts[..] {
            [] => "Give the field a name.".to_owned(),
            [parent, child] => format!("Write `{parent}_{child}`, or an object `{parent}` with the field `{child}`."),
            _ => format!("Write `{}`.", parts.join("_")),
        };
        Some(("looks like a path", message, help))
    } else {
        None
    }
}

/// Reports a field for files that a blob, or an upload, cannot name.
fn report_unfilled(field: &Field, place: Span, report: &mut Report) {
    let (name, length) = (&field.name, field.name.chars().count());
    if length > LONGEST {
        let message = format!("A name of {length} characters cannot be filled: a blob names its field in at most {LONGEST}.");
        report.add(place, "too long for a blob", message).help("Give the field a shorter name.");
    } else if let Some(odd) = name.chars().find(|letter| !letter.is_ascii_alphanumeric() && *letter != '_') {
        let odd = if odd.is_whitespace() { "a blank".to_owned() } else { format!("`{odd}`") };
        let message = format!("`{}` is for files, and an upload cannot name it: the name has {odd} in it.", words::visible(name));
        let finding = report.add(place, "cannot be named by an upload", message);
        finding.help("Use only letters from a to z, digits and `_`.").at_most(Severity::Warning);
    }
}
