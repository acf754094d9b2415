//! Which rules count: what is ignored, and what is asked for.

use std::io;

use super::Streams;
use crate::diagnostic::Diagnostic;
use crate::rules::{self, Rule};
use crate::suggest;
use crate::workspace::Workspace;

/// Which rules count.
#[derive(Debug, clap::Args)]
pub(super) struct Selection {
    /// Rules to leave out, by their names or the codes of the service
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Rules to apply that are not applied otherwise
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    enable: Vec<String>,
}

/// The rules that count, found.
pub(super) struct Selected {
    ignored: Vec<&'static str>,
    enabled: Vec<&'static str>,
}

impl Selection {
    /// Finds the rules. What is no rule is said, and then there is no selection.
    pub(super) fn find(&self, streams: &mut Streams<'_>) -> io::Result<Option<Selected>> {
        let mut is_sound = true;
        let mut found = |names: &[String]| -> io::Result<Vec<&'static str>> {
            let mut all = Vec::new();
            for name in names {
                match rules::find(name) {
                    Some(rule) => all.push(rule.name),
                    // A list of codes that the service is told to skip may be given here as it is.
                    None if rules::find_code(name).is_some() => {}
                    None => {
                        is_sound = false;
                        writeln!(streams.err, "mixlint: {}", unknown(name))?;
                    }
                }
            }
            Ok(all)
        };
        let (ignored, enabled) = (found(&self.ignore)?, found(&self.enable)?);
        Ok(is_sound.then_some(Selected { ignored, enabled }))
    }
}

impl Selected {
    /// Checks a project, by the rules that count.
    pub(super) fn check(&self, workspace: &Workspace) -> Vec<Diagnostic> {
        let mut findings = crate::check_with(workspace, &self.enabled);
        self.keep(&mut findings);
        findings
    }

    /// Leaves out what is ignored.
    pub(super) fn keep(&self, findings: &mut Vec<Diagnostic>) {
        findings.retain(|finding| !self.ignored.contains(&finding.rule));
    }
}

/// What is said of a name that no rule has.
pub(super) fn unknown(name: &str) -> String {
    let codes = rules::CODES.iter().map(|code| code.code);
    let nearest = suggest::nearest(name, rules::ALL.iter().map(|rule: &&Rule| rule.name).chain(codes));
    let perhaps = nearest.map_or_else(|| "`mixlint rules` lists them.".to_owned(), |name| format!("Did you mean `{name}`?"));
    format!("there is no rule `{name}`. {perhaps}")
}
