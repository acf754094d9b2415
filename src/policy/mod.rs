//! What is reported of all that rules find: at which severity, and what is suppressed, by comments or by the configuration.

mod comment;
mod suppress;
mod words;

use std::collections::HashMap;
use std::fmt;

use globset::GlobMatcher;

use crate::definitions::may_be_date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{self, Group};
use crate::text::{ShortText, Sources, Span, Spanned};
use crate::workspace::{Facts, Workspace};

pub use words::did_you_mean;

use suppress::Open;

/// What is reported. By default it is what rules find, but for what comments suppress.
#[derive(Debug, Default)]
pub struct Policy {
    /// The levels that the configuration sets, by rule.
    pub levels: HashMap<&'static str, Level>,
    /// Levels for some files; the last that has the file and the rule counts.
    pub overrides: Vec<Override>,
    /// The levels that the command line sets.
    pub forced: HashMap<&'static str, Level>,
    /// Whether what may have been meant otherwise is an error too; see [`STRICT`].
    pub is_strict: bool,
    /// What the configuration suppresses.
    pub ignores: Vec<Ignore>,
    /// The day of today, such as `2026-11-25`; without it no suppression expires.
    pub today: Option<String>,
    /// From the root of the project to the folder that globs start from.
    pub base: Base,
    /// Whether nobody looks at the fixes of what is reported.
    pub spares_fixes: bool,
}

/// Whether a rule is applied, and how much its findings matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It is not.
    Off,
    /// It is, and its findings have the severities that it gives them.
    On,
    /// Its findings have this severity.
    At(Severity),
}

/// Levels for some files.
#[derive(Debug)]
pub struct Override {
    /// The files.
    pub files: Vec<GlobMatcher>,
    /// The levels, by rule.
    pub levels: HashMap<&'static str, Level>,
}

/// An entry of the configuration that suppresses findings.
#[derive(Debug)]
pub struct Ignore {
    /// The entry.
    pub span: Span,
    /// The files; none when it is for all.
    pub files: Option<GlobMatcher>,
    /// The JSON pointer of a value: what lies in it is meant. None when it is for all.
    pub pointer: Option<String>,
    /// The name of a definition; none when it is for all.
    pub definition: Option<String>,
    /// The rules, groups or codes.
    pub names: Vec<Spanned<ShortText>>,
    /// Why.
    pub reason: Option<String>,
    /// The last day on which it holds.
    pub until: Option<Until>,
}

/// The last day on which a suppression holds, as written.
#[derive(Debug)]
pub struct Until(pub Spanned<ShortText>);

/// From the root of the project, which paths are relative to, to another folder.
#[derive(Debug, Default)]
pub struct Base {
    /// What is taken from the beginning of a path; a path without it lies outside.
    pub strip: String,
    /// What is put before it.
    pub add: String,
}

impl Base {
    /// A path as seen from the folder; none of what lies outside of it.
    pub fn path(&self, path: &str) -> Option<String> {
        Some(format!("{}{}", self.add, path.strip_prefix(&self.strip)?))
    }
}

/// A finding that is suppressed.
#[derive(Debug)]
pub struct Suppressed {
    /// The finding.
    pub finding: Diagnostic,
    /// Whether a comment does it, and not the configuration.
    pub is_comment: bool,
    /// Why; empty where that is not said.
    pub reason: String,
}

/// What is reported, and what is not.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What is reported, sorted by path and place.
    pub findings: Vec<Diagnostic>,
    /// What is suppressed.
    pub suppressed: Vec<Suppressed>,
}

/// The rules whose warnings are errors when a policy is strict: the service may take these, and what was meant does not happen.
pub const STRICT: [&str; 8] = [
    "lost-field",
    "malformed-path",
    "path-prefix",
    "unknown-filter-field",
    "unknown-output-field",
    "unknown-passthrough-field",
    "unknown-reference",
    "unknown-source",
];

/// Applies all rules to a workspace, and keeps what the policy reports.
pub fn check(workspace: &Workspace, policy: &Policy) -> Outcome {
    check_watched(workspace, policy, &mut |_| {})
}

