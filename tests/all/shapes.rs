//! The schemas: that they are JSON Schema, and that between the validator and the findings no error is lost and none is made.

use std::fs;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use mixlint::definitions::{Form, Noun, defining_in};
use mixlint::shape::{self, Level, Misfits, NOUNS, What};
use mixlint::syntax::{self, Format};
use mixlint::text::{FileId, SourceFile, Span};
use serde_json::Value;

use crate::support::{files_below, mixlint, root, stderr, stdout};

fn document(noun: &str) -> Value {
    let text = shape::document(noun).unwrap_or_else(|| panic!("{noun} has a schema"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{noun}: {error}"))
}

/// The schema of one form of a noun.
fn validator(noun: &str, form: &str) -> Validator {
    let mut schema = document(noun);
    let root = schema.as_object_mut().expect("an object");
    for key in ["if", "then", "else"] {
        root.remove(key);
    }
    root.insert("$ref".to_owned(), format!("#/$defs/{form}").into());
    jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{noun}: {error}"))
}

#[test]
fn they_are_json_schema_in_one_piece() {
    for (noun, _) in NOUNS {
        let schema = document(noun);
        assert!(jsonschema::meta::is_valid(&schema), "{noun}");
        jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{noun}: {error}"));
        assert!(schema["title"].is_string() && schema["description"].is_string(), "{noun}");
    }
}

#[test]
fn their_examples_are_valid() {
    for (noun, _) in NOUNS {
        let schema = document(noun);
        let definitions = schema["$defs"].as_object().expect("definitions");
        for (name, definition) in definitions.iter().filter(|(name, _)| *name != "One") {
            let validator = validator(noun, name);
            for example in definition["examples"].as_array().into_iter().flatten() {
                assert!(validator.is_valid(example), "{noun}: {name}: {example}");
            }
        }
    }
}

/// Templates, what is probably another tool's, and what other rules look at: there the two do not have to agree.
fn is_ours_alone(name: &str, text: &str) -> bool {
    name.contains("another-tools") || text.contains(['<', '$']) || text.contains("{{") || text.contains("filters")
}

/// Which names a field's type has is another rule's to say.
fn is_name_of_type(error: &ValidationError<'_>) -> bool {
    let path = error.instance_path().to_string();
    let is_name = error.instance().is_string() && matches!(error.kind(), ValidationErrorKind::Enum { .. });
    is_name && path.contains("properties/") && path.ends_with("/type")
}

/// What the crate says of a file read by serde, against what comes back through our own trees.
#[test]
fn no_error_is_lost_on_the_way_and_none_is_made() {
    let searched = [Noun::Retriever, Noun::Taxonomy, Noun::Cluster, Noun::Alert, Noun::Connection];
    let nouns = [Noun::Bucket, Noun::Collection, Noun::Namespace, Noun::Object].into_iter().chain(searched);
    let validators: Vec<_> = nouns.map(|noun| (noun, validator(noun.name(), "create"))).collect();
    let mut count = 0;
    for (name, path) in files_below(&root().join("fixtures")).into_iter().filter(|(name, _)| name.ends_with(".json")) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        let Ok(value) = serde_json::from_str::<Value>(&text) else { continue };
        let file = SourceFile::new(name.as_str(), text.as_str());
        let parse = syntax::parse(&file, Format::Json);
        let documents = parse.tree.documents(FileId::new(0), &file);
        let found = documents.iter().flat_map(defining_in).next();
        let is_whole = |span: Span| text[..span.start as usize].trim().is_empty();
        let found =
            found.filter(|found| found.form == Form::Request && is_whole(found.node.span()) && !is_ours_alone(&name, &text));
        let Some(found) = found.filter(|_| parse.tree.duplicate_keys(&text).is_empty()) else { continue };
        let mut misfits = Misfits::default();
        shape::look_at(found, &text, None, &mut misfits);
        let mut misfits = misfits.list;
        // A key that only seems to be a slip is taken by an open object.
        misfits.retain(|misfit| !matches!(misfit.what, What::UnknownKey { level: Level::Open, .. }));
        // What is outdated is valid in some places, where an editor strikes it through, and not in others.
        if !misfits.is_empty() && misfits.iter().all(|misfit| matches!(misfit.what, What::Outdated(_))) {
            continue;
        }
        let Some((_, validator)) = validators.iter().find(|(noun, _)| *noun == found.noun) else { continue };
        let errors = validator.iter_errors(&value).filter(|error| !is_name_of_type(error));
        let errors: Vec<String> = errors.map(|error| error.to_string()).collect();
        assert_eq!(errors.is_empty(), misfits.is_empty(), "{name}: {misfits:?} {errors:?}");
        count += 1;
    }
    assert!(count > 500, "{count}");
}

#[test]
fn the_report_has_the_shape_of_its_schema() {
    let report = jsonschema::validator_for(&document("report")).expect("a schema");
    for folder in ["fixtures/storefront", "fixtures/clean/product-search"] {
        let output = mixlint(&root().join(folder), &["check", "--format", "json"]);
        let value: Value = serde_json::from_str(&stdout(&output)).expect("a document");
        let errors: Vec<String> = report.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{folder}: {errors:?}");
    }
    assert!(!report.is_valid(&serde_json::json!({ "version": 1, "tool": {}, "diagnostics": [] })));
}

#[test]
fn the_command_prints_them() {
    for (noun, _) in NOUNS {
        let output = mixlint(&root(), &["schema", noun]);
        assert_eq!((output.status.code(), Some(stdout(&output))), (Some(0), shape::document(noun)), "{noun}");
    }
    let output = mixlint(&root(), &["schema", "buckets"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "mixlint: there is no schema `buckets`. Did you mean `bucket`?\n");
}
