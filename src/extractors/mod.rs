//! The catalogue: what each feature extractor takes and gives. One data file per extractor version, in `catalogue/`.

use std::sync::{Arc, OnceLock};

use crate::definitions::{Field, FieldType};
use crate::syntax::{self, Format, Node};
use crate::text::{FileId, SourceFile};

/// The date of the facts in the built-in catalogue.
pub const CATALOGUE: &str = "2026-11-23";

/// The built-in files, as `name_version`.
static FILES: [(&str, &str); 17] = [
    ("audio_fingerprint_extractor_v1", include_str!("catalogue/audio_fingerprint_extractor_v1.json")),
    ("colbert_extractor_v1", include_str!("catalogue/colbert_extractor_v1.json")),
    ("colqwen_extractor_v1", include_str!("catalogue/colqwen_extractor_v1.json")),
    ("course_content_extractor_v1", include_str!("catalogue/course_content_extractor_v1.json")),
    ("document_graph_extractor_v1", include_str!("catalogue/document_graph_extractor_v1.json")),
    ("face_identity_extractor_v1", include_str!("catalogue/face_identity_extractor_v1.json")),
    ("gemini_multifile_extractor_v1", include_str!("catalogue/gemini_multifile_extractor_v1.json")),
    ("image_extractor_v1", include_str!("catalogue/image_extractor_v1.json")),
    ("multimodal_extractor_v1", include_str!("catalogue/multimodal_extractor_v1.json")),
    ("multimodal_extractor_v2", include_str!("catalogue/multimodal_extractor_v2.json")),
    ("passthrough_extractor_v1", include_str!("catalogue/passthrough_extractor_v1.json")),
    ("scrolling_text_extractor_v1", include_str!("catalogue/scrolling_text_extractor_v1.json")),
    ("sentiment_classifier_v1", include_str!("catalogue/sentiment_classifier_v1.json")),
    ("text_extractor_v1", include_str!("catalogue/text_extractor_v1.json")),
    ("transcoding_extractor_v1", include_str!("catalogue/transcoding_extractor_v1.json")),
    ("universal_extractor_v1", include_str!("catalogue/universal_extractor_v1.json")),
    ("web_scraper_v1", include_str!("catalogue/web_scraper_v1.json")),
];

/// An extractor version, as catalogued.
#[derive(Debug)]
pub struct Extractor {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The fields that it writes into its documents, some of them only under some parameters.
    pub outputs: Vec<Arc<Field>>,
    /// Whether it may write fields that the catalogue does not name.
    pub has_more_outputs: bool,
    /// The parameters that make it write fields whose names only they know.
    pub outputs_depend_on: Vec<String>,
    /// Whether the sources disagree on whether it passes all source fields on without being told to.
    pub may_pass_all_source_fields: bool,
}

/// Extractors by name and version. Each file is read when it is first asked for.
#[derive(Debug, Default)]
pub struct Catalogue {
    read: [OnceLock<Option<Extractor>>; FILES.len()],
}

impl Catalogue {
    /// The extractor of this name and version; without a version, the only one of that name.
    pub fn get(&self, name: &str, version: Option<&str>) -> Option<&Extractor> {
        let index = match version {
            Some(version) => {
                let id = format!("{name}_{version}");
                let index = FILES.binary_search_by_key(&id.as_str(), |file| file.0).ok()?;
                // `text` in version `extractor_v1` is spelled the same.
                Some(index).filter(|&index| FILES[index].0.rsplit_once('_') == Some((name, version)))?
            }
            None => {
                let of_name = |file: &&str| file.rsplit_once('_').is_some_and(|(of, _)| of == name);
                let mut versions = FILES.iter().enumerate().filter(|(_, file)| of_name(&file.0));
                versions.next().filter(|_| versions.next().is_none())?.0
            }
        };
        self.read[index].get_or_init(|| Extractor::read(FILES[index].1)).as_ref()
    }

    /// All extractors, sorted by name and version.
    pub fn iter(&self) -> impl Iterator<Item = &Extractor> {
        FILES.iter().filter_map(|(id, _)| id.rsplit_once('_').and_then(|(name, version)| self.get(name, Some(version))))
    }
}

impl Extractor {
    fn read(text: &str) -> Option<Extractor> {
        let file = SourceFile::new("catalogue", text);
        let parse = syntax::parse(&file, Format::Json);
        let root = parse.tree.documents(FileId::new(0), &file).next()?;
        let text = |key: &str| root.get(key).and_then(Node::as_str).unwrap_or_default().to_owned();
        let flag = |key: &str| root.get(key).and_then(Node::as_bool);
        let items = |key: &str| root.get(key).into_iter().flat_map(Node::items);
        Some(Extractor {
            name: text("name"),
            version: text("version"),
            outputs: items("outputs").filter_map(output).map(Arc::new).collect(),
            has_more_outputs: flag("outputs_complete") != Some(true),
            outputs_depend_on: items("outputs_depend_on").map(|item| item.text().to_owned()).collect(),
            may_pass_all_source_fields: root.get("copies_source_fields").is_some(),
        })
    }
}

/// An output is a field without a place. What an object holds is not catalogued, so it is open.
fn output(node: Node<'_>) -> Option<Field> {
    let name = node.get("name").and_then(Node::as_str)?;
    let kind = FieldType::parse(node.get("type").and_then(Node::as_str).unwrap_or_default());
    Some(Field::undeclared(name, None, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extractors_are_found_by_name_and_version() {
        let catalogue = Catalogue::default();
        let text = catalogue.get("text_extractor", Some("v1"));
        assert!(text.is_some_and(|text| text.outputs.iter().any(|output| output.name == "text_extractor_v1_embedding")));
        assert!(catalogue.get("text_extractor", None).is_some(), "its only version");
        assert!(catalogue.get("multimodal_extractor", None).is_none(), "it has two");
        assert!(catalogue.get("multimodal_extractor", Some("v2")).is_some());
        for (name, version) in [("text_extractor", "v9"), ("video_extractor", "v1"), ("text", "extractor_v1"), ("", "")] {
            assert!(catalogue.get(name, Some(version)).is_none(), "{name} {version}");
        }
    }

    #[test]
    fn every_file_is_read_whole() {
        let catalogue = Catalogue::default();
        assert_eq!(catalogue.iter().count(), FILES.len());
        for (id, text) in FILES {
            let file = SourceFile::new(id, text);
            assert_eq!(syntax::parse(&file, Format::Json).errors, [], "{id}");
        }
        for extractor in catalogue.iter() {
            let known = |output: &Arc<Field>| !matches!(output.kind, FieldType::Unknown(_));
            assert!(extractor.outputs.iter().all(known), "{} has outputs of unknown type", extractor.name);
        }
    }
}
