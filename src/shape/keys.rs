//! Keys: those that an object does not take, those that it lacks, those of another time, and those that do not go together.

use super::schema::{Now, Shape};
use super::{Hint, Level, Name, Others, Place, Renewal, Walk, What};
use crate::definitions::{Defining, Form, Noun};
use crate::path::is_template;
use crate::suggest;
use crate::syntax::{Kind, Member, Node};
use crate::text::Span;

/// Keys that many objects have: where they are not taken, nobody can tell where they belong.
const COMMON: [&str; 20] = [
    "name",
    "description",
    "metadata",
    "type",
    "enabled",
    "version",
    "default",
    "required",
    "value",
    "field",
    "path",
    "mode",
    "items",
    "properties",
    "enum",
    "examples",
    "config",
    "priority",
    "prefix",
    "namespace",
];

impl Defining<'_> {
    /// Other tools have collections with a source too. A shape is asked only of what says more than that.
    pub(super) fn is_surely_ours(&self) -> bool {
        let has = |key: &str| self.node.get(key).is_some();
        let is_ours = |source: Node<'_>| {
            let keys = ["bucket_ids", "bucket_id", "collection_ids", "collection_id", "source_filters", "field_map"];
            let kind = source.get("type").and_then(Node::as_str).unwrap_or_default().to_ascii_lowercase();
            keys.iter().any(|key| source.get(key).is_some()) || kind == "bucket" || kind == "collection"
        };
        let is_telling =
            || ["feature_extractor", "feature_extractors", "input_schema", "retriever_transform"].into_iter().any(has);
        let features = || self.node.get("features").is_some_and(|list| list.items().any(|item| item.kind() == Kind::String));
        self.noun != Noun::Collection
            || self.form != Form::Request
            || is_telling()
            || features()
            || self.node.get("source").is_some_and(is_ours)
    }
}

/// The properties of an object that are there, by their numbers in the shape.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// Those that are there, under whatever spelling.
    here: u64,
}

