//! Answers of the service about definitions: what they say, and where in the files that is.

mod place;

use crate::definitions::{Data, Value};
use crate::diagnostic::Severity;
use crate::text::{ShortText, Span, Spanned};

pub use place::locate;

/// Something that an answer of the service says.
#[derive(Debug)]
pub struct Remark {
    /// The code that it has, of those that `lint` reports under.
    pub code: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// The sentence of the service.
    pub message: String,
    /// What the service says to do.
    pub help: Option<String>,
    /// What it is about.
    pub about: About,
    /// Where it stands in the answer.
    pub place: Span,
}

/// What a remark is about.
#[derive(Debug, PartialEq, Eq)]
pub enum About {
    /// A place in a manifest or in a body: its keys and indexes, from the root.
    Path(Vec<Step>),
    /// Something that the sentence names.
    Named,
    /// A secret of this name.
    Secret(String),
}

/// A step of the path to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into an object, by a key.
    Key(String),
    /// Into a list, by an index from 0.
    Index(usize),
}

/// What an answer says; nothing where it is no answer about definitions. Known are the answers of `lint` (`LintResponse`) and
/// `validate` (`ValidateResult`), and the body of an error (`ErrorResponse`). Source: `mixpeek` 1.3.783 on PyPI.
pub fn read(answer: &Value) -> Option<Vec<Remark>> {
    if let Some(error) = answer.get("error").filter(|error| error.get("message").is_some()) {
        return Some(of_error(error));
    }
    if let Some(detail) = answer.get("detail") {
        return of_detail(detail);
    }
    answer.get("valid")?;
    let mut remarks = Vec::new();
    for result in answer.get("results").into_iter().flat_map(Value::items) {
        remarks.extend(of_lint(result));
    }
    for (key, severity) in [("errors", Severity::Error), ("warnings", Severity::Warning)] {
        let said = answer.get(key).into_iter().flat_map(Value::items).filter_map(Value::as_string);
        remarks.extend(said.map(|sentence| remark(severity, sentence, About::Named)));
    }
    for name in answer.get("missing_secrets").into_iter().flat_map(Value::items).filter_map(Value::as_string) {
        let sentence = Spanned { value: format!("The service has no secret `{}`.", name.value).into(), span: name.span };
        remarks.push(remark(Severity::Error, sentence, About::Secret(name.value.into())));
    }
    Some(remarks)
}

fn remark(severity: Severity, sentence: Spanned<ShortText>, about: About) -> Remark {
    Remark { code: None, severity, message: sentence.value.into(), help: None, about, place: sentence.span }
}

fn of_lint(result: &Value) -> Option<Remark> {
    let text = |key: &str| result.get(key).and_then(Value::as_string);
    let message = text("message")?;
    let severity = match text("severity").map(|severity| severity.value.to_ascii_lowercase()).as_deref() {
        Some("info") => Severity::Info,
        Some("warning") => Severity::Warning,
        _ => Severity::Error,
    };
    let about = text("location").map_or(About::Named, |location| path(&location.value));
    let help = text("suggestion").map(|suggestion| suggestion.value.into());
    Some(Remark { code: text("code").map(|code| code.value.into()), help, ..remark(severity, message, about) })
}

/// The error of an `ErrorResponse`: what is wrong with each value where that is said, else its message.
fn of_error(error: &Value) -> Vec<Remark> {
    let details = error.get("details");
    let listed = details.and_then(|details| details.get("validation_errors").or_else(|| details.get("errors")));
    let mut remarks: Vec<Remark> = listed.into_iter().flat_map(Value::items).filter_map(of_value).collect();
    if remarks.is_empty() {
        remarks.extend(
            error.get("message").and_then(Value::as_string).map(|message| remark(Severity::Error, message, About::Named)),
        );
    }
    remarks
}

/// The older form of an error: a sentence, or a list of `{loc, msg}`.
fn of_detail(detail: &Value) -> Option<Vec<Remark>> {
    match detail.as_string() {
        Some(sentence) => Some(vec![remark(Severity::Error, sentence, About::Named)]),
        None if detail.items().is_empty() => None,
        None => Some(detail.items().iter().filter_map(of_value).collect()),
    }
}

/// What is wrong with one value.
fn of_value(wrong: &Value) -> Option<Remark> {
    let message = wrong.get("message").or_else(|| wrong.get("msg")).and_then(Value::as_string)?;
    let location = wrong.get("location").or_else(|| wrong.get("loc"));
    let about = match location.and_then(Value::as_string) {
        Some(text) => path(&text.value),
        None => steps(location.into_iter().flat_map(Value::items).filter_map(|step| match &step.data {
            Data::String(text) | Data::Number(text) => Some(text.to_string()),
            _ => None,
        })),
    };
    Some(remark(Severity::Error, message, about))
}

/// A path as the service writes it: `retrievers[0].stages[2]`, or `body.stages.2.config`.
fn path(text: &str) -> About {
    steps(text.split(['.', '[', ']']).map(str::trim).map(str::to_owned))
}

fn steps(parts: impl Iterator<Item = String>) -> About {
    let parts = parts.filter(|part| !part.is_empty());
    let mut steps: Vec<Step> = parts.map(|part| part.parse().map_or(Step::Key(part), Step::Index)).collect();
    if steps.first() == Some(&Step::Key("body".to_owned())) {
        steps.remove(0);
    }
    if steps.is_empty() { About::Named } else { About::Path(steps) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_path_are_read() {
        let key = |text: &str| Step::Key(text.to_owned());
        let stage = || About::Path(vec![key("retrievers"), Step::Index(0), key("stages"), Step::Index(2)]);
        assert_eq!(path("retrievers[0].stages[2]"), stage());
        assert_eq!(path("body.retrievers.0.stages.2"), stage());
        assert_eq!(path("body"), About::Named);
    }
}
