//! What holds between the parameters of a stage, looked up in what they are set to.

use super::{StageKind, StageRule};
use crate::definitions::{Data, Value, template_parts};
use crate::path::is_template;
use crate::text::Span;

/// A rule that is broken.
#[derive(Debug)]
pub struct Broken<'a> {
    /// The rule.
    pub rule: &'a StageRule,
    /// Where: the value or the key that breaks it; none where something is not there.
    pub place: Option<Span>,
    /// What it says of it.
    pub text: String,
    /// What to write instead.
    pub help: String,
    /// Another place that has to do with it.
    pub related: Option<Span>,
}

/// The rules that some parameters break. What is left out has its default; what is filled in later breaks nothing.
pub fn broken<'a>(kind: &'a StageKind, parameters: &'a Value, has_pre_filters: bool) -> Vec<Broken<'a>> {
    let set = Set { kind, parameters, has_pre_filters };
    kind.rules.iter().flat_map(|rule| set.check(rule)).collect()
}

struct Set<'a> {
    kind: &'a StageKind,
    parameters: &'a Value,
    has_pre_filters: bool,
}

/// A place, what is found there, and another place.
type Found = (Option<Span>, String, Option<Span>);

impl<'a> Set<'a> {
    fn check(&self, rule: &'a StageRule) -> Vec<Broken<'a>> {
        let parameter = rule.detail("parameter");
        let found: Vec<Found> = match rule.kind.as_str() {
            "at_most_least_of" => self.at_most_least_of(rule).into_iter().collect(),
            "empty_only_with" => match self.written("searches") {
                _ if self.has_pre_filters || self.written("pre_filters").is_some() => Vec::new(),
                Some(list) => one(matches!(&list.data, Data::Array(items) if items.is_empty()).then_some(list)),
                None if self.lacks("searches") => vec![(None, String::new(), None)],
                None => Vec::new(),
            },
            "needs" => one(self.wanted(rule, "values").filter(|_| self.lacks(rule.detail("needs")))),
            "read_only_with" => {
                let is_read = || match self.setting(rule.detail("with")) {
                    Setting::Unknown => true,
                    Setting::Unset => false,
                    Setting::Is(value) => rule.values("values").is_none_or(|values| values.contains(value)),
                };
                one(self.written(parameter).filter(|_| !is_read()))
            }
            "unread_with" => one(self.written(parameter).filter(|_| self.written(rule.detail("with")).is_some())),
            "note" => one(self.wanted(rule, "values")),
            "misplaced" => self.key(parameter).map(|key| (Some(key), String::new(), None)).into_iter().collect(),
            "exclusive" => self.exclusive(rule).into_iter().collect(),
            "unset" => self.unset(rule).into_iter().collect(),
            "must_contain" => {
                let has = |text: &str| template_parts(text).iter().any(|part| part.word == rule.detail("words"));
                let text = self.written(parameter).filter(|text| text.as_str().is_some_and(|text| !has(text)));
                // A prompt that is nothing but a variable is written elsewhere.
                one(text.filter(|text| {
                    !text.as_str().is_some_and(|text| text.trim().starts_with("{{") && text.trim().ends_with("}}"))
                }))
            }
            "no_item" => self.list(parameter).filter(|item| is_among(rule, "values", item)).map(at).collect(),
            "host" => self.host(rule).into_iter().collect(),
            "inner_needs" => self.inner_needs(rule).into_iter().collect(),
            "item_needs" => self.list(rule.detail("list")).filter_map(|item| item_needs(rule, item)).collect(),
            "item_lacks" => self.list(rule.detail("list")).filter_map(|item| item_lacks(rule, item)).collect(),
            "only_lexical" => match self.list(rule.detail("list")).collect::<Vec<_>>()[..] {
                [only] => one(only.get("lexical").filter(|lexical| lexical.as_bool() == Some(true))),
                _ => Vec::new(),
            },
            "unique" => self.repeated(rule),
            "alias_of" => self.alias_of(rule).into_iter().collect(),
            "select_only" => {
                let first = |text: &str| text.trim_start_matches(['(', ' ', '\n']).split_whitespace().next().map(str::to_owned);
                let word = self.written(parameter).and_then(|query| Some((query, first(query.as_str()?)?)));
                let word = word.filter(|(_, word)| {
                    !["select", "with"].iter().any(|taken| word.eq_ignore_ascii_case(taken))
                        && !word.starts_with("--")
                        && !is_template(word)
                });
                word.map(|(query, word)| (Some(query.span), word, None)).into_iter().collect()
            }
            "starts_with" => one(self
                .written(parameter)
                .filter(|text| text.as_str().is_some_and(|text| text.starts_with(rule.detail("start"))))),
            _ => Vec::new(),
        };
        found.into_iter().map(|found| self.phrase(rule, found)).collect()
    }

    /// The sentence of a rule, with what was found in it.
    fn phrase(&self, rule: &'a StageRule, (place, is, related): Found) -> Broken<'a> {
        let default = self.kind.parameter(rule.detail("parameter")).and_then(|parameter| parameter.default.as_ref());
        let aliases: Vec<String> = self.aliases(rule).map(|alias| format!("`{}`", alias.shown())).collect();
        let least = self.least(rule).map(|least| least.to_string()).unwrap_or_default();
        let fill = |text: &str| {
            text.replace("{is}", &is)
                .replace("{these}", &is)
                .replace("{least}", &least)
                .replace("{aliases}", &aliases.join(", "))
                .replace("{default}", &default.map(Value::shown).unwrap_or_default())
        };
        let place = place.or_else(|| self.key(rule.detail("parameter")));
        Broken { rule, place, text: fill(&rule.text), help: fill(&rule.help), related }
    }

    /// What a parameter is set to, unless that is null.
    fn written(&self, name: &str) -> Option<&'a Value> {
        self.parameters.get(name).filter(|value| value.data != Data::Null)
    }

    fn key(&self, name: &str) -> Option<Span> {
        self.parameters.entries().iter().find(|entry| entry.key.value == name).map(|entry| entry.key.span)
    }

    fn setting(&self, name: &str) -> Setting<'a> {
        match self.written(name) {
            Some(value) if !is_decided(value) => Setting::Unknown,
            Some(value) => Setting::Is(value),
            None => self.kind.parameter(name).and_then(|one| one.default.as_ref()).map_or(Setting::Unset, Setting::Is),
        }
    }

