//! Cuts a stream of objects into records, one at a time, so that no more than one of them is held.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use super::table::Delimiter;
use crate::text::{Excerpt, Unit};

/// How many bytes a record may have.
pub(super) const LONGEST: usize = 16 << 20;

/// How much of a stream is looked at to see how it is laid out.
const HEAD: u64 = 64 << 10;

/// How many bytes of a record that is too long are kept, to show where it begins.
const BEGINNING: usize = 200;

/// How a stream is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// One document: an object, or a body with a list of them.
    Document,
    /// One object a line.
    Lines,
    /// A list of objects.
    Array,
    /// A table: a line of names, then one object a line.
    Table(Delimiter),
}

/// A part of the stream.
#[derive(Debug)]
pub(super) struct Record {
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// Where it stands.
    pub(super) excerpt: Excerpt,
    /// What is wrong with it as a whole.
    pub(super) flaw: Option<Flaw>,
}

/// What is wrong with a record as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It has more bytes than the bound.
    TooLong,
    /// There is a comma, and no value before or after it.
    NoValue,
    /// It stands after the end of the list.
    AfterEnd,
    /// The list is never closed.
    Unclosed,
}

impl Flaw {
    /// A few words for the place, and a sentence.
    pub(super) fn words(self) -> (&'static str, String) {
        match self {
            Flaw::TooLong => {
                ("too long", format!("This object has more than {} MiB, which is the most that is read at once.", LONGEST >> 20))
            }
            Flaw::NoValue => ("too many", "There is one comma too many: no object stands here.".to_owned()),
            Flaw::AfterEnd => ("after the end", "The list of objects has ended, and there is more text.".to_owned()),
            Flaw::Unclosed => ("never closed", "The file ends before its list of objects is closed.".to_owned()),
        }
    }
}

/// The records of a stream.
pub(super) struct Records<'s> {
    reader: BufReader<io::Chain<Cursor<Vec<u8>>, &'s mut dyn Read>>,
    pub(super) layout: Layout,
    /// Where the next byte stands.
    at: Excerpt,
    /// How many records there were.
    count: u64,
    /// Whether the list has been closed.
    is_closed: bool,
    /// Whether nothing more comes.
    is_over: bool,
}

