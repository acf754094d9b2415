//! What a fix promises: the text parses, the finding is gone, nothing as severe has come, a second run changes nothing, and every
//! comment is still there.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use mixlint::diagnostic::{Diagnostic, Fix, Severity};
use mixlint::fix::{Checked, Fixed, Texts, fix};
use mixlint::text::Sources;
use mixlint::workspace::Workspace;

use crate::support::{files_below, mixlint, project, root, stderr, stdout, texts_below};

#[test]
fn every_fix_mends_its_finding_and_breaks_nothing() {
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (case, texts) in cases() {
        let before = findings(&texts);
        for (finding, fix) in before.1.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix))) {
            let after = findings(&apply(&texts, fix, &before.0));
            let (old, new) = (counts(&before.1), counts(&after.1));
            let this = (finding.rule, finding.severity);
            let is_mended = new.get(&this).copied().unwrap_or_default() + 1 == old[&this];
            let is_new =
                |(found, count): &(&Key<'_>, &usize)| found.1 >= finding.severity && old.get(found).is_none_or(|had| had < count);
            let came: Vec<_> = new.iter().filter(|one| is_new(one)).collect();
            // What is not safe may uncover something, and is then left out; that it does so seldom is seen below.
            if fix.is_safe && (!is_mended || !came.is_empty()) {
                wrong.push(format!("{case}: {}: {}: mended: {is_mended}, came: {came:?}", finding.message, fix.title));
            }
            assert!(fix.title.starts_with(char::is_uppercase) && !fix.title.ends_with('.'), "{case}: {}", fix.title);
            assert!(fix.edits.is_sorted_by_key(|edit| (edit.span.file, edit.span.start)), "{case}: {fix:?}");
            *tried.entry(finding.rule).or_default() += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried.get("outdated-key").is_some_and(|count| *count >= 39), "{tried:?}");
}

#[test]
fn all_fixes_together_keep_what_they_promise() {
    for is_unsafe in [false, true] {
        let mut made: BTreeMap<&str, usize> = BTreeMap::new();
        for (case, texts) in cases() {
            hold(&case, &texts, is_unsafe).into_iter().for_each(|rule| *made.entry(rule).or_default() += 1);
        }
        assert!(made.get("outdated-key").is_some_and(|count| *count >= 30), "{made:?}");
    }
}

#[test]
fn real_definitions_keep_what_they_promise() {
    let corpus = root().join("../shared/corpus/files");
    if !corpus.is_dir() {
        eprintln!("skipped: there is no corpus beside the project");
        return;
    }
    for is_unsafe in [false, true] {
        for (name, text) in texts_below(&corpus) {
            hold(&name, &[(name.clone(), text)], is_unsafe);
        }
    }
}

/// Fixes a project, and looks whether all that is promised is so. Gives the rules whose findings were mended.
fn hold(case: &str, texts: &[(String, String)], is_unsafe: bool) -> Vec<&'static str> {
    let workspace = workspace(texts);
    let findings = mixlint::check(&workspace);
    let may = |fix: &Fix| is_unsafe || fix.is_safe;
    if !findings.iter().flat_map(|finding| &finding.fixes).any(may) {
        return Vec::new();
    }
    let before = counts(&findings);
    let check = |texts: &Texts| {
        let workspace = workspace.with_texts(texts, None);
        Checked { findings: mixlint::check(&workspace), workspace }
    };
    let Fixed { made, checked, .. } = fix(check(&Texts::new()), &check, &may);
    let after: Vec<(String, String)> =
        checked.workspace.sources.iter().map(|(_, file)| (file.path.clone(), file.text().to_owned())).collect();
    for ((_, old), (name, new)) in workspace.sources.iter().zip(&after) {
        assert_eq!(comments(name, old.text()), comments(name, new), "{case}: comments of {name}");
        assert_eq!(old.text().contains("\r\n"), new.contains("\r\n"), "{case}: line breaks of {name}");
    }
    let fresh = Workspace::from_texts(after.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let looked_at = mixlint::check(&fresh);
    let now = counts(&looked_at);
    assert_eq!(now, counts(&checked.findings), "{case}: a fresh look");
    assert!(fresh.len() >= workspace.len(), "{case}: definitions");
    let of = |counts: &BTreeMap<Key<'_>, usize>, wanted: fn(&Key<'_>) -> bool| -> usize {
        counts.iter().filter(|(key, _)| wanted(key)).map(|(_, count)| count).sum()
    };
    assert!(of(&now, |key| key.0 == "syntax-error") <= of(&before, |key| key.0 == "syntax-error"), "{case}: it parses");
    // Each change takes a finding away, and what comes instead is less severe.
    assert!(of(&now, |key| key.1 == Severity::Error) <= of(&before, |key| key.1 == Severity::Error), "{case}: errors");
    let start = Checked { findings: looked_at, workspace: fresh };
    let again = Workspace::from_texts(after.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let check = |texts: &Texts| {
        let workspace = again.with_texts(texts, None);
        Checked { findings: mixlint::check(&workspace), workspace }
    };
    let second = fix(start, &check, &may);
    assert!(second.made.is_empty(), "{case}: a second run makes {:?}", second.made);
    made.into_iter().map(|one| one.rule).collect()
}