impl<'a> Walk<'a, '_> {
    pub(super) fn object(&mut self, shape: &'static Shape, node: Node<'a>, place: Place<'a>) {
        let mut seen = Seen::default();
        let mut unknown = Vec::new();
        self.around.push((shape, place));
        for member in node.members() {
            let is_name = !matches!(member.key.kind(), Kind::Array | Kind::Object | Kind::Invalid);
            match (shape.property(member.key.text()), shape.others) {
                // A key that must be there says nothing with null.
                (Some(number), _) if member.value.kind() == Kind::Null && shape.required.contains(&number) => {}
                (Some(number), _) => {
                    let property = self.schemas.shape(shape.properties[number].shape);
                    let numbers = match &property.now {
                        Some(now) => self.outdated_key(shape, now, node, member),
                        None => 1 << number,
                    };
                    seen.here |= numbers;
                    self.value(property, member.value, Place::Under(member.key));
                }
                (None, Others::Like(others)) => self.value(self.schemas.shape(others), member.value, Place::Under(member.key)),
                (None, _) if is_name && member.key.text() != "<<" => unknown.push(member.key),
                _ => {}
            }
        }
        if self.found.form != Form::Answer {
            self.unknown_keys(shape, &unknown, node, place, &mut seen);
        }
        self.around.pop();
    }

    fn unknown_keys(&mut self, shape: &'static Shape, unknown: &[Node<'a>], node: Node<'a>, place: Place<'a>, seen: &mut Seen) {
        let is_body = self.around.len() == 1;
        let level = match shape.others {
            Others::Closed if self.found.form == Form::Request && is_body => Level::Body,
            Others::Closed if self.found.form == Form::Request => Level::Nested,
            _ => Level::Open,
        };
        // What has nothing of ours but a name may be another tool's.
        let is_only_named = is_body && seen.here.count_ones() < 2;
        for &key in unknown {
            let text = key.text();
            if is_template(text) && text != "$schema" {
                continue;
            }
            let mut hint = self.hint(shape, text, level, *seen);
            if let Hint::Slip(meant) = hint
                && let Some(number) = shape.property(meant)
            {
                let is_lacking = shape.required.contains(&number) && seen.here & (1 << number) == 0;
                if is_lacking && !is_body && self.found.form == Form::Request {
                    hint = Hint::Lacking(meant);
                }
                seen.here |= 1 << number;
                self.meant.push((node.span(), meant));
            }
            if hint == Hint::None && (level == Level::Open || is_only_named) {
                continue;
            }
            let accepted = shape.properties.iter().filter(|property| self.schemas.shape(property.shape).now.is_none());
            let accepted = accepted.map(|property| property.name.as_str()).collect();
            let what = What::UnknownKey { key: text.to_owned(), level, hint, accepted };
            self.add(key.span(), place.name(), what);
        }
    }

    /// What may have been meant by a key.
    fn hint(&self, shape: &'static Shape, key: &str, level: Level, seen: Seen) -> Hint {
        if let Some((_, note)) = shape.elsewhere.iter().find(|(known, _)| known == key) {
            return Hint::Elsewhere(note);
        }
        if level == Level::Body {
            let has = |of: &&&str| self.schemas.definition(of).is_some_and(|shape| shape.property(key).is_some());
            if let Some(of) = ["patch", "clone", "answer"].iter().find(has) {
                return Hint::OtherUse(of);
            }
        }
        // In a manifest, which refers by name, `retriever` is no slip of `retriever_id`.
        let is_reference = |meant: &&str| self.found.form == Form::Manifest && meant.strip_suffix("_id") == Some(key);
        // The beginning of a key that must be there and is not.
        let is_lacking = |number: &&usize| seen.here & (1 << **number) == 0;
        let mut names = shape.required.iter().filter(is_lacking).map(|&number| shape.properties[number].name.as_str());
        let begins = |name: &&str| name.strip_prefix(key).is_some_and(|rest| rest.starts_with('_'));
        if let Some(lacking) = names.find(|name| begins(name) && !is_reference(name)) {
            return Hint::Slip(lacking);
        }
        if !COMMON.contains(&key)
            && let Some(place) = self.inside(shape, key, seen).or_else(|| self.outside(key))
        {
            return place;
        }
        let free = |number: usize| level != Level::Open || seen.here & (1 << number) == 0;
        let names = shape
            .properties
            .iter()
            .enumerate()
            .filter(|(number, property)| free(*number) && self.schemas.shape(property.shape).now.is_none());
        let names = || names.clone().map(|(_, property)| property.name.as_str());
        let bare = key.strip_prefix(self.found.noun.name()).and_then(|bare| bare.strip_prefix('_'));
        let bare = bare.and_then(|bare| names().find(|name| *name == bare));
        // Half of a name, such as `taxonomy`, stands for the one name that begins with it.
        let longer = || {
            let mut longer = names().filter(begins);
            longer.next().filter(|_| level != Level::Open && longer.next().is_none())
        };
        let nearest = bare.or_else(|| suggest::nearest(key, names())).or_else(longer);
        nearest.filter(|meant| !is_reference(meant)).map_or(Hint::None, Hint::Slip)
    }

    /// The property whose object has the key; of several, one that is there.
    fn inside(&self, shape: &'static Shape, key: &str, seen: Seen) -> Option<Hint> {
        let holds = |shape: &'static Shape| {
            let shape = self.schemas.target(shape);
            let items = shape.items.map(|items| self.schemas.target(self.schemas.shape(items)));
            [Some(shape), items].into_iter().flatten().any(|shape| match shape.property(key) {
                Some(number) => self.schemas.shape(shape.properties[number].shape).now.is_none(),
                None => false,
            })
        };
        let found = shape.properties.iter().enumerate().filter(|(_, property)| {
            let of = self.schemas.shape(property.shape);
            of.now.is_none() && holds(of)
        });
        let found: Vec<(usize, &'static str)> = found.map(|(number, property)| (number, property.name.as_str())).collect();
        match found[..] {
            [(_, only)] => Some(Hint::Inside(only)),
            _ => found.iter().find(|(number, _)| seen.here & (1 << number) != 0).map(|(_, name)| Hint::Inside(name)),
        }
    }

    /// The nearest object around this one that takes the key.
    fn outside(&self, key: &str) -> Option<Hint> {
        let (_, around) = self.around.split_last()?;
        let (shape, place) = around.iter().rev().find(|(shape, _)| shape.property(key).is_some())?;
        let name = match place {
            Place::Body => None,
            // The name of the object, as the schema spells it.
            Place::Under(holder) | Place::In(holder) => {
                let parents = around.iter().rev().filter_map(|(parent, _)| {
                    parent.property(holder.text()).map(|number| parent.properties[number].name.as_str())
                });
                Some(parents.take(1).next()?)
            }
        };
        let number = shape.property(key)?;
        let is_old = self.schemas.shape(shape.properties[number].shape).now.is_some();
        (!is_old).then_some(Hint::Outside(name))
    }

    /// Whether something else may stand for a reference in a manifest. Manifests refer by name, and how their keys for that are
    /// spelled is not all published; and what a taxonomy refers to may be made of its labels.
    fn may_be_another_key(&self, key: &str, node: Node<'a>) -> bool {
        let Some(stem) = key.strip_suffix("_id") else { return false };
        let names = node.members().map(|member| member.key.text());
        self.found.noun == Noun::Taxonomy || names.into_iter().any(|name| name.starts_with(stem))
    }

    pub(super) fn missing(
        &mut self,
        shape: &'static Shape,
        keys: &[&'static str],
        because: Option<(&'static str, &'static str)>,
        is_deduced: bool,
        node: Node<'a>,
        place: Place<'a>,
    ) {
        // What stands under a slip of the key is there.
        if self.meant.iter().any(|(object, meant)| *object == node.span() && keys.contains(meant)) {
            return;
        }
        if self.found.form == Form::Manifest && keys.iter().any(|key| self.may_be_another_key(key, node)) {
            return;
        }
        let may_lack = shape.may_lack.iter().find(|(key, of, _)| keys.contains(&key.as_str()) && self.can_be(of, node));
        let example = keys.first().and_then(|key| shape.property(key)).and_then(|number| {
            let of = self.schemas.shape(shape.properties[number].shape);
            of.example.as_deref().or_else(|| self.schemas.target(of).example.as_deref())
        });
        let note = may_lack.map(|(_, _, note)| note.as_str());
        let name_key = if self.found.noun == Noun::Object { "object_id" } else { self.found.noun.name_key() };
        let empty = keys.first().and_then(|key| node.member(key)).map(|member| member.key.span());
        let at = match (place, node.get(name_key).or_else(|| node.get("name"))) {
            (Place::Body, Some(name)) if matches!(name.kind(), Kind::String | Kind::Number) => name.span(),
            _ => self.at(place, node),
        };
        self.add(empty.unwrap_or(at), place.name(), What::MissingKey { keys: keys.to_vec(), because, note, is_deduced, example });
    }

    /// Whether all keys of a body are those of another use, in whatever spelling.
    fn can_be(&self, of: &str, node: Node<'a>) -> bool {
        let (Some(shape), Some(create)) = (self.schemas.definition(of), self.schemas.definition("create")) else { return false };
        let today = |key: &'a str| {
            let now = create.property(key).and_then(|number| self.schemas.shape(create.properties[number].shape).now.as_ref());
            now.map_or(key, |now| now.key.as_str())
        };
        node.members().all(|member| {
            let key = member.key.text();
            create.property(key).is_none() || shape.property(today(key)).is_some() || key == "storage_class"
        })
    }

    /// The key of a property as it is written, in whatever spelling, and its place.
    pub(super) fn key_of(&self, shape: &'static Shape, node: Node<'a>, name: &str) -> (String, Span) {
        let is_it = |member: &Member<'a>| {
            let number = shape.property(member.key.text());
            let now = number.and_then(|number| self.schemas.shape(shape.properties[number].shape).now.as_ref());
            member.key.text() == name || now.is_some_and(|now| now.key == name)
        };
        let key = node.members().find(is_it).map(|member| member.key);
        key.map_or_else(|| (name.to_owned(), node.span()), |key| (key.text().to_owned(), key.span()))
    }

    /// Says how a key is written today; gives the properties that it stands for.
    fn outdated_key(&mut self, shape: &'static Shape, now: &'static Now, node: Node<'a>, member: Member<'a>) -> u64 {
        let bit = |key: &str| shape.property(key).map_or(0, |number| 1 << number);
        let stands_for = bit(&now.key) | if now.form == "split" { bit("version") } else { 0 };
        // An answer may have been written long ago, and some of these keys are its own.
        if self.found.form == Form::Answer {
            return stands_for;
        }
        let is_beside = now.form != "gone" && node.get(&now.key).is_some();
        let is_open = matches!(shape.others, Others::Open);
        if !(is_beside && is_open) {
            let value = member.value;
            let renewal = match now.form.as_str() {
                _ if is_beside => Renewal::Beside(&now.key),
                "list" => Renewal::List(&now.key, value.span()),
                "only" => Renewal::Only { key: &now.key, list: value.span(), items: value.items().map(Node::span).collect() },
                "split" => Renewal::Split(
                    value
                        .as_str()
                        .and_then(|id| id.rsplit_once('_'))
                        .map(|(name, version)| (name.to_owned(), version.to_owned())),
                    value.span(),
                ),
                "gone" => Renewal::Gone(&now.note),
                _ => Renewal::Key(&now.key),
            };
            self.add(member.key.span(), Name::Key(member.key.text().to_owned()), What::Outdated(renewal));
        }
        stands_for
    }

    /// Says once for a list how its outdated entries are written today.
    pub(super) fn outdated_entries(&mut self, shape: &'static Shape, list: Node<'a>, entries: &[Node<'a>]) {
        let now = shape.now.as_ref().filter(|_| self.found.form != Form::Answer);
        let (Some(now), Some(first)) = (now, entries.first()) else { return };
        let places = entries.iter().map(|entry| entry.span()).collect();
        let renewal = Renewal::Entries(&now.key, first.text().to_owned(), places);
        self.add(first.span(), Name::Item(list.text().to_owned()), What::Outdated(renewal));
    }
}
