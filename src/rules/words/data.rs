//! What the rules say of objects that are data and no definitions: one at a time, without a workspace.

use super::super::{
    Report, Rule, duplicate_unique_key, invalid_blob, invalid_object_value, missing_object_field, query_flag_in_body,
    syntax_error, unique_key_value, unknown_object_field,
};
use super::objects::Phrase;
use crate::conform::Breach;
use crate::definitions::{Bucket, Value};
use crate::diagnostic::{Diagnostic, Subject};
use crate::syntax::SyntaxError;
use crate::text::{FileId, SourceFile, Span};

/// The rules about what does not conform in one object, with their words.
const RULES: [(&Rule, Phrase); 6] = [
    (&invalid_blob::RULE, invalid_blob::phrase),
    (&invalid_object_value::RULE, invalid_object_value::phrase),
    (&missing_object_field::RULE, missing_object_field::phrase),
    (&query_flag_in_body::RULE, query_flag_in_body::phrase),
    (&unique_key_value::RULE, unique_key_value::phrase),
    (&unknown_object_field::RULE, unknown_object_field::phrase),
];

/// What the rules say of an object, in the order of the places. `first` says where an object of the same unique key stands, if
/// there is one before it.
pub fn about_object(object: &Value, bucket: &Bucket, breaches: &[Breach<'_>], first: Option<&str>) -> Vec<Diagnostic> {
    let mut report = Report { rule: &duplicate_unique_key::RULE, diagnostics: Vec::new() };
    if let Some(first) = first {
        let start = Span::new(object.span.file, object.span.start..object.span.start + 1);
        duplicate_unique_key::phrase(object, start, bucket, first, &mut report);
    }
    for (rule, phrase) in RULES {
        report.rule = rule;
        breaches.iter().for_each(|breach| phrase(breach, bucket, &mut report));
    }
    report.diagnostics.sort_by_key(|finding| (finding.primary.span, finding.rule));
    about(report)
}

/// What is wrong with the text of a record.
pub fn about_text(errors: &[SyntaxError], id: FileId, file: &SourceFile) -> Vec<Diagnostic> {
    let mut report = Report { rule: &syntax_error::RULE, diagnostics: Vec::new() };
    errors.iter().for_each(|error| syntax_error::add(error, id, file, &mut report));
    about(report)
}

/// What is wrong with a record before its text is looked at.
pub fn about_record(span: Span, label: &str, message: String) -> Vec<Diagnostic> {
    let mut report = Report { rule: &syntax_error::RULE, diagnostics: Vec::new() };
    report.add(span, label, message);
    about(report)
}

fn about(report: Report) -> Vec<Diagnostic> {
    let mut found = report.diagnostics;
    for finding in &mut found {
        finding.about(Some(Subject { kind: "object", name: String::new(), span: finding.primary.span }));
    }
    found
}
