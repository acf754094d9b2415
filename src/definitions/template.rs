//! Templates: texts with parts that the service fills in when a retriever runs, or a manifest is applied.

use std::ops::Range;

use crate::syntax::{Kind, Node};
use crate::text::{ShortText, Spanned};

/// How the variable of a template is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Braces {
    /// `{{ INPUT.query }}`, or inside of a block such as `{% if INPUT.query %}`.
    Double,
    /// `{INPUT.query}`, which is not filled in.
    Single,
    /// `${{ params.name }}`, which is filled in when a manifest is applied.
    Manifest,
}

/// What a variable belongs to. Letter case does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// The inputs of a retriever.
    Input,
    /// The document at hand.
    Doc,
    /// What the run of a retriever knows, and what stages have put there by their `output_alias`.
    Context,
    /// The stage itself.
    Stage,
    /// The secrets of the organization.
    Secret,
    /// The parameters of a manifest.
    Params,
    /// Nothing that is known. A bare word such as `DOCUMENTS` is one too.
    Other,
}

/// A variable in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplatePart {
    /// How it is written.
    pub braces: Braces,
    /// What it belongs to.
    pub root: Root,
    /// The word that says so, as written.
    pub word: ShortText,
    /// What is asked of it: `metadata.title`. Empty where nothing is.
    pub path: ShortText,
    /// The bytes of the text that the variable takes, the word and the path.
    pub range: Range<usize>,
    /// The bytes of the text that it takes with its braces.
    pub whole: Range<usize>,
}

/// A part of a document that is filled in: where a manifest is applied, or from a secret.
#[derive(Debug, Clone)]
pub struct Placeholder {
    /// The text that it stands in.
    pub text: Spanned<ShortText>,
    /// The variable.
    pub part: TemplatePart,
}

impl Placeholder {
    /// Whether the text is nothing else.
    pub fn is_whole(&self) -> bool {
        self.text.value.trim() == &self.text.value[self.part.whole.clone()]
    }
}

const ROOTS: [(&str, Root); 8] = [
    ("input", Root::Input),
    ("inputs", Root::Input),
    ("doc", Root::Doc),
    ("context", Root::Context),
    ("stage", Root::Stage),
    ("secret", Root::Secret),
    ("secrets", Root::Secret),
    ("params", Root::Params),
];

fn root(word: &str) -> Root {
    let known = ROOTS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
    known.map_or(Root::Other, |(_, root)| *root)
}

/// The variables of a text, in the order in which they stand there. Filters and blocks are read over; what they do is not followed.
pub fn template_parts(text: &str) -> Vec<TemplatePart> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|start| at + start) {
        let rest = &text[start..];
        let is_manifest = text[..start].ends_with('$') && rest.starts_with("{{");
        let (open, close) = if rest.starts_with("{%") { ("{%", "%}") } else { ("{{", "}}") };
        if !rest.starts_with(open) {
            at = start + single(text, start, &mut found);
            continue;
        }
        let Some(length) = rest.find(close) else { break };
        let (braces, begin) = if is_manifest { (Braces::Manifest, start - 1) } else { (Braces::Double, start) };
        let inner = start + open.len()..start + length;
        at = start + length + close.len();
        variables(text, inner, braces, begin..at, &mut found);
    }
    found
}

/// A variable in single braces; how many bytes to go on by.
fn single(text: &str, start: usize, found: &mut Vec<TemplatePart>) -> usize {
    let Some(length) = text[start..].find('}') else { return 1 };
    let inner = &text[start + 1..start + length];
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-');
    let Some((word, path)) = inner.split_once('.').filter(|_| inner.chars().all(is_plain)) else { return 1 };
    let root = root(word);
    if root != Root::Other && !path.is_empty() {
        found.push(TemplatePart {
            braces: Braces::Single,
            root,
            word: word.into(),
            path: path.into(),
            range: start + 1..start + length,
            whole: start..start + length + 1,
        });
    }
    length + 1
}

/// The variables of an expression. Only bare words in capitals count among those that belong to nothing known: loops and filters
/// have names of their own.
fn variables(text: &str, inner: Range<usize>, braces: Braces, whole: Range<usize>, found: &mut Vec<TemplatePart>) {
    let bytes = text.as_bytes();
    let mut at = inner.start;
    let mut before = b' ';
    while at < inner.end {
        match bytes[at] {
            quote @ (b'"' | b'\'') => at = end_of_string(bytes, at, inner.end, quote),
            letter if letter.is_ascii_alphabetic() || letter == b'_' => {
                let (word, path, end) = chain(text, at, inner.end);
                let root = root(&word);
                let is_bare = word.len() > 1 && !word.contains(|letter: char| letter.is_ascii_lowercase());
                if !matches!(before, b'.' | b'|') && (root != Root::Other && !path.is_empty() || is_bare) {
                    let range = at..end;
                    found.push(TemplatePart { braces, root, word, path, range, whole: whole.clone() });
                }
                before = b'a';
                at = end.max(at + 1);
                continue;
            }
            blank if blank.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            other => {
                before = other;
                at += 1;
                continue;
            }
        }
        before = b'"';
    }
}

