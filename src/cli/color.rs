//! Whether to color the output.

use clap::ValueEnum;

use super::Environment;

/// What `--color` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// Always
    Always,
    /// Never
    Never,
    /// When the output is a terminal and the environment does not say otherwise
    Auto,
}

impl ColorChoice {
    /// Decides: the flag, then `NO_COLOR`, `CLICOLOR_FORCE` or `FORCE_COLOR`, `CLICOLOR`, `TERM`, then whether it is a terminal.
    pub fn decide(self, environment: &Environment) -> bool {
        let set = |value: &Option<String>| value.as_ref().is_some_and(|value| !value.is_empty());
        let forced = |value: &Option<String>| set(value) && value.as_deref() != Some("0");
        match self {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if set(&environment.no_color) => false,
            ColorChoice::Auto if forced(&environment.clicolor_force) || forced(&environment.force_color) => true,
            ColorChoice::Auto if environment.clicolor.as_deref() == Some("0") => false,
            ColorChoice::Auto if environment.term.as_deref() == Some("dumb") => false,
            ColorChoice::Auto => environment.is_terminal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_words_count_more() {
        let on = |value: &str| Some(value.to_owned());
        let terminal = || Environment { is_terminal: true, ..Environment::default() };
        for (row, choice, environment, color) in [
            ("flag over everything", ColorChoice::Always, Environment { no_color: on("1"), ..Environment::default() }, true),
            ("flag over force", ColorChoice::Never, Environment { force_color: on("1"), ..terminal() }, false),
            (
                "NO_COLOR over force",
                ColorChoice::Auto,
                Environment { no_color: on("1"), clicolor_force: on("1"), ..terminal() },
                false,
            ),
            ("an empty NO_COLOR is none", ColorChoice::Auto, Environment { no_color: on(""), ..terminal() }, true),
            ("CLICOLOR_FORCE", ColorChoice::Auto, Environment { clicolor_force: on("1"), ..Environment::default() }, true),
            (
                "CLICOLOR_FORCE=0 is none",
                ColorChoice::Auto,
                Environment { clicolor_force: on("0"), ..Environment::default() },
                false,
            ),
            (
                "FORCE_COLOR over CLICOLOR",
                ColorChoice::Auto,
                Environment { force_color: on("1"), clicolor: on("0"), ..Environment::default() },
                true,
            ),
            ("CLICOLOR=0", ColorChoice::Auto, Environment { clicolor: on("0"), ..terminal() }, false),
            ("TERM=dumb", ColorChoice::Auto, Environment { term: on("dumb"), ..terminal() }, false),
            ("a terminal", ColorChoice::Auto, terminal(), true),
            ("no terminal", ColorChoice::Auto, Environment::default(), false),
        ] {
            assert_eq!(choice.decide(&environment), color, "{row}");
        }
    }
}
