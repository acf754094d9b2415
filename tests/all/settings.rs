//! What a configuration adds to a project: names that live elsewhere, and values of parameters.

use mixlint::definitions::{Mentions, Value};
use mixlint::syntax::{self, Format};
use mixlint::text::{FileId, SourceFile, Sources};
use mixlint::workspace::{External, FileContent, Settings, Workspace};

fn findings(text: &str, settings: Settings) -> Vec<String> {
    let sources = Sources::new(vec![SourceFile::new("manifest.yaml", text)]);
    let mentions = Mentions::finder();
    let contents = sources.iter().map(|(id, file)| FileContent::read(file, id, true, &mentions, None)).collect();
    let workspace = Workspace::new(sources, contents, Vec::new(), settings);
    mixlint::check(&workspace).iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect()
}

const READING_ROOM: &str = "
version: '1.0'
metadata: { name: reading-room }
collections:
  - name: letter_scans
    namespace: archive
    source: { type: bucket, bucket_ids: [shared_letters] }
    feature_extractor: { name: image_extractor, version: v1, input_mappings: { image: scan } }
    taxonomy_applications:
      - { taxonomy_id: hands, execution_mode: materialize }
";

#[test]
fn what_lives_elsewhere_is_not_looked_for() {
    let external = |names: &[&str]| Settings {
        external: External(names.iter().map(|name| (*name).to_owned()).collect()),
        ..Settings::default()
    };
    let of = |names: &[&str]| -> Vec<String> {
        let found = findings(READING_ROOM, external(names));
        found.iter().map(|finding| finding.split(':').next().expect("a rule").to_owned()).collect()
    };
    assert_eq!(of(&[]), ["unknown-source", "unknown-reference"]);
    assert_eq!(of(&["hands"]), ["unknown-source"]);
    assert_eq!(of(&["shared_*"]), ["unknown-reference"]);
    assert_eq!(of(&["shared_*", "h*s"]), [""; 0]);
}

const PARTS: &str = "
version: '1.0'
metadata: { name: reading-room }
parameters:
  - { name: interval, type: integer }
  - { name: rhythm, enum: [daily, weekly], default: daily }
buckets:
  - name: lectures
    description: ${{ params.interval }} ${{ params.rhythm }} ${{ params.town }}
    schema: { properties: { video: { type: video } } }
";

/// The values, as a text that is no file of the project.
fn given(values: &str) -> Settings {
    let file = SourceFile::new("values.json", values);
    let parse = syntax::parse(&file, Format::Json);
    let value = parse.tree.documents(FileId::new(99), &file).first().map(Value::lower);
    Settings { parameters: value, ..Settings::default() }
}

#[test]
fn given_values_fit_the_parameters() {
    let undeclared = "undeclared-parameter: This manifest declares no parameter `town`, so `${{ params.town }}` has nothing to be \
                      filled with.";
    let of = |values: &str| -> Vec<String> {
        let mut found = findings(PARTS, given(values));
        found.retain(|finding| finding != undeclared);
        found
    };
    assert_eq!(of(r#"{ "interval": 10 }"#), [""; 0]);
    assert_eq!(of(r#"{ "interval": 10, "rhythm": "weekly", "town": "Ghent" }"#), [""; 0]);
    assert_eq!(of("{}"), ["invalid-parameter-value: No value is given for the parameter `interval`, and it has no default."]);
    assert_eq!(
        of(r#"{ "interval": "10", "rhythm": "dayly" }"#),
        [
            "invalid-parameter-value: The value that is given for `interval` is a string, and its `type` is `integer`.",
            "invalid-parameter-value: The value that is given for `rhythm` is not among the values that its `enum` allows.",
        ]
    );
    assert_eq!(
        of(r#"{ "interval": 10, "rythm": "weekly" }"#),
        ["invalid-parameter-value: A value is given for the parameter `rythm`, which no manifest of these files declares."]
    );
}
