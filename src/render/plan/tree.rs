//! The plan for people: what feeds what, then each collection.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::overview::overview;
use super::paint::{Paint, wrap};
use super::{Look, Node, count, extractor, namespace, one_line, sources};
use crate::definitions::{ApplicationKind, Field, FieldType, Form};
use crate::plan::{Plan, Planned, PlannedField};
use crate::workspace::{Arrival, Giver, Vector};

/// What no plan has, for it is not published or comes later.
const NEVER_KNOWN: &str =
    "No plan has the fields that a schema sync adds later, nor the payload indexes that extractors ask for themselves.";
/// The columns that a section's name takes.
const LABEL: usize = 13;
/// More columns than this are hard to read.
const WIDEST: usize = 110;
/// Names that are longer than this do not move what stands beside the others.
const LONG_NAME: usize = 48;
/// How many collections of a chain are named, at each end.
const ENDS: usize = 6;

/// A blank at which no line is broken.
const UNBROKEN: char = '\u{a0}';

/// Writes the tree.
pub(super) fn tree(plan: &Plan<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint { color: look.color };
    let width = look.width.min(WIDEST);
    for line in overview(plan, paint) {
        writeln!(out, "{line}")?;
    }
    for planned in plan.asked() {
        let mut page = Page { plan, paint, width, lines: Vec::new() };
        page.collection(planned);
        writeln!(out)?;
        page.lines.iter().try_for_each(|line| writeln!(out, "{}", line.trim_end()))?;
    }
    if plan.asked().next().is_some() {
        writeln!(out)?;
        wrap(NEVER_KNOWN, width).iter().try_for_each(|line| writeln!(out, "{}", paint.dim(line)))?;
    }
    Ok(())
}

/// The lines about one collection.
struct Page<'p> {
    plan: &'p Plan<'p>,
    paint: Paint,
    width: usize,
    lines: Vec<String>,
}

impl Page<'_> {
    fn collection(&mut self, planned: &Planned<'_>) {
        let collection = planned.collection;
        let origin = &collection.origin;
        let file = self.plan.workspace.shown(origin.span);
        let form = match origin.form {
            Form::Request => "",
            Form::Answer => ", a saved answer",
            Form::Manifest => ", in a manifest",
        };
        let about = self.paint.dim(&one_line(&format!("{file}{form}{}", namespace(origin))));
        self.lines.push(format!("{}  {about}", self.paint.bold(&one_line(origin.name()))));
        if !collection.is_enabled {
            self.painted("enabled", &["no".to_owned()], Paint::yellow);
        }
        self.section("lineage", &[self.lineage(planned)]);
        let extractors = collection.extractors.iter().map(|used| {
            let inputs = used.input_mappings.iter().map(|mapping| format!("{} ← {}", mapping.input.value, mapping.path.value));
            let inputs = inputs.collect::<Vec<_>>().join(", ");
            let colon = if inputs.is_empty() { "" } else { ": " };
            format!("{}{colon}{inputs}", extractor(used))
        });
        self.section("extractor", &extractors.collect::<Vec<_>>());
        if let Some(input) = planned.input {
            let fields =
                input.fields.iter().map(|field| unbroken(&format!("{} {}", field.name, kind(field)))).collect::<Vec<_>>();
            self.section("input", &[fields.join(", ")]);
        }
        self.output(planned);
        self.vectors(&planned.vectors);
        let indexes = planned.payload_indexes.iter().map(|index| {
            let kind = index.entry.get("type").and_then(|kind| kind.as_str()).unwrap_or("of unknown type");
            format!("{} {kind}", index.field.value)
        });
        self.section("indexes", &indexes.collect::<Vec<_>>());
        self.section("applied", &applied(planned));
        self.painted("not known", &planned.unknown, Paint::yellow);
    }

    /// A section with a line or more for each entry; nothing when there are none.
    fn section(&mut self, label: &str, entries: &[String]) {
        self.painted(label, entries, |_, line| line.to_owned());
    }

    fn painted(&mut self, label: &str, entries: &[String], paint: impl Fn(Paint, &str) -> String) {
        let mut label = format!("  {label:0$}", LABEL - 2);
        for entry in entries {
            for line in wrap(&one_line(entry), self.width.saturating_sub(LABEL)) {
                self.lines.push(format!("{}{}", self.paint.dim(&label), paint(self.paint, &line.replace(UNBROKEN, " "))));
                label = " ".repeat(LABEL);
            }
        }
    }

    fn lineage(&self, planned: &Planned<'_>) -> String {
        let name = |id: usize| self.plan.workspace.collections[id].origin.name().to_owned();
        let chain = self.plan.lineage(planned.id).unwrap_or_else(|| vec![planned.id]);
        let tops: Vec<String> = chain
            .first()
            .map(|&top| sources(self.plan, top))
            .unwrap_or_default()
            .into_iter()
            .map(|(source, _)| match source {
                Node::Bucket(bucket) => self.plan.workspace.buckets[bucket].origin.name().to_owned(),
                Node::Unseen(reference) => reference,
                Node::Collection(id) => name(id),
            })
            .collect();
        let mut names: Vec<String> = chain.iter().map(|&id| name(id)).collect();
        if names.len() > 2 * ENDS {
            let hidden = names.len() - 2 * ENDS;
            names.splice(ENDS..ENDS + hidden, [format!("{hidden} more")]);
        }
        let tier = self.plan.tier(planned.id).map(|tier| format!("  (tier {tier})")).unwrap_or_default();
        format!("{} → {}{tier}", tops.join(", "), names.join(" → "))
    }

    /// The fields of the documents, under what puts them there.
    fn output(&mut self, planned: &Planned<'_>) {
        let mut groups: BTreeMap<(u8, String), Vec<&PlannedField<'_>>> = BTreeMap::new();
        for field in &planned.fields {
            groups.entry(heading(field.giver)).or_default().push(field);
        }
        self.section("output", &[count(planned.fields.len(), "field")]);
        let widest = |text: &dyn Fn(&PlannedField<'_>) -> String| {
            let lengths = planned.fields.iter().map(|field| text(field).chars().count()).filter(|&length| length <= LONG_NAME);
            lengths.max().unwrap_or_default()
        };
        let names = widest(&|planned| one_line(&planned.field.name));
        let kinds = widest(&|planned| kind(&planned.field));
        for ((_, heading), fields) in groups {
            self.lines.push(format!("    {}", self.paint.dim(&one_line(&heading))));
            for planned in fields {
                let start = format!("      {:names$}  {:kinds$}", one_line(&planned.field.name), kind(&planned.field));
                let indent = start.chars().count() + 2;
                let remark = one_line(&remark(planned));
                let lines = wrap(&remark, self.width.saturating_sub(indent).max(24));
                self.lines.push(format!("{start}  {}", self.paint.dim(&lines[0])));
                self.lines.extend(lines[1..].iter().map(|line| format!("{}{}", " ".repeat(indent), self.paint.dim(line))));
            }
        }
    }

    fn vectors(&mut self, vectors: &[Vector]) {
        if vectors.is_empty() {
            return;
        }
        let number = format!("{} {}", vectors.len(), if vectors.len() == 1 { "index" } else { "indexes" });
        self.section("vectors", &[number]);
        for vector in vectors {
            let name = one_line(vector.name.as_deref().unwrap_or("(no known name)"));
            let dimensions = vector.dimensions.map_or_else(|| "dimensions not known".to_owned(), |number| number.to_string());
            let facts = format!("{dimensions}, {}, {}", vector.kind, vector.distance);
            self.lines.push(format!("      {name}  {}", one_line(&facts)));
            if let Some(uri) = &vector.feature_uri {
                self.lines.push(format!("        {}", self.paint.dim(&one_line(uri))));
            }
            for doubt in &vector.doubts {
                self.lines.push(format!("        {}", self.paint.yellow(&one_line(doubt))));
            }
        }
    }
}

