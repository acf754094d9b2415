//! A secret that stands in a definition is shown in no output: not by the rule that reports it, and not by others that report
//! something beside it, or in the middle of it.

use std::fs;

use crate::support::{files_below, mixlint, project, root};

/// Put together here, so that no one finds a key in this file.
fn key() -> String {
    ["AK", "IAQ3EGRM5PLVZ7WTKD"].concat()
}

/// They stand nowhere else: SARIF quotes the pages of rules, whose examples have secrets of their own.
const SECRETS: [&str; 6] =
    ["w3Yd6uF9eK2xH7qT5jM8", "hunTer2", "Zr8pL2sW6yB3", "Vb5nM8kJ1hG4fD7sA0qP", "t0psecr3tive", "pQ4rS7tU"];

/// Something is wrong beside each secret, and some stand where the text cannot be read.
fn files() -> Vec<(&'static str, String)> {
    let [store, short, webhook, api, comment, half] = SECRETS;
    let manifest = format!(
        "version: '1.0'
metadata: {{ name: reading-room }}
connections:
  - {{ name: scanner, provider_type: s3, provider_config: {{ credentials: {{ access_key_id: {key}, secret_access_key: {store} }} }} }}
  - name: scanner
    provider_type: postgresql
    # the old one: postgres://reader:{comment}@db/x
    provider_config: {{ password: {short}, url: 'postgres://reader:{comment}@db/x' }}
buckets:
  - {{ name: letters, source_adapter: {{ adapter_type: mux, webhook_secret: '{webhook}', field_mapping: {{ a: scna }} }}, schema: {{ properties: {{ scan: {{ type: image }} }} }} }}
collections:
  - name: letter_scans
    source: {{ type: bucket, bucket_ids: [letters] }}
    feature_extractor: {{ name: text_extractor, version: v1, parameters: {{ llm_api_key: {api}{api}, llm_provder: x }}, input_mappings: {{ text: scna }} }}
",
        key = key()
    );
    let broken = format!(
        "{{\n  \"collection_name\": \"letter_scans\",\n  \"source\": {{ \"type\": \"bucket\", \"bucket_ids\": [\"letters\"] }},\n  \
         \"feature_extractor\": {{\n    \"feature_extractor_name\": \"text_extractor\",\n    \"version\": \"v1\",\n    \
         \"parameters\": {{ \"llm_api_key\": {half}{half}{half}, \"api_key\": \"{api}\"{half}\", \"x\": {key} }}\n  }}\n}}\n",
        key = key()
    );
    let quoted = format!(
        "bucket_name: letters\nstorage_class: {key}\nbucket_schema:\n  properties:\n    scan: {{ type: {key} }}\n    text: \
         {{ type: string, default: {key}, enum: [a] }}\n",
        key = key()
    );
    vec![("manifest.yaml", manifest), ("broken.json", broken), ("quoted.yaml", quoted)]
}

/// The formats of a command, as it says itself: new ones are tried without a change here.
fn formats(command: &str) -> Vec<String> {
    let output = mixlint(&root(), &[command, "--format", "no-such-format", "."]);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    let list = said.split("possible values: ").nth(1).and_then(|rest| rest.split(']').next()).expect("the formats");
    list.split(", ").map(str::to_owned).collect()
}

#[test]
fn no_output_shows_a_secret() {
    let files = files();
    let folder = project(&files.iter().map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>());
    let mut is_reported = false;
    for (command, color) in [("check", "always"), ("check", "never"), ("plan", "never")] {
        for format in formats(command) {
            let output = mixlint(folder.path(), &[command, "--format", &format, "--color", color, "."]);
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8_lossy(&said);
            is_reported |= said.contains("hardcoded-secret");
            for secret in SECRETS.iter().copied().chain([key().as_str()]) {
                // The short one would be found by chance.
                for piece in (0..=secret.len() - 6).map(|at| &secret[at..at + 6]) {
                    assert!(!said.contains(piece), "{command} --format {format} shows {piece} of {secret}:\n{said}");
                }
            }
        }
    }
    assert!(is_reported, "the secrets are reported");
}

/// Formats get the text of a file from `shown_text`, and pointers from `syntax::seen_at`.
#[test]
fn formats_do_not_reach_for_the_text() {
    for (name, path) in files_below(&root().join("src/render")) {
        let code = fs::read_to_string(path).expect("text");
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        let reaches = code.matches(".text()").count() + code.matches(".slice(").count();
        assert_eq!(reaches, 0, "src/render/{name} takes the text of a file as it is");
    }
}
