//! Feature extractors as collections use them, beside what the catalogue says of them.

use super::{CollectionId, Facts, Guess, Lookup, Site, Workspace};
use crate::definitions::{FeatureExtractor, Field, Schema, Value};
use crate::extractors::{Confidence, Extractor, Input, Known};
use crate::path::is_template;
use crate::resolve::Resolution;
use crate::suggest::{self, Wanted};
use crate::text::{ShortText, Span, Spanned};

/// A feature extractor of a collection.
#[derive(Debug)]
pub struct Used<'w> {
    /// The collection.
    pub collection: CollectionId,
    /// As it is written.
    pub written: &'w FeatureExtractor,
    /// What its name and version stand for.
    pub known: Known<'w>,
}

/// What a key of input mappings feeds.
#[derive(Debug)]
pub enum Fed<'w> {
    /// This input.
    Input(&'w Input),
    /// None of its inputs; the names of those that were perhaps meant.
    Other(Vec<&'w str>),
    /// Nothing can be said.
    Undecided,
}

/// A field that feeds an input.
#[derive(Debug)]
pub struct Feeding<'w> {
    /// The collection.
    pub collection: CollectionId,
    /// The extractor.
    pub extractor: &'w Extractor,
    /// The input.
    pub input: &'w Input,
    /// The name that the input has here.
    pub name: &'w str,
    /// The field.
    pub field: &'w Field,
    /// The schema that its path was looked up in.
    pub schema: &'w Schema,
    /// The guess that this rests on.
    pub guess: Option<Guess>,
    path: &'w Spanned<ShortText>,
}

impl<'w> Feeding<'w> {
    /// The path of the field, as written.
    pub fn path(&self) -> &'w str {
        &self.path.value
    }

    /// Where the path is written.
    pub fn place(&self) -> Span {
        self.path.span
    }
}

impl<'w> Facts<'w> {
    /// Every field that feeds an input of an extractor of the catalogue.
    pub fn feedings(&self) -> impl Iterator<Item = Feeding<'w>> {
        self.uses.iter().filter_map(|found| {
            let used = &self.extractors[found.extractor?];
            let Site::Input(mapping) = found.site else { return None };
            let Lookup::Resolved { resolution: Resolution::Field(field), schema, guess, .. } = &found.lookup else { return None };
            let Fed::Input(input) = used.fed(&mapping.input.value) else { return None };
            let (collection, extractor) = (found.collection, used.catalogued()?);
            let name = &mapping.input.value;
            Some(Feeding {
                collection,
                extractor,
                input,
                name,
                field,
                schema,
                guess: guess.as_deref().copied(),
                path: &mapping.path,
            })
        })
    }
}

impl<'w> Used<'w> {
    pub(super) fn new(workspace: &'w Workspace, collection: CollectionId, written: &'w FeatureExtractor) -> Used<'w> {
        let name = written.name.as_ref().map_or("", |name| &name.value);
        let version = written.version.as_ref().map(|version| version.value.as_str());
        Used { collection, written, known: workspace.catalogue.identify(name, version) }
    }

    /// The extractor, when the catalogue has it.
    pub fn catalogued(&self) -> Option<&'w Extractor> {
        match self.known {
            Known::Catalogued(extractor) => Some(extractor),
            _ => None,
        }
    }

    /// The name as written.
    pub fn name(&self) -> Option<&'w Spanned<ShortText>> {
        self.written.name.as_ref()
    }

    /// What a parameter is set to.
    pub fn parameter(&self, name: &str) -> Option<&'w Value> {
        self.written.parameters.as_ref()?.get(name)
    }

    /// The name that an input has here: a parameter may give it another one. None when that is filled in later.
    pub fn name_of(&self, input: &'w Input) -> Option<&'w str> {
        let given = input.named_by.as_deref().and_then(|parameter| self.parameter(parameter)).and_then(Value::as_str);
        match given {
            Some(name) if is_template(name) => None,
            Some(name) => Some(name),
            None => Some(&input.name),
        }
    }

    /// What the key `name` of the input mappings feeds.
    pub fn fed(&self, name: &str) -> Fed<'w> {
        let Some(extractor) = self.catalogued().filter(|_| !name.is_empty() && !is_template(name)) else { return Fed::Undecided };
        if extractor.inputs.iter().any(|input| self.name_of(input).is_none()) {
            return Fed::Undecided;
        }
        let named = || extractor.inputs.iter().filter_map(|input| Some((self.name_of(input)?, input)));
        if let Some((_, input)) = named().find(|(here, _)| *here == name) {
            return Fed::Input(input);
        }
        let renamed = named().filter(|(_, input)| input.name == name).map(|(here, _)| here);
        let aliases = extractor.input_aliases.iter().filter(|(alias, _)| alias == name).flat_map(|(_, inputs)| inputs);
        let here = |input: &String| named().find(|(_, known)| known.name == *input).map(|(here, _)| here);
        let meant: Vec<&str> = renamed.chain(aliases.filter_map(here)).collect();
        if !meant.is_empty() {
            return Fed::Other(meant);
        }
        let names = || named().map(|(here, _)| here);
        if !extractor.has_more_inputs {
            return Fed::Other(suggest::nearest(name, names()).into_iter().collect());
        }
        // Of an input that only the service may know, the same letters in another spelling are all that tells a slip.
        let spelled = Wanted::new(name).and_then(|wanted| names().find(|here| wanted.near(here) == Some(0)));
        spelled.map_or(Fed::Undecided, |here| Fed::Other(vec![here]))
    }

    /// The inputs that must be fed and are not, where that is known: all of the first, and one of the second.
    pub fn missing(&self) -> Option<(Vec<&'w str>, Vec<&'w str>, Confidence)> {
        let extractor = self.catalogued()?;
        let requirement = extractor.requirement.as_ref()?;
        let here = |name: &'w String| extractor.input(name).map_or(Some(name.as_str()), |input| self.name_of(input));
        let is_fed = |name: &&str| self.written.inputs.iter().any(|fed| fed.value == **name);
        let all_of: Vec<&str> = requirement.all_of.iter().map(here).collect::<Option<_>>()?;
        let any_of: Vec<&str> = requirement.any_of.iter().map(here).collect::<Option<_>>()?;
        let any_of = if any_of.iter().any(&is_fed) { Vec::new() } else { any_of };
        let all_of: Vec<&str> = all_of.into_iter().filter(|name| !is_fed(name)).collect();
        (!all_of.is_empty() || !any_of.is_empty()).then_some((all_of, any_of, requirement.confidence))
    }
}
