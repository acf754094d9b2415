//! Where every path of every collection leads: what the rules read.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::calls::{Call, calls};
use super::field_maps::field_maps;
use super::filters::{FilterUse, filters};
use super::lost::lost;
use super::objects;
use super::pipeline::{Pipeline, pipelines};
use super::readings::{Reading, readings};
use super::schemas::given;
use super::variables::{Variable, variables};
use super::wanted::{WantedFeature, wanted};
use super::{BucketId, Checked, CollectionId, Declared, Guess, Input, Lost, Used, Workspace};
use crate::definitions::{FieldPassthrough, Form, InputMapping, Schema};
use crate::extractors::Known;
use crate::path::{FieldPath, Malformed, is_template};
use crate::resolve::{Resolution, resolve};
use crate::text::{ShortText, Spanned};

/// A workspace, and the uses of fields in it.
#[derive(Debug)]
pub struct Facts<'w> {
    /// The definitions.
    pub workspace: &'w Workspace,
    /// Every path of every input mapping, passthrough and field map, in the order of the files.
    pub uses: Vec<Use<'w>>,
    /// The numbers of those that lead to no field. They are few, and what most rules look at.
    failing: Vec<usize>,
    /// Every filter that somebody wrote: those of buckets, of collections, and of the stages of retrievers.
    pub filters: Vec<FilterUse<'w>>,
    /// Every sample object whose bucket is known, in the order of the files.
    pub objects: Vec<Checked<'w>>,
    /// Every extractor of every collection, but those of saved answers: what these say, the service has taken.
    pub extractors: Vec<Used<'w>>,
    /// Every variable in the templates of retrievers.
    pub variables: Vec<Variable<'w>>,
    /// Every retriever that somebody wrote, followed stage by stage.
    pub pipelines: Vec<Pipeline<'w>>,
    /// Every vector that retrievers and clusterings ask for.
    pub wanted: Vec<WantedFeature<'w>>,
    /// Every run of a retriever that a definition asks for.
    pub calls: Vec<Call<'w>>,
    /// Every field of documents that something reads, beside filters and mappings.
    pub readings: Vec<Reading<'w>>,
    /// Whether changes of the text are asked for. Those that the facts do not tell are not made otherwise.
    pub wants_fixes: bool,
    buckets_by_field: OnceLock<HashMap<ShortText, Vec<BucketId>>>,
}

/// The name of an extractor, its version, and what these stand for.
type NamedExtractor<'w> = (&'w Spanned<ShortText>, Option<&'w Spanned<ShortText>>, Known<'w>);

/// A path that a collection reads.
#[derive(Debug)]
pub struct Use<'w> {
    /// The collection.
    pub collection: CollectionId,
    /// The extractor that reads it, by its number among those of the facts.
    pub extractor: Option<usize>,
    /// What reads it.
    pub site: Site<'w>,
    /// Where it leads.
    pub lookup: Lookup<'w>,
}

/// What reads a path.
#[derive(Debug, Clone, Copy)]
pub enum Site<'w> {
    /// An extractor's input.
    Input(&'w InputMapping),
    /// A passthrough entry.
    Passthrough(&'w FieldPassthrough),
    /// An entry of the field map of one source.
    FieldMap(&'w FieldPassthrough, Declared),
}

/// Where a path leads.
#[derive(Debug)]
pub enum Lookup<'w> {
    /// Its source is not known, or it is filled in later.
    Unknown,
    /// It is no path.
    Malformed(Malformed),
    /// Its source has no schema.
    NoSchema(BucketId, Option<Guess>),
    /// It was looked up.
    Resolved {
        /// The schema it was looked up in.
        schema: &'w Schema,
        /// The guess that this rests on.
        guess: Option<Box<Guess>>,
        /// The answer.
        resolution: Resolution<'w>,
        /// Where a missing field was lost, when a collection further up had it.
        lost: Option<Box<Lost<'w>>>,
    },
}

impl Lookup<'_> {
    /// Whether something is known of it, and it is no field.
    fn fails(&self) -> bool {
        let is_sound = |resolution: &Resolution<'_>| matches!(resolution, Resolution::Field(_) | Resolution::Open);
        !matches!(self, Lookup::Unknown) && !matches!(self, Lookup::Resolved { resolution, .. } if is_sound(resolution))
    }
}

