//! Compares what is found before and after a change.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use super::apply::{Edits, Origins};
use super::{Candidate, Checked};
use crate::diagnostic::Diagnostic;
use crate::text::FileId;

/// What speaks against a group of changes.
#[derive(Default)]
pub(super) struct Fault {
    /// Those that alone explain a part of it, by the numbers of their findings.
    pub(super) guilty: BTreeMap<usize, Why>,
    /// Those that may have to do with the rest.
    pub(super) suspects: BTreeMap<usize, Why>,
}

/// What speaks against a change.
#[derive(Debug, Clone)]
pub(super) enum Why {
    /// The finding is still there.
    Stays,
    /// Another one comes.
    Comes { rule: &'static str, message: String },
    /// Something that was a definition is none any more.
    Undefines,
    /// Too many others failed before it.
    Untried,
}

impl Why {
    /// As a clause.
    pub(super) fn reason(&self) -> String {
        match self {
            Why::Stays => "it would not mend the finding".to_owned(),
            Why::Comes { rule, message } => format!("it would bring another finding ({rule}): {message}"),
            Why::Undefines => "what it changes would be no definition any more".to_owned(),
            Why::Untried => "it was not tried, for too many others did not hold".to_owned(),
        }
    }
}

/// A finding that is looked for on the other side.
struct Place<'c> {
    finding: &'c Diagnostic,
    /// Where it begins in the text that all edits are made in.
    start: u32,
    is_paired: bool,
}

/// What speaks against a group of changes that led from one state to another; of each state the edits that led there. Findings
/// are the same when they are at the same place, or say the same.
pub(super) fn fault(
    base: &Checked,
    group: &[Candidate],
    (now, kept): (&Checked, &Edits<'_>),
    (after, all): (&Checked, &Edits<'_>),
) -> Option<Fault> {
    if after.workspace.len() < now.workspace.len() {
        let suspects = group.iter().map(|one| (one.finding, Why::Undefines)).collect();
        return Some(Fault { suspects, ..Fault::default() });
    }
    let (mut old, mut new) = (places(base, now, kept), places(base, after, all));
    pair(&mut old, &mut new, |one| key(one.finding, one.start));
    pair(&mut old, &mut new, |one| (one.finding.rule, one.finding.primary.span.file, one.start));
    pair(&mut old, &mut new, |one| (one.finding.rule, one.finding.primary.span.file, &one.finding.message));
    // What another change has mended already is not there to be mended.
    let gone: HashSet<Key<'_>> = old.iter().filter(|one| !one.is_paired).map(|one| key(one.finding, one.start)).collect();
    let is_gone = |finding: &Diagnostic| gone.contains(&key(finding, finding.primary.span.start));
    let mut fault = Fault::default();
    let stay = group.iter().filter(|one| !is_gone(one.of(base).0));
    fault.guilty.extend(stay.map(|one| (one.finding, Why::Stays)));
    let mut by_file: HashMap<FileId, BTreeSet<usize>> = HashMap::new();
    let mut by_definition: HashMap<Definition<'_>, BTreeSet<usize>> = HashMap::new();
    for one in group {
        let (finding, fix) = one.of(base);
        fix.edits.iter().for_each(|edit| _ = by_file.entry(edit.span.file).or_default().insert(one.finding));
        by_definition.entry(definition(finding)).or_default().insert(one.finding);
    }
    let least = group.iter().map(|one| one.of(base).0.severity).min();
    for came in new.iter().filter(|one| !one.is_paired).map(|one| one.finding) {
        if least.is_some_and(|least| came.severity < least) {
            continue;
        }
        let why = || Why::Comes { rule: came.rule, message: came.message.clone() };
        // What is changed in a definition shows there first; a file may have thousands of them.
        let here = by_definition.get(&definition(came)).filter(|_| came.subject.is_some());
        let files = || came.related.iter().map(|label| label.span.file).chain([came.primary.span.file]);
        let in_files = || files().filter_map(|file| by_file.get(&file)).flatten().copied().collect();
        let near: BTreeSet<usize> = here.map_or_else(in_files, BTreeSet::clone);
        match near.len() {
            0 => fault.suspects.extend(group.iter().map(|one| (one.finding, why()))),
            1 => fault.guilty.extend(near.into_iter().map(|finding| (finding, why()))),
            _ => fault.suspects.extend(near.into_iter().map(|finding| (finding, why()))),
        }
    }
    (!fault.guilty.is_empty() || !fault.suspects.is_empty()).then_some(fault)
}

/// The definition that a finding is about: its file, its kind and its name.
pub(super) type Definition<'c> = (FileId, &'c str, &'c str);

pub(super) fn definition(finding: &Diagnostic) -> Definition<'_> {
    let (kind, name) = finding.subject.as_ref().map_or(("", ""), |subject| (subject.kind, subject.name.as_str()));
    (finding.primary.span.file, kind, name)
}

/// What a finding is known by: its rule, its place and what it says.
type Key<'c> = (&'c str, FileId, u32, &'c str);

fn key(finding: &Diagnostic, start: u32) -> Key<'_> {
    (finding.rule, finding.primary.span.file, start, &finding.message)
}

fn places<'c>(base: &Checked, state: &'c Checked, edits: &Edits<'_>) -> Vec<Place<'c>> {
    let mut origins: BTreeMap<FileId, Origins> = BTreeMap::new();
    for file in edits.files() {
        origins.insert(file, Origins::new(base.workspace.sources.get(file).text(), edits.of(file)));
    }
    let start = |finding: &Diagnostic| {
        let span = finding.primary.span;
        origins.get(&span.file).map_or(span.start, |origins| origins.of(span.start))
    };
    state.findings.iter().map(|finding| Place { finding, start: start(finding), is_paired: false }).collect()
}

/// Pairs findings of both sides that have the same key, unless one would be more severe afterwards.
fn pair<'c, K: Hash + Eq>(old: &mut [Place<'c>], new: &mut [Place<'c>], key: impl Fn(&Place<'c>) -> K) {
    let mut waiting: HashMap<K, Vec<usize>> = HashMap::new();
    for (number, one) in old.iter().enumerate().rev().filter(|(_, one)| !one.is_paired) {
        waiting.entry(key(one)).or_default().push(number);
    }
    for one in new.iter_mut().filter(|one| !one.is_paired) {
        let Some(numbers) = waiting.get_mut(&key(one)) else { continue };
        let Some(number) = numbers.pop_if(|number| old[*number].finding.severity >= one.finding.severity) else { continue };
        (one.is_paired, old[number].is_paired) = (true, true);
    }
}
