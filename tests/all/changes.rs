//! What a change concerns: which files depend on which, what git tells of a change, and what a change deletes.

use std::path::Path;
use std::process::{Command, Output};

use crate::support::{command, mixlint, project, stderr, stdout};

const BUCKET: &str = r#"{ "bucket_name": "articles", "bucket_schema": { "properties": { "title": { "type": "text" } } } }"#;
const COLLECTION: &str = r#"{ "collection_name": "abc", "source": { "type": "bucket", "bucket_ids": ["articles"] },
  "feature_extractor": { "feature_extractor_name": "text_extractor", "version": "v1", "input_mappings": { "text": "title" } } }"#;
/// It searches the collection, and has a mistake of its own: no stage has the id `brwose`.
const RETRIEVER: &str = r#"{ "retriever_name": "find", "collection_identifiers": ["abc"],
  "stages": [{ "stage_name": "one", "config": { "stage_id": "brwose", "parameters": {} } }] }"#;
/// It has nothing to do with the others, and a mistake of its own.
const OTHER: &str = r#"{ "bucket_name": "lamps", "bucket_schema": { "properties": { "watt": { "type": "numbre" } } } }"#;

fn places(output: &Output) -> Vec<String> {
    let place = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    stdout(output).lines().map(place).collect()
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    mixlint(folder, &[&["check", "--format", "concise"], arguments].concat())
}

/// Runs git in a folder, by its own defaults.
fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]).args(arguments);
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    let output = command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", stderr(&output));
}

fn has_git() -> bool {
    let is_there = Command::new("git").arg("--version").output().is_ok();
    if !is_there {
        eprintln!("skipped: git is not installed");
    }
    is_there
}

/// A repository with these files in its one commit.
fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = project(files);
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", "first"]);
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).expect("written");
}

#[test]
fn a_file_concerns_those_that_depend_on_it_over_others() {
    let folder = project(&[("b.json", BUCKET), ("c.json", COLLECTION), ("r.json", RETRIEVER), ("z.json", OTHER)]);
    let of = |file: &str| places(&check(folder.path(), &[file]));
    let retriever = ["r.json:2:61: warning[unknown-stage]"];
    assert_eq!(of("b.json"), retriever, "the retriever searches a collection that reads the bucket");
    assert_eq!(of("c.json"), retriever);
    assert_eq!(of("z.json"), ["z.json:1:80: error[unknown-field-type]"], "nothing depends on it");
}

#[test]
fn a_file_concerns_its_samples_and_what_lies_in_its_namespace() {
    let namespace = r#"{ "namespace_name": "museum", "feature_extractors": [{ "feature_extractor_name": "text_extractor", "version": "v1" }] }"#;
    let cluster =
        r#"{ "cluster_name": "hands", "namespace": "museum", "collection_ids": ["nothing_of_that"], "cluster_type": "vector" }"#;
    let sample = r#"{ "bucket_id": "articles", "blobs": [{ "property": "titel", "type": "text", "data": "a" }] }"#;
    let files = [("b.json", BUCKET), ("n.json", namespace), ("l.json", cluster), ("s.json", sample), ("z.json", OTHER)];
    let folder = project(&files);
    let files_of = |file: &str| {
        let mut files: Vec<String> = places(&check(folder.path(), &[file]));
        files.iter_mut().for_each(|place| place.truncate(6));
        files.dedup();
        files
    };
    assert_eq!(files_of("b.json"), ["s.json"]);
    assert_eq!(files_of("n.json"), ["l.json"]);
}

#[test]
fn excluded_files_stay_excluded_when_they_are_named() {
    let files =
        [("b.json", BUCKET), ("z.json", OTHER), (".mixlintignore", "z.json\n"), ("tsconfig.json", "{ \"a\": 1, // b\n }")];
    let folder = project(&files);
    let named = ["b.json", "z.json", "tsconfig.json", "notes.txt"];
    write(folder.path(), "notes.txt", "{ not: [json");
    assert_eq!(check(folder.path(), &named).status.code(), Some(1), "what is named is read");
    let output = check(folder.path(), &[&["--force-exclude"], &named[..]].concat());
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("", Some(0)));
    assert_eq!(check(folder.path(), &["--force-exclude", "missing.json"]).status.code(), Some(2));
}

