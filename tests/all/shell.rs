//! What a shell and `man` are given: completions that shells read, pages that render.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::{mixlint, project, stderr, stdout};

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// Has a program read a text: what it complains of, or nothing when it is not installed.
fn read_by(program: &str, arguments: &[&str], text: &str) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        eprintln!("skipped: {program} is not installed");
        return None;
    };
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("ends");
    let complaint = stderr(&output);
    assert!(output.status.success(), "{program}: {complaint}");
    Some(complaint)
}

#[test]
fn completions_are_scripts_that_know_the_commands() {
    let folder = project(&[]);
    for shell in SHELLS {
        let output = mixlint(folder.path(), &["completions", shell]);
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""), "{shell}");
        let script = stdout(&output);
        for word in ["check", "locate", "fail-on", "stdin-filename"] {
            assert!(script.contains(word), "{shell} does not complete {word}");
        }
        if matches!(shell, "bash" | "fish" | "zsh") {
            let complaint = read_by(shell, &["-n"], &script);
            assert!(complaint.is_none_or(|complaint| complaint.is_empty()), "{shell}");
        }
    }
    assert_eq!(mixlint(folder.path(), &["completions", "cmd"]).status.code(), Some(2));
}

/// Bash itself completes a command and an option.
#[test]
#[cfg(unix)]
fn bash_completes() {
    let folder = project(&[]);
    let script = stdout(&mixlint(folder.path(), &["completions", "bash"]));
    for (before, word, completed) in [("mixlint", "ch", "check"), ("mixlint check", "--fail", "--fail-on")] {
        let (words, last) = (format!("{before} {word}"), before.split(' ').count());
        let call = format!("_mixlint mixlint {word} {}", before.split(' ').next_back().expect("a word"));
        let ask = format!("{script}\nCOMP_WORDS=({words})\nCOMP_CWORD={last}\n{call}\necho \"${{COMPREPLY[@]}}\"\n");
        let Ok(output) = Command::new("bash").args(["-c", &ask]).output() else {
            return eprintln!("skipped: bash is not installed");
        };
        assert_eq!(stdout(&output).trim_end(), completed, "{words}: {}", stderr(&output));
    }
}

#[test]
fn each_command_has_a_page_that_renders() {
    let folder = project(&[]);
    let output = mixlint(folder.path(), &["man", "--dir", "man/man1"]);
    assert_eq!((output.status.code(), stdout(&output), stderr(&output)), (Some(0), String::new(), String::new()));
    let help = stdout(&mixlint(folder.path(), &["--help"]));
    let listed = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("commands");
    let commands: Vec<&str> = listed.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    let commands: Vec<&str> = commands.into_iter().filter(|name| !name.is_empty()).collect();
    assert!(commands.contains(&"check") && commands.contains(&"man"), "{commands:?}");
    let mut titles: Vec<String> = commands.iter().map(|name| format!("mixlint-{name}")).collect();
    titles.push("mixlint".to_owned());
    let written = std::fs::read_dir(folder.path().join("man/man1")).expect("a folder").count();
    assert_eq!(written, titles.len(), "a page for each command");
    for title in titles {
        let page = std::fs::read_to_string(folder.path().join(format!("man/man1/{title}.1"))).expect("a page");
        for part in [&format!(".TH {title} 1"), ".SH NAME", ".SH SYNOPSIS"] {
            assert!(page.contains(part), "{title}: {part}");
        }
        if let Some(complaint) = read_by("groff", &["-man", "-Tutf8", "-ww", "-z"], &page) {
            assert_eq!(complaint, "", "{title}");
        }
    }
}

#[test]
fn one_page_goes_to_the_output() {
    let folder = project(&[]);
    let page = stdout(&mixlint(folder.path(), &["man", "check"]));
    assert!(page.contains(".TH mixlint-check 1") && page.contains("\\-\\-stdin\\-filename"), "{page}");
    assert!(stdout(&mixlint(folder.path(), &["man"])).contains(".TH mixlint 1"));
    let unknown = mixlint(folder.path(), &["man", "chek"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert_eq!(stderr(&unknown), "mixlint: there is no command `chek`. Did you mean `check`?\n");
    let file = project(&[("man", "")]);
    let blocked = mixlint(file.path(), &["man", "--dir", "man"]);
    assert_eq!((blocked.status.code(), stderr(&blocked).as_str()), (Some(2), "mixlint: man: file exists\n"));
}
