//! The pages for users outside of the rules: their commands exist, their snippets can be read, and the action does what it says.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use mixlint::definitions::{Data, Value};
use mixlint::rules::{self, Group, Rule};
use mixlint::syntax::{self, Format};
use mixlint::text::{FileId, SourceFile};

use crate::support::{files_below, mixlint, program, project, root, stderr, stdout};

/// All pages but those of the rules, which are tests of their own, and the decisions, which tell of times before.
fn pages() -> Vec<String> {
    let docs = files_below(&root().join("docs")).into_iter().map(|(name, _)| name);
    let docs = docs.filter(|name| name.ends_with(".md") && !name.contains('/'));
    let pages: Vec<String> = ["README.md".to_owned()].into_iter().chain(docs.map(|name| format!("docs/{name}"))).collect();
    assert!(pages.len() > 8, "{pages:?}");
    pages
}

/// The fenced blocks of a page: what stands behind the fence, and the text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join(page)).expect(page);
    let mut blocks = Vec::new();
    for part in text.split("\n```").skip(1).step_by(2) {
        let (info, text) = part.split_once('\n').expect("a line end");
        blocks.push((info.to_owned(), text.to_owned()));
    }
    blocks
}

/// The values of a text; it must have no mistake.
fn read(name: &str, text: &str) -> Vec<Value> {
    let file = SourceFile::new(name, text);
    let parse = syntax::parse(&file, Format::of(&file));
    assert!(parse.errors.is_empty(), "{name}: {:?}\n{text}", parse.errors);
    let documents = parse.tree.documents(FileId::new(0), &file);
    documents.iter().map(Value::lower).collect()
}

fn items(value: Option<&Value>) -> Vec<&Value> {
    value.into_iter().flat_map(Value::items).collect()
}

fn keys(value: &Value) -> Vec<String> {
    match &value.data {
        Data::Object(entries) => entries.iter().map(|entry| entry.key.value.to_string()).collect(),
        _ => Vec::new(),
    }
}

/// The calls of mixlint in a piece of code: in every line what follows its name, up to where a shell ends a command.
fn calls(code: &str) -> Vec<Vec<String>> {
    let ends = ["|", ">", "&&", ";"];
    let mut calls = Vec::new();
    for line in code.lines() {
        for (at, name) in line.match_indices("mixlint ") {
            let rest = &line[at + name.len()..];
            let is_call = line[..at].ends_with(['"', ' ']) || at == 0;
            if !is_call || !rest.trim_start_matches('-').starts_with(|first: char| first.is_ascii_lowercase()) {
                continue;
            }
            let words = rest.split_whitespace().take_while(|word| !ends.contains(word));
            let bare = |word: &str| word.replace(['"', '\'', '[', ']', '…', '\\', ','], "");
            calls.push(words.map(bare).filter(|word| !word.is_empty()).collect());
        }
    }
    calls
}

#[test]
fn every_command_that_is_told_of_exists() {
    let folder = project(&[]);
    let mut count = 0;
    for page in &pages() {
        let text = fs::read_to_string(root().join(page)).expect(page);
        let in_blocks = blocks(page).into_iter().map(|(_, text)| text).filter(|text| !text.starts_with("error["));
        // Between backticks on one line: every second part.
        let spans = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).map(str::to_owned);
        for code in in_blocks.chain(spans) {
            for mut call in calls(&code) {
                count += 1;
                // A shell is one of five, and not any word.
                call.iter_mut().filter(|word| *word == "SHELL").for_each(|word| *word = "bash".to_owned());
                call.push("--help".to_owned());
                let output = mixlint(folder.path(), &call.iter().map(String::as_str).collect::<Vec<_>>());
                assert_eq!(output.status.code(), Some(0), "{page}: mixlint {}: {}", call.join(" "), stderr(&output));
            }
        }
    }
    assert!(count > 20, "only {count} commands were found");
}

