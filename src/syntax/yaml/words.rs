//! What the errors of the YAML parser mean, in our words.

use std::ops::Range;

use granit_parser::ErrorKind;

use super::events::Fault;
use super::lexer::{Lexer, Token};
use super::lines::Line;
use crate::syntax::Problem;

const TAB: &str = "a tab where only spaces may indent";
const MISALIGNED: &str = "indented unlike the lines that it belongs to";
const AFTER_VALUE: &str = "text after the end of the value";

/// What is wrong at `at`, and the bytes of it.
pub(super) fn problem(text: &str, fault: &Fault, at: usize) -> (Problem, Range<usize>) {
    let line = Line::at(text, at);
    let token = token_at(text, &line, at);
    if let Some(escape) = bad_escape(text, &fault.kind, at) {
        return (Problem::BadEscape, escape);
    }
    let indentation = &text[line.range.start..line.first];
    if is_about_tabs(&fault.kind) && indentation.contains('\t') {
        let tab = indentation.find('\t').map_or(line.first, |tab| line.range.start + tab);
        return (Problem::Yaml(TAB.to_owned()), tab..tab + 1);
    }
    let problem = of_kind(text, &fault.kind, &line, at);
    let range = if problem == Problem::MissingColon { at..text[..line.range.end].trim_ascii_end().len().max(at) } else { token };
    (problem, range)
}

pub(super) fn is_about_tabs(kind: &ErrorKind) -> bool {
    use ErrorKind::{TabAtBlockScalarStart, TabInBlockIndentation, TabInIndentation, TabInPlainScalar, TabNotAllowed};
    matches!(kind, TabAtBlockScalarStart | TabInBlockIndentation | TabInIndentation | TabInPlainScalar | TabNotAllowed)
}

/// Whether the parser misses the end of a string in quotes.
pub(super) fn is_about_quotes(kind: &ErrorKind) -> bool {
    use ErrorKind::{DocumentIndicatorInQuotedScalar, InvalidQuotedScalarIndent, TabInIndentation, UnclosedQuotedScalar};
    matches!(kind, DocumentIndicatorInQuotedScalar | InvalidQuotedScalarIndent | TabInIndentation | UnclosedQuotedScalar)
}

fn of_kind(text: &str, kind: &ErrorKind, line: &Line, at: usize) -> Problem {
    use ErrorKind as Is;
    let begins_line = at <= line.content;
    let is_key_colon = line.colon == Some(at);
    let words = match kind {
        Is::UnexpectedCharacter { character: character @ ('@' | '`' | '%') } => {
            return Problem::Yaml(format!("a value cannot begin with '{character}' unless it is in quotes"));
        }
        Is::UnexpectedCharacter { .. } => return Problem::UnexpectedCharacter,
        Is::SimpleKeyExpected | Is::InvalidSimpleKey => return Problem::MissingColon,
        Is::UnclosedQuotedScalar | Is::DocumentIndicatorInQuotedScalar => return Problem::UnclosedString,
        Is::UnclosedFlowCollection { .. } => return Problem::Unclosed,
        Is::MismatchedFlowCollectionEnd { .. } => return Problem::MismatchedClose,
        Is::MisplacedFlowCollectionEnd => return Problem::UnexpectedClose,
        Is::ExpectedFlowSequenceSeparator | Is::ExpectedFlowMappingSeparator => return Problem::MissingComma,
        Is::RecursionLimitExceeded => return Problem::TooDeep,
        Is::UnexpectedEofImplicitFlowMapping | Is::UnexpectedEofFlowSequence | Is::UnexpectedEofFlowMapping => {
            "no value between two commas"
        }
        Is::MappingValueNotAllowed | Is::InvalidColonPlacement | Is::FlowMappingValueAdjacentCollection if is_key_colon => {
            "a key where none can stand: indented unlike the keys around it"
        }
        Is::MappingValueNotAllowed if line.colon.is_none() && begins_line => return Problem::MissingColon,
        Is::MappingValueNotAllowed => "a colon and a space inside a value that is not in quotes",
        Is::InvalidColonPlacement | Is::FlowMappingValueAdjacentCollection => "a colon that cannot stand here",
        Is::InvalidMappingValueWhitespace => "a colon without a space after it",
        Is::ExpectedBlockMappingKey | Is::ExpectedBlockSequenceEntry | Is::ExpectedDocumentStart
            if text[at..].starts_with('&') =>
        {
            "a second anchor on one value"
        }
        Is::ExpectedBlockMappingKey if text.as_bytes().get(at.saturating_sub(2)) == Some(&b'-') && line.dash.is_some() => {
            "a list item where a key is expected"
        }
        Is::ExpectedBlockMappingKey | Is::ExpectedBlockSequenceEntry if !begins_line => AFTER_VALUE,
        Is::ExpectedBlockMappingKey => MISALIGNED,
        Is::ExpectedBlockSequenceEntry if line.dash.is_some() => MISALIGNED,
        Is::ExpectedBlockSequenceEntry => "no dash where a list item is expected",
        Is::InvalidIndentation | Is::InvalidFlowScalarIndent => "indented too little",
        Is::InvalidQuotedScalarIndent => "a line of a string that is not indented more than its key",
        Is::InvalidTrailingSingleQuotedScalar | Is::InvalidTrailingDoubleQuotedScalar => "text after the closing quote",
        Is::MissingDocumentEndBeforeDirective => "a line that begins with '%'",
        Is::ExpectedDocumentStart if text[line.first..].starts_with('%') => "a line that begins with '%'",
        Is::ExpectedDocumentStart => AFTER_VALUE,
        Is::InvalidDocumentEnd => "text after the end of the document",
        Is::TabAtBlockScalarStart | Is::TabInBlockIndentation | Is::TabInIndentation => TAB,
        Is::TabInPlainScalar | Is::TabNotAllowed => TAB,
        Is::MissingAnchorOrAliasName => "a '&' or '*' without a name after it",
        Is::UndeclaredTagHandle => "a tag whose handle is not declared",
        Is::UnclosedVerbatimTag => "a tag without its closing '>'",
        Is::ExpectedTagBang | Is::InvalidTagTerminator | Is::MissingTagUri | Is::InvalidGlobalTagCharacter => "not a tag",
        Is::InvalidTagEscape | Is::InvalidTagUtf8 | Is::InvalidTagUtf8LeadingByte | Is::InvalidTagUtf8TrailingByte => {
            "a tag with an escape that is none"
        }
        Is::BlockSequenceEntryNotAllowed => "a list item on the line of its key",
        Is::BlockEntryInFlowCollection => "a dash inside brackets",
        Is::InvalidBlockEntryWhitespace => "a dash without a space after it",
        Is::PlainScalarStartsWithDashFlowIndicator => "a dash before a bracket or comma",
        Is::MappingKeyNotAllowed => "a key where none can stand",
        Is::InvalidBlockScalarHeader | Is::ZeroBlockScalarIndent => "text after '|' or '>', where only a line break may come",
        Is::InvalidBlockScalarIndent => "a blank line before the text that is indented more than the text",
        Is::CommentInterceptedScalar => "a comment inside a value of several lines",
        Is::CommentNotSeparated => "a comment without a space before its '#'",
        Is::ExpectedWhitespace => "no space where one must be",
        Is::BomInsideDocument => "a byte order mark that is not at the start",
        other => return Problem::Yaml(plain_words(&other.to_string())),
    };
    Problem::Yaml(words.to_owned())
}

