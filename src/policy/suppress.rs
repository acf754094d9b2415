//! What comments and the configuration suppress, and what is said of those that suppress nothing.

use std::collections::HashMap;

use super::{Level, Policy, Suppressed, Until, comment, words};
use crate::diagnostic::Diagnostic;
use crate::rules::{self, Rule, find_all};
use crate::syntax;
use crate::text::{FileId, ShortText, Sources, Span, Spanned};

impl Policy {
    /// Takes out what comments suppress; gives what is to be said of the comments.
    pub(super) fn by_comments(&self, sources: &Sources, open: &mut Open) -> Vec<Diagnostic> {
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

    /// Takes out what the configuration suppresses; gives what is to be said of its entries.
    pub(super) fn by_entries(&self, sources: &Sources, open: &mut Open) -> Vec<Diagnostic> {
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
            let has_file = |file: FileId| {
                let path = || self.base.path(&sources.get(file).path);
                entry.files.as_ref().is_none_or(|files| path().is_some_and(|path| files.is_match(path)))
            };
            let is_there = |(number, finding): (usize, &Diagnostic)| {
                let is_its = |name: &String| finding.subject.as_ref().is_some_and(|subject| subject.name == *name);
                let pointer = pointers.as_ref().map_or("", |pointers| &pointers[number]);
                let lies_in = |outer: &String| {
                    let rest = pointer.strip_prefix(outer.trim_end_matches('/'));
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                };
                entry.definition.as_ref().is_none_or(is_its) && entry.pointer.as_ref().is_none_or(lies_in)
            };
            // Whether a glob fits is asked once for a file.
            let of_files = open.by_file.iter().filter(|(file, _)| has_file(**file)).flat_map(|(_, numbers)| numbers);
            let still = of_files.filter_map(|number| Some((*number, open.findings[*number].as_ref()?)));
            let mut there: Vec<usize> = still.filter(|one| is_there(*one)).map(|(number, _)| number).collect();
            there.sort_unstable();
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
    names: Option<&'a [Spanned<ShortText>]>,
    until: Option<&'a Until>,
    reason: &'a str,
    is_comment: bool,
    /// Where it holds, in words.
    scope: &'static str,
}

/// The findings that are not suppressed yet, and those that are.
pub(super) struct Open {
    pub(super) findings: Vec<Option<Diagnostic>>,
    by_file: HashMap<FileId, Vec<usize>>,
    pub(super) suppressed: Vec<Suppressed>,
}

impl Open {
    pub(super) fn new(findings: Vec<Diagnostic>) -> Open {
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

/// The JSON pointer of each finding that is open.
fn pointers(open: &Open, sources: &Sources) -> Vec<String> {
    let numbered = open.findings.iter().enumerate();
    let places: Vec<(usize, Span)> = numbered.filter_map(|(number, one)| Some((number, one.as_ref()?.primary.span))).collect();
    let found = syntax::seen_at(&places, |(_, place)| *place, sources, |seen, (_, place)| seen.pointer(place.start, place.end));
    let mut pointers = vec![String::new(); open.findings.len()];
    places.iter().zip(found).for_each(|((number, _), pointer)| pointers[*number] = pointer);
    pointers
}
