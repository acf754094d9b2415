//! Collections that read each other in a circle, buckets that are filled from themselves, and clusterings that group each other.

use super::{Check, Group, Report, Rule, words};
use crate::definitions::SourceAdapter;
use crate::diagnostic::Severity;
use crate::text::{ShortText, Span, Spanned};
use crate::workspace::{Facts, Link, Reader, Workspace};

pub(super) static RULE: Rule = Rule {
    name: "source-cycle",
    severity: Severity::Error,
    group: Group::Links,
    summary: "collections read each other in a circle, a bucket is filled from itself, or clusterings group each other",
    docs: include_str!("../../docs/rules/source-cycle.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let workspace = facts.workspace;
    let name = |reader: Reader| format!("`{}`", workspace.reader(reader).name());
    for cycle in &workspace.cycles {
        let Some(&first) = cycle.first() else { continue };
        let next = |at: usize| cycle[(at + 1) % cycle.len()];
        let mut chain: Vec<String> = cycle.iter().take(words::SHOWN).map(|&reader| name(reader)).collect();
        if let Some(more @ 1..) = cycle.len().checked_sub(words::SHOWN) {
            chain.push(format!("{more} more"));
        }
        chain.push(name(first));
        let (message, help) = match (first, cycle.len()) {
            (Reader::Bucket(_), 1) => {
                (format!("The bucket {} is filled from itself.", chain[0]), "Let its source adapter read another bucket.")
            }
            (Reader::Bucket(_), _) => (
                format!("The bucket {} is filled from what is made of its own objects: {}.", chain[0], chain.join(" → ")),
                "Let its source adapter read something outside of the circle.",
            ),
            (Reader::Cluster(_), 1) => {
                (format!("The clustering {} groups itself.", chain[0]), "Let it group collections, or another clustering.")
            }
            (Reader::Cluster(_), _) => (
                format!("The clusterings {} group each other in a circle, so none of them can run.", chain.join(" → ")),
                "Let one of them group collections, or a clustering outside of the circle.",
            ),
            (Reader::Collection(_), 1) => {
                (format!("The collection {} reads itself.", chain[0]), "Let it read a bucket, or another collection.")
            }
            (Reader::Collection(_), _) => (
                format!("The collections {} read each other in a circle, so none of them can be built.", chain.join(" → ")),
                "Let one of them read a bucket, or a collection outside of the circle.",
            ),
        };
        let does = if matches!(first, Reader::Cluster(_)) { "groups" } else { "reads" };
        let finding = report.add(reading(workspace, first, next(0)), format!("{does} {}", chain[1]), message);
        for (at, &reader) in cycle.iter().enumerate().take(words::SHOWN).skip(1) {
            finding.related(reading(workspace, reader, next(at)), format!("{} {does} {}", chain[at], chain[at + 1]));
        }
        // The data goes against the direction of reading.
        let way = finding.related.iter().rev().cloned().collect();
        finding.lineage(way).help(help);
    }
}

/// Where a definition says that it reads another one.
fn reading(workspace: &Workspace, reader: Reader, read: Reader) -> Span {
    let (links, references) = match reader {
        Reader::Cluster(number) => {
            let cluster = &workspace.clusters[number];
            let is_it = |name: &&Spanned<ShortText>| workspace.cluster(name).map(Reader::Cluster) == Some(read);
            return cluster.clusters.iter().find(is_it).map_or_else(|| cluster.origin.place(), |name| name.span);
        }
        Reader::Collection(id) => (&workspace.links[id], &workspace.collections[id].source.references[..]),
        Reader::Bucket(id) => {
            let adapter = workspace.buckets[id].source_adapter.as_deref();
            (&workspace.adapter_links[id], adapter.and_then(SourceAdapter::reads).map_or(&[][..], |(_, references)| references))
        }
    };
    let leads = |link: &Link| match link {
        Link::Collection(id, _) => read == Reader::Collection(*id),
        Link::Bucket(id, _) => read == Reader::Bucket(*id),
        Link::None(_) => false,
    };
    let mut places = links.iter().zip(references).filter(|(link, _)| leads(link)).map(|(_, reference)| reference.span);
    places.next().unwrap_or_else(|| workspace.reader(reader).place())
}
