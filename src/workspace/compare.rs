//! Where two schemas differ, field by field.

use std::sync::Arc;

use crate::definitions::{Field, FieldType, Fields};

/// How a field of one schema differs from the field of the same name in another.
#[derive(Debug, Clone, Copy)]
pub enum Difference<'w> {
    /// Only the first schema has it.
    OnlyFirst(&'w Field),
    /// Only the second schema has it.
    OnlySecond(&'w Field),
    /// Both types are known, and they are not the same.
    Type(&'w Field, &'w Field),
    /// In one of them every object must have it, in the other one none needs to.
    Required(&'w Field, &'w Field),
}

/// All differences at the root, in the order of the first schema, then of the second one.
pub fn differences<'w>(first: &'w Fields, second: &'w Fields) -> Vec<Difference<'w>> {
    let mut found = Vec::new();
    for one in counted(first) {
        let Some(other) = second.get(&one.name) else {
            found.push(Difference::OnlyFirst(one));
            continue;
        };
        if is_known(&one.kind) && is_known(&other.kind) && one.kind != other.kind {
            found.push(Difference::Type(one, other));
        } else if one.is_required() != other.is_required() {
            found.push(Difference::Required(one, other));
        }
    }
    found.extend(counted(second).filter(|other| first.get(&other.name).is_none()).map(|other| Difference::OnlySecond(other)));
    found
}

/// The fields without those that a later one of the same name takes the place of.
fn counted(fields: &Fields) -> impl Iterator<Item = &Arc<Field>> {
    fields.iter().filter(|field| fields.get(&field.name).is_some_and(|last| Arc::ptr_eq(last, field)))
}

fn is_known(kind: &FieldType) -> bool {
    !matches!(kind, FieldType::Unknown(_))
}

impl Difference<'_> {
    /// Whether no value fits both types. Texts may hold dates and the addresses of files, and numbers are numbers.
    pub fn is_contradiction(&self) -> bool {
        let Difference::Type(one, other) = self else { return false };
        let (one, other) = (family(&one.kind), family(&other.kind));
        one != other && !matches!((one, other), ("text", "date" | "file") | ("date" | "file", "text"))
    }
}

fn family(kind: &FieldType) -> &str {
    match kind.name() {
        "string" | "text" => "text",
        "number" | "integer" | "float" => "number",
        "date" | "datetime" => "date",
        "image" | "audio" | "video" | "pdf" | "excel" => "file",
        other => other,
    }
}