#[test]
fn the_date_of_what_is_known_is_that_of_the_catalogue() {
    let page = fs::read_to_string(root().join("docs/offline.md")).expect("the page");
    assert!(page.contains(&format!("as of {}", mixlint::extractors::CATALOGUE)));
}

#[test]
fn the_readme_has_every_command() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let help = stdout(&mixlint(&root(), &["-h"]));
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("the commands");
    let names: Vec<&str> = list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    assert!(names.len() > 10, "{help}");
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        assert!(readme.contains(&format!("| `mixlint {name}")), "README.md has no row for `mixlint {name}`");
    }
}

/// Links between pages lead to files that are there, and to headings that these have.
#[test]
fn links_lead_somewhere() {
    let docs = files_below(&root().join("docs")).into_iter().filter(|(name, _)| name.ends_with(".md"));
    let mut count = 0;
    for page in docs.map(|(_, path)| path).chain([root().join("README.md")]) {
        let text = fs::read_to_string(&page).expect("a page");
        let links = text.lines().flat_map(|line| line.split("](").skip(1).filter_map(|rest| rest.split(')').next()));
        for link in links.filter(|link| link.contains(".md") && !link.contains("://")) {
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let there = fs::read_to_string(page.parent().expect("a folder").join(path));
            let there = there.unwrap_or_else(|error| panic!("{}: {link}: {error}", page.display()));
            let slugs =
                there.lines().filter_map(|line| line.strip_prefix("## ")).map(|line| line.to_lowercase().replace(' ', "-"));
            assert!(heading.is_empty() || slugs.into_iter().any(|slug| slug == heading), "{}: {link}", page.display());
            count += 1;
        }
    }
    assert!(count > 150, "only {count} links were found");
}

#[test]
fn snippets_can_be_read() {
    let mut languages = BTreeSet::new();
    for page in &pages() {
        for (number, (info, text)) in blocks(page).into_iter().enumerate() {
            let language = info.split(' ').next().unwrap_or_default().to_owned();
            match language.as_str() {
                "json" => {
                    drop(serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{page}: {error}")))
                }
                "yaml" => drop(read(&format!("{page}-{number}.yaml"), &text)),
                "lua" => read_by("luac", &["-p", "-"], &text),
                "xml" => read_by("python3", &["-c", "import sys, xml.dom.minidom as m; m.parse(sys.stdin)"], &text),
                "toml" => read_by("python3", &["-c", "import sys, tomllib; tomllib.loads(sys.stdin.read())"], &text),
                "sh" => read_by("bash", &["-n"], &text),
                "text" | "console" | "" => continue,
                other => panic!("{page}: nobody reads `{other}`"),
            }
            languages.insert(language);
        }
    }
    assert_eq!(languages.into_iter().collect::<Vec<_>>(), ["json", "lua", "sh", "toml", "xml", "yaml"]);
}

#[test]
fn configurations_that_are_shown_have_no_mistake() {
    let mut count = 0;
    for page in &pages() {
        for (_, text) in blocks(page).into_iter().filter(|(info, _)| info.ends_with(" file=mixlint.yaml")) {
            let output = mixlint(project(&[("mixlint.yaml", &text)]).path(), &["config", "show"]);
            assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""), "{page}");
            count += 1;
        }
    }
    assert!(count >= 2, "only {count} configurations were found");
}

/// Has a program read a text, when it is installed.
fn read_by(program: &str, arguments: &[&str], text: &str) {
    let folder = project(&[("text", text)]);
    let file = fs::File::open(folder.path().join("text")).expect("a file");
    match Command::new(program).args(arguments).stdin(file).output() {
        Ok(output) => assert!(output.status.success(), "{program}: {}\n{text}", stderr(&output)),
        Err(_) => eprintln!("skipped: {program} is not installed"),
    }
}

