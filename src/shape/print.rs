//! The schemas as documents for editors: each in one piece.

use std::collections::BTreeSet;

use super::schemas::COMMON;
use crate::syntax::{self, Format, Node};
use crate::text::{FileId, SourceFile};

/// What there is a document for, by name.
pub const NOUNS: [(&str, &str); 12] = [
    ("bucket", include_str!("../schemas/bucket.json")),
    ("collection", include_str!("../schemas/collection.json")),
    ("namespace", include_str!("../schemas/namespace.json")),
    ("object", include_str!("../schemas/object.json")),
    ("retriever", include_str!("../schemas/retriever.json")),
    ("taxonomy", include_str!("../schemas/taxonomy.json")),
    ("cluster", include_str!("../schemas/cluster.json")),
    ("alert", include_str!("../schemas/alert.json")),
    ("connection", include_str!("../schemas/connection.json")),
    ("manifest", include_str!("../schemas/manifest.json")),
    ("config", include_str!("../schemas/config.json")),
    ("report", include_str!("../schemas/report.json")),
];

/// The JSON Schema of a noun, with everything that it refers to.
pub fn document(noun: &str) -> Option<String> {
    let (_, text) = *NOUNS.iter().find(|(name, _)| *name == noun)?;
    let common = SourceFile::new("common", COMMON);
    let parsed = syntax::parse(&common, Format::Json);
    let common = parsed.tree.documents(FileId::new(0), &common);
    let definitions = common.first()?.get("$defs")?;
    let own = SourceFile::new(noun, text);
    let parsed = syntax::parse(&own, Format::Json);
    let own = parsed.tree.documents(FileId::new(0), &own);
    let root = own.first()?;
    let own_definitions = root.get("$defs")?;
    let mut needed = BTreeSet::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if let Some(name) = node.get("$ref").and_then(Node::as_str).and_then(|name| name.strip_prefix("#/$defs/"))
            && let Some(definition) = definitions.member(name).filter(|_| own_definitions.get(name).is_none())
            && needed.insert((definition.key.span().start, definition.value.span().end))
        {
            open.push(definition.value);
        }
        open.extend(node.items().chain(node.members().map(|member| member.value)));
    }
    // After the last definition of its own, whose text and the common ones are indented alike.
    let end = own_definitions.members().last()?.value.span().end as usize;
    let mut document = text[..end].to_owned();
    for (start, end) in needed {
        document += ",\n    ";
        document += &COMMON[start as usize..end as usize];
    }
    Some(document + &text[end..])
}
