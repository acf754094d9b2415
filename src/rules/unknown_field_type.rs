//! Fields of a type that there is not.

use super::words::rewrite;
use super::{Check, Group, Report, Rule, words};
use crate::definitions::types::{self, Kin, Misnamed};
use crate::diagnostic::Severity;
use crate::workspace::{DeclaredSchema, Facts};

pub(super) static RULE: Rule = Rule {
    name: "unknown-field-type",
    severity: Severity::Error,
    group: Group::Schema,
    summary: "a field has a type that the service does not have",
    docs: include_str!("../../docs/rules/unknown-field-type.md"),
    check: Check::Schema(check),
};

fn check(facts: &Facts<'_>, schema: &DeclaredSchema<'_>, report: &mut Report) {
    for declared in &schema.fields {
        let Some(written) = &declared.declaration.type_name else { continue };
        if declared.field.kind.is_known() && declared.field.kind.name() == written.value {
            continue;
        }
        let Some(misnamed) = types::misnamed(&written.value) else { continue };
        let name = words::visible(&written.value);
        let message = match &misnamed {
            _ if name.trim().is_empty() => format!("The type of `{}` is empty.", declared.field.name),
            Misnamed::LetterCase(_) => format!("`{name}` is no field type: types are written in lower case."),
            Misnamed::LookAlike(known) => match known.is {
                Kin::Gone => format!("`{name}` is no field type any more: the service dropped it in December 2025."),
                Kin::PayloadIndex => format!("`{name}` is a type of payload indexes, not of fields."),
                Kin::RetrieverInput => format!("`{name}` is a type of retriever inputs, not of fields."),
                Kin::Stranger => format!("`{name}` is no field type."),
            },
            Misnamed::Unknown(_) => format!("`{name}` is no field type."),
        };
        let (sources, wanted) = (&facts.workspace.sources, written.value.as_str());
        let fix = match &misnamed {
            Misnamed::LetterCase(kind) => rewrite::surely(sources, written.span, kind),
            Misnamed::LookAlike(known) if known.meant.len() == 1 => rewrite::perhaps(
                rewrite::write(known.meant[0]),
                rewrite::word(sources, written.span, known.meant[0]).map(|edit| vec![edit]),
            ),
            Misnamed::Unknown(Some(near)) => rewrite::slip(sources, written.span, (wanted, near), types::ALL),
            _ => None,
        };
        let help = match misnamed {
            Misnamed::LetterCase(kind) => format!("Write `{kind}`."),
            Misnamed::LookAlike(known) => match known.meant {
                [] => "There is no type for nothing: leave `required` out, and the field may be absent.".to_owned(),
                [one] => format!("Write `{one}`."),
                several => format!("Write {}, whichever the field holds.", words::series(several, "or")),
            },
            Misnamed::Unknown(Some(near)) => format!("Did you mean `{near}`?"),
            Misnamed::Unknown(None) => format!("The types are {}.", words::series(&types::ALL, "and")),
        };
        report.add(written.span, "no field type", message).help(help).fix(fix);
    }
}
