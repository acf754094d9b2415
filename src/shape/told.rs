//! What the service itself tells of the shape of manifests: a saved answer of `GET /v1/discovery/schema`, whose `schemas` hold a
//! JSON Schema for each kind of resource. It decides, for what we have of these shapes is carried over from request bodies.

use std::collections::HashSet;

use super::{Fault, Misfit, Misfits, Name, What};
use crate::definitions::{Data, Defining, Form, RESOURCES, Value};
use crate::path::is_template;
use crate::suggest::nearest;
use crate::syntax::{Kind, Node};
use crate::text::Span;

/// How many references and alternatives are followed at one place.
const MOST: usize = 64;

/// The schemas of manifests that a saved answer tells.
#[derive(Debug)]
pub struct Told {
    schemas: Value,
}

/// What is told of the keys of one object: of all the alternatives for it.
#[derive(Default)]
struct Keys<'t> {
    properties: Vec<(&'t str, &'t Value)>,
    /// Whether there may be others, or nothing is told.
    is_open: bool,
    /// Those that must be there; none where there are alternatives.
    required: Vec<&'t str>,
}

impl Told {
    /// The schemas of a saved answer, when it has some.
    pub fn read(answer: &Value) -> Option<Told> {
        let schemas = answer.get("schemas").filter(|schemas| !schemas.entries().is_empty())?;
        Some(Told { schemas: schemas.clone() })
    }

    /// The schema of what a list of a manifest holds, such as `collections`, or of the manifest itself.
    fn of(&self, list: &str) -> Option<&Value> {
        let singular = list.strip_suffix("ies").map(|stem| format!("{stem}y"));
        let is_it = |key: &str| key == list || list.strip_suffix('s') == Some(key) || singular.as_deref() == Some(key);
        self.schemas.entries().iter().find(|entry| is_it(&entry.key.value.to_ascii_lowercase())).map(|entry| &entry.value)
    }

    /// Lets the answer decide about a definition in a manifest, of which our own shapes say the `misfits` from `before` on.
    pub(super) fn decide(&self, found: Defining<'_>, before: usize, misfits: &mut Misfits) {
        let list = RESOURCES.iter().find(|(_, noun, _)| *noun == found.noun).map(|(list, ..)| *list);
        let mut walk = Walk { found, told: self, root: None, keys: HashSet::new(), taken: HashSet::new(), new: Vec::new() };
        match list.map_or("manifest", |list| list) {
            _ if found.form != Form::Manifest => return,
            "manifest" => walk.manifest(),
            list => walk.resource(list, found.node, &Name::Body),
        }
        if walk.keys.is_empty() {
            return;
        }
        let is_told = self.of(list.unwrap_or("manifest")).is_some();
        let ours = misfits.list.split_off(before);
        let kept = ours.into_iter().filter(|misfit| match &misfit.what {
            What::UnknownKey { .. } => !walk.keys.contains(&misfit.place),
            What::MissingKey { .. } => !is_told,
            What::WrongValue(Fault::Option { .. } | Fault::Kind { .. }) => !walk.taken.contains(&misfit.place),
            _ => true,
        });
        misfits.list.extend(kept);
        misfits.list.extend(walk.new);
        misfits.list[before..].sort_by_key(|misfit| misfit.place);
    }
}

/// A walk over a definition, beside what is told of it.
struct Walk<'a, 't> {
    found: Defining<'a>,
    told: &'t Told,
    /// The schema in which references are looked up.
    root: Option<&'t Value>,
    /// The keys of all objects that something is told of.
    keys: HashSet<Span>,
    /// The values that are surely taken.
    taken: HashSet<Span>,
    new: Vec<Misfit>,
}

impl<'a, 't> Walk<'a, 't> {
    /// The manifest itself, and those of its lists whose items are no definitions of ours.
    fn manifest(&mut self) {
        if let Some(schema) = self.told.of("manifest") {
            self.root = Some(schema);
            let keys = self.keys_of(schema);
            self.object(&keys, self.found.node, &Name::Body, false);
        }
        for member in self.found.node.members() {
            let list = member.key.text();
            if RESOURCES.iter().any(|(known, ..)| *known == list) {
                continue;
            }
            let items: Vec<Node<'a>> = if member.value.is_object() { vec![member.value] } else { member.value.items().collect() };
            items.into_iter().for_each(|item| self.resource(list, item, &Name::Item(list.to_owned())));
        }
    }

    fn resource(&mut self, list: &str, node: Node<'a>, name: &Name) {
        let Some(schema) = self.told.of(list) else { return };
        self.root = Some(schema);
        self.value(schema, node, name);
    }

