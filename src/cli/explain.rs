//! `mixlint rules` and `mixlint explain`.

use std::io;

use super::{Exit, Streams};
use crate::rules;
use crate::suggest;

/// Arguments of `mixlint explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The name of the rule
    rule: String,
}

impl Explain {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> io::Result<Exit> {
        if let Some(rule) = rules::find(&self.rule) {
            write!(streams.out, "{}", rule.docs)?;
            return Ok(Exit::Clean);
        }
        let nearest = suggest::nearest(&self.rule, rules::ALL.iter().map(|rule| rule.name));
        let perhaps = nearest.map_or_else(|| "`mixlint rules` lists them.".to_owned(), |name| format!("Did you mean `{name}`?"));
        writeln!(streams.err, "mixlint: there is no rule `{}`. {perhaps}", self.rule)?;
        Ok(Exit::Usage)
    }
}

/// Lists all rules: name, severity, summary.
pub(super) fn list(streams: &mut Streams<'_>) -> io::Result<Exit> {
    let width = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    for rule in rules::ALL {
        writeln!(streams.out, "{:width$}  {:7}  {}", rule.name, rule.severity.name(), rule.summary)?;
    }
    Ok(Exit::Clean)
}
