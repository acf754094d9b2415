//! The `mixlint` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    mixlint::cli::main()
}
