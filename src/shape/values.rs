//! Values: their kinds, their bounds, and the names that they may have.

use super::schema::Shape;
use super::{Fault, Kinds, Limit, Place, Walk, What};
use crate::definitions::bare_template;
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
    node.as_str().is_some_and(is_placeholder) || node.is_object() && bare_template(node).is_some()
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

    /// A value does not match its pattern.
    pub(super) fn spelling(&mut self, shape: &'static Shape, node: Node<'a>, place: Place<'a>) {
        if is_filled_in_later(node) {
            return;
        }
        let fault = match &shape.pattern {
            Some(pattern) => Fault::Spelling(pattern),
            None => Fault::Form(shape.help.as_deref().unwrap_or_default()),
        };
        self.add(self.at(place, node), place.name(), What::WrongValue(fault));
    }

    /// A value is too small or too large.
    pub(super) fn limit(&mut self, shape: &'static Shape, node: Node<'a>, place: Place<'a>) {
        let (of, is) = match node.kind() {
            _ if is_filled_in_later(node) => return,
            Kind::Number => (Limit::Number, node.text().to_owned()),
            Kind::String => (Limit::Length, node.text().chars().count().to_string()),
            _ => (Limit::Count, node.items().count().to_string()),
        };
        let fault = Fault::Limit { of, is, least: shape.least, most: shape.most };
        self.add(self.at(place, node), place.name(), What::WrongValue(fault));
    }

    /// A value is none of those that it may be.
    pub(super) fn option(&mut self, shape: &'static Shape, node: Node<'a>, place: Place<'a>) {
        if shape.is_checked_elsewhere || is_filled_in_later(node) {
            return;
        }
        let options = &shape.options[..];
        let nearest = suggest::nearest(node.text(), options.iter().map(String::as_str));
        let fault = Fault::Option { is: node.text().to_owned(), options, nearest };
        self.add(self.at(place, node), place.name(), What::WrongValue(fault));
    }
}
