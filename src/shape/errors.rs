//! What the validator says against a definition, each error at the place in the text that it is about.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use jsonschema::paths::{Location, LocationSegment};
use serde_json::Value;

use super::schema::Shape;
use super::view::{Look, View};
use super::{Conflict, Name, Place, Walk, What};
use crate::definitions::Form;
use crate::syntax::{Kind, Node};

/// A value that an error is about.
#[derive(Clone, Copy)]
struct Located<'a> {
    node: Node<'a>,
    /// The shape that is asked of it, in front of alternatives and references.
    shape: &'static Shape,
    place: Place<'a>,
    /// The object that it lies in, with its shape.
    holder: Option<Holder<'a>>,
}

#[derive(Clone, Copy)]
struct Holder<'a> {
    node: Node<'a>,
    shape: &'static Shape,
    place: Place<'a>,
}

/// What follows from a value, as `if` and `then` say it.
#[derive(Clone, Copy)]
struct Rule {
    key: &'static str,
    value: &'static str,
    /// Whether no published text says it in so many words.
    is_deduced: bool,
}

impl Rule {
    fn read(schema: &'static Value) -> Option<Rule> {
        let (key, value) = schema["if"]["properties"].as_object()?.iter().next()?;
        Some(Rule { key, value: value["const"].as_str()?, is_deduced: schema.get("x-deduced").is_some() })
    }
}

