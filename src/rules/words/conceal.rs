//! Takes what is hidden out of sentences: a finding may quote the text that it is about.

use std::collections::{HashMap, HashSet};

use crate::definitions::{Hidden, concealed_at};
use crate::diagnostic::{Diagnostic, Label};
use crate::workspace::Workspace;

/// How many bytes of a secret tell it; of a shorter one, all of it as a word.
const PIECE: usize = 8;

/// What stands in its place.
const HIDDEN: &str = "***";

/// Takes all that files hide out of all that findings say.
pub(in crate::rules) fn conceal(workspace: &Workspace, findings: &mut [Diagnostic]) {
    let all: HashSet<&Hidden> = workspace.files.iter().flat_map(|file| &file.concealed).map(|one| &one.text).collect();
    if all.is_empty() {
        return;
    }
    let mut hidden = Secrets::default();
    for text in all.into_iter().map(|text| text.0.trim()) {
        match text.as_bytes().get(..PIECE) {
            Some(begin) => hidden.by_start.entry(begin).or_default().push(text),
            None => {
                hidden.words.insert(text);
            }
        }
    }
    for finding in findings {
        // A finding in the middle of a secret may quote a piece of it.
        let places = finding.related.iter().chain(&finding.lineage).chain([&finding.primary]).map(|label| label.span);
        let around = places.filter_map(|place| Some((workspace.files.get(place.file.index())?, place)));
        let around: Vec<&str> =
            around.flat_map(|(file, place)| concealed_at(&file.concealed, place)).map(|one| one.text.0.as_str()).collect();
        let labels = finding.related.iter_mut().chain(&mut finding.lineage).chain([&mut finding.primary]);
        let said = labels.map(|Label { message, .. }| message);
        for text in said.chain([&mut finding.message]).chain(&mut finding.help) {
            *text = quotes(&hidden.without(text), &around);
        }
        // What would be written into the file cannot be shown, and so not be judged by anyone.
        finding.fixes.retain(|fix| {
            let is_open = |text: &str| hidden.without(text) == text;
            is_open(&fix.title) && fix.edits.iter().all(|edit| is_open(&edit.text))
        });
    }
}

/// All that is hidden.
#[derive(Default)]
struct Secrets<'w> {
    /// By their first bytes.
    by_start: HashMap<&'w [u8], Vec<&'w str>>,
    /// Those that are shorter.
    words: HashSet<&'w str>,
}

impl Secrets<'_> {
    /// A text without what is hidden, or what begins like it.
    fn without(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(letter) = text[at..].chars().next() {
            let length = self.at(text, at);
            match length {
                0 => shown.push(letter),
                _ => shown.push_str(HIDDEN),
            }
            at += if length == 0 { letter.len_utf8() } else { length };
        }
        shown
    }

    /// How many bytes at a place of a text belong to something hidden.
    fn at(&self, text: &str, at: usize) -> usize {
        let rest = &text[at..];
        let same = |secret: &str| -> usize {
            rest.chars().zip(secret.chars()).take_while(|(a, b)| a == b).map(|(letter, _)| letter.len_utf8()).sum()
        };
        let long = rest.as_bytes().get(..PIECE).and_then(|begin| self.by_start.get(begin));
        let long = long.into_iter().flatten().map(|secret| same(secret)).max();
        let is_inside = || text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        if long.is_some() || self.words.is_empty() || is_inside() {
            return long.unwrap_or_default();
        }
        let word = rest.find(|letter: char| letter.is_whitespace() || letter == '`').unwrap_or(rest.len());
        if self.words.contains(&rest[..word]) { word } else { 0 }
    }
}

/// A text without the quotes that are pieces of a secret: they stand in backticks.
fn quotes(text: &str, around: &[&str]) -> String {
    if around.is_empty() {
        return text.to_owned();
    }
    let is_piece = |quote: &str| {
        let quote = quote.trim_end_matches('…');
        quote.len() > 1 && around.iter().any(|secret| secret.contains(quote))
    };
    let parts = text.split('`').enumerate();
    let shown: Vec<&str> = parts.map(|(number, part)| if number % 2 == 1 && is_piece(part) { HIDDEN } else { part }).collect();
    shown.join("`")
}
