//! Bucket schemas: fields, their types and what they hold.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Entry, Value, gathered};
use crate::syntax::{Kind, Member, Node};
use crate::text::{ShortText, Span, Spanned};

/// The fields of a source: of a bucket, or of what a collection puts out.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// The fields at the root.
    pub fields: Arc<Fields>,
    /// Whether there may be more fields than these.
    pub is_open: bool,
    /// The key that declares it, such as `bucket_schema`; a computed one has no place of its own.
    pub span: Option<Span>,
    /// All of its text.
    pub extent: Option<Span>,
    /// Whether a part of its text could not be read, so that nothing can be called missing from it, at any depth.
    pub is_damaged: bool,
    /// Whether it is that of documents, which have system fields beside the declared ones.
    pub has_document_fields: bool,
    /// The keys beside `properties`: they are taken and ignored.
    pub ignored: Box<[Entry]>,
}

/// Fields of one level, by name.
#[derive(Debug, Default)]
pub struct Fields {
    /// In the order of declaration. Of a name that is declared twice the last one counts, as for the readers of the service.
    list: Box<[Arc<Field>]>,
    /// The beginnings of the names and their indexes into `list`, sorted by name: most comparisons end at the beginnings, which
    /// stand beside each other.
    by_name: Box<[(Beginning, u32)]>,
    has_dotted: bool,
}

/// The first bytes of a name, as a number that orders as they do.
type Beginning = u64;

fn beginning(name: &str) -> Beginning {
    let mut first = [0; size_of::<Beginning>()];
    let length = name.len().min(first.len());
    first[..length].copy_from_slice(&name.as_bytes()[..length]);
    Beginning::from_be_bytes(first)
}

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: ShortText,
    /// Where the name is written; a field that an extractor puts out is written nowhere.
    pub span: Option<Span>,
    /// Its type.
    pub kind: FieldType,
    /// The fields of an object that declares them.
    pub properties: Option<Arc<Fields>>,
    /// What an array holds, where it is declared.
    pub items: Option<Arc<Field>>,
    /// How it is declared; a field that an extractor puts out is declared nowhere.
    pub declaration: Option<Arc<Declaration>>,
}

/// What the declaration of a field says beside its name, its type and what it holds.
#[derive(Debug)]
pub struct Declaration {
    /// The whole value: an object, or what stands in its place.
    pub span: Span,
    /// The type as written.
    pub type_name: Option<Spanned<ShortText>>,
    /// Whether every object must have the field; the place is that of the value.
    pub required: Option<Spanned<bool>>,
    /// What few declarations say.
    rest: Option<Box<Rest>>,
}

#[derive(Debug)]
struct Rest {
    default: Option<Value>,
    allowed: Option<Spanned<Vec<Value>>>,
    misplaced_items: Option<Span>,
    misplaced_properties: Option<Span>,
    ignored: Box<[Entry]>,
}

/// A field's type. Letter case does not matter here: other rules look at spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    /// An object, with declared fields or without.
    Object,
    /// An array.
    Array,
    /// A type that holds one value: `string`, `integer`, `image`, ….
    Scalar(&'static str),
    /// A type that the service no longer has, never had, or that is not said. Nothing is known of what it holds.
    Unknown(ShortText),
}

/// The types that hold one value, of metadata and of files.
const SCALARS: [&str; 13] =
    ["string", "number", "integer", "float", "boolean", "date", "datetime", "text", "image", "audio", "video", "pdf", "excel"];

impl FieldType {
    /// The type of this name.
    pub fn parse(name: &str) -> FieldType {
        let known = FieldType::known(name).or_else(|| FieldType::known(&name.to_ascii_lowercase()));
        known.unwrap_or_else(|| FieldType::Unknown(name.into()))
    }

    fn known(name: &str) -> Option<FieldType> {
        match name {
            "object" => Some(FieldType::Object),
            "array" => Some(FieldType::Array),
            _ => SCALARS.into_iter().find(|scalar| *scalar == name).map(FieldType::Scalar),
        }
    }

    /// The type's name.
    pub fn name(&self) -> &str {
        match self {
            FieldType::Object => "object",
            FieldType::Array => "array",
            FieldType::Scalar(name) => name,
            FieldType::Unknown(name) => name,
        }
    }
}

