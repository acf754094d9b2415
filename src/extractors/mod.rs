//! The catalogue: what each feature extractor takes and gives. One data file per extractor version, in `catalogue/`.

mod extractor;
mod holds;
mod identify;
mod json_schema;
mod names;
mod own;
mod parameter;
mod read;
mod setting;
mod validate;

use std::sync::OnceLock;

use crate::definitions::{FeatureExtractor, Value};
use crate::syntax::{self, Format};
use crate::text::{FileId, SourceFile};

pub use extractor::{Confidence, Extractor, Input, Output, Replacement, Requirement, Vector};
pub use holds::{Broken, How, Need, broken};
pub use identify::{Known, is_plugin_version};
pub use names::{Model, Names, NeverExisted};
pub use own::{Fault, read as read_own};
pub use parameter::{Parameter, ParameterRule};
pub use setting::{Condition, Setting};
pub use validate::{Problem, Violation, violations};

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

/// Extractors by name and version, the repository's own first. Each of our files is read when it is first asked for.
#[derive(Debug, Default)]
pub struct Catalogue {
    own: Vec<Extractor>,
    read: [OnceLock<Option<Extractor>>; FILES.len()],
    names: OnceLock<Names>,
}

impl Catalogue {
    /// The built-in extractors, and a repository's own ones, which stand in for ours of the same names.
    pub fn new(own: Vec<Extractor>) -> Catalogue {
        Catalogue { own, ..Catalogue::default() }
    }

    /// One of our extractors, to be changed.
    fn fresh(&self, name: &str, version: &str) -> Option<Extractor> {
        let id = format!("{name}_{version}");
        let (_, text) = FILES.iter().find(|(known, _)| *known == id)?;
        file(text).as_ref().and_then(Extractor::read)
    }

    /// The extractor of this name and version; without a version, the only one of that name.
    pub fn get(&self, name: &str, version: Option<&str>) -> Option<&Extractor> {
        let mut own = self.own.iter().filter(|extractor| extractor.name == name);
        if let Some(first) = own.clone().next() {
            return match version {
                Some(version) => own.find(|extractor| extractor.version == version),
                None => Some(first).filter(|_| own.count() == 1),
            };
        }
        let index = match version {
            Some(version) => {
                let length = name.len() + 1 + version.len();
                let is_it = |file: &str| file.len() == length && file.rsplit_once('_') == Some((name, version));
                FILES.iter().position(|(file, _)| is_it(file))?
            }
            None => {
                let of_name = |file: &&str| file.rsplit_once('_').is_some_and(|(of, _)| of == name);
                let mut versions = FILES.iter().enumerate().filter(|(_, file)| of_name(&file.0));
                versions.next().filter(|_| versions.next().is_none())?.0
            }
        };
        self.file(index)
    }

    /// The extractor that a collection uses, if the catalogue has it.
    pub fn of(&self, used: &FeatureExtractor) -> Option<&Extractor> {
        self.get(&used.name.as_ref()?.value, used.version.as_ref().map(|version| version.value.as_str()))
    }

    /// All extractors, sorted by name and version.
    pub fn iter(&self) -> impl Iterator<Item = &Extractor> {
        let is_own = |extractor: &&Extractor| self.own.iter().any(|own| own.name == extractor.name);
        let built_in = (0..FILES.len()).filter_map(|index| self.file(index)).filter(move |extractor| !is_own(extractor));
        let mut all: Vec<&Extractor> = self.own.iter().chain(built_in).collect();
        all.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
        all.into_iter()
    }

    /// Whether it has an extractor of this name.
    pub fn has(&self, name: &str) -> bool {
        self.iter().any(|extractor| extractor.name == name)
    }

    /// What is known besides extractors.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| file(include_str!("catalogue/names.json")).as_ref().map(Names::read).unwrap_or_default())
    }

    fn file(&self, index: usize) -> Option<&Extractor> {
        self.read[index].get_or_init(|| file(FILES[index].1).as_ref().and_then(Extractor::read)).as_ref()
    }
}

/// One of our files.
fn file(text: &str) -> Option<Value> {
    let file = SourceFile::new("catalogue", text);
    let parse = syntax::parse(&file, Format::Json);
    parse.tree.documents(FileId::new(0), &file).first().map(Value::lower)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::FieldType;

    #[test]
    fn extractors_are_found_by_name_and_version() {
        let catalogue = Catalogue::default();
        let text = catalogue.get("text_extractor", Some("v1"));
        assert!(text.is_some_and(|text| text.outputs.iter().any(|output| output.field.name == "text_extractor_v1_embedding")));
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
            let known = |output: &Output| !matches!(output.field.kind, FieldType::Unknown(_));
            assert!(extractor.outputs.iter().all(known), "{} has outputs of unknown type", extractor.name);
            assert!(!extractor.parameters.is_empty(), "{} has no parameters", extractor.name);
            let types = extractor.inputs.iter().flat_map(|input| input.accepts.iter().chain(&input.tolerates));
            let unknown: Vec<_> = types.filter(|name| matches!(FieldType::parse(name), FieldType::Unknown(_))).collect();
            assert!(unknown.is_empty(), "{} has inputs of unknown type: {unknown:?}", extractor.name);
        }
        assert!(catalogue.names().never_existed.len() >= 23 && catalogue.names().model("gemini-embedding-2").is_some());
    }
}
