//! Which rules count: what is ignored, and what is asked for.

use std::collections::HashMap;
use std::io;

use super::Streams;
use crate::policy::{Level, did_you_mean};
use crate::rules::{self, find_all};

/// Which rules count.
#[derive(Debug, clap::Args)]
pub(super) struct Selection {
    /// Rules to leave out, by their names, those of groups, or the codes of the service
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Rules to apply that are not applied otherwise
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    enable: Vec<String>,
}

impl Selection {
    /// The levels of the rules that are named. What is no rule is said, and then there are none.
    pub(super) fn find(&self, streams: &mut Streams<'_>) -> io::Result<Option<HashMap<&'static str, Level>>> {
        let mut levels = HashMap::new();
        let mut is_sound = true;
        for (names, level) in [(&self.enable, Level::On), (&self.ignore, Level::Off)] {
            for name in names {
                match find_all(name) {
                    Some(rules) => levels.extend(rules.iter().map(|rule| (rule.name, level))),
                    // A list of codes that the service is told to skip may be given here as it is.
                    None if rules::find_code(name).is_some() => {}
                    None => {
                        is_sound = false;
                        writeln!(streams.err, "mixlint: {}", unknown(name))?;
                    }
                }
            }
        }
        Ok(is_sound.then_some(levels))
    }
}

/// What is said of a name that no rule has.
pub(super) fn unknown(name: &str) -> String {
    format!("there is no rule `{name}`. {}", did_you_mean(name))
}
