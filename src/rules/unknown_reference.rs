//! Names of resources that nothing has, beside the sources of collections.

use std::collections::{HashMap, HashSet};

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::{Form, Noun, Origin};
use crate::diagnostic::{Diagnostic, Severity};
use crate::suggest;
use crate::text::FileId;
use crate::workspace::{By, Facts, Referring, Target, Workspace, kind_of_id};

pub(super) static RULE: Rule = Rule {
    name: "unknown-reference",
    severity: Severity::Error,
    group: Group::Links,
    summary: "a definition names a resource that is not defined",
    docs: include_str!("../../docs/rules/unknown-reference.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    set_links(facts.workspace, report);
    let workspace = facts.workspace;
    // What an answer names, the service has looked up.
    let written = || workspace.references().filter(|referring| referring.origin.form != Form::Answer);
    check_namespaces(workspace, written().filter(|referring| referring.reference.to == Noun::Namespace), report);
    for referring in written().filter(|referring| referring.reference.to != Noun::Namespace) {
        let (kind, name) = (referring.reference.to, referring.reference.name.value.as_str());
        match referring.target {
            Target::LiveId | Target::Found(_, By::Slug) => {
                if let Some(other) = kind_of_id(name).filter(|other| *other != kind) {
                    let message = format!("`{name}` is the id of {}, and {} is named here.", words::a(other), words::a(kind));
                    let finding = report.add(referring.reference.name.span, format!("not {}", words::a(kind)), message);
                    finding.at_most(Severity::Warning).help(format!("Write the name or the id of {}.", words::a(kind)));
                }
            }
            Target::Ambiguous(first, second) => {
                let origin = |number: usize| workspace.origin((kind, number));
                let message = format!(
                    "Two {} are named `{name}`, and neither is nearer: which of them is meant is not checked.",
                    words::several(kind)
                );
                let finding = report.add(referring.reference.name.span, "one of several", message);
                finding.at_most(Severity::Info).related(origin(*first).place(), "one is here");
                finding.related(origin(*second).place(), "another one is here");
            }
            Target::Unknown { elsewhere: Some(there), .. } => {
                if !workspace.is_in_unknown_namespace(referring.origin) {
                    in_another_namespace(&referring, workspace.origin((kind, *there)), report);
                }
            }
            Target::Unknown { near, other, .. } => {
                if near.is_some() || other.is_some() || must_be_here(workspace, &referring) {
                    unknown(workspace, &referring, report);
                }
            }
            Target::Found(..) | Target::External | Target::Placeholder | Target::Unreadable | Target::Deleted(_) => {}
        }
    }
}

/// Whether a name that is like no other is a mistake nevertheless. Connections are made for the whole organization, and most often
/// by hand. In a body it may be an id, where the form of these is not well known.
fn must_be_here(workspace: &Workspace, referring: &Referring<'_>) -> bool {
    match referring.reference.to {
        Noun::Connection => !workspace.connections.is_empty(),
        Noun::Alert | Noun::Cluster => referring.origin.form == Form::Manifest,
        _ => true,
    }
}

/// A namespace is most often named by all resources of a manifest, and is wrong once.
fn check_namespaces<'w>(workspace: &'w Workspace, named: impl Iterator<Item = Referring<'w>>, report: &mut Report) {
    if !workspace.declares_namespaces() {
        return;
    }
    let mut by_file: HashMap<(FileId, &str), usize> = HashMap::new();
    let mut missing: Vec<Vec<Referring<'w>>> = Vec::new();
    for referring in named.filter(|referring| matches!(referring.target, Target::Unknown { .. })) {
        let place = (referring.reference.name.span.file, referring.reference.name.value.as_str());
        let number = *by_file.entry(place).or_insert(missing.len());
        match missing.get_mut(number) {
            Some(same) => same.push(referring),
            None => missing.push(vec![referring]),
        }
    }
    for mut same in missing {
        same.sort_by_key(|referring| referring.reference.name.span);
        let [first, others @ ..] = &same[..] else { continue };
        let finding = unknown(workspace, first, report);
        for other in others.iter().take(words::SHOWN) {
            finding.related(other.reference.name.span, "named here too");
        }
        let file = first.reference.name.span.file;
        let is_here = |origin: &Origin| origin.span.file == file && origin.form == Form::Manifest;
        // A manifest without namespaces of its own may be meant for one that is there already.
        if !workspace.namespaces.iter().any(|namespace| is_here(&namespace.origin)) {
            finding.at_most(Severity::Warning);
        }
    }
}

