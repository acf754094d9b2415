//! Lines and columns, in every unit that formats ask for.

/// A place as a person counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1: in code points where no other unit was asked for. A byte order mark takes no column.
    pub column: usize,
}

/// What columns are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Code points.
    Characters = 0,
    /// Code units of UTF-16.
    Utf16 = 1,
    /// Bytes of UTF-8.
    Bytes = 2,
}

impl Unit {
    /// All units, each at its own number.
    pub const ALL: [Unit; 3] = [Unit::Characters, Unit::Utf16, Unit::Bytes];

    /// How long a piece of UTF-8 is.
    pub fn length(self, bytes: &[u8]) -> usize {
        let characters = || bytes.iter().filter(|byte| begins_character(**byte)).count();
        match self {
            _ if bytes.is_ascii() => bytes.len(),
            Unit::Characters => characters(),
            // Characters of four bytes are those that take two units.
            Unit::Utf16 => characters() + bytes.iter().filter(|byte| **byte >= 0xF0).count(),
            Unit::Bytes => bytes.len(),
        }
    }
}

/// Where lines begin, and how long the text is before each of its blocks: a column then costs one short count, however long the
/// line.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) starts: Vec<u32>,
    blocks: Vec<[usize; 3]>,
}

const BLOCK: usize = 1024;

impl Lines {
    pub(super) fn new(text: &str) -> Lines {
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0).chain(newlines.map(|at| at as u32 + 1)).collect();
        let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut before = [0; 3];
        for block in text.as_bytes().chunks(BLOCK) {
            blocks.push(before);
            before = Unit::ALL.map(|unit| before[unit as usize] + unit.length(block));
        }
        Lines { starts, blocks }
    }

    pub(super) fn length_before(&self, unit: Unit, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        let block = (offset / BLOCK).min(self.blocks.len().saturating_sub(1));
        let counted = self.blocks.get(block).map_or(0, |before| before[unit as usize]);
        counted + unit.length(&text.as_bytes()[(block * BLOCK).min(offset)..offset])
    }
}

fn begins_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}
