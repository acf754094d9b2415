//! From candidates to what they hold: read and parsed, side by side when there are many.

use std::time::{Duration, Instant};

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::definitions::Mentions;
use crate::discover::{self, Candidate, Content};
use crate::shape::Told;
use crate::syntax::Tree;
use crate::text::{FileId, SourceFile};
use crate::workspace::FileContent;

/// Below this many files, threads cost more than they gain.
const MANY: usize = 64;

/// A file that was read.
pub(super) struct Read {
    pub(super) source: SourceFile,
    pub(super) content: FileContent,
    pub(super) is_meant: bool,
    /// Why it could not be read.
    pub(super) failure: Option<String>,
    /// How long it took to get its bytes, and to find out what they define.
    pub(super) read_in: Duration,
    pub(super) understood_in: Duration,
}

/// Reads all files, in their order; side by side when there are many.
pub(super) fn read_all(candidates: Vec<Candidate>, told: Option<&Told>) -> Vec<Read> {
    let mentions = Mentions::finder();
    let read = |room: &mut Tree, (number, candidate)| read(room, FileId::new(number), candidate, &mentions, told);
    if candidates.len() < MANY {
        let mut room = Tree::default();
        return candidates.into_iter().enumerate().map(|one| read(&mut room, one)).collect();
    }
    candidates.into_par_iter().enumerate().map_init(Tree::default, read).collect()
}

fn read(room: &mut Tree, id: FileId, candidate: Candidate, mentions: &Mentions, told: Option<&Told>) -> Read {
    let Candidate { absolute, path, shown, is_meant, content, .. } = candidate;
    let start = Instant::now();
    let bytes = content.and_then(|content| match content {
        Content::File => discover::read(&absolute),
        Content::Bytes(bytes) => Ok(bytes),
    });
    let (bytes, failure) = match bytes {
        Ok(bytes) => (bytes, None),
        Err(reason) => (Vec::new(), Some(reason)),
    };
    let mut source = SourceFile::from_bytes(path, bytes);
    source.shown = shown;
    let read_in = start.elapsed();
    if failure.is_some() {
        let (content, understood_in) = (FileContent::default(), Duration::ZERO);
        return Read { source, content, is_meant, failure, read_in, understood_in };
    }
    let content = FileContent::read_into(room, &source, id, is_meant, mentions, told);
    if content.definitions.is_empty() && content.errors.is_empty() {
        source.drop_text();
    }
    let understood_in = start.elapsed() - read_in;
    Read { source, content, is_meant, failure, read_in, understood_in }
}