/// Nothing of the kind has the name.
fn unknown<'r>(workspace: &Workspace, referring: &Referring<'_>, report: &'r mut Report) -> &'r mut Diagnostic {
    let (kind, noun) = (referring.reference.to, referring.reference.to.name());
    let wanted = referring.reference.name.value.as_str();
    let (near, other) = match referring.target {
        Target::Unknown { near, other, .. } => (*near, *other),
        _ => (None, None),
    };
    let message = match other {
        Some(other) => format!("`{wanted}` is {}, not {}.", words::a(other.0), words::a(kind)),
        None => format!("No {noun} in these files is named `{wanted}`."),
    };
    let finding = report.add(referring.reference.name.span, format!("no such {noun}"), message);
    soften(finding, referring);
    if let Some(other) = other {
        finding.related(workspace.origin(other).place(), format!("this is {}", words::a(other.0)));
        finding.help(format!("Write the name of {}.", words::a(kind)));
    } else if let Some(near) = near.map(|number| workspace.origin((kind, number))) {
        let case = if near.name().eq_ignore_ascii_case(wanted) { " Letter case counts." } else { "" };
        finding.related(near.place(), format!("the {noun} with the nearest name"));
        finding.help(format!("Did you mean `{}`?{case}", near.name()));
        finding.fix(rewrite::perhaps_path(&workspace.sources, &referring.reference.name, near.name()));
    } else if referring.origin.form == Form::Manifest {
        finding.help(format!(
            "Declare it under `{}`, or, where it lives elsewhere, name it under `external` in `mixlint.yaml`.",
            words::several(kind)
        ));
    }
    words::unless_made_of_labels(finding, workspace, kind);
    finding
}

fn in_another_namespace(referring: &Referring<'_>, there: &Origin, report: &mut Report) {
    let (noun, wanted) = (referring.reference.to.name(), referring.reference.name.value.as_str());
    let (Some(own), Some(other)) = (&referring.origin.namespace, &there.namespace) else { return };
    let message = format!(
        "The {noun} `{wanted}` is in namespace `{}`; this {} is in `{}`, and what it names is looked up there.",
        other.value,
        referring.by.0.name(),
        own.value
    );
    let finding = report.add(referring.reference.name.span, format!("not in `{}`", own.value), message);
    soften(finding, referring);
    finding.related(own.span, format!("the namespace of this {}", referring.by.0.name()));
    finding.related(there.place(), format!("`{wanted}` is in `{}`", other.value)).help("Move one of them.");
}

/// Only a manifest has to declare all that it names; a body may name what exists in the service. Connections belong to the
/// organization, and where a manifest has its seeds, steps and triggers is not all published.
fn soften(finding: &mut Diagnostic, referring: &Referring<'_>) {
    let is_loose = referring.reference.to == Noun::Connection || referring.by.0 == Noun::Manifest;
    if referring.origin.form != Form::Manifest || is_loose {
        finding.at_most(Severity::Warning);
    }
}

/// What the configuration links, and what is not defined here.
fn set_links(workspace: &Workspace, report: &mut Report) {
    let collections: HashSet<&str> = workspace.collections.iter().map(|collection| collection.origin.name()).collect();
    let buckets: HashSet<&str> = workspace.buckets.iter().map(|bucket| bucket.origin.name()).collect();
    let of_collections = workspace.set_links.iter().map(|(collection, _)| ("collection", collection, &collections));
    let of_buckets = workspace.set_links.iter().map(|(_, bucket)| ("bucket", bucket, &buckets));
    for (kind, name, defined) in of_collections.chain(of_buckets).filter(|(_, name, defined)| !defined.contains(&*name.value)) {
        let message = format!("The configuration links the {kind} `{}`, and no {kind} of this name is defined here.", name.value);
        let finding = report.add(name.span, "nothing has this name", message);
        finding.at_most(Severity::Warning);
        if let Some(near) = suggest::nearest(&name.value, defined.iter().copied()) {
            finding.help(format!("Did you mean `{near}`?"));
        }
    }
}
