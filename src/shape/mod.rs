//! Whether a definition has the shape that the service asks for: its keys, and the kinds and bounds of their values. What has
//! another shape is a [`Misfit`], and the rules phrase it.

mod condition;
mod errors;
mod facts;
mod keys;
mod pattern;
mod print;
mod quick;
mod schema;
mod schemas;
mod told;
mod values;
mod view;

use std::sync::OnceLock;

use crate::definitions::{Defining, Form, Noun};
use crate::syntax::{Kind, Node};
use crate::text::Span;

pub use facts::{Conflict, Fault, Hint, Level, Limit, Misfit, Misfits, Name, Renewal, What};
pub use pattern::Pattern;
pub use print::{NOUNS, document};
pub use schema::Kinds;
pub use told::Told;

use quick::FirstLook;
use schema::{Others, Shape};
use schemas::Schemas;

/// How many misfits of one file are kept.
const MOST: usize = 1000;

/// The schemas of a noun. They are read when a definition of that kind is first met.
fn schemas(noun: Noun) -> Option<&'static Schemas> {
    static READ: [OnceLock<Schemas>; NOUNS.len()] = [const { OnceLock::new() }; NOUNS.len()];
    let number = NOUNS.iter().position(|(name, _)| *name == noun.name())?;
    Some(READ[number].get_or_init(|| Schemas::read(NOUNS[number].1)))
}

/// Adds what is wrong with the shape of a definition. `text` is that of its file; what the service has `told` decides.
pub fn look_at(found: Defining<'_>, text: &str, told: Option<&Told>, misfits: &mut Misfits) {
    let before = misfits.list.len();
    look(found, text, misfits);
    if let Some(told) = told {
        told.decide(found, before, misfits);
    }
}

fn look(found: Defining<'_>, text: &str, misfits: &mut Misfits) {
    let Some(schemas) = schemas(found.noun) else { return };
    let Some(shape) = schemas.definition(schemas::name_of(found.form)).filter(|_| found.is_surely_ours()) else { return };
    let mut first = FirstLook::new(schemas);
    let is_valid = first.takes(shape, found.node);
    // In an answer there may be any keys.
    if is_valid && (!first.has_other_keys || found.form == Form::Answer) {
        return;
    }
    let mut walk = Walk { schemas, found, text, around: Vec::new(), meant: Vec::new(), misfits };
    walk.object(shape, found.node, Place::Body);
    if !is_valid {
        walk.validate(shape);
    }
}

/// A walk over a definition, beside its schema.
struct Walk<'a, 'm> {
    schemas: &'static Schemas,
    found: Defining<'a>,
    text: &'a str,
    /// The objects around the one that is looked at, from the outside in: what each may hold, and what it is called.
    around: Vec<(&'static Shape, Place<'a>)>,
    /// The keys that were surely meant by others: the object, and the key.
    meant: Vec<(Span, &'static str)>,
    misfits: &'m mut Misfits,
}

/// Where a value stands.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// It is the definition.
    Body,
    /// It is the value of a key.
    Under(Node<'a>),
    /// It is an item of the list under a key.
    In(Node<'a>),
}

impl<'a> Walk<'a, '_> {
    fn value(&mut self, shape: &'static Shape, node: Node<'a>, place: Place<'a>) {
        if node.kind() == Kind::Invalid || node.is_object() && values::is_filled_in_later(node) {
            return;
        }
        let Some(shape) = self.schemas.structured(shape, node) else { return };
        // What an answer says, the service once wrote itself.
        if let Some(new) = node.as_str().and_then(|text| shape.renewed_value(text))
            && self.found.form != Form::Answer
        {
            self.add(self.at(place, node), place.name(), What::Outdated(Renewal::Value(new.to_owned())));
        }
        match node.kind() {
            // An object without declared keys holds whatever its writer likes.
            Kind::Object if shape.is_structured() => self.object(shape, node, place),
            Kind::Array => self.list(shape, node, place),
            _ => {}
        }
    }

    fn list(&mut self, shape: &'static Shape, node: Node<'a>, place: Place<'a>) {
        let (Some(items), Place::Under(key)) = (shape.items, place) else { return };
        let items = self.schemas.shape(items);
        let (mut outdated, mut old_shape) = (Vec::new(), None);
        for item in node.items() {
            let shape = self.schemas.branch(items, item).map(|(_, shape)| shape);
            match shape.filter(|shape| shape.now.is_some()) {
                Some(shape) => {
                    outdated.push(item);
                    old_shape = Some(shape);
                }
                None => self.value(items, item, Place::In(key)),
            }
        }
        if let Some(shape) = old_shape {
            self.outdated_entries(shape, key, &outdated);
        }
    }

    /// The place to point at when a value as a whole is meant: a scalar itself, of anything longer its key, or where it begins.
    fn at(&self, place: Place<'a>, node: Node<'a>) -> Span {
        let span = node.span();
        let is_short = !matches!(node.kind(), Kind::Array | Kind::Object) && span.start < span.end;
        let first = || node.members().next().map(|member| member.key.span()).filter(|key| key.start == span.start);
        match place {
            _ if is_short => span,
            Place::Under(key) => key.span(),
            _ => first().unwrap_or_else(|| {
                let length = self.text.get(span.range()).and_then(|text| text.chars().next()).map_or(0, char::len_utf8);
                Span::new(span.file, span.start..span.start + length as u32)
            }),
        }
    }

    /// Adds a misfit.
    fn add(&mut self, place: Span, name: Name, what: What) {
        if self.misfits.list.len() == MOST {
            self.misfits.more += 1;
            return;
        }
        let (form, noun, body) = (self.found.form, self.found.noun, self.found.node.span());
        self.misfits.list.push(Misfit { form, noun, body, place, name, what });
    }
}

impl<'a> Place<'a> {
    /// What the value is called.
    fn name(self) -> Name {
        match self {
            Place::Body => Name::Body,
            Place::Under(key) => Name::Key(key.text().to_owned()),
            Place::In(key) => Name::Item(key.text().to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schemas_are_read_whole() {
        for noun in [
            Noun::Bucket,
            Noun::Collection,
            Noun::Namespace,
            Noun::Retriever,
            Noun::Taxonomy,
            Noun::Cluster,
            Noun::Alert,
            Noun::Connection,
            Noun::Manifest,
        ] {
            let schemas = schemas(noun).unwrap_or_else(|| panic!("{noun:?} has no schema"));
            let forms: &[&str] = if noun == Noun::Manifest { &["manifest"] } else { &["create", "answer", "manifest"] };
            for form in forms {
                assert!(schemas.definition(form).is_some_and(Shape::is_structured), "{noun:?} {form}");
            }
            schemas.look_over();
        }
    }
}