/// The guide, followed from its first block to the last: files are written, commands are run, and print what is shown.
#[test]
#[cfg(unix)]
fn the_guide_can_be_followed() {
    let (folder, home) = (project(&[]), project(&[]));
    let built = Path::new(env!("CARGO_BIN_EXE_mixlint")).parent().expect("a folder");
    let path = format!("{}:{}", built.display(), std::env::var("PATH").unwrap_or_default());
    let is_there = |name: &str| Command::new(name).arg("--version").output().is_ok();
    let run = |line: &str| {
        let mut bash = program("bash", folder.path(), &["-c", &format!("{line} 2>&1")]);
        bash.env("PATH", &path).env("PRE_COMMIT_HOME", home.path()).env("GIT_CONFIG_GLOBAL", home.path().join("none"));
        for (name, value) in [("NAME", "A"), ("EMAIL", "a@example.com")] {
            bash.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
        }
        bash.output().expect("bash")
    };
    let mut count = 0;
    for (info, text) in blocks("docs/getting-started.md") {
        if let Some((_, name)) = info.split_once(" file=") {
            fs::create_dir_all(folder.path().join(name).parent().expect("a folder")).expect("a folder");
            fs::write(folder.path().join(name), format!("{text}\n")).expect("written");
        }
        let steps = if info == "console" { format!("\n{text}") } else { String::new() };
        for step in steps.split("\n$ ").skip(1) {
            let (line, shown) = step.split_once('\n').unwrap_or((step, ""));
            let name = line.split(' ').next().expect("a word");
            if name == "pre-commit" && !is_there(name) {
                eprintln!("skipped: {name} is not installed");
                continue;
            }
            let printed = stdout(&run(line));
            let printed = printed.trim_end();
            match shown.strip_suffix("\n…") {
                Some(begin) => assert!(printed.starts_with(begin), "{line}\n{printed}"),
                None => assert_eq!(printed, shown, "{line}"),
            }
            count += 1;
        }
    }
    assert!(count > 15, "only {count} commands were run");
}

/// The index of the rules is made of the rules.
#[test]
fn every_rule_is_in_the_index() {
    let row = |rule: &&&Rule| {
        let code = rules::code_of(rule.name).map(|code| format!("`{code}`")).unwrap_or_default();
        format!("| [{0}](rules/{0}.md) | {1} | {2} | {code} |\n", rule.name, rule.severity.name(), rule.summary)
    };
    let section = |group: Group| {
        let rows: String = rules::ALL.iter().filter(|rule| rule.group == group).map(|rule| row(&rule)).collect();
        let head = "| rule | severity | what it finds | code |\n|---|---|---|---|\n";
        format!("## {}\n\nThe group `{0}` is about {}.\n\n{head}{rows}", group.name(), group.summary())
    };
    let index = Group::ALL.map(section).join("\n");
    let path = root().join("docs/rules.md");
    let text = fs::read_to_string(&path).expect("the page");
    let start = text.find("## ").unwrap_or(text.len());
    if std::env::var_os("MIXLINT_BLESS").is_some() {
        fs::write(&path, format!("{}{index}", &text[..start])).expect("the page");
        return;
    }
    assert_eq!(&text[start..], index, "MIXLINT_BLESS=1 writes the index");
}

#[test]
fn the_pattern_for_problems_fits_what_is_printed() {
    let tasks = blocks("docs/editors.md").into_iter().find(|(_, text)| text.contains("problemMatcher")).expect("the task").1;
    let tasks: serde_json::Value = serde_json::from_str(&tasks).expect("JSON");
    let pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]["regexp"].as_str().expect("a pattern");
    let pattern = regex::Regex::new(pattern).expect("a pattern");
    let bucket = r#"{ "bucket_name": "lamps", "bucket_schema": { "properties": { "watt": { "type": "numbre" } } } }"#;
    let folder = project(&[("a b/c.json", bucket)]);
    let text = stdout(&mixlint(folder.path(), &["check", "--format", "concise"]));
    let found = pattern.captures(text.trim_end()).expect("it fits");
    let parts: Vec<&str> = (1..6).filter_map(|part| Some(found.get(part)?.as_str())).collect();
    assert_eq!(parts, ["a b/c.json", "1", "80", "error", "unknown-field-type"]);
    assert!(found[6].starts_with(|first: char| first.is_uppercase() || first == '`'), "{}", &found[6]);
}

