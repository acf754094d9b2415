//! Follows field paths through schemas. The answers are facts; the rules have the words.

use crate::definitions::{Field, FieldType, Fields, Schema, is_document_field};
use crate::path::FieldPath;

/// Where a field path leads. Segments are counted from 0.
#[derive(Debug, Clone)]
pub enum Resolution<'a> {
    /// The path names this field.
    Field(&'a Field),
    /// Nothing can be said: the path enters something whose fields are not declared.
    Open,
    /// The path goes on below the array that the segment `at` names, and what it names there is declared, or cannot be known.
    ThroughArray {
        /// The segment that names the array.
        at: usize,
        /// The array.
        array: &'a Field,
    },
    /// The segment `at` is not among the fields it is looked up in.
    Missing {
        /// The segment.
        at: usize,
        /// The fields it was looked up in.
        fields: &'a Fields,
        /// The field that they belong to; none at the root.
        parent: Option<&'a Field>,
    },
    /// The segment `at` asks for a field of something that has none, such as a string.
    NotAnObject {
        /// The segment.
        at: usize,
        /// What has no fields.
        parent: &'a Field,
    },
    /// As written there is no such field; without its first `segments` segments, which name no field, there is.
    Prefixed {
        /// How many segments are too many.
        segments: usize,
    },
}

/// The pseudo-roots: names that are written before a path and that no schema declares.
const PREFIXES: [&[&str]; 4] = [&["$", "payload"], &["$"], &["payload"], &["metadata"]];

/// Names that every object and document has without any schema declaring them. Whether a mapping may read them is not published.
const SYSTEM_FIELDS: [&str; 2] = ["object_id", "bucket_id"];

/// Follows `path` through `schema`.
pub fn resolve<'a>(schema: &'a Schema, path: &FieldPath<'_>) -> Resolution<'a> {
    let written = follow(schema, path);
    let Resolution::Missing { at, .. } = written else { return written };
    let root = path.segment(0);
    let is_system = SYSTEM_FIELDS.contains(&root) || root.starts_with('_');
    let is_of_document = || schema.has_document_fields && is_document_field(root);
    if at == 0 && (is_system || is_of_document()) {
        return Resolution::Open;
    }
    let begins =
        |prefix: &&[&str]| prefix.len() < path.len() && prefix.iter().enumerate().all(|(i, name)| path.segment(i) == *name);
    let resolves = |prefix: &&[&str]| {
        matches!(follow(schema, &path.skip(prefix.len())), Resolution::Field(_) | Resolution::ThroughArray { .. })
    };
    // `metadata` is a name like any other, so it may be declared and only lack this field.
    let undeclared = |prefix: &&[&str]| at < prefix.len() || (at == 1 && prefix == &["metadata"]);
    match PREFIXES.iter().find(|prefix| undeclared(prefix) && begins(prefix) && resolves(prefix)) {
        Some(prefix) => Resolution::Prefixed { segments: prefix.len() },
        None => written,
    }
}

/// Follows `path` as it is written.
fn follow<'a>(schema: &'a Schema, path: &FieldPath<'_>) -> Resolution<'a> {
    let mut fields: &Fields = &schema.fields;
    let mut parent: Option<&Field> = None;
    let mut crossed: Option<(usize, &Field)> = None;
    let mut at = 0;
    loop {
        let Some((field, next)) = look_up(fields, path, at) else {
            let open = schema.is_damaged || (parent.is_none() && schema.is_open);
            return if open { Resolution::Open } else { Resolution::Missing { at, fields, parent } };
        };
        let mut holder = field;
        at = next;
        while let (FieldType::Array, None, Some(items)) = (&holder.kind, &holder.properties, &holder.items) {
            if at >= path.len() {
                break;
            }
            crossed = crossed.or(Some((at - 1, field)));
            at += usize::from(path.is_index(at));
            holder = items;
        }
        let through = crossed.map(|(at, array)| Resolution::ThroughArray { at, array });
        if at >= path.len() {
            return through.unwrap_or(Resolution::Field(field));
        }
        match (&holder.properties, &holder.kind) {
            (Some(properties), _) if !properties.is_empty() => fields = properties,
            (_, FieldType::Scalar(_)) => return Resolution::NotAnObject { at, parent: field },
            _ => return through.unwrap_or(Resolution::Open),
        }
        parent = Some(field);
    }
}

