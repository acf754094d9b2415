//! What the environment of the process says, read once at the edge.

/// What the environment says: about colors, and where mixlint runs. A variable that is not set is none.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `NO_COLOR`.
    pub no_color: Option<String>,
    /// `CLICOLOR_FORCE`.
    pub clicolor_force: Option<String>,
    /// `FORCE_COLOR`.
    pub force_color: Option<String>,
    /// `CLICOLOR`.
    pub clicolor: Option<String>,
    /// `TERM`.
    pub term: Option<String>,
    /// Whether the output goes to a terminal.
    pub is_terminal: bool,
    /// `GITHUB_ACTIONS`.
    pub github_actions: Option<String>,
    /// `GITHUB_STEP_SUMMARY`.
    pub github_step_summary: Option<String>,
}

impl Environment {
    /// The environment of this process.
    pub fn of_process(is_terminal: bool) -> Environment {
        let get = |name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        Environment {
            no_color: get("NO_COLOR"),
            clicolor_force: get("CLICOLOR_FORCE"),
            force_color: get("FORCE_COLOR"),
            clicolor: get("CLICOLOR"),
            term: get("TERM"),
            is_terminal,
            github_actions: get("GITHUB_ACTIONS"),
            github_step_summary: get("GITHUB_STEP_SUMMARY"),
        }
    }
}
