//! One schema of a document, read into what a walk over a definition asks for.

use super::condition::Condition;
use super::pattern::Pattern;
use crate::syntax::Node;

/// The kinds of values, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds(pub(super) u8);

impl Kinds {
    /// Every kind.
    pub const ANY: Kinds = Kinds(0x7f);
    /// Objects.
    pub const OBJECT: Kinds = Kinds(0x40);
    /// Lists.
    pub const ARRAY: Kinds = Kinds(0x20);
    /// Strings.
    pub const STRING: Kinds = Kinds(0x10);
    /// Numbers that have a fraction.
    pub const FRACTION: Kinds = Kinds(8);
    /// Whole numbers.
    pub const INTEGER: Kinds = Kinds(4);
    /// Booleans.
    pub const BOOLEAN: Kinds = Kinds(2);
    /// Null.
    pub const NULL: Kinds = Kinds(1);

    /// Whether the sets have a kind in common.
    pub fn meets(self, other: Kinds) -> bool {
        self.0 & other.0 != 0
    }

    /// The kinds that a `type` names.
    pub(super) fn read(names: Node<'_>) -> Option<Kinds> {
        texts(Some(names)).iter().map(|name| Kinds::of(name).0).reduce(|one, other| one | other).map(Kinds)
    }

    fn of(name: &str) -> Kinds {
        match name {
            "object" => Kinds::OBJECT,
            "array" => Kinds::ARRAY,
            "string" => Kinds::STRING,
            "number" => Kinds(Kinds::FRACTION.0 | Kinds::INTEGER.0),
            "integer" => Kinds::INTEGER,
            "boolean" => Kinds::BOOLEAN,
            "null" => Kinds::NULL,
            _ => Kinds::ANY,
        }
    }
}

/// One schema of a document. Shapes refer to each other by number.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) kinds: Kinds,
    /// The definition that holds beside what is said here.
    pub(super) target: Option<usize>,
    /// The values of an `enum`, but for null.
    pub(super) options: Vec<String>,
    pub(super) least: Option<f64>,
    pub(super) most: Option<f64>,
    pub(super) pattern: Option<Pattern>,
    pub(super) properties: Vec<Property>,
    /// By the slot of a name: the number of the first property that has it.
    first: Vec<u8>,
    pub(super) others: Others,
    pub(super) items: Option<usize>,
    /// Alternatives, which differ in the kinds that they take.
    pub(super) branches: Vec<usize>,
    /// The numbers of the properties that must be there.
    pub(super) required: Vec<usize>,
    /// The same, one bit for each.
    pub(super) needed: u64,
    /// What holds between several keys.
    pub(super) conditions: Vec<Condition>,
    /// Whether the schema says nothing but what is here, so that values can be held against it without the validator.
    pub(super) is_understood: bool,
    /// What it is called among alternatives.
    pub(super) title: Option<String>,
    /// A value as it may be written.
    pub(super) example: Option<String>,
    /// What to write in place of something outdated.
    pub(super) now: Option<Now>,
    /// Outdated values, each with what took its place.
    pub(super) old_values: Vec<(String, String)>,
    /// Whether another rule looks at the value.
    pub(super) is_checked_elsewhere: bool,
    /// The key for which a bare string stands.
    pub(super) shorthand: Option<String>,
    /// What to know when the value is wrong.
    pub(super) help: Option<String>,
    /// Keys that may be left out in a body of another use: the key, the definition of that use, and what to say.
    pub(super) may_lack: Vec<(String, String, String)>,
    /// Keys that belong somewhere else than here, with what to say.
    pub(super) elsewhere: Vec<(String, String)>,
}

#[derive(Debug)]
pub(super) struct Property {
    pub(super) name: String,
    pub(super) shape: usize,
    /// The number of the next property whose name has the same slot.
    next: u8,
}

impl Property {
    pub(super) fn new(name: &str, shape: usize) -> Property {
        Property { name: name.to_owned(), shape, next: NONE }
    }
}

/// The bit of a property, by its number in the shape. There are 64, and more properties are none that can be noted.
pub(super) fn bit(number: usize) -> u64 {
    u32::try_from(number).ok().and_then(|number| 1_u64.checked_shl(number)).unwrap_or_default()
}

/// The number that stands for none.
const NONE: u8 = u8::MAX;

/// How many slots there are.
const SLOTS: usize = 64;

/// Where a name is looked for first. This is asked of every key of every definition, so it costs less than any hash.
fn slot(name: &str) -> usize {
    let of = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(*byte));
    (name.len() * 5 + of(name.as_bytes().first()) * 3 + of(name.as_bytes().last())) % SLOTS
}

/// What keys that are not declared may hold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Others {
    Open,
    Closed,
    Like(usize),
}

/// How an outdated key is written today.
#[derive(Debug)]
pub(super) struct Now {
    pub(super) key: String,
    pub(super) form: String,
    /// What to know where nothing takes its place.
    pub(super) note: String,
}