#[test]
fn a_change_is_what_differs_and_what_depends_on_it() {
    if !has_git() {
        return;
    }
    let folder = repository(&[("b.json", BUCKET), ("c.json", COLLECTION), ("z.json", OTHER), ("deep/d.json", "{}")]);
    let root = folder.path();
    let output = check(root, &["--changed"]);
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("", Some(0)), "nothing differs");

    write(root, "b.json", &BUCKET.replace("title", "headline"));
    let collection = ["c.json:2:116: error[unknown-source-field]"];
    assert_eq!(places(&check(root, &["--changed"])), collection, "it depends on the bucket, and the lamps do not");
    let from_below = mixlint(&root.join("deep"), &["check", "--format", "concise", "--changed"]);
    assert_eq!(places(&from_below), ["../c.json:2:116: error[unknown-source-field]"]);
    assert_eq!(places(&check(root, &["--changed", "deep"])), [""; 0], "nothing below that folder differs");
    assert_eq!(places(&check(root, &["--staged"])), [""; 0], "nothing is staged");
    git(root, &["add", "b.json"]);
    assert_eq!(places(&check(root, &["--staged"])), collection);

    write(root, "new.json", &OTHER.replace("lamps", "tables"));
    assert_eq!(places(&check(root, &["--changed"])).len(), 2, "an untracked file is new");
    assert_eq!(places(&check(root, &["--staged"])), collection, "and is not staged");
}

#[test]
fn everything_depends_on_the_configuration() {
    if !has_git() {
        return;
    }
    let folder = repository(&[("b.json", BUCKET), ("z.json", OTHER), ("mixlint.yaml", "external: shared\n")]);
    let all = ["z.json:1:80: error[unknown-field-type]"];
    assert_eq!(places(&check(folder.path(), &["--changed"])), [""; 0]);
    assert_eq!(places(&check(folder.path(), &["--force-exclude", "mixlint.yaml"])), all);
    write(folder.path(), "mixlint.yaml", "external: other\n");
    assert_eq!(places(&check(folder.path(), &["--changed"])), all);
    git(folder.path(), &["rm", "--quiet", "--force", "mixlint.yaml"]);
    assert_eq!(places(&check(folder.path(), &["--staged"])), all);
}

#[test]
fn a_branch_is_held_against_where_it_began() {
    if !has_git() {
        return;
    }
    let folder = repository(&[("b.json", BUCKET), ("c.json", COLLECTION), ("z.json", "{}")]);
    let root = folder.path();
    git(root, &["checkout", "--quiet", "-b", "work"]);
    write(root, "b.json", &BUCKET.replace("title", "headline"));
    git(root, &["commit", "--quiet", "--all", "--message", "second"]);
    assert_eq!(places(&check(root, &["--changed"])), [""; 0]);
    assert_eq!(places(&check(root, &["--since", "main"])), ["c.json:2:116: error[unknown-source-field]"]);
}

#[test]
fn what_a_change_deletes_is_missed_by_name_and_by_id() {
    if !has_git() {
        return;
    }
    let by_id = COLLECTION.replace("\"abc\"", "\"by_id\"").replace("[\"articles\"]", "[\"bkt_articles\"]");
    let files = [("b.json", BUCKET), ("c.json", COLLECTION), ("i.json", &by_id), ("r.json", RETRIEVER), ("z.json", OTHER)];
    let folder = repository(&files);
    let root = folder.path();
    git(root, &["rm", "--quiet", "b.json"]);
    let missed =
        ["c.json:1:74: error[deleted-reference]", "i.json:1:76: error[deleted-reference]", "r.json:2:61: warning[unknown-stage]"];
    for how in [&["--staged"][..], &["--changed"], &["--since", "HEAD"]] {
        let output = check(root, how);
        assert_eq!(places(&output), missed, "{how:?}");
        assert_eq!(output.status.code(), Some(1));
        let sentence = "The bucket `articles` was defined in `b.json`, which this change deletes.";
        assert!(stdout(&output).contains(sentence), "{}", stdout(&output));
    }
    let whole = check(root, &["c.json"]);
    assert!(stdout(&whole).contains("warning[unknown-source]"), "without a change it is only unknown: {}", stdout(&whole));

    git(root, &["reset", "--quiet", "--hard"]);
    git(root, &["rm", "--quiet", "c.json"]);
    let output = check(root, &["--staged"]);
    assert_eq!(places(&output), ["r.json:1:56: error[deleted-reference]", "r.json:2:61: warning[unknown-stage]"]);
    assert!(stdout(&output).contains("The collection `abc` was defined in `c.json`"), "{}", stdout(&output));

    git(root, &["reset", "--quiet", "--hard"]);
    git(root, &["rm", "--quiet", "--cached", "b.json"]);
    assert_eq!(places(&check(root, &["--staged"])), missed, "a file that is kept out of the commit does not count");
}