/// The parser's own words, without where it was.
fn plain_words(words: &str) -> String {
    let clause = words.strip_prefix("while ").and_then(|rest| rest.split_once(", ")).map_or(words, |(_, clause)| clause);
    clause.trim_end_matches('.').to_lowercase()
}

/// The word or sign at `at`; nothing at the end of the line.
fn token_at(text: &str, line: &Line, at: usize) -> Range<usize> {
    let rest = text.get(at..line.range.end).unwrap_or_default();
    let word = rest.split([' ', '\t', ',']).next().unwrap_or_default().len();
    let length = match rest.bytes().next() {
        Some(b':' | b',' | b'[' | b']' | b'{' | b'}') => 1,
        _ => word.max(rest.chars().next().map_or(0, char::len_utf8)),
    };
    at..at + length
}

/// The escape that the string in quotes at `at` should not have.
fn bad_escape(text: &str, kind: &ErrorKind, at: usize) -> Option<Range<usize>> {
    use ErrorKind as Is;
    let is_about_escapes = matches!(
        kind,
        Is::UnknownQuotedScalarEscape
            | Is::InvalidQuotedScalarHexEscape
            | Is::InvalidLowSurrogateHexEscape
            | Is::InvalidLowSurrogate
            | Is::MissingLowSurrogate
            | Is::UnpairedLowSurrogate
            | Is::InvalidUnicodeEscape
    );
    if !is_about_escapes {
        return None;
    }
    let Some(Token::Quoted { range, .. }) = Lexer::new(text, at, text.len(), 0).next() else { return Some(at..at) };
    let mut rest = at;
    while let Some(escape) = text[rest..range.end].find('\\').map(|found| rest + found) {
        let sign = text[escape + 1..range.end].chars().next()?;
        let digits = match sign {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let end = escape + 1 + sign.len_utf8();
        let value: String = text[end..range.end].chars().take(digits).take_while(char::is_ascii_hexdigit).collect();
        let is_character = || u32::from_str_radix(&value, 16).ok().and_then(char::from_u32).is_some();
        let is_known = "0abtnvfre \"/\\N_LPxuU\t\n\r".contains(sign);
        if !is_known || value.len() < digits || (digits > 0 && !is_character()) {
            return Some(escape..end + value.len());
        }
        rest = end;
    }
    Some(range)
}
