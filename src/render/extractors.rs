//! The catalogue for people: a table of all extractors, and a page for each.

use std::fmt::{self, Write};

use crate::definitions::Value;
use crate::extractors::{CATALOGUE, Confidence, Extractor, Input, Output, Parameter, Requirement};

/// A line for each extractor.
pub fn table(extractors: &[&Extractor], width: usize) -> String {
    let name = |extractor: &Extractor| format!("{} {}", extractor.name, extractor.version);
    let longest = extractors.iter().map(|extractor| name(extractor).len()).max().unwrap_or_default();
    let inputs_width = width.saturating_sub(longest + 2 + GIVES + 2 + 2 + "removed".len()).clamp(12, 40);
    let mut text = String::new();
    let mut line = |name: &str, inputs: &str, gives: &str, sure: &str| {
        let inputs = shortened(inputs, inputs_width);
        let _ = writeln!(text, "{name:longest$}  {inputs:inputs_width$}  {gives:GIVES$}  {sure}");
    };
    line("NAME", "INPUTS", "GIVES", "SURE");
    for extractor in extractors {
        line(&name(extractor), &inputs(extractor), &gives(extractor), sure(extractor));
    }
    let _ = writeln!(text, "\nThe catalogue is of {CATALOGUE}. `mixlint extractors NAME` tells all that it says of one.");
    text
}

/// How wide the column is that says what an extractor gives.
const GIVES: usize = "2 vectors, 18 fields".len();

fn inputs(extractor: &Extractor) -> String {
    let names: Vec<&str> = extractor.inputs.iter().map(|input| input.name.as_str()).collect();
    let more = if extractor.has_more_inputs { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}

fn gives(extractor: &Extractor) -> String {
    let vectors = extractor.outputs.iter().filter(|output| output.vector.is_some()).count();
    let fields = extractor.outputs.len() - vectors;
    let count = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
    match (vectors, fields) {
        (0, 0) => "not published".to_owned(),
        (0, fields) => count(fields, "field"),
        (vectors, 0) => count(vectors, "vector"),
        (vectors, fields) => format!("{}, {}", count(vectors, "vector"), count(fields, "field")),
    }
}

fn sure(extractor: &Extractor) -> &'static str {
    if extractor.is_removed { "removed" } else { extractor.confidence.min(extractor.version_confidence).name() }
}

/// Text of at most `width` characters.
fn shortened(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width - 1).chain(['…']).collect()
}

/// All that the catalogue says of an extractor.
pub fn page(extractor: &Extractor, width: usize) -> String {
    let mut page = Page { text: String::new(), width };
    // Writing to a text does not fail.
    let _ = page.write(extractor);
    page.text
}

struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn write(&mut self, extractor: &Extractor) -> fmt::Result {
        let removed = if extractor.is_removed { " (removed)" } else { "" };
        writeln!(self.text, "{} {}{removed}", extractor.name, extractor.version)?;
        self.paragraph("", &extractor.description)?;
        for new in &extractor.replacements {
            self.paragraph("", &format!("Use {} for the input {}.", new.extractor, new.input))?;
        }
        self.section("Inputs", extractor.inputs.iter().map(|input| (input.name.as_str(), describe_input(input))))?;
        if extractor.has_more_inputs {
            self.paragraph("", "There may be others.")?;
        }
        if let Some(requirement) = &extractor.requirement {
            self.paragraph("", &describe_requirement(requirement))?;
        }
        let aliases = extractor.input_aliases.iter().map(|(alias, inputs)| (alias.as_str(), inputs.join(" or ")));
        self.section("Other names that documents use for inputs", aliases)?;
        let parameters = extractor.parameters.iter().map(|parameter| (parameter.name.as_str(), describe_parameter(parameter)));
        self.section("Parameters", parameters)?;
        let undeclared = extractor.undeclared_parameters.iter().map(|(name, instead)| {
            (name.as_str(), instead.as_ref().map_or_else(|| "no such parameter".to_owned(), |instead| format!("use {instead}")))
        });
        self.section("Parameters that documents use and that it does not have", undeclared)?;
        let rules =
            extractor.parameter_rules.iter().map(|rule| (rule.severity.as_str(), rule.text.clone() + &doubt(rule.confidence)));
        self.section("What holds between parameters", rules)?;
        let (vectors, fields): (Vec<&Output>, Vec<&Output>) =
            extractor.outputs.iter().partition(|output| output.vector.is_some());
        self.section("Fields that it writes", fields.iter().map(|output| (output.field.name.as_str(), describe_output(output))))?;
        self.section(
            "Vectors that it writes",
            vectors.iter().map(|output| (output.field.name.as_str(), describe_vector(output))),
        )?;
        if extractor.has_more_outputs {
            self.paragraph("", "It may write others.")?;
        }
        self.section("Feature URIs", extractor.feature_uris.iter().map(|uri| (uri.as_str(), String::new())))?;
        writeln!(self.text)?;
        let (confidence, version) = (extractor.confidence.name(), extractor.version_confidence.name());
        let from = match extractor.is_own {
            true => format!("From a catalogue of your own: {}.", extractor.source),
            false => format!("From {}. The catalogue is of {CATALOGUE}.", extractor.source),
        };
        self.paragraph("", &format!("How sure: {confidence}; of its version: {version}. {from}"))
    }

    /// A heading, and names with what is said of each; nothing when there are none.
    fn section<'n>(&mut self, heading: &str, entries: impl Iterator<Item = (&'n str, String)>) -> fmt::Result {
        let entries: Vec<(&str, String)> = entries.collect();
        if entries.is_empty() {
            return Ok(());
        }
        writeln!(self.text, "\n{heading}")?;
        let longest = entries.iter().map(|(name, _)| name.chars().count()).filter(|length| *length <= 30).max().unwrap_or(30);
        for (name, said) in entries {
            if name.chars().count() > longest && !said.is_empty() {
                writeln!(self.text, "  {name}")?;
                self.paragraph("  ", &said)?;
            } else {
                self.paragraph(&format!("{name:longest$}  "), &said)?;
            }
        }
        Ok(())
    }

    /// Words after a beginning, broken at the width; later lines are indented as far as the beginning is long.
    fn paragraph(&mut self, beginning: &str, words: &str) -> fmt::Result {
        let mut line = format!("  {beginning}");
        let indent = line.chars().count();
        for word in words.split_whitespace() {
            let length = line.chars().count();
            if length > indent && length + 1 + word.chars().count() > self.width {
                writeln!(self.text, "{}", line.trim_end())?;
                line = " ".repeat(indent);
            } else if length > indent {
                line.push(' ');
            }
            line.push_str(word);
        }
        writeln!(self.text, "{}", line.trim_end())
    }
}

