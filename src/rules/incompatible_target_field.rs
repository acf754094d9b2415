//! Source adapters and syncs that write fields which cannot hold what is written.

use super::{Check, Group, Report, Rule};
use crate::definitions::{Field, FieldTarget, FieldType};
use crate::diagnostic::Severity;
use crate::resolve::Resolution;
use crate::text::Span;
use crate::workspace::{Facts, NamedBy};

pub(super) static RULE: Rule = Rule {
    name: "incompatible-target-field",
    severity: Severity::Warning,
    group: Group::Output,
    summary: "a source adapter or a sync writes a field that cannot hold what is written",
    docs: include_str!("../../docs/rules/incompatible-target-field.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for named in facts.workspace.named_fields() {
        let Resolution::Field(field) = named.resolution else { continue };
        let (writer, target, is_blob) = match named.by {
            NamedBy::UniqueKey => continue,
            NamedBy::Adapter(target) => ("source adapter", target, target.is_blob),
            // Where a `blob_property` says which field takes the file, the key need not be that field.
            NamedBy::Sync(target) if target.blob_property.is_some() => continue,
            NamedBy::Sync(target) => ("sync", target, target.is_blob),
            NamedBy::BlobProperty(target) => ("sync", target, Some(true)),
        };
        if field.kind.is_known() {
            report_mismatch(writer, target, is_blob, named.name.span, field, report);
        }
    }
}

fn report_mismatch(writer: &str, target: &FieldTarget, is_blob: Option<bool>, place: Span, field: &Field, report: &mut Report) {
    let (name, what) = (&field.name, field.describe());
    let finding = match (is_blob, field.kind.is_file()) {
        (Some(true), false) => {
            let message = format!("The {writer} puts a file into `{name}`, which is {what}.");
            let finding = report.add(place, "takes no file", message);
            finding.help("Name a field of a file type: `text`, `image`, `audio`, `video`, `pdf` or `excel`.");
            finding
        }
        (Some(false), true) => {
            let message = format!("The {writer} puts a plain value into `{name}`, which is {what} and needs a file.");
            let finding = report.add(place, "needs a file", message);
            finding.help("Set `target_type` to `blob`, or name a field that holds plain values.");
            finding
        }
        (Some(true), true) => {
            let Some(other) = target.blob_type.as_ref().filter(|kind| is_other_type(&kind.value, field)) else { return };
            let message = format!("The {writer} puts a file of type `{}` into `{name}`, which is {what}.", other.value);
            let finding = report.add(other.span, "another type of file", message);
            finding.help(format!("Write `{}`, or name a field of type `{}`.", field.kind.name(), other.value));
            finding
        }
        _ => return,
    };
    if let Some(span) = field.span {
        finding.related(span, "declared here");
    }
}

/// Whether a blob type is surely not that of the field: `auto` finds out by itself, and what is no type of files is another
/// mistake.
fn is_other_type(blob_type: &str, field: &Field) -> bool {
    let kind = FieldType::parse(blob_type);
    kind.is_file() && kind != field.kind
}
