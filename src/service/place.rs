//! From what the service says to the place in the files that it is about.

use super::{About, Remark, Step};
use crate::definitions::{Form, Noun, Root};
use crate::diagnostic::Diagnostic;
use crate::rules;
use crate::syntax::{self, Node, Parse};
use crate::text::{FileId, Span};
use crate::workspace::Workspace;

/// The rule that remarks without a rule of ours are reported under.
const RULE: &str = "service-finding";

/// Remarks as findings, each at its place in the files. One whose place is not found stays at its place in the answer; and one that
/// is among `ours` already, nearer to the mistake, is left out.
pub fn locate(workspace: &Workspace, remarks: Vec<Remark>, ours: &[Diagnostic]) -> Vec<Diagnostic> {
    let roots = Roots::new(workspace, &remarks);
    let mut found = Vec::new();
    for remark in remarks {
        let place = roots.find(workspace, &remark);
        let rule = remark.code.as_deref().and_then(rules::find_code).and_then(|code| code.rule);
        let is_said = |finding: &Diagnostic, within: Span| {
            let span = finding.primary.span;
            Some(finding.rule) == rule && span.file == within.file && (within.start..=within.end).contains(&span.start)
        };
        if place.is_some_and(|place| ours.iter().any(|finding| is_said(finding, place.whole))) {
            continue;
        }
        let (span, label) = match place {
            Some(place) => (place.shown, "says the service"),
            None => (remark.place, "its place in the files was not found"),
        };
        let message = match (&remark.code, rule) {
            (Some(code), None) => format!("{code}: {}", sentence(&remark.message)),
            _ => sentence(&remark.message),
        };
        let mut finding = Diagnostic::new(rule.unwrap_or(RULE), remark.severity, span, label, message);
        finding.help(remark.help.as_deref().map(sentence).unwrap_or_default());
        found.push(finding);
    }
    found
}

/// A sentence with its full stop.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) { text.to_owned() } else { format!("{text}.") }
}

#[derive(Clone, Copy)]
struct Place {
    /// What is pointed at.
    shown: Span,
    /// All of the definition, or of the part of it.
    whole: Span,
}

/// The texts in which paths are followed.
struct Roots {
    parses: Vec<(FileId, Parse)>,
}

impl Roots {
    /// Reads the texts again when a remark has a path; most answers of `validate` have none.
    fn new(workspace: &Workspace, remarks: &[Remark]) -> Roots {
        let has_paths = remarks.iter().any(|remark| matches!(remark.about, About::Path(_)));
        let files = workspace.resources().filter(|_| has_paths).map(|(_, origin)| origin.span.file);
        let mut files: Vec<FileId> = files.collect();
        files.sort_unstable();
        files.dedup();
        let parses = files.into_iter().map(|id| {
            let file = workspace.sources.get(id);
            (id, syntax::parse(file, syntax::Format::of(file)))
        });
        Roots { parses: parses.collect() }
    }

    fn find(&self, workspace: &Workspace, remark: &Remark) -> Option<Place> {
        match &remark.about {
            About::Path(steps) => self.follow(workspace, steps).or_else(|| named(workspace, &remark.message)),
            About::Named => named(workspace, &remark.message),
            About::Secret(name) => secret(workspace, name),
        }
    }

    /// Where a path leads: in the one manifest or body in which all of it is there.
    fn follow(&self, workspace: &Workspace, steps: &[Step]) -> Option<Place> {
        let is_of_manifest = matches!(steps, [Step::Key(_), Step::Index(_), ..]);
        let mut found = Vec::new();
        for (id, parse) in &self.parses {
            for root in parse.tree.documents(*id, workspace.sources.get(*id)).iter() {
                let roots = if root.is_object() { vec![root] } else { root.items().collect() };
                found.extend(roots.into_iter().filter_map(|root| walk(root, steps)));
            }
        }
        if let [one] = found[..] {
            return Some(one);
        }
        // A manifest has lists of resources, which a body may have too.
        let manifests = workspace.manifests.iter().map(|manifest| manifest.origin.span);
        let manifests: Vec<Span> = manifests.filter(|_| is_of_manifest).collect();
        found.retain(|place| manifests.iter().any(|span| span.file == place.whole.file && span.start <= place.whole.start));
        match found[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// The place of a path below a root: the name of what it leads to, where that has one, else its beginning.
fn walk(root: Node<'_>, steps: &[Step]) -> Option<Place> {
    let mut node = root;
    let mut key = None;
    for step in steps {
        node = match step {
            Step::Key(name) => {
                let member = node.member(name)?;
                key = Some(member.key.span());
                member.value
            }
            Step::Index(at) => {
                key = None;
                node.items().nth(*at)?
            }
        };
    }
    let name = ["name", "stage_name"].iter().find_map(|name| node.get(name)).or_else(|| {
        let names = node.is_object().then(|| node.members().find(|member| member.key.text().ends_with("_name")));
        names.flatten().map(|member| member.value)
    });
    let first = || node.is_object().then(|| node.members().next().map(|member| member.key.span())).flatten();
    let shown = name.map(Node::span).or(key).or_else(first).unwrap_or(node.span());
    Some(Place { shown, whole: node.span() })
}

/// The one definition whose name stands in quotes in a sentence; of several, the one of the kind that the sentence tells of.
fn named(workspace: &Workspace, sentence: &str) -> Option<Place> {
    let quoted: Vec<&str> = ['`', '\'', '"'].into_iter().flat_map(|quote| sentence.split(quote).skip(1).step_by(2)).collect();
    let candidates = workspace
        .resources()
        .filter(|((noun, _), origin)| *noun != Noun::Manifest && origin.form != Form::Answer && quoted.contains(&origin.name()));
    let candidates: Vec<_> = candidates.collect();
    let is_told = |noun: Noun| sentence.to_ascii_lowercase().contains(noun.name());
    let told: Vec<_> = candidates.iter().filter(|((noun, _), _)| is_told(*noun)).collect();
    match (&candidates[..], &told[..]) {
        ([(_, origin)], _) | (_, [(_, origin)]) => Some(Place { shown: origin.place(), whole: origin.span }),
        _ => None,
    }
}

/// The first place where a secret is referred to.
fn secret(workspace: &Workspace, name: &str) -> Option<Place> {
    let mut placeholders = workspace.files.iter().flat_map(|file| &file.placeholders);
    let found = placeholders.find(|one| one.part.root == Root::Secret && one.part.path == name)?;
    let span = workspace.sources.part(&found.text, found.part.whole.clone());
    Some(Place { shown: span, whole: span })
}
