//! Whether an object conforms to the schema of its bucket: a pure function of the two, whose answers are facts.

mod blobs;
mod key;
mod values;

use crate::definitions::{Bucket, Data, Field, Fields, Reserved, Schema, Value, reserved};
use crate::text::{ShortText, Span, Spanned};

pub use key::{Key, key_of};
use values::{Path, Step};

/// Something in an object that does not conform to the schema of its bucket.
#[derive(Debug, Clone)]
pub struct Breach<'a> {
    /// Where: a key, a value, or the beginning of an object that lacks something.
    pub span: Span,
    /// What.
    pub problem: Problem<'a>,
}

/// What does not conform.
#[derive(Debug, Clone)]
pub enum Problem<'a> {
    /// A required field is not there.
    Missing(Place<'a>),
    /// A required field is null.
    Null(Place<'a>),
    /// A value is of another type than its field.
    WrongType(Place<'a>, &'a Value),
    /// A value is not among those that its field takes.
    NotAllowed(Place<'a>, &'a Value, &'a Spanned<Vec<Value>>),
    /// The value of a date or a datetime is surely none.
    NotDate(Place<'a>, &'a Value),
    /// A field that the schema does not have.
    Undeclared {
        /// The path of the field.
        path: String,
        /// Its name.
        name: &'a str,
        /// The fields of its level.
        among: &'a Fields,
        /// The object that it stands in; none at the root.
        parent: Option<&'a Field>,
    },
    /// A `metadata` around fields, which the schema does not have.
    Envelope {
        /// The declared fields that are in it.
        declared: Vec<&'a str>,
    },
    /// `auto_process`, which is a flag of the request's address.
    QueryFlag,
    /// A blob for a property that the schema does not have.
    UnknownProperty(&'a str),
    /// A blob for a field that takes no file.
    NoFileProperty(&'a Field),
    /// A blob of another type than its field: the type that it says, and the field.
    BlobType(&'a str, &'a Field),
    /// Something wrong with a blob itself, whatever the schema says.
    Blob(BlobFault<'a>),
    /// Something wrong with the value of a field of the unique key.
    UniqueKey(&'a Spanned<ShortText>, KeyFault),
}

/// A field of the schema, and the path to it.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    /// The path, such as `maker.name`; an item of a list has the path of the list and its number.
    pub path: String,
    /// The field.
    pub field: &'a Field,
}

/// What is wrong with a blob, whatever the schema says.
#[derive(Debug, Clone)]
pub enum BlobFault<'a> {
    /// It does not say which property it fills.
    NoProperty,
    /// It does not say its type.
    NoType,
    /// Its type is none.
    UnknownType(&'a str),
    /// Its type is in capitals.
    UpperCaseType(&'a str),
    /// It has `data` and an `upload_id`.
    DataAndUpload,
    /// It has neither `data` nor an `upload_id`.
    NoContent,
    /// It has a `url`, which is no key of a blob.
    Url,
}

/// What is wrong with the value of a field of the unique key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// There is none.
    Missing,
    /// It is null.
    Null,
    /// It is an empty text.
    Empty,
    /// It is longer than the bound: how many characters it has.
    TooLong(usize),
}

/// How many characters a value of a unique key may have.
pub const LONGEST_KEY: usize = 255;

/// What names the bucket of an object, or its schema, beside the fields.
const IDENTITY: [&str; 3] = ["bucket_id", "bucket_name", "$schema"];

impl Breach<'_> {
    /// Whether the value is a bare `yes` or `no` of YAML where a boolean belongs, which may be one. `text` is that of its file.
    pub fn may_be_boolean(&self, text: &str) -> bool {
        matches!(&self.problem, Problem::WrongType(place, value) if place.field.kind.name() == "boolean" && value.is_bare_word(text))
    }
}

/// What an object is held against.
#[derive(Debug, Clone, Copy)]
pub struct Rulebook<'a> {
    /// The bucket.
    pub bucket: &'a Bucket,
    /// Whether a text stands for something that is filled in later, so that nothing can be said of it.
    pub is_placeholder: fn(&str) -> bool,
}

/// All that does not conform in an object, in no particular order. Nothing, where the bucket has no schema here.
pub fn breaches<'a>(object: &'a Value, rulebook: Rulebook<'a>) -> Vec<Breach<'a>> {
    let Some(schema) = rulebook.bucket.schema.as_ref().filter(|schema| !schema.is_open) else { return Vec::new() };
    let mut conform = Conform { schema, rulebook, found: Vec::new() };
    conform.object(object);
    conform.found
}

struct Conform<'a> {
    schema: &'a Schema,
    rulebook: Rulebook<'a>,
    found: Vec<Breach<'a>>,
}

impl<'a> Conform<'a> {
    fn add(&mut self, span: Span, problem: Problem<'a>) {
        self.found.push(Breach { span, problem });
    }

    fn object(&mut self, object: &'a Value) {
        let blobs = blobs::Blobs::of(object, self.rulebook.is_placeholder);
        self.root_keys(object);
        let key = self.rulebook.bucket.unique_key.as_ref();
        let is_key = |name: &str| key.is_some_and(|key| key.fields.iter().any(|field| field.value == name));
        let (members, schema) = (values::members(object), self.schema);
        let envelope = members.get("metadata").filter(|_| schema.fields.get("metadata").is_none());
        for field in schema.fields.iter() {
            let path = Path { parent: None, step: Step::Name(&field.name) };
            match members.get(field.name.as_str()) {
                Some(value) => self.value(path, field, value),
                // The unique key has findings of its own.
                None if !field.is_required() || is_key(&field.name) || blobs.may_give(field) => {}
                // It is there, in the wrong place, which is a finding of its own.
                None if envelope.is_some_and(|envelope| envelope.get(&field.name).is_some()) => {}
                None => self.missing(field.name.to_string(), field, object.span),
            }
        }
        self.blobs(&blobs);
        self.unique_key(object, &blobs);
    }

    /// The keys at the root that are neither fields nor keys of the body.
    fn root_keys(&mut self, object: &'a Value) {
        let fields = &self.schema.fields;
        // An answer has keys of the service beside the fields.
        let is_answer = object.get("object_id").is_some();
        for entry in object.entries() {
            let name = entry.key.value.as_str();
            let is_own = matches!(reserved(name), Some(Reserved::ObjectKey | Reserved::ObjectState));
            if is_own || IDENTITY.contains(&name) || fields.get(name).is_some() {
                continue;
            }
            if name == "auto_process" {
                self.add(entry.key.span, Problem::QueryFlag);
            } else if self.schema.is_damaged || is_answer || (self.rulebook.is_placeholder)(name) {
                continue;
            } else if name == "metadata" {
                // With no value for the schema in it, it may be a custom field of that name, which the service takes.
                let inside = entry.value.entries().iter().filter(|inner| inner.value.data != Data::Null);
                let inside = inside.map(|inner| inner.key.value.as_str());
                let declared: Vec<&str> = inside.filter(|name| fields.get(name).is_some()).collect();
                if !declared.is_empty() {
                    self.add(entry.key.span, Problem::Envelope { declared });
                }
            } else {
                self.add(entry.key.span, Problem::Undeclared { path: name.to_owned(), name, among: fields, parent: None });
            }
        }
    }

    fn unique_key(&mut self, object: &'a Value, blobs: &blobs::Blobs<'a>) {
        let Some(key) = &self.rulebook.bucket.unique_key else { return };
        for name in &key.fields {
            // What the key names has to be a field; where it is none, the bucket is wrong and not the object.
            let Some(field) = self.schema.fields.get(&name.value) else { continue };
            let value = object.get(&name.value).or_else(|| blobs.metadata(&name.value));
            let fault = match value {
                None if blobs.may_give(field) || has_default(field) => None,
                None => Some((start(object.span), KeyFault::Missing)),
                Some(value) => key::fault(value, self.rulebook.is_placeholder).map(|fault| (value.span, fault)),
            };
            if let Some((span, fault)) = fault {
                self.add(span, Problem::UniqueKey(name, fault));
            }
        }
    }

    fn missing(&mut self, path: String, field: &'a Field, object: Span) {
        if !has_default(field) {
            self.add(start(object), Problem::Missing(Place { path, field }));
        }
    }
}

/// A default stands in for what is missing.
fn has_default(field: &Field) -> bool {
    field.declaration.as_ref().is_some_and(|declaration| declaration.default().is_some())
}

/// The first byte of an object: what it lacks is missing there.
fn start(object: Span) -> Span {
    Span::new(object.file, object.start..object.end.min(object.start + 1))
}
