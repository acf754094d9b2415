//! `mixlint completions`.

use std::io;

use clap_complete::Shell;

use super::{Exit, Streams};

/// Arguments of `mixlint completions`.
#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, mut command: clap::Command, streams: &mut Streams<'_>) -> io::Result<Exit> {
        // Made aside: the generator panics when its output is closed.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "mixlint", &mut script);
        streams.out.write_all(&script)?;
        Ok(Exit::Clean)
    }
}
