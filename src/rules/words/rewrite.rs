//! Changes of the text that mend a finding.

use crate::diagnostic::{Edit, Fix};
use crate::text::{Sources, Span};

/// Another word in the place of one, in the same quotes. None where the word is not written as it is read.
pub(in crate::rules) fn word(sources: &Sources, span: Span, old: &str, new: &str) -> Option<Edit> {
    let written = sources.slice(span);
    let quote = written
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''))
        .map_or("", |quote| if quote == '"' { "\"" } else { "'" });
    let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
    (inner == old).then(|| Edit { span, text: format!("{quote}{new}{quote}") })
}

/// A fix after which the text means the same.
pub(in crate::rules) fn safe(edits: Option<Vec<Edit>>) -> Option<Fix> {
    edits.map(|edits| Fix { is_safe: true, edits })
}
