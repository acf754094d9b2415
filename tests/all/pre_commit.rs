//! The hooks, as pre-commit itself runs them when something is committed.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{project, root};

const BUCKET: &str = r#"{ "bucket_name": "articles", "bucket_schema": { "properties": { "title": { "type": "text" } } } }
"#;
const COLLECTION: &str = r#"{ "collection_name": "abc", "source": { "type": "bucket", "bucket_ids": ["articles"] },
  "feature_extractor": { "feature_extractor_name": "text_extractor", "version": "v1", "input_mappings": { "text": "title" } } }
"#;

/// A repository that has hooks, and a home for pre-commit.
struct Scratch {
    project: tempfile::TempDir,
    home: tempfile::TempDir,
}

impl Scratch {
    fn run(&self, folder: &Path, program: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(program);
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            command.env_remove(name);
        }
        let built = PathBuf::from(env!("CARGO_BIN_EXE_mixlint"));
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = built.parent().map(Path::to_owned).into_iter().chain(env::split_paths(&path));
        command.env("PATH", env::join_paths(folders).expect("folders")).env("PRE_COMMIT_HOME", self.home.path());
        for (name, value) in [("NAME", "A"), ("EMAIL", "a@example.com")] {
            command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
        }
        command.env("GIT_CONFIG_GLOBAL", self.home.path().join("gitconfig"));
        command.args(arguments).current_dir(folder).output().unwrap_or_else(|error| panic!("{program}: {error}"))
    }

    fn done(&self, folder: &Path, program: &str, arguments: &[&str]) -> String {
        let output = self.run(folder, program, arguments);
        assert!(output.status.success(), "{program} {arguments:?}: {}", said(&output));
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// Commits everything: whether the hooks let it pass, and what was said.
    fn commit(&self) -> (bool, String) {
        self.done(self.project.path(), "git", &["add", "--all"]);
        let output = self.run(self.project.path(), "git", &["commit", "--message", "a change"]);
        (output.status.success(), said(&output))
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.project.path().join(name), text).expect("written");
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_commit_fails_as_long_as_a_change_breaks_something() {
    if Command::new("pre-commit").arg("--version").output().is_err() || Command::new("git").arg("--version").output().is_err() {
        eprintln!("skipped: pre-commit or git is not installed");
        return;
    }
    let offered = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).expect("the hooks");
    let hooks = project(&[(".pre-commit-hooks.yaml", &offered)]);
    // A file of another tool that is no JSON for anybody else is passed to the hooks too.
    let files = [("b.json", BUCKET), ("c.json", COLLECTION), ("tsconfig.json", "{ \"strict\": true, // yes\n}\n")];
    let scratch = Scratch { project: project(&files), home: tempfile::tempdir().expect("a folder") };
    let folder = scratch.project.path();
    for repository in [hooks.path(), folder] {
        scratch.done(repository, "git", &["init", "--quiet"]);
    }
    scratch.done(hooks.path(), "git", &["add", "--all"]);
    scratch.done(hooks.path(), "git", &["commit", "--quiet", "--message", "hooks"]);
    let revision = scratch.done(hooks.path(), "git", &["rev-parse", "HEAD"]);
    let config = format!(
        "repos:\n  - repo: '{}'\n    rev: {revision}\n    hooks: [{{ id: mixlint-system }}, {{ id: mixlint-staged-system }}]\n",
        hooks.path().display()
    );
    scratch.write(".pre-commit-config.yaml", &config);
    scratch.done(folder, "pre-commit", &["install"]);

    let (passes, said) = scratch.commit();
    assert!(passes, "nothing is wrong: {said}");

    scratch.write("b.json", &BUCKET.replace("title", "headline"));
    let (passes, said) = scratch.commit();
    assert!(!passes, "the bucket alone is changed, and the collection reads it: {said}");
    assert!(said.contains("The source field 'title' does not exist in the source schema"), "{said}");

    scratch.write("c.json", &COLLECTION.replace("\"title\"", "\"headline\""));
    let (passes, said) = scratch.commit();
    assert!(passes, "the mapping is mended: {said}");

    fs::remove_file(folder.join("b.json")).expect("removed");
    let (passes, said) = scratch.commit();
    assert!(!passes, "pre-commit passes no deleted file: {said}");
    assert!(said.contains("mixlint (staged)"), "{said}");
    assert!(said.contains("The bucket `articles` was defined in `b.json`, which this change deletes."), "{said}");

    scratch.write("b.json", &BUCKET.replace("title", "headline"));
    fs::remove_file(folder.join("c.json")).expect("removed");
    let (passes, said) = scratch.commit();
    assert!(passes, "nothing reads the collection: {said}");
}
