//! Which values a field can hold, as far as that is certain.

use super::{Data, Field, FieldType, Value, may_be_date};
use crate::path::is_template;

impl Field {
    /// The part of a value that the field surely cannot hold, with the field that should hold that part: of a list it may be an
    /// item. Null and what is filled in later always fit.
    pub fn misfit<'a>(&'a self, value: &'a Value) -> Option<(&'a Field, &'a Value)> {
        match (&self.kind, &value.data) {
            (FieldType::Unknown(_), _) | (_, Data::Null | Data::Invalid) => None,
            (_, Data::String(text)) if is_template(text) => None,
            (FieldType::Array, Data::Array(list)) => {
                let items = self.items.as_ref()?;
                list.iter().find_map(|item| items.misfit(item))
            }
            (FieldType::Object, Data::Object(entries)) => {
                let fields = self.properties.as_ref()?;
                entries.iter().find_map(|entry| fields.get(&entry.key.value)?.misfit(&entry.value))
            }
            (FieldType::Scalar(kind), data) if holds(kind, data) => None,
            _ => Some((self, value)),
        }
    }
}

/// Whether a value can be of a type that holds one value.
pub fn holds(kind: &str, data: &Data) -> bool {
    match (kind, data) {
        ("string", Data::String(_)) | ("number" | "float", Data::Number(_)) | ("boolean", Data::Bool(_)) => true,
        // 3.0 is a whole number too, and what is no plain number cannot be judged.
        ("integer", Data::Number(text)) => text.parse().is_ok_and(|number: f64| number.fract() == 0.0) || !is_plain(text),
        ("date" | "datetime", Data::String(text)) => may_be_date(text),
        ("text" | "image" | "audio" | "video" | "pdf" | "excel", Data::String(_) | Data::Object(_)) => true,
        _ => false,
    }
}

fn is_plain(number: &str) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) && number.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judges_only_what_is_certain() {
        let text = |text: &str| Data::String(text.into());
        let number = |text: &str| Data::Number(text.into());
        for (kind, data, fits) in [
            ("integer", number("3"), true),
            ("integer", number("3.0"), true),
            ("integer", number("1e3"), true),
            ("integer", number("0x1F"), true),
            ("integer", number("3.5"), false),
            ("integer", text("3"), false),
            ("number", number("3"), true),
            ("string", Data::Bool(true), false),
            ("image", text("https://example.com/a.png"), true),
            ("image", Data::Object(Vec::new()), true),
            ("image", number("1"), false),
            ("date", text("2026-01-31"), true),
            ("date", text("20260131"), true),
            ("date", text("2026-W05-6"), true),
            ("date", text("2026-031"), true),
            ("date", text("2026"), true),
            ("datetime", text("2026-01-31T08:00:00Z"), true),
            ("datetime", text("2026-01-31 08:00"), true),
            ("datetime", text("now"), false),
            ("date", text("31.01.2026"), false),
            ("date", text("01/31/2026"), false),
            ("date", text("2026/01/31"), false),
            ("date", text("2026-31-01"), false),
            ("date", text(""), false),
        ] {
            assert_eq!(holds(kind, &data), fits, "{kind} {data:?}");
        }
    }
}
