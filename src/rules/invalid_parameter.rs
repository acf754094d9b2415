//! Parameters that are set to something that they do not take.

use super::{Check, Group, Report, Rule, words};
use crate::definitions::Value;
use crate::diagnostic::{Diagnostic, Severity};
use crate::extractors::{Broken, Extractor, How, Need, Problem, Violation, broken, violations};
use crate::workspace::{Facts, Used};

pub(super) static RULE: Rule = Rule {
    name: "invalid-parameter",
    severity: Severity::Error,
    group: Group::Mappings,
    summary: "a parameter of an extractor has a value that it does not take",
    docs: include_str!("../../docs/rules/invalid-parameter.md"),
    check: Check::Extractor(check),
};

fn check(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    let (Some(extractor), Some(parameters)) = (used.catalogued(), &used.written.parameters) else { return };
    let subject = || facts.workspace.collection_subject(used.collection);
    let wrong = violations(&extractor.parameters, parameters);
    for violation in &wrong {
        report_violation(violation, extractor, facts, report).about(subject());
    }
    for broken in broken(extractor, parameters) {
        // A value that is wrong by itself is not compared with others.
        if wrong.iter().all(|violation| violation.parameter.name != broken.rule.parameter)
            && let Some(finding) = report_broken(&broken, parameters, report)
        {
            finding.about(subject());
        }
    }
}

fn report_violation<'r>(
    violation: &Violation<'_>,
    extractor: &Extractor,
    facts: &Facts<'_>,
    report: &'r mut Report,
) -> &'r mut Diagnostic {
    let Violation { parameter, value, problem, .. } = violation;
    let (label, message) = words::not_taken(violation, &extractor.name);
    let finding = report.add(value.span, label, message);
    finding.help(advice(violation, extractor, facts)).fix(words::rewritten_parameter(violation, facts));
    match problem {
        Problem::Slip(_) => finding.at_most(Severity::Info),
        // The service may read a string that holds a number or a boolean.
        Problem::Null | Problem::Type { is_convertible: true, .. } => finding.at_most(Severity::Warning),
        _ => finding,
    };
    words::sure(finding, parameter.confidence);
    finding
}

/// What to write instead, and whether an older bound explains the value.
fn advice(violation: &Violation<'_>, extractor: &Extractor, facts: &Facts<'_>) -> String {
    match violation.problem {
        Problem::Above(_) => outdated(violation, extractor).unwrap_or_default(),
        _ => words::taken_instead(violation, facts),
    }
}

/// A bound that older documents still give.
fn outdated(violation: &Violation<'_>, extractor: &Extractor) -> Option<String> {
    let mut rules = extractor.parameter_rules.iter().filter(|rule| rule.kind == "outdated_bounds");
    let rule = rules.find(|rule| rule.parameter == violation.path)?;
    let maximum = rule.details.get("maximum")?.as_number()?;
    (violation.value.as_number()? <= maximum).then(|| format!("Older documents give {maximum} as its maximum."))
}

/// Reports a rule between parameters that is broken; nothing, when all that follows is that a parameter is not read.
fn report_broken<'r>(broken: &Broken<'_>, parameters: &Value, report: &'r mut Report) -> Option<&'r mut Diagnostic> {
    let Broken { rule, value, how } = broken;
    let (name, shown) = (&rule.parameter, value.shown());
    let (label, message) = match how {
        How::NotLess(than, limit) => {
            let limit = limit.shown();
            (
                format!("not less than {limit}"),
                format!("`{name}` is {shown}, and has to be less than `{than}`, which is {limit}."),
            )
        }
        How::Greater(than, limit) => {
            let limit = limit.shown();
            (format!("more than {limit}"), format!("`{name}` is {shown}, and should not exceed `{than}`, which is {limit}."))
        }
        How::Needs(other, need) => {
            let need = match need {
                Need::Set => String::new(),
                Need::OfType(name) => format!(" to be {}", words::article(name)),
                Need::Value(wanted) => format!(" set to `{}`", wanted.shown()),
            };
            (format!("needs `{other}`"), format!("`{name}` set to `{shown}` needs `{other}`{need}."))
        }
        How::Unusual(usual) => {
            ("an unusual value".to_owned(), format!("`{name}` should be {}, not {shown}.", words::or_values(usual)))
        }
        How::Repeated(key, text, _) => ("the same again".to_owned(), format!("Two entries of `{name}` have the {key} `{text}`.")),
        How::NoRegex(why) => {
            ("no regular expression".to_owned(), format!("`{name}` takes regular expressions, and `{shown}` is none: {why}."))
        }
        How::Outside(least, most) => {
            (format!("not between {least} and {most}"), format!("`{name}` is meant to lie between {least} and {most}."))
        }
        How::ReadOnlyWith(..) | How::NotReadWith(..) => return None,
    };
    let finding = report.add(value.span, label, message);
    match how {
        How::Repeated(_, _, first) => finding.related(first.span, "it stands here first"),
        How::NotLess(than, _) | How::Greater(than, _) => match parameters.get(than) {
            Some(set) => finding.related(set.span, format!("`{than}` is set here")),
            None => finding.help(format!("`{than}` has its default.")),
        },
        How::NoRegex(_) => finding.help(from_glob(&shown).unwrap_or_default()),
        _ => finding,
    };
    finding.at_most(match rule.severity.as_str() {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Info,
    });
    words::sure(finding, rule.confidence);
    Some(finding)
}

/// What a pattern for the names of files is as a regular expression.
fn from_glob(pattern: &str) -> Option<String> {
    let rest = pattern.strip_prefix('*')?;
    let is_plain = rest.chars().all(|letter| letter.is_alphanumeric() || "./_-".contains(letter));
    is_plain.then(|| format!("As a regular expression it is `.*{}`.", rest.replace('.', "\\.")))
}
