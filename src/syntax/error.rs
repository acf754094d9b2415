//! What can be wrong with a text, as facts; the words are in the rule `syntax-error`.

use std::ops::Range;

/// Something wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub problem: Problem,
    /// The bytes that are wrong; empty where something is missing.
    pub range: Range<u32>,
    /// The bracket or quote that the problem began with.
    pub opener: Option<Range<u32>>,
}

impl SyntaxError {
    /// A problem without an opener.
    pub fn new(problem: Problem, range: Range<u32>) -> SyntaxError {
        SyntaxError { problem, range, opener: None }
    }
}

/// The kinds of syntax errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A comment in strict JSON.
    Comment,
    /// A comma before a closing bracket, in strict JSON.
    TrailingComma,
    /// Two values without a comma between them.
    MissingComma,
    /// A key without a colon after it.
    MissingColon,
    /// No value where one must be.
    MissingValue,
    /// No key where one must be.
    MissingKey,
    /// A key without quotes, in JSON.
    UnquotedKey,
    /// A string in single quotes, in JSON.
    SingleQuotes,
    /// A bare word that is none of true, false and null.
    UnknownWord,
    /// Something that begins like a number and is none.
    BadNumber,
    /// A backslash and something that is no escape.
    BadEscape,
    /// A raw control character in a string.
    ControlCharacter,
    /// A double quote inside a string in double quotes, without a backslash.
    UnescapedQuote,
    /// A string that its line or the file ends.
    UnclosedString,
    /// A comment that the file ends.
    UnclosedComment,
    /// An object or a list that the file ends.
    Unclosed,
    /// A closing bracket of the other kind than the one that is open.
    MismatchedClose,
    /// A closing bracket where nothing is open.
    UnexpectedClose,
    /// Three dots that stand for something left out, in JSON.
    Placeholder,
    /// A character that cannot stand here.
    UnexpectedCharacter,
    /// Text after the end of the document.
    TrailingContent,
    /// No document at all.
    Empty,
    /// Nested deeper than the bound.
    TooDeep,
    /// More values than the bound.
    TooManyValues,
    /// An alias whose anchor does not come before it.
    UnknownAlias,
    /// An alias inside the value that it stands for.
    RecursiveAlias,
    /// Aliases that stand for more values than the bound.
    AliasesTooLarge,
    /// A merge key whose value is no object.
    BadMerge,
    /// A line of brackets, or of a string in quotes, that is not indented more than its key. YAML 1.2 refuses it, and the readers
    /// of Python and others take it.
    LooseIndentation,
    /// What the YAML parser says of anything else.
    Yaml(String),
    /// Bytes that are not UTF-8.
    InvalidUtf8,
    /// A file in UTF-16.
    Utf16,
}

impl Problem {
    /// Whether something around the place may have been read otherwise than it was meant.
    pub fn loses_text(&self) -> bool {
        !self.is_relaxed() && *self != Problem::LooseIndentation
    }

    /// Whether a reader of relaxed JSON takes this as it is meant.
    pub fn is_relaxed(&self) -> bool {
        matches!(self, Problem::Comment | Problem::TrailingComma)
    }
}
