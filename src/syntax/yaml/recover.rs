//! Finds several errors in one text: blanks what is broken, and parses again.

use std::collections::HashMap;

use super::blame::{Remedy, blame};
use super::events::{self, Fault, Indentation, Reading};
use super::lines::{self, Line};
use super::mask::{Masked, join, whole_characters};
use crate::syntax::{Limits, Problem, SyntaxError, Tree};

/// How many bytes are parsed again, all attempts taken together.
const WORK: usize = 64 << 20;
/// How often even a small text is parsed again.
const ATTEMPTS: usize = 200;

/// Reads `text`, in which the parser stopped at `first`.
pub(super) fn read(text: &str, limits: Limits, first: Fault) -> (Tree, Vec<SyntaxError>) {
    let mut recovery = Recovery::new(text);
    let attempts = attempts(text.len());
    let mut fault = first;
    for attempt in 0.. {
        match attempt {
            _ if attempt < attempts => recovery.mend(&fault),
            _ if attempt == attempts => recovery.give_up(&fault),
            _ => break,
        }
        match events::read(text, &recovery.text, &recovery.masked, limits, Indentation::Strict) {
            Ok(reading) => return recovery.finish(reading),
            Err(next) => fault = *next,
        }
    }
    recovery.finish(Reading::default())
}

pub(super) fn attempts(length: usize) -> usize {
    (WORK / length.max(1)).clamp(4, ATTEMPTS)
}

struct Recovery<'t> {
    original: &'t str,
    text: String,
    masked: Masked,
    found: Vec<SyntaxError>,
    /// How often each line, by its first byte, was mended: the more often, the more of it is blanked.
    tried: HashMap<usize, usize>,
}

/// What is blanked when a remedy did not help: first all that stands in the same brackets, then the line with what belongs to
/// it, then what it belongs to, then the document.
const LAST_RESORT: usize = 8;

impl<'t> Recovery<'t> {
    fn new(original: &'t str) -> Recovery<'t> {
        let (masked, found, tried) = (Masked::default(), Vec::new(), HashMap::new());
        Recovery { original, text: original.to_owned(), masked, found, tried }
    }

    fn mend(&mut self, fault: &Fault) {
        let blame = blame(&self.text, fault);
        let line = lines::start(&self.text, blame.at);
        let tried = self.tried.get(&line).copied().unwrap_or(0);
        // A second fault of one line is a consequence of how the first was mended.
        if tried == 0 && !self.masked.covers(blame.at) {
            self.found.push(blame.error);
        }
        for step in tried..=LAST_RESORT {
            let helps = match (step, &blame.remedy, &blame.flow) {
                (0, Remedy::Value(range), _) => self.masked.add(&mut self.text, range.clone(), true),
                (0, Remedy::Entry(range), _) => self.masked.add(&mut self.text, range.clone(), false),
                (0, Remedy::Join(breaks), _) => join(&mut self.text, breaks),
                (1, _, Some(flow)) => self.masked.add(&mut self.text, flow.clone(), true),
                (1, ..) => false,
                (LAST_RESORT, ..) => self.mask_document(blame.at),
                (step, ..) => self.mask_around(blame.flow.as_ref().map_or(blame.at, |flow| flow.start), step - 2),
            };
            if helps {
                self.tried.insert(line, step + 1);
                return;
            }
        }
        self.tried.insert(line, LAST_RESORT);
        self.give_up(fault);
    }

    /// Blanks the line at `at`, or what it belongs to, so many steps outwards.
    fn mask_around(&mut self, at: usize, outwards: usize) -> bool {
        let mut line = Line::at(&self.text, at);
        for _ in 0..outwards {
            let Some(parent) = self.parent(&line) else { return false };
            line = parent;
        }
        match line.colon {
            Some(colon) if outwards > 0 => {
                let end = line.block_end(&self.text, line.column(line.content) + 1);
                self.masked.add(&mut self.text, colon + 1..end, true)
            }
            _ => {
                let end = line.block_end(&self.text, line.width + 1);
                self.masked.add(&mut self.text, line.range.start..end, false)
            }
        }
    }

    fn parent(&self, line: &Line) -> Option<Line> {
        let mut before = line.previous(&self.text)?;
        while before.width >= line.width {
            before = before.previous(&self.text)?;
        }
        Some(before)
    }

    fn mask_document(&mut self, at: usize) -> bool {
        let line = Line::at(&self.text, at);
        let start = self.document_start(&line);
        let end = line.block_end(&self.text, 0);
        self.masked.add(&mut self.text, start..end.max(start), true)
    }

    fn document_start(&self, line: &Line) -> usize {
        let mut line = line.clone();
        while !line.is_marker(&self.text) {
            let Some(before) = line.previous(&self.text) else { return line.range.start };
            line = before;
        }
        line.range.start + "---".len()
    }

    /// Blanks the document of the fault and all after it.
    fn give_up(&mut self, fault: &Fault) {
        let start = self.document_start(&Line::at(&self.text, fault.at));
        if !self.masked.add(&mut self.text, start..self.original.len(), true) {
            self.masked.add(&mut self.text, 0..self.original.len(), false);
        }
    }

    fn finish(mut self, mut reading: Reading) -> (Tree, Vec<SyntaxError>) {
        let is_deep = |error: &SyntaxError| error.problem == Problem::TooDeep;
        if reading.errors.iter().any(is_deep) {
            self.found.retain(|error| !is_deep(error));
        }
        self.found.append(&mut reading.errors);
        // What was found in the blanked text may begin or end inside of a character of the original.
        for error in &mut self.found {
            let range = whole_characters(self.original, error.range.start as usize..error.range.end as usize);
            error.range = range.start as u32..range.end as u32;
        }
        self.found.sort_by_key(|error| (error.range.start, error.range.end));
        (reading.tree, self.found)
    }
}
