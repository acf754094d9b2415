//! What several tests need.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use mixlint::cli::{Environment, Exit, Streams, run};

/// The rules that no text of a definition raises: they are about files, changes, configurations and answers of the service, and have tests of
/// their own with these.
pub const OF_NO_TEXT: [&str; 5] = ["unreadable-file", "config-error", "service-finding", "deleted-reference", "refused-change"];

/// The root of the project.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, sorted, with their names relative to it.
pub fn files_below(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                found.push((name, path));
            }
        }
    }
    found.sort();
    found
}

/// The definition files below a folder, as name and text.
pub fn texts_below(folder: &Path) -> Vec<(String, String)> {
    let is_definition = |name: &str| [".json", ".jsonc", ".jsonl", ".yaml", ".yml"].iter().any(|ending| name.ends_with(ending));
    files_below(folder)
        .into_iter()
        .filter(|(name, _)| is_definition(name))
        .map(|(name, path)| (name, fs::read_to_string(path).expect("text")))
        .collect()
}

/// Runs the binary in a folder, with nothing in the environment that asks for colors or for a format.
pub fn mixlint(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("runs")
}

/// The binary, ready to be run in a folder.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    program(env!("CARGO_BIN_EXE_mixlint"), folder, arguments)
}

/// A program, ready to be run in a folder, with nothing in the environment that asks for colors, a format or another repository.
pub fn program(program: &str, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    let unset = ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLUMNS", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"];
    for name in unset.into_iter().chain(["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"]).chain([
        "MIXLINT_BASELINE",
        "MIXLINT_CONFIG",
        "MIXLINT_FAIL_ON",
        "MIXLINT_FORMAT",
        "MIXLINT_OUTPUT",
    ]) {
        command.env_remove(name);
    }
    command
}

/// Runs in this process, with streams that `set` may change; gives the exit code, the output and the error stream.
pub fn run_in_process(
    folder: &Path,
    arguments: &[&str],
    input: &mut dyn Read,
    set: impl FnOnce(&mut Streams<'_>),
) -> (Exit, Vec<u8>, Vec<u8>) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = Streams {
        input,
        out: &mut out,
        err: &mut err,
        environment: Environment::default(),
        width: 100,
        today: None,
        working_directory: folder.to_owned(),
        home: None,
    };
    set(&mut streams);
    let exit = run([&["mixlint"], arguments].concat(), &mut streams);
    (exit, out, err)
}

/// What was written to the output, as text.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// What was written to the error stream, as text.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// A folder with these files in it.
pub fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("written");
    }
    folder
}
