//! Feature extractors as collections use them: what feeds their inputs, and what is passed on beside what they write.

use super::schema::entries;
use super::{Entry, Value, gathered, strings, text};
use crate::path::is_template;
use crate::suggest;
use crate::syntax::{Kind, Member, Node};
use crate::text::{ShortText, Span, Spanned};

/// A feature extractor as a collection uses it.
#[derive(Debug)]
pub struct FeatureExtractor {
    /// The whole object.
    pub span: Span,
    /// Its name.
    pub name: Option<Spanned<ShortText>>,
    /// Its version.
    pub version: Option<Spanned<ShortText>>,
    /// The inputs that something feeds, whether a path, a literal or a vector; an input that is named twice stands twice.
    pub inputs: Box<[Spanned<ShortText>]>,
    /// Which source field feeds which input: one entry for each path.
    pub input_mappings: Box<[InputMapping]>,
    /// Where the input mappings stand; none when they are left out or null.
    pub input_mappings_span: Option<Span>,
    /// Whether something in the input mappings could not be read, so that inputs may be fed that are not named here.
    pub has_unreadable_inputs: bool,
    /// The source fields that are passed on to the documents.
    pub field_passthrough: Box<[FieldPassthrough]>,
    /// Where the passthrough stands.
    pub field_passthrough_span: Option<Span>,
    /// Whether something in the passthrough could not be read, so that fields may be passed on that are not named here.
    pub has_unreadable_passthrough: bool,
    /// Whether all source fields are passed on, where that is said.
    pub include_all_source_fields: Option<bool>,
    /// The parameters that are set.
    pub parameters: Option<Value>,
    /// The parameters that are fixed when the namespace is made, and decide the dimensions of vectors.
    pub params: Option<Value>,
    /// The keys that no extractor has: they are taken and ignored.
    pub ignored: Box<[Entry]>,
}

/// The keys of an extractor that mean something.
const KEYS: [&str; 9] = [
    "feature_extractor_name",
    "feature_extractor_id",
    "name",
    "version",
    "params",
    "parameters",
    "input_mappings",
    "field_passthrough",
    "include_all_source_fields",
];

/// One path that feeds an extractor's input.
#[derive(Debug)]
pub struct InputMapping {
    /// The input.
    pub input: Spanned<ShortText>,
    /// The path of the source field.
    pub path: Spanned<ShortText>,
    /// The list that the path stands in, when the input is fed by a list.
    pub list: Option<Span>,
}

/// The fields that one of several sources gives.
#[derive(Debug)]
pub struct FieldMap {
    /// The source, as written.
    pub source: Spanned<ShortText>,
    /// The fields.
    pub fields: Box<[FieldPassthrough]>,
}

/// A source field that is passed on.
#[derive(Debug)]
pub struct FieldPassthrough {
    /// The whole entry.
    pub span: Span,
    /// The path of the source field.
    pub source_path: Spanned<ShortText>,
    /// The name in the documents, when it is not the path's last segment.
    pub target_path: Option<Spanned<ShortText>>,
    /// The value for documents whose source lacks the field, where one is given.
    pub default: Option<Box<Value>>,
    /// Whether an object without the field fails; the place is that of the value.
    pub required: Option<Spanned<bool>>,
    /// Where the last part of the path begins, in bytes.
    last: u32,
    /// Whether its name in the documents is known: not when it is filled in later, or when the path picks an item of a list.
    pub is_named: bool,
}

impl FieldPassthrough {
    fn lower(item: Node<'_>) -> Option<FieldPassthrough> {
        let picked = item.pick(["source_path", "target_path", "default", "required"]);
        let [source, target, default, required] = picked.map(|member| member.map(|member| member.value));
        let source_path = item.as_string().or_else(|| source?.as_string())?;
        let (mut last, mut has_bracket) = (0, false);
        for (after, byte) in (1..).zip(source_path.value.bytes()) {
            last = if byte == b'.' { after } else { last };
            has_bracket |= byte == b'[';
        }
        let mut entry = FieldPassthrough {
            span: item.span(),
            last,
            source_path,
            target_path: target.and_then(Node::as_string).filter(|target| !target.value.is_empty()),
            default: default.map(Value::lower).map(Box::new),
            required: required.and_then(|node| Some(Spanned { value: node.as_bool()?, span: node.span() })),
            is_named: false,
        };
        let (name, path) = (entry.output().0, &entry.source_path.value);
        entry.is_named = !is_template(path) && !is_template(name) && !name.is_empty() && !has_bracket;
        Some(entry)
    }

    /// The name that the field has in the documents, and where that name is written.
    pub fn output(&self) -> (&str, Span) {
        match &self.target_path {
            Some(target) => (&target.value, target.span),
            None => (&self.source_path.value[self.last as usize..], self.source_path.span),
        }
    }
}

