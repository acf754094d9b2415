//! Values of the wrong kind, out of bounds, or none of those that there are.

use super::words::shapes::{code, misfits, subject};
use super::words::{or, rewrite};
use super::{Check, Group, Report, Rule, words};
use crate::definitions::Form;
use crate::diagnostic::{Fix, Severity};
use crate::shape::{Fault, Kinds, Limit, Misfit, Name, Pattern, What};
use crate::syntax::Kind;
use crate::text::{Sources, Span};
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "invalid-value",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "a value of the wrong kind, out of bounds, or none of those that there are",
    docs: include_str!("../../docs/rules/invalid-value.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for misfit in misfits(facts) {
        let What::WrongValue(fault) = &misfit.what else { continue };
        match fault {
            Fault::Kind { .. } => wrong_kind(&facts.workspace.sources, misfit, fault, report),
            // What an answer says is what the service wrote, perhaps in a later version.
            _ if misfit.form == Form::Answer => {}
            Fault::Option { is, options, nearest } => {
                let message = format!("{} is {}, which is none of the values that it takes.", subject(misfit), code(is));
                let help = match nearest {
                    Some(nearest) => format!("Did you mean `{nearest}`?"),
                    None => format!("Write {}.", or(options)),
                };
                let fix = nearest.and_then(|meant| match meant.eq_ignore_ascii_case(is) {
                    true => rewrite::surely(&facts.workspace.sources, misfit.place, meant),
                    false => {
                        rewrite::slip(&facts.workspace.sources, misfit.place, (is, meant), options.iter().map(String::as_str))
                    }
                });
                report.add(misfit.place, "no such value", message).help(help).fix(fix);
            }
            Fault::Limit { of, is, least, most } => limit(misfit, *of, is, *least, *most, report),
            Fault::Spelling(pattern) => spelling(misfit, pattern, report),
            Fault::Form(help) => {
                let message = format!("{} does not have the form that it must have.", subject(misfit));
                report.add(misfit.place, "another form", message).help(help);
            }
        }
    }
    for file in &facts.workspace.files {
        if let (1.., Some(last)) = (file.misfits.more, file.misfits.list.last()) {
            let more = words::count(file.misfits.more, "more place", "more places");
            report.add(last.place, "the last one shown", format!("{more} of this file would be reported, and are left out."));
        }
    }
}

fn wrong_kind(sources: &Sources, misfit: &Misfit, fault: &Fault, report: &mut Report) {
    let Fault::Kind { wanted, titles, is, written, shorthand, is_quoted, is_word_of_yaml, help } = fault else { return };
    let message = format!("{} is {}, but must be {}.", subject(misfit), kind(*is), wanted_kinds(*wanted, titles));
    let finding = report.add(misfit.place, format!("must be {}", wanted_kinds(*wanted, titles)), message);
    let is_scalar = !matches!(is, Kind::Array | Kind::Object | Kind::Null);
    let quoted = |text: &str| if *is == Kind::String { text.to_owned() } else { format!("\"{text}\"") };
    match (written, help) {
        (Some(written), _) if *is_word_of_yaml => finding.help(words::word_of_yaml(written)),
        (_, Some(help)) => finding.help(help),
        (Some(written), _) if *is_quoted => {
            finding.help(format!("Write `{}` without the quotes.", written.trim_matches(['"', '\''])))
        }
        (Some(written), _) if shorthand.is_some() && *is == Kind::String => {
            finding.help(format!("Write `{{ \"{}\": {} }}`.", shorthand.unwrap_or_default(), in_quotes(written)))
        }
        (Some(written), _) if is_scalar && wanted.meets(Kinds::ARRAY) && titles.is_empty() => {
            finding.help(format!("Write a list: `[{}]`.", quoted(written)))
        }
        (Some(written), _) if *is == Kind::Number && wanted.meets(Kinds::STRING) => match &misfit.name {
            Name::Key(key) if key == "version" => finding.help(version(written)),
            _ => finding.help(format!("Write it in quotes: `\"{written}\"`.")),
        },
        (Some(written), _) if *is == Kind::Bool && wanted.meets(Kinds::STRING) => {
            finding.help(format!("Write it in quotes: `\"{written}\"`."))
        }
        _ if *is == Kind::Array && !wanted.meets(Kinds::ARRAY) => finding.help("Write one value in place of the list."),
        _ => finding,
    };
    finding.fix(as_wanted(sources, misfit.place, fault, &misfit.name));
    if *is_quoted || *is_word_of_yaml || misfit.form == Form::Answer {
        finding.at_most(Severity::Warning);
    }
}

