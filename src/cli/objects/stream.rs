//! A stream of objects: each is read, held against the schema, phrased if something is wrong with it, and dropped.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io;

use super::Found;
use super::progress::Progress;
use super::records::{Flaw, Layout, Record, Records};
use super::table::{Columns, Delimiter};
use crate::conform::{self, Breach, Key, Problem, Rulebook};
use crate::definitions::{Bucket, Data, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::path::is_template;
use crate::render::{Counted, Summary};
use crate::rules;
use crate::syntax::{self, Format, Node, SyntaxError};
use crate::text::{SourceFile, Sources, Span};

/// A stream of objects, and what was found in it so far.
pub(super) struct Stream<'w> {
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
    /// Begins a stream of objects of `bucket`, in a file of these names, below the root and as shown; `most` findings are kept.
    pub(super) fn new(bucket: &'w Bucket, (path, shown): (String, String), most: usize, sources: Sources) -> Stream<'w> {
        Stream {
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
        }
    }

    /// Reads all records.
    pub(super) fn read(&mut self, mut records: Records<'_>, progress: &mut Progress) -> io::Result<()> {
        while let Some(record) = records.next()? {
            self.record(record, records.layout);
            progress.at(records.position());
        }
        Ok(())
    }

    /// What was found, and why the stream ended too early, if it did.
    pub(super) fn finish(self, failure: Option<String>) -> Found {
        let Stream { findings, sources, summary, counted, .. } = self;
        Found { findings, sources, summary, counted, failure }
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
            (None, Layout::Table(delimiter)) => self.table(&file, delimiter),
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
        for document in parse.tree.documents(id, file).iter() {
            for node in self.objects_of(document, layout) {
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
        let mut breaches = conform::breaches(object, self.rulebook());
        breaches.retain(|breach| !breach.may_be_boolean(file.text()));
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

    /// The first line of a table has the names of its columns, and every other one is an object.
    fn table(&mut self, file: &SourceFile, delimiter: Delimiter) -> Vec<Diagnostic> {
        let undecodable = file.undecodable().iter().map(|range| SyntaxError::new(syntax::Problem::InvalidUtf8, range.clone()));
        let mut found = rules::about_text(&undecodable.collect::<Vec<_>>(), self.sources.next_id(), file);
        match self.columns.take() {
            None => found.extend(self.names(file, delimiter)),
            Some(columns) => {
                self.counted.objects += 1;
                if found.is_empty() {
                    found = self.row(file, &columns);
                }
                self.columns = Some(columns);
            }
        }
        found
    }

    /// Holds the names of a table's columns against the schema, once for all rows.
    fn names(&mut self, file: &SourceFile, delimiter: Delimiter) -> Vec<Diagnostic> {
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

    /// The objects of a document: a whole file may be a list of them, a batch, or a saved list answer. A field may have the name of
    /// such a list.
    fn objects_of<'a>(&self, document: Node<'a>, layout: Layout) -> Vec<Node<'a>> {
        let is_field = |key: &str| self.bucket.schema.as_ref().is_some_and(|schema| schema.fields.get(key).is_some());
        let lists = ["objects", "results"].into_iter().filter(|key| !is_field(key) && document.get("blobs").is_none());
        let list = lists.filter_map(|key| document.get(key)).find(|list| list.items().next().is_some());
        match list.unwrap_or(document) {
            list if layout == Layout::Document && list.items().next().is_some() => list.items().collect(),
            _ => vec![document],
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
