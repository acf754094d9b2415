//! `mixlint.yaml`, read with our own parser, so that its mistakes have places too.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::phrase_syntax;
use crate::suggest::nearest;
use crate::syntax::{self, Format, Kind, Node, Parse};
use crate::text::{FileId, SourceFile, Span, Spanned};

/// The names of configuration files, in the order in which they count.
pub const NAMES: [&str; 2] = ["mixlint.yaml", ".mixlint.yaml"];

/// The rule that mistakes in a configuration are reported under.
pub const RULE: &str = "config-error";

/// A configuration.
#[derive(Debug, Default)]
pub struct Config {
    /// Files that describe extractors, beside the built-in ones: paths from the folder of the configuration.
    pub catalogue: Vec<Spanned<String>>,
    /// The names of what lives elsewhere, with `*` for any characters.
    pub external: Vec<Spanned<String>>,
    /// The file with the values of manifests' parameters: a path from the folder of the configuration.
    pub parameters: Option<Spanned<String>>,
}

/// A key of the configuration.
struct Key {
    name: &'static str,
    read: fn(Node<'_>, &mut Config, &mut Vec<Diagnostic>),
}

/// All keys. Nothing else has to be changed for a new one.
const KEYS: [Key; 3] = [
    Key { name: "catalogue", read: |value, config, errors| config.catalogue = strings("catalogue", "path", value, errors) },
    Key { name: "external", read: |value, config, errors| config.external = strings("external", "name", value, errors) },
    Key { name: "parameters", read: |value, config, errors| config.parameters = path("parameters", value, errors) },
];

/// A mistake in a configuration.
pub fn error(span: Span, label: impl Into<String>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(RULE, Severity::Error, span, label, message)
}

/// Reads a configuration, and its mistakes. An empty file is one that says nothing.
pub fn read(file: &SourceFile, id: FileId) -> (Config, Vec<Diagnostic>) {
    let parse = syntax::parse(file, Format::of(file));
    let mut errors = syntax_errors(&parse, id, file);
    let mut config = Config::default();
    for document in parse.tree.documents(id, file) {
        match document.kind() {
            Kind::Object => read_keys(document, &mut config, &mut errors),
            Kind::Null | Kind::Invalid => {}
            _ => errors.push(error(document.span(), "not an object", "A configuration is an object with keys.")),
        }
    }
    (config, errors)
}

/// What is wrong with the text of a file.
pub fn syntax_errors(parse: &Parse, id: FileId, file: &SourceFile) -> Vec<Diagnostic> {
    let errors = parse.errors.iter().filter(|found| !found.problem.is_relaxed());
    let reported = errors.map(|found| {
        let text = &file.text()[found.range.start as usize..found.range.end as usize];
        let (label, message, help) = phrase_syntax(&found.problem, text);
        let mut finding = error(Span::new(id, found.range.clone()), label, message);
        finding.help(help);
        finding
    });
    reported.collect()
}

fn read_keys(document: Node<'_>, config: &mut Config, errors: &mut Vec<Diagnostic>) {
    for member in document.members() {
        let name = member.key.text();
        match KEYS.iter().find(|key| key.name == name) {
            Some(key) => (key.read)(member.value, config, errors),
            None => {
                let mut found = error(member.key.span(), "no such key", format!("The configuration has no key `{name}`."));
                let names = || KEYS.iter().map(|key| key.name);
                found.help(match nearest(name, names()) {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => format!("Its keys are: {}.", names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
                });
                errors.push(found);
            }
        }
    }
}

/// A string, or a list of strings.
fn strings(key: &str, noun: &str, value: Node<'_>, errors: &mut Vec<Diagnostic>) -> Vec<Spanned<String>> {
    let items: Vec<Node<'_>> = if value.kind() == Kind::Array { value.items().collect() } else { vec![value] };
    let mut found = Vec::new();
    for item in items {
        match item.as_string() {
            Some(text) if !text.value.is_empty() => found.push(text),
            // What could not be read has its own error.
            _ if item.kind() == Kind::Invalid => {}
            _ => {
                errors.push(error(item.span(), format!("not a {noun}"), format!("`{key}` takes a {noun}, or a list of {noun}s.")))
            }
        }
    }
    found
}

/// A string.
fn path(key: &str, value: Node<'_>, errors: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    let found = value.as_string().filter(|text| !text.value.is_empty());
    if found.is_none() && value.kind() != Kind::Invalid {
        errors.push(error(value.span(), "not a path", format!("`{key}` takes a path.")));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        let file = SourceFile::new("config.json", include_str!("schemas/config.json"));
        let parse = syntax::parse(&file, Format::Json);
        let schema = parse.tree.documents(FileId::new(0), &file).next().and_then(|root| root.get("properties"));
        let said: Vec<&str> = schema.into_iter().flat_map(Node::members).map(|member| member.key.text()).collect();
        assert_eq!(said, KEYS.map(|key| key.name));
    }
}
