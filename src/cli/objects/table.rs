//! Tables: a line of names, then one object a line. Each cell keeps its place, and the schema says what its text stands for.

use std::ops::Range;

use crate::definitions::{Data, Entry, Field, FieldType, Schema, Value};
use crate::syntax::{self, Format};
use crate::text::{FileId, SourceFile, Span, Spanned};

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Delimiter(char);

impl Delimiter {
    /// The one that the line of names has most of.
    pub(super) fn of(head: &[u8]) -> Delimiter {
        let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |delimiter: &char| line.iter().filter(|byte| char::from(**byte) == *delimiter).count();
        Delimiter([';', '\t', ','].into_iter().max_by_key(count).unwrap_or(','))
    }
}

/// How many names a column may have on the way to its field.
const DEEPEST: usize = 64;

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Columns {
    list: Vec<Column>,
    delimiter: Delimiter,
}

#[derive(Debug)]
struct Column {
    /// The names on the way to the field: a dot in a name leads into an object, unless a field has that very name.
    path: Vec<String>,
    /// The type of the field; nothing for one that the schema does not have.
    kind: Option<FieldType>,
    span: Span,
}

impl Columns {
    /// The columns that a line of names tells.
    pub(super) fn read(names: &str, file: FileId, delimiter: Delimiter, schema: &Schema) -> Columns {
        let column = |cell: Cell| {
            let name = cell.text.trim();
            let is_field = schema.fields.get(name).is_some();
            let is_path = !is_field && name.matches('.').count() < DEEPEST;
            let path = if is_path { name.split('.').map(str::to_owned).collect() } else { vec![name.to_owned()] };
            let kind = field_at(schema, &path).map(|field| field.kind.clone());
            Column { path, kind, span: Span::new(file, cell.range.start as u32..cell.range.end as u32) }
        };
        Columns { list: cells(names, delimiter).map(column).collect(), delimiter }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// An object that has every column, and values of which nothing can be said: to hold the names against the schema.
    pub(super) fn names(&self, text: &str, file: FileId) -> Value {
        self.object(text, file, self.list.iter().map(|column| (column, column.span, Data::Invalid)))
    }

    /// The object in a row; nothing when the row has not one cell for each column, but so many.
    pub(super) fn row(&self, text: &str, file: FileId) -> Result<Value, usize> {
        let cells: Vec<Cell> = cells(text, self.delimiter).collect();
        if cells.len() != self.list.len() {
            return Err(cells.len());
        }
        let filled = self.list.iter().zip(cells).filter(|(_, cell)| !cell.text.is_empty());
        Ok(self.object(
            text,
            file,
            filled.map(|(column, cell)| {
                let span = Span::new(file, cell.range.start as u32..cell.range.end as u32);
                (column, span, data(&cell.text, column.kind.as_ref(), span))
            }),
        ))
    }

    fn object<'c>(&self, text: &str, file: FileId, cells: impl Iterator<Item = (&'c Column, Span, Data)>) -> Value {
        let mut root = Value { span: Span::new(file, 0..text.len() as u32), data: Data::Object(Vec::new()) };
        for (column, span, data) in cells.filter(|(column, ..)| !column.path[0].is_empty()) {
            insert(&mut root, &column.path, Value { span, data });
        }
        root
    }
}

/// Puts a value into an object, and into objects inside of it that the path names.
fn insert(object: &mut Value, path: &[String], value: Value) {
    let (Data::Object(entries), [name, below @ ..]) = (&mut object.data, path) else { return };
    let span = value.span;
    if below.is_empty() {
        entries.push(Entry { key: Spanned { value: name.into(), span }, value });
        return;
    }
    let at = entries.iter().rposition(|entry| entry.key.value == *name).unwrap_or_else(|| {
        let inner = Value { span, data: Data::Object(Vec::new()) };
        entries.push(Entry { key: Spanned { value: name.into(), span }, value: inner });
        entries.len() - 1
    });
    insert(&mut entries[at].value, below, value);
}

fn field_at<'s>(schema: &'s Schema, path: &[String]) -> Option<&'s Field> {
    let (first, rest) = path.split_first()?;
    let mut field = schema.fields.get(first)?;
    for name in rest {
        field = field.properties.as_ref()?.get(name)?;
    }
    Some(field)
}

/// What the text of a cell stands for in a field of a type. What it cannot stand for stays a text.
fn data(text: &str, kind: Option<&FieldType>, span: Span) -> Data {
    let string = || Data::String(text.into());
    let number = text.trim();
    match kind.map(FieldType::name) {
        Some("number" | "integer" | "float") if number.parse::<f64>().is_ok_and(f64::is_finite) => Data::Number(number.into()),
        Some("boolean") if number.eq_ignore_ascii_case("true") => Data::Bool(true),
        Some("boolean") if number.eq_ignore_ascii_case("false") => Data::Bool(false),
        Some("object" | "array") => json(text, span).unwrap_or_else(string),
        // Of a field that is not declared nothing is known.
        None => Data::Invalid,
        Some(_) => string(),
    }
}

/// A list or an object that is written into a cell as JSON. Its parts have the place of the cell.
fn json(text: &str, span: Span) -> Option<Data> {
    let file = SourceFile::new("cell.json", text);
    let parse = syntax::parse(&file, Format::Json);
    let documents = parse.tree.documents(span.file, &file);
    let root = documents.first().filter(|_| parse.errors.is_empty())?;
    let mut value = Value::lower(root);
    place(&mut value, span);
    Some(value.data)
}

fn place(value: &mut Value, span: Span) {
    value.span = span;
    match &mut value.data {
        Data::Array(items) => items.iter_mut().for_each(|item| place(item, span)),
        Data::Object(entries) => entries.iter_mut().for_each(|entry| {
            entry.key.span = span;
            place(&mut entry.value, span);
        }),
        _ => {}
    }
}

/// A cell: where it stands, quotes included, and its text without them.
struct Cell {
    range: Range<usize>,
    text: String,
}

/// The cells of a row.
fn cells(row: &str, Delimiter(delimiter): Delimiter) -> impl Iterator<Item = Cell> {
    let mut at = Some(0);
    std::iter::from_fn(move || {
        let start = at?;
        let rest = &row[start..];
        let is_quoted = rest.starts_with('"');
        let mut inside = false;
        // A doubled quote ends the quotes and begins them again, so only delimiters outside of them are seen.
        let length = rest.find(|letter| {
            inside ^= is_quoted && letter == '"';
            !inside && letter == delimiter
        });
        let range = start..start + length.unwrap_or(rest.len());
        at = length.map(|length| start + length + delimiter.len_utf8());
        let written = &row[range.clone()];
        let text = match written.trim_end().strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
            Some(inner) => inner.replace("\"\"", "\""),
            None => written.to_owned(),
        };
        Some(Cell { range, text })
    })
}
