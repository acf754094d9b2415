//! The variables in the templates of retrievers, and the inputs that these use.

use std::collections::HashSet;

use super::{Facts, Workspace};
use crate::definitions::{Braces, Data, Form, InputSchema, Retriever, Root, Stage, TemplatePart, Value, template_parts};
use crate::text::{ShortText, Span, Spanned};

/// A variable in a template of a retriever.
#[derive(Debug)]
pub struct Variable<'w> {
    /// The number of the retriever.
    pub retriever: usize,
    /// The number of the stage that it stands in.
    pub stage: usize,
    /// The text that it stands in.
    pub text: Spanned<ShortText>,
    /// The variable.
    pub part: TemplatePart,
    /// The stage.
    pub of: &'w Stage,
}

impl Variable<'_> {
    /// The first part of what is asked of it: the name of an input, or of a field.
    pub fn name(&self) -> &str {
        self.part.path.split(['.', '[']).next().unwrap_or_default()
    }

    /// Where the variable stands, without its braces.
    pub fn place(&self, workspace: &Workspace) -> Span {
        workspace.sources.part(&self.text, self.part.range.clone())
    }

    /// Where it stands, with its braces.
    pub fn whole(&self, workspace: &Workspace) -> Span {
        workspace.sources.part(&self.text, self.part.whole.clone())
    }
}

/// The variables of all retrievers that somebody wrote, in the order of the text: what stands in an answer, the service has taken.
pub(super) fn variables(workspace: &Workspace) -> Vec<Variable<'_>> {
    let mut found = Vec::new();
    let written = workspace.retrievers.iter().enumerate().filter(|(_, retriever)| retriever.origin.form != Form::Answer);
    for (number, retriever) in written {
        for (at, stage) in retriever.stages.iter().enumerate() {
            let mut add = |text: &ShortText, span: Span| {
                let parts = template_parts(text).into_iter().filter(|part| part.braces != Braces::Manifest);
                let text = || Spanned { value: text.clone(), span };
                found.extend(parts.map(|part| Variable { retriever: number, stage: at, text: text(), part, of: stage }));
            };
            texts(&stage.body, &mut add);
        }
    }
    found
}

/// Calls `visit` with every string in a value, in the order of the text.
fn texts(value: &Value, visit: &mut dyn FnMut(&ShortText, Span)) {
    match &value.data {
        Data::String(text) => visit(text, value.span),
        Data::Array(items) => items.iter().for_each(|item| texts(item, visit)),
        Data::Object(entries) => entries.iter().for_each(|entry| texts(&entry.value, visit)),
        _ => {}
    }
}

impl<'w> Facts<'w> {
    /// Every variable of an input that its retriever surely does not declare, with what it does declare.
    pub fn undeclared_inputs(&self) -> impl Iterator<Item = (&Variable<'w>, &'w InputSchema)> {
        let of_inputs = self.variables.iter().filter(|one| one.part.root == Root::Input && one.part.braces == Braces::Double);
        of_inputs.filter(|variable| !variable.name().is_empty()).filter_map(|variable| {
            let retriever = &self.workspace.retrievers[variable.retriever];
            let schema = retriever.input_schema.as_ref().filter(|schema| schema.is_complete)?;
            retriever.input(variable.name()).is_none().then_some((variable, schema))
        })
    }
}

impl Workspace {
    /// The names of the inputs that the stages of a retriever use: in templates, and where a path such as `INPUT.user` stands without
    /// braces.
    pub fn used_inputs(&self, retriever: &Retriever) -> HashSet<ShortText> {
        let mut used = HashSet::new();
        let mut add = |text: &str| {
            let of_inputs = template_parts(text).into_iter().filter(|part| part.root == Root::Input);
            let filled_in = of_inputs.filter(|part| part.braces == Braces::Double);
            used.extend(filled_in.map(|part| first(&part.path).into()));
            let bare = text.split_once('.').filter(|(root, _)| matches!(root.to_ascii_lowercase().as_str(), "input" | "inputs"));
            used.extend(bare.map(|(_, path)| first(path).into()));
        };
        for stage in &retriever.stages {
            texts(&stage.body, &mut |text, _| add(text));
        }
        used.extend(retriever.stages.iter().flat_map(named_inputs));
        used
    }
}

fn first(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

/// The inputs that a stage names as keys of its `multimodal_inputs`.
fn named_inputs(stage: &Stage) -> impl Iterator<Item = ShortText> {
    let entries = stage.parameter("multimodal_inputs").into_iter().flat_map(Value::entries);
    entries.map(|entry| entry.key.value.clone())
}