impl Schema {
    /// A schema as buckets and collections declare it: an object with `properties`. Null is none.
    pub fn lower(member: Member<'_>) -> Option<Schema> {
        if member.value.kind() == Kind::Null {
            return None;
        }
        let properties = member.value.get("properties");
        let fields = properties.filter(|properties| properties.is_object()).map(Fields::lower);
        Some(Schema {
            // Without readable properties there is a schema, but nothing is known of its fields.
            is_open: fields.is_none(),
            fields: Arc::new(fields.unwrap_or_default()),
            span: Some(member.key.span()),
            extent: Some(member.value.span()),
            is_damaged: false,
            has_document_fields: false,
            ignored: entries(member.value, &["properties"]),
        })
    }

    /// A schema of which nothing is known.
    pub fn unknown() -> Schema {
        Schema { is_open: true, ..Schema::default() }
    }
}

impl Fields {
    /// Fields in the order given.
    pub fn new(list: Vec<Arc<Field>>) -> Fields {
        let list = list.into_boxed_slice();
        let mut by_name: Box<[_]> = (0..).zip(&list).map(|(index, field)| (beginning(&field.name), index)).collect();
        let name = |index: u32| &list[index as usize].name;
        by_name.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| name(*one).cmp(name(*other))));
        let has_dotted = list.iter().any(|field| field.name.contains('.'));
        Fields { list, by_name, has_dotted }
    }

    fn lower(properties: Node<'_>) -> Fields {
        let fields = properties.members().map(|member| Arc::new(Field::lower(member.key, member.value)));
        Fields::new(gathered(properties, fields))
    }

    /// The field of this name.
    pub fn get(&self, name: &str) -> Option<&Arc<Field>> {
        let wanted = beginning(name);
        let is_before = |&(first, index): &(Beginning, u32)| {
            first < wanted || first == wanted && self.list[index as usize].name.as_str() <= name
        };
        let (first, index) = self.by_name[self.by_name.partition_point(is_before).checked_sub(1)?];
        Some(&self.list[index as usize]).filter(|last| first == wanted && last.name == name)
    }

    /// Whether some field has this path, as [`Fields::walk`] gives it. Of names with dots that the path begins with, the longest
    /// counts.
    pub fn has(&self, path: &str) -> bool {
        let (mut fields, mut rest) = (self, path);
        loop {
            if (fields.has_dotted || !rest.contains('.')) && fields.get(rest).is_some() {
                return true;
            }
            let before = |dot: usize| Some((fields.get(&rest[..dot])?, dot));
            let named = match fields.has_dotted {
                true => rest.rmatch_indices('.').find_map(|(dot, _)| before(dot)),
                false => rest.find('.').and_then(before),
            };
            let Some((properties, dot)) = named.and_then(|(field, dot)| Some((field.properties.as_ref()?, dot))) else {
                return false;
            };
            (fields, rest) = (properties, &rest[dot + 1..]);
        }
    }

    /// All fields, in the order of declaration.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Field>> {
        self.list.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether some name has a dot in it, so that it looks like a path.
    pub fn has_dotted(&self) -> bool {
        self.has_dotted
    }

    /// These fields and others, as several sources give them: objects of the same name are merged, and what one of them leaves
    /// open is open.
    pub fn union(&self, others: &Fields) -> Fields {
        let merged = self.list.iter().map(|field| match others.get(&field.name) {
            Some(other) => Arc::new(field.union(other)),
            None => Arc::clone(field),
        });
        let added = others.list.iter().filter(|other| self.get(&other.name).is_none()).cloned();
        Fields::new(merged.chain(added).collect())
    }

    /// Calls `visit` with the path of every field, at any depth, until it breaks off. What arrays hold is left out: no path names
    /// it.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&str, &'a Field) -> ControlFlow<()>) -> ControlFlow<()> {
        self.walk_below(&mut String::new(), visit)
    }

    fn walk_below<'a>(&'a self, path: &mut String, visit: &mut dyn FnMut(&str, &'a Field) -> ControlFlow<()>) -> ControlFlow<()> {
        let parent = path.len();
        for field in &self.list {
            if parent > 0 {
                path.push('.');
            }
            path.push_str(&field.name);
            visit(path, field)?;
            if let Some(properties) = &field.properties {
                properties.walk_below(path, visit)?;
            }
            path.truncate(parent);
        }
        ControlFlow::Continue(())
    }

    /// Fields of which several may have the same name: the first one of each name stays.
    pub fn firsts(list: Vec<Arc<Field>>) -> Fields {
        let fields = Fields::new(list);
        let name = |index: u32| &fields.list[index as usize].name;
        // Fields of one name stand beside each other here, the first one before the others.
        let is_again = |pair: &[(Beginning, u32)]| pair[0].0 == pair[1].0 && name(pair[0].1) == name(pair[1].1);
        let again: HashSet<u32> = fields.by_name.windows(2).filter(|pair| is_again(pair)).map(|pair| pair[1].1).collect();
        if again.is_empty() {
            return fields;
        }
        let numbered = (0..).zip(fields.list);
        Fields::new(numbered.filter(|(index, _)| !again.contains(index)).map(|(_, field)| field).collect())
    }
}

