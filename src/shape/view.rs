//! A definition as the validator sees it: the crate `jsonschema` reads our nodes where they stand, as today's spelling has them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use jsonschema::JsonType;
use jsonschema::json::{self, Json, NodeIdentity};
use serde_json::{Number, Value};

use super::schema::Shape;
use super::schemas::Schemas;
use crate::syntax::{Kind, Node};
use crate::text::Span;

/// Trees of our own readers, as a representation of JSON.
#[derive(Debug)]
pub(super) struct Trees;

/// What one validation goes by: the schemas, and the members of the objects that were looked at last. Each keyword asks for them.
pub(super) struct Look<'a> {
    schemas: &'static Schemas,
    last: RefCell<[Option<Known<'a>>; SLOTS]>,
}

/// How many objects are remembered.
const SLOTS: usize = 32;

/// The members of an object, as it is seen with a shape.
struct Known<'a> {
    span: Span,
    shape: Option<&'static Shape>,
    members: Rc<[(&'a str, Inner<'a>)]>,
}

/// What stands under a key.
#[derive(Clone, Copy)]
enum Inner<'a> {
    Value(Option<&'static Shape>, Node<'a>),
    Renewed,
}

impl Look<'_> {
    pub(super) fn new(schemas: &'static Schemas) -> Self {
        Look { schemas, last: RefCell::new([const { None }; SLOTS]) }
    }
}

/// What the validator looks at.
#[derive(Clone, Copy)]
pub(super) enum View<'a> {
    /// A value, and what is known of its shape.
    Value(&'a Look<'a>, Option<&'static Shape>, Node<'a>),
    /// The name of a key, where a schema asks for it.
    Name(&'a str),
    /// What an outdated key stands for. It is there, and nothing more is known of it.
    Renewed,
}

impl Json for Trees {
    type Node<'a> = View<'a>;
    type PreparedKey = String;
    type StringBuffer = String;

    // Looking up one key goes through all of them, so one pass for several is always cheaper.
    const KEYS_PER_LOOKUP: usize = 1 << 16;
    // An alias stands for something that was complete before it.
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(buffer: &mut String, string: &str, f: impl FnOnce(View<'_>) -> T) -> T {
        string.clone_into(buffer);
        f(View::Name(buffer))
    }
}

impl<'a> View<'a> {
    /// The node, if it is of this type.
    fn node(self, wanted: JsonType) -> Option<Node<'a>> {
        match self {
            View::Value(_, _, node) if json::Node::json_type(&self) == wanted => Some(node),
            _ => None,
        }
    }

    /// The members of an object, and what its outdated keys stand for.
    fn members(self) -> Members<'a> {
        let View::Value(look, shape, node) = self else { return Members { look: None, list: Rc::new([]), from: 0, to: 0 } };
        let span = node.span();
        let slot = &mut look.last.borrow_mut()[(span.start as usize ^ span.end as usize) % SLOTS];
        let is_it = |known: &&Known<'a>| {
            let is_same_shape = match (known.shape, shape) {
                (Some(one), Some(other)) => std::ptr::eq(one, other),
                (one, other) => one.is_none() && other.is_none(),
            };
            known.span == span && is_same_shape
        };
        let list = match slot.as_ref().filter(is_it) {
            Some(known) => known.members.clone(),
            None => {
                let members: Rc<[_]> = look.list(shape, node).into();
                *slot = Some(Known { span, shape, members: members.clone() });
                members
            }
        };
        let to = list.len();
        Members { look: Some(look), list, from: 0, to }
    }
}

impl<'a> Look<'a> {
    fn list(&self, shape: Option<&'static Shape>, node: Node<'a>) -> Vec<(&'a str, Inner<'a>)> {
        let schemas = self.schemas;
        let shape = shape.and_then(|shape| schemas.structured(shape, node));
        let (mut members, mut renewed) = (Vec::with_capacity(8), Vec::new());
        for member in node.members() {
            let key = member.key.text();
            let declared = shape.and_then(|shape| shape.property(key));
            // A key that must be there says nothing with null.
            let must_be = |number: usize| shape.is_some_and(|shape| shape.required.contains(&number));
            if member.value.kind() == Kind::Null && declared.is_some_and(must_be) {
                continue;
            }
            let inner = shape.and_then(|shape| schemas.inner_of(shape, declared));
            if let Some(now) = inner.and_then(|inner| inner.now.as_ref()) {
                renewed.extend(now.keys());
            }
            members.push((key, Inner::Value(inner, member.value)));
        }
        renewed.retain(|key| members.iter().all(|(there, _)| there != key));
        members.extend(renewed.into_iter().map(|key| (key, Inner::Renewed)));
        members
    }
}

