//! A first look at a definition, which says of nearly all that they surely have their shape. Whatever it is not sure of is left to
//! the walk and the validator, so it needs to know neither what is wrong nor all that a schema may say.

use super::Kinds;
use super::condition::all_hold;
use super::schema::{Others, Shape, bit, texts};
use super::schemas::Schemas;
use super::values::kinds;
use super::view::number;
use crate::syntax::{Kind, Node};

/// The longest number that is compared. It is the same for every reader of numbers.
const LONGEST_NUMBER: usize = 15;

/// A first look at one definition.
pub(super) struct FirstLook {
    schemas: &'static Schemas,
    /// Whether there are keys that are not declared where any key is taken. They may be slips, but are valid.
    pub(super) has_other_keys: bool,
}

impl FirstLook {
    pub(super) fn new(schemas: &'static Schemas) -> Self {
        FirstLook { schemas, has_other_keys: false }
    }

    /// Whether a value surely has a shape, and the validator would see it as it is written.
    pub(super) fn takes(&mut self, shape: &'static Shape, node: Node<'_>) -> bool {
        let (kinds, mut at) = (kinds(node), shape);
        if node.kind() == Kind::Invalid {
            return false;
        }
        loop {
            if at.now.is_some() || !at.is_understood || !kinds.meets(at.kinds) {
                return false;
            }
            at = match (at.branches.first(), at.target) {
                (Some(_), _) => {
                    match at.branches.iter().map(|&branch| self.schemas.shape(branch)).find(|one| kinds.meets(one.kinds)) {
                        Some(branch) => branch,
                        None => return false,
                    }
                }
                (None, Some(target)) => self.schemas.shape(target),
                (None, None) => break,
            };
        }
        // Of what another rule looks at, only the kind counts.
        if at.is_skipped() && at.conditions.is_empty() {
            return true;
        }
        let mut here = None;
        let holds = match node.kind() {
            Kind::Number => is_number_within(at, node.text()),
            Kind::String => takes_text(at, node.text()),
            Kind::Array => self.takes_items(at, node),
            Kind::Object if at.is_structured() => {
                here = self.takes_members(at, node);
                here.is_some()
            }
            Kind::Object | Kind::Null | Kind::Bool => true,
            Kind::Alias | Kind::Invalid => false,
        };
        holds && all_hold(&at.conditions, node, here)
    }

    fn takes_items(&mut self, shape: &'static Shape, node: Node<'_>) -> bool {
        let is_short = || is_within(shape, node.items().count() as f64);
        let items = shape.items.map(|items| self.schemas.shape(items));
        is_short() && items.is_none_or(|items| node.items().all(|item| self.takes(items, item)))
    }

    /// The declared keys that an object has, one bit for each, when all its members are surely taken.
    fn takes_members(&mut self, shape: &'static Shape, node: Node<'_>) -> Option<u64> {
        let mut here = 0;
        for member in node.members() {
            if member.key.kind() != Kind::String {
                return None;
            }
            let inner = match (shape.property(member.key.text()), shape.others) {
                (Some(number), _) => {
                    let bit = bit(number);
                    // A key that must be there says nothing with null, and of one that stands twice nobody knows which counts.
                    if here & bit != 0 || shape.needed & bit != 0 && member.value.kind() == Kind::Null {
                        return None;
                    }
                    here |= bit;
                    shape.properties[number].shape
                }
                (None, Others::Like(others)) => others,
                (None, Others::Open) => {
                    self.has_other_keys = true;
                    continue;
                }
                (None, Others::Closed) => return None,
            };
            if !self.takes(self.schemas.shape(inner), member.value) {
                return None;
            }
        }
        Some(here).filter(|here| here & shape.needed == shape.needed)
    }
}

fn is_within(shape: &Shape, measure: f64) -> bool {
    shape.least.is_none_or(|least| least <= measure) && shape.most.is_none_or(|most| measure <= most)
}

fn is_number_within(shape: &Shape, text: &str) -> bool {
    text.len() <= LONGEST_NUMBER && number(text).as_f64().is_some_and(|number| is_within(shape, number))
}

fn takes_text(shape: &Shape, text: &str) -> bool {
    let is_option = shape.options.is_empty() || shape.options.iter().any(|option| option == text);
    let is_bounded = shape.least.is_some() || shape.most.is_some();
    is_option
        && (!is_bounded || is_within(shape, text.chars().count() as f64))
        && shape.pattern.as_ref().is_none_or(|pattern| pattern.matches(text))
}

/// Whether a shape says all that its schema says, but for what it has in its conditions.
pub(super) fn is_understood(schema: Node<'_>, shape: &Shape) -> bool {
    let has = |key: &str| schema.get(key).is_some();
    let is_passed_on = has("$ref") || !shape.branches.is_empty();
    let is_known = |key: &str| match key {
        "type" | "description" | "title" | "examples" | "deprecated" => true,
        "$ref" => shape.branches.is_empty(),
        // Either all alternatives are shapes, or they are a condition.
        "anyOf" => shape.branches.is_empty() || schema.get(key).is_some_and(|list| list.items().count() == shape.branches.len()),
        "enum" | "pattern" | "properties" | "required" | "additionalProperties" | "items" => !is_passed_on,
        "minimum" | "maximum" | "minLength" | "maxLength" | "minItems" | "maxItems" => !is_passed_on,
        "allOf" | "not" | "if" | "then" | "else" | "dependentRequired" => !is_passed_on,
        _ => key.starts_with("x-"),
    };
    let is_option = |option: Node<'_>| matches!(option.kind(), Kind::String | Kind::Null);
    schema.is_object()
        && schema.members().all(|member| is_known(member.key.text()))
        && schema.get("enum").is_none_or(|options| !has("type") && options.items().all(is_option))
        && (!has("pattern") || shape.pattern.as_ref().is_some_and(|pattern| pattern.is_literal()))
        && are_bounds_understood(schema, shape)
        && texts(schema.get("required")).len() == shape.required.len()
        && shape.properties.len() <= 64
}

/// Whether the bounds of a schema are about the one kind of values that is measured.
fn are_bounds_understood(schema: Node<'_>, shape: &Shape) -> bool {
    let numbers = Kinds(Kinds::INTEGER.0 | Kinds::FRACTION.0);
    let bounds =
        [("minimum", "maximum", numbers), ("minLength", "maxLength", Kinds::STRING), ("minItems", "maxItems", Kinds::ARRAY)];
    bounds.into_iter().all(|(least, most, measured)| {
        let (has_least, has_most) = (schema.get(least).is_some(), schema.get(most).is_some());
        let is_alone = shape.kinds.0 & !(measured.0 | Kinds::NULL.0) == 0;
        let is_read = (!has_least || shape.least.is_some()) && (!has_most || shape.most.is_some());
        !(has_least || has_most) || is_alone && is_read
    })
}

#[cfg(test)]
mod tests;
