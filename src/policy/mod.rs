//! What is reported of all that rules find: at which severity, and what is suppressed, by comments or by the configuration.

mod comment;
mod words;

use std::collections::HashMap;
use std::fmt;

use globset::GlobMatcher;

use crate::definitions::may_be_date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{self, Group, Rule, find_all};
use crate::syntax::{self, Format, Places};
use crate::text::{FileId, Sources, Span, Spanned};
use crate::workspace::{Facts, Workspace};

pub use words::did_you_mean;

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
    pub names: Vec<Spanned<String>>,
    /// Why.
    pub reason: Option<String>,
    /// The last day on which it holds.
    pub until: Option<Until>,
}

/// The last day on which a suppression holds, as written.
#[derive(Debug)]
pub struct Until(pub Spanned<String>);

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
    let facts = Facts::new(workspace);
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
}

impl Policy {
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

    fn by_comments(&self, sources: &Sources, open: &mut Open) -> Vec<Diagnostic> {
        let mut about = Vec::new();
        for (id, file) in sources.iter() {
            for comment in comment::comments(id, file) {
                if let Some((word, meant)) = &comment.unknown {
                    about.push(words::unknown_word(word, meant));
                    continue;
                }
                if comment.line.is_some() && comment.names.as_ref().is_none_or(Vec::is_empty) {
                    about.push(words::no_names(comment.span));
                    continue;
                }
                let suppression = Suppression {
                    span: comment.span,
                    names: comment.names.as_deref(),
                    until: comment.until.as_ref(),
                    reason: &comment.reason,
                    is_comment: true,
                    scope: if comment.line.is_some() { "on the line that it is for" } else { "in this file" },
                };
                let is_there = |number: usize| {
                    let place = open.findings[number].as_ref().map(|finding| finding.primary.span);
                    place.is_some_and(|place| comment.line.is_none_or(|line| file.line_of(place.start) == line))
                };
                let there: Vec<usize> = open.in_file(id).iter().copied().filter(|number| is_there(*number)).collect();
                self.suppress(&suppression, &there, sources, open, &mut about);
            }
        }
        about
    }

    fn by_entries(&self, sources: &Sources, open: &mut Open) -> Vec<Diagnostic> {
        let mut about = Vec::new();
        let pointers = self.ignores.iter().any(|entry| entry.pointer.is_some()).then(|| pointers(open, sources));
        for entry in &self.ignores {
            let suppression = Suppression {
                span: entry.span,
                names: Some(&entry.names),
                until: entry.until.as_ref(),
                reason: entry.reason.as_deref().unwrap_or_default(),
                is_comment: false,
                scope: "there",
            };
            let has_file = |finding: &Diagnostic| {
                let path = self.base.path(&sources.get(finding.primary.span.file).path);
                entry.files.as_ref().is_none_or(|files| path.is_some_and(|path| files.is_match(path)))
            };
            let is_there = |(number, finding): (usize, &Diagnostic)| {
                let is_its = |name: &String| finding.subject.as_ref().is_some_and(|subject| subject.name == *name);
                let pointer = pointers.as_ref().map_or("", |pointers| &pointers[number]);
                let lies_in = |outer: &String| {
                    let rest = pointer.strip_prefix(outer.trim_end_matches('/'));
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                };
                entry.definition.as_ref().is_none_or(is_its) && has_file(finding) && entry.pointer.as_ref().is_none_or(lies_in)
            };
            let numbered = open.findings.iter().enumerate().filter_map(|(number, one)| Some((number, one.as_ref()?)));
            let there: Vec<usize> = numbered.filter(|one| is_there(*one)).map(|(number, _)| number).collect();
            self.suppress(&suppression, &there, sources, open, &mut about);
        }
        about
    }