/// The value as it is wanted, where that is only a matter of how it is written.
fn as_wanted(sources: &Sources, place: Span, fault: &Fault, name: &Name) -> Option<Fix> {
    let Fault::Kind { wanted, titles, is, written, shorthand, is_quoted, is_word_of_yaml, help } = fault else { return None };
    let is_scalar = !matches!(is, Kind::Array | Kind::Object | Kind::Null);
    let written = written.as_deref()?;
    let quote = || format!("Write `{written}` in quotes");
    match is {
        _ if *is_word_of_yaml => rewrite::surely(sources, place, words::boolean_of_yaml(written)),
        _ if help.is_some() => None,
        Kind::String if *is_quoted => rewrite::safe("Remove the quotes", rewrite::unquoted(sources, place)),
        Kind::String if shorthand.is_some() => {
            let (key, quotes) = (shorthand.unwrap_or_default(), rewrite::key_quote(sources, place));
            let edits = rewrite::around(sources, place, format!("{{ {quotes}{key}{quotes}: "), " }");
            let title = format!("Write an object with `{key}`");
            // Beside its name, an extractor needs more.
            if key == "source_path" { rewrite::safe(title, edits) } else { rewrite::perhaps(title, edits) }
        }
        _ if is_scalar && wanted.meets(Kinds::ARRAY) && titles.is_empty() => {
            let is_item = *is == Kind::String;
            rewrite::safe("Write a list", rewrite::around(sources, place, "[".to_owned(), "]").filter(|_| is_item))
        }
        // Of a version some of it may be left out, and a person has to say which.
        Kind::Number if wanted.meets(Kinds::STRING) => match name {
            Name::Key(key) if key == "version" => match written.contains('.') {
                true => None,
                false => rewrite::perhaps(
                    rewrite::write(&format!("v{written}")),
                    rewrite::quoted(sources, place, &format!("v{written}")),
                ),
            },
            Name::Key(key) if key.ends_with("name") => rewrite::safe(quote(), rewrite::quoted(sources, place, written)),
            _ => rewrite::perhaps(quote(), rewrite::quoted(sources, place, written)),
        },
        Kind::Bool if wanted.meets(Kinds::STRING) => rewrite::perhaps(quote(), rewrite::quoted(sources, place, written)),
        _ => None,
    }
}

/// `1` is what is left of `v1`, and `1.0` may be what is left of `1.0.0`.
fn version(number: &str) -> String {
    match number.split_once('.') {
        None => format!("Write it in quotes: `\"v{number}\"`."),
        Some((major, _)) => {
            format!("Write it in quotes: `\"v{major}\"`, or `\"{number}.0\"` for an extractor of your own.")
        }
    }
}

fn in_quotes(written: &str) -> String {
    format!("\"{}\"", written.trim_matches(['"', '\'']))
}

fn limit(misfit: &Misfit, of: Limit, is: &str, least: Option<f64>, most: Option<f64>, report: &mut Report) {
    let size: f64 = is.parse().unwrap_or_default();
    let (bound, limit) = match (least, most) {
        (Some(least), _) if size < least => ("at least", least),
        (_, Some(most)) => ("at most", most),
        _ => return,
    };
    let subject = subject(misfit);
    let message = match of {
        Limit::Number => format!("{subject} is {is}, but must be {bound} {limit}."),
        Limit::Length => {
            let characters = words::count(size as usize, "character", "characters");
            format!("{subject} has {characters}, but must have {bound} {limit}.")
        }
        Limit::Count if size == 0.0 => format!("{subject} is empty, but must have {bound} {}.", entries(limit)),
        Limit::Count => format!("{subject} has {}, but must have {bound} {limit}.", entries(size)),
    };
    report.add(misfit.place, format!("{bound} {limit}"), message);
}

fn entries(number: f64) -> String {
    words::count(number as usize, "entry", "entries")
}

fn spelling(misfit: &Misfit, pattern: &Pattern, report: &mut Report) {
    let mut marks: Vec<String> = vec!["letters without accents".to_owned(), "digits".to_owned()];
    marks.extend(pattern.marks.chars().map(|mark| format!("`{mark}`")));
    let (most, last) = marks.split_at(marks.len() - 1);
    let class = format!("{} and {}", most.join(", "), last.concat());
    if pattern.start.is_empty() {
        let message = format!("{} has other characters than {class}.", subject(misfit));
        report.add(misfit.place, "other characters", message).at_most(Severity::Warning);
        return;
    }
    let times = if pattern.most == usize::MAX { String::new() } else { format!("{} to {} ", pattern.least, pattern.most) };
    let message = format!("{} must begin with `{}`, and go on with {times}{class}.", subject(misfit), pattern.start);
    report.add(misfit.place, format!("must begin with `{}`", pattern.start), message);
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Bool => "a boolean",
        Kind::Number => "a number",
        Kind::String => "a string",
        Kind::Array => "a list",
        Kind::Object => "an object",
        Kind::Alias | Kind::Invalid => "unreadable",
    }
}

fn wanted_kinds(wanted: Kinds, titles: &[&str]) -> String {
    if !titles.is_empty() {
        return titles.join(" or ");
    }
    let numbers = if wanted.meets(Kinds::FRACTION) { "a number" } else { "a whole number" };
    let names = [
        (Kinds::OBJECT, "an object"),
        (Kinds::ARRAY, "a list"),
        (Kinds::STRING, "a string"),
        (Kinds::INTEGER, numbers),
        (Kinds::BOOLEAN, "`true` or `false`"),
    ];
    let names: Vec<&str> = names.iter().filter(|(kinds, _)| wanted.meets(*kinds)).map(|(_, name)| *name).collect();
    names.join(" or ")
}
