//! The schemas of the nouns: JSON Schema documents, read into what a walk over a definition asks for.

use std::collections::HashMap;
use std::sync::OnceLock;

use jsonschema::paths::{Location, LocationSegment};
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::condition::{Beside, Condition};
use super::quick;
use super::schema::{Others, Property, Shape, bit, texts};
use super::values::kinds;
use super::view::Trees;
use crate::definitions::Form;
use crate::syntax::{self, Format, Member, Node};
use crate::text::{FileId, SourceFile};

/// What the schemas of several nouns have in common.
pub(super) const COMMON: &str = include_str!("../schemas/common.json");

/// All schemas of one noun.
#[derive(Debug, Default)]
pub(super) struct Schemas {
    shapes: Vec<Shape>,
    definitions: HashMap<String, usize>,
    /// The schema of the noun, as it is written.
    text: &'static str,
    /// All definitions in one document, for the validators. Most runs need none.
    document: OnceLock<Value>,
    /// The validator of each form that was met.
    validators: [OnceLock<Option<Validator<Trees>>>; 3],
}

impl Schemas {
    /// Reads the schema of a noun, and what it has in common with others.
    pub(super) fn read(text: &'static str) -> Schemas {
        let mut schemas = Schemas { text, ..Schemas::default() };
        let files = [text, COMMON].map(|text| SourceFile::new("schema", text));
        let parses = files.each_ref().map(|file| syntax::parse(file, Format::Json));
        let [own, common] = [0, 1].map(|one| parses[one].tree.documents(FileId::new(0), &files[one]));
        let roots = own.iter().chain(common.iter());
        let definitions: Vec<Member<'_>> = roots.filter_map(|root| root.get("$defs")).flat_map(Node::members).collect();
        let mut references = Vec::new();
        for member in &definitions {
            let number = schemas.add(member.value, &definitions, &mut references);
            schemas.definitions.insert(member.key.text().to_owned(), number);
        }
        for (shape, name) in references {
            schemas.shapes[shape].target = schemas.definitions.get(&name).copied();
            schemas.shapes[shape].is_understood &= schemas.shapes[shape].target.is_some();
        }
        schemas
    }

    fn document(&self) -> &Value {
        self.document.get_or_init(|| document(self.text))
    }

    /// The validator of definitions of a form, which is made when it is first asked for.
    pub(super) fn validator(&self, form: Form) -> Option<&Validator<Trees>> {
        let made = || {
            let root = rooted(self.document(), name_of(form));
            jsonschema::options_for::<Trees>().with_draft(Draft::Draft202012).build(&root).ok()
        };
        self.validators[form as usize].get_or_init(made).as_ref()
    }

    /// What an evaluation went through: each keyword of its path, with the schema that has it.
    pub(super) fn trace(&self, form: Form, path: &Location) -> Vec<(String, &Value)> {
        let definition = |reference: &str| self.document().pointer(reference.trim_start_matches('#'));
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

    fn add(&mut self, node: Node<'_>, definitions: &[Member<'_>], references: &mut Vec<(usize, String)>) -> usize {
        let number = self.shapes.len();
        self.shapes.push(Shape::read(node));
        if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
            references.push((number, reference.trim_start_matches("#/$defs/").to_owned()));
        }
        let mut properties = Vec::new();
        for member in node.get("properties").into_iter().flat_map(Node::members) {
            let shape = self.add(member.value, definitions, references);
            properties.push(Property::new(member.key.text(), shape));
        }
        let others = match node.get("additionalProperties") {
            Some(value) if value.as_bool() == Some(false) => Others::Closed,
            Some(value) if value.is_object() => Others::Like(self.add(value, definitions, references)),
            _ => Others::Open,
        };
        let items = node.get("items").map(|items| self.add(items, definitions, references));
        let branches = node.get("anyOf").into_iter().flat_map(Node::items).filter(|branch| branch.get("required").is_none());
        let branches = branches.map(|branch| self.add(branch, definitions, references)).collect();
        let shape = &mut self.shapes[number];
        shape.set_properties(properties);
        (shape.others, shape.items, shape.branches) = (others, items, branches);
        let required = texts(node.get("required"));
        shape.required = required.iter().filter_map(|name| shape.property(name)).collect();
        shape.needed = shape.required.iter().fold(0, |needed, &number| needed | bit(number));
        let conditions = conditions(node, definitions, shape);
        shape.is_understood = conditions.is_some() && quick::is_understood(node, shape);
        shape.conditions = conditions.unwrap_or_default();
        number
    }
}

/// What a schema says of several keys at once. None where that is not understood.
fn conditions(node: Node<'_>, definitions: &[Member<'_>], shape: &Shape) -> Option<Vec<Condition>> {
    let beside = Beside { definitions, properties: &shape.properties };
    let is_condition = |keyword: &Member<'_>| match keyword.key.text() {
        "anyOf" => shape.branches.is_empty(),
        key => matches!(key, "allOf" | "not" | "if" | "dependentRequired"),
    };
    let read = node.members().filter(is_condition).map(|keyword| Condition::keyword(node, keyword, beside));
    Some(read.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
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
            let is_form =
                |now: &super::schema::Now| matches!(now.form.as_str(), "same" | "list" | "only" | "split" | "entry" | "gone");
            assert!(shape.now.as_ref().is_none_or(is_form), "{:?}", shape.now);
        }
    }
}
