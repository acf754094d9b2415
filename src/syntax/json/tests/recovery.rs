//! One mistake is one error, and what stands around it is still read.

use super::{read, read_as};
use crate::syntax::Format;

/// A text, what is wrong with it, and what is read from it all the same.
const ROWS: &[(&str, &[&str], &str)] = &[
    ("{\"a\": 1 \"b\": 2}", &["MissingComma \"a\": 1^"], "{'a':1,'b':2}"),
    ("{\"a\": 1\n \"b\": 2}", &["MissingComma \"a\": 1^"], "{'a':1,'b':2}"),
    ("[1 2 3]", &["MissingComma [1^", "MissingComma [1 2^"], "[1,2,3]"),
    ("[\"a\" \"b\"]", &["MissingComma [\"a\"^"], "['a','b']"),
    ("[[1] [2]]", &["MissingComma [[1]^"], "[[1],[2]]"),
    ("{\"a\": {\"b\": 1} \"c\": 2}", &["MissingComma b\": 1}^"], "{'a':{'b':1},'c':2}"),
    ("{\"a\" 1, \"b\": 2}", &["MissingColon {\"a\"^"], "{'a':1,'b':2}"),
    ("{\"a\" \"b\": 1}", &["MissingColon {\"a\"^"], "{'a':?,'b':1}"),
    ("{\"a\"\n \"b\": 1}", &["MissingColon {\"a\"^"], "{'a':?,'b':1}"),
    ("{\"a\" = 1, \"b\" => 2, \"c\" -> 3}", &["MissingColon =", "MissingColon =>", "MissingColon ->"], "{'a':1,'b':2,'c':3}"),
    ("{\"a\", \"b\": 1}", &["MissingColon {\"a\"^"], "{'a':?,'b':1}"),
    ("{\"a\"}", &["MissingColon {\"a\"^"], "{'a':?}"),
    ("{\"a\": , \"b\": 1}", &["MissingValue {\"a\":^"], "{'a':?,'b':1}"),
    ("{\"a\": }", &["MissingValue {\"a\":^"], "{'a':?}"),
    ("{\"a\":\n \"b\": 1}", &["MissingValue {\"a\":^"], "{'a':?,'b':1}"),
    ("{\"a\": \"b\": 1}", &["MissingValue {\"a\":^"], "{'a':?,'b':1}"),
    ("{\"a\": 1: 2, \"b\": 3}", &["UnexpectedCharacter :"], "{'a':1,'b':3}"),
    ("{\"a\":: 1}", &["UnexpectedCharacter :"], "{'a':1}"),
    ("[1,, 2]", &["MissingValue [1,^"], "[1,?,2]"),
    ("[,1]", &["MissingValue [^"], "[?,1]"),
    ("[,]", &["MissingValue [^"], "[?]"),
    ("[1,,,]", &["MissingValue [1,^"], "[1,?,?]"),
    ("{\"a\": 1,, \"b\": 2}", &["MissingKey a\": 1,^"], "{'a':1,'b':2}"),
    ("{,\"a\": 1}", &["MissingKey {^"], "{'a':1}"),
    ("{: 1, \"b\": 2}", &["MissingKey {^"], "{?:1,'b':2}"),
    ("{\"a\": 1, {\"b\": 2}, \"c\": 3}", &["MissingKey a\": 1,^"], "{'a':1,?:{'b':2},'c':3}"),
    ("{a: 1, b-c: 2, $d: 3}", &["UnquotedKey a", "UnquotedKey b-c", "UnquotedKey $d"], "{'a':1,'b-c':2,'$d':3}"),
    ("{first name: \"x\", \"b\": 1}", &["UnquotedKey first name"], "{'first name':'x','b':1}"),
    ("{a}", &["UnquotedKey a"], "{'a':?}"),
    ("{1: 2}", &["UnquotedKey 1"], "{'1':2}"),
    (
        "{'a': 'it\"s', \"b\": 'c\\'d'}",
        &["SingleQuotes 'a'", "SingleQuotes 'it\"s'", "SingleQuotes 'c\\'d'"],
        "{'a':'it\"s','b':'c'd'}",
    ),
    ("{\"a\": \"x\n \"b\": 1}", &["UnclosedString \"x from \" at 6"], "{'a':?,'b':1}"),
    ("{\"a\": \"x,\n \"b\": 1}", &["UnclosedString \"x from \" at 6"], "{'a':?,'b':1}"),
    ("{\"a: 1,\n \"b\": 2}", &["UnclosedString \"a from \" at 1"], "{'a':1,'b':2}"),
    ("{\"a\": [\"x],\n \"b\": 1}", &["UnclosedString \"x from \" at 7"], "{'a':[?],'b':1}"),
    ("{\"a\": \"x}", &["UnclosedString \"x from \" at 6"], "{'a':?}"),
    ("['x, 1]", &["UnclosedString 'x, 1 from ' at 1"], "[?]"),
    ("[\"a\\d\\u12b\", \"c\"]", &["BadEscape \\d", "BadEscape \\u12b"], "[?,'c']"),
    ("{\"a\\d\": 1}", &["BadEscape \\d"], "{'ad':1}"),
    ("[\"a\tb\tc\"]", &["ControlCharacter \t", "ControlCharacter \t"], "['a\tb\tc']"),
    (
        "[01, 1., .5, +1, 0x1F, 1_000, -Infinity, 1e, 2024-01-01]",
        &[
            "BadNumber 01",
            "BadNumber 1.",
            "BadNumber .5",
            "BadNumber +1",
            "BadNumber 0x1F",
            "BadNumber 1_000",
            "BadNumber -Infinity",
            "BadNumber 1e",
            "BadNumber 2024-01-01",
        ],
        "[?,?,?,?,?,?,?,?,?]",
    ),
    (
        "{\"a\": True, \"b\": None, \"c\": NaN, \"d\": undefined}",
        &["UnknownWord True", "UnknownWord None", "UnknownWord NaN", "UnknownWord undefined"],
        "{'a':?,'b':?,'c':?,'d':?}",
    ),
    ("[nope nope, 1]", &["UnknownWord nope nope"], "[?,1]"),
    ("[1, ...]", &["Placeholder ..."], "[1,?]"),
    ("[1, ... 2]", &["Placeholder ..."], "[1,?,2]"),
    ("[1 ... 2]", &["Placeholder ..."], "[1,?,2]"),
    ("{\"a\": 1, ...}", &["Placeholder ..."], "{'a':1,?:?}"),
    ("{\"a\": ..., \"b\": 1}", &["Placeholder ..."], "{'a':?,'b':1}"),
    ("{\n  \"a\": 1\n  ...\n}", &["Placeholder ..."], "{'a':1,?:?}"),
    ("[1, ... more items ..., 2]", &["Placeholder ... more items ..."], "[1,?,2]"),
    ("{ ...base, \"a\": 1 }", &["Placeholder ...base"], "{?:?,'a':1}"),
    ("[1, 2}", &["MismatchedClose } from [ at 0"], "[1,2]"),
    ("{\"a\": [1, 2}", &["MismatchedClose } from [ at 6"], "{'a':[1,2]}"),
    ("{\"a\": [1, 2}, \"b\": 3}", &["MismatchedClose } from [ at 6"], "{'a':[1,2],'b':3}"),
    ("[{\"a\": 1], {\"b\": 2}]", &["MismatchedClose ] from { at 1"], "[{'a':1},{'b':2}]"),
    ("[{\"a\": [1, 2}, {\"b\": 3}]", &["MismatchedClose } from [ at 7"], "[{'a':[1,2]},{'b':3}]"),
    ("{\n  \"a\": [\n    1\n  },\n  \"b\": 2\n}", &["MismatchedClose } from [ at 9"], "{'a':[1],'b':2}"),
    ("{\n  \"a\": {\n    \"b\": [\n      1\n  },\n  \"c\": 2\n}", &["MismatchedClose } from [ at 20"], "{'a':{'b':[1]},'c':2}"),
    ("[1}]", &["MismatchedClose } from [ at 0"], "[1]"),
    ("[1]]", &["UnexpectedClose ]"], "[1]"),
    ("{\"a\": 1}} , 2", &["UnexpectedClose }"], "{'a':1}"),
    ("]", &["UnexpectedClose ]"], ""),
    ("{\"a\": [1, {\"b\": 2", &["Unclosed \"b\": 2^ from { at 10"], "{'a':[1,{'b':2}]}"),
    ("{\n  \"a\": {\n    \"b\": 1,\n  \"c\": {\n    \"d\": 2\n  }\n}", &["Unclosed }^ from { at 9"], "{'a':{'b':1,'c':{'d':2}}}"),
    ("{\n  \"a\": {\n    \"b\": 1\n  },\n  \"c\": 2\n", &["Unclosed \"c\": 2^ from { at 0"], "{'a':{'b':1},'c':2}"),
    ("{\"a\":", &["Unclosed {\"a\":^ from { at 0"], "{'a':?}"),
    ("{\"a\"", &["Unclosed {\"a\"^ from { at 0"], "{'a':?}"),
    ("[1, ", &["Unclosed [1,^ from [ at 0"], "[1]"),
    ("{\"a\": 1} x y\nz", &["TrailingContent x y"], "{'a':1}"),
    ("{\"a\": 1}\n{\"b\": 2}", &["TrailingContent {\"b\": 2}"], "{'a':1}"),
    ("hello", &["UnknownWord hello"], "?"),
    ("const x = {\"a\": 1};", &["UnknownWord const x =", "TrailingContent ;"], "{'a':1}"),
    ("```json\n{\"a\": 1}\n```", &["UnexpectedCharacter ```json", "TrailingContent ```"], "{'a':1}"),
    (
        "{\"a\": @, \"b\": <name>, \"c\": (1 + 2)}",
        &["UnexpectedCharacter @", "UnexpectedCharacter <name>", "UnexpectedCharacter (1 + 2)"],
        "{'a':?,'b':?,'c':?}",
    ),
    ("{\"a\": 1 @ 2, \"b\": 3}", &["UnexpectedCharacter @ 2"], "{'a':1,'b':3}"),
    ("{\"a\": 5 px, \"b\": 1}", &["UnknownWord px"], "{'a':5,'b':1}"),
    ("{\"a\": \"x\" + \"y\", \"b\": 1}", &["UnexpectedCharacter +"], "{'a':'x','y':?,'b':1}"),
    ("{@ \"a\": 1}", &["UnexpectedCharacter @"], "{'a':1}"),
    ("{\"a\": \"he said \"hello\" to me\", \"b\": 1}", &["UnescapedQuote \""], "{'a':?,'b':1}"),
    ("[\"say \"hi\"\", 1]", &["UnescapedQuote \""], "[?,1]"),
    ("{\"a\": \"x\"y, \"b\": \"z\"}", &["UnknownWord y"], "{'a':'x','b':'z'}"),
    ("{\"a\": http://x/y, \"b\": 1}", &["UnknownWord http://x/y"], "{'a':?,'b':1}"),
    ("{\"a\": True // why\n}", &["UnknownWord True", "Comment // why"], "{'a':?}"),
    ("/* open\n{\"a\": 1}", &["UnclosedComment /* open from / at 0"], ""),
    ("[1, /* open", &["UnclosedComment /* open from / at 4"], "[1]"),
    ("{“a”: “b c”, \"d\": 1}", &["UnexpectedCharacter “a”", "UnexpectedCharacter “b c”"], "{?:?,'d':1}"),
    ("{\"a\": {{name}}, \"b\": 1}", &["MissingKey \"a\": {^", "UnquotedKey name"], "{'a':{?:{'name':?}},'b':1}"),
    ("[1; 2; 3]", &["UnexpectedCharacter ;", "UnexpectedCharacter ;"], "[1,2,3]"),
    ("{\"a\": 1; \"b\": 2}", &["UnexpectedCharacter ;"], "{'a':1,'b':2}"),
    ("[\"a\": 1]", &["UnexpectedCharacter :"], "['a',1]"),
    ("{\"a\": [1, 2, \"b\": 3}", &["UnexpectedCharacter :", "MismatchedClose } from [ at 6"], "{'a':[1,2,'b',3]}"),
    (
        "{\"a\": [1, 2\n \"b\": 3}",
        &["MissingComma  [1, 2^", "UnexpectedCharacter :", "MismatchedClose } from [ at 6"],
        "{'a':[1,2,'b',3]}",
    ),
    ("{\"a\" @ 1}", &["MissingColon @"], "{'a':1}"),
    ("{\"a\" b}", &["MissingColon {\"a\"^", "UnknownWord b"], "{'a':?}"),
    ("[True False]", &["UnknownWord True False"], "[?]"),
    ("[1 True]", &["UnknownWord True"], "[1]"),
    ("[don't, 1]", &["UnknownWord don't"], "[?,1]"),
    ("{\"a\": 1, \"b\"}", &["MissingColon 1, \"b\"^"], "{'a':1,'b':?}"),
    ("{\"a\": \"line one\nline two\", \"b\": 1}", &["ControlCharacter \n"], "{'a':'line one\nline two','b':1}"),
    ("{True: 1}", &["UnquotedKey True"], "{'True':1}"),
    ("{\"a\": -, \"b\": - 1}", &["BadNumber -", "BadNumber - 1"], "{'a':?,'b':?}"),
    (
        "{\n  \"a\": \"line one\n        line two\n        three\",\n  \"b\": 1\n}",
        &["ControlCharacter \n"],
        "{'a':'line one\n        line two\n        three','b':1}",
    ),
    ("[\"a\n  1,\n  \"b\"]", &["UnclosedString \"a from \" at 1"], "[?,1,'b']"),
    ("{\"a\": 1, \"b\": \"x\n}\n", &["UnclosedString \"x from \" at 14"], "{'a':1,'b':?}"),
];

#[test]
fn one_mistake_is_one_error() {
    for (text, errors, values) in ROWS {
        let read = read(text);
        assert_eq!(read.errors(), *errors, "{text:?}");
        assert_eq!(read.shown(), *values, "{text:?}");
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
