//! `mixlint check --objects`: holds objects of any number against the schema of a bucket, one at a time.

mod progress;
mod records;
mod table;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Streams;
use super::load::Loaded;
use crate::conform::{self, Breach, Key, Problem, Rulebook};
use crate::definitions::{Bucket, Data, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::discover;
use crate::path::is_template;
use crate::render::{Counted, Summary};
use crate::rules;
use crate::syntax::{self, Format, Node};
use crate::text::{SourceFile, Sources, Span};
use crate::workspace::{NoBucket, Workspace, find_bucket};

use progress::Progress;
use records::{Flaw, Layout, Record, Records};
use table::Columns;

/// What came of a stream.
pub(super) struct Found {
    /// The first findings.
    pub(super) findings: Vec<Diagnostic>,
    /// The texts that they are in.
    pub(super) sources: Sources,
    /// How many findings there are, those that are not among the first ones too.
    pub(super) summary: Summary,
    /// How many objects there are, and how many findings of each rule.
    pub(super) counted: Counted,
    /// Why the stream ended too early, if it did.
    pub(super) failure: Option<String>,
}

/// Checks the objects of `file`, or of the standard input, which `-` is. Nothing, when they cannot be checked; that has then been
/// said.
pub(super) fn check(
    file: &Path,
    bucket: &str,
    most: usize,
    loaded: Loaded,
    streams: &mut Streams<'_>,
) -> io::Result<Option<Found>> {
    let Loaded { mut workspace, root, .. } = loaded;
    let bucket = match bucket_of(&workspace, bucket) {
        Ok(bucket) => bucket,
        Err(message) => {
            writeln!(streams.err, "mixlint: {message}")?;
            return Ok(None);
        }
    };
    let is_input = file.as_os_str() == "-";
    let opened = if is_input { Ok(None) } else { File::open(streams.working_directory.join(file)).map(Some) };
    let mut opened = match opened {
        Ok(opened) => opened,
        Err(error) => {
            writeln!(streams.err, "mixlint: {}: {}", file.display(), discover::reason(&error))?;
            return Ok(None);
        }
    };
    let length = opened.as_ref().and_then(|file| file.metadata().ok()).map(|metadata| metadata.len());
    let (path, shown) = match is_input {
        true => ("<stdin>".to_owned(), "<stdin>".to_owned()),
        false => discover::names(file, &streams.working_directory, &root),
    };
    let sources = std::mem::take(&mut workspace.sources);
    let bucket = &workspace.buckets[bucket];
    let mut stream = Stream {
        bucket,
        path,
        shown,
        most,
        sources,
        findings: Vec::new(),
        summary: Summary { files: 1, ..Summary::default() },
        counted: Counted::default(),
        keys: HashMap::new(),
        columns: None,
    };
    let input: &mut dyn Read = match &mut opened {
        Some(file) => file,
        None => streams.input,
    };
    let mut progress = Progress::new(length);
    let read = Records::new(&stream.path, input).and_then(|records| stream.read(records, &mut progress));
    progress.finish();
    let failure = read.err().map(|error| discover::reason(&error));
    let Stream { findings, sources, summary, counted, .. } = stream;
    Ok(Some(Found { findings, sources, summary, counted, failure }))
}

/// The bucket that is meant, if objects can be held against it; else why not.
fn bucket_of(workspace: &Workspace, said: &str) -> Result<usize, String> {
    let number = find_bucket(workspace, said).map_err(|none| match none {
        NoBucket::Unknown(Some(nearest)) => format!("there is no bucket `{said}` here. Did you mean `{nearest}`?"),
        NoBucket::Unknown(None) => format!("there is no bucket `{said}` here. `mixlint files` lists what is."),
        NoBucket::Ambiguous => format!("several buckets are named `{said}`. Name the file or folder of the one that is meant."),
    })?;
    match &workspace.buckets[number].schema {
        Some(schema) if !schema.is_open => Ok(number),
        _ => Err(format!("bucket `{said}` has no schema here, so there is nothing to hold the objects against")),
    }
}

struct Stream<'w> {
    bucket: &'w Bucket,
    path: String,
    shown: String,
    /// How many findings are kept.
    most: usize,
    sources: Sources,
    findings: Vec<Diagnostic>,
    summary: Summary,
    counted: Counted,
    /// The line of the first object of each unique key.
    keys: HashMap<Key, u64>,
    columns: Option<Columns>,
}

impl<'w> Stream<'w> {
    fn read(&mut self, mut records: Records<'_>, progress: &mut Progress) -> io::Result<()> {
        while let Some(record) = records.next()? {
            self.record(record, records.layout);
            progress.at(records.position());
        }
        Ok(())
    }

    fn record(&mut self, record: Record, layout: Layout) {
        let mut file = SourceFile::from_bytes(self.path.as_str(), record.bytes);
        file.shown.clone_from(&self.shown);
        file.excerpt = record.excerpt;
        let found = match (record.flaw, layout) {
            (Some(flaw), _) => {
                self.counted.objects += u64::from(flaw == Flaw::TooLong);
                let (label, message) = flaw.words();
                rules::about_record(self.start(&file), label, message)
            }
            (None, Layout::Table(delimiter)) => match self.columns.take() {
                None => self.names(&file, delimiter),
                Some(columns) => {
                    let found = self.row(&file, &columns);
                    self.columns = Some(columns);
                    found
                }
            },
            (None, _) => self.document(&file, layout),
        };
        self.keep(found, file);
    }

