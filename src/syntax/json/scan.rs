//! Finds where tokens end. Nothing here reports or keeps anything.

use crate::syntax::Kind;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;
const SPACES: u64 = ONES * 0x20;

#[inline(always)]
fn word(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|chunk| u64::from_le_bytes(*chunk))
}

/// The first byte from `at` on that is no white space.
#[inline(always)]
pub(super) fn blank_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(b'\n') => {
                at += 1;
                while word(bytes, at) == Some(SPACES) {
                    at += 8;
                }
            }
            Some(b' ' | b'\t' | b'\r') => at += 1,
            _ => return at,
        }
    }
}

/// What comes before the white space at the end. A form feed is none in JSON, so the standard library's trimming does not do.
fn without_blank(bytes: &[u8]) -> &[u8] {
    let last = bytes.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    &bytes[..last.map_or(0, |last| last + 1)]
}

/// The first byte from `at` on that a string in `quote` does not simply hold: the quote, a backslash, a control character, the end.
#[inline(always)]
pub(super) fn plain_end(bytes: &[u8], mut at: usize, quote: u8) -> usize {
    let quotes = ONES * u64::from(quote);
    while let Some(word) = word(bytes, at) {
        let (quote, backslash) = (word ^ quotes, word ^ (ONES * 0x5c));
        // Each term has the high bit of every byte that is 0 (or below a space); the lowest bit set is always right.
        let zero_quote = quote.wrapping_sub(ONES) & !quote;
        let zero_backslash = backslash.wrapping_sub(ONES) & !backslash;
        let control = word.wrapping_sub(SPACES) & !word;
        let found = (zero_quote | zero_backslash | control) & HIGHS;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|&byte| byte != quote && byte != b'\\' && byte >= 0x20) {
        at += 1;
    }
    at
}

/// The end of the number at `at`, if it is one and no more letters or digits follow it.
#[inline(always)]
pub(super) fn number_end(bytes: &[u8], at: usize) -> Option<usize> {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let mut end = at + usize::from(byte(at) == b'-');
    end = match byte(end) {
        b'0' => end + 1,
        _ => digits_end(bytes, end)?,
    };
    if byte(end) == b'.' {
        end = digits_end(bytes, end + 1)?;
    }
    if byte(end) | 0x20 == b'e' {
        let sign = usize::from(matches!(byte(end + 1), b'+' | b'-'));
        end = digits_end(bytes, end + 1 + sign)?;
    }
    (!continues_word(byte(end))).then_some(end)
}

#[inline(always)]
fn digits_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    while bytes.get(end).is_some_and(u8::is_ascii_digit) {
        end += 1;
    }
    (end > at).then_some(end)
}

/// The kind and the end of the `true`, `false` or `null` at `at`.
#[inline]
pub(super) fn literal(bytes: &[u8], at: usize) -> Option<(Kind, usize)> {
    let rest = &bytes[at..];
    let (kind, end) = match rest.first()? {
        b't' if rest.starts_with(b"true") => (Kind::Bool, at + 4),
        b'f' if rest.starts_with(b"false") => (Kind::Bool, at + 5),
        b'n' if rest.starts_with(b"null") => (Kind::Null, at + 4),
        _ => return None,
    };
    (!bytes.get(end).is_some_and(|&byte| continues_word(byte))).then_some((kind, end))
}

#[inline(always)]
fn continues_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'+' | b'-' | b'$') || byte >= 0x80
}

/// A comment.
pub(super) struct Comment {
    pub(super) end: usize,
    pub(super) is_closed: bool,
}

/// The comment that begins at `at`.
pub(super) fn comment(bytes: &[u8], at: usize) -> Option<Comment> {
    match (bytes.get(at)?, bytes.get(at + 1)) {
        (b'#', _) | (b'/', Some(b'/')) => Some(Comment { end: line_end(bytes, at), is_closed: true }),
        (b'/', Some(b'*')) => {
            let close = bytes[at + 2..].windows(2).position(|pair| pair == b"*/");
            Some(Comment { end: close.map_or(bytes.len(), |close| at + 2 + close + 2), is_closed: close.is_some() })
        }
        _ => None,
    }
}

