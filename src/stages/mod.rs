//! The catalogue of retriever stages: what each one takes, and what it leaves of the documents. One data file for each stage, in
//! `catalogue/`.

mod holds;
mod stage;
mod walk;

use std::sync::OnceLock;

use crate::definitions::Value;
use crate::path::is_placeholder;
use crate::suggest::nearest;
use crate::syntax::{self, Format};
use crate::text::{FileId, SourceFile};

pub use holds::{Broken, broken};
pub use stage::{Cost, StageKind, StageRule, Start};
pub use walk::{Role, RoleAt, Stray, roles, strays};

/// The files, as the ids of the stages.
static FILES: [(&str, &str); 36] = [
    ("agent_search", include_str!("catalogue/agent_search.json")),
    ("agentic_enrich", include_str!("catalogue/agentic_enrich.json")),
    ("aggregate", include_str!("catalogue/aggregate.json")),
    ("api_call", include_str!("catalogue/api_call.json")),
    ("attribute_filter", include_str!("catalogue/attribute_filter.json")),
    ("cluster", include_str!("catalogue/cluster.json")),
    ("code_execution", include_str!("catalogue/code_execution.json")),
    ("cross_compare", include_str!("catalogue/cross_compare.json")),
    ("deduplicate", include_str!("catalogue/deduplicate.json")),
    ("document_enrich", include_str!("catalogue/document_enrich.json")),
    ("external_reverse_image", include_str!("catalogue/external_reverse_image.json")),
    ("external_web_search", include_str!("catalogue/external_web_search.json")),
    ("feature_search", include_str!("catalogue/feature_search.json")),
    ("group_by", include_str!("catalogue/group_by.json")),
    ("json_transform", include_str!("catalogue/json_transform.json")),
    ("limit", include_str!("catalogue/limit.json")),
    ("llm_enrich", include_str!("catalogue/llm_enrich.json")),
    ("llm_filter", include_str!("catalogue/llm_filter.json")),
    ("maxsim_rerank", include_str!("catalogue/maxsim_rerank.json")),
    ("mmr", include_str!("catalogue/mmr.json")),
    ("moment_group", include_str!("catalogue/moment_group.json")),
    ("query_expand", include_str!("catalogue/query_expand.json")),
    ("rag_prepare", include_str!("catalogue/rag_prepare.json")),
    ("rerank", include_str!("catalogue/rerank.json")),
    ("sample", include_str!("catalogue/sample.json")),
    ("score_normalize", include_str!("catalogue/score_normalize.json")),
    ("score_threshold", include_str!("catalogue/score_threshold.json")),
    ("sort_attribute", include_str!("catalogue/sort_attribute.json")),
    ("sort_relevance", include_str!("catalogue/sort_relevance.json")),
    ("sql_lookup", include_str!("catalogue/sql_lookup.json")),
    ("summarize", include_str!("catalogue/summarize.json")),
    ("taxonomy_enrich", include_str!("catalogue/taxonomy_enrich.json")),
    ("temporal", include_str!("catalogue/temporal.json")),
    ("traverse_edge", include_str!("catalogue/traverse_edge.json")),
    ("unwind", include_str!("catalogue/unwind.json")),
    ("web_scrape", include_str!("catalogue/web_scrape.json")),
];

/// A stage id that is no longer there.
#[derive(Debug)]
pub struct Legacy {
    /// The id.
    pub id: String,
    /// The stage that took its place.
    pub instead: String,
    /// How, where the id alone does not say it.
    pub note: Option<String>,
}

/// What the id of a stage stands for.
#[derive(Debug, Clone, Copy)]
pub enum Known {
    /// A stage of the catalogue.
    Catalogued(&'static StageKind),
    /// A stage that is no longer there.
    Legacy(&'static Legacy),
    /// The catalogue does not have it; the nearest id.
    Unknown(Option<&'static str>),
    /// Nothing can be said: it is filled in later.
    Undecided,
}

impl Known {
    /// The stage, or the one that took its place.
    pub fn kind(self) -> Option<&'static StageKind> {
        match self {
            Known::Catalogued(kind) => Some(kind),
            Known::Legacy(legacy) => get(&legacy.instead),
            Known::Unknown(_) | Known::Undecided => None,
        }
    }
}

/// What this id stands for.
pub fn identify(id: &str) -> Known {
    if let Some(kind) = get(id) {
        return Known::Catalogued(kind);
    }
    if let Some(legacy) = legacy().iter().find(|legacy| legacy.id == id) {
        return Known::Legacy(legacy);
    }
    if is_placeholder(id) {
        return Known::Undecided;
    }
    let legacies = legacy().iter().map(|legacy| legacy.instead.as_str());
    let near = nearest(id, ids()).or_else(|| nearest(id, legacies));
    Known::Unknown(near)
}

/// The stage of this id. Its file is read when it is first asked for.
pub fn get(id: &str) -> Option<&'static StageKind> {
    static READ: [OnceLock<Option<StageKind>>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    let number = FILES.binary_search_by_key(&id, |(known, _)| known).ok()?;
    READ[number].get_or_init(|| file(FILES[number].1).as_ref().and_then(StageKind::read)).as_ref()
}

/// The ids of all stages, sorted.
pub fn ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(id, _)| *id)
}

fn legacy() -> &'static [Legacy] {
    static READ: OnceLock<Vec<Legacy>> = OnceLock::new();
    let read = |entry: &Value| {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Legacy { id: text("id")?, instead: text("instead")?, note: text("note") })
    };
    READ.get_or_init(|| {
        let names = file(include_str!("catalogue/names.json"));
        names.as_ref().and_then(|names| names.get("legacy")).into_iter().flat_map(Value::items).filter_map(read).collect()
    })
}

/// One of our files.
fn file(text: &str) -> Option<Value> {
    let file = SourceFile::new("stage", text);
    let parse = syntax::parse(&file, Format::Json);
    parse.tree.documents(FileId::new(0), &file).first().map(Value::lower)
}

#[cfg(test)]
mod tests;
