//! The answer that the service would give to a project's collections: what each reads, what it puts out, and what is not known.

mod select;
mod unknown;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::definitions::{Collection, Field, Fields, PayloadIndex, Schema, SourceKind};
use crate::extractors::{Condition, Confidence};
use crate::path::FieldPath;
use crate::resolve::{Resolution, resolve};
use crate::workspace::{
    Arrival, BucketId, CollectionId, Declared, DocumentField, Documents, Giver, Input, Link, Settled, Vector, Workspace,
    only_when,
};

pub use select::{Named, fed_by, named, near};

/// A plan.
#[derive(Debug)]
pub struct Plan<'w> {
    /// The definitions.
    pub workspace: &'w Workspace,
    /// The buckets that the picture of it has.
    pub buckets: Vec<BucketId>,
    /// The collections that were asked for, and all that feed them. Sources first.
    pub collections: Vec<Planned<'w>>,
    /// Of each of them: its number in the list.
    numbers: HashMap<CollectionId, usize>,
    tiers: Vec<Option<usize>>,
}

/// A collection, as the service would answer it.
#[derive(Debug)]
pub struct Planned<'w> {
    /// The collection.
    pub id: CollectionId,
    /// Whether it was asked for, and does not only feed what was.
    pub is_asked: bool,
    /// Its definition.
    pub collection: &'w Collection,
    /// The schema that its paths are looked up in, as far as it is known.
    pub input: Option<&'w Schema>,
    /// Where that is declared.
    pub declared: &'w [Declared],
    /// The fields of its documents.
    pub fields: Vec<PlannedField<'w>>,
    /// Its vector indexes.
    pub vectors: Vec<Vector>,
    /// The payload indexes of its namespace that are over fields of its documents.
    pub payload_indexes: Vec<&'w PayloadIndex>,
    /// What is not known of it, in sentences.
    pub unknown: Vec<String>,
}

/// A field of a collection's documents.
#[derive(Debug)]
pub struct PlannedField<'w> {
    /// The field.
    pub field: Arc<Field>,
    /// What puts it there.
    pub giver: Giver<'w>,
    /// What keeps it from being in every document, or from being certain.
    pub note: Option<Note>,
}

/// What there is to know of a field of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Its extractor does not write it into every document.
    Optional,
    /// What it depends on, or why it is not certain.
    Doubt(String),
}

impl Note {
    /// The note in words.
    pub fn words(&self) -> &str {
        match self {
            Note::Optional => "optional",
            Note::Doubt(words) => words,
        }
    }
}

impl<'w> Plan<'w> {
    /// Plans some collections. Buckets that nothing reads are pictured when they are among `buckets`.
    pub fn new(workspace: &'w Workspace, asked: &HashSet<CollectionId>, buckets: &[BucketId]) -> Plan<'w> {
        let tiers = tiers(workspace);
        let mut pictured = with_sources(workspace, asked);
        pictured.sort_by_key(|id| (tiers[*id].unwrap_or(usize::MAX), *id));
        let read = pictured.iter().flat_map(|&id| &workspace.links[id]).filter_map(|link| match link {
            Link::Bucket(bucket, _) => Some(*bucket),
            Link::Collection(..) | Link::None(_) => None,
        });
        let buckets: BTreeSet<BucketId> = read.chain(buckets.iter().copied()).collect();
        let numbers = pictured.iter().enumerate().map(|(number, id)| (*id, number)).collect();
        let plan = |id| Planned::new(workspace, id, asked.contains(&id), tiers[id].is_none());
        let collections = pictured.into_iter().map(plan).collect();
        Plan { workspace, buckets: buckets.into_iter().collect(), collections, numbers, tiers }
    }

    /// The collections that were asked for, sources first.
    pub fn asked(&self) -> impl Iterator<Item = &Planned<'w>> {
        self.collections.iter().filter(|planned| planned.is_asked)
    }

    /// The plan of one collection, when it was asked for or feeds what was.
    pub fn planned(&self, id: CollectionId) -> Option<&Planned<'w>> {
        self.numbers.get(&id).map(|&number| &self.collections[number])
    }

    /// How many collections the longest chain down to this one has, itself among them; nothing when that is not known.
    pub fn tier(&self, id: CollectionId) -> Option<usize> {
        self.tiers[id]
    }

    /// The longest chain of collections down to this one, itself among them; nothing when that is not known.
    pub fn lineage(&self, id: CollectionId) -> Option<Vec<CollectionId>> {
        let mut chain = vec![id];
        let mut tier = self.tiers[id]?;
        while tier > 1 {
            tier -= 1;
            let above = upstream(&self.workspace.links[*chain.last()?]).find(|above| self.tiers[*above] == Some(tier))?;
            chain.push(above);
        }
        chain.reverse();
        Some(chain)
    }
}

