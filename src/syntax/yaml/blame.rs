//! What a fault is to be blamed on, and the smallest part of the text to blank for it.

use std::ops::Range;

use granit_parser::ErrorKind;

use super::events::Fault;
use super::lexer::{Lexer, Match, Token, match_bracket};
use super::lines::Line;
use super::words;
use crate::syntax::{Problem, SyntaxError};

/// A fault, explained.
#[derive(Debug)]
pub(super) struct Blame {
    pub(super) error: SyntaxError,
    /// A byte of the line that is to be mended.
    pub(super) at: usize,
    pub(super) remedy: Remedy,
    /// The whole of what stands in brackets around the fault.
    pub(super) flow: Option<Range<usize>>,
}

/// What to do about a fault.
#[derive(Debug)]
pub(super) enum Remedy {
    /// Blank a value, but keep in mind that there is one.
    Value(Range<usize>),
    /// Blank a key and its value, or an item, or whatever it is.
    Entry(Range<usize>),
    /// Make one line of several.
    Join(Vec<Range<usize>>),
}

/// Explains a fault that the parser met in `text`.
pub(super) fn blame(text: &str, fault: &Fault) -> Blame {
    let at = locate(text, fault);
    let brackets = open_brackets(text, fault, at);
    if let Some(quote) = open_quote(text, fault, at, brackets.len()) {
        return unfinished_string(text, quote, brackets.first().copied());
    }
    let opens_here = matches!(text.as_bytes().get(at), Some(b'[' | b'{')) && is_about_brackets(&fault.kind);
    let outermost = brackets.first().copied().or(opens_here.then_some(at));
    outermost.and_then(|opener| in_brackets(text, fault, at, opener)).unwrap_or_else(|| in_block(text, fault, at))
}

fn is_about_brackets(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::MismatchedFlowCollectionEnd { .. }
            | ErrorKind::RecursionLimitExceeded
            | ErrorKind::InvalidSimpleKey
            | ErrorKind::SimpleKeyExpected
    )
}

fn error(problem: Problem, range: Range<usize>) -> SyntaxError {
    SyntaxError::new(problem, range.start as u32..range.end as u32)
}

/// The place of the fault, where the parser names another one.
fn locate(text: &str, fault: &Fault) -> usize {
    let line = Line::at(text, fault.at);
    let is_tabbed = |line: &Line| text[line.range.start..line.first].contains('\t');
    let moved = match fault.kind {
        ErrorKind::TabInPlainScalar => lines_after(text, &line).find(is_tabbed).map(|line| line.content),
        ErrorKind::ExpectedDocumentStart => {
            lines_before(text, &line).find(|line| text[line.first..].starts_with('%')).map(|line| line.first)
        }
        ErrorKind::MappingValueNotAllowed if line.colon == Some(fault.at) => {
            // A key without a space after its colon makes one value of itself and the next key.
            let joins = |before: &Line| before.width == line.width && !before.is_entry() && !before.is_marker(text);
            lines_before(text, &line).take_while(joins).last().map(|line| line.content)
        }
        _ => None,
    };
    let at = moved.unwrap_or(fault.at);
    let line = Line::at(text, at);
    let has_ended = line.first == line.range.end;
    let end = if has_ended { line.previous(text).map(|line| line.range.end) } else { None };
    end.and_then(|end| text[..end].trim_ascii_end().char_indices().next_back()).map_or(at, |(last, _)| last)
}

fn lines_after<'t>(text: &'t str, line: &Line) -> impl Iterator<Item = Line> + 't {
    std::iter::successors(line.next(text), |line| line.next(text))
}

fn lines_before<'t>(text: &'t str, line: &Line) -> impl Iterator<Item = Line> + 't {
    std::iter::successors(line.previous(text), |line| line.previous(text))
}

/// The brackets that are open at `at`: what the parser told of, and what it had not told of yet.
fn open_brackets(text: &str, fault: &Fault, at: usize) -> Vec<usize> {
    let mut open = fault.brackets.clone();
    for token in Lexer::new(text, fault.read, at.max(fault.read), open.len()) {
        match token {
            Token::Open(at) => open.push(at),
            Token::Close(_) => {
                open.pop();
            }
            _ => {}
        }
    }
    open
}

/// The quote of the string that has no end, or ends at the first quote of another one.
fn open_quote(text: &str, fault: &Fault, at: usize, depth: usize) -> Option<usize> {
    if fault.kind == ErrorKind::UnclosedQuotedScalar && matches!(text.as_bytes().get(at), Some(b'"' | b'\'')) {
        return Some(at);
    }
    let (mut last, mut quote) = (None, None);
    for token in Lexer::new(text, fault.read, at.max(fault.read), depth) {
        if let Token::Quoted { range, is_closed } = &token {
            quote = (!is_closed).then_some(range.start);
        }
        last = Some(token);
    }
    if words::is_about_quotes(&fault.kind) || fault.kind == ErrorKind::InvalidIndentation {
        return quote;
    }
    let follows_string =
        matches!(fault.kind, ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar);
    match last {
        Some(Token::Quoted { range, is_closed: true }) if follows_string && text.as_bytes().get(at) != Some(&b':') => {
            text[range.clone()].contains(['\n', '\r']).then_some(range.start)
        }
        _ => None,
    }
}