impl<'w> Site<'w> {
    /// The path as written.
    fn path(self) -> &'w Spanned<ShortText> {
        match self {
            Site::Input(mapping) => &mapping.path,
            Site::Passthrough(entry) | Site::FieldMap(entry, _) => &entry.source_path,
        }
    }
}

impl<'w> Use<'w> {
    /// The path as written.
    pub fn path(&self) -> &'w Spanned<ShortText> {
        self.site.path()
    }

    /// The path, split, as it is looked up. It is split anew each time: of nearly all paths only the field matters.
    pub fn field_path(&self) -> FieldPath<'w> {
        let text = &self.path().value;
        parse(text).unwrap_or_else(|_| FieldPath::literal(text))
    }

    /// Whether it is a passthrough, and no input.
    pub fn is_passthrough(&self) -> bool {
        !matches!(self.site, Site::Input(_))
    }
}

impl<'w> Facts<'w> {
    /// Looks up every path.
    pub fn new(workspace: &'w Workspace) -> Facts<'w> {
        let all = || workspace.collections.iter().flat_map(|collection| &collection.extractors);
        let paths = all().map(|extractor| extractor.input_mappings.len() + extractor.field_passthrough.len()).sum();
        let (mut uses, mut extractors) = (Vec::with_capacity(paths), Vec::with_capacity(all().count()));
        for (number, collection) in workspace.collections.iter().enumerate() {
            map_uses(workspace, number, &mut uses);
            for extractor in &collection.extractors {
                let by = (collection.origin.form != Form::Answer).then_some(extractors.len());
                if by.is_some() {
                    extractors.push(Used::new(workspace, number, extractor));
                }
                let inputs = extractor.input_mappings.iter().map(Site::Input);
                let passed = extractor.field_passthrough.iter().map(Site::Passthrough);
                uses.extend(inputs.chain(passed).map(|site| {
                    let lookup = look_up(workspace, number, &site.path().value);
                    Use { collection: number, extractor: by, site, lookup }
                }));
            }
        }
        let (pipelines, in_stages) = pipelines(workspace);
        let variables = variables(workspace);
        let mut filters = filters(workspace);
        filters.extend(in_stages);
        let failing = uses.iter().enumerate().filter(|(_, used)| used.lookup.fails()).map(|(number, _)| number).collect();
        Facts {
            workspace,
            uses,
            failing,
            filters,
            objects: objects::check(workspace),
            extractors,
            readings: readings(workspace, &pipelines, &variables),
            variables,
            calls: calls(workspace),
            wanted: wanted(workspace, &pipelines),
            pipelines,
            wants_fixes: true,
            buckets_by_field: OnceLock::new(),
        }
    }

    /// Every use that surely leads to no field, or not by a plain path, in the order of the files.
    pub fn failing_uses(&self) -> impl Iterator<Item = &Use<'w>> {
        self.failing.iter().map(|&number| &self.uses[number])
    }

