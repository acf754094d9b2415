//! Parameters that the extractor does not have, and those that stand where none are read.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::Value;
use crate::diagnostic::{Fix, Severity};
use crate::extractors::{Catalogue, Extractor, Parameter};
use crate::suggest::nearest;
use crate::text::{ShortText, Sources, Spanned};
use crate::workspace::{Facts, Used};

pub(super) static RULE: Rule = Rule {
    name: "unknown-parameter",
    severity: Severity::Warning,
    group: Group::Mappings,
    summary: "a parameter is none of the extractor's",
    docs: include_str!("../../docs/rules/unknown-parameter.md"),
    check: Check::Extractor(check),
};

fn check(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    let Some(extractor) = used.catalogued() else { return };
    let subject = || facts.workspace.collection_subject(used.collection);
    let parameters = used.written.parameters.as_ref();
    for entry in parameters.into_iter().flat_map(|parameters| parameters.entries()) {
        let name = &entry.key.value;
        match extractor.parameter(name) {
            Some(parameter) => {
                for (key, near) in slips(parameter, &entry.value) {
                    report
                        .add(key.span, "no such key", format!("The parameter `{name}` has no key `{}`.", key.value))
                        .help(format!("Did you mean `{near}`?"))
                        .fix(rewrite::perhaps_path(&facts.workspace.sources, key, near))
                        .about(subject());
                }
            }
            None if !extractor.has_more_parameters => {
                let message = format!("`{}` has no parameter `{name}`, so it has no effect.", extractor.name);
                report
                    .add(entry.key.span, "no such parameter", message)
                    .help(instead(name, extractor, &facts.workspace.catalogue))
                    .fix(meant(&facts.workspace.sources, &entry.key, extractor))
                    .about(subject());
            }
            None => {}
        }
    }
    for entry in &used.written.ignored {
        let name = &entry.key.value;
        if extractor.parameter(name).is_some() {
            let message = format!("`{name}` stands beside `parameters`, where it is not read.");
            report
                .add(entry.key.span, "one level too high", message)
                .help(format!("It is a parameter of `{}`: it belongs inside `parameters`.", extractor.name))
                .about(subject());
        }
    }
}

/// Keys of an object parameter that look like slips of its own keys. Others may be passed on to a model.
fn slips<'a>(parameter: &'a Parameter, value: &'a Value) -> impl Iterator<Item = (&'a Spanned<ShortText>, &'a str)> {
    let names = || parameter.properties.iter().map(|property| property.name.as_str());
    value.entries().iter().filter_map(move |entry| {
        Some((&entry.key, nearest(&entry.key.value, names())?)).filter(|(key, _)| names().all(|name| name != key.value))
    })
}

/// What does what the name promises: a parameter that took its place, one with nearly the name, or the extractor that has it.
fn instead(name: &str, extractor: &Extractor, catalogue: &Catalogue) -> String {
    let undeclared = extractor.undeclared_parameters.iter().find(|(undeclared, _)| undeclared == name);
    if let Some((_, instead)) = undeclared {
        return instead.as_ref().map(|instead| format!("Use `{instead}`.")).unwrap_or_else(|| "Remove it.".to_owned());
    }
    if let Some(near) = nearest(name, extractor.parameters.iter().map(|parameter| parameter.name.as_str())) {
        return format!("Did you mean `{near}`?");
    }
    if let Some(other) = other_version(name, extractor, catalogue) {
        return other;
    }
    let mut owners: Vec<&str> = catalogue
        .iter()
        .filter(|other| other.parameter(name).is_some() && !other.is_removed)
        .map(|other| other.name.as_str())
        .collect();
    owners.dedup();
    match &owners[..] {
        [] => String::new(),
        [one] => format!("It is a parameter of `{one}`."),
        many => format!("It is a parameter of {}.", words::and(many)),
    }
}

fn meant(sources: &Sources, key: &Spanned<ShortText>, extractor: &Extractor) -> Option<Fix> {
    let names = || extractor.parameters.iter().map(|parameter| parameter.name.as_str());
    let is_undeclared = extractor.undeclared_parameters.iter().any(|(undeclared, _)| *undeclared == key.value);
    let near = nearest(&key.value, names()).filter(|_| !is_undeclared)?;
    rewrite::slip(sources, key.span, (key.value.as_str(), near), names())
}

fn other_version(name: &str, extractor: &Extractor, catalogue: &Catalogue) -> Option<String> {
    let mut others = catalogue.iter().filter(|other| other.name == extractor.name && other.parameter(name).is_some());
    others.next().map(|other| format!("Version `{}` of `{}` has it.", other.version, other.name))
}
