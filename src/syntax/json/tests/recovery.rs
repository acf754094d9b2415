//! One mistake is one error, and what stands around it is still read.

use super::{read, read_as};
use crate::syntax::Format;

const ROWS: &[(&str, &[&str], &str)] = &[];

#[test]
fn one_mistake_is_one_error() {
    for (text, errors, values) in ROWS {
        let read = read(text);
        assert_eq!(
            (read.errors().as_slice(), read.shown().as_str()),
            (&errors.iter().map(|e| e.to_string()).collect::<Vec<_>>()[..], *values),
            "{text:?}"
        );
    }
}

#[test]
fn relaxed_json_may_have_comments_and_trailing_commas() {
    let text = "// a\n{\"a\": [1, /* b */ 2,], # c\n}\n";
    assert_eq!(read_as(text, Format::Jsonc).errors(), [""; 0]);
    assert_eq!(read(text).errors(), ["Comment // a", "Comment /* b */", "TrailingComma ,", "TrailingComma ,", "Comment # c"]);
    assert_eq!(read_as(text, Format::Jsonc).shown(), "{'a':[1,2]}");
    assert_eq!(read_as("[1,,]", Format::Jsonc).errors(), ["MissingValue [1,^"]);
}

#[test]
fn dump() {
    for text in std::fs::read_to_string("/tmp/recovery.txt").unwrap().split("\n----\n") {
        let read = read(text);
        println!("<<{text}>>\n   {:?}\n   {:?}", read.errors(), read.shown());
    }
}