#[test]
fn what_is_moved_or_lives_elsewhere_is_not_missed() {
    if !has_git() {
        return;
    }
    let folder = repository(&[("b.json", BUCKET), ("c.json", COLLECTION)]);
    let root = folder.path();
    git(root, &["mv", "b.json", "articles.json"]);
    assert_eq!(places(&check(root, &["--staged"])), [""; 0], "it is defined in another file now");
    git(root, &["rm", "--quiet", "--force", "articles.json"]);
    assert_eq!(places(&check(root, &["--staged"])).len(), 1);
    write(root, "mixlint.yaml", "external: articles\n");
    assert_eq!(places(&check(root, &["--staged"])), [""; 0]);
    std::fs::remove_file(root.join("mixlint.yaml")).expect("removed");
    write(root, "broken.json", r#"{ "bucket_name": "articles", "bucket_schema": { "properties": "#);
    git(root, &["add", "broken.json"]);
    let found = places(&check(root, &["--staged"]));
    assert!(found.iter().all(|place| !place.contains("deleted-reference")), "it may be in the broken file: {found:?}");
}

#[test]
fn what_was_no_part_of_the_project_is_not_missed() {
    if !has_git() {
        return;
    }
    let lists = [("old/.gitignore", "*.json\n"), (".mixlintignore", "/new/old\n!/kept\n"), (".ignore", "kept\n")];
    for (path, is_missed) in [
        ("b.json", true),
        ("old/b.json", false),
        ("old/deep/b.json", false),
        ("new/old/b.json", false),
        ("new/b.json", true),
        ("kept/b.json", true),
        (".cache/b.json", false),
    ] {
        let folder = repository(&[&lists[..], &[("c.json", COLLECTION)]].concat());
        let root = folder.path();
        std::fs::create_dir_all(root.join(path).parent().expect("a folder")).expect("made");
        write(root, path, BUCKET);
        git(root, &["add", "--force", path]);
        git(root, &["commit", "--quiet", "--message", "second"]);
        let was_read = !stdout(&check(root, &[])).contains("unknown-source");
        assert_eq!(was_read, is_missed, "what is missed is what was read: {path}");
        git(root, &["rm", "--quiet", path]);
        assert_eq!(places(&check(root, &["--staged"])).len(), usize::from(is_missed), "{path}");
    }
}

#[test]
fn a_resource_is_missed_when_its_file_stays() {
    if !has_git() {
        return;
    }
    let folder = repository(&[("b.json", BUCKET), ("c.json", COLLECTION)]);
    write(folder.path(), "b.json", &BUCKET.replace("articles", "essays"));
    let output = check(folder.path(), &["--changed"]);
    assert_eq!(places(&output), ["c.json:1:74: error[deleted-reference]"]);
    let sentence = "The bucket `articles` was defined in `b.json`, and this change takes it out.";
    assert!(stdout(&output).contains(sentence), "{}", stdout(&output));
}

#[test]
fn before_the_first_commit_every_file_is_new() {
    if !has_git() {
        return;
    }
    let folder = project(&[("z.json", OTHER)]);
    git(folder.path(), &["init", "--quiet"]);
    assert_eq!(places(&check(folder.path(), &["--changed"])).len(), 1);
    assert_eq!(places(&check(folder.path(), &["--staged"])), [""; 0]);
    git(folder.path(), &["add", "z.json"]);
    assert_eq!(places(&check(folder.path(), &["--changed"])).len(), 1);
    assert_eq!(places(&check(folder.path(), &["--staged"])).len(), 1);
}

#[test]
fn names_that_git_quotes_are_taken_as_they_are() {
    if !has_git() {
        return;
    }
    let folder = repository(&[("a.json", "{}")]);
    write(folder.path(), "😀 \"é\".json", OTHER);
    git(folder.path(), &["add", "--all"]);
    assert_eq!(places(&check(folder.path(), &["--staged"])).len(), 1);
    git(folder.path(), &["commit", "--quiet", "--message", "second"]);
    git(folder.path(), &["rm", "--quiet", "😀 \"é\".json"]);
    let reader = COLLECTION.replace("articles", "lamps");
    write(folder.path(), "c.json", &reader);
    let output = check(folder.path(), &["--changed"]);
    assert!(stdout(&output).contains("was defined in `😀 \"é\".json`"), "{}", stdout(&output));
}

#[test]
fn why_git_tells_nothing_is_said() {
    let folder = project(&[("b.json", BUCKET)]);
    let without = command(folder.path(), &["check", "--changed"]).env("PATH", "").output().expect("runs");
    assert_eq!(without.status.code(), Some(2));
    assert!(stderr(&without).contains("`--changed` asks git, which is not installed"), "{}", stderr(&without));
    for other in [&["--staged"][..], &["--since", "HEAD"], &["-", "--stdin-filename", "b.json"]] {
        assert_eq!(check(folder.path(), &[&["--changed"], other].concat()).status.code(), Some(2), "one at a time: {other:?}");
    }
    if !has_git() {
        return;
    }
    let nowhere = check(folder.path(), &["--staged"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(stderr(&nowhere).contains("looks at a change in a git repository, and"), "{}", stderr(&nowhere));

    let folder = repository(&[("b.json", BUCKET)]);
    let unknown = check(folder.path(), &["--since", "origin/mian"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("there is no commit `origin/mian` here. Is it spelled right"), "{}", stderr(&unknown));
    assert_eq!(check(folder.path(), &["--since=--all"]).status.code(), Some(2), "no option of git");

    git(folder.path(), &["commit", "--quiet", "--allow-empty", "--message", "second"]);
    let clone = tempfile::tempdir().expect("a folder");
    let from = format!("file://{}", folder.path().display());
    git(clone.path(), &["clone", "--quiet", "--depth", "1", &from, "."]);
    let shallow = check(clone.path(), &["--since", "HEAD~1"]);
    assert_eq!(shallow.status.code(), Some(2));
    let advice = "This clone is shallow: `git fetch --unshallow` fetches the rest";
    assert!(stderr(&shallow).contains(advice) && stderr(&shallow).contains("fetch-depth: 0"), "{}", stderr(&shallow));
}

/// A manifest with a bucket, a taxonomy and a retriever.
const LIBRARY: &str = "version: '1.0'
metadata: { name: library }
buckets:
  - name: books
    unique_key: { fields: [isbn] }
    schema:
      properties:
        isbn: { type: string, required: true }
        blurb: { type: text }
        pages: { type: integer }
collections:
  - name: blurbs
    source: { type: bucket, bucket_ids: [books] }
    feature_extractor: { name: text_extractor, version: v1, input_mappings: { text: blurb } }
retrievers:
  - name: by_blurb
    collection_identifiers: [blurbs]
    input_schema: { query: { type: text, required: true }, most: { type: integer } }
    stages: []
taxonomies:
  - name: genres
    config: { taxonomy_type: flat, retriever_id: by_blurb, source_collection: { collection_id: blurbs } }
";

#[test]
fn what_an_upsert_refuses_is_told() {
    if !has_git() {
        return;
    }
    for (old, new, expected) in [
        ("fields: [isbn]", "fields: [pages]", Some("5:5: warning[refused-change] An upsert does not change the unique key")),
        (
            "pages: { type: integer }",
            "pages: { type: string }",
            Some("10:9: warning[refused-change] An upsert does not change the type"),
        ),
        (
            "        blurb: { type: text }\n",
            "",
            Some("6:5: warning[refused-change] An upsert does not change a bucket by taking a field"),
        ),
        (
            ", most: { type: integer }",
            "",
            Some("18:5: warning[refused-change] An upsert does not change a retriever by taking an input"),
        ),
        (
            "collection_id: blurbs",
            "collection_id: others",
            Some("21:11: warning[refused-change] An upsert does not change the `config`"),
        ),
        ("pages: { type: integer }", "pages: { type: integer }\n        year: { type: integer }", None),
        ("name: books", "name: volumes", None),
        ("metadata: { name: library }", "metadata: { name: books }", None),
    ] {
        let folder = repository(&[("m.yaml", LIBRARY)]);
        assert!(LIBRARY.contains(old), "{old}");
        write(folder.path(), "m.yaml", &LIBRARY.replacen(old, new, 1));
        let found = stdout(&check(folder.path(), &["--changed"]));
        let mut refused = found.lines().filter(|line| line.contains("[refused-change]"));
        let first = refused.next().map(|line| line.trim_start_matches("m.yaml:"));
        match expected {
            Some(expected) => assert!(first.is_some_and(|line| line.starts_with(expected)), "{new}: {found}"),
            None => assert_eq!(first, None, "{new}"),
        }
        assert_eq!(refused.next(), None, "{new}: only once");
        let all = stdout(&check(folder.path(), &[]));
        assert!(!all.contains("refused-change"), "without a change nothing is known of what was before");
    }
}
