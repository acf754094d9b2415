//! The first look beside the walk and the validator: of what it takes they have nothing to say.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::ops::Range;
use std::path::Path;

use super::super::{
    Place, Walk, look, schemas,
    schemas::{COMMON, name_of},
};
use super::FirstLook;
use crate::definitions::{Defining, Form, Noun, defining_in};
use crate::discover;
use crate::shape::{Misfits, NOUNS};
use crate::syntax::{self, Format, Member, Node};
use crate::text::{FileId, SourceFile};

/// Of so many changes one is made, for all 350,000 of them take a minute and more.
const STRIDE: usize = 9;

/// What is put in the place of values.
const VALUES: [&str; 28] = [
    "null",
    "true",
    "no",
    "0",
    "-1",
    "1.0",
    "0.5",
    "1001",
    "1e400",
    "0x1F",
    ".inf",
    "+1",
    "99999999999999999999",
    "0.99999999999999999999999",
    "\"\"",
    "\"x\"",
    "\"Bucket\"",
    "\"on_demand\"",
    "\"{{ x }}\"",
    "\"ä b\"",
    "[]",
    "[null]",
    "[\"x\"]",
    "[[]]",
    "{}",
    "{\"x\": 1}",
    "{\"type\": \"string\"}",
    "{{ x }}",
];

/// What the first look says of a definition. What it takes, the others take too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Fits,
    IsValid,
    Unsure,
}

fn said(found: Defining<'_>, text: &str) -> Option<Said> {
    let schemas = schemas(found.noun)?;
    let shape = schemas.definition(name_of(found.form)).filter(|_| found.is_surely_ours())?;
    let mut first = FirstLook::new(schemas);
    let is_valid = first.takes(shape, found.node);
    let mut misfits = Misfits::default();
    let mut walk = Walk { schemas, found, text, around: Vec::new(), meant: Vec::new(), misfits: &mut misfits };
    if is_valid {
        walk.validate(shape);
        assert!(walk.misfits.list.is_empty(), "{text}\n{:?}", walk.misfits.list);
    }
    let fits = is_valid && (!first.has_other_keys || found.form == Form::Answer);
    if fits {
        walk.object(shape, found.node, Place::Body);
        assert!(walk.misfits.list.is_empty(), "{text}\n{:?}", walk.misfits.list);
        look(found, text, &mut misfits);
        assert!(misfits.list.is_empty(), "{text}\n{:?}", misfits.list);
    }
    Some(match (fits, is_valid) {
        (true, _) => Said::Fits,
        (false, true) => Said::IsValid,
        (false, false) => Said::Unsure,
    })
}

/// What the first look says of each definition of a text.
fn all_said(text: &str, format: Format) -> Vec<Said> {
    let file = SourceFile::new("definition", text);
    let parse = syntax::parse(&file, format);
    let documents = parse.tree.documents(FileId::new(0), &file);
    let found = documents.iter().flat_map(defining_in);
    found.filter_map(|found| said(found, file.text())).collect()
}

fn files_below(folder: &Path, found: &mut Vec<(String, Format)>) {
    let mut paths: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files_below(&path, found);
        } else if let Some(format) = Format::from_path(&path.to_string_lossy()) {
            let text = discover::read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            found.extend(text.map(|text| (text, format)));
        }
    }
}

fn fixtures(folder: &str) -> Vec<(String, Format)> {
    let mut files = Vec::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder), &mut files);
    files
}

#[test]
fn nearly_all_clean_definitions_are_taken_at_first_sight() {
    let said: Vec<Said> = fixtures("clean").iter().flat_map(|(text, format)| all_said(text, *format)).collect();
    let count = |what: Said| said.iter().filter(|one| **one == what).count();
    let (fit, valid, unsure) = (count(Said::Fits), count(Said::IsValid), count(Said::Unsure));
    assert!(
        fit * 5 > said.len() * 4 && (fit + valid) * 100 > said.len() * 94,
        "{fit} fit, {valid} are valid, {unsure} are left to others"
    );
}

#[test]
fn what_is_taken_at_first_sight_is_taken_by_all() {
    let said: Vec<Said> = fixtures("").iter().flat_map(|(text, format)| all_said(text, *format)).collect();
    assert!(said.contains(&Said::Fits) && said.contains(&Said::Unsure));
}

/// Changes of one text: pieces of it, each with what is put there.
struct Changes<'s> {
    /// The changes that were made already, by the place in the schema.
    made: &'s mut HashSet<(Noun, &'static str, String, usize)>,
    /// The words of all schemas.
    words: &'s HashSet<&'static str>,
    noun: Noun,
    form: Form,
    list: Vec<(Range<usize>, String)>,
}

