//! Values of any kind, as written: what stands where a definition may hold anything.

use super::{Concealed, bare_template, concealed_at, gathered};
use crate::syntax::{Kind, Member, Node};
use crate::text::{ShortText, Span, Spanned};

/// A value, with the place of every part of it.
#[derive(Debug, Clone)]
pub struct Value {
    /// Where it stands; of an alias, where the anchored value stands.
    pub span: Span,
    /// What it is.
    pub data: Data,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// `null`, or nothing where YAML allows that.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number, as written.
    Number(ShortText),
    /// A string.
    String(ShortText),
    /// A list.
    Array(Vec<Value>),
    /// An object, in the order of the text. Of a key that stands twice the last one counts.
    Object(Vec<Entry>),
    /// Something that could not be read. Nothing can be said about it.
    Invalid,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: Spanned<ShortText>,
    /// The value.
    pub value: Value,
}

impl Entry {
    pub(super) fn lower(member: Member<'_>) -> Entry {
        let key = Spanned { value: member.key.text().into(), span: member.key.span() };
        Entry { key, value: Value::lower(member.value) }
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.key.value == other.key.value && self.value == other.value
    }
}

/// Two values are the same when they say the same, wherever they stand.
impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        self.data == other.data
    }
}

impl Value {
    /// The value of a node, with all that is in it.
    pub fn lower(node: Node<'_>) -> Value {
        let data = match node.kind() {
            Kind::Null => Data::Null,
            Kind::Bool => Data::Bool(node.as_bool() == Some(true)),
            Kind::Number => Data::Number(node.text().into()),
            Kind::String => Data::String(node.text().into()),
            Kind::Object if bare_template(node).is_some() => Data::String(node.source().into()),
            Kind::Array => Data::Array(gathered(node, node.items().map(Value::lower))),
            Kind::Object => Data::Object(gathered(node, node.members().map(Entry::lower))),
            Kind::Alias | Kind::Invalid => Data::Invalid,
        };
        Value { span: node.span(), data }
    }

    /// Forgets what its hidden parts say: nothing that comes later has it.
    pub fn conceal(&mut self, concealed: &[Concealed]) {
        match &mut self.data {
            Data::String(text) => {
                concealed_at(concealed, self.span).for_each(|one| *text = text.replace(&one.text.0, "********").into())
            }
            Data::Array(items) => items.iter_mut().for_each(|item| item.conceal(concealed)),
            Data::Object(entries) => entries.iter_mut().for_each(|entry| entry.value.conceal(concealed)),
            _ => {}
        }
    }

    /// The value of `key` in an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries().iter().rev().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// The keys and values of an object; nothing for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Object(entries) => entries,
            _ => &[],
        }
    }

    /// The values of a list; nothing for anything else.
    pub fn items(&self) -> &[Value] {
        match &self.data {
            Data::Array(items) => items,
            _ => &[],
        }
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self.data, Data::Object(_))
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a string, with its place.
    pub fn as_string(&self) -> Option<Spanned<ShortText>> {
        match &self.data {
            Data::String(text) => Some(Spanned { value: text.clone(), span: self.span }),
            _ => None,
        }
    }

    /// Whether it is a string that stands in `text`, that of its file, as a bare `yes` or `no`: older readers of YAML take it for a
    /// boolean, and which reader the service has is not published.
    pub fn is_bare_word(&self, text: &str) -> bool {
        let written = text.get(self.span.range()).unwrap_or_default();
        ["yes", "no", "on", "off"].iter().any(|word| written.eq_ignore_ascii_case(word))
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.data {
            Data::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The value of a number, as near as a double comes to it.
    pub fn as_number(&self) -> Option<f64> {
        match &self.data {
            Data::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// A value that holds no others, as it is written, for a sentence.
    pub fn shown(&self) -> String {
        match &self.data {
            Data::Bool(value) => value.to_string(),
            Data::Number(text) | Data::String(text) => text.to_string(),
            Data::Null => "null".to_owned(),
            Data::Array(_) | Data::Object(_) | Data::Invalid => self.describe().to_owned(),
        }
    }

    /// What kind of value it is, with its article: `a string`, `an object`.
    pub fn describe(&self) -> &'static str {
        match self.data {
            Data::Null => "null",
            Data::Bool(_) => "a boolean",
            Data::Number(_) => "a number",
            Data::String(_) => "a string",
            Data::Array(_) => "a list",
            Data::Object(_) => "an object",
            Data::Invalid => "a value that cannot be read",
        }
    }
}
