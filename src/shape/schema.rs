//! The schemas of the nouns: JSON Schema documents, read into what a walk over a definition asks for.

use std::collections::HashMap;
use std::sync::OnceLock;

use jsonschema::paths::{Location, LocationSegment};
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::pattern::Pattern;
use super::values::kinds;
use super::view::Trees;
use crate::definitions::Form;
use crate::syntax::{self, Format, Node};
use crate::text::{FileId, SourceFile};

/// What the schemas of several nouns have in common.
pub(super) const COMMON: &str = include_str!("../schemas/common.json");

/// The kinds of values, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// Every kind.
    pub const ANY: Kinds = Kinds(0x7f);
    /// Objects.
    pub const OBJECT: Kinds = Kinds(0x40);
    /// Lists.
    pub const ARRAY: Kinds = Kinds(0x20);
    /// Strings.
    pub const STRING: Kinds = Kinds(0x10);
    /// Numbers that have a fraction.
    pub const FRACTION: Kinds = Kinds(8);
    /// Whole numbers.
    pub const INTEGER: Kinds = Kinds(4);
    /// Booleans.
    pub const BOOLEAN: Kinds = Kinds(2);
    /// Null.
    pub const NULL: Kinds = Kinds(1);

    /// Whether the sets have a kind in common.
    pub fn meets(self, other: Kinds) -> bool {
        self.0 & other.0 != 0
    }

    fn of(name: &str) -> Kinds {
        match name {
            "object" => Kinds::OBJECT,
            "array" => Kinds::ARRAY,
            "string" => Kinds::STRING,
            "number" => Kinds(Kinds::FRACTION.0 | Kinds::INTEGER.0),
            "integer" => Kinds::INTEGER,
            "boolean" => Kinds::BOOLEAN,
            "null" => Kinds::NULL,
            _ => Kinds::ANY,
        }
    }
}

/// One schema of a document. Shapes refer to each other by number.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) kinds: Kinds,
    /// The definition that holds beside what is said here.
    pub(super) target: Option<usize>,
    /// The values of an `enum`, but for null.
    pub(super) options: Vec<String>,
    pub(super) least: Option<f64>,
    pub(super) most: Option<f64>,
    pub(super) pattern: Option<Pattern>,
    pub(super) properties: Vec<Property>,
    /// By the slot of a name: the number of the first property that has it.
    first: Vec<u8>,
    pub(super) others: Others,
    pub(super) items: Option<usize>,
    /// Alternatives, which differ in the kinds that they take.
    pub(super) branches: Vec<usize>,
    /// The numbers of the properties that must be there.
    pub(super) required: Vec<usize>,
    /// What it is called among alternatives.
    pub(super) title: Option<String>,
    /// A value as it may be written.
    pub(super) example: Option<String>,
    /// What to write in place of something outdated.
    pub(super) now: Option<Now>,
    /// Outdated values, each with what took its place.
    pub(super) old_values: Vec<(String, String)>,
    /// Whether another rule looks at the value.
    pub(super) is_checked_elsewhere: bool,
    /// The key for which a bare string stands.
    pub(super) shorthand: Option<String>,
    /// What to know when the value is wrong.
    pub(super) help: Option<String>,
    /// Keys that may be left out in a body of another use: the key, the definition of that use, and what to say.
    pub(super) may_lack: Vec<(String, String, String)>,
    /// Keys that belong somewhere else than here, with what to say.
    pub(super) elsewhere: Vec<(String, String)>,
}

#[derive(Debug)]
pub(super) struct Property {
    pub(super) name: String,
    pub(super) shape: usize,
    /// The number of the next property whose name has the same slot.
    next: u8,
}

/// The number that stands for none.
const NONE: u8 = u8::MAX;

/// How many slots there are.
const SLOTS: usize = 64;

/// Where a name is looked for first. This is asked of every key of every definition, so it costs less than any hash.
fn slot(name: &str) -> usize {
    let of = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(*byte));
    (name.len() * 5 + of(name.as_bytes().first()) * 3 + of(name.as_bytes().last())) % SLOTS
}

/// What keys that are not declared may hold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Others {
    Open,
    Closed,
    Like(usize),
}

/// How an outdated key is written today.
#[derive(Debug)]
pub(super) struct Now {
    pub(super) key: String,
    pub(super) form: String,
    /// What to know where nothing takes its place.
    pub(super) note: String,
}

