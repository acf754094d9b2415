//! What holds between the parameters of an extractor, looked up in what they are set to.

use super::validate::{is_of, is_same};
use super::{Extractor, ParameterRule};
use crate::definitions::{Data, Entry, Value};
use crate::path::is_template;

/// A rule between parameters that is broken.
#[derive(Debug)]
pub struct Broken<'a> {
    /// The rule.
    pub rule: &'a ParameterRule,
    /// The value that breaks it.
    pub value: &'a Value,
    /// How.
    pub how: How<'a>,
}

/// How a rule between parameters is broken.
#[derive(Debug)]
pub enum How<'a> {
    /// It is as great as another parameter, or greater.
    NotLess(&'a str, &'a Value),
    /// It is greater than another parameter.
    Greater(&'a str, &'a Value),
    /// It needs another parameter: with this value, of this JSON type, or just set.
    Needs(&'a str, Need<'a>),
    /// It is read only when another parameter has one of these values, or is set.
    ReadOnlyWith(&'a str, &'a [Value]),
    /// It is not read, because another parameter has this value.
    NotReadWith(&'a str, &'a Value),
    /// It is none of these.
    Unusual(&'a [Value]),
    /// Two entries have this text under this key; the first one is here.
    Repeated(&'a str, &'a str, &'a Value),
    /// It is no regular expression, and why.
    NoRegex(&'static str),
    /// It lies outside of these.
    Outside(f64, f64),
}

/// What another parameter has to be.
#[derive(Debug)]
pub enum Need<'a> {
    /// Anything.
    Set,
    /// Of this JSON type.
    OfType(&'a str),
    /// This value.
    Value(&'a Value),
}

/// The rules of an extractor that its parameters break. What is left out has its default, and a default that is written out
/// breaks nothing.
pub fn broken<'a>(extractor: &'a Extractor, parameters: &'a Value) -> Vec<Broken<'a>> {
    let mut found = Vec::new();
    for rule in &extractor.parameter_rules {
        let Some(written) = parameters.get(&rule.parameter).filter(|value| is_decided(value)) else { continue };
        let set = Set { extractor, parameters };
        found.extend(set.breaks(rule, written).into_iter().map(|(value, how)| Broken { rule, value, how }));
    }
    found
}

struct Set<'a> {
    extractor: &'a Extractor,
    parameters: &'a Value,
}

impl<'a> Set<'a> {
    /// What a parameter is, set or not. `Err` when that cannot be said, or another name for it is set.
    fn get(&self, name: &str) -> Result<Option<&'a Value>, ()> {
        let is_other_name = |(other, instead): &(String, Option<String>)| {
            instead.as_deref() == Some(name) && self.parameters.get(other).is_some()
        };
        match self.parameters.get(name) {
            None if self.extractor.undeclared_parameters.iter().any(is_other_name) => Err(()),
            Some(value) if !is_decided(value) => Err(()),
            Some(value) => Ok(Some(value).filter(|value| value.data != Data::Null)),
            None => Ok(self.extractor.parameter(name).and_then(|parameter| parameter.default.as_ref())),
        }
    }

    fn breaks(&self, rule: &'a ParameterRule, value: &'a Value) -> Vec<(&'a Value, How<'a>)> {
        let one = |how: Option<How<'a>>| how.map(|how| (value, how)).into_iter().collect();
        let details = &rule.details;
        match rule.kind.as_str() {
            "less_than" | "at_most" => one(self.too_great(rule, value)),
            "needs" => one(self.lacks(rule, value)),
            "used_only_when" => one(self.unread(rule, value, false)),
            "unused_when" => one(self.unread(rule, value, true)),
            "values" => {
                let usual = details.get("values").map(Value::items).unwrap_or_default();
                one((value.as_number().is_some() && !usual.iter().any(|one| is_same(one, value))).then_some(How::Unusual(usual)))
            }
            "between" => {
                let bound = |key: &str| details.get(key).and_then(Value::as_number);
                let bounds = bound("minimum").zip(bound("maximum"));
                let outside = bounds.filter(|(least, most)| value.as_number().is_some_and(|n| n < *least || n > *most));
                one(outside.map(|(least, most)| How::Outside(least, most)))
            }
            "unique" => repeated(details.get("key").and_then(Value::as_str).unwrap_or_default(), value),
            "regex" => {
                let texts = std::slice::from_ref(value).iter().chain(value.items());
                texts.filter_map(|text| Some((text, How::NoRegex(fault(text.as_str()?)?)))).collect()
            }
            // `names_input` is seen in the mappings; `advice` and `outdated_bounds` forbid nothing.
            _ => Vec::new(),
        }
    }

    fn too_great(&self, rule: &'a ParameterRule, value: &'a Value) -> Option<How<'a>> {
        let than = rule.details.get("than")?.as_str()?;
        let limit = self.get(than).ok()??;
        let (number, most) = (value.as_number()?, limit.as_number()?);
        match rule.kind.as_str() {
            "less_than" => (number >= most && number > 0.0).then_some(How::NotLess(than, limit)),
            _ => (number > most).then_some(How::Greater(than, limit)),
        }
    }

    fn lacks(&self, rule: &'a ParameterRule, value: &'a Value) -> Option<How<'a>> {
        let applies = match rule.details.get("value")? {
            wanted if wanted.as_str() == Some("present") => value.data != Data::Null,
            wanted => is_same(wanted, value),
        };
        let needed = rule.details.get("needs")?.entries().iter().filter(|_| applies);
        needed.filter_map(|entry| self.need(entry)).next()
    }

    /// `true`, `present`, or an object with the JSON type that the other one has to have.
    fn need(&self, entry: &'a Entry) -> Option<How<'a>> {
        let actual = self.get(&entry.key.value).ok()?;
        let need = match (&entry.value, entry.value.get("type").and_then(Value::as_str)) {
            (_, Some(name)) => Need::OfType(name),
            (wanted, None) if wanted.as_str() == Some("present") => Need::Set,
            (wanted, None) => Need::Value(wanted),
        };
        let is_met = actual.is_some_and(|actual| match need {
            Need::Set => true,
            Need::OfType(name) => is_of(actual, name),
            Need::Value(wanted) => is_same(actual, wanted),
        });
        (!is_met).then_some(How::Needs(&entry.key.value, need))
    }

    fn unread(&self, rule: &'a ParameterRule, value: &'a Value, is_when: bool) -> Option<How<'a>> {
        let default = self.extractor.parameter(&rule.parameter).and_then(|parameter| parameter.default.as_ref());
        if value.data == Data::Null || default.is_some_and(|default| is_same(default, value)) {
            return None;
        }
        let condition = rule.details.get("when")?.entries().first()?;
        let (name, wanted) = (condition.key.value.as_str(), &condition.value);
        let actual = self.get(name).ok()?;
        let is_met = match actual {
            None => false,
            Some(_) if wanted.as_str() == Some("present") => true,
            Some(actual) => wanted.items().iter().any(|one| is_same(one, actual)),
        };
        match (is_when, is_met, actual) {
            (true, true, Some(actual)) => Some(How::NotReadWith(name, actual)),
            (false, false, _) => Some(How::ReadOnlyWith(name, wanted.items())),
            _ => None,
        }
    }
}

