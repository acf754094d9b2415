//! The house rules that the compiler cannot check: who may know whom, which dependency lives where, and that lists are complete.

use std::fs;

use mixlint::extractors::Catalogue;
use mixlint::rules;

use crate::support::{files_below, root};

/// The rooms, from the ground up. A room may use those before its own row, and itself.
const ROOMS: [&[&str]; 18] = [
    &["text", "suggest"],
    &["diagnostic"],
    &["syntax"],
    &["path"],
    &["definitions"],
    &["extractors", "shape"],
    &["resolve", "conform", "stages"],
    &["workspace"],
    &["rules", "plan"],
    &["policy"],
    &["service"],
    &["identity"],
    &["baseline"],
    &["fix"],
    &["render"],
    &["config", "discover"],
    &["cli"],
    &["lib", "main"],
];

/// The one place of each dependency.
const DEPENDENCIES: [(&str, &[&str]); 22] = [
    ("aho_corasick", &["definitions/recognize.rs", "definitions/key_forms.rs"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/completions.rs"]),
    ("clap_mangen", &["cli/man.rs"]),
    ("globset", &["policy/", "config/"]),
    ("granit_parser", &["syntax/yaml/"]),
    ("ignore", &["discover.rs"]),
    ("indicatif", &["cli/"]),
    ("jsonschema", &["shape/"]),
    ("memchr", &["text/lines.rs"]),
    ("miette", &["render/pretty.rs"]),
    ("mimalloc", &["main.rs"]),
    ("rayon", &["cli/read.rs"]),
    ("regex", &["extractors/validate.rs"]),
    ("serde", &["baseline.rs", "render/"]),
    ("serde_json", &["baseline.rs", "render/", "shape/"]),
    ("rapidfuzz", &["suggest.rs"]),
    ("similar", &["render/diff.rs"]),
    ("smallvec", &["path.rs"]),
    ("smol_str", &["text/"]),
    ("terminal_size", &["cli/"]),
    ("textwrap", &["render/pretty.rs"]),
];

/// The source files, as the name below `src` and the text without its tests.
fn sources() -> Vec<(String, String)> {
    files_below(&root().join("src"))
        .into_iter()
        .filter(|(name, _)| name.ends_with(".rs") && !name.contains("tests"))
        .map(|(name, path)| {
            let text = fs::read_to_string(path).expect("text");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            (name, code)
        })
        .collect()
}

fn row(room: &str) -> usize {
    ROOMS.iter().position(|row| row.contains(&room)).unwrap_or_else(|| panic!("the room `{room}` has no row"))
}

#[test]
fn rooms_know_only_those_below_them() {
    for (name, code) in sources() {
        let room = name.split(['/', '.']).next().expect("a room");
        if matches!(room, "lib" | "main") {
            continue;
        }
        for used in code.match_indices("crate::").map(|(at, _)| &code[at + 7..]) {
            let used = used.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().expect("a name");
            // `crate::check` is the front door, for the command line only.
            if used.starts_with("check") && room == "cli" {
                continue;
            }
            assert!(used == room || row(used) < row(room), "src/{name} uses `crate::{used}`, which is not below its room");
        }
    }
}

#[test]
fn dependencies_stay_in_their_rooms() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let listed = manifest.split("[dependencies]\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("dependencies");
    for line in listed.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split(" =").next().expect("a name").replace('-', "_");
        assert!(DEPENDENCIES.iter().any(|(known, _)| *known == name), "the dependency `{name}` has no room");
    }
    for (name, code) in sources() {
        for (dependency, rooms) in DEPENDENCIES {
            let uses = [format!("use {dependency}::"), format!(" {dependency}::"), format!("({dependency}::")];
            let used = uses.iter().any(|text| code.contains(text)) || code.contains(&format!("&{dependency}::"));
            assert!(!used || rooms.iter().any(|room| name.starts_with(room)), "src/{name} must not use {dependency}");
        }
    }
}

/// What the pages for those who build mixlint list is what there is.
#[test]
fn rooms_tests_and_dependencies_are_told_of() {
    let page = |path: &str| fs::read_to_string(root().join(path)).expect("a page");
    let (architecture, crates) = (page("docs/architecture.md"), page("docs/decisions/002-crates.md"));
    let rooms = architecture.split("| room | what is in it |").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("rooms");
    let places: Vec<Option<usize>> =
        ROOMS.iter().rev().skip(1).rev().flat_map(|row| *row).map(|room| rooms.find(&format!("`{room}`"))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "the rooms are listed from the ground up: {places:?}");
    for (name, _) in files_below(&root().join("tests/all")).iter().filter(|(name, _)| name.ends_with(".rs")) {
        let is_told = architecture.contains(&format!("`tests/all/{name}`")) || ["main.rs", "support.rs"].contains(&name.as_str());
        assert!(is_told, "docs/architecture.md says nothing of tests/all/{name}");
    }
    let table: String =
        crates.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next()).collect::<Vec<_>>().join(", ");
    for (name, _) in DEPENDENCIES {
        assert!(
            table.split(", ").any(|one| one.replace('-', "_") == name),
            "docs/decisions/002-crates.md gives no reason for {name}"
        );
    }
}