/// All schemas of one noun.
#[derive(Debug, Default)]
pub(super) struct Schemas {
    shapes: Vec<Shape>,
    definitions: HashMap<String, usize>,
    /// All definitions in one document, for the validators.
    document: Value,
    /// The validator of each form that was met.
    validators: [OnceLock<Option<Validator<Trees>>>; 3],
}

impl Schemas {
    /// Reads the schema of a noun, and what it has in common with others.
    pub(super) fn read(text: &str) -> Schemas {
        let mut schemas = Schemas { document: document(text), ..Schemas::default() };
        let mut references = Vec::new();
        for text in [text, COMMON] {
            let file = SourceFile::new("schema", text);
            let parse = syntax::parse(&file, Format::Json);
            let root = parse.tree.documents(FileId::new(0), &file).next();
            for member in root.and_then(|root| root.get("$defs")).into_iter().flat_map(Node::members) {
                let number = schemas.add(member.value, file.text(), &mut references);
                schemas.definitions.insert(member.key.text().to_owned(), number);
            }
        }
        for (shape, name) in references {
            schemas.shapes[shape].target = schemas.definitions.get(&name).copied();
        }
        schemas
    }

    /// The validator of definitions of a form, which is made when it is first asked for.
    pub(super) fn validator(&self, form: Form) -> Option<&Validator<Trees>> {
        let made = || {
            let root = rooted(&self.document, name_of(form));
            jsonschema::options_for::<Trees>().with_draft(Draft::Draft202012).build(&root).ok()
        };
        self.validators[form as usize].get_or_init(made).as_ref()
    }

    /// What an evaluation went through: each keyword of its path, with the schema that has it.
    pub(super) fn trace(&self, form: Form, path: &Location) -> Vec<(String, &Value)> {
        let definition = |reference: &str| self.document.pointer(reference.trim_start_matches('#'));
        let mut at = definition(&format!("#/$defs/{}", name_of(form)));
        let mut trace = Vec::new();
        for segment in path.iter().skip(1) {
            let Some(schema) = at else { break };
            trace.push((segment.to_string(), schema));
            at = match &segment {
                LocationSegment::Property(key) if key == "$ref" => schema["$ref"].as_str().and_then(definition),
                LocationSegment::Property(key) => schema.get(key.as_ref()),
                LocationSegment::Index(number) => schema.get(number),
            };
        }
        trace
    }

    /// The shape of what stands under a key of an object.
    pub(super) fn inner<'s>(&'s self, shape: &'s Shape, key: &str) -> Option<&'s Shape> {
        self.inner_of(shape, shape.property(key))
    }

    /// The shape of what stands under a key: that of this property, or that of others.
    pub(super) fn inner_of<'s>(&'s self, shape: &'s Shape, property: Option<usize>) -> Option<&'s Shape> {
        match (property, shape.others) {
            (Some(number), _) => Some(self.shape(shape.properties[number].shape)),
            (None, Others::Like(others)) => Some(self.shape(others)),
            (None, Others::Open | Others::Closed) => None,
        }
    }

