//! How two schemas differ, in words.

use crate::diagnostic::Diagnostic;
use crate::workspace::Difference;

/// How many differences a sentence names.
const NAMED: usize = 3;

/// The first few differences, as the end of a sentence; `first` and `second` are what has the schemas.
pub(in crate::rules) fn differing(found: &[Difference<'_>], first: &str, second: &str) -> String {
    let mut parts: Vec<String> = found.iter().take(NAMED).map(|difference| phrase(difference, first, second)).collect();
    if let Some(more @ 1..) = found.len().checked_sub(NAMED) {
        parts.push(format!("{more} more"));
    }
    parts.join("; ")
}

fn phrase(difference: &Difference<'_>, first: &str, second: &str) -> String {
    match difference {
        Difference::OnlyFirst(field) => format!("only {first} has `{}`", field.name),
        Difference::OnlySecond(field) => format!("only {second} has `{}`", field.name),
        Difference::Type(one, other) => {
            format!("`{}` is {} in {first} and {} in {second}", one.name, one.describe(), other.describe())
        }
        Difference::Required(one, _) => {
            format!("`{}` is required in {} only", one.name, if one.is_required() { first } else { second })
        }
    }
}

/// Shows the places of the differences that are named.
pub(in crate::rules) fn show_differing(finding: &mut Diagnostic, found: &[Difference<'_>], first: &str, second: &str) {
    for difference in found.iter().take(NAMED) {
        let (one, other) = match *difference {
            Difference::OnlyFirst(one) => (Some(one), None),
            Difference::OnlySecond(other) => (None, Some(other)),
            Difference::Type(one, other) | Difference::Required(one, other) => (Some(one), Some(other)),
        };
        for (field, holder) in one.map(|field| (field, first)).into_iter().chain(other.map(|field| (field, second))) {
            if let Some(span) = field.span.filter(|span| *span != finding.primary.span) {
                finding.related(span, format!("`{}` in {holder}", field.name));
            }
        }
    }
}