impl<'a> json::Node<'a, Trees> for View<'a> {
    type Object = Object<'a>;
    type Array = Array<'a>;
    type Number = Number;

    fn json_type(&self) -> JsonType {
        match self {
            View::Name(_) => JsonType::String,
            View::Renewed => JsonType::Boolean,
            View::Value(_, _, node) => match node.kind() {
                Kind::Null => JsonType::Null,
                // What could not be read is there, so it is not null. More is not known, and no error about it is kept.
                Kind::Bool | Kind::Alias | Kind::Invalid => JsonType::Boolean,
                Kind::Number => JsonType::Number,
                Kind::String => JsonType::String,
                Kind::Array => JsonType::Array,
                Kind::Object => JsonType::Object,
            },
        }
    }

    fn as_object(&self) -> Option<Object<'a>> {
        self.node(JsonType::Object).map(|_| Object(*self))
    }

    fn as_array(&self) -> Option<Array<'a>> {
        self.node(JsonType::Array).map(|_| Array(*self))
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match *self {
            View::Name(name) => Some(Cow::Borrowed(name)),
            View::Renewed => None,
            View::Value(look, shape, node) => {
                let text = node.as_str()?;
                let shape = shape.and_then(|shape| look.schemas.structured(shape, node));
                Some(Cow::Borrowed(shape.and_then(|shape| shape.renewed_value(text)).unwrap_or(text)))
            }
        }
    }

    fn as_number(&self) -> Option<Number> {
        self.node(JsonType::Number).map(|node| number(node.text()))
    }

    fn as_boolean(&self) -> Option<bool> {
        self.node(JsonType::Boolean).map(|node| node.as_bool().unwrap_or_default())
    }

    fn is_null(&self) -> bool {
        self.json_type() == JsonType::Null
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match expected {
            Value::String(expected) => self.as_string().is_some_and(|text| text == expected.as_str()),
            _ => json::cmp::equal(&self.to_value(), expected),
        }
    }

    // Every error has a copy of what it is about, whole definitions too, and here nobody reads it. So only scalars are copied,
    // which may have to be compared.
    fn to_value(&self) -> Cow<'a, Value> {
        let string = || self.as_string().map(|text| Value::String(text.into_owned()));
        let scalar = self.as_number().map(Value::Number).or_else(|| self.as_boolean().map(Value::Bool)).or_else(string);
        Cow::Owned(scalar.unwrap_or_default())
    }

    // No schema refers to itself but by way of a key or an item, so it is the depth of the tree that ends every descent.
    fn identity(&self) -> Option<NodeIdentity> {
        None
    }
}

/// A number. What only YAML has, such as `0x1F`, is shown as zero: of a bound nobody can say whether it holds.
pub(super) fn number(text: &str) -> Number {
    let rounded = || Number::from_f64(text.parse::<f64>().ok()?.clamp(f64::MIN, f64::MAX));
    text.parse().ok().or_else(rounded).unwrap_or_else(|| Number::from(0))
}

/// An object of a tree.
pub(super) struct Object<'a>(View<'a>);

impl<'a> json::Object<'a, Trees> for Object<'a> {
    type Node = View<'a>;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        self.0.members().to
    }

    fn get(&self, key: &String) -> Option<View<'a>> {
        let members = self.0.members();
        let number = members.list.iter().rposition(|(name, _)| name == key)?;
        members.view(number).map(|(_, value)| value)
    }

    fn members(&self) -> Self::MembersIter {
        self.0.members()
    }
}

/// The members of an object, one after the other.
pub(super) struct Members<'a> {
    look: Option<&'a Look<'a>>,
    list: Rc<[(&'a str, Inner<'a>)]>,
    from: usize,
    to: usize,
}

impl<'a> Members<'a> {
    fn view(&self, number: usize) -> Option<(&'a str, View<'a>)> {
        let (key, inner) = self.list.get(number)?;
        let view = match *inner {
            Inner::Value(shape, node) => View::Value(self.look?, shape, node),
            Inner::Renewed => View::Renewed,
        };
        Some((key, view))
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, View<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.from += 1;
        self.view(self.from - 1)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.to.saturating_sub(self.from);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Members<'_> {}

/// A list of a tree.
pub(super) struct Array<'a>(View<'a>);

impl<'a> json::Array<'a, Trees> for Array<'a> {
    type Node = View<'a>;
    type ElementsIter = Box<dyn Iterator<Item = View<'a>> + 'a>;

    fn len(&self) -> usize {
        self.elements().count()
    }

    fn elements(&self) -> Self::ElementsIter {
        let View::Value(look, shape, node) = self.0 else { return Box::new(std::iter::empty()) };
        let items = shape.and_then(|shape| look.schemas.structured(shape, node)).and_then(|shape| shape.items);
        let items = items.map(|items| look.schemas.shape(items));
        Box::new(node.items().map(move |item| View::Value(look, items, item)))
    }
}
