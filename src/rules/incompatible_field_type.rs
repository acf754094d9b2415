//! Fields of a type that the input they feed does not take.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Field, FieldType, Schema};
use crate::diagnostic::{Fix, Severity};
use crate::extractors::{Extractor, Input, Output};
use crate::text::Sources;
use crate::workspace::{Facts, Feeding};

pub(super) static RULE: Rule = Rule {
    name: "incompatible-field-type",
    severity: Severity::Error,
    group: Group::Mappings,
    summary: "an input is fed by a field of a type that it does not take",
    docs: include_str!("../../docs/rules/incompatible-field-type.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for feeding in facts.feedings() {
        let Feeding { field, input, extractor, .. } = feeding;
        let Some(kind) = misfit(field, input) else { continue };
        let written = writer(facts, field);
        let is_vector = written.is_some_and(|(_, output)| output.vector.is_some());
        let is = if is_vector { "a vector".to_owned() } else { field.describe() };
        let what = words::or(&input.accepts);
        let message = format!(
            "The input `{}` of `{}` takes a field of type {what}, and `{}` is {is}.",
            feeding.name,
            extractor.name,
            feeding.path()
        );
        let finding = report.add(feeding.place(), is.clone(), message);
        if let Some(span) = field.span {
            finding.related(span, format!("here it is {is}"));
        }
        finding.help(advice(&kind, &feeding));
        finding.fix(instead(&facts.workspace.sources, &kind, &feeding));
        words::sure(finding, input.confidence);
        if extractor.has_more_inputs {
            finding.at_most(Severity::Warning);
        }
        // What an extractor writes is only as sure as the catalogue is.
        match written {
            Some((writer, output)) => {
                finding.help(format!("`{}` is written by `{}`.", field.name, writer.name));
                words::sure(finding, output.confidence);
            }
            None if field.declaration.is_none() => {
                finding.at_most(Severity::Warning);
            }
            None => {}
        }
        feeding.guess.iter().for_each(|guess| words::rests_on_guess(finding, facts.workspace, *guess));
        finding.about(facts.workspace.collection_subject(feeding.collection));
    }
}

/// The type that does not fit; of an array it is that of its items, when these are known.
fn misfit(field: &Field, input: &Input) -> Option<FieldType> {
    if input.fits(&field.kind) {
        return None;
    }
    let kind = match (&field.kind, &field.items) {
        (FieldType::Array, Some(items)) => &items.kind,
        // Whether a vector of an extractor or a list of anything fits is for what it holds to say.
        (FieldType::Array, None) if field.declaration.is_some() => return None,
        (kind, _) => kind,
    };
    let is_known = !matches!(kind, FieldType::Unknown(_));
    (is_known && !input.fits(kind)).then(|| kind.clone())
}

/// Another input that takes the field, or other fields that the input takes.
fn advice(kind: &FieldType, feeding: &Feeding<'_>) -> String {
    let takes = |input: &&Input| input.name != feeding.input.name && input.accepts.iter().any(|name| name == kind.name());
    if let Some(other) = feeding.extractor.inputs.iter().find(takes) {
        return format!("Feed it to the input `{}`.", other.name);
    }
    let fitting = fitting(feeding.schema, feeding.input);
    match fitting.len() {
        0 => String::new(),
        1 => format!("Of the source's fields, {} has a type that it takes.", words::or(&fitting)),
        _ => format!("Of the source's fields, {} have a type that it takes.", words::and(&fitting)),
    }
}

/// The only field of the source that the input takes, where no other input takes the one that it is fed.
fn instead(sources: &Sources, kind: &FieldType, feeding: &Feeding<'_>) -> Option<Fix> {
    let takes = |input: &Input| input.name != feeding.input.name && input.accepts.iter().any(|name| name == kind.name());
    let [only] = fitting(feeding.schema, feeding.input)[..] else { return None };
    let word = || Some(vec![rewrite::word(sources, feeding.place(), only)?]);
    rewrite::perhaps(rewrite::write(only), word().filter(|_| !feeding.extractor.inputs.iter().any(takes)))
}

fn fitting<'s>(schema: &'s Schema, input: &Input) -> Vec<&'s str> {
    let accepts = |field: &Field| field.declaration.is_some() && input.accepts.iter().any(|name| name == field.kind.name());
    schema.fields.iter().filter(|field| accepts(field)).take(3).map(|field| field.name.as_str()).collect()
}

/// The extractor that writes a field which is declared nowhere.
fn writer<'w>(facts: &Facts<'w>, field: &Field) -> Option<(&'w Extractor, &'w Output)> {
    let catalogue = &facts.workspace.catalogue;
    let mut outputs = catalogue.iter().flat_map(|extractor| extractor.outputs.iter().map(move |output| (extractor, output)));
    outputs.find(|(_, output)| field.declaration.is_none() && std::ptr::eq(output.field.as_ref(), field))
}
