//! Texts that are made to take long, to fill memory or to overflow the stack.

use super::{read, read_as, read_within};
use crate::syntax::{Format, Limits, Problem};

/// How often each text may be wrong, however long it is.
#[test]
fn runs_of_garbage_are_few_mistakes() {
    const MANY: usize = 1_000_000;
    for (name, text, most) in [
        ("garbage", "@".repeat(MANY), 1),
        ("garbage with spaces", "@ ".repeat(MANY), 1),
        ("closing brackets", "]".repeat(MANY), 1),
        ("closing braces after a document", format!("1{}", "}".repeat(MANY)), 1),
        ("commas", format!("[{}]", ",".repeat(MANY)), 1),
        ("commas in an object", format!("{{{}}}", ",".repeat(MANY)), 1),
        ("colons", format!("[{}]", ":".repeat(MANY)), 1),
        ("colons for members", format!("{{{}", ":".repeat(MANY)), 3),
        ("equals signs for members", format!("{{{}", "=".repeat(MANY)), 2),
        ("words", "foo bar: ".repeat(MANY), 1),
        ("words in a list", format!("[{}]", "foo bar ".repeat(MANY)), 1),
        ("control characters", format!("\"{}\"", "\u{1}".repeat(MANY)), 1),
        ("an open comment", format!("[{}", "/* ".repeat(MANY)), 1),
        ("an open string", format!("[\"{}", "a".repeat(10 * MANY)), 2),
        ("an open key with colons", format!("{{\"{}", "a: ".repeat(MANY)), 3),
        ("open keys with escaped quotes", format!("{{{}", "\"a:\\".repeat(MANY)), 3),
        ("opening brackets", "[".repeat(100_000), 2),
        ("opening objects", "{\"a\":".repeat(100_000), 2),
    ] {
        let read = read(&text);
        let count = read.parse.errors.len() + read.parse.more_errors;
        assert!((1..=most).contains(&count), "{name}: {count}, {:?}", read.parse.errors.first());
    }
}

#[test]
fn mistakes_without_end_are_counted_up_to_a_bound() {
    for text in ["[{}]", "{\"a\" 1 }\n", "\"a\" ", "\"a\"b ", "#\n", "[}", "... a\n", "@\n", ":\"a\""] {
        let read = read(&format!("[{}", text.repeat(100_000)));
        let count = read.parse.errors.len() + read.parse.more_errors;
        assert!(count <= 10_100 && !read.parse.errors.is_empty(), "{text}: {count}");
    }
    let read = read(&format!("[{}1]", "1 ".repeat(100_000)));
    assert_eq!((read.parse.errors.len(), read.parse.more_errors), (100, 10_000));
    assert_eq!(read.documents().first().unwrap().items().count(), 100_001, "the values are read all the same");
}

#[test]
fn what_is_too_deep_is_left_out_and_the_rest_is_read() {
    let limits = Limits { depth: 2, ..Limits::default() };
    let read = read_within(r#"{"a": [[1, "]", {"x": "\"]"}], 2], "b": [3]}"#, limits);
    assert_eq!(read.errors(), ["TooDeep ["]);
    assert_eq!(read.shown(), "{'a':[?,2],'b':[3]}");
    assert_eq!(read_within("[[1]]", limits).errors(), [""; 0]);
    assert_eq!(read_within("[[[1]],[{}]]", limits).errors(), ["TooDeep [", "TooDeep {"]);
}

#[test]
fn opening_brackets_without_end_are_too_deep_once() {
    let read = read(&"[".repeat(100_000));
    let problems: Vec<_> = read.parse.errors.iter().map(|error| (&error.problem, error.range.start)).collect();
    assert_eq!(problems, [(&Problem::TooDeep, 128), (&Problem::Unclosed, 100_000)]);
}

#[test]
fn more_values_than_the_bound_are_one_error() {
    let within = |values, text: &str| {
        let read = read_within(text, Limits { values, ..Limits::default() });
        (read.shown(), read.errors())
    };
    let one = vec!["TooManyValues 3".to_owned()];
    assert_eq!(within(4, "[1,2,3]"), ("[1,2,3]".to_owned(), vec![]));
    assert_eq!(within(3, "[1,2,3,4,{]"), ("[1,2]".to_owned(), one.clone()));
    assert_eq!(within(2, "{\"a\":3,"), ("{'a':?}".to_owned(), one));
    assert_eq!(within(3, "{\"a\":1,\"b\":2}").1, ["TooManyValues \""]);
    assert_eq!(within(2, "[1,,,,]").1, ["MissingValue [1,^", "TooManyValues ,"]);
    assert_eq!(within(1, "[é]").1, ["TooManyValues é"]);
}

#[test]
fn lines_stop_at_the_bound_on_values_too() {
    let file = crate::text::SourceFile::new("a", "[1]\n[2]\n[3]\n]\n");
    let parse = crate::syntax::parse_within(&file, Format::JsonLines, Limits { values: 3, ..Limits::default() });
    assert_eq!(parse.errors.len(), 1);
    assert_eq!((&parse.errors[0].problem, parse.errors[0].range.clone()), (&Problem::TooManyValues, 5..6));
}

#[test]
fn many_lines_are_many_documents() {
    let read = read_as(&"[\n".repeat(50_000), Format::JsonLines);
    assert_eq!(read.documents().iter().count(), 50_000);
    assert_eq!(read.parse.errors.len() + read.parse.more_errors, 10_100);
}