/// The end of the line that `at` lies in, without its line break and the white space before that.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    let end = bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |length| at + length);
    at + without_blank(&bytes[at..end]).len()
}

/// The end of the run at `at` of what cannot be read as anything: it goes on to the next comma, bracket, double quote or comment,
/// or to the end of the line.
pub(super) fn junk_end(bytes: &[u8], at: usize) -> usize {
    junk_end_before(bytes, at, b"")
}

/// The same, but also to the first byte after `at` that is one of `stops`.
pub(super) fn junk_end_before(bytes: &[u8], at: usize, stops: &[u8]) -> usize {
    let is_end = |offset: usize| match bytes[offset] {
        b',' | b'{' | b'}' | b'[' | b']' | b'"' | b'\n' => true,
        b'/' | b'#' => offset > at && matches!(bytes[offset - 1], b' ' | b'\t') && comment_begins(bytes, offset),
        byte => offset > at && stops.contains(&byte),
    };
    let end = (at..bytes.len()).find(|&offset| is_end(offset)).unwrap_or(bytes.len());
    at + without_blank(&bytes[at..end]).len()
}

fn comment_begins(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'#' || matches!(bytes.get(at + 1), Some(b'/' | b'*'))
}

/// The end of the dots at `at`, if they are a placeholder for something left out.
pub(super) fn dots_end(bytes: &[u8], at: usize) -> Option<usize> {
    const ELLIPSIS: &[u8] = "…".as_bytes();
    if bytes[at..].starts_with(ELLIPSIS) {
        return Some(at + ELLIPSIS.len());
    }
    let count = bytes[at..].iter().take_while(|&&byte| byte == b'.').count();
    (count >= 3).then_some(at + count)
}

/// The end of the string at `at`, escapes passed over: after its closing quote, or where its line ends.
pub(super) fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    loop {
        end = plain_end(bytes, end, b'"');
        match bytes.get(end) {
            Some(b'"') => return end + 1,
            Some(b'\\') => end = (end + 2).min(bytes.len()),
            Some(b'\n') | None => return end,
            Some(_) => end += 1,
        }
    }
}

/// The end of a string that double quotes without backslashes cut into pieces, of which the first ended before `at`: after a
/// quote on the same line that something follows which can follow a value. Only a short way is looked ahead, however often.
pub(super) fn cut_string_end(bytes: &[u8], at: usize) -> Option<usize> {
    const FAR: usize = 256;
    let ahead = &bytes[at..bytes.len().min(at + FAR)];
    for (offset, _) in ahead.iter().enumerate().take_while(|(_, byte)| **byte != b'\n').filter(|(_, byte)| **byte == b'"') {
        let next = offset + 1 + blank_end(&ahead[offset + 1..], 0);
        let end = at + offset + 1;
        match ahead.get(next) {
            None if at + next < bytes.len() => return None,
            None | Some(b',' | b'}' | b']') => return Some(end),
            Some(b':') => return None,
            Some(_) if ahead[offset..next].contains(&b'\n') => return Some(end),
            Some(_) => {}
        }
    }
    None
}

/// The closing quote of a string that a line break at `at` interrupts, if it is near and looks like one: a line before it that
/// begins like JSON is taken for JSON.
pub(super) fn broken_string_end(bytes: &[u8], at: usize) -> Option<usize> {
    const FAR: usize = 256;
    let mut end = at;
    while end < at + FAR {
        match bytes.get(end)? {
            b'\n' if matches!(bytes.get(blank_end(bytes, end))?, b'"' | b'{' | b'}' | b'[' | b']') => return None,
            b'\\' => end += 2,
            b'"' => {
                let next = bytes[end + 1..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
                return matches!(next, None | Some(b',' | b'}' | b']' | b'\n')).then_some(end);
            }
            _ => end += 1,
        }
    }
    None
}

/// The end of the object or list at `at`, counting brackets of both kinds alike, or the end of the text.
pub(super) fn brackets_end(bytes: &[u8], at: usize) -> usize {
    let (mut depth, mut end) = (0_usize, at);
    while let Some(byte) = bytes.get(end) {
        end = match byte {
            b'"' => string_end(bytes, end),
            _ => end + 1,
        };
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    end
}
