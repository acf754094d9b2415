//! What a schema says of several keys of an object at once: which of them go together, exclude each other, or ask for another.

use super::Kinds;
use super::schema::{Property, bit, texts};
use super::values::kinds;
use crate::syntax::{Member, Node};

/// A condition on a value, made of the few keywords that our schemas use for that.
#[derive(Debug)]
pub(super) enum Condition {
    /// The value has one of these kinds.
    Kind(Kinds),
    /// It is this string.
    Is(String),
    /// An object has this key.
    Has(Key),
    /// What an object has under this key meets all of these.
    Under(Key, Vec<Condition>),
    /// An object that has the first key has the others too.
    Needs(Key, Vec<Condition>),
    /// It does not meet all of these.
    Not(Vec<Condition>),
    /// It meets all of one of these.
    Any(Vec<Vec<Condition>>),
    /// When it meets the first ones, it meets the second ones, and else the third ones.
    If(Vec<Condition>, Vec<Condition>, Vec<Condition>),
}

/// A key that is asked for.
#[derive(Debug)]
pub(super) struct Key {
    name: String,
    /// Its bit among the declared keys; none of a key that is not declared.
    bit: u64,
}

impl Key {
    fn new(name: &str, properties: &[Property]) -> Key {
        let number = properties.iter().position(|property| property.name == name);
        Key { name: name.to_owned(), bit: number.map_or(0, bit) }
    }

    /// Whether an object has it; `here` are the declared keys that it has, where that is known.
    fn is_in(&self, node: Node<'_>, here: Option<u64>) -> bool {
        match here {
            Some(here) if self.bit != 0 => here & self.bit != 0,
            _ => node.get(&self.name).is_some(),
        }
    }
}

/// What a condition is read by.
#[derive(Clone, Copy)]
pub(super) struct Beside<'s, 'a> {
    /// The definitions that it may refer to.
    pub(super) definitions: &'s [Member<'a>],
    /// The keys that the object declares. Only what stands under them may be asked of, for of no other key it is known that it does
    /// not stand twice.
    pub(super) properties: &'s [Property],
}

impl Condition {
    /// The conditions that a schema consists of. None where one of its keywords is not understood.
    pub(super) fn read(schema: Node<'_>, beside: Beside<'_, '_>) -> Option<Vec<Condition>> {
        let mut all = Vec::new();
        // A schema may be a boolean too.
        schema.is_object().then_some(())?;
        for keyword in schema.members() {
            if !matches!(keyword.key.text(), "description" | "x-deduced") {
                all.extend(Condition::keyword(schema, keyword, beside)?);
            }
        }
        Some(all)
    }

    /// The conditions of one keyword of a schema.
    pub(super) fn keyword(schema: Node<'_>, keyword: Member<'_>, beside: Beside<'_, '_>) -> Option<Vec<Condition>> {
        let value = keyword.value;
        let read = |node: Node<'_>| Condition::read(node, beside);
        let key = |name: &str| Key::new(name, beside.properties);
        let has = |keys: Node<'_>| texts(Some(keys)).iter().map(|name| Condition::Has(key(name))).collect::<Vec<_>>();
        let optional = |key: &str| schema.get(key).map_or(Some(Vec::new()), read);
        Some(match keyword.key.text() {
            "type" => vec![Condition::Kind(Kinds::read(value)?)],
            "const" => vec![Condition::Is(value.as_str()?.to_owned())],
            "required" => has(value),
            "properties" => value.members().map(|member| Condition::under(member, beside)).collect::<Option<_>>()?,
            "dependentRequired" => {
                value.members().map(|member| Condition::Needs(key(member.key.text()), has(member.value))).collect()
            }
            "not" => vec![Condition::Not(read(value)?)],
            "allOf" => value.items().map(read).collect::<Option<Vec<_>>>()?.into_iter().flatten().collect(),
            "anyOf" => vec![Condition::Any(value.items().map(read).collect::<Option<_>>()?)],
            "if" => vec![Condition::If(read(value)?, optional("then")?, optional("else")?)],
            "then" | "else" => Vec::new(),
            "$ref" => {
                let name = value.as_str()?.strip_prefix("#/$defs/")?;
                let target = beside.definitions.iter().find(|definition| definition.key.text() == name)?;
                // What it refers to may refer to nothing more, so this ends.
                Condition::read(target.value, Beside { definitions: &[], ..beside })?
            }
            _ => return None,
        })
    }

    fn under(member: Member<'_>, beside: Beside<'_, '_>) -> Option<Condition> {
        let key = Key::new(member.key.text(), beside.properties);
        beside.properties.iter().find(|property| property.name == key.name)?;
        Some(Condition::Under(key, Condition::read(member.value, Beside { properties: &[], ..beside })?))
    }

    /// Whether a value meets the condition, as it is written. Of an object, `here` are the declared keys that it has, where that is
    /// known.
    fn holds(&self, node: Node<'_>, here: Option<u64>) -> bool {
        let meets = |conditions: &[Condition]| all_hold(conditions, node, here);
        match self {
            Condition::Kind(wanted) => kinds(node).meets(*wanted),
            Condition::Is(text) => node.as_str() == Some(text),
            Condition::Has(key) => !node.is_object() || key.is_in(node, here),
            Condition::Under(key, inner) => {
                !key.is_in(node, here) || node.get(&key.name).is_none_or(|value| all_hold(inner, value, None))
            }
            Condition::Needs(key, others) => !key.is_in(node, here) || meets(others),
            Condition::Not(inner) => !meets(inner),
            Condition::Any(alternatives) => alternatives.iter().any(|inner| meets(inner)),
            Condition::If(when, then, otherwise) => meets(if meets(when) { then } else { otherwise }),
        }
    }
}

/// Whether a value meets all of these.
pub(super) fn all_hold(conditions: &[Condition], node: Node<'_>, here: Option<u64>) -> bool {
    conditions.iter().all(|condition| condition.holds(node, here))
}
