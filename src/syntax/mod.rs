//! Trees with a span on every key and value, the same for JSON and YAML. Nothing here knows what a bucket is.

mod error;
mod json;
mod node;
mod place;
mod tree;
mod yaml;

use std::ops::Range;

use crate::text::SourceFile;

pub use error::{Problem, SyntaxError};
pub use node::{Member, Node, Roots};
pub use place::{Places, Step, seen_at};
pub use tree::{Kind, Tree};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Strict JSON; comments and trailing commas are read, and noted.
    Json,
    /// JSON in which comments and trailing commas are meant.
    Jsonc,
    /// One JSON document a line.
    JsonLines,
    /// YAML 1.2, any number of documents.
    Yaml,
}

impl Format {
    /// The format that a file's name tells by its ending, if it tells one.
    pub fn from_path(path: &str) -> Option<Format> {
        let (_, ending) = path.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "json" => Format::Json,
            "jsonc" => Format::Jsonc,
            "jsonl" | "ndjson" => Format::JsonLines,
            "yaml" | "yml" => Format::Yaml,
            _ => return None,
        })
    }

    /// The format of a file: by its name, else by its content.
    pub fn of(file: &SourceFile) -> Format {
        Format::from_path(&file.path).unwrap_or_else(|| Format::from_content(file.text()))
    }

    /// The format of a file whose name does not tell: JSON when it begins like an object or a list, else YAML.
    pub fn from_content(text: &str) -> Format {
        match text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']) {
            true => Format::Json,
            false => Format::Yaml,
        }
    }
}

/// The bounds of what is read; past them there is an error, and the rest of the file is left out.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How deep objects and lists may be nested.
    pub depth: usize,
    /// How many values a file may hold.
    pub values: usize,
    /// How many values aliases may stand for, in one file.
    pub aliased: usize,
    /// How many errors of one file are kept.
    pub errors: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { depth: 128, values: 1 << 24, aliased: 1 << 20, errors: 100 }
    }
}

/// What a text holds: always as much of a tree as the text allows.
#[derive(Debug)]
pub struct Parse {
    /// The documents, in order.
    pub tree: Tree,
    /// What is wrong with the text, in the order of the places.
    pub errors: Vec<SyntaxError>,
    /// How many more errors there are than `errors` holds.
    pub more_errors: usize,
}

/// Reads a text.
pub fn parse(file: &SourceFile, format: Format) -> Parse {
    parse_within(file, format, Limits::default())
}

/// Reads a text within other bounds than the usual ones.
pub fn parse_within(file: &SourceFile, format: Format, limits: Limits) -> Parse {
    read(file, format, limits, Tree::default())
}

/// Reads a text into the room that another tree has taken, which is no longer needed: of many files most take about as much, and
/// memory that was just used is at hand.
pub fn parse_into(room: Tree, file: &SourceFile, format: Format) -> Parse {
    read(file, format, Limits::default(), room)
}

fn read(file: &SourceFile, format: Format, limits: Limits, room: Tree) -> Parse {
    let text = file.text();
    let mut errors: Vec<SyntaxError> = Vec::new();
    let utf16 = file.undecodable().first().is_some_and(|first| *first == (0..2)) && text[2..].contains('\0');
    if utf16 {
        errors.push(SyntaxError::new(Problem::Utf16, 0..2));
        return Parse { tree: Tree::default(), errors, more_errors: 0 };
    }
    errors.extend(file.undecodable().iter().map(|range| SyntaxError::new(Problem::InvalidUtf8, range.clone())));
    let (tree, found) = match format {
        Format::Json | Format::Jsonc => json::read(text, 0..text.len(), limits, room),
        Format::JsonLines => json::read_lines(text, limits, room),
        Format::Yaml => yaml::read(text, limits, room),
    };
    errors.extend(found.into_iter().filter(|error| format != Format::Jsonc || !error.problem.is_relaxed()));
    errors.sort_by_key(|error| (error.range.start, error.range.end));
    let more_errors = errors.len().saturating_sub(limits.errors);
    errors.truncate(limits.errors);
    Parse { tree, errors, more_errors }
}

/// The comments of a text in a format that has some: the bytes of each, in order. In YAML, those before the first error.
pub fn comments(text: &str, format: Format) -> Vec<Range<u32>> {
    match format {
        Format::Yaml => yaml::comments(text),
        Format::Jsonc => json::comments(text),
        Format::Json | Format::JsonLines => Vec::new(),
    }
}

/// A key that an object has twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The key.
    pub key: String,
    /// The bytes of the key where it stands first.
    pub first: Range<u32>,
    /// The bytes of the key where it stands again.
    pub again: Range<u32>,
}
