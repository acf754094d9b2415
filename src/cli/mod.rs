//! The command line: the only room that reads arguments, prints and decides the exit code.

mod baseline;
mod check;
mod color;
mod completions;
mod config;
mod configure;
mod environment;
mod explain;
mod extractors;
mod files;
mod fix;
mod git;
mod init;
mod load;
mod locate;
mod man;
mod objects;
mod output;
mod plan;
mod read;
mod report;
mod request;
mod schema;
mod select;
mod timings;
mod today;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use report::Reporting;

pub use color::ColorChoice;
pub use environment::Environment;

/// What a run ends with. The same for every command and every format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// It ran, and there is nothing at or above the failing level.
    Clean = 0,
    /// There are findings at or above the failing level.
    Findings = 1,
    /// It could not run: a wrong flag, an unknown rule, a named file that is missing.
    Usage = 2,
    /// There is nothing to lint.
    Nothing = 3,
    /// A fault of mixlint itself.
    Internal = 4,
}

/// What a command reads from and writes to.
pub struct Streams<'s> {
    /// The standard input.
    pub input: &'s mut dyn Read,
    /// For findings.
    pub out: &'s mut dyn Write,
    /// For everything else.
    pub err: &'s mut dyn Write,
    /// What the environment says.
    pub environment: Environment,
    /// How many columns the terminal has.
    pub width: usize,
    /// The day of today, such as `2026-11-25`, where that is known: suppressions may expire.
    pub today: Option<String>,
    /// The folder that relative paths start from.
    pub working_directory: PathBuf,
    /// The user's own folder, which is no project.
    pub home: Option<PathBuf>,
}

/// Checks Mixpeek definitions offline: buckets, collections, retrievers, manifests, and what links them.
#[derive(Debug, Parser)]
#[command(name = "mixlint", version, max_term_width = 100, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use colors
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Reports what is wrong with the definitions in files and folders
    Check(check::Check),
    /// Keeps a file of the findings that are known, so that only new ones are reported
    Baseline(baseline::BaselineCommand),
    /// Mends what is wrong, where it is certain how, and nothing else comes of it
    Fix(fix::Fix),
    /// Lists which files define what, and what each collection reads
    Files(files::Files),
    /// Lists the extractors of the catalogue, or shows all that is known of one
    Extractors(extractors::Extractors),
    /// Shows what the service would make of the definitions: schemas, vector indexes, lineage
    Plan(plan::Plan),
    /// Shows where in the files is what an answer of the service says
    Locate(locate::Locate),
    /// Shows what the configuration sets
    Config(config::ConfigCommand),
    /// Writes a configuration to begin with, and the entry for pre-commit
    Init(init::Init),
    /// Lists the rules
    Rules,
    /// Shows the page of a rule
    Explain(explain::Explain),
    /// Prints the JSON Schema of a kind of file, for editors and other tools
    Schema(schema::Schema),
    /// Prints what makes a shell complete the command line
    Completions(completions::Completions),
    /// Prints the manual page of mixlint or of one of its commands
    Man(man::Man),
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let (mut input, mut out, mut err) = (io::stdin().lock(), io::stdout().lock(), io::stderr().lock());
    let environment = Environment::of_process(io::stdout().is_terminal());
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).max(40);
    let working_directory = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    let today = today::today();
    let mut streams =
        Streams { input: &mut input, out: &mut out, err: &mut err, environment, width, today, working_directory, home };
    // A panic is reported below, in one line; the usual message is for people with the source at hand.
    std::panic::set_hook(Box::new(|_| {}));
    ExitCode::from(run(std::env::args_os(), &mut streams) as u8)
}

/// Runs the command that `arguments` ask for; the first one is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>, streams: &mut Streams<'_>) -> Exit {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, streams),
    };
    let color = arguments.color.decide(&streams.environment);
    let reporting = match &arguments.command {
        Command::Check(check) => Some(&check.reporting),
        Command::Fix(fix) => Some(&fix.reporting),
        Command::Locate(locate) => Some(&locate.reporting),
        _ => None,
    };
    if let Some(contradiction) = reporting.and_then(Reporting::contradiction) {
        let _ = writeln!(streams.err, "mixlint: {contradiction}");
        return Exit::Usage;
    }
    let result = guarded(|| match &arguments.command {
        Command::Check(check) => check.run(color, streams),
        Command::Baseline(baseline) => baseline.run(streams),
        Command::Fix(fix) => fix.run(color, streams),
        Command::Files(files) => files.run(streams),
        Command::Extractors(extractors) => extractors.run(streams),
        Command::Plan(plan) => plan.run(color, streams),
        Command::Locate(locate) => locate.run(color, streams),
        Command::Config(config) => config.run(streams),
        Command::Init(init) => init.run(streams),
        Command::Rules => explain::list(streams),
        Command::Explain(explain) => explain.run(streams),
        Command::Schema(schema) => schema.run(streams),
        Command::Completions(completions) => completions.run(Arguments::command(), streams),
        Command::Man(man) => man.run(Arguments::command(), streams),
    });
    match result {
        Ok(Ok(exit)) => exit,
        // Lists have no verdict, so a reader that has seen enough changes nothing.
        Ok(Err(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Clean,
        Ok(Err(error)) => {
            let _ = writeln!(streams.err, "mixlint: cannot write: {error}");
            Exit::Usage
        }
        Err(panic) => {
            if let Some(reporting) = reporting {
                let _ = reporting.fail(&panic, streams);
            }
            let _ = writeln!(streams.err, "mixlint: internal error: {panic}. This is a fault of mixlint: please report it.");
            Exit::Internal
        }
    }
}

/// Runs something, and turns a panic into its message.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    std::panic::catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown".to_owned())
    })
}

/// Help and version go to the output and are no mistake; a wrong flag is.
fn usage(error: &clap::Error, streams: &mut Streams<'_>) -> Exit {
    let text = error.render();
    if error.use_stderr() {
        let _ = write!(streams.err, "{text}");
        return Exit::Usage;
    }
    let _ = write!(streams.out, "{text}");
    Exit::Clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message() {
        assert_eq!(guarded(|| 1), Ok(1));
        assert_eq!(guarded::<()>(|| panic!("at {}", 1)), Err("at 1".to_owned()));
        assert_eq!(guarded::<()>(|| panic!("plain")), Err("plain".to_owned()));
    }
}