#[test]
fn files_stay_small() {
    for folder in ["src", "tests", "benches"] {
        for (name, path) in files_below(&root().join(folder)).into_iter().filter(|(name, _)| name.ends_with(".rs")) {
            let lines = fs::read_to_string(path).expect("text").lines().count();
            assert!(lines <= 500, "{folder}/{name} has {lines} lines");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for (name, path) in files_below(&root().join("src")).into_iter().filter(|(name, _)| name.ends_with(".rs")) {
        let text = fs::read_to_string(path).expect("text");
        assert!(text.starts_with("//! "), "src/{name} does not begin with a sentence of its own");
    }
}

#[test]
fn every_rule_is_listed_and_sorted() {
    let names: Vec<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    assert!(names.is_sorted(), "rules::ALL is not sorted");
    let below = |folder: &str, ending: &str| -> Vec<String> {
        let files = fs::read_dir(root().join(folder)).expect(folder).map(|entry| entry.expect("entry").file_name());
        let names = files.filter_map(|name| name.to_string_lossy().strip_suffix(ending).map(|name| name.replace('_', "-")));
        let mut names: Vec<String> = names.filter(|name| name != "mod").collect();
        names.sort();
        names
    };
    assert_eq!(below("src/rules", ".rs"), names, "files of src/rules");
    assert_eq!(below("docs/rules", ".md"), names, "pages of docs/rules");
}

#[test]
fn rules_that_must_be_asked_for_are_rules() {
    assert!(rules::OPTIONAL.is_sorted(), "rules::OPTIONAL is not sorted");
    for name in rules::OPTIONAL {
        assert!(rules::find(name).is_some(), "{name} is no rule");
    }
}

#[test]
fn every_extractor_file_is_listed_and_named_after_what_it_holds() {
    let catalogue = Catalogue::default();
    let listed: Vec<String> =
        catalogue.iter().map(|extractor| format!("{}_{}.json", extractor.name, extractor.version)).collect();
    let written = files_below(&root().join("src/extractors/catalogue"));
    let written: Vec<String> = written.into_iter().map(|(name, _)| name).filter(|name| name != "names.json").collect();
    assert_eq!(listed, written);
}

/// No crate in the tree can open a connection: nothing that is checked leaves the machine.
#[test]
fn no_dependency_opens_a_connection() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let names =
        ["attohttpc", "curl", "h2", "hyper", "isahc", "minreq", "mio", "native-tls", "openssl", "quinn", "reqwest", "rustls"];
    for name in names.into_iter().chain(["async-io", "hickory-resolver", "socket2", "tokio", "tungstenite", "ureq"]) {
        assert!(!lock.contains(&format!("name = \"{name}\"\n")), "{name} is in the tree");
    }
    for (name, code) in sources() {
        assert!(!code.contains("std::net") && !code.contains("os::unix::net"), "src/{name} opens connections");
    }
}