    /// The alternative that takes values of this kind.
    pub(super) fn branch<'s>(&'s self, shape: &'s Shape, node: Node<'_>) -> Option<(usize, &'s Shape)> {
        let mut branches = shape.branches.iter().map(|&branch| self.shape(branch)).enumerate();
        branches.find(|(_, branch)| kinds(node).meets(branch.kinds))
    }

    /// The shape behind references that has alternatives.
    pub(super) fn alternatives<'s>(&'s self, shape: &'s Shape) -> Option<&'s Shape> {
        let mut at = shape;
        while at.branches.is_empty() {
            at = self.shape(at.target?);
        }
        Some(at)
    }

    /// The shape, behind references, that does not take a value of this kind.
    pub(super) fn asking<'s>(&'s self, shape: &'s Shape, node: Node<'_>) -> &'s Shape {
        let mut at = shape;
        while kinds(node).meets(at.kinds) {
            at = match (at.branches.is_empty(), at.target) {
                (false, _) => match self.branch(at, node) {
                    Some((_, branch)) => branch,
                    None => return at,
                },
                (true, Some(target)) => self.shape(target),
                (true, None) => return at,
            };
        }
        at
    }

    /// The shape that says what is in a value, behind alternatives and references. None where the value is of another kind, or where
    /// it is another rule's to look at it.
    pub(super) fn structured<'s>(&'s self, shape: &'s Shape, node: Node<'_>) -> Option<&'s Shape> {
        let mut at = shape;
        loop {
            if at.is_skipped() || !kinds(node).meets(at.kinds) {
                return None;
            }
            at = match (at.branches.is_empty(), at.target) {
                (false, _) => self.branch(at, node)?.1,
                (true, Some(target)) => self.shape(target),
                (true, None) => return Some(at),
            };
        }
    }

    pub(super) fn definition(&self, name: &str) -> Option<&Shape> {
        self.definitions.get(name).map(|&number| &self.shapes[number])
    }

    pub(super) fn shape(&self, number: usize) -> &Shape {
        &self.shapes[number]
    }

    /// The shape that says what an object may hold: the shape itself, or what it refers to.
    pub(super) fn target<'s>(&'s self, shape: &'s Shape) -> &'s Shape {
        shape.target.map_or(shape, |number| &self.shapes[number])
    }

    fn add(&mut self, node: Node<'_>, text: &str, references: &mut Vec<(usize, String)>) -> usize {
        let number = self.shapes.len();
        self.shapes.push(Shape::read(node, text));
        if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
            references.push((number, reference.trim_start_matches("#/$defs/").to_owned()));
        }
        let mut properties = Vec::new();
        for member in node.get("properties").into_iter().flat_map(Node::members) {
            let shape = self.add(member.value, text, references);
            properties.push(Property { name: member.key.text().to_owned(), shape, next: NONE });
        }
        let others = match node.get("additionalProperties") {
            Some(value) if value.as_bool() == Some(false) => Others::Closed,
            Some(value) if value.is_object() => Others::Like(self.add(value, text, references)),
            _ => Others::Open,
        };
        let items = node.get("items").map(|items| self.add(items, text, references));
        let branches = node.get("anyOf").into_iter().flat_map(Node::items).filter(|branch| branch.get("required").is_none());
        let branches = branches.map(|branch| self.add(branch, text, references)).collect();
        let mut first = if properties.is_empty() { Vec::new() } else { vec![NONE; SLOTS] };
        // Backwards, so that of two of the same name the first one is found.
        for number in (0..properties.len().min(usize::from(NONE))).rev() {
            let slot = slot(&properties[number].name);
            properties[number].next = std::mem::replace(&mut first[slot], number as u8);
        }
        let shape = &mut self.shapes[number];
        shape.first = first;
        (shape.properties, shape.others, shape.items, shape.branches) = (properties, others, items, branches);
        let required = texts(node.get("required"));
        shape.required = required.iter().filter_map(|name| shape.property(name)).collect();
        number
    }
}

impl Now {
    /// The keys that stand in the place of the outdated one.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let version = if self.form == "split" { Some("version") } else { None };
        Some(self.key.as_str()).filter(|key| !key.is_empty()).into_iter().chain(version)
    }
}

impl Shape {
    /// The name of a property, as the schema has it.
    pub(super) fn own_name(&self, key: &str) -> Option<&str> {
        self.property(key).map(|number| self.properties[number].name.as_str())
    }

    /// Whether another rule looks at the value, whatever it is.
    pub(super) fn is_skipped(&self) -> bool {
        self.is_checked_elsewhere && self.options.is_empty()
    }

