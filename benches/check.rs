//! Where the time goes: each step of the road on its own, over 200 buckets and 2,000 collections in one folder. `cargo bench`.

use std::hint::black_box;

use divan::Bencher;
use divan::counter::BytesCount;
use mixlint::definitions::{Mentions, defining_in, definitions_in};
use mixlint::diagnostic::{Diagnostic, Severity};
use mixlint::render::{FORMATS, Format, Look, Output, Run, Summary};
use mixlint::rules;
use mixlint::shape::{self, Misfits};
use mixlint::syntax::{self, Parse};
use mixlint::text::{FileId, SourceFile, Sources};
use mixlint::workspace::{Facts, FileContent, Settings, Workspace};

const BUCKETS: usize = 200;
const COLLECTIONS: usize = 2_000;
const FIELDS: usize = 60;

fn main() {
    divan::main();
}

/// One file for each definition, all in one folder; one collection in ten has a mistake.
fn texts(ending: &str) -> Vec<(String, String)> {
    let render = |body: String| if ending == "json" { body } else { as_yaml(&body) };
    let buckets = (0..BUCKETS).map(|number| (format!("bucket_{number:04}.{ending}"), render(bucket(number))));
    let collections = (0..COLLECTIONS).map(|number| (format!("collection_{number:04}.{ending}"), render(collection(number))));
    buckets.chain(collections).collect()
}

fn bucket(number: usize) -> String {
    let fields: Vec<String> = (0..FIELDS)
        .map(|field| {
            format!(
                "      \"field_{field}\": {{\n        \"type\": \"string\",\n        \"description\": \"field {field}\"\n      }}"
            )
        })
        .collect();
    format!(
        "{{\n  \"bucket_name\": \"bucket_{number}\",\n  \"bucket_schema\": {{\n    \"properties\": {{\n{}\n    }}\n  }}\n}}\n",
        fields.join(",\n")
    )
}

fn collection(number: usize) -> String {
    let path = if number.is_multiple_of(10) { "feild_1".to_owned() } else { format!("field_{}", number % FIELDS) };
    let passed: Vec<String> = (0..8)
        .map(|entry| format!("      {{\n        \"source_path\": \"field_{}\"\n      }}", (number + entry) % FIELDS))
        .collect();
    format!(
        "{{\n  \"collection_name\": \"collection_{number}\",\n  \"source\": {{\n    \"type\": \"bucket\",\n    \"bucket_ids\": [\n      \
         \"bucket_{}\"\n    ]\n  }},\n  \"feature_extractor\": {{\n    \"feature_extractor_name\": \"text_extractor\",\n    \
         \"version\": \"v1\",\n    \"input_mappings\": {{\n      \"text\": \"{path}\"\n    }},\n    \"field_passthrough\": [\n{}\n    ]\n  }}\n}}\n",
        number % BUCKETS,
        passed.join(",\n")
    )
}

/// The same in block style: brackets go, and a dash stands before each item.
fn as_yaml(json: &str) -> String {
    let mut yaml = String::new();
    let mut is_item = false;
    for line in json.lines() {
        let body = line.trim_start().trim_end_matches(',').trim_end_matches(['{', '[']).trim_end();
        if matches!(body, "" | "}" | "]") {
            is_item |= line.trim_start().starts_with('{') && line.len() > 1;
            continue;
        }
        let indent = (line.len() - line.trim_start().len()).saturating_sub(2);
        let dash = if std::mem::take(&mut is_item) { indent.saturating_sub(2) } else { indent };
        let mark = if dash < indent || body.starts_with("\"bucket_") && !body.contains(':') { "- " } else { "" };
        yaml.push_str(&format!("{}{mark}{}\n", " ".repeat(dash), body.replace('"', "")));
    }
    yaml
}

fn sources(ending: &str) -> Sources {
    Sources::new(texts(ending).into_iter().map(|(name, text)| SourceFile::new(name, text)).collect())
}

