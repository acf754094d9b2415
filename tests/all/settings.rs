//! What a configuration adds to a project: names that live elsewhere, and values of parameters.

use mixlint::definitions::Mentions;
use mixlint::text::{SourceFile, Sources};
use mixlint::workspace::{External, FileContent, Settings, Workspace};

fn findings(text: &str, settings: Settings) -> Vec<String> {
    let sources = Sources::new(vec![SourceFile::new("manifest.yaml", text)]);
    let mentions = Mentions::finder();
    let contents = sources.iter().map(|(id, file)| FileContent::read(file, id, true, &mentions)).collect();
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
