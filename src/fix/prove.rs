//! Compares what is found before and after a change.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use super::apply::{Edits, Origins};
use super::{Candidate, Checked};
use crate::diagnostic::Diagnostic;
use crate::text::FileId;

/// What speaks against a group of changes.
pub(super) struct Fault {
    why: Why,
    /// The findings whose changes it may come from.
    pub(super) suspects: HashSet<usize>,
}

enum Why {
    /// The finding is still there.
    Stays,
    /// Another one comes.
    Comes { rule: &'static str, message: String },
    /// Something that was a definition is none any more.
    Undefines,
}

impl Fault {
    /// Why, as a clause.
    pub(super) fn reason(&self) -> String {
        match &self.why {
            Why::Stays => "it would not mend the finding".to_owned(),
            Why::Comes { rule, message } => format!("it would bring another finding ({rule}): {message}"),
            Why::Undefines => "what it changes would be no definition any more".to_owned(),
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
    let suspects_all = || group.iter().map(|one| one.finding).collect();
    if after.workspace.len() < now.workspace.len() {
        return Some(Fault { why: Why::Undefines, suspects: suspects_all() });
    }
    let (mut old, mut new) = (places(base, now, kept), places(base, after, all));
    pair(&mut old, &mut new, |one| key(one.finding, one.start));
    pair(&mut old, &mut new, |one| (one.finding.rule, one.finding.primary.span.file, one.start));
    pair(&mut old, &mut new, |one| (one.finding.rule, one.finding.primary.span.file, &one.finding.message));
    // What another change has mended already is not there to be mended.
    let gone: HashSet<Key<'_>> = old.iter().filter(|one| !one.is_paired).map(|one| key(one.finding, one.start)).collect();
    let is_gone = |finding: &Diagnostic| gone.contains(&key(finding, finding.primary.span.start));
    let stays: HashSet<usize> = group.iter().filter(|one| !is_gone(one.of(base).0)).map(|one| one.finding).collect();
    let least = group.iter().map(|one| one.of(base).0.severity).min();
    let came: Vec<&Diagnostic> = new
        .iter()
        .filter(|one| !one.is_paired && least.is_none_or(|least| one.finding.severity >= least))
        .map(|one| one.finding)
        .collect();
    let Some(first) = came.first() else {
        return (!stays.is_empty()).then_some(Fault { why: Why::Stays, suspects: stays });
    };
    let touched: HashSet<FileId> = came
        .iter()
        .flat_map(|finding| finding.related.iter().map(|label| label.span.file).chain([finding.primary.span.file]))
        .collect();
    let touches = |one: &&Candidate| one.of(base).1.edits.iter().any(|edit| touched.contains(&edit.span.file));
    let mut suspects: HashSet<usize> = group.iter().filter(touches).map(|one| one.finding).collect();
    suspects.extend(&stays);
    let why = Why::Comes { rule: first.rule, message: first.message.clone() };
    Some(Fault { why, suspects })
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
