//! The facts that a walk finds: what does not have the shape that it should have, and in which way.

use super::{Kinds, Pattern};
use crate::definitions::{Form, Noun};
use crate::syntax::Kind;
use crate::text::Span;

/// Something that does not have the shape that it should have.
#[derive(Debug)]
pub struct Misfit {
    /// In which form the definition is written.
    pub form: Form,
    /// What is defined.
    pub noun: Noun,
    /// The whole definition.
    pub body: Span,
    /// The key or the value that is wrong, or the place of the object that lacks something.
    pub place: Span,
    /// What the value is called; where a key is not taken or not there, the object around it.
    pub name: Name,
    /// In which way it is wrong.
    pub what: What,
}

/// The misfits of one file.
#[derive(Debug, Default)]
pub struct Misfits {
    /// The first ones.
    pub list: Vec<Misfit>,
    /// How many more there are.
    pub more: usize,
}

impl Misfit {
    /// Whether it may be there only because text was lost, at one of these places, by an error before the reading was done.
    pub fn may_come_of_a_loss(&self, lost: &[u32]) -> bool {
        let depends = matches!(
            self.what,
            What::MissingKey { .. } | What::ToldKey { .. } | What::WrongValue(Fault::Kind { .. } | Fault::Limit { .. })
        );
        depends && lost.iter().any(|at| (self.body.start..=self.body.end).contains(at))
    }
}

/// What a value is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// It is the definition itself.
    Body,
    /// It stands under this key.
    Key(String),
    /// It is an item of the list under this key.
    Item(String),
}

/// In which way something is wrong.
#[derive(Debug)]
pub enum What {
    /// A key that the object does not take.
    UnknownKey {
        /// The key.
        key: String,
        /// How much is known of the object's keys.
        level: Level,
        /// What may have been meant.
        hint: Hint,
        /// The keys that the object takes.
        accepted: Vec<&'static str>,
    },
    /// A key is not there.
    MissingKey {
        /// The key, or several of which one must be there.
        keys: Vec<&'static str>,
        /// The key and the value that ask for it.
        because: Option<(&'static str, &'static str)>,
        /// Why a body may do without it.
        note: Option<&'static str>,
        /// Whether no published text says so in so many words.
        is_deduced: bool,
        /// A value as it may be written.
        example: Option<&'static str>,
    },
    /// A key that the service itself does not tell of.
    UntoldKey {
        /// The key.
        key: String,
        /// The nearest key.
        nearest: Option<String>,
        /// The keys that it tells of.
        accepted: Vec<String>,
    },
    /// A key that is not there, and that must be there, as the service itself tells.
    ToldKey {
        /// The key.
        key: String,
    },
    /// A value that is not taken.
    WrongValue(Fault),
    /// A key or a value of another time or another form.
    Outdated(Renewal),
    /// Keys that do not go together.
    Conflict(Conflict),
}

/// How much is known of the keys that an object takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It is the body of a request, which takes declared keys only.
    Body,
    /// It lies deeper in such a body, and takes declared keys only.
    Nested,
    /// It takes any key, and ignores those that are not declared.
    Open,
}

/// What may have been meant by a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Nothing is near.
    None,
    /// This key, misspelt.
    Slip(&'static str),
    /// This key, misspelt, which must be there and is not.
    Lacking(&'static str),
    /// The key belongs inside this one.
    Inside(&'static str),
    /// The key belongs further up, in the object that has this key, or in the definition itself.
    Outside(Option<&'static str>),
    /// Bodies of another use have it: `patch`, `clone` or `answer`.
    OtherUse(&'static str),
    /// It belongs elsewhere, as this sentence says.
    Elsewhere(&'static str),
}

/// Why a value is not taken.
#[derive(Debug)]
pub enum Fault {
    /// It is of the wrong kind.
    Kind {
        /// The kinds that are taken.
        wanted: Kinds,
        /// What they are called here, when that says more.
        titles: Vec<&'static str>,
        /// The kind that it has.
        is: Kind,
        /// The value as written, when it is short.
        written: Option<String>,
        /// The key for which a bare string could stand.
        shorthand: Option<&'static str>,
        /// Whether it says the right thing in quotes, which a lenient reader may take.
        is_quoted: bool,
        /// Whether older readers of YAML take it for a boolean, such as `yes`.
        is_word_of_yaml: bool,
        /// What to know besides.
        help: Option<&'static str>,
    },
    /// It is none of these.
    Option {
        /// The value.
        is: String,
        /// What is taken.
        options: &'static [String],
        /// What was probably meant.
        nearest: Option<&'static str>,
    },
    /// It is too small or too large.
    Limit {
        /// What is measured.
        of: Limit,
        /// How much it is.
        is: String,
        /// The least that is taken.
        least: Option<f64>,
        /// The most that is taken.
        most: Option<f64>,
    },
    /// It has characters that are not taken, or not the right beginning.
    Spelling(&'static Pattern),
    /// It has another form than it must have; how it is written.
    Form(&'static str),
}

/// What a bound is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// A number.
    Number,
    /// The characters of a string.
    Length,
    /// The items of a list.
    Count,
}

/// How something outdated is written today.
#[derive(Debug)]
pub enum Renewal {
    /// Under another key, with the value as it is.
    Key(&'static str),
    /// Under another key, in a list; the place of the value.
    List(&'static str, Span),
    /// Under another key, without the list.
    Only {
        /// The key.
        key: &'static str,
        /// The list.
        list: Span,
        /// What is in it.
        items: Vec<Span>,
    },
    /// Under two keys, a name and a version; the place of the value.
    Split(Option<(String, String)>, Span),
    /// As an object with this key: the first of the strings, and where each of them stands.
    Entries(&'static str, String, Vec<Span>),
    /// As another value.
    Value(String),
    /// Not at all, for the key that took its place is there too.
    Beside(&'static str),
    /// Not at all; what to know.
    Gone(&'static str),
}

/// Keys that do not go together.
#[derive(Debug)]
pub enum Conflict {
    /// Two keys, of which at most one may be there; the place is that of the second one.
    Both {
        /// The first one.
        first: String,
        /// Where it stands.
        at: Span,
        /// The second one.
        second: String,
    },
    /// A key that does not go with a value.
    Under {
        /// The key.
        key: String,
        /// The key of the value.
        of: &'static str,
        /// The value.
        value: &'static str,
        /// Where the value stands.
        at: Span,
    },
    /// A key that means nothing without another one.
    Alone {
        /// The key.
        key: String,
        /// What it needs.
        needs: &'static str,
    },
}