impl Now {
    /// The keys that stand in the place of the outdated one.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let version = if self.form == "split" { Some("version") } else { None };
        Some(self.key.as_str()).filter(|key| !key.is_empty()).into_iter().chain(version)
    }
}

impl Shape {
    /// The name of a property, as the schema has it.
    pub(super) fn own_name(&self, key: &str) -> Option<&str> {
        self.property(key).map(|number| self.properties[number].name.as_str())
    }

    /// Whether another rule looks at the value, whatever it is.
    pub(super) fn is_skipped(&self) -> bool {
        self.is_checked_elsewhere && self.options.is_empty()
    }

    /// What stands today in the place of an outdated value.
    pub(super) fn renewed_value(&self, text: &str) -> Option<&str> {
        if self.options.is_empty() || self.options.iter().any(|option| option == text) {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        let is_shouted = !text.contains(|letter: char| letter.is_lowercase());
        let old = self.old_values.iter().find(|(old, _)| *old == lower).map(|(_, new)| new);
        old.or_else(|| self.options.iter().find(|option| is_shouted && **option == lower)).map(String::as_str)
    }

    /// All that the node says itself; what lies below it is added by the caller.
    pub(super) fn read(node: Node<'_>) -> Shape {
        let string = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
        let number = |keys: [&str; 3]| keys.iter().find_map(|key| node.get(key)).and_then(|limit| limit.text().parse().ok());
        let kinds = node.get("type").and_then(Kinds::read);
        let options: Vec<Node<'_>> = node.get("enum").into_iter().flat_map(Node::items).collect();
        let of_options = options.iter().map(|option| option.as_str().map_or(Kinds::NULL.0, |_| Kinds::STRING.0));
        let of_options = || of_options.reduce(|one, other| one | other).map(Kinds);
        let pairs = |key: &str| node.get(key).into_iter().flat_map(Node::members).collect::<Vec<_>>();
        let said = |key: &str| {
            pairs(key).iter().map(|member| (member.key.text().to_owned(), member.value.text().to_owned())).collect::<Vec<_>>()
        };
        let inner = |node: Node<'_>, key: &str| node.get(key).map(|value| value.text().to_owned()).unwrap_or_default();
        Shape {
            kinds: kinds.or_else(of_options).unwrap_or(Kinds::ANY),
            target: None,
            options: options.iter().filter_map(|option| option.as_str()).map(str::to_owned).collect(),
            least: number(["minimum", "minLength", "minItems"]),
            most: number(["maximum", "maxLength", "maxItems"]),
            pattern: node.get("pattern").and_then(|pattern| Pattern::read(pattern.text())),
            properties: Vec::new(),
            first: Vec::new(),
            others: Others::Open,
            items: None,
            branches: Vec::new(),
            required: Vec::new(),
            needed: 0,
            conditions: Vec::new(),
            is_understood: false,
            title: string("title"),
            example: node.get("examples").and_then(|list| list.items().next()).map(|example| {
                let lines = example.source().lines();
                lines.map(str::trim).collect::<Vec<_>>().join(" ")
            }),
            now: node.get("x-now").map(|now| Now { key: inner(now, "key"), form: inner(now, "form"), note: inner(now, "note") }),
            old_values: said("x-old-values"),
            is_checked_elsewhere: node.get("x-checked-by").is_some(),
            shorthand: string("x-shorthand"),
            help: string("x-help"),
            may_lack: pairs("x-may-lack")
                .iter()
                .map(|member| (member.key.text().to_owned(), inner(member.value, "for"), inner(member.value, "note")))
                .collect(),
            elsewhere: said("x-elsewhere"),
        }
    }

    /// Whether anything is said of the keys and values of an object.
    pub(super) fn is_structured(&self) -> bool {
        !self.properties.is_empty() || !matches!(self.others, Others::Open)
    }

    pub(super) fn set_properties(&mut self, mut properties: Vec<Property>) {
        self.first = if properties.is_empty() { Vec::new() } else { vec![NONE; SLOTS] };
        // Backwards, so that of two of the same name the first one is found.
        for number in (0..properties.len().min(usize::from(NONE))).rev() {
            let slot = slot(&properties[number].name);
            properties[number].next = std::mem::replace(&mut self.first[slot], number as u8);
        }
        self.properties = properties;
    }

    /// The number of the property of this name.
    pub(super) fn property(&self, name: &str) -> Option<usize> {
        let mut number = usize::from(*self.first.get(slot(name))?);
        while let Some(property) = self.properties.get(number) {
            if property.name == name {
                return Some(number);
            }
            number = usize::from(property.next);
        }
        None
    }
}

/// The texts of a list, or the one text that stands in its place.
pub(super) fn texts(node: Option<Node<'_>>) -> Vec<String> {
    let Some(node) = node else { return Vec::new() };
    match node.as_str() {
        Some(one) => vec![one.to_owned()],
        None => node.items().filter_map(Node::as_str).map(str::to_owned).collect(),
    }
}
