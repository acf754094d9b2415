//! The schemas of the nouns: JSON Schema documents, read into what a walk over a definition asks for.

use std::collections::HashMap;

use super::pattern::Pattern;
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
    pub(super) others: Others,
    pub(super) items: Option<usize>,
    /// Alternatives, which differ in the kinds that they take.
    pub(super) branches: Vec<usize>,
    /// The numbers of the properties that must be there.
    pub(super) required: Vec<usize>,
    pub(super) relations: Vec<Relation>,
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

/// What the keys of one object have to do with each other.
#[derive(Debug)]
pub(super) enum Relation {
    /// Not both.
    Never(String, String),
    /// At least one.
    AnyOf(Vec<String>),
    /// The first one needs the second one.
    Needs(String, String),
    /// What follows from a value.
    When(When),
}

#[derive(Debug)]
pub(super) struct When {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) forbids: Vec<String>,
    /// Groups of keys: at least one of each group, in the object itself or in the object under the key that is named.
    pub(super) requires: Vec<(Option<String>, Vec<String>)>,
    /// Whether no published text says it in so many words.
    pub(super) is_deduced: bool,
}

/// All schemas of one noun.
#[derive(Debug, Default)]
pub(super) struct Schemas {
    shapes: Vec<Shape>,
    definitions: HashMap<String, usize>,
}

impl Schemas {
    /// Reads the schema of a noun, and what it has in common with others.
    pub(super) fn read(text: &str) -> Schemas {
        let mut schemas = Schemas::default();
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
            properties.push(Property { name: member.key.text().to_owned(), shape });
        }
        let others = match node.get("additionalProperties") {
            Some(value) if value.as_bool() == Some(false) => Others::Closed,
            Some(value) if value.is_object() => Others::Like(self.add(value, text, references)),
            _ => Others::Open,
        };
        let items = node.get("items").map(|items| self.add(items, text, references));
        let branches = node.get("anyOf").into_iter().flat_map(Node::items).filter(|branch| branch.get("required").is_none());
        let branches = branches.map(|branch| self.add(branch, text, references)).collect();
        let shape = &mut self.shapes[number];
        (shape.properties, shape.others, shape.items, shape.branches) = (properties, others, items, branches);
        let required = texts(node.get("required"));
        shape.required = required.iter().filter_map(|name| shape.property(name)).collect();
        number
    }
}

impl Shape {
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
            others: Others::Open,
            items: None,
            branches: Vec::new(),
            required: Vec::new(),
            relations: relations(node),
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
        // There are few, and most differ in length: comparing them is faster than hashing.
        self.properties.iter().position(|property| property.name == name)
    }
}

fn relations(node: Node<'_>) -> Vec<Relation> {
    let items = |key: &str| node.get(key).into_iter().flat_map(Node::items);
    let required = |node: Node<'_>| texts(node.get("required"));
    let mut found = Vec::new();
    for rule in items("allOf") {
        if let [first, second] = &rule.get("not").map(required).unwrap_or_default()[..] {
            found.push(Relation::Never(first.clone(), second.clone()));
        }
        found.extend(When::read(rule).map(Relation::When));
    }
    for member in node.get("dependentRequired").into_iter().flat_map(Node::members) {
        let needed = texts(Some(member.value)).into_iter();
        found.extend(needed.map(|needed| Relation::Needs(member.key.text().to_owned(), needed)));
    }
    let any: Vec<String> = items("anyOf").flat_map(required).collect();
    if !any.is_empty() {
        found.push(Relation::AnyOf(any));
    }
    found
}

impl When {
    fn read(rule: Node<'_>) -> Option<When> {
        let (condition, then) = (rule.get("if")?.get("properties")?.members().next()?, rule.get("then")?);
        let mut requires: Vec<(Option<String>, Vec<String>)> =
            texts(then.get("required")).into_iter().map(|key| (None, vec![key])).collect();
        let any: Vec<String> =
            then.get("anyOf").into_iter().flat_map(Node::items).flat_map(|one| texts(one.get("required"))).collect();
        if !any.is_empty() {
            requires.push((None, any));
        }
        let mut forbids = Vec::new();
        for member in then.get("properties").into_iter().flat_map(Node::members) {
            let key = member.key.text().to_owned();
            match member.value.get("required") {
                Some(required) => {
                    requires.extend(texts(Some(required)).into_iter().map(|inner| (Some(key.clone()), vec![inner])))
                }
                None if member.value.get("type").is_some() => forbids.push(key),
                None => {}
            }
        }
        Some(When {
            key: condition.key.text().to_owned(),
            value: condition.value.get("const")?.text().to_owned(),
            forbids,
            requires,
            is_deduced: rule.get("x-deduced").is_some(),
        })
    }
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
        for (name, text) in super::NOUNS.iter().take(3).chain([&("common", COMMON)]) {
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
