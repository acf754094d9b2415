//! The names of field types: those that are, those that were, and those that look like one.

use super::FieldType;
use crate::path::is_placeholder;
use crate::suggest;

/// All types, those of metadata first, then those of files, as API 0.82 has them.
pub const ALL: [&str; 15] = [
    "string", "number", "integer", "float", "boolean", "object", "array", "date", "datetime", "text", "image", "audio", "video",
    "pdf", "excel",
];

/// The types of files: what has them arrives as a blob.
const FILES: [&str; 6] = ["text", "image", "audio", "video", "pdf", "excel"];

/// A name that people take for a field type.
#[derive(Debug)]
pub struct LookAlike {
    /// The name.
    pub name: &'static str,
    /// What it is instead.
    pub is: Kin,
    /// The types that are perhaps meant, the likeliest first.
    pub meant: &'static [&'static str],
}

/// What a name is that is no field type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kin {
    /// It was a field type until December 2025.
    Gone,
    /// It is a type of payload indexes.
    PayloadIndex,
    /// It is a type of the inputs of retrievers.
    RetrieverInput,
    /// It comes from other languages, or from pages that were never true.
    Stranger,
}

const fn gone(name: &'static str, meant: &'static [&'static str]) -> LookAlike {
    LookAlike { name, is: Kin::Gone, meant }
}

const fn index(name: &'static str, meant: &'static [&'static str]) -> LookAlike {
    LookAlike { name, is: Kin::PayloadIndex, meant }
}

const fn stranger(name: &'static str, meant: &'static [&'static str]) -> LookAlike {
    LookAlike { name, is: Kin::Stranger, meant }
}

/// The types that are gone are those of the API descriptions published from April to November 2025; the first description
/// without them is that of 2025-12-12. Types of payload indexes and of retriever inputs are those of API 0.82.
static LOOK_ALIKES: [LookAlike; 28] = [
    gone("json", &["object"]),
    gone("document", &["pdf", "text"]),
    gone("spreadsheet", &["excel"]),
    gone("presentation", &["pdf"]),
    gone("dense_vector", &["array"]),
    gone("sparse_vector", &["array"]),
    gone("int8_vector", &["array"]),
    gone("file", &["pdf", "text", "image", "video", "audio", "excel"]),
    gone("automatic", &["image", "video", "text", "pdf", "audio"]),
    index("keyword", &["string"]),
    index("uuid", &["string"]),
    index("geo", &["object", "array"]),
    index("bool", &["boolean"]),
    LookAlike { name: "document_reference", is: Kin::RetrieverInput, meant: &["string"] },
    stranger("url", &["string", "text"]),
    stranger("binary", &["pdf", "image"]),
    stranger("gif", &["image", "video"]),
    stranger("str", &["string"]),
    stranger("int", &["integer"]),
    stranger("double", &["float"]),
    stranger("timestamp", &["datetime"]),
    stranger("list", &["array"]),
    stranger("dict", &["object"]),
    stranger("null", &[]),
    stranger("photo", &["image"]),
    stranger("xlsx", &["excel"]),
    stranger("csv", &["excel", "text"]),
    stranger("markdown", &["text"]),
];

/// What is wrong with the name of a type.
#[derive(Debug)]
pub enum Misnamed {
    /// It is this type, in other letters.
    LetterCase(&'static str),
    /// It is known to be none.
    LookAlike(&'static LookAlike),
    /// It is nothing that is known; this type has nearly the name.
    Unknown(Option<&'static str>),
}

/// What is wrong with the name of a type, if it is none. Nothing is said of one that is filled in later, and of one in capitals
/// alone: that is how the API once spelt its types.
pub fn misnamed(name: &str) -> Option<Misnamed> {
    if let Some(kind) = ALL.into_iter().find(|kind| kind.eq_ignore_ascii_case(name)) {
        let is_shouted = !name.contains(|letter: char| letter.is_ascii_lowercase());
        return (name != kind && !is_shouted).then_some(Misnamed::LetterCase(kind));
    }
    if let Some(known) = LOOK_ALIKES.iter().find(|known| known.name.eq_ignore_ascii_case(name)) {
        return Some(Misnamed::LookAlike(known));
    }
    (!is_placeholder(name)).then(|| Misnamed::Unknown(suggest::nearest(name, ALL)))
}

impl FieldType {
    /// Whether it is a type of files.
    pub fn is_file(&self) -> bool {
        matches!(self, FieldType::Scalar(name) if FILES.contains(name))
    }

    /// Whether it is one of the types that there are.
    pub fn is_known(&self) -> bool {
        !matches!(self, FieldType::Unknown(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_suggested_is_a_type_and_what_looks_like_one_is_none() {
        for known in &LOOK_ALIKES {
            assert!(!ALL.contains(&known.name) && known.meant.iter().all(|meant| ALL.contains(meant)), "{}", known.name);
        }
        assert!(ALL.iter().all(|name| FieldType::parse(name).is_known()));
        assert!(FILES.iter().all(|name| FieldType::parse(name).is_file()));
    }
}