#[test]
fn hooks_and_inputs_that_are_told_of_exist_and_all_are_told_of() {
    let page = fs::read_to_string(root().join("docs/ci.md")).expect("the page");
    let hooks = read("hooks.yaml", &fs::read_to_string(root().join(".pre-commit-hooks.yaml")).expect("hooks"));
    let ids: Vec<&str> = hooks.iter().flat_map(Value::items).filter_map(|hook| hook.get("id")?.as_str()).collect();
    let action = read("action.yaml", &fs::read_to_string(root().join("action.yml")).expect("the action")).remove(0);
    let inputs = keys(action.get("inputs").expect("inputs"));
    for name in ids.iter().copied().chain(inputs.iter().map(String::as_str)) {
        assert!(page.contains(&format!("`{name}`")), "docs/ci.md says nothing of `{name}`");
    }
    for (number, (language, text)) in blocks("docs/ci.md").into_iter().enumerate() {
        let documents = if language == "yaml" { read(&format!("{number}.yaml"), &text) } else { Vec::new() };
        for document in &documents {
            for used in items(document.get("repos")).into_iter().flat_map(|repo| items(repo.get("hooks"))) {
                let id = used.get("id").and_then(Value::as_str).expect("an id");
                assert!(ids.contains(&id), "there is no hook `{id}`");
            }
            let job = document.get("jobs").and_then(|jobs| jobs.get("mixlint"));
            for step in items(job.and_then(|job| job.get("steps"))) {
                if step.get("uses").and_then(Value::as_str).is_some_and(|uses| uses.starts_with("OWNER/mixlint@")) {
                    let given = step.get("with").map(keys).unwrap_or_default();
                    assert!(given.iter().all(|input| inputs.contains(input)), "{given:?}");
                }
            }
        }
    }
}

/// The script of the action, run with a `pipx` that says what it was called with.
#[test]
#[cfg(unix)]
fn the_action_passes_on_what_it_is_given() {
    use std::os::unix::fs::PermissionsExt;

    let action = read("action.yaml", &fs::read_to_string(root().join("action.yml")).expect("the action")).remove(0);
    let steps = items(action.get("runs").and_then(|runs| runs.get("steps")));
    let script = steps[0].get("run").and_then(Value::as_str).expect("a script");
    assert!(!script.contains("${{"), "no text of a user becomes a part of the script");
    let folder = project(&[("pipx", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n")]);
    fs::set_permissions(folder.path().join("pipx"), fs::Permissions::from_mode(0o755)).expect("permissions");
    let run = |version: &str, paths: &str, arguments: &str, format: &str| {
        let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new("bash");
        command.args(["-c", script]).env("PATH", path).env("ACTION", Path::new(env!("CARGO_MANIFEST_DIR")));
        let given = [("VERSION", version), ("PATHS", paths), ("ARGS", arguments), ("FORMAT", format), ("FAIL_ON", "error")];
        command.envs(given).output()
    };
    let Ok(output) = run("", "", "", "") else { return eprintln!("skipped: bash is not installed") };
    let own = format!("mixlint=={}", env!("CARGO_PKG_VERSION"));
    let lines = |output: &std::process::Output| stdout(output).lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(&output), ["run", "--spec", &own, "mixlint", "check", "--fail-on", "error", "--"]);
    let output = run("1.2.3", "a b\n$(touch x)\n", "--output\nsarif=a.sarif\n", "github").expect("runs");
    let head = ["run", "--spec", "mixlint==1.2.3", "mixlint", "check", "--fail-on", "error", "--format", "github"];
    let tail = ["--output", "sarif=a.sarif", "--", "a b", "$(touch x)"];
    assert_eq!(lines(&output), [&head[..], &tail[..]].concat());
    assert_eq!(run("1 @ https://example.com/x", "", "", "").expect("runs").status.code(), Some(2));
}