    /// Whether a parameter is not set, under its own name or an older one.
    fn lacks(&self, name: &str) -> bool {
        let mut older = self.kind.outdated.iter().filter(|(_, new)| new == name);
        self.written(name).is_none() && older.all(|(old, _)| self.written(old).is_none())
    }

    /// What the rule's parameter is set to, when that is one of the values that the rule is about.
    fn wanted(&self, rule: &StageRule, values: &str) -> Option<&'a Value> {
        self.written(rule.detail("parameter")).filter(|value| is_decided(value) && is_among(rule, values, value))
    }

    fn list(&self, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.written(name).map(Value::items).unwrap_or_default().iter()
    }

    fn least(&self, rule: &StageRule) -> Option<f64> {
        let key = rule.detail("key");
        let list = self.kind.parameter(rule.detail("list"))?;
        let default = list.items.as_ref()?.properties.iter().find(|one| one.name == key)?.default.as_ref()?.as_number()?;
        let limits: Option<Vec<f64>> =
            self.list(rule.detail("list")).map(|item| item.get(key).map_or(Some(default), Value::as_number)).collect();
        limits?.into_iter().reduce(f64::min)
    }

    fn at_most_least_of(&self, rule: &StageRule) -> Option<Found> {
        let Setting::Is(value) = self.setting(rule.detail("parameter")) else { return None };
        let (is, least) = (value.as_number()?, self.least(rule)?);
        if is <= least {
            return None;
        }
        let key = rule.detail("key");
        let smallest = self.list(rule.detail("list")).filter_map(|item| item.get(key)).find(|top| top.as_number() == Some(least));
        match self.written(rule.detail("parameter")) {
            Some(written) => Some((Some(written.span), written.shown(), smallest.map(|value| value.span))),
            // The default is greater than what a search gives.
            None => Some((Some(smallest?.span), value.shown(), None)),
        }
    }

    fn exclusive(&self, rule: &StageRule) -> Option<Found> {
        let names = rule.values("parameters")?.iter().filter_map(Value::as_str);
        let there: Vec<&str> = names.filter(|name| self.written(name).is_some()).collect();
        let [first, second, ..] = there[..] else { return None };
        let (mut one, mut other) = (self.key(first)?, self.key(second)?);
        if one.start > other.start {
            std::mem::swap(&mut one, &mut other);
        }
        let names: Vec<String> = there.iter().map(|name| format!("`{name}`")).collect();
        Some((Some(other), names.join(" and "), Some(one)))
    }

    /// A parameter is left out, and so is everything in its place, under whatever spelling.
    fn unset(&self, rule: &StageRule) -> Option<Found> {
        let name = rule.detail("parameter");
        let others = rule.values("unless").unwrap_or_default().iter().filter_map(Value::as_str);
        let is_left_out = self.written(name).is_none() && others.into_iter().all(|other| self.written(other).is_none());
        // A key that is nearly its name, or was its name once, has a finding that says the same.
        let is_meant = || super::strays(self.kind, self.parameters).iter().any(|stray| stray.meant == Some(name));
        (is_left_out && !is_meant()).then(|| (None, String::new(), None))
    }

    fn host(&self, rule: &StageRule) -> Option<Found> {
        let (url, allowed) = (self.written(rule.detail("parameter"))?, self.written(rule.detail("list"))?);
        let text = url.as_str()?;
        let rest = text.split_once("://")?.1;
        let host = rest.split(['/', '?', '#', ':']).next()?;
        let is_allowed = |one: &Value| match one.as_str() {
            Some(domain) => {
                let domain = domain.trim_start_matches("*.");
                is_template(domain) || host == domain || host.ends_with(&format!(".{domain}")) || domain == "*"
            }
            None => true,
        };
        let is_known = !host.is_empty() && !host.contains(['{', '}', '@']);
        let is_refused = is_known && !allowed.items().is_empty() && !allowed.items().iter().any(is_allowed);
        is_refused.then(|| (Some(url.span), host.to_owned(), Some(allowed.span)))
    }

    fn inner_needs(&self, rule: &StageRule) -> Option<Found> {
        let object = self.written(rule.detail("parameter"))?;
        let kind = object.get(rule.detail("key")).filter(|kind| is_decided(kind))?;
        let is_meant = !is_excepted(rule, kind) && is_among(rule, "values", kind);
        (is_meant && object.get(rule.detail("needs")).is_none()).then(|| at(kind))
    }

    fn repeated(&self, rule: &StageRule) -> Vec<Found> {
        let values: Vec<&Value> = self.aliases(rule).collect();
        let again = values.iter().enumerate().filter_map(|(number, value)| {
            let first = values[..number].iter().find(|first| first.data == value.data)?;
            Some((Some(value.span), value.shown(), Some(first.span)))
        });
        again.collect()
    }

    fn aliases(&self, rule: &StageRule) -> impl Iterator<Item = &'a Value> + use<'a> {
        let key = rule.detail("key").to_owned();
        self.list(rule.detail("list")).filter_map(move |item| item.get(&key)).filter(|value| is_decided(value))
    }

    fn alias_of(&self, rule: &StageRule) -> Option<Found> {
        let value = self.written(rule.detail("parameter")).filter(|value| is_decided(value))?;
        let mut aliases = self.aliases(rule).peekable();
        aliases.peek()?;
        (!aliases.any(|alias| alias.data == value.data)).then(|| at(value))
    }
}