fn end_of_string(bytes: &[u8], start: usize, end: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while at < end && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// A word and all that is asked of it: `DOC.tags[0]`, `DOC['title']`. Where it ends, too.
fn chain(text: &str, start: usize, end: usize) -> (ShortText, ShortText, usize) {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let bytes = text.as_bytes();
    let name = |from: usize| from + bytes[from..end].iter().take_while(|byte| is_name(byte)).count();
    let mut at = start + bytes[start..end].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let word = text[start..at].into();
    let mut path = String::new();
    loop {
        match bytes.get(at).filter(|_| at < end) {
            Some(b'.') if name(at + 1) > at + 1 => {
                let to = name(at + 1);
                path.push_str(if path.is_empty() { "" } else { "." });
                path.push_str(&text[at + 1..to]);
                at = to;
            }
            Some(b'[') => {
                let Some(length) = text[at..end].find(']') else { break };
                let key = text[at + 1..at + length].trim();
                let bare = key.trim_matches(['"', '\'']);
                match bare.len() == key.len() {
                    true => path.push_str(&text[at..at + length + 1]),
                    false => {
                        path.push_str(if path.is_empty() { "" } else { "." });
                        path.push_str(bare);
                    }
                }
                at += length + 1;
            }
            _ => break,
        }
    }
    (word, path.into(), at)
}

/// The text of a template that stands in YAML without quotes: an object, whose one key is an object.
pub fn bare_template(node: Node<'_>) -> Option<&str> {
    let mut members = node.members();
    let is_one = members.next().is_some_and(|member| member.key.is_object()) && members.next().is_none();
    Some(node.source()).filter(|text| is_one && text.starts_with("{{") && text.ends_with("}}"))
}

/// What the words for a secret and for parameters have in common, in whatever case their first letter is.
pub(super) const WORDS: [&str; 4] = ["ecret", "ECRET", "arams", "ARAMS"];

/// All that a document has filled in when its manifest is applied, all secrets that it names, in any of their spellings, and what
/// looks like a parameter. They may stand in keys too. `has_words` says whether its text has a word for one of these.
pub fn placeholders(document: Node<'_>, has_words: bool) -> Vec<Placeholder> {
    // Whatever is filled in stands in two braces, or has such a word.
    if !has_words && !document.source().contains("{{") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open = vec![document];
    while let Some(node) = open.pop() {
        for text in std::iter::once(node).chain(node.members().map(|member| member.key)) {
            let Some(template) = text.as_str().or_else(|| bare_template(text)).filter(|text| text.contains('{')) else {
                continue;
            };
            let is_one =
                |part: &TemplatePart| part.braces == Braces::Manifest || matches!(part.root, Root::Secret | Root::Params);
            let parts = template_parts(template).into_iter().filter(is_one);
            let spanned = || text.as_string().unwrap_or_else(|| Spanned { value: template.into(), span: text.span() });
            found.extend(parts.map(|part| Placeholder { text: spanned(), part }));
        }
        if node.kind() == Kind::Object {
            let named = node.get("secret_ref").and_then(Node::as_string).filter(|text| !text.value.contains('{'));
            found.extend(named.filter(|text| !text.value.is_empty()).map(by_name));
        }
        open.extend(node.items().chain(node.members().map(|member| member.value)));
    }
    found.sort_by_key(|one| (one.text.span, one.part.whole.start));
    found
}

/// A secret that is named without braces.
fn by_name(text: Spanned<ShortText>) -> Placeholder {
    let all = 0..text.value.len();
    let (word, path) = ("secret_ref".into(), text.value.clone());
    Placeholder {
        part: TemplatePart { braces: Braces::Double, root: Root::Secret, word, path, range: all.clone(), whole: all },
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let shown = |part: &TemplatePart| {
            assert!(text[part.whole.clone()].contains(&text[part.range.clone()]), "{text}");
            format!("{:?} {:?} {} {}", part.braces, part.root, part.word, part.path).trim_end().to_owned()
        };
        template_parts(text).iter().map(shown).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn variables_are_found_wherever_they_stand() {
        for (text, expected) in [
            ("plain { text }", ""),
            ("{{INPUT.query}}", "Double Input INPUT query"),
            ("a {{ inputs.a.b }} and {{doc.title | upper}}", "Double Input inputs a.b; Double Doc doc title"),
            ("{INPUT.query}", "Single Input INPUT query"),
            ("{INPUT} {title} {a.b} {", ""),
            ("${{ params.path }}/x", "Manifest Params params path"),
            ("${{secrets.KEY}}", "Manifest Secret secrets KEY"),
            ("{{secrets.KEY}} {{SECRET.KEY}}", "Double Secret secrets KEY; Double Secret SECRET KEY"),
            ("{{DOC.tags[0].name}}", "Double Doc DOC tags[0].name"),
            ("{{ DOC['title'] }}", "Double Doc DOC title"),
            ("{{ DOC.content | default('INPUT.x') | tojson }}", "Double Doc DOC content"),
            ("{% if INPUT.q and DOC.x %}{{ item.name }}{% endif %}", "Double Input INPUT q; Double Doc DOC x"),
            ("{% for item in DOC.items %}{{ item.doc.x }}{% endfor %}", "Double Doc DOC items"),
            ("{{DOCUMENTS}} of {{DOC_COUNT}}", "Double Other DOCUMENTS; Double Other DOC_COUNT"),
            ("[{{CONTEXT.INDEX}}]", "Double Context CONTEXT INDEX"),
            ("{{ loop.index }} {{ name }}", ""),
            ("{{INPUT.query", ""),
            ("{\"id\": \"{{ DOC.document_id }}\"}", "Double Doc DOC document_id"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
