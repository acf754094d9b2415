//! `mixlint init`: the files that a project begins with.

use std::io;
use std::path::Path;

use super::{Exit, Streams, output};
use crate::config::{KEYS, NAMES};
use crate::discover;

/// Arguments of `mixlint init`.
#[derive(Debug, clap::Args)]
pub(super) struct Init {
    /// Write a workflow for GitHub too
    #[arg(long)]
    workflow: bool,
    /// Print what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// The file of pre-commit.
const PRE_COMMIT: &str = ".pre-commit-config.yaml";

/// What stands in it for mixlint: the program that is installed.
const HOOKS: &str = "  - repo: local
    hooks:
      - id: mixlint
        name: mixlint
        entry: mixlint check --force-exclude --allow-empty
        language: system
        types_or: [yaml, json, text]
        files: '\\.(json|jsonc|jsonl|ndjson|ya?ml)$'
        require_serial: true
      - id: mixlint-staged
        name: mixlint (deleted definitions)
        entry: mixlint check --staged --allow-empty
        language: system
        always_run: true
        pass_filenames: false
        require_serial: true
";

const WORKFLOW: (&str, &str) = (
    ".github/workflows/mixlint.yml",
    "name: mixlint\n\
     on: [push, pull_request]\n\
     permissions:\n  contents: read\n\
     jobs:\n  \
       mixlint:\n    \
         runs-on: ubuntu-latest\n    \
         steps:\n      \
           - uses: actions/checkout@v4\n        \
             with: { persist-credentials: false }\n      \
           - run: pip install mixlint\n      \
           - run: mixlint check\n",
);

impl Init {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let here = streams.working_directory.clone();
        let mut is_clean = true;
        let has_config = NAMES.iter().find(|name| here.join(name).exists());
        match has_config {
            Some(name) => writeln!(streams.err, "mixlint: {name} is there, and stays as it is")?,
            None => is_clean &= self.write(&here, NAMES[0], &starter(), streams)?,
        }
        match discover::read(&here.join(PRE_COMMIT)) {
            Ok(bytes) if String::from_utf8_lossy(&bytes).contains("id: mixlint") => {
                writeln!(streams.err, "mixlint: {PRE_COMMIT} has the hooks, and stays as it is")?;
            }
            // Where the list of repositories ends, only a reader of the whole file can tell.
            Ok(_) => {
                writeln!(streams.err, "mixlint: {PRE_COMMIT} is there: add this under its `repos`")?;
                write!(streams.out, "{HOOKS}")?;
            }
            Err(_) => is_clean &= self.write(&here, PRE_COMMIT, &format!("repos:\n{HOOKS}"), streams)?,
        }
        if self.workflow {
            let (path, text) = WORKFLOW;
            match here.join(path).exists() {
                true => writeln!(streams.err, "mixlint: {path} is there, and stays as it is")?,
                false => is_clean &= self.write(&here, path, text, streams)?,
            }
        }
        Ok(if is_clean { Exit::Clean } else { Exit::Usage })
    }

    fn write(&self, here: &Path, name: &str, text: &str, streams: &mut Streams<'_>) -> io::Result<bool> {
        if self.dry_run {
            writeln!(streams.out, "# {name}\n{text}")?;
            return Ok(true);
        }
        let path = here.join(name);
        let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        match folder.and_then(|()| output::replace(&path, text.as_bytes())) {
            Ok(()) => writeln!(streams.err, "mixlint: {name} written").map(|()| true),
            Err(error) => {
                writeln!(streams.err, "mixlint: {name} cannot be written: {}", discover::reason(&error)).map(|()| false)
            }
        }
    }
}

/// A configuration in which every key is explained and none is set.
fn starter() -> String {
    let mut text = "# The configuration of mixlint. What is not set has the value that stands behind it.\n".to_owned();
    for key in KEYS.iter().filter(|key| key.name != "$schema") {
        let words = format!("{}.", key.summary);
        let mut line = "#".to_owned();
        text += "\n";
        for word in words.split_whitespace() {
            if line.len() + word.len() >= 100 {
                text += &format!("{line}\n");
                line = "#".to_owned();
            }
            line += &format!(" {word}");
        }
        text += &format!("{line}\n# {}:  # {}\n", key.name, key.default);
    }
    text
}
