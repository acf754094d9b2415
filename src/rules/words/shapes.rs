//! What the rules about the shape of definitions have in common.

use crate::shape::{Misfit, Name};
use crate::syntax::Format;
use crate::text::Span;
use crate::workspace::Facts;

/// Everything that does not have the shape that it should have, in the order of the files.
pub(in crate::rules) fn misfits<'f>(facts: &Facts<'f>) -> impl Iterator<Item = &'f Misfit> {
    facts.workspace.files.iter().flat_map(|file| &file.misfits.list)
}

/// What is defined.
pub(in crate::rules) fn noun(misfit: &Misfit) -> &'static str {
    misfit.noun.name()
}

/// A value, as a sentence begins with it.
pub(in crate::rules) fn subject(misfit: &Misfit) -> String {
    match &misfit.name {
        Name::Body => format!("The {}", noun(misfit)),
        Name::Key(key) => code(key),
        Name::Item(list) => format!("An entry of {}", code(list)),
    }
}

/// A value, inside of a sentence.
pub(in crate::rules) fn object(misfit: &Misfit) -> String {
    match &misfit.name {
        Name::Body => format!("the {}", noun(misfit)),
        Name::Key(key) => code(key),
        Name::Item(list) => format!("an entry of {}", code(list)),
    }
}

/// A text of the user as it can stand in a sentence.
pub(in crate::rules) fn code(text: &str) -> String {
    let short: String = text.chars().take(80).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    format!("`{}{dots}`", super::visible(&short))
}

/// A key with a value that is written in JSON, as it stands in a file of the format that the place is in.
pub(in crate::rules) fn pair(facts: &Facts<'_>, place: Span, key: &str, value: &str) -> String {
    match Format::of(facts.workspace.sources.get(place.file)) {
        Format::Yaml => format!("`{key}: {value}`"),
        Format::Json | Format::Jsonc | Format::JsonLines => format!("`\"{key}\": {value}`"),
    }
}