/// The same; `done` is told of each step that is done, a rule by its name.
pub fn check_watched(workspace: &Workspace, policy: &Policy, done: &mut dyn FnMut(&'static str)) -> Outcome {
    let asked: Vec<&str> = rules::OPTIONAL.iter().copied().filter(|rule| policy.is_asked_for(rule)).collect();
    let mut facts = Facts::new(workspace);
    facts.wants_fixes = !policy.spares_fixes;
    done("resolve");
    let findings = rules::check_watched(&facts, &asked, done);
    let outcome = policy.apply(&workspace.sources, findings);
    done("suppress");
    outcome
}

impl Policy {
    /// The usual policy, with some of the rules that must be asked for.
    pub fn asking_for(rules: &[&str]) -> Policy {
        let optional = rules::OPTIONAL.iter().filter(|rule| rules.contains(rule));
        Policy { forced: optional.map(|rule| (*rule, Level::On)).collect(), ..Policy::default() }
    }

    fn is_asked_for(&self, rule: &str) -> bool {
        let of_files = self.overrides.iter().map(|one| &one.levels);
        let mut all = [&self.forced, &self.levels].into_iter().chain(of_files);
        all.any(|levels| levels.get(rule).is_some_and(|level| *level != Level::Off))
    }

    /// Whether every rule about definitions is off in every file, so that nothing would be checked.
    pub fn is_idle(&self) -> bool {
        let is_off = |level: Option<&Level>, usual| level.map_or(usual, |level| *level == Level::Off);
        rules::ALL.iter().filter(|rule| rule.group != Group::Housekeeping).all(|rule| {
            let usual = is_off(self.levels.get(rule.name), rules::OPTIONAL.contains(&rule.name));
            let everywhere = usual && self.overrides.iter().all(|one| is_off(one.levels.get(rule.name), true));
            is_off(self.forced.get(rule.name), everywhere)
        })
    }

    /// The level of a rule in a file; none where nothing sets it.
    pub fn level(&self, rule: &str, path: &str) -> Option<Level> {
        let here = self.base.path(path);
        let holds = |one: &&Override| here.as_ref().is_some_and(|path| one.files.iter().any(|glob| glob.is_match(path)));
        let of_file = || self.overrides.iter().rev().filter(holds).find_map(|one| one.levels.get(rule));
        self.forced.get(rule).or_else(of_file).or_else(|| self.levels.get(rule)).copied()
    }

    /// Sets the severities of findings that no rule of ours has made, and leaves out those that are off.
    pub fn keep(&self, sources: &Sources, mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        findings.retain_mut(|finding| self.set_level(finding, sources));
        findings
    }

    /// Sets severities, and leaves out what is off or suppressed. Findings about suppressions are added.
    pub fn apply(&self, sources: &Sources, mut findings: Vec<Diagnostic>) -> Outcome {
        findings.retain_mut(|finding| self.set_level(finding, sources));
        let mut open = Open::new(findings);
        let mut about = self.by_comments(sources, &mut open);
        about.extend(self.by_entries(sources, &mut open));
        about.retain_mut(|finding| self.set_level(finding, sources));
        let mut findings: Vec<Diagnostic> = open.findings.into_iter().flatten().collect();
        findings.extend(about);
        findings.sort_by_key(|finding| (finding.primary.span, finding.rule));
        Outcome { findings, suppressed: open.suppressed }
    }

    /// Gives a finding its severity; says no when its rule is off.
    fn set_level(&self, finding: &mut Diagnostic, sources: &Sources) -> bool {
        if self.is_strict && !finding.is_guess && finding.severity == Severity::Warning && STRICT.contains(&finding.rule) {
            finding.severity = Severity::Error;
        }
        match self.level(finding.rule, &sources.get(finding.primary.span.file).path) {
            Some(Level::Off) => return false,
            Some(Level::At(severity)) => finding.severity = severity,
            Some(Level::On) | None => {}
        }
        true
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Level::Off => "off",
            Level::On => "on",
            Level::At(severity) => severity.name(),
        })
    }
}

/// Whether a text is a day, such as `2026-11-25`.
fn is_day(text: &str) -> bool {
    text.len() == 10 && text.matches('-').count() == 2 && may_be_date(text)
}