/// How far lines must be indented to belong to the value at `at` of `line`.
fn value_width(line: &Line, at: usize) -> usize {
    match (line.colon, line.dash) {
        (Some(colon), _) if colon < at => line.column(line.content) + 1,
        (_, Some(dash)) if dash < at => line.column(dash) + 1,
        _ => line.width,
    }
}

fn unfinished_string(text: &str, quote: usize, outermost: Option<usize>) -> Blame {
    let line = Line::at(text, quote);
    if let Some(end) = outdented_string_end(text, quote, &line) {
        let problem = Problem::Yaml("a line of a string that is not indented more than its key".to_owned());
        return Blame { error: error(problem, quote..end), at: quote, remedy: Remedy::Value(quote..end), flow: None };
    }
    let line_end = text[..line.range.end].trim_ascii_end().len();
    let flow = outermost.map(|opener| opener..flow_end(text, opener));
    let goes_on = flow.as_ref().is_some_and(|flow| flow.end > line.range.end);
    let value = match &flow {
        Some(_) if goes_on => quote..without_comma(text, quote..line_end).end,
        Some(flow) => flow.clone(),
        None if line.content == quote && line.dash.is_none() => quote..line.block_end(text, line.width + 1),
        None => quote..line.block_end(text, value_width(&line, quote)),
    };
    Blame { error: error(Problem::UnclosedString, quote..line_end), at: quote, remedy: Remedy::Value(value), flow }
}

/// The end of the string at `quote`, when it has one and only its lines are indented too little.
fn outdented_string_end(text: &str, quote: usize, line: &Line) -> Option<usize> {
    let Token::Quoted { range, is_closed: true } = Lexer::new(text, quote, text.len(), 0).next()? else { return None };
    let rest = text[range.end..].lines().next().unwrap_or_default().trim_start();
    let ends_well = rest.is_empty() || rest.starts_with(['#', ',', ']', '}']);
    let is_inside = |line: &Line| line.range.start < range.end;
    let is_text = lines_after(text, line).take_while(is_inside).all(|line| !line.is_entry() && !line.is_marker(text));
    (ends_well && is_text).then_some(range.end)
}

/// A line in brackets without the comma at its end, so that the next line can stay.
fn without_comma(text: &str, range: Range<usize>) -> Range<usize> {
    let kept = text[range.clone()].strip_suffix(',').map_or(range.len(), str::len);
    range.start..range.start + kept
}

/// The end of what can belong to the bracket at `opener`.
fn flow_end(text: &str, opener: usize) -> usize {
    let line = Line::at(text, opener);
    let width = value_width(&line, opener);
    line.block_end_where(text, |line| line.width >= width || !line.is_entry())
}

/// A fault inside the bracket at `outermost`; nothing when the bracket is closed before it.
fn in_brackets(text: &str, fault: &Fault, at: usize, outermost: usize) -> Option<Blame> {
    let flow = outermost..flow_end(text, outermost);
    let (error, at, remedy) = match match_bracket(text, outermost, flow.end) {
        Match::Closed(end) if at >= end => return None,
        Match::Closed(end) if fault.kind == ErrorKind::InvalidIndentation => {
            let opener = Some(outermost as u32..outermost as u32 + 1);
            let (_, range) = words::problem(text, fault, at);
            let error = SyntaxError { opener, ..error(Problem::LooseIndentation, range) };
            (error, at, Remedy::Join(line_breaks(text, outermost, end)))
        }
        Match::Closed(end) => {
            let (problem, range) = words::problem(text, fault, at);
            (error(problem, range), at, Remedy::Value(part_of_flow(text, at, outermost..end)))
        }
        Match::Mismatched { open, close } => mismatched(text, open, close, &flow),
        Match::Unclosed { open } => (error(Problem::Unclosed, open..open + 1), open, Remedy::Value(flow.clone())),
        Match::UnclosedString { .. } => {
            let (problem, range) = words::problem(text, fault, at);
            (error(problem, range), at, Remedy::Value(flow.clone()))
        }
    };
    Some(Blame { error, at, remedy, flow: Some(flow) })
}

fn mismatched(text: &str, open: usize, close: usize, flow: &Range<usize>) -> (SyntaxError, usize, Remedy) {
    let line = Line::at(text, open);
    if close < line.range.end {
        let opener = Some(open as u32..open as u32 + 1);
        let error = SyntaxError { opener, ..error(Problem::MismatchedClose, close..close + 1) };
        return (error, open, Remedy::Value(open..close + 1));
    }
    let line_end = text[..line.range.end].trim_ascii_end().len();
    let value = if open == flow.start { flow.clone() } else { without_comma(text, open..line_end) };
    (error(Problem::Unclosed, open..open + 1), open, Remedy::Value(value))
}

