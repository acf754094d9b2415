//! A rough view of the tokens of YAML, to find the quote or bracket that something unfinished began with.

use std::ops::Range;

/// A piece of YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A string in quotes; its end is the end of the text when it has no closing quote.
    Quoted { range: Range<usize>, is_closed: bool },
    /// `[` or `{`.
    Open(usize),
    /// `]` or `}`.
    Close(usize),
    /// A comma, or a colon after a key.
    Separator(usize),
    /// Anything else.
    Other(Range<usize>),
}

impl Token {
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Token::Open(at) | Token::Close(at) | Token::Separator(at) => *at..*at + 1,
            Token::Quoted { range, .. } | Token::Other(range) => range.clone(),
        }
    }
}

/// Looks through `text[at..end]`.
pub(super) struct Lexer<'t> {
    bytes: &'t [u8],
    at: usize,
    /// How many brackets are open.
    depth: usize,
}

impl<'t> Lexer<'t> {
    /// Begins at `at`, inside `depth` brackets, and ends at `end`.
    pub(super) fn new(text: &'t str, at: usize, end: usize, depth: usize) -> Lexer<'t> {
        Lexer { bytes: &text.as_bytes()[..end], at: at.min(end), depth }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek(0) {
            let begins_word = self.at == 0 || self.bytes[self.at - 1].is_ascii_whitespace();
            match byte {
                b'#' if begins_word => self.at = self.seek(|byte| matches!(byte, b'\n' | b'\r')),
                _ if byte.is_ascii_whitespace() => self.at += 1,
                _ => return,
            }
        }
    }

    /// The first byte from here on that `is_it`, or the end.
    fn seek(&self, is_it: impl Fn(u8) -> bool) -> usize {
        self.bytes[self.at..].iter().position(|byte| is_it(*byte)).map_or(self.bytes.len(), |length| self.at + length)
    }

    fn quoted(&mut self, quote: u8) -> Token {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            let doubled = byte == b'\'' && quote == b'\'' && self.peek(1) == Some(b'\'');
            let escape = byte == b'\\' && quote == b'"';
            self.at = (self.at + if doubled || escape { 2 } else { 1 }).min(self.bytes.len());
            if byte == quote && !doubled {
                return Token::Quoted { range: start..self.at, is_closed: true };
            }
        }
        Token::Quoted { range: start..self.at, is_closed: false }
    }

    fn word(&mut self) -> Token {
        let start = self.at;
        let in_flow = self.depth > 0;
        while let Some(byte) = self.peek(0) {
            let next = self.peek(1);
            let ends = match byte {
                b'\n' | b'\r' => true,
                b' ' | b'\t' => next == Some(b'#'),
                b':' => next.is_none_or(|next| next.is_ascii_whitespace() || (in_flow && is_flow(next))),
                _ => in_flow && is_flow(byte),
            };
            if ends && self.at > start {
                break;
            }
            self.at += 1;
        }
        Token::Other(start..self.at)
    }

    fn property(&mut self) -> Token {
        let start = self.at;
        let in_flow = self.depth > 0;
        self.at += 1;
        self.at = self.seek(|byte| byte.is_ascii_whitespace() || (in_flow && is_flow(byte)));
        Token::Other(start..self.at)
    }

    fn single(&mut self, token: Token) -> Token {
        self.at += 1;
        token
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_blanks();
        let at = self.at;
        let next_is_blank = self.peek(1).is_none_or(|next| next.is_ascii_whitespace());
        Some(match self.peek(0)? {
            quote @ (b'"' | b'\'') => self.quoted(quote),
            b'[' | b'{' => {
                self.depth += 1;
                self.single(Token::Open(at))
            }
            b']' | b'}' => {
                self.depth = self.depth.saturating_sub(1);
                self.single(Token::Close(at))
            }
            b',' if self.depth > 0 => self.single(Token::Separator(at)),
            b':' => self.single(Token::Separator(at)),
            b'-' | b'?' if next_is_blank => self.single(Token::Other(at..at + 1)),
            b'&' | b'*' | b'!' => self.property(),
            _ => self.word(),
        })
    }
}

fn is_flow(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

/// Where the content begins, after blanks, comments, anchors and tags, but no later than `end`.
pub(super) fn skip_properties(text: &str, from: usize, end: usize) -> usize {
    let mut lexer = Lexer::new(text, from, end.max(from).min(text.len()), 0);
    loop {
        lexer.skip_blanks();
        match lexer.peek(0) {
            Some(b'&' | b'!') => lexer.property(),
            _ => return lexer.at,
        };
    }
}

/// How a bracket ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// It is closed at the byte before this one.
    Closed(usize),
    /// The bracket `open` in it is met by `close`, of the other kind.
    Mismatched { open: usize, close: usize },
    /// The bracket is not closed, which it holds or is itself.
    Unclosed { open: usize },
    /// A string in it has no closing quote.
    UnclosedString { quote: usize },
}

/// Looks for the end of the bracket at `opener`, no further than `end`.
pub(super) fn match_bracket(text: &str, opener: usize, end: usize) -> Match {
    let bytes = text.as_bytes();
    let mut open = Vec::new();
    for token in Lexer::new(text, opener, end, 0) {
        match token {
            Token::Open(at) => open.push(at),
            Token::Close(close) => {
                let Some(at) = open.pop() else { return Match::Closed(close) };
                if (bytes[at] == b'[') != (bytes[close] == b']') {
                    return Match::Mismatched { open: at, close };
                }
                if open.is_empty() {
                    return Match::Closed(close + 1);
                }
            }
            Token::Quoted { range, is_closed: false } => return Match::UnclosedString { quote: range.start },
            _ => {}
        }
    }
    Match::Unclosed { open: open.last().copied().unwrap_or(opener) }
}
