//! Tests of the JSON reader: what it accepts and refuses, what it keeps, and that it always ends.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod accepted;
mod agreement;
mod hostile;
mod recovery;
mod refused;
mod spans;

use crate::syntax::{Format, Kind, Limits, Node, Parse, Roots, SyntaxError, parse, parse_within};
use crate::text::{FileId, SourceFile};

/// A text and what was read from it.
struct Read {
    file: SourceFile,
    parse: Parse,
}

fn read(text: &str) -> Read {
    read_as(text, Format::Json)
}

fn read_as(text: &str, format: Format) -> Read {
    let file = SourceFile::new("a.json", text);
    let parse = parse(&file, format);
    Read { file, parse }
}

fn read_within(text: &str, limits: Limits) -> Read {
    let file = SourceFile::new("a.json", text);
    let parse = parse_within(&file, Format::Json, limits);
    Read { file, parse }
}

impl Read {
    fn documents(&self) -> Roots<'_> {
        self.parse.tree.documents(FileId::new(0), &self.file)
    }

    /// The documents, short: `?` for what could not be read.
    fn shown(&self) -> String {
        self.documents().iter().map(show).collect::<Vec<_>>().join(" ")
    }

    fn errors(&self) -> Vec<String> {
        self.parse.errors.iter().map(|error| self.show_error(error)).collect()
    }

    /// The problem, the text that it is about (where that is empty: what stands before, and `^`), and where it began.
    fn show_error(&self, error: &SyntaxError) -> String {
        let range = error.range.start as usize..error.range.end as usize;
        let text = self.file.text();
        let place = match range.is_empty() {
            true => {
                let line = text[..range.start].rsplit('\n').next().unwrap();
                let from = line.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
                format!("{}^", &line[from..])
            }
            false => text[range].to_owned(),
        };
        let opener =
            error.opener.as_ref().map(|opener| format!(" from {} at {}", &text[opener.start as usize..][..1], opener.start));
        format!("{:?} {place}{}", error.problem, opener.unwrap_or_default())
    }
}

fn show(node: Node<'_>) -> String {
    match node.kind() {
        Kind::Array => format!("[{}]", node.items().map(show).collect::<Vec<_>>().join(",")),
        Kind::Object => {
            let members = node.members().map(|member| format!("{}:{}", show(member.key), show(member.value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Kind::Invalid => "?".to_owned(),
        Kind::String => format!("'{}'", node.text()),
        _ => node.text().to_owned(),
    }
}
