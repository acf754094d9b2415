//! `mixlint check --objects`: holds objects of any number against the schema of a bucket, one at a time.

mod progress;
mod records;
mod stream;
mod table;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Streams;
use super::load::Loaded;
use crate::diagnostic::Diagnostic;
use crate::discover;
use crate::render::{Counted, Summary};
use crate::text::Sources;
use crate::workspace::{NoBucket, Workspace, find_bucket};

use progress::Progress;
use records::Records;
use stream::Stream;

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
    let names = match is_input {
        true => ("<stdin>".to_owned(), "<stdin>".to_owned()),
        false => discover::names(file, &streams.working_directory, &root),
    };
    let input: &mut dyn Read = match &mut opened {
        Some(file) => file,
        None => streams.input,
    };
    let sources = std::mem::take(&mut workspace.sources);
    let mut progress = Progress::new(length);
    let records = Records::new(&names.0, input);
    let mut stream = Stream::new(&workspace.buckets[bucket], names, most, sources);
    let read = records.and_then(|records| stream.read(records, &mut progress));
    progress.finish();
    Ok(Some(stream.finish(read.err().map(|error| discover::reason(&error)))))
}

/// The bucket that is meant, if objects can be held against it; else why not.
fn bucket_of(workspace: &Workspace, said: &str) -> Result<usize, String> {
    let number = find_bucket(workspace, said).map_err(|none| match none {
        NoBucket::Unknown(Some(nearest)) => format!("there is no bucket `{said}` here. Did you mean `{nearest}`?"),
        NoBucket::Unknown(None) => format!("there is no bucket `{said}` here. `mixlint files` lists what is."),
        NoBucket::Ambiguous => format!("several buckets are named `{said}`. Name the folder of the one that is meant."),
    })?;
    match &workspace.buckets[number].schema {
        Some(schema) if !schema.is_open => Ok(number),
        _ => Err(format!("bucket `{said}` has no schema here, so there is nothing to hold the objects against")),
    }
}
