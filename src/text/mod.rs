//! Text and places in it: files, byte spans, lines and columns.

mod file;
mod lines;
mod sources;

use std::fmt;
use std::num::NonZeroU32;
use std::ops::Range;

pub use file::{Excerpt, SourceFile};
pub use lines::{LineColumn, Unit};
pub use sources::Sources;

/// Whether all bytes of a text are what is asked for. They are asked in pieces, which processors do side by side.
pub fn all_bytes(text: &str, is_it: impl Fn(u8) -> bool) -> bool {
    text.as_bytes().chunks(64).all(|piece| piece.iter().fold(true, |all, byte| all & is_it(*byte)))
}

/// Whether some of these texts may be the same: surely not, when each differs from all others in its length or its ends.
pub fn may_repeat<'t>(texts: impl IntoIterator<Item = &'t str>) -> bool {
    let mut seen = 0_u64;
    texts.into_iter().any(|text| {
        let bytes = text.as_bytes();
        let ends = bytes.first().zip(bytes.last()).map_or(0, |(first, last)| usize::from(*first) * 5 + usize::from(*last) * 11);
        let bit = 1 << ((ends + bytes.len() * 3) % 64);
        let is_seen = seen & bit != 0;
        seen |= bit;
        is_seen
    })
}

/// A text that is seldom long, such as a name, a path or the name of a type: up to 23 bytes stand in place, more are shared, so
/// that a copy costs nothing.
pub type ShortText = smol_str::SmolStr;

/// One file of a [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(NonZeroU32);

impl FileId {
    /// The id of the file that was added as number `index`, counted from 0.
    pub fn new(index: usize) -> FileId {
        // One more than the number, so that a place that there need not be takes no more room than one.
        FileId(NonZeroU32::MIN.saturating_add(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    /// The file's number, counted from 0.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A range of bytes in one file: `start` is the first byte, `end` the one after the last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file that the range lies in.
    pub file: FileId,
    /// Offset of the first byte, from 0.
    pub start: u32,
    /// Offset of the byte after the last one.
    pub end: u32,
}

impl Span {
    /// The bytes of `file` from `range.start` up to, not including, `range.end`.
    pub fn new(file: FileId, range: Range<u32>) -> Span {
        Span { file, start: range.start, end: range.end.max(range.start) }
    }

    /// The empty span in front of it.
    pub fn before(self) -> Span {
        Span { end: self.start, ..self }
    }

    /// The empty span behind it.
    pub fn after(self) -> Span {
        Span { start: self.end, ..self }
    }

    /// The range as indexes into the file's text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.file.index(), self.start, self.end)
    }
}

/// A value and the place that it was written at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_definitions_are_made_of_stays_small() {
        assert_eq!((size_of::<Span>(), size_of::<Option<Span>>()), (12, 12));
        assert_eq!((size_of::<ShortText>(), size_of::<Option<Spanned<ShortText>>>()), (24, 40));
        assert!(!ShortText::from("metadata.product.weight").is_heap_allocated(), "23 bytes");
    }

    #[test]
    fn files_keep_their_numbers() {
        for index in [0, 1, 1_000_000, u32::MAX as usize - 1] {
            assert_eq!(FileId::new(index).index(), index);
        }
    }

    #[test]
    fn what_repeats_may_repeat() {
        assert!(may_repeat(["title", "tags", "title"]));
        assert!(may_repeat(["", "a", ""]));
        assert!(!may_repeat(["title", "tags", "sku", "status"]));
        assert!(!may_repeat([]));
    }
}
