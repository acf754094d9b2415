//! Texts that are not well-formed.

use std::ops::Range;

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Root, template_parts};
use crate::diagnostic::{Edit, Fix, Severity};
use crate::suggest;
use crate::syntax::{self, Problem, SyntaxError};
use crate::text::{FileId, SourceFile, Span};
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "syntax-error",
    severity: Severity::Error,
    group: Group::Text,
    summary: "a file is not well-formed JSON or YAML",
    docs: include_str!("../../docs/rules/syntax-error.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (number, file) in facts.workspace.files.iter().enumerate() {
        let id = FileId::new(number);
        let source = facts.workspace.sources.get(id);
        let errors = || file.errors.iter().filter(|error| !error.problem.is_relaxed());
        let is_foreign = |mark: &Range<u32>| variable_at(source, mark).is_none();
        if let Some(template) = errors().filter_map(|error| template_at(source, error)).find(is_foreign) {
            let message = "This file looks like a template. It can be checked when it has been filled in.";
            report.add(Span::new(id, template), "a template", message).at_most(Severity::Info);
            continue;
        }
        for error in errors() {
            match template_at(source, error).and_then(|mark| variable_at(source, &mark)) {
                Some(variable) => unquoted(Span::new(id, variable), source, report),
                None => add(error, id, source, report),
            }
        }
        if let (1.., Some(last)) = (file.more_errors, errors().next_back()) {
            let more = words::count(file.more_errors, "more error is", "more errors are");
            report.add(
                Span::new(id, last.range.end..last.range.end),
                "the last one shown",
                format!("{more} not shown for this file."),
            );
        }
    }
}

/// Reports one error.
pub(super) fn add(error: &SyntaxError, id: FileId, file: &SourceFile, report: &mut Report) {
    let place = Span::new(id, error.range.clone());
    // Of what is never closed, the bracket is what a person has to see.
    let shown = match &error.opener {
        Some(opener) if error.problem == Problem::Unclosed => Span::new(id, opener.clone()),
        _ => place,
    };
    let (label, message, help) = phrase(&error.problem, file.text().get(shown.range()).unwrap_or_default());
    let finding = report.add(place, label, message);
    if error.problem == Problem::LooseIndentation {
        finding.at_most(Severity::Info);
    }
    if let Some(opener) = error.opener.as_ref().filter(|opener| opener.start != error.range.start) {
        finding.related(Span::new(id, opener.clone()), "opened here");
    }
    finding.help(help).fix(mended(error, place, file.text()));
}

/// What other languages write, as JSON has it; and a comma where one is missing.
fn mended(error: &SyntaxError, place: Span, text: &str) -> Option<Fix> {
    let written = text.get(place.range())?;
    let edit = |new: String| Some(vec![Edit { span: place, text: new }]);
    let inner = |text: &str| text.chars().all(|letter| !letter.is_control() && !matches!(letter, '"' | '\'' | '\\'));
    match error.problem {
        Problem::UnknownWord => match written {
            "True" | "TRUE" => rewrite::safe("Write `true`", edit("true".to_owned())),
            "False" | "FALSE" => rewrite::safe("Write `false`", edit("false".to_owned())),
            "None" | "NULL" | "Null" | "nil" => rewrite::safe("Write `null`", edit("null".to_owned())),
            _ => None,
        },
        Problem::UnquotedKey if inner(written) => rewrite::safe("Write it in double quotes", edit(format!("\"{written}\""))),
        Problem::SingleQuotes => {
            let text = written.strip_prefix('\'')?.strip_suffix('\'')?;
            let new = inner(text).then(|| edit(format!("\"{text}\"")))?;
            rewrite::safe("Write it in double quotes", new)
        }
        Problem::MissingComma => {
            // It belongs behind what comes before, and before any comment there.
            let before = text.get(..place.start as usize)?.trim_end();
            let end = before.len() as u32;
            let has_comment =
                before.rsplit('\n').next().is_none_or(|line| line.contains("//") || line.contains("*/") || line.contains('#'));
            let comma = Edit { span: Span::new(place.file, end..end), text: ",".to_owned() };
            rewrite::perhaps("Put a comma here", (!has_comment).then(|| vec![comma]))
        }
        _ => None,
    }
}

/// The mark of a template on the line of an error: its text is not JSON or YAML yet.
fn template_at(file: &SourceFile, error: &SyntaxError) -> Option<Range<u32>> {
    let line = file.line_range(file.line_of(error.range.start));
    let text = file.text().get(line.clone())?;
    // In a string the marks are the service's own, and no template of the file.
    let is_outside = |at: &usize| text[..*at].matches('"').count().is_multiple_of(2);
    let at = line.start + ["{{", "{%"].iter().find_map(|mark| text.find(mark).filter(is_outside))?;
    Some(at as u32..at as u32 + 2)
}

/// The variable at the mark of a template, when it is one that the service fills in.
fn variable_at(file: &SourceFile, mark: &Range<u32>) -> Option<Range<u32>> {
    let line = file.line_range(file.line_of(mark.start));
    let text = file.text().get(line.clone())?;
    let at = mark.start as usize - line.start;
    let part = template_parts(text).into_iter().find(|part| part.root != Root::Other && part.whole.contains(&at))?;
    Some((line.start + part.whole.start) as u32..(line.start + part.whole.end) as u32)
}

/// Reports a variable that stands without quotes where its braces mean something else.
fn unquoted(variable: Span, file: &SourceFile, report: &mut Report) {
    let written = file.text().get(variable.range()).unwrap_or_default();
    let message = format!("`{written}` stands here without quotes, and its braces are those of an object.");
    let block = if written.starts_with('$') && syntax::Format::of(file) == syntax::Format::Yaml {
        ", or on a line of its own, without brackets around it"
    } else {
        ""
    };
    report.add(variable, "no quotes", message).help(format!("Write the whole value in quotes, `\"{written}\"`{block}."));
}