enum Setting<'a> {
    Is(&'a Value),
    Unset,
    Unknown,
}

fn one(value: Option<&Value>) -> Vec<Found> {
    value.map(at).into_iter().collect()
}

fn at(value: &Value) -> Found {
    (Some(value.span), value.shown(), None)
}

/// Whether a value is one of those that a list of the rule names; without a list every value is.
fn is_among(rule: &StageRule, list: &str, value: &Value) -> bool {
    rule.values(list).is_none_or(|values| values.iter().any(|one| one.data == value.data))
}

fn is_excepted(rule: &StageRule, value: &Value) -> bool {
    rule.values("except").is_some_and(|values| values.iter().any(|one| one.data == value.data))
}

fn item_needs(rule: &StageRule, item: &Value) -> Option<Found> {
    item.get(rule.detail("parameter")).filter(|value| is_among(rule, "values", value))?;
    let (holder, key) = rule.detail("inner").split_once('.')?;
    let inner = item.get(holder)?.get(key).filter(|inner| is_decided(inner))?;
    (inner.as_str() != Some(rule.detail("must_be"))).then(|| at(inner))
}

fn item_lacks(rule: &StageRule, item: &Value) -> Option<Found> {
    let value = item.get(rule.detail("parameter")).filter(|value| is_decided(value))?;
    let is_meant = !is_excepted(rule, value) && is_among(rule, "values", value);
    (is_meant && item.get(rule.detail("lacks")).is_none()).then(|| at(value))
}

/// Whether a value is there to be judged: it can be read, and is not filled in later.
fn is_decided(value: &Value) -> bool {
    value.data != Data::Invalid && !value.as_str().is_some_and(is_template)
}
