//! What one file holds: the first step of the road that is done for each file on its own.

use crate::definitions::{Definition, Mentions, defining_in};
use crate::shape::{self, Misfits};
use crate::syntax::{self, DuplicateKey, Format, SyntaxError};
use crate::text::{FileId, SourceFile};

/// What was found in one file; everything else that is known of the file is in [`Sources`](crate::text::Sources).
#[derive(Debug, Default)]
pub struct FileContent {
    /// What is wrong with its text.
    pub errors: Vec<SyntaxError>,
    /// How many more such errors there are.
    pub more_errors: usize,
    /// The keys that stand twice.
    pub duplicate_keys: Vec<DuplicateKey>,
    /// How many more such keys there are.
    pub more_duplicate_keys: usize,
    /// What does not have the shape that a definition should have.
    pub misfits: Misfits,
    /// What it defines.
    pub definitions: Vec<Definition>,
    /// How many definitions it has; they are moved to the workspace.
    pub count: usize,
    /// Whether the file was passed over because it has none of the words that a definition needs.
    pub is_foreign: bool,
}

impl FileContent {
    /// Reads a file. `is_meant` says that the file was named by the user, so that it is read and complained of whatever is in it.
    pub fn read(file: &SourceFile, id: FileId, is_meant: bool, mentions: &Mentions) -> FileContent {
        if !is_meant && !mentions.any(file.text()) && !is_wide_definition(file, mentions) {
            return FileContent { is_foreign: true, ..FileContent::default() };
        }
        let parse = syntax::parse(file, Format::of(file));
        let (mut definitions, mut misfits) = (Vec::new(), Misfits::default());
        for found in parse.tree.documents(id, file).flat_map(defining_in) {
            shape::look_at(found, file.text(), &mut misfits);
            definitions.push(Definition::lower(found));
        }
        let lost: Vec<u32> = losses(&parse.errors).collect();
        misfits.list.retain(|misfit| !misfit.may_come_of_a_loss(&lost));
        mark_damaged(&mut definitions, &parse.errors);
        // A broken file that is none of ours is none of our business.
        if definitions.is_empty() && !is_meant && !mentions.telling(file.text()) && !is_wide_definition(file, mentions) {
            return FileContent { is_foreign: parse.errors.is_empty(), ..FileContent::default() };
        }
        let mut duplicate_keys = if definitions.is_empty() { Vec::new() } else { parse.tree.duplicate_keys(file.text()) };
        let more_duplicate_keys = duplicate_keys.len().saturating_sub(MOST_DUPLICATES);
        duplicate_keys.truncate(MOST_DUPLICATES);
        FileContent {
            errors: parse.errors,
            more_errors: parse.more_errors,
            duplicate_keys,
            more_duplicate_keys,
            misfits,
            count: definitions.len(),
            definitions,
            is_foreign: false,
        }
    }
}

/// How many duplicate keys of one file are kept.
const MOST_DUPLICATES: usize = 100;

/// Whether a file in UTF-16 has the words of a definition: every other byte of it is 0.
fn is_wide_definition(file: &SourceFile, mentions: &Mentions) -> bool {
    let is_wide = file.undecodable().first().is_some_and(|first| first.start == 0) && file.text().contains('\0');
    is_wide && mentions.any(&file.text().replace('\0', ""))
}

/// A file that could not be read at all.
#[derive(Debug)]
pub struct Unreadable {
    /// The file; its text is empty.
    pub file: FileId,
    /// Why, in the words of the system.
    pub reason: String,
}

/// Where text was lost, so that what it said is not known.
fn losses(errors: &[SyntaxError]) -> impl Iterator<Item = u32> {
    errors.iter().filter(|error| error.problem.loses_text()).map(|error| error.range.start)
}

/// A schema with an error in it may have fields that could not be read.
fn mark_damaged(definitions: &mut [Definition], errors: &[SyntaxError]) {
    let lost: Vec<u32> = losses(errors).collect();
    for schema in definitions.iter_mut().flat_map(Definition::schemas_mut) {
        let Some(extent) = schema.extent else { continue };
        schema.is_damaged = lost.iter().any(|at| (extent.start..=extent.end).contains(at));
    }
}
