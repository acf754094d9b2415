//! What one file holds: the first step of the road that is done for each file on its own.

use crate::definitions::{
    Concealed, Definition, Mentions, Noun, Placeholder, Secret, Signs, Trap, concealed_in, defining_in, lower_all, placeholders,
    secrets, signs, traps,
};
use crate::shape::{self, Misfits, Told};
use crate::syntax::{self, DuplicateKey, Format, SyntaxError, Tree};
use crate::text::{FileId, SourceFile, Span};

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
    /// What is filled in where its manifests are applied, and the secrets that its definitions name.
    pub placeholders: Vec<Placeholder>,
    /// The secrets that stand in its definitions as plain text.
    pub secrets: Vec<Secret>,
    /// The parts of its text that nobody is shown.
    pub concealed: Vec<Concealed>,
    /// What YAML does not read as it was meant.
    pub traps: Vec<Trap>,
    /// How many definitions it has; they are moved to the workspace.
    pub count: usize,
    /// Whether the file was passed over because it has none of the words that a definition needs.
    pub is_foreign: bool,
    /// Whether it has sample objects that were passed over because it is too large for samples.
    pub is_data: bool,
    /// Whether the file was named by the user.
    pub is_meant: bool,
}

impl FileContent {
    /// Whether a part of it could not be read.
    pub fn is_broken(&self) -> bool {
        self.errors.iter().any(|error| error.problem.loses_text())
    }

    /// Reads a file. `is_meant` says that the file was named by the user, so that it is read and complained of whatever is in it;
    /// `told` is what the service itself tells of the shape of manifests.
    pub fn read(file: &SourceFile, id: FileId, is_meant: bool, mentions: &Mentions, told: Option<&Told>) -> FileContent {
        FileContent::read_into(&mut Tree::default(), file, id, is_meant, mentions, told)
    }

    /// The same, with the tree of a file that was read before: it leaves its room, and gets that of this file.
    pub fn read_into(
        room: &mut Tree,
        file: &SourceFile,
        id: FileId,
        is_meant: bool,
        mentions: &Mentions,
        told: Option<&Told>,
    ) -> FileContent {
        if !is_meant && !mentions.any(file.text()) && !is_wide_definition(file, mentions) {
            return FileContent { is_foreign: true, ..FileContent::default() };
        }
        let is_large = !is_meant && file.text().len() > LARGEST_SAMPLES;
        if is_large && mentions.only_objects(file.text()) {
            return FileContent { is_data: true, ..FileContent::default() };
        }
        let parse = syntax::parse_into(std::mem::take(room), file, Format::of(file));
        let is_yaml = Format::of(file) == Format::Yaml;
        let (mut is_data, mut trapped) = (false, Vec::new());
        let (mut definitions, mut misfits) = (Vec::new(), Misfits::default());
        let Signs { forms, has_words } = signs(file.text());
        let (mut filled_in, mut plain, mut concealed) = (Vec::new(), Vec::new(), Vec::new());
        for document in parse.tree.documents(id, file).iter() {
            let mut found = defining_in(document);
            let all = found.len();
            found.retain(|one| !is_large || one.noun != Noun::Object);
            is_data |= found.len() < all;
            for one in &found {
                shape::look_at(*one, file.text(), told, &mut misfits);
            }
            if found.iter().any(|one| one.noun != Noun::Object) {
                filled_in.extend(placeholders(document, has_words));
                if is_yaml {
                    trapped.append(&mut traps(document, &found));
                }
                let (mut found, mut hidden) = secrets(document, &forms);
                plain.append(&mut found);
                concealed.append(&mut hidden);
            }
            lower_all(document, found, &mut definitions);
        }
        let lost: Vec<u32> = losses(&parse.errors).collect();
        misfits.list.retain(|misfit| !misfit.may_come_of_a_loss(&lost));
        mark_damaged(&mut definitions, &lost, file.text());
        // A broken file that is none of ours is none of our business.
        if definitions.is_empty() && !is_meant && !mentions.telling(file.text()) && !is_wide_definition(file, mentions) {
            *room = parse.tree;
            return FileContent { is_foreign: parse.errors.is_empty() && !is_data, is_data, ..FileContent::default() };
        }
        concealed.extend(concealed_in(file.text(), &forms, !lost.is_empty()));
        concealed.sort_by_key(|one| (one.range.start, one.range.end));
        if !concealed.is_empty() {
            definitions.iter_mut().flat_map(Definition::values_mut).for_each(|value| value.conceal(&concealed));
        }
        let mut duplicate_keys = if definitions.is_empty() { Vec::new() } else { parse.tree.duplicate_keys(file.text()) };
        let more_duplicate_keys = duplicate_keys.len().saturating_sub(MOST_DUPLICATES);
        duplicate_keys.truncate(MOST_DUPLICATES);
        *room = parse.tree;
        FileContent {
            errors: parse.errors,
            more_errors: parse.more_errors,
            duplicate_keys,
            more_duplicate_keys,
            misfits,
            placeholders: filled_in,
            secrets: plain,
            traps: trapped,
            concealed,
            count: definitions.len(),
            definitions,
            is_foreign: false,
            is_data,
            is_meant,
        }
    }
}

/// How many bytes a file may have whose sample objects are checked without being asked for. Data of any size is for
/// `check --objects`, which keeps none of it.
const LARGEST_SAMPLES: usize = 4 << 20;

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

/// A schema or an object with an error in it may have fields that could not be read; an extractor with one, inputs and fields that
/// it passes on. What was lost right behind it may have belonged to it: indented YAML has no other end than the next line.
fn mark_damaged(definitions: &mut [Definition], lost: &[u32], text: &str) {
    let is_blank = |between: &str| between.bytes().all(|byte| byte == b'-' || byte.is_ascii_whitespace());
    let is_behind = |end: u32, at: u32| end < at && text.get(end as usize..at as usize).is_some_and(is_blank);
    let is_damaged = |extent: Span| lost.iter().any(|&at| (extent.start..=extent.end).contains(&at) || is_behind(extent.end, at));
    for definition in definitions {
        if let Definition::Object(object) = definition {
            object.is_damaged = is_damaged(object.origin.span);
        }
        for schema in definition.schemas_mut() {
            schema.is_damaged = schema.extent.is_some_and(is_damaged);
        }
        for extractor in definition.extractors_mut() {
            let is_damaged = is_damaged(extractor.span);
            extractor.has_unreadable_inputs |= is_damaged;
            extractor.has_unreadable_passthrough |= is_damaged;
        }
    }
}