impl<'s> Records<'s> {
    /// Begins to read. `name` tells the layout by its ending; where it does not, the beginning of the stream does.
    pub(super) fn new(name: &str, input: &'s mut dyn Read) -> io::Result<Records<'s>> {
        let mut head = Vec::new();
        (&mut *input).take(HEAD).read_to_end(&mut head)?;
        let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let layout = layout(name, &head[mark..]);
        let mut cursor = Cursor::new(head);
        cursor.set_position(mark as u64);
        let reader = BufReader::with_capacity(1 << 18, cursor.chain(input));
        let at = Excerpt { offset: mark as u64, ..Excerpt::default() };
        let mut records = Records { reader, layout, at, count: 0, is_closed: false, is_over: false };
        if layout == Layout::Array {
            records.skip_past(b'[')?;
        }
        Ok(records)
    }

    /// How many bytes are done.
    pub(super) fn position(&self) -> u64 {
        self.at.offset
    }

    /// The next record; one that is blank is none.
    pub(super) fn next(&mut self) -> io::Result<Option<Record>> {
        while !self.is_over {
            let record = match self.layout {
                Layout::Document => self.document()?,
                Layout::Array if self.is_closed => self.after_end()?,
                Layout::Array => self.element()?,
                Layout::Lines => self.line(|_| true)?,
                Layout::Table(_) => self.line(has_closed_quotes)?,
            };
            if record.is_some() {
                return Ok(record);
            }
        }
        Ok(None)
    }

    fn document(&mut self) -> io::Result<Option<Record>> {
        let mut bytes = Vec::new();
        (&mut self.reader).take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
        self.is_over = true;
        let is_long = bytes.len() > LONGEST;
        Ok(self.record(bytes, None, is_long.then_some(Flaw::TooLong)))
    }

    /// A line, or several as long as they are not complete.
    fn line(&mut self, is_complete: fn(&[u8]) -> bool) -> io::Result<Option<Record>> {
        let mut bytes = Vec::new();
        loop {
            let room = (LONGEST + 1).saturating_sub(bytes.len());
            let read = (&mut self.reader).take(room as u64).read_until(b'\n', &mut bytes)?;
            if bytes.len() > LONGEST {
                let record = self.record(bytes, None, Some(Flaw::TooLong));
                self.skip_past(b'\n')?;
                return Ok(record);
            }
            self.is_over = read == 0;
            if self.is_over || is_complete(&bytes) {
                return Ok(self.record(bytes, None, None));
            }
        }
    }

    /// A value of the list, up to the comma or the bracket after it.
    fn element(&mut self) -> io::Result<Option<Record>> {
        let (mut bytes, mut scan) = (Vec::new(), Scan::default());
        let is_consumed = |byte: u8| byte != b'{';
        // Of an element that is too long only the beginning is kept, so where it ends has to be followed on the way.
        let mut end = self.at.clone();
        let closing = loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                break None;
            }
            let closing = scan.end_of_element(chunk);
            let used = &chunk[..closing.unwrap_or(chunk.len())];
            advance(&mut end, used);
            let room = (LONGEST + 1).saturating_sub(bytes.len()).min(used.len());
            bytes.extend_from_slice(&used[..room]);
            let closing = closing.map(|at| chunk[at]);
            let used = used.len() + usize::from(closing.is_some_and(is_consumed));
            self.reader.consume(used);
            if closing.is_some() {
                break closing;
            }
        };
        self.is_closed = closing == Some(b']');
        self.is_over = closing.is_none();
        let place = end.clone();
        closing.into_iter().filter(|byte| is_consumed(*byte)).for_each(|byte| advance(&mut end, &[byte]));
        if bytes.iter().all(u8::is_ascii_whitespace) {
            self.at = end;
            // A list may be empty, but a comma stands between two values.
            let flaw = match closing {
                Some(b']') if self.count == 0 => return Ok(None),
                Some(_) => Flaw::NoValue,
                None => Flaw::Unclosed,
            };
            return Ok(Some(Record { bytes: closing.into_iter().collect(), excerpt: place, flaw: Some(flaw) }));
        }
        let flaw = (bytes.len() > LONGEST).then_some(Flaw::TooLong);
        Ok(self.record(bytes, Some(end), flaw))
    }

    /// What stands after the end of the list, if it is more than blanks.
    fn after_end(&mut self) -> io::Result<Option<Record>> {
        let chunk = self.reader.fill_buf()?;
        let start = chunk.iter().position(|byte| !byte.is_ascii_whitespace());
        let blank = start.unwrap_or(chunk.len());
        advance(&mut self.at, &chunk[..blank]);
        self.is_over = start.is_some() || chunk.is_empty();
        let bytes: Vec<u8> = chunk[blank..].iter().copied().take_while(|byte| *byte != b'\n').take(BEGINNING).collect();
        self.reader.consume(blank);
        Ok(start.map(|_| Record { bytes, excerpt: self.at.clone(), flaw: Some(Flaw::AfterEnd) }))
    }

    /// Skips a byte and all before it; none of it is kept, however much it is.
    fn skip_past(&mut self, byte: u8) -> io::Result<()> {
        loop {
            let chunk = self.reader.fill_buf()?;
            let found = chunk.iter().position(|here| *here == byte);
            let used = found.map_or(chunk.len(), |at| at + 1);
            advance(&mut self.at, &chunk[..used]);
            self.reader.consume(used);
            if found.is_some() || used == 0 {
                return Ok(());
            }
        }
    }

    /// A record of these bytes, without the blanks around them. `end` is where the next one begins, when it is not after them.
    fn record(&mut self, mut bytes: Vec<u8>, end: Option<Excerpt>, flaw: Option<Flaw>) -> Option<Record> {
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        let start = bytes.iter().position(|byte| !blank(byte)).unwrap_or(bytes.len());
        let mut excerpt = self.at.clone();
        advance(&mut excerpt, &bytes[..start]);
        match end {
            Some(end) => self.at = end,
            None => advance(&mut self.at, &bytes),
        }
        let last = bytes.iter().rposition(|byte| !blank(byte)).map_or(start, |last| last + 1);
        bytes.truncate(last);
        bytes.drain(..start);
        if bytes.is_empty() {
            return None;
        }
        if flaw == Some(Flaw::TooLong) {
            bytes.truncate(BEGINNING);
        }
        excerpt.pointer = match self.layout {
            Layout::Array => format!("/{}", self.count),
            Layout::Table(_) => format!("/{}", self.count.saturating_sub(1)),
            Layout::Document | Layout::Lines => String::new(),
        };
        excerpt.is_row = matches!(self.layout, Layout::Table(_));
        self.count += 1;
        Some(Record { bytes, excerpt, flaw })
    }
}