/// The keys of a field that mean something.
const FIELD_KEYS: [&str; 8] = ["type", "items", "properties", "required", "default", "enum", "examples", "description"];

impl Declaration {
    /// `picked` are the members named [`FIELD_KEYS`], which are all that there are if it `is_plain`.
    fn lower(node: Node<'_>, kind: &FieldType, picked: [Option<Member<'_>>; 8], is_plain: bool) -> Declaration {
        let [type_name, items, properties, required, default, allowed, ..] = picked;
        let is_said = |member: &Member<'_>| member.value.kind() != Kind::Null;
        let misplaced = |member: Option<Member<'_>>, holder: FieldType| {
            member.filter(|member| is_said(member) && kind.is_known() && *kind != holder).map(|member| member.key.span())
        };
        let (default, allowed) = (default.filter(is_said), allowed.filter(|list| list.value.kind() == Kind::Array));
        let misplaced_items = misplaced(items, FieldType::Array);
        let misplaced_properties = misplaced(properties, FieldType::Object);
        let has_key = default.is_some() || allowed.is_some() || misplaced_items.is_some() || misplaced_properties.is_some();
        let rest = (has_key || !is_plain).then(|| Rest {
            default: default.map(|member| Value::lower(member.value)),
            allowed: allowed.map(|Member { value: list, .. }| Spanned {
                value: gathered(list, list.items().map(Value::lower)),
                span: list.span(),
            }),
            misplaced_items,
            misplaced_properties,
            ignored: if is_plain { Box::default() } else { entries(node, &FIELD_KEYS) },
        });
        let required = required.map(|member| member.value);
        Declaration {
            span: node.span(),
            type_name: type_name.and_then(|member| member.value.as_string()),
            required: required.and_then(|node| Some(Spanned { value: node.as_bool()?, span: node.span() })),
            rest: rest.map(Box::new),
        }
    }

    /// The value that the field has when an object leaves it out.
    pub fn default(&self) -> Option<&Value> {
        self.rest.as_ref()?.default.as_ref()
    }

    /// The values that the field may have: its `enum`, with the place of the list.
    pub fn allowed(&self) -> Option<&Spanned<Vec<Value>>> {
        self.rest.as_ref()?.allowed.as_ref()
    }

    /// The key `items`, where something stands there and the type is known, and no array.
    pub fn misplaced_items(&self) -> Option<Span> {
        self.rest.as_ref()?.misplaced_items
    }

    /// The key `properties`, where something stands there and the type is known, and no object.
    pub fn misplaced_properties(&self) -> Option<Span> {
        self.rest.as_ref()?.misplaced_properties
    }

    /// The keys that no field has: they are taken and ignored.
    pub fn ignored(&self) -> &[Entry] {
        self.rest.as_ref().map_or(&[], |rest| &rest.ignored)
    }
}

/// The keys of an object that are not among `known`, with their values.
pub(super) fn entries(node: Node<'_>, known: &[&str]) -> Box<[Entry]> {
    let others = node.members().filter(|member| !known.contains(&member.key.text()));
    others.map(Entry::lower).collect()
}