    fn value(&mut self, schema: &'t Value, node: Node<'a>, name: &Name) {
        match node.kind() {
            Kind::Object if !super::values::is_filled_in_later(node) => {
                let keys = self.keys_of(schema);
                self.object(&keys, node, name, true);
            }
            Kind::Array => {
                let items: Vec<&Value> = self.alternatives(schema).iter().filter_map(|one| one.get("items")).collect();
                let name = if let Name::Key(key) = name { Name::Item(key.clone()) } else { name.clone() };
                if let [items] = items[..] {
                    node.items().for_each(|item| self.value(items, item, &name));
                }
            }
            Kind::Object | Kind::Invalid => {}
            _ if self.alternatives(schema).iter().any(|one| takes(one, node)) => {
                self.taken.insert(node.span());
            }
            _ => {}
        }
    }

    fn object(&mut self, keys: &Keys<'t>, node: Node<'a>, name: &Name, is_deep: bool) {
        self.keys.extend(node.members().map(|member| member.key.span()));
        for member in node.members() {
            let key = member.key.text();
            let told = keys.properties.iter().filter(|(name, _)| *name == key).map(|(_, schema)| *schema).collect::<Vec<_>>();
            match told[..] {
                [schema] if is_deep => self.value(schema, member.value, &Name::Key(key.to_owned())),
                [] if !keys.is_open && key != "<<" && !is_template(key) => {
                    let accepted = || keys.properties.iter().map(|(name, _)| *name);
                    let nearest = nearest(key, accepted()).map(str::to_owned);
                    let mut accepted: Vec<String> = accepted().map(str::to_owned).collect();
                    accepted.dedup();
                    self.add(member.key.span(), name, What::UntoldKey { key: key.to_owned(), nearest, accepted });
                }
                _ => {}
            }
        }
        for key in keys.required.iter().filter(|key| node.get(key).is_none()) {
            let place = node.get("name").map_or(node.span(), Node::span);
            self.add(place, name, What::ToldKey { key: (*key).to_owned() });
        }
    }

    /// What a schema stands for: itself, or what is behind its references and alternatives.
    fn alternatives(&self, schema: &'t Value) -> Vec<&'t Value> {
        let (mut open, mut found) = (vec![schema], Vec::new());
        for _ in 0..MOST {
            let Some(schema) = open.pop() else { break };
            let behind = ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| schema.get(key)).flat_map(Value::items);
            let target = schema.get("$ref").and_then(Value::as_str).map(|reference| self.target(reference));
            match target {
                Some(Some(target)) => open.push(target),
                Some(None) => found.push(schema),
                None => {
                    let before = open.len();
                    open.extend(behind);
                    if open.len() == before || schema.get("properties").is_some() {
                        found.push(schema);
                    }
                }
            }
        }
        found.extend(open);
        found
    }

    /// The schema that a reference such as `#/$defs/Source` names.
    fn target(&self, reference: &str) -> Option<&'t Value> {
        let mut segments = reference.strip_prefix("#/")?.split('/');
        segments.try_fold(self.root?, |at, segment| at.get(segment))
    }

    fn keys_of(&self, schema: &'t Value) -> Keys<'t> {
        let objects: Vec<&Value> = self.alternatives(schema).into_iter().filter(|one| may_be_object(one)).collect();
        let mut keys = Keys { is_open: objects.is_empty(), ..Keys::default() };
        for object in &objects {
            let properties = object.get("properties").map(Value::entries).unwrap_or_default();
            keys.properties.extend(properties.iter().map(|entry| (entry.key.value.as_str(), &entry.value)));
            let others = object.get("additionalProperties").map(|others| &others.data);
            keys.is_open |= properties.is_empty() || !matches!(others, None | Some(Data::Bool(false)));
            keys.is_open |= object.get("patternProperties").is_some();
        }
        if let [object] = objects[..] {
            keys.required =
                object.get("required").map(Value::items).unwrap_or_default().iter().filter_map(Value::as_str).collect();
        }
        keys
    }

    fn add(&mut self, place: Span, name: &Name, what: What) {
        let (form, noun, body) = (self.found.form, self.found.noun, self.found.node.span());
        self.new.push(Misfit { form, noun, body, place, name: name.clone(), what });
    }
}

fn may_be_object(schema: &Value) -> bool {
    let kinds = kinds(schema);
    kinds.contains(&"object") || kinds.is_empty() && schema.get("enum").is_none() && schema.get("const").is_none()
}

fn kinds(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value { data: Data::Array(kinds), .. }) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.and_then(Value::as_str).into_iter().collect(),
    }
}

/// Whether a schema surely takes a scalar: it lists it, or takes every one of its kind.
fn takes(schema: &Value, node: Node<'_>) -> bool {
    let listed = schema.get("enum").map(Value::items).unwrap_or_default().iter().chain(schema.get("const"));
    let mut listed = listed.peekable();
    if listed.peek().is_some() {
        let value = Value::lower(node);
        return listed.any(|one| *one == value);
    }
    let kind = match node.kind() {
        Kind::String => "string",
        Kind::Bool => "boolean",
        Kind::Null => "null",
        Kind::Number => "number",
        _ => return false,
    };
    let kinds = kinds(schema);
    kinds.contains(&kind) || kind == "number" && kinds.contains(&"integer") && node.text().parse::<i64>().is_ok()
}