impl<'w> Planned<'w> {
    fn new(workspace: &'w Workspace, id: CollectionId, is_asked: bool, has_no_tier: bool) -> Planned<'w> {
        let collection = &workspace.collections[id];
        let (input, declared): (_, &[Declared]) = match &workspace.inputs[id] {
            Input::Known { schema, declared, .. } => (Some(schema), declared),
            Input::NoSchema(..) | Input::Unknown => (None, &[]),
        };
        let Documents { fields, is_open, .. } = workspace.documents(id);
        let settled = workspace.settled(id);
        let planner = Planner { workspace, collection, settled };
        let mut vectors = settled.vectors();
        vectors.retain(|vector| vector.condition != Condition::NotMet);
        let mut planned = Planned {
            id,
            is_asked,
            collection,
            input,
            declared,
            fields: planner.fields(fields),
            vectors,
            payload_indexes: Vec::new(),
            unknown: planner.unknown(id, is_open, has_no_tier),
        };
        planned.payload_indexes = planner.payload_indexes(&planned.output(is_open));
        if let (Some(namespace), None, [_, ..]) = (settled.namespace, &collection.origin.namespace, &planned.payload_indexes[..])
        {
            let name = namespace.origin.name();
            planned
                .unknown
                .push(format!("Its namespace is not said: the payload indexes are those of `{name}`, the only one here."));
        }
        planned
    }

    /// The schema of its documents.
    fn output(&self, is_open: bool) -> Schema {
        let fields = self.fields.iter().map(|planned| Arc::clone(&planned.field)).collect();
        Schema { fields: Arc::new(Fields::new(fields)), is_open, ..Schema::default() }
    }
}

/// What is needed to plan one collection.
struct Planner<'w> {
    workspace: &'w Workspace,
    collection: &'w Collection,
    settled: Settled<'w>,
}

impl<'w> Planner<'w> {
    /// The fields, the first one of each name.
    fn fields(&self, all: Vec<DocumentField<'w>>) -> Vec<PlannedField<'w>> {
        let mut names = HashSet::new();
        let mut fields = Vec::new();
        for one in all {
            let note = match one.giver {
                Giver::Passthrough(_, Arrival::Meant) => continue,
                Giver::Passthrough(..) | Giver::Answer => None,
                Giver::Source if !self.may_pass_source() => continue,
                Giver::Source => self.doubt_of_source(&one.field).map(Note::Doubt),
                Giver::Extractor(used, output) => match self.settled.condition(used, output) {
                    // The schema has it all the same: it is that of the extractor, whatever its parameters are.
                    Condition::NotMet | Condition::Unknown => Some(Note::Doubt(only_when(output))),
                    Condition::Met if output.confidence == Confidence::Low => Some(Note::Doubt("not certain".to_owned())),
                    // A field that its parameters ask for is in every document that has what it is made from.
                    Condition::Met if output.is_always_written || !output.when.is_empty() => None,
                    Condition::Met => Some(Note::Optional),
                },
            };
            if names.insert(one.field.name.clone()) {
                fields.push(PlannedField { field: one.field, giver: one.giver, note });
            }
        }
        fields
    }

    /// Whether something is known by which source fields are passed on. A plugin may do it too, but nobody knows that.
    fn may_pass_source(&self) -> bool {
        let may_unasked = |used| self.workspace.catalogue.of(used).is_some_and(|extractor| extractor.may_pass_all_source_fields);
        self.collection.extractors.iter().any(|used| used.include_all_source_fields == Some(true) || may_unasked(used))
    }

    /// Whether a field that is only given with all source fields may not be.
    fn doubt_of_source(&self, field: &Field) -> Option<String> {
        let extractors = &self.collection.extractors;
        if !extractors.iter().any(|used| used.include_all_source_fields == Some(true)) {
            return Some("if source fields are passed on unasked".to_owned());
        }
        let renamed =
            extractors.iter().flat_map(|used| &used.field_passthrough).find(|entry| entry.source_path.value == field.name);
        renamed.map(|entry| format!("if its new name `{}` does not replace it", entry.output().0))
    }

    fn payload_indexes(&self, output: &Schema) -> Vec<&'w PayloadIndex> {
        let is_over_field = |index: &&PayloadIndex| {
            FieldPath::parse(&index.field.value)
                .is_ok_and(|path| matches!(resolve(output, &path), Resolution::Field(_) | Resolution::ThroughArray { .. }))
        };
        self.settled.namespace.iter().flat_map(|namespace| &namespace.payload_indexes).filter(is_over_field).collect()
    }
}

/// The collections that links lead to.
fn upstream(links: &[Link]) -> impl Iterator<Item = CollectionId> {
    links.iter().filter_map(|link| if let Link::Collection(above, _) = link { Some(*above) } else { None })
}

/// Of each collection, how deep it lies. What reads itself in a circle, or reads a collection that is not here, has no depth, nor
/// has what reads it.
fn tiers(workspace: &Workspace) -> Vec<Option<usize>> {
    let mut tiers = vec![None; workspace.collections.len()];
    for &id in &workspace.order {
        let links = &workspace.links[id];
        let is_fed_unseen =
            workspace.collections[id].source.kind != SourceKind::Bucket && links.iter().any(|link| matches!(link, Link::None(_)));
        let above = upstream(links).try_fold(0, |deepest, above| Some(deepest.max(tiers[above]?)));
        tiers[id] = above.filter(|_| !is_fed_unseen).map(|above| above + 1);
    }
    tiers
}

/// Some collections, and all that feed them.
fn with_sources(workspace: &Workspace, some: &HashSet<CollectionId>) -> Vec<CollectionId> {
    let mut found: Vec<CollectionId> = some.iter().copied().collect();
    let mut seen = some.clone();
    let mut next = 0;
    while let Some(&at) = found.get(next) {
        next += 1;
        found.extend(upstream(&workspace.links[at]).filter(|above| seen.insert(*above)));
    }
    found
}

/// Which collections read each one.
fn readers(workspace: &Workspace) -> HashMap<CollectionId, Vec<CollectionId>> {
    let mut readers: HashMap<CollectionId, Vec<CollectionId>> = HashMap::new();
    for (reader, links) in workspace.links.iter().enumerate() {
        upstream(links).for_each(|above| readers.entry(above).or_default().push(reader));
    }
    readers
}