/// Label, message and help of a problem; `text` is what stands at its place.
pub fn phrase(problem: &Problem, text: &str) -> (&'static str, String, &'static str) {
    let shown: String = text.chars().take(SHOWN).collect();
    let shown = if shown.len() < text.len() { shown + "…" } else { shown };
    let plain = |label, message: &str, help| (label, message.to_owned(), help);
    match problem {
        Problem::Comment | Problem::TrailingComma => {
            plain("not strict JSON", "Strict JSON has neither comments nor trailing commas.", "")
        }
        Problem::MissingComma if text.is_empty() => {
            plain("missing comma", "A comma is missing between two values.", "Put a `,` here.")
        }
        Problem::MissingComma => plain("missing comma", "A comma is missing before this.", "Put a `,` before it."),
        Problem::MissingColon => plain("missing colon", "A colon is missing between a key and its value.", "Put a `:` here."),
        Problem::MissingValue => plain("missing value", "A value is missing here.", ""),
        Problem::MissingKey if text.starts_with(',') => plain("too many", "There is one comma too many.", "Remove it."),
        Problem::MissingKey => {
            plain("missing key", "A key is missing here: an object has a string and a colon before each value.", "")
        }
        Problem::UnquotedKey => ("no quotes", format!("The key `{shown}` has no quotes."), "Write it in double quotes."),
        Problem::SingleQuotes => plain("single quotes", "This string has single quotes.", "JSON strings have double quotes."),
        Problem::UnknownWord => ("unknown word", format!("`{shown}` is no JSON value."), unknown_word(text)),
        Problem::BadNumber => ("no number", format!("`{shown}` is no JSON number."), ""),
        Problem::BadEscape => ("no escape", format!("`{shown}` is no escape sequence."), "Write `\\\\` for a backslash."),
        Problem::ControlCharacter => {
            let message = "A control character stands raw in a string.";
            plain("control character", message, "Write it as an escape, such as `\\n` or `\\t`.")
        }
        Problem::UnescapedQuote => {
            plain("ends the string", "This quote ends the string, and the text goes on.", "Write `\\\"` for a quote in a string.")
        }
        Problem::UnclosedString => {
            plain("never closed", "This string is not closed before its line ends.", "Put the closing quote.")
        }
        Problem::UnclosedComment => plain("never closed", "This comment is never closed.", "Put `*/` at its end."),
        Problem::Unclosed => ("never closed", format!("This `{}` is never closed.", &first(text)), ""),
        Problem::MismatchedClose => ("wrong bracket", format!("This `{shown}` does not match the bracket that is open."), ""),
        Problem::UnexpectedClose => ("nothing to close", format!("This `{shown}` closes nothing."), ""),
        Problem::Placeholder => {
            plain("a placeholder", "`...` stands for something that was left out.", "Write it out, or remove the dots.")
        }
        Problem::UnexpectedCharacter => ("unexpected", format!("`{shown}` cannot stand here."), ""),
        Problem::TrailingContent => {
            let message = "The document has ended, and there is more text.";
            plain("after the end", message, "Several documents go in a list, in a `.jsonl` file a line each, or in YAML.")
        }
        Problem::Empty => plain("empty", "This file is empty: JSON has at least one value.", ""),
        Problem::TooDeep => plain("too deep", "Values are nested too deeply here; what is deeper is not read.", ""),
        Problem::TooManyValues => plain("too many values", "This file has too many values; from here on it is not read.", ""),
        Problem::UnknownAlias => ("unknown alias", format!("No anchor before this alias has its name: `{shown}`."), ""),
        Problem::RecursiveAlias => {
            ("inside itself", format!("The alias `{shown}` stands inside of the value that it stands for."), "")
        }
        Problem::AliasesTooLarge => {
            plain("too large", "The aliases of this file stand for too many values; this one is not followed.", "")
        }
        Problem::BadMerge => plain("no object", "A merge key `<<` takes an object, an alias of one, or a list of them.", ""),
        Problem::LooseIndentation => {
            let message = "This line is not indented more than the key that it belongs to. YAML 1.2 refuses that, though many readers take it.";
            plain("indented too little", message, "Indent it more.")
        }
        Problem::Yaml(message) => {
            let help = if message.contains("in quotes") { "Put the value in quotes." } else { "" };
            ("not well-formed", format!("This is not well-formed YAML: {message}."), help)
        }
        Problem::InvalidUtf8 => plain("not UTF-8", "These bytes are not UTF-8.", "Save the file as UTF-8."),
        Problem::Utf16 => plain("UTF-16", "This file is in UTF-16 and was not read.", "Save the file as UTF-8."),
    }
}

/// How many characters of the text are repeated in a sentence.
const SHOWN: usize = 30;

fn first(text: &str) -> String {
    text.chars().take(1).collect()
}

/// What other languages call the words of JSON.
fn unknown_word(word: &str) -> &'static str {
    match word {
        "True" | "TRUE" => "Write `true`.",
        "False" | "FALSE" => "Write `false`.",
        "None" | "NULL" | "Null" | "nil" | "undefined" | "NaN" => "Write `null`.",
        _ => match suggest::nearest(word, ["true", "false", "null"]) {
            Some("true") => "Write `true`.",
            Some("false") => "Write `false`.",
            Some(_) => "Write `null`.",
            None => "Write a string in double quotes.",
        },
    }
}