fn doubt(confidence: Confidence) -> String {
    if confidence == Confidence::High { String::new() } else { format!(" ({} confidence)", confidence.name()) }
}

fn describe_input(input: &Input) -> String {
    let mut said = vec![input.accepts.join(", ")];
    if !input.tolerates.is_empty() {
        said.push(format!("tolerated: {}", input.tolerates.join(", ")));
    }
    if input.is_required {
        said.push("required".to_owned());
    }
    if input.takes_several {
        said.push("takes several".to_owned());
    }
    said.extend(input.named_by.iter().map(|parameter| format!("the parameter {parameter} gives it another name")));
    if !input.only_with.is_empty() {
        said.push(format!("only with {}", input.only_with.join(" or ")));
    }
    said.join("; ") + &doubt(input.confidence)
}

fn describe_requirement(requirement: &Requirement) -> String {
    let said = match (&requirement.all_of[..], &requirement.any_of[..]) {
        ([], []) => "None of them has to be fed.".to_owned(),
        ([], any) => format!("At least one of {} has to be fed.", any.join(", ")),
        (all, []) => format!("{} has to be fed.", all.join(" and ")),
        (all, any) => format!("{} has to be fed, and at least one of {}.", all.join(" and "), any.join(", ")),
    };
    said + &doubt(requirement.confidence)
}

fn describe_parameter(parameter: &Parameter) -> String {
    let mut said = vec![constraint(parameter)];
    said.extend(parameter.default.as_ref().map(|default| format!("default {}", default.shown())));
    said.extend(parameter.note.clone().map(|note| note.trim_end_matches('.').to_owned()));
    said.retain(|part| !part.is_empty());
    said.join("; ") + &doubt(parameter.confidence)
}

/// What a parameter takes, with the parts of lists and objects.
fn constraint(parameter: &Parameter) -> String {
    let shown = |values: &[Value]| values.iter().map(Value::shown).collect::<Vec<_>>().join(", ");
    let mut said = parameter.types.join(" or ");
    if let Some(only) = &parameter.only {
        said += &format!(": {}", only.shown());
    } else if !parameter.allowed.is_empty() {
        said += &format!(": {}", shown(&parameter.allowed));
    } else if !parameter.known.is_empty() {
        said += &format!(": {}, …", parameter.known.join(", "));
    }
    match (parameter.minimum, parameter.maximum) {
        (Some(least), Some(most)) => said += &format!(" from {least} to {most}"),
        (Some(least), None) => said += &format!(" from {least}"),
        (None, Some(most)) => said += &format!(" up to {most}"),
        (None, None) => {}
    }
    if let Some(pattern) = &parameter.pattern {
        said += &format!(" that matches {pattern}");
    }
    if parameter.is_nullable {
        said += " or null";
    }
    if let Some(items) = &parameter.items {
        said += &format!(" of {}", constraint(items));
    }
    if !parameter.properties.is_empty() {
        let parts = parameter.properties.iter().map(|property| format!("{} {}", property.name, constraint(property)));
        said += &format!(" ({})", parts.collect::<Vec<_>>().join(", "));
    }
    said
}

fn describe_output(output: &Output) -> String {
    let sometimes = if output.is_always_written { "" } else { ", not always" };
    format!("{}{sometimes}; {}{}", output.field.kind.name(), when(output), doubt(output.confidence))
}

fn describe_vector(output: &Output) -> String {
    let Some(vector) = &output.vector else { return String::new() };
    let mut said: Vec<String> = vector.dimensions.map(|dimensions| format!("{dimensions} dimensions")).into_iter().collect();
    said.extend([vector.distance.clone(), vector.kind.clone()].into_iter().filter(|text| !text.is_empty()));
    said.extend(vector.model.clone());
    said.extend(vector.feature_uri.clone());
    format!("{}; {}{}", said.join(", "), when(output), doubt(vector.confidence.min(output.confidence)))
}

/// What is in a field, and under which parameters.
fn when(output: &Output) -> String {
    let conditions: Vec<String> = output.when.iter().map(|(name, value)| format!("{name} is {}", value.shown())).collect();
    let description = output.description.trim_end_matches('.').to_owned();
    match conditions.len() {
        0 => description,
        _ => format!("{description}; when {}", conditions.join(" and ")),
    }
}