/// What stands under a key, when it is an object.
fn object(member: Member<'_>) -> Option<Node<'_>> {
    Some(member.value).filter(|inner| inner.is_object())
}

impl Field {
    fn lower(key: Node<'_>, value: Node<'_>) -> Field {
        let (picked, is_plain) = value.pick_all(FIELD_KEYS);
        let [kind, items, properties, ..] = picked;
        let kind = match kind.and_then(|member| member.value.as_str()) {
            Some(name) => FieldType::parse(name),
            None => FieldType::Unknown(ShortText::default()),
        };
        Field {
            name: key.text().into(),
            span: Some(key.span()),
            properties: properties.and_then(object).map(|properties| Arc::new(Fields::lower(properties))),
            items: items.and_then(object).map(|items| Arc::new(Field::lower(key, items))),
            declaration: Some(Arc::new(Declaration::lower(value, &kind, picked, is_plain))),
            kind,
        }
    }

    /// A field that is declared nowhere: one that an extractor writes, or of which only the name is known.
    pub fn undeclared(name: &str, span: Option<Span>, kind: FieldType) -> Field {
        Field { name: name.into(), span, kind, properties: None, items: None, declaration: None }
    }

    /// Whether every object must have the field.
    pub fn is_required(&self) -> bool {
        let required = self.declaration.as_ref().and_then(|declaration| declaration.required.as_ref());
        required.is_some_and(|required| required.value)
    }

    /// The field under another name, as a passthrough gives it.
    pub fn renamed(&self, name: &str, span: Span) -> Field {
        Field { name: name.into(), span: Some(span), ..self.clone() }
    }

    /// The fields below this one that a path can name: its own, or those of the items of an array.
    pub fn below(&self) -> Option<&Fields> {
        match (&self.properties, &self.items) {
            (Some(properties), _) => Some(properties),
            (None, Some(items)) => items.below(),
            (None, None) => None,
        }
    }

    fn union(&self, other: &Field) -> Field {
        let both = |a: &Option<Arc<Fields>>, b: &Option<Arc<Fields>>| Some(Arc::new(a.as_ref()?.union(b.as_ref()?)));
        let kind = if self.kind == other.kind { self.kind.clone() } else { FieldType::Unknown(ShortText::default()) };
        let items = self.items.as_ref().zip(other.items.as_ref()).map(|(a, b)| Arc::new(a.union(b)));
        Field { kind, properties: both(&self.properties, &other.properties), items, ..self.clone() }
    }

    /// What the field is, in words: `a string`, `an array of objects`.
    pub fn describe(&self) -> String {
        let of_items = |items: &Arc<Field>| match items.kind.name() {
            "" => String::new(),
            name @ ("text" | "audio" | "excel") => format!(" of {name}"),
            name => format!(" of {name}s"),
        };
        match self.kind.name() {
            "" => "a value of unknown type".to_owned(),
            "array" => format!("an array{}", self.items.as_ref().map(of_items).unwrap_or_default()),
            "audio" => "an audio file".to_owned(),
            "excel" => "an Excel file".to_owned(),
            "pdf" => "a PDF".to_owned(),
            name if name.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {name}"),
            name => format!("a {name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(names: &[&str]) -> Fields {
        let field = |(number, name): (u32, &&str)| {
            let span = Span::new(crate::text::FileId::new(0), number..number + 1);
            Arc::new(Field::undeclared(name, Some(span), FieldType::Object))
        };
        Fields::new((0..).zip(names).map(field).collect())
    }

    #[test]
    fn what_there_is_most_of_stays_small() {
        assert_eq!((size_of::<Field>(), size_of::<Declaration>()), (88, 80));
    }

    #[test]
    fn names_that_begin_alike_are_told_apart() {
        let names = ["embedding_b", "embeddin", "embedding", "embedding_a", "embed", "", "é", "embed\0"];
        let all = fields(&names);
        for (number, name) in (0..).zip(names) {
            assert_eq!(all.get(name).and_then(|field| field.span).map(|span| span.start), Some(number), "{name}");
        }
        for name in ["embeddi", "embedding_", "embedding_c", "embed\0\0", "f"] {
            assert!(all.get(name).is_none(), "{name}");
        }
    }

    #[test]
    fn of_a_name_that_is_declared_twice_the_last_one_counts() {
        let all = fields(&["embedding_a", "title", "embedding_a"]);
        assert_eq!(all.get("embedding_a").and_then(|field| field.span).map(|span| span.start), Some(2));
        let firsts = Fields::firsts(all.iter().cloned().collect());
        assert_eq!(firsts.get("embedding_a").and_then(|field| field.span).map(|span| span.start), Some(0));
    }
}
