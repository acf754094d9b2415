//! Words about values that a parameter does not take, of extractors and of stages.

use super::{or_values, rewrite};
use crate::definitions::{Data, Value};
use crate::diagnostic::Fix;
use crate::extractors::{Problem, Violation};
use crate::suggest::nearest;
use crate::workspace::Facts;

/// A few words for the place, and the sentence. `owner` is what has the parameter.
pub(in crate::rules) fn not_taken(violation: &Violation<'_>, owner: &str) -> (String, String) {
    let Violation { parameter, value, path, problem } = violation;
    let shown = value.shown();
    let what = format!("The parameter `{path}` of `{owner}`");
    match problem {
        Problem::Type { wanted, .. } => {
            let wanted: Vec<&str> = wanted.iter().map(|name| article(name)).collect();
            let wanted = wanted.join(" or ");
            let is = if value.as_number().is_some() { &shown } else { value.describe() };
            (format!("not {wanted}"), format!("{what} takes {wanted}, not {is}."))
        }
        Problem::Null => ("null".to_owned(), format!("{what} does not take null.")),
        Problem::NotAllowed([only]) => {
            (format!("not `{}`", only.shown()), format!("{what} can only be `{}`, not `{shown}`.", only.shown()))
        }
        Problem::NotAllowed(allowed) => {
            ("no such value".to_owned(), format!("{what} takes {}, not `{shown}`.", or_values(allowed)))
        }
        Problem::Slip(_) => {
            let message = format!("`{shown}` is none of the known values of the parameter `{path}` of `{owner}`.");
            ("not a known value".to_owned(), message)
        }
        Problem::Below(least) => (format!("less than {least}"), format!("{what} is at least {least}, not {shown}.")),
        Problem::Above(most) => (format!("more than {most}"), format!("{what} is at most {most}, not {shown}.")),
        Problem::Shorter(least) => {
            ("too short".to_owned(), format!("{what} has at least {least} {}, not {}.", counted(value, *least), length(value)))
        }
        Problem::Longer(most) => {
            ("too long".to_owned(), format!("{what} has at most {most} {}, not {}.", counted(value, *most), length(value)))
        }
        Problem::Pattern(pattern) => {
            let message = format!("{what} has to match `{pattern}`, and `{shown}` does not.");
            ("does not match".to_owned(), message)
        }
        Problem::Lacks(key) => {
            (format!("lacks `{key}`"), format!("An entry of the parameter `{}` of `{owner}` needs `{key}`.", parameter.name))
        }
    }
}

/// What is counted in a value.
fn counted(value: &Value, number: f64) -> &'static str {
    match (&value.data, number == 1.0) {
        (Data::Array(_), true) => "entry",
        (Data::Array(_), false) => "entries",
        (_, true) => "character",
        (_, false) => "characters",
    }
}

fn length(value: &Value) -> usize {
    value.as_str().map_or(value.items().len(), |text| text.chars().count())
}

/// The name of a JSON type with its article.
pub(in crate::rules) fn article(name: &str) -> &str {
    match name {
        "integer" => "an integer",
        "object" => "an object",
        "array" => "a list",
        "string" => "a string",
        "number" => "a number",
        "boolean" => "a boolean",
        other => other,
    }
}

/// The same as a change of the text.
pub(in crate::rules) fn rewritten_parameter(violation: &Violation<'_>, facts: &Facts<'_>) -> Option<Fix> {
    let (sources, value) = (&facts.workspace.sources, violation.value);
    let text = value.as_str()?;
    match &violation.problem {
        Problem::Type { .. } if value.is_bare_word(sources.get(value.span.file).text()) => {
            rewrite::surely(sources, value.span, super::boolean_of_yaml(sources.slice(value.span)))
        }
        Problem::Type { is_convertible: true, .. } => rewrite::safe("Remove the quotes", rewrite::unquoted(sources, value.span)),
        Problem::NotAllowed(allowed) => {
            let names = || allowed.iter().filter_map(Value::as_str);
            let near = nearest(text, names())?;
            match near.eq_ignore_ascii_case(text) {
                true => rewrite::surely(sources, value.span, near),
                false => rewrite::slip(sources, value.span, (text, near), names()),
            }
        }
        Problem::Slip(near) => rewrite::slip(sources, value.span, (text, near), []),
        _ => None,
    }
}

/// What to write in the place of a value that is not taken.
pub(in crate::rules) fn taken_instead(violation: &Violation<'_>, facts: &Facts<'_>) -> String {
    let text = violation.value.as_str();
    let written = facts.workspace.sources.slice(violation.value.span);
    match &violation.problem {
        Problem::Type { .. } if violation.value.is_bare_word(facts.workspace.sources.get(violation.value.span.file).text()) => {
            super::word_of_yaml(written)
        }
        Problem::Type { is_convertible: true, .. } => "Write it without quotes.".to_owned(),
        Problem::NotAllowed(allowed) => {
            let near = text.and_then(|text| nearest(text, allowed.iter().filter_map(Value::as_str)));
            near.map(|near| format!("Did you mean `{near}`?")).unwrap_or_default()
        }
        Problem::Slip(near) => format!("Did you mean `{near}`?"),
        Problem::Null => {
            let default = violation.parameter.default.as_ref();
            default.map(|default| format!("Leave it out for its default, `{}`.", default.shown())).unwrap_or_default()
        }
        _ => String::new(),
    }
}
