//! What stays the same of a finding when files are reordered, reformatted, renamed or written in another format: which rule says
//! it, of which definition, at which place by names, and what was looked up there.

use crate::diagnostic::Diagnostic;
use crate::syntax::{self, Node, Places, Step};
use crate::text::{Sources, Span};

/// What stays the same of a finding. Two findings may have the same one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// The rule.
    pub rule: String,
    /// The kind of the definition, such as `collection`; `file` where there is none.
    pub kind: String,
    /// The name of the definition; the path of the file where there is none.
    pub name: String,
    /// The keys and names that lead from the definition to the place, with dots between them.
    pub path: String,
    /// What stands at the place, when that is a scalar or a key.
    pub text: String,
}

impl Identity {
    /// It in short: FNV-1a, which is the same in every version of the compiler.
    pub fn fingerprint(&self) -> String {
        let text = format!("{}\0{}\0{}\0{}\0{}", self.rule, self.kind, self.name, self.path, self.text);
        let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
    }
}

/// The keys by which an item of a list is told from the others, before any that ends in `_name`.
const NAMES: [&str; 4] = ["name", "stage_name", "field_name", "feature_extractor_name"];

/// More of them, after any that ends in `_name`.
const MORE_NAMES: [&str; 7] = ["source_path", "target_path", "input_key", "field", "path", "feature_uri", "id"];

/// The identity of each finding.
pub fn identities(findings: &[Diagnostic], sources: &Sources) -> Vec<Identity> {
    syntax::seen_at(findings, |finding| finding.primary.span, sources, |places, finding| identity(finding, places, sources))
}

fn identity(finding: &Diagnostic, places: &Places<'_>, sources: &Sources) -> Identity {
    let place = finding.primary.span;
    let steps = places.steps(place.start, place.end);
    let whole = finding.subject.as_ref().map(|subject| subject.span);
    let is_around = |step: &&Step<'_>| whole.is_some_and(|whole| covers(step.node.span(), whole));
    let parts: Vec<String> = steps.iter().skip_while(is_around).map(part).collect();
    let (kind, name) = match &finding.subject {
        Some(subject) => (subject.kind, subject.name.clone()),
        None => ("file", sources.get(place.file).path.clone()),
    };
    let shown = sources.get(place.file).shown_text();
    let shown = shown.get(place.range()).unwrap_or_default();
    let text = match steps.last().map(|step| step.node).filter(|node| node.span() == place && shown == sources.slice(place)) {
        Some(node) => node.text(),
        None => shown.trim_matches(['"', '\'']),
    };
    let is_short = !text.contains(['\n', '{', '[']);
    Identity {
        rule: finding.rule.to_owned(),
        kind: kind.to_owned(),
        name,
        path: parts.join("."),
        text: if is_short { text.to_owned() } else { String::new() },
    }
}

fn covers(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// A step by its name: of an item of a list, by what it is called.
fn part(step: &Step<'_>) -> String {
    step.key.map_or_else(|| format!("[{}]", name(step.node).unwrap_or_default()), str::to_owned)
}

fn name(item: Node<'_>) -> Option<&str> {
    let of = |key: &str| item.get(key).and_then(Node::as_str);
    let named = || item.members().filter(|member| member.key.text().ends_with("_name")).find_map(|member| member.value.as_str());
    NAMES.into_iter().find_map(of).or_else(named).or_else(|| MORE_NAMES.into_iter().find_map(of))
}