impl Changes<'_> {
    fn add(&mut self, path: &str, number: usize, at: Range<usize>, new: &str) {
        if self.made.insert((self.noun, name_of(self.form), path.to_owned(), number)) && self.made.len().is_multiple_of(STRIDE) {
            self.list.push((at, new.to_owned()));
        }
    }

    fn value(&mut self, path: &str, node: Node<'_>, names: &[&str]) {
        for (number, new) in VALUES.iter().enumerate() {
            self.add(path, number, node.span().range(), new);
        }
        let members: Vec<Member<'_>> = node.members().collect();
        for member in &members {
            self.member(path, *member, names);
        }
        if let Some(first) = members.first().map(|member| member.key.span().range()).filter(|_| node.source().starts_with('{')) {
            names.iter().enumerate().for_each(|(number, name)| {
                self.add(path, 1000 + number, first.start..first.start, &format!("\"{name}\": \"x\", "));
                self.add(path, 2000 + number, first.start..first.start, &format!("\"{name}\": null, "));
            });
            self.add(path, 100, first.start..first.start, "\"another_key\": 1, ");
            self.add(path, 101, first.start..first.start, "<<: {name: x}, ");
        }
        node.items().for_each(|item| self.value(&format!("{path}/*"), item, names));
    }

    fn member(&mut self, path: &str, member: Member<'_>, names: &[&str]) {
        let (key, value) = (member.key.span().range(), member.value.span().range());
        // Names that users choose are all alike to a schema.
        let name = Some(member.key.text()).filter(|key| self.words.contains(key)).unwrap_or("?");
        let inner = format!("{path}/{name}");
        let whole = key.start..value.end.max(key.end);
        self.add(&inner, 200, whole.clone(), "another_key: 1");
        self.add(&inner, 201, whole.clone(), "\"another_key\": 1");
        self.add(&inner, 202, key.clone(), "7");
        self.add(&inner, 203, key.clone(), &format!("\"{}s\"", member.key.text()));
        for (number, twice) in ["null", "\"x\"", "{}", "true"].iter().enumerate() {
            self.add(&inner, 300 + number, key.start..key.start, &format!("\"{}\": {twice}, ", member.key.text()));
            self.add(&inner, 400 + number, value.end..value.end, &format!(", \"{}\": {twice}", member.key.text()));
        }
        self.value(&inner, member.value, names);
    }
}

/// Every value is replaced by every other kind, and keys are taken out, renamed and doubled; what the first look takes then is looked
/// at by the others too.
#[test]
fn what_is_changed_is_taken_by_all_or_left_to_them() {
    let (mut made, mut count) = (HashSet::new(), HashMap::new());
    let texts = NOUNS.iter().map(|(_, text)| *text).chain([COMMON]);
    let words: HashSet<&str> = texts.flat_map(|text| text.split('"').skip(1).step_by(2)).collect();
    let mut needed = HashMap::new();
    let mut files = fixtures("");
    // What is short is read fast, and what is the same as before is not changed again.
    files.sort_by_key(|(text, _)| text.len());
    for (text, format) in files.into_iter().filter(|(text, _)| text.len() < 4000) {
        let file = SourceFile::new("definition", text.as_str());
        let parse = syntax::parse(&file, format);
        let mut list = Vec::new();
        for found in parse.tree.documents(FileId::new(0), &file).iter().flat_map(defining_in) {
            let mut changes = Changes { made: &mut made, words: &words, noun: found.noun, form: found.form, list: Vec::new() };
            changes.value("", found.node, needed.entry(found.noun).or_insert_with(|| needed_keys(found.noun)));
            list.append(&mut changes.list);
        }
        for (at, new) in list {
            let changed = format!("{}{new}{}", &text[..at.start], &text[at.end..]);
            for said in all_said(&changed, format) {
                *count.entry(format!("{said:?}")).or_insert(0) += 1;
            }
        }
    }
    let count = |said: &str| count.get(said).copied().unwrap_or_default();
    assert!(count("Fits") > 3000 && count("Unsure") > 3000, "{} {}", count("Fits"), count("Unsure"));
}

/// The keys that the schemas of a noun ask for somewhere, alone or beside others.
fn needed_keys(noun: Noun) -> Vec<&'static str> {
    let own = NOUNS.iter().filter(|(name, _)| *name == noun.name()).map(|(_, text)| *text);
    let lists = own.chain([COMMON]).flat_map(|text| text.split("\"required\": [").skip(1));
    let keys: BTreeSet<&str> =
        lists.filter_map(|rest| rest.split(']').next()).flat_map(|list| list.split('"').skip(1).step_by(2)).collect();
    keys.into_iter().collect()
}