/// What a field's group is called, and where it stands among the groups.
fn heading(giver: Giver<'_>) -> (u8, String) {
    match giver {
        Giver::Answer => (0, "as the saved answer lists them".to_owned()),
        Giver::Passthrough(..) => (1, "passed through".to_owned()),
        Giver::Source => (2, "passed through with all source fields".to_owned()),
        Giver::Extractor(used, _) => (3, format!("written by {}", extractor(used))),
    }
}

/// What there is to say of a field beside its name and type.
fn remark(planned: &PlannedField<'_>) -> String {
    let mut said = Vec::new();
    if let Giver::Passthrough(entry, arrival) = planned.giver {
        let path = &entry.source_path.value;
        match arrival {
            Arrival::Undeclared => said.push(format!("from `{path}`, which its source does not declare")),
            _ if *path != planned.field.name => said.push(format!("from `{path}`")),
            _ => {}
        }
    }
    said.extend(planned.note.as_ref().map(|note| note.words().to_owned()));
    said.join(", ")
}

fn unbroken(text: &str) -> String {
    text.replace(' ', UNBROKEN.encode_utf8(&mut [0; 4]))
}

/// A type, in short.
fn kind(field: &Field) -> String {
    match (&field.kind, &field.items) {
        (FieldType::Unknown(name), _) if name.is_empty() => "unknown".to_owned(),
        (FieldType::Array, Some(items)) => format!("array of {}", one_line(items.kind.name())),
        (kind, _) => one_line(kind.name()),
    }
}

/// What is applied to the documents.
fn applied(planned: &Planned<'_>) -> Vec<String> {
    let words = planned.collection.applications.iter().map(|application| {
        let what = match application.kind {
            ApplicationKind::Taxonomy => "taxonomy",
            ApplicationKind::Cluster => "clustering",
            ApplicationKind::Alert => "alert",
            ApplicationKind::Enrichment => "retriever",
        };
        let id = application.id.as_ref().map_or("without a name", |id| &id.value);
        let written: Vec<&str> = application.writes.iter().map(|written| written.target.value.as_str()).collect();
        let writes = if written.is_empty() { String::new() } else { format!(", writes {}", written.join(", ")) };
        format!("{what} {id}{writes}")
    });
    words.collect()
}
