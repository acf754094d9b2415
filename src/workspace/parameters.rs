//! The parameters of manifests: which of them are declared, where they are used, and the values that are given for them.

use std::collections::{HashMap, HashSet};

use super::Workspace;
use crate::definitions::{Braces, Entry, Manifest, Parameter, Placeholder, Root, Value};
use crate::text::{FileId, Span};

/// A manifest, with its parameters and what uses them.
#[derive(Debug)]
pub struct Parameters<'w> {
    /// The number of the manifest.
    pub manifest: usize,
    /// What it declares.
    pub declared: &'w [Parameter],
    /// The uses in the manifest, in the order of the text.
    pub uses: Vec<ParameterUse<'w>>,
    /// Variables in double braces without a `$`, which look like uses and are none.
    pub lookalikes: Vec<ParameterUse<'w>>,
    /// Whether all that it declares and uses could be read.
    pub is_complete: bool,
    by_name: HashMap<&'w str, &'w Parameter>,
}

/// A place where a parameter is used.
#[derive(Debug, Clone, Copy)]
pub struct ParameterUse<'w> {
    /// The name of the parameter.
    pub name: &'w str,
    /// The variable, and the text that it stands in.
    pub placeholder: &'w Placeholder,
}

impl<'w> Parameters<'w> {
    /// The parameter of this name.
    pub fn find(&self, name: &str) -> Option<&'w Parameter> {
        self.by_name.get(name).copied()
    }
}

impl ParameterUse<'_> {
    /// Where it stands, without its braces.
    pub fn place(&self, workspace: &Workspace) -> Span {
        workspace.sources.part(&self.placeholder.text, self.placeholder.part.range.clone())
    }

    /// Where it stands, with its braces.
    pub fn whole(&self, workspace: &Workspace) -> Span {
        workspace.sources.part(&self.placeholder.text, self.placeholder.part.whole.clone())
    }
}

impl Workspace {
    /// The parameters of every manifest. What stands in a body is not filled in by the service, and is no use.
    pub fn parameters_of_manifests(&self) -> Vec<Parameters<'_>> {
        let mut all: Vec<Parameters<'_>> = self.manifests.iter().enumerate().map(|one| self.parameters_of(one)).collect();
        let mut of_file: HashMap<FileId, Vec<usize>> = HashMap::new();
        for (number, manifest) in self.manifests.iter().enumerate() {
            of_file.entry(manifest.origin.span.file).or_default().push(number);
        }
        for (file, numbers) in of_file {
            let placeholders = self.files.get(file.index()).map(|file| &file.placeholders[..]).unwrap_or_default();
            for placeholder in placeholders.iter().filter(|one| one.part.root == Root::Params) {
                let place = placeholder.text.span;
                let span = |number: usize| self.manifests[number].origin.span;
                let after = numbers.partition_point(|&number| span(number).start <= place.start);
                let Some(&number) = after.checked_sub(1).map(|before| &numbers[before]) else { continue };
                if span(number).end < place.end {
                    continue;
                }
                let name = placeholder.part.path.split(['.', '[']).next().unwrap_or_default();
                let found = ParameterUse { name, placeholder };
                match placeholder.part.braces {
                    Braces::Manifest => all[number].uses.push(found),
                    Braces::Double => all[number].lookalikes.push(found),
                    Braces::Single => {}
                }
            }
        }
        all
    }

    fn parameters_of<'w>(&'w self, (number, manifest): (usize, &'w Manifest)) -> Parameters<'w> {
        Parameters {
            manifest: number,
            declared: &manifest.parameters,
            uses: Vec::new(),
            lookalikes: Vec::new(),
            is_complete: manifest.has_all_parameters && !self.is_broken(manifest.origin.span.file),
            by_name: manifest.parameters.iter().rev().map(|one| (one.name.value.as_str(), one)).collect(),
        }
    }

    /// The values that are given for parameters, by name.
    pub fn given_values(&self) -> &[Entry] {
        self.parameters.as_ref().map_or(&[], Value::entries)
    }

    /// The manifests that the given values are meant for: the only one, or those that declare one of the names.
    pub fn manifests_with_values(&self) -> impl Iterator<Item = &Manifest> {
        let given: HashSet<&str> = self.given_values().iter().map(|entry| entry.key.value.as_str()).collect();
        let is_only = self.manifests.len() == 1;
        let is_meant = move |manifest: &&Manifest| {
            is_only || manifest.parameters.iter().any(|parameter| given.contains(parameter.name.value.as_str()))
        };
        self.manifests.iter().filter(|_| self.parameters.is_some()).filter(is_meant)
    }

    /// Whether a place lies in a file of the project. Values may be given on the command line.
    pub fn has_place(&self, span: Span) -> bool {
        span.file < self.sources.next_id()
    }
}
