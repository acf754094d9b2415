//! What is read without the parser is read as the parser reads it.

use std::fs;
use std::path::Path;

use super::super::events::{self, Indentation};
use super::super::mask::Masked;
use super::super::plain;
use super::injection::DEFINITION;
use crate::discover;
use crate::syntax::{Limits, Tree};

/// Every entry of a tree, and its documents.
fn laid_out(tree: &Tree) -> String {
    format!("{:?}\n{:?}\n{:?}", tree.entries, tree.roots, tree.decoded)
}

/// Whether a text is plain; then the parser reads it without an error, and gives the same tree.
fn is_plain(text: &str) -> bool {
    let limits = Limits::default();
    let Some(tree) = plain::read(text, limits, Tree::default()) else { return false };
    let reading = events::read(text, text, &Masked::default(), limits, Indentation::Strict);
    let Ok(reading) = reading else { panic!("the parser refuses {text:?}") };
    assert_eq!(reading.errors, [], "{text:?}");
    let (ours, theirs) = (laid_out(&tree), laid_out(&reading.tree));
    assert!(ours == theirs, "{text}\nours:   {ours}\ntheirs: {theirs}");
    true
}

fn files_below(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
            found.extend(discover::read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok()));
        }
    }
}

fn fixtures() -> Vec<String> {
    let mut texts = Vec::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut texts);
    texts
}

#[test]
fn fixtures_are_read_alike() {
    let texts = fixtures();
    let plain = texts.iter().filter(|text| is_plain(text)).count();
    assert!(plain * 2 > texts.len(), "only {plain} of {} are plain", texts.len());
}

/// Bytes are put in, taken out and doubled everywhere, so that a text is nearly plain in every way.
#[test]
fn what_is_nearly_plain_is_read_alike_or_not_at_all() {
    let signs = [
        "", " ", "  ", "\n", "\n  ", ":", ": ", "- ", "-", "#", " #", ",", "[", "]", "{", "}", "\"", "'", "|", ">", "&a", "*a",
        "!", "?", "%", "@", "`", "~", "<<", "---", "\t", "é", "1", "\\", "=",
    ];
    let texts = [
        "a: b\nc:\n  - d\n  - e: f\n    g: [h, \"i\", { j: 1 }]\n  # k\nl: 'm' # n\no:\np: -1.5\n",
        "- a\n- b: c\n  d: e\n- [f]\n",
        "a:\n- b\n- c\nd: { e: f, g: [] }\n",
        "a: b c, d\ne: f:g/h\n\"i j\": k\n",
    ];
    let mut plain = 0;
    for text in texts {
        assert!(is_plain(text), "{text:?}");
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            for sign in signs {
                let put_in = format!("{}{sign}{}", &text[..at], &text[at..]);
                let rest = text[at..].char_indices().nth(1).map_or("", |(next, _)| &text[at + next..]);
                let in_place = format!("{}{sign}{rest}", &text[..at]);
                plain += usize::from(is_plain(&put_in)) + usize::from(is_plain(&in_place));
            }
        }
    }
    assert!(plain > 1000, "only {plain} were plain");
    for at in 0..DEFINITION.len() {
        is_plain(&DEFINITION[at..]);
        is_plain(&DEFINITION[..at]);
    }
}

#[test]
fn what_is_not_plain_is_left_to_the_parser() {
    for text in [
        "",
        "a",
        "a: |\n  b\n",
        "a: b\n  c\n",
        "a: &x b\n",
        "a: [b,\n  c]\n",
        "<<: *a\n",
        "---\na: b\n",
        "a: \"b\\n\"\n",
        "a: 'it''s'\n",
        "\ta: b\n",
        "a: b: c\n",
        "? a\n: b\n",
    ] {
        assert!(!is_plain(text), "{text:?}");
    }
}
