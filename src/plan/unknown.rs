//! What is not known of a collection, in sentences.

use super::Planner;
use crate::definitions::{Application, ApplicationKind, FeatureExtractor, SourceKind};
use crate::workspace::{CollectionId, Input, Link, Reader};

impl Planner<'_> {
    pub(super) fn unknown(&self, id: CollectionId, is_open: bool, has_no_tier: bool) -> Vec<String> {
        let mut said = Vec::new();
        self.links(id, &mut said);
        self.input(id, &mut said);
        if has_no_tier {
            self.tier(id, &mut said);
        }
        let is_answered = self.collection.output_schema.as_ref().is_some_and(|schema| !schema.fields.is_empty());
        for used in &self.collection.extractors {
            self.extractor(used, is_answered, &mut said);
        }
        if self.collection.extractors.is_empty() && !is_answered {
            said.push(match self.collection.features.first() {
                Some(feature) => format!("Which extractors the feature `{}` stands for is not published.", feature.value),
                None => "It names no feature extractor, so what it writes is not known.".to_owned(),
            });
        }
        said.extend(self.collection.applications.iter().filter_map(|application| written_by(application).filter(|_| is_open)));
        said
    }

    fn links(&self, id: CollectionId, said: &mut Vec<String>) {
        let references = self.collection.source.references.iter().map(|reference| reference.value.as_str());
        for (reference, link) in references.chain(std::iter::repeat("")).zip(&self.workspace.links[id]) {
            match link {
                Link::Bucket(bucket, by) if by.is_guess() => {
                    said.push(format!("That it reads `{}` is {}.", self.workspace.buckets[*bucket].origin.name(), by.words()));
                }
                Link::Bucket(..) | Link::Collection(..) => {}
                Link::None(_) if reference.is_empty() => {
                    said.push("What it reads is not said, or not a bucket or collection.".to_owned())
                }
                Link::None(why) => said.push(format!("It reads `{reference}`: {}.", why.words())),
            }
        }
    }

    fn input(&self, id: CollectionId, said: &mut Vec<String>) {
        match &self.workspace.inputs[id] {
            Input::NoSchema(bucket, _) => {
                let name = self.workspace.buckets[*bucket].origin.name();
                said.push(format!("The bucket `{name}` has no schema, so nothing can be read from it."));
            }
            Input::Known { schema, .. } if schema.is_damaged => said.push("A part of its input could not be read.".to_owned()),
            Input::Known { schema, .. } if schema.is_open => said.push("Its input may have more fields than these.".to_owned()),
            Input::Known { .. } | Input::Unknown => {}
        }
    }

    fn tier(&self, id: CollectionId, said: &mut Vec<String>) {
        if let Some(circle) = self.workspace.cycles.iter().find(|circle| circle.contains(&Reader::Collection(id))) {
            let names: Vec<&str> = circle.iter().chain(circle.first()).map(|&one| self.workspace.reader(one).name()).collect();
            said.push(format!("It reads itself in a circle ({}), so it has no tier.", names.join(" ← ")));
        } else if self.collection.source.kind != SourceKind::Other {
            said.push("Its tier is not known, for what feeds it is not.".to_owned());
        }
    }

    fn extractor(&self, used: &FeatureExtractor, is_answered: bool, said: &mut Vec<String>) {
        let Some(extractor) = self.workspace.catalogue.of(used) else {
            let name = used.name.as_ref().map_or("", |name| &name.value);
            said.push(match &used.version {
                _ if name.is_empty() => "Its extractor has no name, so what it writes is not known.".to_owned(),
                Some(version) => format!("`{name}` {} is not in the catalogue: what it writes is not known.", version.value),
                None => format!("`{name}` is not in the catalogue, or its version is not said: what it writes is not known."),
            });
            return;
        };
        let name = format!("`{}` {}", extractor.name, extractor.version);
        if extractor.is_removed {
            said.push(format!("The service no longer has {name}."));
        }
        if is_answered {
            return;
        }
        if extractor.has_more_outputs {
            said.push(format!("{name} may write more fields than are published."));
        }
        if let Some(parameter) = used.parameter_names().find(|name| extractor.outputs_depend_on.iter().any(|one| one == name)) {
            said.push(format!("`{parameter}` makes {name} write fields that only it knows."));
        }
        if extractor.may_pass_all_source_fields && used.include_all_source_fields.is_none() && used.field_passthrough.is_empty() {
            said.push(format!("Whether {name} passes all source fields on when none is listed is not certain."));
        }
    }
}

/// What something that is applied to the documents writes, when that is not known.
fn written_by(application: &Application) -> Option<String> {
    let what = match application.kind {
        ApplicationKind::Taxonomy => "taxonomy",
        ApplicationKind::Cluster => "clustering",
        ApplicationKind::Alert | ApplicationKind::Enrichment => return None,
    };
    let id = application.id.as_ref().map_or(String::new(), |id| format!(" `{}`", id.value));
    Some(format!("The {what}{id} writes fields whose names are not known here."))
}
