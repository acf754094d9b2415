//! Keys of input mappings that are no input of the extractor.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::extractors::{Confidence, Extractor};
use crate::text::Span;
use crate::workspace::{Facts, Fed, Used};

pub(super) static RULE: Rule = Rule {
    name: "unknown-extractor-input",
    severity: Severity::Error,
    group: Group::Mappings,
    summary: "an input mapping feeds an input that the extractor does not have",
    docs: include_str!("../../docs/rules/unknown-extractor-input.md"),
    check: Check::Extractor(check),
};

fn check(facts: &Facts<'_>, used: &Used<'_>, report: &mut Report) {
    let Some(extractor) = used.catalogued() else { return };
    for input in &used.written.inputs {
        let Fed::Other(meant) = used.fed(&input.value) else { continue };
        let message = format!("`{}` has no input `{}`.", extractor.name, input.value);
        let finding = report.add(input.span, "no such input", message);
        finding.help(help(used, extractor, &meant));
        if let [only] = meant[..] {
            finding.fix(rewrite::perhaps_path(&facts.workspace.sources, input, only));
        }
        if let Some((parameter, span)) = renaming(used, extractor) {
            finding.related(span, format!("`{parameter}` gives the input its name"));
        }
        // What feeds no input is not known to be refused where the service may know more inputs than we do.
        let confidence = extractor.inputs.iter().map(|input| input.confidence).max().unwrap_or(Confidence::Low);
        words::sure(finding, if extractor.has_more_inputs { confidence.min(Confidence::Medium) } else { confidence });
        finding.about(facts.workspace.collection_subject(used.collection));
    }
}

fn help(used: &Used<'_>, extractor: &Extractor, meant: &[&str]) -> String {
    if !meant.is_empty() {
        return format!("Did you mean {}?", words::or(meant));
    }
    let inputs: Vec<&str> = extractor.inputs.iter().filter_map(|input| used.name_of(input)).collect();
    match &inputs[..] {
        [one] => format!("Its only input is `{one}`."),
        many => format!("Its inputs are {}.", words::and(many)),
    }
}

/// The parameter that gives an input another name here, and where that is written.
fn renaming<'w>(used: &Used<'w>, extractor: &'w Extractor) -> Option<(&'w str, Span)> {
    let parameter = extractor.inputs.iter().find_map(|input| input.named_by.as_deref())?;
    Some((parameter, used.parameter(parameter)?.span))
}