    /// Counts findings, and keeps them with their text while there is room.
    fn keep(&mut self, found: Vec<Diagnostic>, file: SourceFile) {
        for finding in &found {
            *self.counted.rules.entry(finding.rule).or_default() += 1;
            *match finding.severity {
                Severity::Error => &mut self.summary.errors,
                Severity::Warning => &mut self.summary.warnings,
                Severity::Info => &mut self.summary.infos,
            } += 1;
        }
        let room = self.most.saturating_sub(self.findings.len());
        if room > 0 && !found.is_empty() {
            self.findings.extend(found.into_iter().take(room));
            self.sources.push(file);
        }
    }

    fn start(&self, file: &SourceFile) -> Span {
        let first = file.text().chars().next().map_or(0, char::len_utf8);
        Span::new(self.sources.next_id(), 0..first as u32)
    }

    fn document(&mut self, file: &SourceFile, layout: Layout) -> Vec<Diagnostic> {
        let id = self.sources.next_id();
        let format = if layout == Layout::Document { Format::of(file) } else { Format::Json };
        let parse = syntax::parse(file, format);
        let errors: Vec<_> = parse.errors.into_iter().filter(|error| error.problem.loses_text()).collect();
        if !errors.is_empty() {
            self.counted.objects += 1;
            return rules::about_text(&errors, id, file);
        }
        let mut found = Vec::new();
        for document in parse.tree.documents(id, file) {
            for node in objects_of(document, layout) {
                found.extend(self.object(&Value::lower(node), file));
            }
        }
        found
    }

    fn object(&mut self, object: &Value, file: &SourceFile) -> Vec<Diagnostic> {
        self.counted.objects += 1;
        if !matches!(object.data, Data::Object(_)) {
            let message = format!("An object of a bucket is a JSON object, and this is {}.", object.describe());
            return rules::about_record(object.span, "no object", message);
        }
        let breaches = conform::breaches(object, self.rulebook());
        self.about(object, &breaches, file)
    }

    fn about(&mut self, object: &Value, breaches: &[Breach<'_>], file: &SourceFile) -> Vec<Diagnostic> {
        let first = conform::key_of(object, self.bucket, is_template).and_then(|key| {
            let line = file.line_column(object.span.start).line as u64;
            match self.keys.entry(key) {
                Entry::Occupied(first) => Some(*first.get()),
                Entry::Vacant(entry) => {
                    entry.insert(line);
                    None
                }
            }
        });
        if breaches.is_empty() && first.is_none() {
            return Vec::new();
        }
        let first = first.map(|line| format!("the object in line {line}"));
        rules::about_object(object, self.bucket, breaches, first.as_deref())
    }

    /// Holds the names of a table's columns against the schema, once for all rows.
    fn names(&mut self, file: &SourceFile, delimiter: table::Delimiter) -> Vec<Diagnostic> {
        let Some(schema) = &self.bucket.schema else { return Vec::new() };
        let id = self.sources.next_id();
        let columns = Columns::read(file.text(), id, delimiter, schema);
        let names = columns.names(file.text(), id);
        let mut breaches = conform::breaches(&names, self.rulebook());
        breaches.retain(is_about_name);
        self.columns = Some(columns);
        rules::about_object(&names, self.bucket, &breaches, None)
    }

    fn row(&mut self, file: &SourceFile, columns: &Columns) -> Vec<Diagnostic> {
        self.counted.objects += 1;
        match columns.row(file.text(), self.sources.next_id()) {
            Err(cells) => {
                let message = format!("This row has {cells} cells, and the table has {} columns.", columns.len());
                rules::about_record(self.start(file), "not as many cells as columns", message)
            }
            Ok(object) => {
                let mut breaches = conform::breaches(&object, self.rulebook());
                breaches.retain(|breach| !is_about_name(breach));
                self.about(&object, &breaches, file)
            }
        }
    }

    /// In data capitals are values, and no placeholders.
    fn rulebook(&self) -> Rulebook<'w> {
        Rulebook { bucket: self.bucket, is_placeholder: is_template }
    }
}

/// Whether a breach is about the name of a field, whatever its value is.
fn is_about_name(breach: &Breach<'_>) -> bool {
    matches!(breach.problem, Problem::Undeclared { .. } | Problem::Envelope { .. } | Problem::QueryFlag)
}

/// The objects of a document: a whole file may be a list of them, a batch, or a saved list answer.
fn objects_of<'a>(document: Node<'a>, layout: Layout) -> Vec<Node<'a>> {
    let list = ["objects", "results"].into_iter().filter_map(|key| document.get(key)).find(|list| list.items().next().is_some());
    match list {
        _ if layout != Layout::Document => vec![document],
        None if document.items().next().is_some() => document.items().collect(),
        Some(list) => list.items().collect(),
        None => vec![document],
    }
}