/// Whether a value is there to be judged: it can be read, and is not filled in later.
fn is_decided(value: &Value) -> bool {
    value.data != Data::Invalid && !value.as_str().is_some_and(is_template)
}

fn repeated<'a>(key: &'a str, list: &'a Value) -> Vec<(&'a Value, How<'a>)> {
    let texts: Vec<(&Value, &str)> =
        list.items().iter().filter_map(|item| item.get(key)).filter_map(|value| Some((value, value.as_str()?))).collect();
    let first = |text: &str| texts.iter().find(|(_, other)| *other == text).map(|(value, _)| *value);
    let again = texts.iter().filter_map(|(value, text)| {
        let first = first(text).filter(|first| !std::ptr::eq(*first, *value))?;
        Some((*value, How::Repeated(key, text, first)))
    });
    again.collect()
}

/// What keeps a text from being a regular expression in any dialect.
fn fault(text: &str) -> Option<&'static str> {
    if text.starts_with(['*', '+', '?']) {
        return Some("it begins with a sign that repeats what stands before it");
    }
    let (mut depth, mut is_class, mut letters) = (0_usize, false, text.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.next().is_none() => return Some("it ends in a backslash"),
            '[' if !is_class => {
                is_class = true;
                // A bracket that closes right after the one that opens stands for itself.
                letters.next_if_eq(&'^');
                letters.next_if_eq(&']');
            }
            ']' => is_class = false,
            '(' if !is_class => depth += 1,
            ')' if !is_class && depth == 0 => return Some("it closes a parenthesis that it does not open"),
            ')' if !is_class => depth -= 1,
            _ => {}
        }
    }
    match (is_class, depth) {
        (true, _) => Some("it does not close a bracket"),
        (_, 1..) => Some("it does not close a parenthesis"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn only_what_no_dialect_takes_is_a_fault() {
        for text in ["", "^/blog/.*$", r"a\[b", "[]a]", "[^]a]", "[(]", "(?!x)y", r"\d{2,3}+", "(?P<year>\\d+)", "a|b", "[a\\]b]"]
        {
            assert_eq!(fault(text), None, "{text}");
        }
        for text in ["*.html", "*", "(a", "a)", "[a", "a\\", "?x", "(a[)]"] {
            assert!(fault(text).is_some(), "{text}");
        }
    }
}
