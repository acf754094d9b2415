//! How a field got lost, and what to do about it.

use super::{named, rewrite};
use crate::definitions::Form;
use crate::diagnostic::{Fix, Label};
use crate::syntax::Format;
use crate::text::{ShortText, Span, Spanned};
use crate::workspace::{Lost, Passing, Step, Workspace};

/// What happened to a field that got lost.
pub(in crate::rules) struct Loss {
    /// What happened, in a few words.
    pub label: String,
    /// The same as a clause, without a full stop.
    pub clause: String,
    /// Where it happened.
    pub place: Span,
    /// What to say there.
    pub here: &'static str,
}

/// What happened to a field on its way to where it is missed under this path. None where no collection changes it.
pub(in crate::rules) fn loss(workspace: &Workspace, lost: &Lost<'_>, path: &str) -> Option<Loss> {
    let step = lost.steps.iter().find(|step| changes(step))?;
    let name = named(workspace, step.tier);
    Some(match step.passing {
        Passing::Entry(entry) => {
            let (output, place) = entry.output();
            let how = if entry.target_path.is_some() { "renames" } else { "flattens" };
            let what = if entry.source_path.value == path { "it" } else { &format!("`{}`", entry.source_path.value) };
            let clause = format!("{name} {how} {what} to `{output}`");
            Loss { label: clause.clone(), clause, place, here: "it gets its new name here" }
        }
        Passing::Whole | Passing::Dropped => {
            let tier = &workspace.collections[step.tier];
            let passed = tier.extractors.iter().find_map(|extractor| extractor.field_passthrough_span);
            let (place, here) = match passed {
                Some(span) => (span, "it is not among the fields that are passed on here"),
                None => (tier.origin.place(), "this collection passes no fields on"),
            };
            let clause = format!("the source of {name} has it, but {name} does not pass it on");
            Loss { label: format!("lost in {name}"), clause, place, here }
        }
    })
}

/// What becomes of the field in each collection on the way.
pub(in crate::rules) fn way(workspace: &Workspace, lost: &Lost<'_>) -> Vec<Label> {
    let declared = lost.field.span.map(|span| Label { span, message: "declared here".to_owned() });
    let step = |step: &Step<'_>| {
        let (name, place) = (named(workspace, step.tier), workspace.collections[step.tier].origin.place());
        let (span, message) = match step.passing {
            Passing::Whole => (place, format!("{name} passes it on")),
            Passing::Entry(entry) => (entry.output().1, format!("{name} passes it on through `{}`", entry.output().0)),
            Passing::Dropped => (place, format!("{name} does not pass it on")),
        };
        Label { span, message }
    };
    declared.into_iter().chain(lost.steps.iter().map(step)).collect()
}

/// Whether the field does not leave a collection under the path that it came in under.
fn changes(step: &Step<'_>) -> bool {
    match step.passing {
        Passing::Whole => false,
        Passing::Entry(entry) => entry.output().0 != entry.source_path.value,
        Passing::Dropped => true,
    }
}

/// The changes of the texts that bring a field back: the name that it arrives as, and what each collection has to pass on, where
/// that passes something on already.
pub(in crate::rules) fn regained(workspace: &Workspace, lost: &Lost<'_>, written: &Spanned<ShortText>) -> Option<Fix> {
    let sources = &workspace.sources;
    let mut edits = Vec::new();
    for step in lost.steps.iter().filter(|step| matches!(step.passing, Passing::Dropped)) {
        let tier = &workspace.collections[step.tier];
        let [extractor] = &tier.extractors[..] else { return None };
        let last = extractor.field_passthrough.last().filter(|_| tier.origin.form != Form::Answer)?;
        // A list may hold bare paths; an entry is written like the one before it.
        let entry = sources.slice(last.span).replacen(last.source_path.value.as_str(), &step.path, 1);
        let is_bare = last.span == last.source_path.span;
        let entry = match Format::of(sources.get(last.span.file)) {
            _ if is_bare => entry,
            Format::Yaml => format!("{{ source_path: {} }}", step.path),
            Format::Json | Format::Jsonc | Format::JsonLines => format!("{{ \"source_path\": \"{}\" }}", step.path),
        };
        edits.push(rewrite::item_after(sources, last.span, &entry));
    }
    let title = match edits.is_empty() {
        true => rewrite::write(&lost.arrives_as),
        false => format!("Pass `{}` on", lost.steps.first()?.path),
    };
    if lost.arrives_as != written.value {
        edits.push(rewrite::word(sources, written.span, &lost.arrives_as)?);
    }
    edits.sort_by_key(|edit| edit.span);
    rewrite::perhaps(title, Some(edits).filter(|edits| !edits.is_empty()))
}

/// What every collection on the way has to pass on, and what to write then.
pub(in crate::rules) fn regain(workspace: &Workspace, lost: &Lost<'_>, written: &str) -> String {
    let mut additions: Vec<(&str, Vec<String>)> = Vec::new();
    for step in lost.steps.iter().filter(|step| matches!(step.passing, Passing::Dropped)) {
        let name = format!("of {}", named(workspace, step.tier));
        match additions.last_mut() {
            Some((path, names)) if *path == step.path => names.push(name),
            _ => additions.push((&step.path, vec![name])),
        }
    }
    let entry = |(path, names): &(&str, Vec<String>)| {
        format!("`{{ \"source_path\": \"{path}\" }}` to the `field_passthrough` {}", names.join(" and "))
    };
    let added: Vec<String> = additions.iter().map(entry).collect();
    match (added.is_empty(), lost.arrives_as == written) {
        (true, _) => format!("Write `{}`.", lost.arrives_as),
        (false, true) => format!("Add {}.", added.join(" and ")),
        (false, false) => format!("Add {}, and write `{}`.", added.join(" and "), lost.arrives_as),
    }
}
