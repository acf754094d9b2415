//! Lists in sentences, and how sure a fact of the catalogue makes a finding.

use crate::definitions::Value;
use crate::diagnostic::{Diagnostic, Severity};
use crate::extractors::Confidence;

/// Names for a sentence: `` `a`, `b` and `c` ``.
pub(in crate::rules) fn and<T: AsRef<str>>(names: &[T]) -> String {
    joined(names, "and")
}

/// Names for a sentence: `` `a`, `b` or `c` ``.
pub(in crate::rules) fn or<T: AsRef<str>>(names: &[T]) -> String {
    joined(names, "or")
}

/// Values for a sentence, as they are written.
pub(in crate::rules) fn or_values(values: &[Value]) -> String {
    let shown: Vec<String> = values.iter().map(Value::shown).collect();
    or(&shown)
}

fn joined<T: AsRef<str>>(names: &[T], word: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match &quoted[..] {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {word} {last}", most.join(", ")),
    }
}

/// Lowers what rests on a fact that the catalogue is not sure of.
pub(in crate::rules) fn sure(finding: &mut Diagnostic, confidence: Confidence) {
    match confidence {
        Confidence::High => {}
        Confidence::Medium => {
            finding.at_most(Severity::Warning);
        }
        Confidence::Low => {
            finding.at_most(Severity::Info);
        }
    }
}
