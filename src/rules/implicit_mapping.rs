//! Extractors without input mappings, whose inputs are bound to fields of the same names.

use super::{Check, Group, Report, Rule, words};
use crate::definitions::Schema;
use crate::diagnostic::{Diagnostic, Severity};
use crate::workspace::{Facts, Input, Used};

pub(super) static RULE: Rule = Rule {
    name: "implicit-mapping",
    severity: Severity::Warning,
    group: Group::Mappings,
    summary: "an extractor has no input mappings, so its inputs are fed by fields of the same names",
    docs: include_str!("../../docs/rules/implicit-mapping.md"),
    check: Check::Extractor(check),
};

fn check(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    let (Some(extractor), Some(name)) = (used.catalogued(), used.name()) else { return };
    if used.written.input_mappings_span.is_some() || used.written.has_unreadable_inputs {
        return;
    }
    let Some((all_of, any_of, confidence)) = used.missing() else { return };
    let needed = if all_of.is_empty() { words::or(&any_of) } else { words::and(&all_of) };
    let Input::Known { schema, guess, .. } = &facts.workspace.inputs[used.collection] else { return };
    let closed = (!schema.is_open && !schema.is_damaged).then_some((schema, guess));
    let lacking = closed.filter(|(schema, _)| !binds(schema, &all_of, &any_of));
    let what = match lacking {
        Some(_) => format!("and the source has no field {needed}"),
        None => format!("so fields of the source feed the inputs of the same names: {needed}"),
    };
    let message = format!("`{}` has no `input_mappings`, {what}.", extractor.name);
    let finding = report.add(name.span, "no input mappings", message);
    finding.help(format!("Name the field that feeds {needed} in `input_mappings`."));
    match lacking {
        Some((schema, guess)) => {
            show(finding, schema);
            guess.iter().for_each(|guess| words::rests_on_guess(finding, facts.workspace, *guess));
            words::sure(finding, confidence);
        }
        None => {
            finding.at_most(Severity::Info);
            let names = all_of.iter().chain(&any_of);
            let taken = closed.iter().flat_map(|(schema, _)| names.clone().filter_map(|name| schema.fields.get(name)));
            for (field, span) in taken.filter_map(|field| Some((field, field.span?))) {
                finding.related(span, format!("`{}` is taken", field.name));
            }
        }
    }
    finding.about(facts.workspace.collection_subject(used.collection));
}

/// Whether the fields of the same names feed what must be fed.
fn binds(schema: &Schema, all_of: &[&str], any_of: &[&str]) -> bool {
    let has = |name: &&str| schema.fields.get(name).is_some();
    all_of.iter().all(has) && (any_of.is_empty() || any_of.iter().any(has))
}

fn show(finding: &mut Diagnostic, schema: &Schema) {
    if let Some(span) = schema.span {
        finding.related(span, format!("its source has {}", words::listed(&schema.fields)));
    }
}