    /// Moves what a suppression names, of the findings that are `there`, to what is suppressed; or says why it suppresses nothing.
    fn suppress(
        &self,
        suppression: &Suppression<'_>,
        there: &[usize],
        sources: &Sources,
        open: &mut Open,
        about: &mut Vec<Diagnostic>,
    ) {
        if self.is_asked_for(words::NO_REASON) && suppression.reason.is_empty() {
            about.push(words::no_reason(suppression.span));
        }
        if let Some(until) = suppression.until.filter(|until| !until.is_sound()) {
            about.push(words::no_day(until));
            return;
        }
        let expired = suppression.until.filter(|until| self.today.as_ref().is_some_and(|today| until.0.value < *today));
        let mut unused: Vec<&str> = Vec::new();
        let mut is_used = false;
        for name in suppression.names.map_or_else(|| vec![None], |names| names.iter().map(Some).collect()) {
            let rules = match name {
                Some(name) => match find_all(&name.value) {
                    Some(rules) => Some(rules),
                    None if rules::find_code(&name.value).is_some() => continue,
                    None => {
                        about.push(words::unknown_rule(name));
                        is_used = true;
                        continue;
                    }
                },
                None => None,
            };
            if let Some(until) = expired {
                let what = name.map_or_else(|| "what is found".to_owned(), |name| format!("`{}`", name.value));
                about.push(words::expired(until, &what));
                return;
            }
            let before = open.suppressed.len();
            let is_its =
                |finding: &Diagnostic| rules.as_ref().is_none_or(|rules| rules.iter().any(|rule| rule.name == finding.rule));
            for &number in there {
                let finding = open.findings[number].take_if(|finding| is_its(finding));
                let (is_comment, reason) = (suppression.is_comment, suppression.reason.to_owned());
                open.suppressed.extend(finding.map(|finding| Suppressed { finding, is_comment, reason }));
            }
            let path = &sources.get(suppression.span.file).path;
            let is_off = |rule: &&&Rule| {
                let is_optional = rules::OPTIONAL.contains(&rule.name) && !self.is_asked_for(rule.name);
                is_optional || self.level(rule.name, path) == Some(Level::Off)
            };
            // Of rules that are not applied nobody can tell.
            let are_off = rules.as_ref().is_some_and(|rules| rules.iter().all(|rule| is_off(&rule)));
            match (open.suppressed.len() > before || are_off, name) {
                (true, _) => is_used = true,
                (false, Some(name)) => unused.push(&name.value),
                (false, None) => {}
            }
        }
        if !unused.is_empty() || !is_used {
            about.push(words::unused(suppression.span, &unused, !is_used, suppression.is_comment, suppression.scope));
        }
    }
}

/// A suppression, in a comment or in the configuration.
struct Suppression<'a> {
    span: Span,
    names: Option<&'a [Spanned<String>]>,
    until: Option<&'a Until>,
    reason: &'a str,
    is_comment: bool,
    /// Where it holds, in words.
    scope: &'static str,
}

/// The findings that are not suppressed yet, and those that are.
struct Open {
    findings: Vec<Option<Diagnostic>>,
    by_file: HashMap<FileId, Vec<usize>>,
    suppressed: Vec<Suppressed>,
}

impl Open {
    fn new(findings: Vec<Diagnostic>) -> Open {
        let mut by_file: HashMap<FileId, Vec<usize>> = HashMap::new();
        for (number, finding) in findings.iter().enumerate() {
            by_file.entry(finding.primary.span.file).or_default().push(number);
        }
        Open { findings: findings.into_iter().map(Some).collect(), by_file, suppressed: Vec::new() }
    }

    fn in_file(&self, file: FileId) -> &[usize] {
        self.by_file.get(&file).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The JSON pointer of each finding that is open; each file is read again once.
fn pointers(open: &Open, sources: &Sources) -> Vec<String> {
    let mut pointers = vec![String::new(); open.findings.len()];
    for (id, numbers) in &open.by_file {
        let file = sources.get(*id);
        let parse = syntax::parse(file, Format::of(file));
        let places = Places::new(&parse.tree, file.text(), *id);
        for &number in numbers {
            if let Some(finding) = &open.findings[number] {
                pointers[number] = places.pointer(finding.primary.span.start, finding.primary.span.end);
            }
        }
    }
    pointers
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
