//! Traps of YAML: what is written one way, and read another way by the service, or by some readers.

use super::{Defining, Form, Noun, Root, bare_template, template_parts};
use crate::syntax::{Kind, Node};
use crate::text::Span;

/// Something that YAML does not read as it was meant.
#[derive(Debug)]
pub struct Trap {
    /// Where it stands.
    pub span: Span,
    /// As it is written.
    pub written: String,
    /// What it is.
    pub kind: TrapKind,
}

/// The kinds of traps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrapKind {
    /// The version of a manifest, as a number.
    Version,
    /// The name of a field, which many readers take for a boolean or for null.
    Name,
    /// One of the values that a string may have, or its default, which many readers take for a boolean.
    Value,
    /// A template without quotes, which is an object.
    Template,
}

/// The traps of a document that defines something, in the order of the text.
pub fn traps(document: Node<'_>, found: &[Defining<'_>]) -> Vec<Trap> {
    let mut traps = Vec::new();
    // What an answer says, the service wrote itself.
    let written = || found.iter().filter(|one| one.form != Form::Answer);
    // Most collections declare none. What an alias stands for may lie outside of the definition, but not of the document.
    let has_fields = document.source().contains("properties");
    for one in written() {
        match one.noun {
            Noun::Manifest => traps.extend(one.node.get("version").and_then(version)),
            Noun::Bucket | Noun::Collection if has_fields => named(one.node, &mut traps),
            Noun::Retriever => {
                if has_fields {
                    named(one.node, &mut traps);
                }
                let inputs = one.node.get("input_schema").filter(|inputs| inputs.get("properties").is_none());
                inputs.into_iter().for_each(|inputs| fields(inputs, &mut traps));
            }
            _ => {}
        }
    }
    if document.source().contains("{{") && written().next().is_some() {
        templates(document, &mut traps);
    }
    traps.sort_by_key(|trap| trap.span);
    traps.dedup_by_key(|trap| trap.span);
    traps
}

fn trap(node: Node<'_>, kind: TrapKind) -> Trap {
    Trap { span: node.span(), written: node.source().to_owned(), kind }
}

fn version(node: Node<'_>) -> Option<Trap> {
    (node.kind() == Kind::Number).then(|| trap(node, TrapKind::Version))
}

/// The fields of each `properties` in a definition.
fn named(definition: Node<'_>, traps: &mut Vec<Trap>) {
    let mut open = vec![definition];
    while let Some(node) = open.pop() {
        for member in node.members() {
            match member.key.text() {
                "properties" => fields(member.value, traps),
                // The values below are the user's own.
                "examples" | "metadata" | "default" => continue,
                _ => {}
            }
            open.extend(Some(member.value).filter(holds_values));
        }
        open.extend(node.items().filter(holds_values));
    }
}

fn holds_values(node: &Node<'_>) -> bool {
    matches!(node.kind(), Kind::Array | Kind::Object)
}

/// The names of fields, and the values that they may have.
fn fields(properties: Node<'_>, traps: &mut Vec<Trap>) {
    for member in properties.members() {
        if is_word(member.key, &["yes", "no", "on", "off", "true", "false", "null", "~"]) {
            traps.push(trap(member.key, TrapKind::Name));
        }
        let picked = member.value.pick(["type", "enum", "default"]);
        let [kind, allowed, default] = picked.map(|member| member.map(|member| member.value));
        if kind.and_then(Node::as_str).is_some_and(|kind| matches!(kind, "string" | "text")) {
            let values = allowed.into_iter().flat_map(Node::items).chain(default);
            traps.extend(
                values.filter(|value| is_word(*value, &["yes", "no", "on", "off"])).map(|value| trap(value, TrapKind::Value)),
            );
        }
    }
}

/// Whether a node is a bare word that readers of YAML 1.1 take for a boolean or for null. Those of 1.2, as ours, take some of them
/// for strings.
fn is_word(node: Node<'_>, words: &[&str]) -> bool {
    let source = node.source();
    source.len() <= "false".len() && words.iter().any(|word| source.eq_ignore_ascii_case(word))
}

/// Templates without quotes whose variables the service fills in. Those of other tools are filled in before anything reads them.
fn templates(document: Node<'_>, traps: &mut Vec<Trap>) {
    let mut open = vec![document];
    while let Some(node) = open.pop() {
        if let Some(text) = bare_template(node) {
            if template_parts(text).iter().any(|part| part.root != Root::Other) {
                traps.push(trap(node, TrapKind::Template));
            }
            continue;
        }
        open.extend(node.items().chain(node.members().map(|member| member.value)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::defining_in;
    use crate::syntax::{self, Format};
    use crate::text::{FileId, SourceFile};

    #[test]
    fn what_an_alias_stands_for_is_looked_at_too() {
        let text =
            "shared: &shared { properties: { no: { type: string } } }\nbuckets:\n- bucket_name: a\n  bucket_schema: *shared\n";
        let file = SourceFile::new("a.yaml", text);
        let parse = syntax::parse(&file, Format::Yaml);
        let documents = parse.tree.documents(FileId::new(0), &file);
        let found = documents.iter().flat_map(|document| traps(document, &defining_in(document)));
        assert_eq!(found.map(|trap| (trap.written, trap.kind)).collect::<Vec<_>>(), [("no".to_owned(), TrapKind::Name)]);
    }
}