    /// What stands today in the place of an outdated value.
    pub(super) fn renewed_value(&self, text: &str) -> Option<&str> {
        if self.options.is_empty() || self.options.iter().any(|option| option == text) {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        let is_shouted = !text.contains(|letter: char| letter.is_lowercase());
        let old = self.old_values.iter().find(|(old, _)| *old == lower).map(|(_, new)| new);
        old.or_else(|| self.options.iter().find(|option| is_shouted && **option == lower)).map(String::as_str)
    }

    /// All that the node says itself; what lies below it is added by the caller.
    fn read(node: Node<'_>, text: &str) -> Shape {
        let string = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
        let number = |keys: [&str; 3]| keys.iter().find_map(|key| node.get(key)).and_then(|limit| limit.text().parse().ok());
        let kinds = texts(node.get("type")).iter().map(|name| Kinds::of(name).0).reduce(|a, b| a | b);
        let options: Vec<Node<'_>> = node.get("enum").into_iter().flat_map(Node::items).collect();
        let of_options = options.iter().map(|option| option.as_str().map_or(Kinds::NULL.0, |_| Kinds::STRING.0));
        let pairs = |key: &str| node.get(key).into_iter().flat_map(Node::members).collect::<Vec<_>>();
        let said = |key: &str| {
            pairs(key).iter().map(|member| (member.key.text().to_owned(), member.value.text().to_owned())).collect::<Vec<_>>()
        };
        let inner = |node: Node<'_>, key: &str| node.get(key).map(|value| value.text().to_owned()).unwrap_or_default();
        Shape {
            kinds: kinds.or_else(|| of_options.reduce(|a, b| a | b)).map_or(Kinds::ANY, Kinds),
            target: None,
            options: options.iter().filter_map(|option| option.as_str()).map(str::to_owned).collect(),
            least: number(["minimum", "minLength", "minItems"]),
            most: number(["maximum", "maxLength", "maxItems"]),
            pattern: node.get("pattern").and_then(|pattern| Pattern::read(pattern.text())),
            properties: Vec::new(),
            first: Vec::new(),
            others: Others::Open,
            items: None,
            branches: Vec::new(),
            required: Vec::new(),
            title: string("title"),
            example: node.get("examples").and_then(|list| list.items().next()).map(|example| {
                let lines = text[example.span().range()].lines();
                lines.map(str::trim).collect::<Vec<_>>().join(" ")
            }),
            now: node.get("x-now").map(|now| Now { key: inner(now, "key"), form: inner(now, "form"), note: inner(now, "note") }),
            old_values: said("x-old-values"),
            is_checked_elsewhere: node.get("x-checked-by").is_some(),
            shorthand: string("x-shorthand"),
            help: string("x-help"),
            may_lack: pairs("x-may-lack")
                .iter()
                .map(|member| (member.key.text().to_owned(), inner(member.value, "for"), inner(member.value, "note")))
                .collect(),
            elsewhere: said("x-elsewhere"),
        }
    }

    /// Whether anything is said of the keys and values of an object.
    pub(super) fn is_structured(&self) -> bool {
        !self.properties.is_empty() || !matches!(self.others, Others::Open)
    }

    /// The number of the property of this name.
    pub(super) fn property(&self, name: &str) -> Option<usize> {
        let mut number = usize::from(*self.first.get(slot(name))?);
        while let Some(property) = self.properties.get(number) {
            if property.name == name {
                return Some(number);
            }
            number = usize::from(property.next);
        }
        None
    }
}

/// The definition that a form has in the schemas.
pub(super) fn name_of(form: Form) -> &'static str {
    match form {
        Form::Request => "create",
        Form::Answer => "answer",
        Form::Manifest => "manifest",
    }
}

/// The definitions of a noun, and those that nouns have in common.
fn document(text: &str) -> Value {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let (mut document, mut common) = (read(text), read(COMMON));
    let (Some(own), Some(common)) = (document["$defs"].as_object_mut(), common["$defs"].as_object_mut()) else { return document };
    for (name, definition) in std::mem::take(common) {
        own.entry(name).or_insert(definition);
    }
    document
}

/// A definition as a document of its own, with all that it refers to and no more, for a validator is made anew in every run.
fn rooted(document: &Value, name: &str) -> Value {
    let mut needed = Map::new();
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        let definition = &document["$defs"][&name];
        let mut inner = if needed.contains_key(&name) { Vec::new() } else { vec![definition] };
        needed.insert(name, definition.clone());
        while let Some(value) = inner.pop() {
            match value {
                Value::Object(members) => inner.extend(members.values()),
                Value::Array(items) => inner.extend(items),
                Value::String(text) => open.extend(text.strip_prefix("#/$defs/").map(str::to_owned)),
                _ => {}
            }
        }
    }
    json!({ "$ref": format!("#/$defs/{name}"), "$defs": needed })
}

/// The texts of a list, or the one text that stands in its place.
fn texts(node: Option<Node<'_>>) -> Vec<String> {
    let Some(node) = node else { return Vec::new() };
    match node.as_str() {
        Some(one) => vec![one.to_owned()],
        None => node.items().filter_map(Node::as_str).map(str::to_owned).collect(),
    }
}

#[cfg(test)]
impl Schemas {
    /// Panics where something in the documents was not understood.
    pub(super) fn look_over(&self) {
        for (name, text) in super::NOUNS.iter().take(10).chain([&("common", COMMON)]) {
            let file = SourceFile::new(*name, *text);
            assert_eq!(syntax::parse(&file, Format::Json).errors, [], "{name}");
        }
        for shape in &self.shapes {
            assert!(shape.properties.len() <= 64, "a walk has 64 bits to note which keys are there");
            assert!(shape.may_lack.iter().all(|(key, ..)| shape.property(key).is_some()), "{:?}", shape.may_lack);
            let is_form = |now: &Now| matches!(now.form.as_str(), "same" | "list" | "only" | "split" | "entry" | "gone");
            assert!(shape.now.as_ref().is_none_or(is_form), "{:?}", shape.now);
        }
    }
}
