//! Lines of a text as a reader of block YAML sees them: how far they are indented, and where their key and value stand.

use std::ops::Range;

/// Where the line that holds the byte at `at` begins.
pub(super) fn start(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().rposition(|byte| is_break(*byte)).map_or(0, |end| end + 1)
}

/// Where the line that holds the byte at `at` ends, its line break left out.
pub(super) fn end(text: &str, at: usize) -> usize {
    text.as_bytes()[at..].iter().position(|byte| is_break(*byte)).map_or(text.len(), |length| at + length)
}

fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// How wide the indentation of the line at `at` is. A tab counts more than what is usual of spaces, so that what a line with
/// a tab is thought to hold is only lines with more of them.
pub(super) fn width(text: &str, at: usize) -> usize {
    Line::at(text, at).width
}

/// A line with something on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) range: Range<usize>,
    /// The first byte that is no indentation.
    pub(super) first: usize,
    pub(super) width: usize,
    /// The last dash, question mark or document marker before the content.
    pub(super) dash: Option<usize>,
    /// The first byte after indentation and dashes.
    pub(super) content: usize,
    /// The colon after the key.
    pub(super) colon: Option<usize>,
}

const TAB: usize = 8;

impl Line {
    /// The line that holds the byte at `at`.
    pub(super) fn at(text: &str, at: usize) -> Line {
        let range = start(text, at)..end(text, at);
        let mark = if range.start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let bytes = &text.as_bytes()[range.clone()];
        let first = mark + bytes[mark..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let width = bytes[mark..first].iter().map(|byte| if *byte == b'\t' { TAB } else { 1 }).sum();
        let (dash, content) = skip_dashes(bytes, first);
        let colon = key_colon(&bytes[content..]).map(|colon| range.start + content + colon);
        Line {
            first: range.start + first,
            width,
            dash: dash.map(|at| range.start + at),
            content: range.start + content,
            colon,
            range,
        }
    }

    /// The line before, if there is one.
    pub(super) fn previous(&self, text: &str) -> Option<Line> {
        let mut at = self.range.start;
        while at > 0 {
            at -= 1;
            let line = Line::at(text, at);
            if !line.is_blank(text) {
                return Some(line);
            }
            at = line.range.start;
        }
        None
    }

    /// The next line, if there is one.
    pub(super) fn next(&self, text: &str) -> Option<Line> {
        let mut line = self.range.end;
        while line < text.len() {
            let next = Line::at(text, line + 1);
            if !next.is_blank(text) {
                return Some(next);
            }
            line = next.range.end;
        }
        None
    }

    pub(super) fn is_blank(&self, text: &str) -> bool {
        matches!(text.as_bytes()[self.first..self.range.end].first(), None | Some(b'#'))
    }

    pub(super) fn is_marker(&self, text: &str) -> bool {
        let line = &text[self.range.clone()];
        (line.starts_with("---") || line.starts_with("...")) && matches!(line.as_bytes().get(3), None | Some(b' ' | b'\t'))
    }

    /// How many columns come before `at`, a byte of this line.
    pub(super) fn column(&self, at: usize) -> usize {
        self.width + at.saturating_sub(self.first)
    }

    /// Whether the line is an entry of a block: has a key, or a dash.
    pub(super) fn is_entry(&self) -> bool {
        self.colon.is_some() || self.dash.is_some()
    }

    /// The end of the block that this line begins: of the last line that is indented by `width` or more.
    pub(super) fn block_end(&self, text: &str, width: usize) -> usize {
        self.block_end_where(text, |line| line.width >= width)
    }

    /// The end of the last of the lines that all belong to the block that this line begins.
    pub(super) fn block_end_where(&self, text: &str, belongs: impl Fn(&Line) -> bool) -> usize {
        let mut end = self.range.end;
        let mut next = self.next(text);
        while let Some(line) = next {
            if line.is_marker(text) || !belongs(&line) {
                break;
            }
            end = line.range.end;
            next = line.next(text);
        }
        end
    }
}

/// The last dash (or question mark, or document marker) from `first` on, and the first byte after all of them.
fn skip_dashes(line: &[u8], first: usize) -> (Option<usize>, usize) {
    let (mut dash, mut at) = (None, first);
    loop {
        let is_marker = at == 0 && line.starts_with(b"---");
        let length = match line.get(at) {
            _ if is_marker => 3,
            Some(b'-' | b'?' | b':') => 1,
            _ => return (dash, at),
        };
        let blanks = line[at + length..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if blanks == 0 && at + length < line.len() {
            return (dash, at);
        }
        dash = Some(at + length - 1);
        at += length + blanks;
    }
}

/// Where the colon after the key stands that the line begins with.
fn key_colon(line: &[u8]) -> Option<usize> {
    let mut at = match line.first()? {
        quote @ (b'"' | b'\'') => 2 + line[1..].iter().position(|byte| byte == quote)?,
        b'[' | b'{' | b'#' => return None,
        _ => 0,
    };
    let is_quoted = at > 0;
    while let Some(byte) = line.get(at) {
        let ends = matches!(line.get(at + 1), None | Some(b' ' | b'\t'));
        match byte {
            b':' if ends => return Some(at),
            b'#' if at > 0 && matches!(line[at - 1], b' ' | b'\t') => return None,
            b' ' | b'\t' => {}
            _ if is_quoted => return None,
            _ => {}
        }
        at += 1;
    }
    None
}