/// The comments of a text, for which a line from `#` or `//` on is taken, wherever no quote is open.
fn comments(name: &str, text: &str) -> BTreeSet<String> {
    let mark = if name.ends_with(".yaml") || name.ends_with(".yml") { "#" } else { "//" };
    let comment = |line: &str| {
        let at = line.find(mark).filter(|at| line[..*at].matches('"').count().is_multiple_of(2))?;
        let is_one = at == 0 || line[..at].ends_with([' ', '\t', ',']);
        is_one.then(|| line[at..].trim_end().to_owned())
    };
    text.lines().filter_map(comment).collect()
}

/// The folders of the fixtures that have findings, with their texts.
fn cases() -> Vec<(String, Vec<(String, String)>)> {
    let all = files_below(&root().join("fixtures"));
    let folders = all.iter().filter_map(|(name, _)| name.strip_suffix("/expected.txt"));
    folders.map(|case| (case.to_owned(), texts_below(&root().join("fixtures").join(case)))).collect()
}

type Key<'f> = (&'f str, Severity);

fn counts(findings: &[Diagnostic]) -> BTreeMap<Key<'_>, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.rule, finding.severity)).or_default() += 1;
    }
    counts
}

fn workspace(texts: &[(String, String)]) -> Workspace {
    Workspace::from_texts(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

fn findings(texts: &[(String, String)]) -> (Sources, Vec<Diagnostic>) {
    let workspace = workspace(texts);
    let found = mixlint::check(&workspace);
    (workspace.sources, found)
}

/// The texts with the edits of a fix in them.
fn apply(texts: &[(String, String)], fix: &Fix, sources: &Sources) -> Vec<(String, String)> {
    let edited = |(name, text): &(String, String)| {
        let mut text = text.clone();
        let of_file = fix.edits.iter().rev().filter(|edit| sources.get(edit.span.file).path == *name);
        of_file.for_each(|edit| text.replace_range(edit.span.range(), &edit.text));
        (name.clone(), text)
    };
    texts.iter().map(edited).collect()
}

/// A bucket and a collection with an old key, and with a word that is only perhaps the right one.
const BUCKET: &str = "bucket_name: articles # kept\nbucket_schema:\n  properties:\n    title: { type: text }\n";
const COLLECTION: &str = "collection_name: read\nsource: { type: bucket, bucket_id: articles } # kept too\nfeature_extractor:\n  \
                          feature_extractor_name: text_extractor\n  version: v1\n  input_mappings: { text: titel }\n";

#[test]
fn safe_changes_are_made_and_the_rest_is_reported() {
    let folder = project(&[("bucket.yaml", BUCKET), ("collection.yaml", COLLECTION)]);
    let output = mixlint(folder.path(), &["fix", "--format", "concise"]);
    let text = fs::read_to_string(folder.path().join("collection.yaml")).expect("text");
    assert_eq!(text, COLLECTION.replace("bucket_id: articles", "bucket_ids: [articles]"));
    assert_eq!(output.status.code(), Some(1), "the misspelt field is left");
    assert!(stdout(&output).contains("error[unknown-source-field]"), "{}", stdout(&output));
    assert!(stderr(&output).contains("made 1 fix in 1 file; `--unsafe` would try 1 more"), "{}", stderr(&output));
    let output = mixlint(folder.path(), &["check", "--fix", "--unsafe"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    let text = fs::read_to_string(folder.path().join("collection.yaml")).expect("text");
    assert_eq!(text, COLLECTION.replace("bucket_id: articles", "bucket_ids: [articles]").replace("titel", "title"));
    let output = mixlint(folder.path(), &["fix", "--unsafe"]);
    assert!(stderr(&output).contains("made 0 fixes in 0 files"), "{}", stderr(&output));
    assert_eq!(fs::read_dir(folder.path()).expect("folder").count(), 2, "nothing is left beside the files");
}

#[test]
fn a_diff_shows_and_changes_nothing() {
    let folder = project(&[("in/bucket.yaml", BUCKET), ("in/collection.yaml", &COLLECTION.replace('\n', "\r\n"))]);
    let output = mixlint(folder.path(), &["fix", "--diff"]);
    assert_eq!(output.status.code(), Some(1));
    let shown = stdout(&output);
    let lines: Vec<&str> = shown.lines().map(|line| line.trim_end()).collect();
    assert_eq!(
        lines[..6],
        [
            "--- a/in/collection.yaml",
            "+++ b/in/collection.yaml",
            "@@ -1,5 +1,5 @@",
            " collection_name: read",
            "-source: { type: bucket, bucket_id: articles } # kept too",
            "+source: { type: bucket, bucket_ids: [articles] } # kept too",
        ]
    );
    let text = fs::read_to_string(folder.path().join("in/collection.yaml")).expect("text");
    assert_eq!(text, COLLECTION.replace('\n', "\r\n"));
    assert_eq!(mixlint(folder.path(), &["fix"]).status.code(), Some(1));
    let text = fs::read_to_string(folder.path().join("in/collection.yaml")).expect("text");
    assert_eq!(text, COLLECTION.replace("bucket_id: articles", "bucket_ids: [articles]").replace('\n', "\r\n"));
    assert_eq!(mixlint(folder.path(), &["fix", "--diff"]).status.code(), Some(0), "nothing is left to change");
    let empty = project(&[("a.txt", "nothing")]);
    assert_eq!(mixlint(empty.path(), &["fix", "--diff"]).status.code(), Some(3));
    assert_eq!(mixlint(empty.path(), &["fix"]).status.code(), Some(3));
    assert_eq!(mixlint(empty.path(), &["check", "--diff"]).status.code(), Some(2), "a diff of what");
}

#[test]
fn only_files_that_are_named_are_changed() {
    let other = COLLECTION.replace("read", "other");
    let folder = project(&[("bucket.yaml", BUCKET), ("a.yaml", COLLECTION), ("b.yaml", &other)]);
    mixlint(folder.path(), &["fix", "b.yaml"]);
    assert_eq!(fs::read_to_string(folder.path().join("a.yaml")).expect("text"), COLLECTION);
    assert_ne!(fs::read_to_string(folder.path().join("b.yaml")).expect("text"), other);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder =
        project(&[("bucket.yaml", BUCKET), ("a.yaml", COLLECTION), ("real/b.yaml", &COLLECTION.replace("read", "other"))]);
    let (a, b, link) = (folder.path().join("a.yaml"), folder.path().join("real/b.yaml"), folder.path().join("link.yaml"));
    fs::set_permissions(&a, fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink(&b, &link).expect("a link");
    mixlint(folder.path(), &["fix", "a.yaml", "link.yaml"]);
    assert_eq!(fs::metadata(&a).expect("a").permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(&link).expect("link").is_symlink());
    assert!(fs::read_to_string(&b).expect("text").contains("bucket_ids: [articles]"));
    // A file that may not be written is left as it is, and that is said.
    fs::write(&a, COLLECTION).expect("written");
    fs::set_permissions(&a, fs::Permissions::from_mode(0o444)).expect("permissions");
    let output = mixlint(folder.path(), &["fix"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("a.yaml: not changed: it is read-only"), "{}", stderr(&output));
}

#[test]
fn a_secret_is_not_shown_in_a_diff() {
    let secret = "sk_live_4f9a8b7c6d5e4f3a2b1c0d9e";
    let near = COLLECTION.replace("source:", &format!("metadata:\n  api_key: {secret}\nsource:"));
    let folder = project(&[("bucket.yaml", BUCKET), ("collection.yaml", &near)]);
    let output = mixlint(folder.path(), &["fix", "--diff"]);
    assert!(stdout(&output).contains("+source:"), "{}", stdout(&output));
    assert!(!stdout(&output).contains(secret) && !stderr(&output).contains(secret), "{}", stdout(&output));
    mixlint(folder.path(), &["fix"]);
    let text = fs::read_to_string(folder.path().join("collection.yaml")).expect("text");
    assert!(text.contains(&format!("  api_key: {secret}\n")), "the true text is written");
}

/// Looks at the project with other texts, and counts that.
fn look(workspace: &Workspace, texts: &Texts, looks: &Cell<usize>) -> Checked {
    looks.set(looks.get() + 1);
    let workspace = workspace.with_texts(texts, None);
    Checked { findings: mixlint::check(&workspace), workspace }
}

#[test]
fn many_changes_that_fail_do_not_take_a_look_each() {
    // Each of these keys is a slip of one that is there, so that the fix would write a key twice.
    let bucket = |number: usize| {
        let text = format!(
            "bucket_name: bucket_{number}\ndescription: a\ndescripton: b\nbucket_schema:\n  properties:\n    title: {{ type: tetx }}\n"
        );
        (format!("{number}.yaml"), text)
    };
    let texts: Vec<(String, String)> = (100..220).map(bucket).collect();
    let workspace = workspace(&texts);
    let looks = Cell::new(0);
    let check = |texts: &Texts| look(&workspace, texts, &looks);
    let fixed = fix(check(&Texts::new()), &check, &|_| true);
    assert_eq!(fixed.made.len(), 120, "the types");
    assert!(fixed.made.iter().all(|one| one.rule == "unknown-field-type"));
    assert_eq!(fixed.left_out.len(), 120, "the keys");
    assert!(fixed.left_out[0].reason.contains("duplicate-key"), "{:?}", fixed.left_out[0]);
    assert!(looks.get() < 30, "{} looks", looks.get());
}

/// In one file, what fails is told apart by the definition that it is about.
#[test]
fn many_changes_of_one_file_that_fail_do_not_take_a_look_each() {
    let collection = |number: usize| {
        format!(
            "  - name: posters_{number}\n    source: {{ type: bucket, bucket_ids: [posters] }}\n    feature_extractor:\n      name: \
             text_extractor\n      version: v1\n      input_mappings: {{ text: titel }}\n      field_passthrough: [{{ source_path: \
             skuu }}, {{ source_path: sku }}]\n"
        )
    };
    let text =
        "version: '1.0'\nmetadata: { name: shop }\nbuckets:\n  - name: posters\n    schema:\n      properties: { sku: { type: \
                string }, title: { type: text } }\ncollections:\n"
            .to_owned()
            + &(0..120).map(collection).collect::<String>();
    let workspace = Workspace::from_texts([("shop.yaml", text.as_str())]);
    let looks = Cell::new(0);
    let check = |texts: &Texts| look(&workspace, texts, &looks);
    let fixed = fix(check(&Texts::new()), &check, &|_| true);
    assert_eq!(fixed.made.len(), 120, "the mappings");
    assert_eq!(fixed.left_out.len(), 120, "`skuu` would be passed on as `sku`, which is there");
    assert!(looks.get() < 20, "{} looks", looks.get());
}

#[test]
fn the_other_way_to_mend_a_path_is_offered_too() {
    let texts = [("a.yaml".to_owned(), BUCKET.to_owned()), ("b.yaml".to_owned(), COLLECTION.to_owned())];
    let (sources, found) = findings(&texts);
    let finding = found.iter().find(|finding| finding.rule == "unknown-source-field").expect("a finding");
    let titles: Vec<&str> = finding.fixes.iter().map(|fix| fix.title.as_str()).collect();
    assert_eq!(titles, ["Write `title`", "Declare `titel` in the bucket schema of `articles`"]);
    assert!(finding.fixes.iter().all(|fix| !fix.is_safe));
    let declared = apply(&texts, &finding.fixes[1], &sources);
    assert_eq!(declared[0].1, format!("{BUCKET}    titel: {{ type: text }}\n"));
}

#[test]
fn a_saved_answer_is_never_changed() {
    let collection = |rest: &str| {
        format!(
            "{{ \"collection_name\": \"abc\", \"source\": {{ \"type\": \"bucket\", \"bucket_ids\": [\"articles\"] }}, \"feature_extractor\": \
             {{ \"feature_extractor_name\": \"text_extractor\", \"version\": \"v1\", \"input_mappings\": {{ \"text\": \
             \"payload.title\" }} }}{rest} }}"
        )
    };
    let offered = |text: String| {
        let texts = [("a.yaml".to_owned(), BUCKET.to_owned()), ("b.json".to_owned(), text)];
        let (_, found) = findings(&texts);
        let prefixes: Vec<usize> = found.iter().filter(|one| one.rule == "path-prefix").map(|one| one.fixes.len()).collect();
        prefixes
    };
    assert_eq!(offered(collection("")), [1]);
    let answer = ", \"collection_id\": \"col_a\", \"document_count\": 1, \"output_schema\": { \"properties\": {} }";
    assert_eq!(offered(collection(answer)), [0]);
}

#[test]
fn what_is_removed_takes_its_comma_or_line_along_but_no_comment() {
    let schema = "\"bucket_schema\": { \"properties\": { \"a\": { \"type\": \"text\" } } }";
    let block = "bucket_schema: { properties: { a: { type: text } } }";
    for (name, old, new) in [
        (
            "a.json",
            format!("{{\n  \"bucket_name\": \"abc\",\n  \"object_count\": 3,\n  {schema}\n}}"),
            Some(format!("{{\n  \"bucket_name\": \"abc\",\n  {schema}\n}}")),
        ),
        (
            "a.json",
            format!("{{\"bucket_name\": \"abc\", {schema}, \"object_count\": 3}}"),
            Some(format!("{{\"bucket_name\": \"abc\", {schema}}}")),
        ),
        (
            "a.json",
            format!("{{\n  \"bucket_name\": \"abc\",\n  {schema},\n  \"object_count\": 3 // mine\n}}"),
            Some(format!("{{\n  \"bucket_name\": \"abc\",\n  {schema} // mine\n}}")),
        ),
        ("a.jsonc", format!("{{\n  \"bucket_name\": \"abc\",\n  \"object_count\": 3, // mine\n  {schema}\n}}"), None),
        ("a.yaml", format!("bucket_name: abc\nobject_count: 3\n{block}\n"), Some(format!("bucket_name: abc\n{block}\n"))),
        ("a.yaml", format!("bucket_name: abc\n{block}\nobject_count: 3"), Some(format!("bucket_name: abc\n{block}\n"))),
        ("a.yaml", format!("bucket_name: abc\nobject_count: 3 # mine\n{block}\n"), None),
        ("a.yaml", format!("- object_count: 3\n  bucket_name: abc\n  {block}\n"), None),
    ] {
        let texts = [(name.to_owned(), old.clone())];
        let (sources, found) = findings(&texts);
        let finding = found.iter().find(|finding| finding.rule == "unknown-key").unwrap_or_else(|| panic!("{old}"));
        let fixed = finding.fixes.first().map(|fix| apply(&texts, fix, &sources).remove(0).1);
        assert_eq!(fixed, new, "{old}");
    }
}

#[test]
fn words_are_written_as_the_text_has_them() {
    for (name, old, new) in [
        // Quotes, block and flow, comments behind a value, and a trailing comma.
        ("a.yaml", "type: \"tetx\"", "type: \"text\""),
        ("a.yaml", "type: 'tetx' # why", "type: 'text' # why"),
        ("a.yaml", "{ type: tetx }", "{ type: text }"),
        ("a.json", "{ \"type\": \"tetx\" }", "{ \"type\": \"text\" }"),
    ] {
        let text = match name {
            "a.json" => {
                format!("\u{feff}{{ \"bucket_name\": \"abc\", \"bucket_schema\": {{ \"properties\": {{ \"é\": {old} }} }} }}")
            }
            _ if old.starts_with('{') => format!("bucket_name: abc\nbucket_schema: {{ properties: {{ é: {old} }} }}\n"),
            _ => format!("bucket_name: abc\nbucket_schema:\n  properties:\n    é:\n      {old}\n"),
        };
        let (sources, found) = findings(&[(name.to_owned(), text.clone())]);
        let finding = found.iter().find(|finding| finding.rule == "unknown-field-type").expect("a finding");
        let fixed = apply(&[(name.to_owned(), text.clone())], &finding.fixes[0], &sources);
        assert_eq!(fixed[0].1, text.replace(old, new));
    }
}

#[test]
fn values_of_parameters_are_mended_too() {
    let manifest = "version: \"1.0\"\nparameters:\n  - { name: size, type: string, enum: [small, large] }\nbuckets:\n  - name: \"${{ params.size }}\"\n    \
                    bucket_schema: { properties: { a: { type: text } } }\n";
    let folder = project(&[("mixpeek.yaml", manifest), ("values.yaml", "size: smal # why\n")]);
    let arguments = ["fix", "--unsafe", "--parameters", "values.yaml", "mixpeek.yaml"];
    let output = mixlint(folder.path(), &arguments);
    let text = fs::read_to_string(folder.path().join("values.yaml")).expect("text");
    assert_eq!(text, "size: small # why\n", "{}{}", stdout(&output), stderr(&output));
}
