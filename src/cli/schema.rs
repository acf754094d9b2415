//! `mixlint schema`.

use std::io;

use super::{Exit, Streams};
use crate::shape;
use crate::suggest;

/// Arguments of `mixlint schema`.
#[derive(Debug, clap::Args)]
pub(super) struct Schema {
    /// What the schema is of: bucket, collection, namespace, object, config or report
    noun: String,
}

impl Schema {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> io::Result<Exit> {
        if let Some(document) = shape::document(&self.noun) {
            write!(streams.out, "{document}")?;
            return Ok(Exit::Clean);
        }
        let names: Vec<&str> = shape::NOUNS.iter().map(|(name, _)| *name).collect();
        let perhaps = match suggest::nearest(&self.noun, names.iter().copied()) {
            Some(name) => format!("Did you mean `{name}`?"),
            None => format!("There are: {}.", names.join(", ")),
        };
        writeln!(streams.err, "mixlint: there is no schema `{}`. {perhaps}", self.noun)?;
        Ok(Exit::Usage)
    }
}
