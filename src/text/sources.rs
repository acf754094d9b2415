//! All files of a run.

use std::any::Any;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::{FileId, ShortText, SourceFile, Span, Spanned};

/// The files of one run, in the order of their paths.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    last: Last,
}

/// What was last made of a text.
#[derive(Default)]
struct Last(Mutex<Option<(FileId, Arc<dyn Any + Send + Sync>)>>);

impl fmt::Debug for Last {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Last")
    }
}

impl Sources {
    /// The files in the order given; the first gets the id 0.
    pub fn new(files: Vec<SourceFile>) -> Sources {
        Sources { files, last: Last::default() }
    }

    /// What is made of the text of a file, made once for as long as it is asked of the same file again and again.
    pub fn remember<T: Any + Send + Sync>(&self, id: FileId, make: impl FnOnce(&SourceFile) -> T) -> Arc<T> {
        let mut last = self.last.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = last.as_ref().filter(|(file, _)| *file == id).map(|(_, made)| made.clone());
        if let Some(made) = known.and_then(|made| made.downcast().ok()) {
            return made;
        }
        let made = Arc::new(make(self.get(id)));
        *last = Some((id, made.clone()));
        made
    }

    /// Adds a file after all others; gives its id.
    pub fn push(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId::new(self.files.len() - 1)
    }

    /// The id that the next file gets.
    pub fn next_id(&self) -> FileId {
        FileId::new(self.files.len())
    }

    /// The file with this id.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// Hides a part of a file's text from all that is shown of it.
    pub fn conceal(&mut self, id: FileId, range: Range<u32>) {
        if let Some(file) = self.files.get_mut(id.index()) {
            file.conceal(range);
        }
    }

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId::new(index), file))
    }

    /// The text that a span covers; empty where the span does not lie on the text.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).text().get(span.range()).unwrap_or_default()
    }

    /// The place of a part of a string value: `part` counts bytes of the value. Where the source spells the value with escapes
    /// or line breaks, so that the part has no place of its own, the place of the whole value.
    pub fn part(&self, value: &Spanned<ShortText>, part: Range<usize>) -> Span {
        let written = self.slice(value.span);
        let quote = usize::from(written.starts_with(['"', '\'']));
        if written.get(quote..written.len().saturating_sub(quote)) != Some(value.value.as_str()) {
            return value.span;
        }
        let start = value.span.start + quote as u32;
        Span::new(value.span.file, start + part.start as u32..start + part.end as u32)
    }
}
