//! Makes the changes that findings offer, and keeps those that are proved: the finding goes, and nothing as severe comes.

mod apply;
mod prove;

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::text::FileId;
use crate::workspace::Workspace;

pub use apply::{Edits, apply};

use prove::{Fault, Why};

/// How often the texts are changed and looked at again: what a change uncovers may have a fix of its own.
const ROUNDS: usize = 20;

/// How often something is tried. Past that what was not tried is left out, so that the time is bounded whatever fails.
const ATTEMPTS: usize = 300;

/// The texts that differ from those on disk.
pub type Texts = BTreeMap<FileId, String>;

/// A project with its findings.
#[derive(Debug)]
pub struct Checked {
    /// The project.
    pub workspace: Workspace,
    /// What is wrong with it.
    pub findings: Vec<Diagnostic>,
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The rule of the finding.
    pub rule: &'static str,
    /// The files that it changed.
    pub files: Vec<FileId>,
}

/// A change that was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The place of the finding, as `path:line:column`.
    pub place: String,
    /// The rule of the finding.
    pub rule: &'static str,
    /// What the change does.
    pub title: String,
    /// Why it was not made, as a clause.
    pub reason: String,
}

/// What came of it.
#[derive(Debug)]
pub struct Fixed {
    /// The new texts.
    pub texts: Texts,
    /// What was changed, in order.
    pub made: Vec<Made>,
    /// What was not.
    pub left_out: Vec<LeftOut>,
    /// The project as it is with the new texts.
    pub checked: Checked,
}

/// A fix of a finding, by their numbers.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    finding: usize,
    fix: usize,
}

impl Candidate {
    fn of(self, checked: &Checked) -> (&Diagnostic, &Fix) {
        let finding = &checked.findings[self.finding];
        (finding, &finding.fixes[self.fix])
    }
}

/// What tells a change that failed from others, in the next round.
type Name = (FileId, &'static str, String, String);

fn name(finding: &Diagnostic, fix: &Fix) -> Name {
    (finding.primary.span.file, finding.rule, finding.message.clone(), fix.title.clone())
}

/// Changes the texts as long as something is to be changed. `check` looks at the project as it would be with other texts;
/// `may` says which changes are wanted.
pub fn fix(start: Checked, check: &dyn Fn(&Texts) -> Checked, may: &dyn Fn(&Fix) -> bool) -> Fixed {
    let mut fixed = Fixed { texts: Texts::new(), made: Vec::new(), left_out: Vec::new(), checked: start };
    let mut failed: HashSet<Name> = HashSet::new();
    let (mut rounds, mut attempts) = (0, 0);
    while rounds < ROUNDS && attempts < ATTEMPTS {
        let candidates = choose(&fixed.checked, may, &failed);
        if candidates.is_empty() {
            break;
        }
        let round = Round::new(&fixed.checked, &fixed.texts, check, attempts).grow(candidates);
        attempts = round.attempts;
        let refused = round.refused.into_iter().map(|(one, why)| {
            let (finding, fix) = one.of(&fixed.checked);
            (name(finding, fix), left_out(&fixed.checked, finding, fix, &why))
        });
        let (names, mut refused): (Vec<Name>, Vec<LeftOut>) = refused.unzip();
        match round.after {
            None => failed.extend(names),
            Some((checked, texts)) => {
                fixed.made.extend(round.kept.iter().map(|one| made(one.of(&fixed.checked))));
                (fixed.checked, fixed.texts) = (checked, texts);
                // In the changed text they may do.
                failed.clear();
                fixed.left_out.clear();
                refused.clear();
                rounds += 1;
            }
        }
        fixed.left_out.append(&mut refused);
    }
    fixed
}

fn made((finding, fix): (&Diagnostic, &Fix)) -> Made {
    let mut files: Vec<FileId> = fix.edits.iter().map(|edit| edit.span.file).collect();
    files.dedup();
    Made { rule: finding.rule, files }
}

fn left_out(checked: &Checked, finding: &Diagnostic, fix: &Fix, why: &Why) -> LeftOut {
    let file = checked.workspace.sources.get(finding.primary.span.file);
    let at = file.line_column(finding.primary.span.start);
    let place = format!("{}:{}:{}", file.shown, at.line, at.column);
    LeftOut { place, rule: finding.rule, title: fix.title.clone(), reason: why.reason() }
}

/// Of each finding the first fix that is wanted and has not failed; of those that touch each other the first one.
fn choose(checked: &Checked, may: &dyn Fn(&Fix) -> bool, failed: &HashSet<Name>) -> Vec<Candidate> {
    let sources = &checked.workspace.sources;
    let is_text = |edit: &Edit| sources.get(edit.span.file).undecodable().is_empty();
    let is_wanted = |finding: &Diagnostic, fix: &Fix| {
        !fix.edits.is_empty() && fix.edits.iter().all(is_text) && may(fix) && !failed.contains(&name(finding, fix))
    };
    let mut taken: BTreeMap<(FileId, u32), u32> = BTreeMap::new();
    let mut chosen = Vec::new();
    for (number, finding) in checked.findings.iter().enumerate() {
        let Some(at) = finding.fixes.iter().position(|fix| is_wanted(finding, fix)) else { continue };
        let edits = &finding.fixes[at].edits;
        let is_free = |edit: &Edit| {
            let before = taken.range(..=(edit.span.file, edit.span.end)).next_back();
            before.is_none_or(|(&(file, _), &end)| file != edit.span.file || end < edit.span.start)
        };
        if edits.iter().all(is_free) {
            chosen.push(Candidate { finding: number, fix: at });
            taken.extend(edits.iter().map(|edit| ((edit.span.file, edit.span.start), edit.span.end)));
        }
    }
    chosen
}

/// One round: all changes are tried at once, and when that fails, in smaller groups.
struct Round<'r> {
    before: &'r Checked,
    texts: &'r Texts,
    check: &'r dyn Fn(&Texts) -> Checked,
    kept: Vec<Candidate>,
    refused: Vec<(Candidate, Why)>,
    attempts: usize,
    after: Option<(Checked, Texts)>,
}

