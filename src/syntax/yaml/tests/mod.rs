//! Tests of the YAML reader, and what they share.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod aliases;
mod hostile;
mod injection;
mod invalid;
mod plain;
mod recovery;
mod same_as_json;
mod scalars;
mod spans;
mod valid;

use crate::syntax::tree::Entry;
use crate::syntax::{Kind, Limits, Problem, SyntaxError, Tree};

fn read(text: &str) -> (Tree, Vec<SyntaxError>) {
    super::read(text, Limits::default(), Tree::default())
}

/// The documents in one line each: strings in quotes, `~` for null, `!` for what could not be read, `*` before what an alias
/// stands for.
fn outline(tree: &Tree, text: &str) -> Vec<String> {
    tree.roots.iter().map(|&root| outline_of(tree, text, root)).collect()
}

fn outline_of(tree: &Tree, text: &str, index: u32) -> String {
    let entry = tree.entries[index as usize];
    let children = || children(tree, index).into_iter().map(|child| outline_of(tree, text, child)).collect::<Vec<_>>();
    match entry.kind {
        Kind::Null => "~".to_owned(),
        Kind::Bool | Kind::Number => tree.text(text, index).to_owned(),
        Kind::String => format!("{:?}", tree.text(text, index)),
        Kind::Array => format!("[{}]", children().join(", ")),
        Kind::Object => {
            let members: Vec<String> = children().chunks(2).map(|member| member.join(": ")).collect();
            format!("{{{}}}", members.join(", "))
        }
        Kind::Alias => format!("*{}", outline_of(tree, text, entry.at)),
        Kind::Invalid => "!".to_owned(),
    }
}

fn children(tree: &Tree, index: u32) -> Vec<u32> {
    let end = tree.entries[index as usize].next;
    let mut children = Vec::new();
    let mut at = index + 1;
    while at < end {
        children.push(at);
        at = tree.entries[at as usize].next;
    }
    children
}

/// What a valid text says; it must give no errors and keep the rules of spans.
fn says(text: &str) -> Vec<String> {
    let (tree, errors) = read(text);
    assert_eq!(errors, [], "{text:?}");
    check_spans(&tree, text);
    outline(&tree, text)
}

/// The errors of a text, each as its line (from 1) and problem, and what is left of the documents.
fn recovered(text: &str) -> (Vec<(usize, Problem)>, Vec<String>) {
    let (tree, errors) = read(text);
    check_spans(&tree, text);
    let line = |error: &SyntaxError| text[..error.range.start as usize].matches('\n').count() + 1;
    (errors.iter().map(|error| (line(error), error.problem.clone())).collect(), outline(&tree, text))
}

fn lines_of_errors(text: &str) -> Vec<usize> {
    recovered(text).0.into_iter().map(|(line, _)| line).collect()
}

/// What holds of the spans of every tree.
fn check_spans(tree: &Tree, text: &str) {
    let mut last = 0;
    for (index, entry) in tree.entries.iter().enumerate() {
        let Entry { start, end, next, .. } = *entry;
        assert!(start >= last, "{text:?}: node {index} begins at {start}, before the last one at {last}");
        assert!(start <= end && text.get(start as usize..end as usize).is_some(), "{text:?}: node {index} at {start}..{end}");
        last = start;
        for child in &tree.entries[index + 1..next as usize] {
            assert!(child.start >= start && child.end <= end, "{text:?}: {child:?} is not inside {entry:?}");
        }
        if matches!(entry.kind, Kind::Null | Kind::Bool | Kind::Number | Kind::String) && !entry.is_decoded {
            let said = tree.text(text, index as u32);
            assert!(entry.at >= start && entry.at + entry.len <= end, "{text:?}: {said:?} is not inside its span");
        }
    }
}
