//! `mixlint rules` and `mixlint explain`.

use std::io;

use super::select::unknown;
use super::{Exit, Streams};
use crate::rules::{self, Group};

/// Arguments of `mixlint explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The name of the rule, or a code of the service
    rule: String,
}

impl Explain {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> io::Result<Exit> {
        if let Some(rule) = rules::find(&self.rule) {
            write!(streams.out, "{}", rule.docs)?;
            return Ok(Exit::Clean);
        }
        if let Some(code) = rules::find_code(&self.rule) {
            writeln!(streams.out, "{}", code.note)?;
            return Ok(Exit::Clean);
        }
        writeln!(streams.err, "mixlint: {}", unknown(&self.rule))?;
        Ok(Exit::Usage)
    }
}

/// Lists all rules by their groups: name, severity, summary, and the code of the service where it has one.
pub(super) fn list(streams: &mut Streams<'_>) -> io::Result<Exit> {
    let width = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    for (number, group) in Group::ALL.into_iter().enumerate() {
        let gap = if number > 0 { "\n" } else { "" };
        writeln!(streams.out, "{gap}{} – {}", group.name(), group.summary())?;
        for rule in rules::ALL.iter().filter(|rule| rule.group == group) {
            let code = rules::code_of(rule.name).map(|code| format!(" ({code})")).unwrap_or_default();
            writeln!(streams.out, "  {:width$}  {:7}  {}{code}", rule.name, rule.severity.name(), rule.summary)?;
        }
    }
    Ok(Exit::Clean)
}
