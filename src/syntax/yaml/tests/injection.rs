//! A realistic definition, broken on purpose: each fault must be found on its line, and nothing else be lost.

use super::{outline_of, read};
use crate::syntax::yaml::tests::check_spans;
use crate::syntax::{Kind, Tree};

pub(super) const DEFINITION: &str = r#"# What the product team searches.
bucket:
  name: product-media
  description: "Photos and clips of products, with their text"
  schema:
    fields:
      title:
        type: text
        required: true
        max_length: 200
      photo:
        type: image
        formats:
          - jpeg
          - png
          - "webp"
      clip:
        type: video
        max_seconds: 90.5
      price: {type: number, minimum: 0}
      tags: [red, green, blue]
      notes:
        type: text
        help: |
          Free text: whatever
          the team writes.
        default: ~
  quota:
    objects: 100000
    bytes: 1e12

collections:
  - name: product-frames
    source: product-media
    extractor: video-frames@v1
    enabled: true
    inputs:
      clip: clip
      title: title
    parameters:
      every: 2.5
      model: 'clip-vit'
      prompt: >-
        Describe the
        product.
      labels: &labels
        - front
        - back
  - name: product-text
    source: product-frames
    extractor: text-embedding@v2
    inputs:
      text: title
    parameters:
      language: en
      labels: *labels
    retention: 30d
  - name: product-audio
    source: product-media
    extractor: transcription@v1
    inputs:
      audio: clip
    parameters:
      language: null
      speakers: 2
version: 3
owner: search-team
"#;

/// How a line with a value on it can be broken.
const FAULTS: [fn(&str, &str) -> String; 6] = [
    |head, value| format!("{head}@{value}"),
    |head, value| format!("{head}one: {}: more", plain(value)),
    |head, value| format!("{head}\"{}", plain(value)),
    |head, value| format!("{head}[{}", plain(value)),
    |head, value| format!("{head}{{at: {}", plain(value)),
    |head, value| format!("{head}'{}' tail", plain(value)),
];

fn plain(value: &str) -> String {
    value.replace(['"', '\'', '[', ']', '{', '}', '&', '*', '#', ':'], "").trim().replace('~', "none")
}

/// The numbers, from 0, of the lines that are a key or a dash with a value on the same line, and nothing below it.
fn value_lines() -> Vec<usize> {
    let is_value = |line: &str| {
        let line = line.trim_start();
        let value =
            line.split_once(": ").map(|(_, value)| value).or_else(|| line.strip_prefix("- ").filter(|item| !item.contains(':')));
        value.is_some_and(|value| !value.starts_with(['|', '>', '&', '*'])) && !line.starts_with('#')
    };
    let in_block = |number: usize| [25, 26, 43, 44].contains(&(number + 1));
    DEFINITION
        .lines()
        .enumerate()
        .filter(|(number, line)| is_value(line) && !in_block(*number))
        .map(|(number, _)| number)
        .collect()
}