fn layout(name: &str, head: &[u8]) -> Layout {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let start = head.iter().position(|byte| !byte.is_ascii_whitespace());
    let first = start.map(|start| head[start]);
    match (ending.as_str(), first) {
        ("csv" | "tsv", _) => Layout::Table(Delimiter::of(head)),
        ("jsonl" | "ndjson", _) => Layout::Lines,
        ("yaml" | "yml", _) => Layout::Document,
        (_, Some(b'[')) => Layout::Array,
        (_, Some(b'{')) if has_objects_a_line(&head[start.unwrap_or_default()..]) => Layout::Lines,
        ("json" | "jsonc", _) | (_, Some(b'{') | None) => Layout::Document,
        _ => Layout::Table(Delimiter::of(head)),
    }
}

/// Whether the first line is complete, and another one follows.
fn has_objects_a_line(head: &[u8]) -> bool {
    let Some(end) = head.iter().position(|byte| *byte == b'\n') else { return false };
    let mut scan = Scan::default();
    scan.end_of_element(&head[..end]);
    scan.depth == 0 && head[end..].iter().any(|byte| !byte.is_ascii_whitespace())
}

/// Every quote in a table is one of a pair, those inside of a cell too.
fn has_closed_quotes(bytes: &[u8]) -> bool {
    bytes.iter().filter(|byte| **byte == b'"').count().is_multiple_of(2)
}

/// Follows brackets and strings.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    /// Whether a string was never closed, and nothing came after its line yet.
    is_broken: bool,
}

impl Scan {
    /// Where a value of the list ends, if that is in this part of the text: at a comma, at a bracket, or at the brace of the next
    /// value, when it is broken.
    fn end_of_element(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, &byte) in bytes.iter().enumerate() {
            if self.in_string {
                match byte {
                    b'\n' => (self.in_string, self.is_escaped, self.is_broken) = (false, false, true),
                    _ if self.is_escaped => self.is_escaped = false,
                    b'\\' => self.is_escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            // A string that is never closed swallows what closes its object. A brace on the next line begins the next one.
            if self.is_broken && byte == b'{' {
                return Some(at);
            }
            self.is_broken &= byte.is_ascii_whitespace();
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b',' | b']' if self.depth == 0 => return Some(at),
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        None
    }
}

/// Moves a place over some bytes.
fn advance(place: &mut Excerpt, bytes: &[u8]) {
    place.offset += bytes.len() as u64;
    let rest = match bytes.iter().rposition(|byte| *byte == b'\n') {
        Some(last) => {
            place.line += bytes.iter().filter(|byte| **byte == b'\n').count();
            place.columns = [0; 3];
            &bytes[last + 1..]
        }
        None => bytes,
    };
    place.columns = Unit::ALL.map(|unit| place.columns[unit as usize] + unit.length(rest));
}