impl FeatureExtractor {
    /// Mappings under their outdated key, or in the collection around it, where they do not belong, are read as if they stood
    /// right: what is wrong with them besides is worth knowing too.
    pub(super) fn lower(node: Node<'_>, around: Option<Node<'_>>) -> FeatureExtractor {
        let (picked, is_plain) = node.pick_all(KEYS);
        let [own_name, _, name, version, params, parameters, mappings, passed, all] =
            picked.map(|member| member.map(|member| member.value));
        let is_said = |node: &Node<'_>| node.kind() != Kind::Null;
        let outdated = || node.get("input_mapping").filter(is_said);
        let outside = || around?.get("input_mappings").filter(is_said);
        let mappings = mappings.filter(is_said).or_else(outdated).or_else(outside);
        let ignored = if is_plain { Box::default() } else { entries(node, &KEYS) };
        // What stands under a slip of a key was meant to be read.
        let has_slip = |of: [&str; 2]| ignored.iter().any(|entry| suggest::nearest(&entry.key.value, of).is_some());
        let is_outside = around.is_some_and(|around| around.get("field_passthrough").is_some());
        FeatureExtractor {
            span: node.span(),
            name: own_name.and_then(Node::as_string).or_else(|| name?.as_string()),
            version: version.and_then(Node::as_string),
            inputs: mappings.map(inputs).unwrap_or_default(),
            input_mappings: mappings.map(input_mappings).unwrap_or_default(),
            input_mappings_span: mappings.map(Node::span),
            has_unreadable_inputs: mappings.is_some_and(|mappings| !is_readable(mappings))
                || has_slip(["input_mappings", "input_mapping"]),
            field_passthrough: passed.map(passthrough).unwrap_or_default(),
            field_passthrough_span: passed.map(Node::span),
            has_unreadable_passthrough: passed.is_some_and(|passed| !is_readable_passthrough(passed))
                || has_slip(["field_passthrough", "include_all_source_fields"])
                || is_outside,
            include_all_source_fields: all.and_then(Node::as_bool),
            parameters: parameters.filter(is_said).map(Value::lower),
            params: params.filter(is_said).map(Value::lower),
            ignored,
        }
    }

    /// The names of the parameters that are set.
    pub fn parameter_names(&self) -> impl Iterator<Item = &str> {
        let entries = self.parameters.iter().flat_map(Value::entries);
        entries.map(|entry| entry.key.value.as_str())
    }
}

fn inputs(node: Node<'_>) -> Box<[Spanned<ShortText>]> {
    let by_input = node.members().filter(|member| member.value.kind() != Kind::Null).map(key);
    gathered(node, by_input.chain(node.items().filter_map(|item| text(item, "input_key")))).into()
}

/// Whether every input that is fed has a name here.
fn is_readable(mappings: Node<'_>) -> bool {
    match mappings.kind() {
        Kind::Object => mappings.members().all(|member| member.value.kind() != Kind::Null && !is_template(member.key.text())),
        Kind::Array => {
            mappings.items().all(|item| item.get("input_key").and_then(Node::as_str).is_some_and(|key| !is_template(key)))
        }
        _ => false,
    }
}

/// Whether every field that is passed on has a name here.
fn is_readable_passthrough(passed: Node<'_>) -> bool {
    let is_known = |key: &str| ["source_path", "target_path", "default", "required"].contains(&key);
    let is_entry = |item: Node<'_>| match item.kind() {
        Kind::Object => item.get("source_path").is_some() && item.members().all(|member| is_known(member.key.text())),
        kind => kind == Kind::String,
    };
    match passed.kind() {
        Kind::Array => passed.items().all(is_entry),
        kind => kind == Kind::Null,
    }
}

fn key(member: Member<'_>) -> Spanned<ShortText> {
    Spanned { value: member.key.text().into(), span: member.key.span() }
}

/// All forms: input to path, input to list of paths, and the list of objects with `input_key` and `path`.
fn input_mappings(node: Node<'_>) -> Box<[InputMapping]> {
    let by_input = node.members().flat_map(|member| {
        let list = (member.value.kind() == Kind::Array).then(|| member.value.span());
        let paths = strings(member.value, Node::as_string).into_iter();
        paths.map(move |path| InputMapping { input: key(member), path, list })
    });
    let listed = node.items().filter_map(|item| {
        // A literal is no path, and a vector names an index of the source, not a field.
        let kind = item.get("source_type").and_then(Node::as_str).unwrap_or("payload");
        let is_path = ["payload", "blob"].iter().any(|one| one.eq_ignore_ascii_case(kind));
        let path = text(item, "path").filter(|_| is_path)?;
        let input = text(item, "input_key").unwrap_or(Spanned { value: ShortText::default(), span: item.span() });
        Some(InputMapping { input, path, list: None })
    });
    gathered(node, by_input.chain(listed)).into()
}

/// A list of objects with `source_path`; older bodies list bare paths.
pub(super) fn passthrough(node: Node<'_>) -> Box<[FieldPassthrough]> {
    gathered(node, node.items().filter_map(FieldPassthrough::lower)).into()
}
