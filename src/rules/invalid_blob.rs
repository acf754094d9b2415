//! Blobs that do not fit the field that they fill.

use super::words::{self, objects};
use super::{Check, Group, Report, Rule};
use crate::conform::{BlobFault, Breach, Place, Problem};
use crate::definitions::{Bucket, Field, Fields};
use crate::diagnostic::Severity;
use crate::suggest;

pub(super) static RULE: Rule = Rule {
    name: "invalid-blob",
    severity: Severity::Error,
    group: Group::Data,
    summary: "a blob does not fit the bucket schema",
    docs: include_str!("../../docs/rules/invalid-blob.md"),
    check: Check::All(|facts, report| objects::report(facts, report, phrase_by_schema)),
};

/// What is wrong with a blob by itself is told by the rules about keys, where the body is a definition of the repository.
fn phrase_by_schema(breach: &Breach<'_>, bucket: &Bucket, report: &mut Report) {
    if !matches!(breach.problem, Problem::Blob(_)) {
        phrase(breach, bucket, report);
    }
}

pub(super) fn phrase(breach: &Breach<'_>, bucket: &Bucket, report: &mut Report) {
    let (span, name) = (breach.span, bucket.origin.name());
    match &breach.problem {
        Problem::UnknownProperty(property) => {
            let message = format!("This blob is for the property `{property}`, which bucket `{name}` does not have.");
            let finding = report.add(span, "no such property", message);
            objects::looked_up_in(finding, None, bucket).help(instead(property, bucket));
        }
        Problem::NoFileProperty(field) => {
            let message = format!("This blob is for `{}`, which is {} and takes no file.", field.name, field.describe());
            let finding = report.add(span, "takes no file", message);
            objects::declared(finding.at_most(Severity::Warning), &at_root(field))
                .help(format!("Write `{}` with its value at the root of the object, or name a file property.", field.name));
        }
        Problem::BlobType(said, field) => {
            let wanted = field.kind.name();
            let message =
                format!("This blob is of the type `{said}`, and its property `{}` is of the type `{wanted}`.", field.name);
            let finding = report.add(span, format!("not `{wanted}`"), message);
            objects::declared(finding, &at_root(field))
                .help(format!("Write `\"type\": \"{wanted}\"`, or name a property of the type `{said}`."));
        }
        Problem::Blob(fault) => of_itself(fault, breach, report),
        _ => {}
    }
}

fn of_itself(fault: &BlobFault<'_>, breach: &Breach<'_>, report: &mut Report) {
    let (label, message, help) = match fault {
        BlobFault::NoProperty => {
            ("no `property`", "This blob does not say which property it fills.".to_owned(), "Add `property`.")
        }
        BlobFault::NoType => ("no `type`", "This blob does not say its type.".to_owned(), "Add the `type` of its property."),
        BlobFault::UnknownType(said) => {
            ("no such type", format!("No blob is of the type `{said}`."), "Write the type that its property has.")
        }
        BlobFault::UpperCaseType(said) => {
            let message = format!("Types are in lower case: the service refuses `{said}`.");
            ("in capitals", message, "Write it in lower case.")
        }
        BlobFault::DataAndUpload => {
            ("both", "This blob has `data` and an `upload_id`: one of them is its content.".to_owned(), "Remove one of the two.")
        }
        BlobFault::NoContent => {
            ("no content", "This blob has no content.".to_owned(), "Add `data`, or the `upload_id` of a finished upload.")
        }
        BlobFault::Url => ("not `data`", "`url` is no key of a blob.".to_owned(), "Write the address as `data`."),
    };
    let finding = report.add(breach.span, label, message);
    if matches!(fault, BlobFault::Url) {
        // What the service does with a key that it does not know inside of a blob is not published.
        finding.at_most(Severity::Warning);
    }
    finding.help(help);
}

fn at_root(field: &Field) -> Place<'_> {
    Place { path: field.name.to_string(), field }
}

/// The property that was perhaps meant, or else all that take files.
fn instead(property: &str, bucket: &Bucket) -> String {
    let Some(schema) = &bucket.schema else { return String::new() };
    if let Some(nearest) = suggest::nearest(property, schema.fields.iter().map(|field| field.name.as_str())) {
        return format!("Did you mean `{nearest}`?");
    }
    let files = Fields::new(schema.fields.iter().filter(|field| field.kind.is_file()).cloned().collect());
    match files.is_empty() {
        true => "None of its fields takes files: declare one in the bucket schema.".to_owned(),
        false => format!("Of its fields, {} for files.", is_or_are(words::listed(&files), files.iter().count())),
    }
}

fn is_or_are(names: String, count: usize) -> String {
    let names = names.trim_start_matches("the fields ").trim_start_matches("the field ");
    format!("{names} {}", if count == 1 { "is" } else { "are" })
}
