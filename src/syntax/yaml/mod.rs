//! Reads YAML: the events of the parser become a tree, and what the parser stops at is blanked so that it reads on.

mod anchors;
mod blame;
mod events;
mod lexer;
mod lines;
mod mask;
mod plain;
mod recover;
mod scalar;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use super::{Limits, Problem, SyntaxError, Tree};
use events::Indentation;
use mask::Masked;

/// The comments of `text` before its first error.
pub(super) fn comments(text: &str) -> Vec<Range<u32>> {
    events::comments(text)
}

/// Reads all documents of `text`.
pub(super) fn read(text: &str, limits: Limits, room: Tree) -> (Tree, Vec<SyntaxError>) {
    if let Some(tree) = plain::read(text, limits, room) {
        return (tree, Vec::new());
    }
    let read = |indentation| events::read(text, text, &Masked::default(), limits, indentation);
    let fault = match read(Indentation::Strict) {
        Ok(reading) => return (reading.tree, reading.errors),
        Err(fault) => fault,
    };
    match read(Indentation::Loose) {
        Ok(mut reading) => {
            let (_, range) = words::problem(text, &fault, fault.at.min(text.len()));
            reading.errors.push(SyntaxError::new(Problem::LooseIndentation, range.start as u32..range.end as u32));
            (reading.tree, reading.errors)
        }
        Err(_) => recover::read(text, limits, *fault),
    }
}
