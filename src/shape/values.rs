//! Values: their kinds, their bounds, and the names that they may have.

use super::schema::Shape;
use super::{Fault, Kinds, Limit, Place, Renewal, Walk, What};
use crate::definitions::Form;
use crate::path::is_placeholder;
use crate::suggest;
use crate::syntax::{Kind, Node};

/// The longest value that is shown in a sentence, in bytes.
const SHOWN: usize = 60;

/// The kinds that a value has. What cannot be read has them all.
pub(super) fn kinds(node: Node<'_>) -> Kinds {
    match node.kind() {
        Kind::Null => Kinds::NULL,
        Kind::Bool => Kinds::BOOLEAN,
        Kind::Number if is_whole(node.text()) => Kinds::INTEGER,
        Kind::Number => Kinds::FRACTION,
        Kind::String => Kinds::STRING,
        Kind::Array => Kinds::ARRAY,
        Kind::Object => Kinds::OBJECT,
        Kind::Alias | Kind::Invalid => Kinds::ANY,
    }
}

fn is_whole(number: &str) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit()) || number.parse::<f64>().map_or(true, |number| number.fract() == 0.0)
}

/// Whether a value stands for something that is filled in later.
pub(super) fn is_filled_in_later(node: Node<'_>) -> bool {
    // `{{ name }}` without quotes is an object in YAML, whose one key is an object.
    let is_bare_template = || node.members().next().is_some_and(|member| member.key.is_object());
    node.as_str().is_some_and(is_placeholder) || node.is_object() && is_bare_template()
}

/// Whether a text, as it stands in the file, is a boolean to readers of YAML 1.1, and a string to those of 1.2.
fn is_word_of_yaml(written: Option<&str>) -> bool {
    written.is_some_and(|written| ["yes", "no", "on", "off"].iter().any(|word| written.eq_ignore_ascii_case(word)))
}

impl<'a> Walk<'a, '_> {
    /// A value as written, when it is short enough for a sentence.
    pub(super) fn written(&self, node: Node<'a>) -> Option<String> {
        let written = self.text.get(node.span().range())?;
        (written.len() <= SHOWN && !written.contains('\n')).then(|| written.to_owned())
    }

    pub(super) fn wrong_kind(&mut self, shape: &'static Shape, node: Node<'a>, place: Place<'a>) {
        if is_filled_in_later(node) {
            return;
        }
        let branches = shape.branches.iter().map(|&branch| self.schemas.shape(branch));
        let target = self.schemas.target(shape);
        let wants_object = shape.kinds.meets(Kinds::OBJECT);
        let fault = Fault::Kind {
            wanted: shape.kinds,
            titles: branches.filter_map(|branch| branch.title.as_deref()).chain(shape.title.as_deref()).collect(),
            is: node.kind(),
            written: self.written(node),
            shorthand: target.shorthand.as_deref().filter(|_| wants_object),
            is_quoted: node.as_str().is_some_and(|text| match shape.kinds {
                kinds if kinds.meets(Kinds::BOOLEAN) => matches!(text, "true" | "false"),
                kinds => kinds.meets(Kinds::INTEGER) && text.parse::<f64>().is_ok(),
            }),
            is_word_of_yaml: shape.kinds.meets(Kinds::BOOLEAN) && is_word_of_yaml(self.text.get(node.span().range())),
            help: shape.help.as_deref(),
        };
        self.add(self.at(place, node), place.name(), What::WrongValue(fault));
    }

    /// Looks at what a value says, not at what lies in it.
    pub(super) fn scalar(&mut self, shape: &'static Shape, node: Node<'a>, place: Place<'a>) {
        if let (Some(text), false) = (node.as_str(), shape.options.is_empty()) {
            return self.option(shape, text, node, place);
        }
        if is_filled_in_later(node) {
            return;
        }
        if let (Some(pattern), Some(text)) = (&shape.pattern, node.as_str())
            && !pattern.matches(text)
        {
            return self.add(self.at(place, node), place.name(), What::WrongValue(Fault::Spelling(pattern)));
        }
        if (shape.least, shape.most) == (None, None) {
            return;
        }
        let (of, size) = match node.kind() {
            Kind::Number => (Limit::Number, node.text().parse::<f64>().ok()),
            Kind::String => (Limit::Length, Some(node.text().chars().count() as f64)),
            Kind::Array => (Limit::Count, Some(node.items().count() as f64)),
            _ => return,
        };
        let Some(size) = size else { return };
        if shape.least.is_some_and(|least| size < least) || shape.most.is_some_and(|most| size > most) {
            let is = if of == Limit::Number { node.text().to_owned() } else { size.to_string() };
            let fault = Fault::Limit { of, is, least: shape.least, most: shape.most };
            self.add(self.at(place, node), place.name(), What::WrongValue(fault));
        }
    }

    fn option(&mut self, shape: &'static Shape, text: &str, node: Node<'a>, place: Place<'a>) {
        let options = &shape.options[..];
        if options.iter().any(|option| option == text) {
            return;
        }
        let lower = text.to_ascii_lowercase();
        let old = shape.old_values.iter().find(|(old, _)| *old == lower).map(|(_, new)| new.as_str());
        let is_shouted = !text.contains(|letter: char| letter.is_lowercase());
        let shouted = options.iter().find(|option| is_shouted && **option == lower).map(String::as_str);
        if let Some(new) = old.or(shouted) {
            // What an answer says, the service once wrote itself.
            if self.found.form != Form::Answer {
                self.add(self.at(place, node), place.name(), What::Outdated(Renewal::Value(new.to_owned())));
            }
            return;
        }
        if shape.is_checked_elsewhere || is_filled_in_later(node) {
            return;
        }
        let nearest = suggest::nearest(text, options.iter().map(String::as_str));
        let fault = Fault::Option { is: text.to_owned(), options, nearest };
        self.add(self.at(place, node), place.name(), What::WrongValue(fault));
    }
}