fn size(sources: &Sources) -> BytesCount {
    BytesCount::new(sources.iter().map(|(_, file)| file.text().len()).sum::<usize>())
}

fn contents(sources: &Sources) -> Vec<FileContent> {
    let mentions = Mentions::finder();
    sources.iter().map(|(id, file)| FileContent::read(file, id, false, &mentions, None)).collect()
}

fn workspace(ending: &str) -> Workspace {
    let sources = sources(ending);
    let contents = contents(&sources);
    Workspace::new(sources, contents, Vec::new(), Settings::default())
}

#[divan::bench(args = ["json", "yaml"])]
fn parse(bencher: Bencher, ending: &str) {
    let sources = sources(ending);
    let defined = contents(&sources).iter().map(|content| content.definitions.len()).sum::<usize>();
    assert_eq!(defined, BUCKETS + COLLECTIONS, "the {ending} texts define what they should");
    let parse_all = || sources.iter().map(|(_, file)| syntax::parse(file, syntax::Format::of(file))).collect::<Vec<Parse>>();
    bencher.counter(size(&sources)).bench(parse_all);
}

#[divan::bench]
fn lower(bencher: Bencher) {
    let sources = sources("json");
    let parsed: Vec<Parse> = sources.iter().map(|(_, file)| syntax::parse(file, syntax::Format::of(file))).collect();
    bencher.bench(|| {
        let lower = |((id, file), parse): ((FileId, &SourceFile), &Parse)| -> usize {
            parse.tree.documents(id, file).iter().map(|document| definitions_in(document).len()).sum()
        };
        sources.iter().zip(&parsed).map(lower).sum::<usize>()
    });
}

#[divan::bench]
fn look_at_shapes(bencher: Bencher) {
    let sources = sources("json");
    let parsed: Vec<Parse> = sources.iter().map(|(_, file)| syntax::parse(file, syntax::Format::of(file))).collect();
    bencher.counter(size(&sources)).bench(|| {
        let mut misfits = Misfits::default();
        for ((id, file), parse) in sources.iter().zip(&parsed) {
            let documents = parse.tree.documents(id, file);
            let found = documents.iter().flat_map(defining_in);
            found.for_each(|found| shape::look_at(found, file.text(), None, &mut misfits));
        }
        assert!(misfits.list.is_empty());
    });
}

#[divan::bench]
fn link(bencher: Bencher) {
    bencher
        .with_inputs(|| {
            let sources = sources("json");
            let contents = contents(&sources);
            (sources, contents)
        })
        .bench_values(|(sources, contents)| Workspace::new(sources, contents, Vec::new(), Settings::default()));
}

#[divan::bench]
fn resolve(bencher: Bencher) {
    let workspace = workspace("json");
    bencher.bench(|| Facts::new(&workspace).uses.len());
}

#[divan::bench]
fn apply_rules(bencher: Bencher) {
    let workspace = workspace("json");
    let facts = Facts::new(&workspace);
    bencher.bench(|| rules::check(&facts).len());
}

#[divan::bench(args = ["pretty", "concise", "json", "sarif"])]
fn render_as(bencher: Bencher, name: &str) {
    let workspace = workspace("json");
    let findings: Vec<Diagnostic> = mixlint::check(&workspace);
    assert_eq!(findings.len(), COLLECTIONS / 10);
    let summary = Summary::new(&findings, workspace.len(), workspace.len());
    let run = Run { files: &[], failing: Severity::Error, is_incomplete: false, suppressed: &[] };
    let output = Output { findings: &findings, summary, sources: &workspace.sources, data: None, run };
    let format = Format::find(name).unwrap_or(&FORMATS[0]);
    bencher.bench(|| {
        let mut bytes = Vec::new();
        format.write(black_box(output), Look { color: false, width: 100 }, &mut bytes).map(|()| bytes.len())
    });
}
