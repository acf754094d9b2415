//! Paths that begin with the name of something that is no field.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::diagnostic::Severity;
use crate::path::FieldPath;
use crate::resolve::{Resolution, resolve};
use crate::workspace::{Facts, Lookup};

pub(super) static RULE: Rule = Rule {
    name: "path-prefix",
    severity: Severity::Error,
    group: Group::Mappings,
    summary: "a path begins with a name that is no field, such as `payload` or `metadata`",
    docs: include_str!("../../docs/rules/path-prefix.md"),
    check: Check::All(check),
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for used in facts.failing_uses() {
        let Lookup::Resolved { schema, guess, resolution: Resolution::Prefixed { segments }, .. } = &used.lookup else {
            continue;
        };
        let path = used.field_path();
        let prefix = path.between(0, *segments);
        let field = path.between(*segments, path.len());
        let place = facts.workspace.sources.part(used.path(), 0..path.range(*segments).start);
        let finding = if prefix == "metadata" {
            let message =
                format!("{}: `{field}` is declared at the root of the schema, not below `metadata`.", words::missing(path.text));
            let label = if schema.fields.get(prefix).is_some() { "not declared below this" } else { "no such object" };
            report.add(place, label, message)
        } else {
            // The service's own pages write these, and some of its forms take them off again.
            let message = format!("`{prefix}.` is no part of a field path: the field is `{field}`.");
            let finding = report.add(place, "no part of the path", message);
            finding.at_most(Severity::Warning)
        };
        words::looked_up_in(finding, facts, used, schema, None);
        finding.help(format!("Write `{field}`."));
        let leads = |path: FieldPath<'_>| matches!(resolve(schema, &path), Resolution::Field(_) | Resolution::Open);
        if FieldPath::parse(field).is_ok_and(leads) {
            finding.fix(rewrite::surely(&facts.workspace.sources, used.path().span, field));
        }
        words::soften(finding, facts, used, guess.as_deref());
    }
}
