//! `mixlint locate`.

use std::io;
use std::path::PathBuf;

use super::load::Paths;
use super::report::Reporting;
use super::select::Selection;
use super::{Exit, Streams};
use crate::definitions::Value;
use crate::discover;
use crate::policy;
use crate::service;
use crate::syntax;
use crate::text::SourceFile;

/// Arguments of `mixlint locate`.
#[derive(Debug, clap::Args)]
pub(super) struct Locate {
    /// The answer: of `lint` or `validate`, or the body of an error. `-` is the standard input
    #[arg(value_name = "ANSWER")]
    answer: PathBuf,
    #[command(flatten)]
    paths: Paths,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    pub(super) reporting: Reporting,
}

impl Locate {
    pub(super) fn run(&self, color: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
        let Some(levels) = self.selection.find(streams)? else { return Ok(Exit::Usage) };
        let is_input = self.answer.as_os_str() == "-";
        if is_input && self.paths.wants_input() {
            writeln!(streams.err, "mixlint: the standard input cannot be the answer and a definition")?;
            return Ok(Exit::Usage);
        }
        let path = streams.working_directory.join(&self.answer);
        let shown = if is_input { "(standard input)".to_owned() } else { discover::shown(&path, &streams.working_directory) };
        let bytes = if is_input { discover::read_from(streams.input) } else { discover::read(&path) };
        let mut file = match bytes {
            Ok(bytes) => SourceFile::from_bytes(shown.clone(), bytes),
            Err(reason) => {
                writeln!(streams.err, "mixlint: {shown}: {reason}")?;
                return Ok(Exit::Usage);
            }
        };
        let mut loaded = match self.paths.load_without((!is_input).then_some(&self.answer), streams)? {
            Ok(loaded) => loaded,
            Err(unloaded) => return unloaded.render(&self.reporting, color, streams),
        };
        // It was looked at, only not for definitions.
        loaded.passed_over.retain(|(path, _)| *path != shown);
        if !is_input {
            file.path = discover::names(&path, &streams.working_directory, &loaded.root).0;
        }
        let id = loaded.workspace.sources.push(file);
        let answer = loaded.workspace.sources.get(id);
        let parse = syntax::parse(answer, syntax::Format::of(answer));
        let value = parse.tree.documents(id, answer).first().map(Value::lower);
        let Some(remarks) = value.as_ref().and_then(service::read) else {
            writeln!(
                streams.err,
                "mixlint: {shown} is no answer about definitions: it has neither `valid` nor `error` nor `detail` as the answers of \
                 `lint` and `validate` and the bodies of errors have"
            )?;
            return Ok(Exit::Usage);
        };
        loaded.policy.forced = levels;
        let ours = policy::check(&loaded.workspace, &loaded.policy).findings;
        let located = service::locate(&loaded.workspace, remarks, &ours);
        let mut findings = loaded.policy.keep(&loaded.workspace.sources, located);
        findings.extend(ours);
        findings.sort_by_key(|finding| finding.primary.span);
        self.reporting.report(&loaded, &findings, color, streams)
    }
}