    /// Every extractor that a collection uses or a namespace registers, but those of saved answers: its name, its version, and what
    /// these stand for.
    pub fn named_extractors(&self) -> impl Iterator<Item = NamedExtractor<'w>> {
        let used =
            self.extractors.iter().filter_map(|used| Some((used.name()?, used.written.version.as_ref(), used.known.clone())));
        let namespaces = self.workspace.namespaces.iter().filter(|namespace| namespace.origin.form != Form::Answer);
        let registered = namespaces.flat_map(|namespace| namespace.extractors.iter().flatten()).map(|registered| {
            let version = registered.version.as_ref();
            let known = self.workspace.catalogue.identify(&registered.name.value, version.map(|version| version.value.as_str()));
            (&registered.name, version, known)
        });
        used.chain(registered)
    }

    /// The first bucket that has a field of this path, other than those that `reader` looks its paths up in; of very many that
    /// have a field as the path begins, only the first are looked at. The index behind it is made when it is first needed: most
    /// repositories never ask.
    pub fn bucket_with(&self, path: &str, reader: CollectionId) -> Option<BucketId> {
        let buckets = &self.workspace.buckets;
        let index = self.buckets_by_field.get_or_init(|| {
            let mut index: HashMap<ShortText, Vec<BucketId>> = HashMap::new();
            for (number, bucket) in buckets.iter().enumerate() {
                for field in bucket.schema.iter().flat_map(|schema| schema.fields.iter()) {
                    index.entry(field.name.clone()).or_default().push(number);
                }
            }
            index
        });
        let declared = match &self.workspace.inputs[reader] {
            Input::Known { declared, .. } => &declared[..],
            Input::NoSchema(..) | Input::Unknown => &[],
        };
        let beginnings = path.match_indices('.').map(|(dot, _)| &path[..dot]).chain([path]);
        let is_it = |bucket: &BucketId| {
            let schema = buckets[*bucket].schema.as_ref().filter(|_| !declared.contains(&Declared::Bucket(*bucket)));
            schema.is_some_and(|schema| schema.fields.has(path))
        };
        beginnings.filter_map(|beginning| index.get(beginning)?.iter().copied().take(LOOKED_AT).find(is_it)).min()
    }
}

/// How many buckets are looked at for a path.
const LOOKED_AT: usize = 1000;

/// The paths of a field map are looked up each in the source that it belongs to.
fn map_uses<'w>(workspace: &'w Workspace, number: CollectionId, uses: &mut Vec<Use<'w>>) {
    for (link, map) in workspace.links[number].iter().zip(field_maps(workspace, number)) {
        let Some(map) = map else { continue };
        let (Some(place), schema) = given(workspace, link, &workspace.outputs) else { continue };
        for entry in &map.fields {
            let lookup = match (schema, parse(&entry.source_path.value)) {
                (_, Err(malformed)) => no_path(malformed),
                (None, _) => Lookup::Unknown,
                (Some(schema), Ok(path)) => {
                    let resolution = resolve(schema, &path);
                    Lookup::Resolved { schema, guess: link.guess(number).map(Box::new), resolution, lost: None }
                }
            };
            uses.push(Use { collection: number, extractor: None, site: Site::FieldMap(entry, place), lookup });
        }
    }
}

/// A path, split; else why it is none, and nothing when it is filled in later.
fn parse(text: &str) -> Result<FieldPath<'_>, Option<Malformed>> {
    if is_template(text) {
        return Err(None);
    }
    FieldPath::parse(text).map_err(Some)
}

fn no_path<'w>(malformed: Option<Malformed>) -> Lookup<'w> {
    malformed.map_or(Lookup::Unknown, Lookup::Malformed)
}

fn look_up<'w>(workspace: &'w Workspace, collection: CollectionId, text: &'w str) -> Lookup<'w> {
    let input = &workspace.inputs[collection];
    // A name may have anything in it, and is looked for as it stands before it is taken for a path.
    let is_name = || matches!(input, Input::Known { schema, .. } if schema.fields.get(text).is_some());
    let path = match parse(text) {
        Ok(path) => path,
        Err(_) if is_name() => FieldPath::literal(text),
        Err(malformed) => return no_path(malformed),
    };
    match input {
        Input::Unknown => Lookup::Unknown,
        Input::NoSchema(bucket, guess) => Lookup::NoSchema(*bucket, *guess),
        Input::Known { schema, guess, guess_below, .. } => {
            let resolution = resolve(schema, &path);
            let (is_missing, is_below) = match resolution {
                Resolution::Missing { at, .. } => (true, at > 0),
                Resolution::NotAnObject { .. } | Resolution::ThroughArray { .. } => (false, true),
                _ => (false, false),
            };
            let lost = if is_missing { lost(workspace, collection, &path).map(Box::new) } else { None };
            let guess = guess.or(guess_below.filter(|_| is_below));
            Lookup::Resolved { schema, guess: guess.map(Box::new), resolution, lost }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_most_of_stays_small() {
        assert_eq!(size_of::<Use<'_>>(), 104);
    }
}
