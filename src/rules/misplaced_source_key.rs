//! Keys of a source that belong to a source of the other kind.

use super::words::entries;
use super::{Check, Group, Report, Rule};
use crate::definitions::{Form, SourceKind};
use crate::diagnostic::Severity;
use crate::workspace::Facts;

pub(super) static RULE: Rule = Rule {
    name: "misplaced-source-key",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "a source has a key that means something only for a source of the other kind",
    docs: include_str!("../../docs/rules/misplaced-source-key.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for collection in facts.workspace.collections.iter().filter(|collection| collection.origin.form != Form::Answer) {
        let source = &collection.source;
        for key in &source.misplaced {
            let (own, other) =
                if source.kind == SourceKind::Collection { ("collection", "bucket") } else { ("bucket", "collection") };
            let message = format!("`{}` belongs to a source of type `{other}`, and this one has the type `{own}`.", key.value);
            let finding = report.add(key.span, format!("only for type `{other}`"), message);
            finding.fix(entries::without(facts, key.span, &key.value));
            if source.kind == SourceKind::Collection {
                finding.help("Remove it: a collection reads collections of its own namespace only.");
            } else {
                // The platform computes it in any case.
                finding.at_most(Severity::Warning).help("Remove it: for collections the platform computes it.");
            }
            if let Some(name) = &source.type_name {
                finding.related(name.span, "the type is set here");
            }
        }
    }
}