fn broken(faults: &[(usize, usize)]) -> String {
    let mut text = String::new();
    for (number, line) in DEFINITION.lines().enumerate() {
        match faults.iter().find(|(broken, _)| *broken == number) {
            Some((_, fault)) => {
                let dash = line.find("- ").map_or(0, |dash| dash + 2);
                let value = line.find(": ").map_or(dash, |colon| colon + 2);
                text.push_str(&FAULTS[*fault](&line[..value], &line[value..]));
            }
            None => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

/// Every scalar as path and outline, so that two trees can be compared with a few paths left out.
fn leaves(tree: &Tree, text: &str, index: u32, path: &str, found: &mut Vec<(String, String)>) {
    let children = super::children(tree, index);
    match tree.entries[index as usize].kind {
        Kind::Object => {
            for member in children.chunks(2) {
                leaves(tree, text, member[1], &format!("{path}/{}", tree.text(text, member[0])), found);
            }
        }
        Kind::Array => {
            for (number, item) in children.iter().enumerate() {
                leaves(tree, text, *item, &format!("{path}/{number}"), found);
            }
        }
        Kind::Alias => found.push((path.to_owned(), "*".to_owned())),
        _ => found.push((path.to_owned(), outline_of(tree, text, index))),
    }
}

fn check(faults: &[(usize, usize)]) {
    let text = broken(faults);
    let (tree, errors) = read(&text);
    check_spans(&tree, &text);
    let lines: Vec<usize> = errors.iter().map(|error| text[..error.range.start as usize].matches('\n').count()).collect();
    let expected: Vec<usize> = faults.iter().map(|(line, _)| *line).collect();
    let shown = || text.lines().enumerate().map(|(n, l)| format!("{n:3} {l}\n")).collect::<String>();
    assert_eq!(lines, expected, "{faults:?} {errors:?}\n{}", shown());

    let (whole, no_errors) = read(DEFINITION);
    assert!(no_errors.is_empty());
    let (mut before, mut after) = (Vec::new(), Vec::new());
    leaves(&whole, DEFINITION, 0, "", &mut before);
    leaves(&tree, &text, 0, "", &mut after);
    let lost: Vec<_> = before.iter().filter(|leaf| !after.contains(leaf)).collect();
    let invalid = after.iter().filter(|(_, outline)| outline == "!").count();
    assert_eq!(invalid, faults.len(), "{faults:?} {after:?}\n{}", shown());
    let in_brackets = |line: usize| DEFINITION.lines().nth(line).unwrap().contains(['[', '{']);
    let may_be_lost: usize = faults.iter().map(|(line, _)| if in_brackets(*line) { 3 } else { 1 }).sum();
    assert!(lost.len() <= may_be_lost, "{faults:?} lost {lost:?}\n{}", shown());
    let made_up = after.iter().filter(|leaf| leaf.1 != "!" && !before.contains(leaf)).count();
    assert_eq!(made_up, 0, "{faults:?} {after:?}");
}

#[test]
fn the_definition_is_valid_and_has_many_values() {
    assert!(read(DEFINITION).1.is_empty());
    assert!(value_lines().len() >= 40, "{}", value_lines().len());
    assert!(DEFINITION.lines().count() >= 60);
}

#[test]
fn one_fault_gives_one_error_on_its_line() {
    for line in value_lines() {
        for fault in 0..FAULTS.len() {
            check(&[(line, fault)]);
        }
    }
}

#[test]
fn two_faults_give_two_errors() {
    let lines = value_lines();
    for (number, &first) in lines.iter().enumerate() {
        for &second in &lines[number + 1..] {
            let fault = (first * 7 + second * 3) % FAULTS.len();
            check(&[(first, fault), (second, (first + second) % FAULTS.len())]);
        }
    }
}

#[test]
fn all_lines_broken_give_an_error_each() {
    let lines = value_lines();
    for fault in 0..FAULTS.len() {
        let faults: Vec<(usize, usize)> = lines.iter().map(|&line| (line, fault)).collect();
        check(&faults);
    }
}

/// How a line can be broken so that its key is lost too.
const LINE_FAULTS: [fn(&str) -> String; 4] = [
    |line| format!("\t{}", line.trim_start()),
    |line| format!(" {line}"),
    |line| line.replacen(": ", " ", 1),
    |line| format!("%{}", line.trim_start()),
];

/// Members of an object that come after a scalar, so that one more space makes them part of it.
fn later_members() -> Vec<usize> {
    let lines: Vec<&str> = DEFINITION.lines().collect();
    let width = |line: &str| line.len() - line.trim_start().len();
    let is_member = |number: usize| {
        let (before, line) = (lines[number - 1], lines[number]);
        let follows = before.contains(": ") && width(before) == width(line) && !before.ends_with([']', '}', '"', '\'']);
        follows && !line.contains("- ") && !before.contains("- ")
    };
    value_lines().into_iter().filter(|&number| number > 0 && is_member(number)).collect()
}

#[test]
fn a_line_that_is_broken_as_a_whole_is_the_only_one_lost() {
    let lines = later_members();
    assert!(lines.len() >= 10, "{lines:?}");
    let (whole, _) = read(DEFINITION);
    let mut before = Vec::new();
    leaves(&whole, DEFINITION, 0, "", &mut before);
    for &broken in &lines {
        for (number, fault) in LINE_FAULTS.iter().enumerate() {
            let lines = DEFINITION.lines().enumerate().map(|(at, line)| if at == broken { fault(line) } else { line.to_owned() });
            let text = lines.map(|line| line + "\n").collect::<String>();
            let (tree, errors) = read(&text);
            check_spans(&tree, &text);
            let found: Vec<usize> = errors.iter().map(|error| text[..error.range.start as usize].matches('\n').count()).collect();
            assert_eq!(found, [broken], "fault {number} of line {broken}: {errors:?}");
            let mut after = Vec::new();
            leaves(&tree, &text, 0, "", &mut after);
            let lost: Vec<_> = before.iter().filter(|leaf| !after.contains(leaf)).collect();
            assert!(lost.len() == 1 && after.len() == before.len() - 1, "fault {number} of line {broken}: lost {lost:?}");
        }
    }
}