impl<'a> Walk<'a, '_> {
    /// Asks the validator, once the keys have been looked at.
    pub(super) fn validate(&mut self, shape: &'static Shape) {
        let Some(validator) = self.schemas.validator(self.found.form) else { return };
        let look = Look::new(self.schemas);
        let view = View::Value(&look, Some(shape), self.found.node);
        if validator.is_valid(view) {
            return;
        }
        let errors: Vec<ValidationError<'_>> = validator.iter_errors(view).collect();
        // Where a key does not go with a value, the keys that the value needs are not missing.
        let before = self.misfits.list.len();
        errors.iter().for_each(|error| self.forbidden(error, shape));
        let refused: Vec<(&str, &str)> = self.misfits.list[before..]
            .iter()
            .filter_map(|misfit| match misfit.what {
                What::Conflict(Conflict::Under { of, value, .. }) => Some((of, value)),
                _ => None,
            })
            .collect();
        errors.iter().for_each(|error| self.error(error, shape, &refused));
    }

    fn error(&mut self, error: &ValidationError<'_>, root: &'static Shape, refused: &[(&str, &str)]) {
        use ValidationErrorKind as Of;
        let Some(at) = self.locate(error.instance_path(), root) else { return };
        let trace = self.schemas.trace(self.found.form, error.evaluation_path());
        let then = trace.iter().rev().find(|(keyword, _)| keyword == "then");
        let rule = then.and_then(|(_, schema)| Rule::read(schema));
        let is_refused = rule.is_some_and(|rule| refused.contains(&(rule.key, rule.value)));
        let inner = self.schemas.structured(at.shape, at.node);
        let schema = trace.last().map(|(_, schema)| *schema).unwrap_or(&Value::Null);
        match (error.kind(), inner) {
            (Of::AnyOf { context }, _) if schema["anyOf"][0].get("required").is_none() => {
                match self.schemas.alternatives(at.shape).and_then(|shape| self.schemas.branch(shape, at.node)) {
                    Some((number, _)) => context[number].iter().for_each(|error| self.error(error, root, refused)),
                    None => self.wrong_kind(self.schemas.asking(at.shape, at.node), at.node, at.place),
                }
            }
            (Of::Type { .. } | Of::Enum { .. }, None) if then.is_none() => {
                self.wrong_kind(self.schemas.asking(at.shape, at.node), at.node, at.place)
            }
            (Of::Enum { .. }, Some(shape)) => self.option(shape, at.node, at.place),
            (Of::Pattern { .. }, Some(shape)) => self.spelling(shape, at.node, at.place),
            (
                Of::Minimum { .. }
                | Of::Maximum { .. }
                | Of::MinLength { .. }
                | Of::MaxLength { .. }
                | Of::MinItems { .. }
                | Of::MaxItems { .. },
                Some(shape),
            ) => self.limit(shape, at.node, at.place),
            // What an answer lacks, the service has left out.
            _ if self.found.form == Form::Answer || is_refused => {}
            (Of::Required { property }, Some(shape)) => {
                if let Some((_, schema)) = trace.iter().find(|(keyword, _)| keyword == "dependentRequired") {
                    let needs = property.as_str().and_then(|key| shape.own_name(key)).unwrap_or_default();
                    return self.alone(&schema["dependentRequired"], needs, shape, at);
                }
                let Some(key) = texts(&schema["required"]).find(|key| property == key) else { return };
                self.missing(shape, &[key], rule.map(|rule| (rule.key, rule.value)), is_deduced(rule), at.node, at.place);
            }
            (Of::AnyOf { .. }, Some(shape)) => {
                let keys: Vec<&'static str> = items(&schema["anyOf"]).flat_map(|one| texts(&one["required"])).collect();
                self.missing(shape, &keys, rule.map(|rule| (rule.key, rule.value)), is_deduced(rule), at.node, at.place);
            }
            // A key with null is left out.
            (Of::Not { .. }, _) if at.node.kind() == Kind::Null => {
                let (Some(holder), Place::Under(key)) = (at.holder, at.place) else { return };
                let Some(key) = holder.shape.own_name(key.text()) else { return };
                let because = rule.map(|rule| (rule.key, rule.value));
                self.missing(holder.shape, &[key], because, is_deduced(rule), holder.node, holder.place);
            }
            (Of::Not { schema }, Some(shape)) => self.both(schema, shape, at),
            _ => {}
        }
    }

    /// A key that does not go with a value.
    fn forbidden(&mut self, error: &ValidationError<'_>, root: &'static Shape) {
        let ValidationErrorKind::Type { .. } = error.kind() else { return };
        let trace = self.schemas.trace(self.found.form, error.evaluation_path());
        let Some(rule) = trace.iter().rev().find(|(keyword, _)| keyword == "then").and_then(|(_, schema)| Rule::read(schema))
        else {
            return;
        };
        let Some((Some(holder), Place::Under(key))) = self.locate(error.instance_path(), root).map(|at| (at.holder, at.place))
        else {
            return;
        };
        let Some(value) = holder.node.get(rule.key).filter(|_| self.found.form != Form::Answer) else { return };
        let conflict = Conflict::Under { key: key.text().to_owned(), of: rule.key, value: rule.value, at: value.span() };
        self.add(key.span(), Name::Key(key.text().to_owned()), What::Conflict(conflict));
    }

    /// Two keys of which at most one may be there.
    fn both(&mut self, refused: &Value, shape: &'static Shape, at: Located<'a>) {
        let mut keys = texts(&refused["required"]);
        let (Some(first), Some(second)) = (keys.next(), keys.next()) else { return };
        let (mut one, mut other) = (self.key_of(shape, at.node, first), self.key_of(shape, at.node, second));
        if one.1.start > other.1.start {
            std::mem::swap(&mut one, &mut other);
        }
        let conflict = Conflict::Both { first: one.0, at: one.1, second: other.0.clone() };
        self.add(other.1, Name::Key(other.0), What::Conflict(conflict));
    }

    /// A key that means nothing without another one.
    fn alone(&mut self, dependent: &Value, needs: &'static str, shape: &'static Shape, at: Located<'a>) {
        let needed_by = |(key, needed): (&String, &Value)| {
            (texts(needed).any(|one| one == needs) && at.node.get(key).is_some()).then(|| key.clone())
        };
        let Some(key) = dependent.as_object().and_then(|all| all.iter().find_map(needed_by)) else { return };
        let (key, place) = self.key_of(shape, at.node, &key);
        self.add(place, Name::Key(key.clone()), What::Conflict(Conflict::Alone { key, needs }));
    }

    /// The value that a path leads to. None where nothing can be said of it: it could not be read, is filled in later, stands for
    /// an outdated key, or is another rule's.
    fn locate(&self, path: &Location, root: &'static Shape) -> Option<Located<'a>> {
        let mut at = Located { node: self.found.node, shape: root, place: Place::Body, holder: None };
        for segment in path.iter() {
            let shape = self.schemas.structured(at.shape, at.node).filter(|_| !super::values::is_filled_in_later(at.node))?;
            at = match (segment, at.place) {
                (LocationSegment::Property(name), place) => {
                    let member = at.node.member(&name)?;
                    let holder = Some(Holder { node: at.node, shape, place });
                    Located {
                        node: member.value,
                        shape: self.schemas.inner(shape, &name)?,
                        place: Place::Under(member.key),
                        holder,
                    }
                }
                (LocationSegment::Index(number), Place::Under(key)) => {
                    let items = self.schemas.shape(shape.items?);
                    Located { node: at.node.items().nth(number)?, shape: items, place: Place::In(key), holder: None }
                }
                (LocationSegment::Index(_), _) => return None,
            };
        }
        let is_known = at.node.kind() != Kind::Invalid && !at.shape.is_skipped();
        is_known.then_some(at)
    }
}

/// The items of a list in a schema.
fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// The strings of a list in a schema.
fn texts(list: &Value) -> impl Iterator<Item = &str> {
    items(list).filter_map(Value::as_str)
}

fn is_deduced(rule: Option<Rule>) -> bool {
    rule.is_some_and(|rule| rule.is_deduced)
}
