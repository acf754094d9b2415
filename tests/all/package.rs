//! What is published: the files of the package, and what the wheel says of itself.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::support::{files_below, root};

/// Exactly what it takes to build mixlint: no fixture, no test, nothing of the workshop.
#[test]
fn the_package_holds_what_is_built_and_nothing_else() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["package", "--list", "--allow-dirty", "--offline"];
    let Ok(output) = Command::new(cargo).args(arguments).current_dir(root()).output() else {
        return eprintln!("skipped: cargo is not installed");
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8").replace('\\', "/");
    // Cargo writes these itself, the second one only in a clone.
    let made = ["Cargo.toml.orig", ".cargo_vcs_info.json"];
    let listed: BTreeSet<String> = text.lines().filter(|name| !made.contains(name)).map(str::to_owned).collect();
    let mut expected: BTreeSet<String> =
        ["Cargo.lock", "Cargo.toml", "LICENSE", "README.md"].iter().map(|name| (*name).to_owned()).collect();
    for folder in ["src", "docs/rules"] {
        expected.extend(files_below(&root().join(folder)).into_iter().map(|(name, _)| format!("{folder}/{name}")));
    }
    assert_eq!(listed, expected);
}

/// The value of a key of one table, as it is written, in a TOML file that has a line for each key.
fn value(file: &str, table: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(root().join(file)).expect(file);
    let rows = text.split(&format!("[{table}]\n")).nth(1)?.split("\n[").next()?.to_owned();
    let start = format!("{key} = ");
    rows.lines().find_map(|row| Some(row.strip_prefix(&start)?.to_owned()))
}

#[test]
fn the_wheel_says_what_the_crate_says() {
    for key in ["name", "description", "license", "readme", "keywords"] {
        let (crate_, wheel) = (value("Cargo.toml", "package", key), value("pyproject.toml", "project", key));
        assert!(crate_.is_some(), "{key}");
        assert_eq!(crate_, wheel, "{key}");
    }
    assert_eq!(value("pyproject.toml", "project", "version"), None, "the version is that of the crate");
    assert_eq!(value("pyproject.toml", "project", "dynamic").as_deref(), Some("[\"version\"]"));
    assert_eq!(value("pyproject.toml", "tool.maturin", "bindings").as_deref(), Some("\"bin\""), "the program, and no module");
    let profile = value("pyproject.toml", "tool.maturin", "profile").expect("a profile");
    assert!(value("Cargo.toml", &format!("profile.{}", profile.trim_matches('"')), "inherits").is_some(), "{profile}");
}