impl<'r> Round<'r> {
    fn new(before: &'r Checked, texts: &'r Texts, check: &'r dyn Fn(&Texts) -> Checked, attempts: usize) -> Round<'r> {
        Round { before, texts, check, kept: Vec::new(), refused: Vec::new(), attempts, after: None }
    }

    fn grow(mut self, candidates: Vec<Candidate>) -> Round<'r> {
        let mut groups = vec![candidates];
        while let Some(mut group) = groups.pop().filter(|group| !group.is_empty()) {
            if self.attempts == ATTEMPTS {
                self.refused.extend(group.into_iter().map(|one| (one, Why::Untried)));
                continue;
            }
            self.attempts += 1;
            let Some(fault) = self.attempt(&group) else { continue };
            let Fault { mut guilty, mut suspects } = fault;
            if let [only] = group[..] {
                guilty.append(&mut suspects);
                let why = guilty.remove(&only.finding).unwrap_or(Why::Stays);
                self.refused.push((only, why));
                continue;
            }
            // What explains a part of it alone is left out at once; the others have to hold without it.
            if !guilty.is_empty() {
                group.retain(|one| match guilty.remove(&one.finding) {
                    Some(why) => {
                        self.refused.push((*one, why));
                        false
                    }
                    None => true,
                });
                groups.push(group);
                continue;
            }
            groups.extend(self.split(group, &suspects));
        }
        self
    }

    /// Two smaller groups, the likelier one last: what is not suspect; else one change of each definition, so that what they do can
    /// be told apart; else halves.
    fn split(&self, mut group: Vec<Candidate>, suspects: &BTreeMap<usize, Why>) -> [Vec<Candidate>; 2] {
        let (suspect, others): (Vec<Candidate>, Vec<Candidate>) =
            group.iter().partition(|one| suspects.contains_key(&one.finding));
        if !suspect.is_empty() && !others.is_empty() {
            return [suspect, others];
        }
        let mut definitions = HashSet::new();
        let mut is_first = |one: &Candidate| definitions.insert(prove::definition(one.of(self.before).0));
        let (firsts, others): (Vec<Candidate>, Vec<Candidate>) = group.iter().partition(|one| is_first(one));
        if !firsts.is_empty() && !others.is_empty() {
            return [others, firsts];
        }
        let second = group.split_off(group.len() / 2);
        [second, group]
    }

    /// Tries a group beside what is kept already. Says what is wrong, if it is.
    fn attempt(&mut self, group: &[Candidate]) -> Option<Fault> {
        let edits = |candidates: &[Candidate]| Edits::new(candidates.iter().flat_map(|one| &one.of(self.before).1.edits));
        let (kept, all) = (edits(&self.kept), edits(&[&self.kept[..], group].concat()));
        let mut texts = self.texts.clone();
        for file in all.files() {
            texts.insert(file, apply(self.before.workspace.sources.get(file).text(), all.of(file)));
        }
        let after = (self.check)(&texts);
        let now = self.after.as_ref().map_or(self.before, |(checked, _)| checked);
        let fault = prove::fault(self.before, group, (now, &kept), (&after, &all));
        if fault.is_none() {
            self.kept.extend_from_slice(group);
            self.after = Some((after, texts));
        }
        fault
    }
}