/// The field that the path names from segment `from` on, and the number of the segment after its name. A name with dots in it
/// is matched before its parts are.
fn look_up<'a>(fields: &'a Fields, path: &FieldPath<'_>, from: usize) -> Option<(&'a Field, usize)> {
    if fields.has_dotted() {
        let dotted = (from + 2..=path.len()).rev().find_map(|to| Some((fields.get(path.between(from, to))?, to)));
        if let Some((field, to)) = dotted {
            return Some((field.as_ref(), to));
        }
    }
    fields.get(path.segment(from)).map(|field| (field.as_ref(), from + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::{Definition, definitions_in};
    use crate::syntax::{self, Format};
    use crate::text::{FileId, SourceFile};

    const BUCKET: &str = r#"{ "bucket_name": "b", "bucket_schema": { "properties": {
        "title": { "type": "string" },
        "image": { "type": "image" },
        "extra": { "type": "object" },
        "empty": { "type": "object", "properties": {} },
        "legacy": { "type": "json" },
        "tags": { "type": "array", "items": { "type": "string" } },
        "list": { "type": "array" },
        "photos": { "type": "array", "items": { "type": "object", "properties": { "url": { "type": "image" } } } },
        "grid": { "type": "array", "items": { "type": "array", "items": { "type": "object", "properties": { "x": { "type": "integer" } } } } },
        "metadata": { "type": "object", "properties": { "name": { "type": "string" }, "deep": { "type": "object", "properties": { "end": { "type": "string" } } } } },
        "a.b": { "type": "object", "properties": { "c": { "type": "string" } } },
        "a": { "type": "object", "properties": { "b": { "type": "string" } } }
    } } }"#;

    /// The schema of a bucket; `is_open` as a collection's output can be.
    fn schema(is_open: bool) -> Schema {
        let file = SourceFile::new("bucket.json", BUCKET);
        let parse = syntax::parse(&file, Format::Json);
        assert_eq!(parse.errors, []);
        let documents = parse.tree.documents(FileId::new(0), &file);
        let mut found = documents.iter().flat_map(definitions_in);
        match found.next() {
            Some(Definition::Bucket(bucket)) => Schema { is_open, ..bucket.schema.unwrap_or_default() },
            other => panic!("{other:?}"),
        }
    }

    fn fact(schema: &Schema, text: &str) -> String {
        let path = FieldPath::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        match resolve(schema, &path) {
            Resolution::Field(field) => format!("field {}", field.name),
            Resolution::Open => "open".to_owned(),
            Resolution::ThroughArray { at, array } => format!("through {} at {at}", array.name),
            Resolution::Missing { at, parent, .. } => {
                format!("missing at {at} in {}", parent.map_or("root", |parent| &parent.name))
            }
            Resolution::NotAnObject { at, parent } => format!("not an object at {at}: {}", parent.name),
            Resolution::Prefixed { segments } => format!("prefixed by {segments}"),
        }
    }

    #[test]
    fn paths_lead_where_the_facts_say() {
        let schema = schema(false);
        for (path, expected) in [
            ("title", "field title"),
            ("metadata.deep.end", "field end"),
            ("photos", "field photos"),
            ("Title", "missing at 0 in root"),
            ("metadata.nam", "missing at 1 in metadata"),
            ("metadata.deep.start", "missing at 2 in deep"),
            ("title.en", "not an object at 1: title"),
            ("image.url", "not an object at 1: image"),
            ("metadata.name.first.letter", "not an object at 2: name"),
            ("extra.anything.below", "open"),
            ("empty.anything", "open"),
            ("legacy.anything", "open"),
            ("list.anything", "open"),
            ("list.0", "open"),
            ("tags.length", "not an object at 1: tags"),
            ("tags.0", "through tags at 0"),
            ("tags[0]", "through tags at 0"),
            ("tags[0].x", "not an object at 2: tags"),
            ("photos.url", "through photos at 0"),
            ("photos.0.url", "through photos at 0"),
            ("photos[].url", "through photos at 0"),
            ("photos.caption", "missing at 1 in photos"),
            ("grid.x", "through grid at 0"),
            ("grid[0][1]", "through grid at 0"),
            ("a.b", "field a.b"),
            ("a.b.c", "field c"),
            ("metadata.title", "prefixed by 1"),
            ("metadata.photos.url", "prefixed by 1"),
            ("metadata.deep.title", "missing at 2 in deep"),
            ("payload.title", "prefixed by 1"),
            ("$.title", "prefixed by 1"),
            ("$.payload.metadata.name", "prefixed by 2"),
            ("payload.titel", "missing at 0 in root"),
            ("payload", "missing at 0 in root"),
            ("object_id", "open"),
            ("_internal.lineage", "open"),
            ("blobs.type", "missing at 0 in root"),
        ] {
            assert_eq!(fact(&schema, path), expected, "{path}");
        }
    }

    #[test]
    fn an_open_schema_misses_nothing_at_its_root() {
        let schema = schema(true);
        for (path, expected) in [
            ("anything", "open"),
            ("payload.title", "open"),
            ("title.en", "not an object at 1: title"),
            ("metadata.nam", "missing at 1 in metadata"),
        ] {
            assert_eq!(fact(&schema, path), expected, "{path}");
        }
    }
}