/// The line breaks in brackets, with the comments before and the indentation after them.
fn line_breaks(text: &str, from: usize, to: usize) -> Vec<Range<usize>> {
    let mut before = from;
    let mut breaks = Vec::new();
    for token in Lexer::new(text, from, to, 0) {
        let range = token.range();
        if text[before..range.start].contains(['\n', '\r']) {
            breaks.push(before..range.start);
        }
        before = range.end;
    }
    breaks
}

/// The item, or the value, of the brackets in `flow` that holds the byte at `at`.
fn part_of_flow(text: &str, at: usize, flow: Range<usize>) -> Range<usize> {
    // Of each open bracket: where the part of it begins that is being looked at.
    let mut starts: Vec<usize> = Vec::new();
    let mut depth = None;
    for token in Lexer::new(text, flow.start, flow.end, 0) {
        if depth.is_none() && token.range().start >= at {
            depth = Some(starts.len());
        }
        let is_beside = depth == Some(starts.len());
        match token {
            Token::Open(open) => starts.push(open + 1),
            Token::Close(close) if is_beside => return last_start(&starts, &flow)..close,
            Token::Close(_) => {
                starts.pop();
            }
            Token::Separator(comma) if is_beside && text.as_bytes()[comma] == b',' => {
                return last_start(&starts, &flow)..comma;
            }
            Token::Separator(separator) if depth.is_none() => {
                if let Some(start) = starts.last_mut() {
                    *start = separator + 1;
                }
            }
            _ => {}
        }
    }
    flow
}

fn last_start(starts: &[usize], flow: &Range<usize>) -> usize {
    starts.last().copied().unwrap_or(flow.start)
}

/// A fault outside of all brackets.
fn in_block(text: &str, fault: &Fault, at: usize) -> Blame {
    let line = Line::at(text, at);
    if let Some(blame) = misplaced_before(text, fault, at, &line) {
        return blame;
    }
    let (problem, range) = words::problem(text, fault, tabbed_text(text, fault, &line).unwrap_or(at));
    let header = match fault.kind {
        ErrorKind::InvalidBlockScalarIndent => line.previous(text),
        _ => None,
    };
    let (line, at) = header.map_or((line, at), |line| (line.clone(), line.range.end));
    let remedy = match (line.colon, line.dash) {
        (Some(colon), _) if at > colon => Remedy::Value(colon + 1..line.block_end(text, line.column(line.content) + 1)),
        (_, Some(dash)) if at >= line.content => Remedy::Value(line.content..line.block_end(text, line.column(dash) + 1)),
        _ => Remedy::Entry(line.range.start..entry_end(text, fault, &line)),
    };
    let at = at.min(line.range.end.saturating_sub(1)).max(line.range.start);
    Blame { error: error(problem, range), at, remedy, flow: None }
}

/// The line of a block scalar that begins with a tab; the parser names the line before.
fn tabbed_text(text: &str, fault: &Fault, line: &Line) -> Option<usize> {
    (fault.kind == ErrorKind::TabAtBlockScalarStart).then(|| line.next(text).map(|line| line.content)).flatten()
}

/// The end of what belongs to the line. One that is indented too little has nothing of what its siblings have.
fn entry_end(text: &str, fault: &Fault, line: &Line) -> usize {
    if text[line.first..].starts_with('%') {
        return line.range.end;
    }
    let siblings = if is_about_alignment(&fault.kind) { deeper_before(text, line).map(|(width, ..)| width) } else { None };
    line.block_end(text, siblings.unwrap_or(line.width) + 1)
}

fn is_about_alignment(kind: &ErrorKind) -> bool {
    matches!(kind, ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::InvalidIndentation)
}

/// The lines just before that are indented more: how far the least indented of them is, how many of them are as little
/// indented, and the first.
fn deeper_before(text: &str, line: &Line) -> Option<(usize, usize, Line)> {
    let deeper = |before: &Line| before.width > line.width && !before.is_marker(text);
    let mut found: Option<(usize, usize, Line)> = None;
    for before in lines_before(text, line).take_while(deeper) {
        found = Some(match found {
            Some((width, count, _)) if before.width > width => (width, count, before),
            Some((width, count, _)) if before.width == width => (width, count + 1, before),
            _ => (before.width, 1, before),
        });
    }
    found
}

/// When the lines from here on agree with each other, and the ones before are fewer, those are the misplaced ones.
fn misplaced_before(text: &str, fault: &Fault, at: usize, line: &Line) -> Option<Blame> {
    if !is_about_alignment(&fault.kind) || at > line.content {
        return None;
    }
    let (width, above, first) = deeper_before(text, line)?;
    let parent = first.previous(text)?;
    if parent.width >= line.width || first.width != width {
        return None;
    }
    let together = |after: &Line| after.width >= line.width && !after.is_marker(text);
    let below = 1 + lines_after(text, line).take_while(together).filter(|after| after.width == line.width).count();
    if below <= above {
        return None;
    }
    let end = line.previous(text)?.range.end;
    let (problem, _) = words::problem(text, fault, first.content);
    let error = error(problem, first.content..text[..first.range.end].trim_ascii_end().len());
    Some(Blame { error, at: first.content, remedy: Remedy::Entry(first.range.start..end), flow: None })
}
