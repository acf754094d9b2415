//! Secrets in plain text: what has the form of a well-known kind of key, and what stands under a key that holds a credential.

use std::fmt;
use std::ops::Range;

use super::key_forms::{KeyForm, is_dummy};
use crate::path::is_template;
use crate::syntax::{Kind, Node};
use crate::text::{ShortText, Span, Spanned, all_bytes};

/// A secret that stands in a definition as plain text.
#[derive(Debug)]
pub struct Secret {
    /// The key that it stands under.
    pub key: Spanned<ShortText>,
    /// What it has the form of, where that is well known: `an access key of AWS`.
    pub form: Option<&'static str>,
}

/// A part of a text that nobody is shown.
#[derive(Debug)]
pub struct Concealed {
    /// The bytes of it.
    pub range: Range<u32>,
    /// What it says.
    pub text: Hidden,
}

/// A text that is not printed, not even by mistake.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Hidden(pub String);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// Keys that hold nothing but a credential, whatever it looks like.
const CERTAIN: [&str; 9] = [
    "secretaccesskey",
    "clientsecret",
    "webhooksecret",
    "signingsecret",
    "refreshtoken",
    "password",
    "passwd",
    "passphrase",
    "privatekey",
];

/// Keys that hold a credential, or the name of one.
const LIKELY: [&str; 13] = [
    "apikey",
    "apitoken",
    "apisecret",
    "secretkey",
    "accountkey",
    "applicationkey",
    "accesstoken",
    "authtoken",
    "bearertoken",
    "sessiontoken",
    "sastoken",
    "authorization",
    "accesskey",
];

/// Keys of what a service is told about who asks; in them shorter names mean credentials too.
const HOLDERS: [&str; 6] = ["provider_config", "credentials", "auth", "authorization", "headers", "notification_config"];

/// What [`HOLDERS`] may hold a credential under.
const IN_HOLDERS: [&str; 4] = ["token", "secret", "pwd", "pass"];

/// Keys below which names are declared, and paths: no value there is a credential.
const NAMES: [&str; 8] = [
    "properties",
    "input_schema",
    "output_schema",
    "input_mappings",
    "field_mapping",
    "field_map",
    "field_passthrough",
    "schema_mapping",
];

/// The secrets of a document, in the order of the text, and what they hide beside the keys that are known by their `forms`.
pub fn secrets(document: Node<'_>, forms: &[KeyForm]) -> (Vec<Secret>, Vec<Concealed>) {
    let (mut found, mut concealed) = (Vec::new(), Vec::new());
    let mut open: Vec<(Node<'_>, Option<Node<'_>>, Around)> = vec![(document, None, Around::Anything)];
    let holds_any = |node: &Node<'_>| matches!(node.kind(), Kind::Array | Kind::Object | Kind::String);
    while let Some((node, key, outer)) = open.pop() {
        let around = || key.map_or(outer, |key| outer.below(key.text()));
        let (Some(text), Some(key)) = (node.as_str(), key) else {
            let around = around();
            if around != Around::Names || !forms.is_empty() {
                open.extend(node.items().filter(holds_any).map(|item| (item, key, around)));
                let members = node.members().filter(|member| holds_any(&member.value));
                open.extend(members.map(|member| (member.value, Some(member.key), around)));
            }
            continue;
        };
        let span = node.span();
        let first = forms.partition_point(|form| form.range.start < span.start as usize);
        let form = forms.get(first).filter(|form| form.range.end <= span.end as usize);
        if form.is_none() {
            if !may_be_secret(text, key.text()) || !is_secret(text, key.text(), around()) {
                continue;
            }
            concealed.push(Concealed { range: span.start..span.end, text: Hidden(text.to_owned()) });
        }
        let key = Spanned { value: key.text().into(), span: key.span() };
        found.push(Secret { key, form: form.map(|form| form.name) });
    }
    found.sort_by_key(|secret| secret.key.span);
    found.dedup_by_key(|secret| secret.key.span);
    (found, concealed)
}

/// What the keys around a value say of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Anything,
    Holder,
    Names,
}

impl Around {
    fn below(self, key: &str) -> Around {
        match self {
            Around::Names => Around::Names,
            _ if NAMES.contains(&key) => Around::Names,
            _ if HOLDERS.contains(&key) => Around::Holder,
            _ => self,
        }
    }
}

/// The last letters of all names of credentials, one bit for each.
const LASTS: u32 = lasts(&CERTAIN) | lasts(&LIKELY) | lasts(&IN_HOLDERS);

const fn lasts(words: &[&str]) -> u32 {
    let (mut set, mut number) = (0, 0);
    while number < words.len() {
        let word = words[number].as_bytes();
        set |= 1 << (word[word.len() - 1] - b'a');
        number += 1;
    }
    set
}

/// Whether a text may be a credential at all: its key ends like the name of one, and it is more than a plain word, which only a
/// password may be.
fn may_be_secret(text: &str, key: &str) -> bool {
    let last = key.bytes().rev().find(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    let may_end = last.is_some_and(|last| match last.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => LASTS & (1 << (letter - b'a')) != 0,
        digit => !digit.is_ascii_digit(),
    });
    may_end && text.len() >= 4 && (!is_plain_name(text) || ends_like(key, "password"))
}

/// Whether such a text is a secret because of what it stands under.
fn is_secret(text: &str, key: &str, around: Around) -> bool {
    let is_certain = CERTAIN.iter().any(|end| ends_like(key, end));
    let is_likely = LIKELY.iter().any(|end| ends_like(key, end));
    let is_held = around == Around::Holder && (is_likely || IN_HOLDERS.iter().any(|word| is_like(key, word)));
    if around == Around::Names || !(is_certain || is_held || is_likely) {
        return false;
    }
    let value = ["Bearer ", "Basic ", "Token "].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text).trim();
    // A template, the address of a secret in a vault, or the name of a file is not the secret itself.
    let is_elsewhere =
        is_template(value) || value.starts_with(['/', '.', '~']) || value.contains("://") || value.starts_with("arn:");
    if is_elsewhere || is_dummy(value) {
        return false;
    }
    match () {
        () if is_certain => value.len() >= 4 && (ends_like(key, "password") || !is_plain_name(value)),
        () if is_held => value.len() >= 8 && !value.contains(' ') && !is_plain_name(value),
        () => is_likely && is_random(value),
    }
}

/// Whether the letters and digits of a key end with those of a word in lower case.
fn ends_like(key: &str, word: &str) -> bool {
    rest_like(key, word).is_some()
}

/// Whether the letters and digits of a key are those of a word in lower case.
fn is_like(key: &str, word: &str) -> bool {
    rest_like(key, word).is_some_and(|rest| !rest.bytes().any(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii()))
}

/// What stands in a key before the letters and digits of a word.
fn rest_like<'k>(key: &'k str, word: &str) -> Option<&'k str> {
    // Most keys end in another letter, and this is asked of most keys.
    let lasts = key.bytes().next_back().zip(word.bytes().next_back());
    if lasts.is_some_and(|(last, wanted)| last.is_ascii_alphanumeric() && !last.eq_ignore_ascii_case(&wanted)) {
        return None;
    }
    let mut letters = key.char_indices().rev().filter(|(_, letter)| letter.is_alphanumeric());
    let mut start = key.len();
    for wanted in word.bytes().rev() {
        let (at, letter) = letters.next()?;
        if !letter.eq_ignore_ascii_case(&char::from(wanted)) {
            return None;
        }
        start = at;
    }
    Some(&key[..start])
}

/// Whether a text may be the name of a secret, or a word.
fn is_plain_name(text: &str) -> bool {
    let is_lower = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-' | b'.' | b' ');
    let is_upper = |byte: u8| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'-');
    all_bytes(text, is_lower) || (text.len() < 32 && all_bytes(text, is_upper))
}

/// Whether a text looks like nothing but a key: long, without blanks, of letters and digits in no order.
fn is_random(text: &str) -> bool {
    let is_of_keys = |byte: u8| byte.is_ascii_alphanumeric() || b"_-+/=.".contains(&byte);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    text.len() >= 20 && text.bytes().all(is_of_keys) && digits >= 3 && letters >= 3
}

/// All that a text hides by its form alone, wherever it stands: in a comment, or in what could not be read. Where something could
/// not be read, what stands behind the name of a credential is hidden too.
pub fn concealed_in(text: &str, forms: &[KeyForm], is_broken: bool) -> Vec<Concealed> {
    let mut ranges: Vec<Range<usize>> = forms.iter().map(|form| form.range.clone()).collect();
    if is_broken {
        ranges.extend(behind_keys(text));
    }
    let conceal = |range: Range<usize>| Concealed {
        text: Hidden(text[range.clone()].to_owned()),
        range: range.start as u32..range.end as u32,
    };
    ranges.into_iter().map(conceal).collect()
}

/// The keys whose values are looked for in a text that could not be read.
const SPELLED: [&str; 12] = [
    "secret_access_key",
    "client_secret",
    "webhook_secret",
    "refresh_token",
    "access_token",
    "api_key",
    "api_token",
    "secret_key",
    "private_key",
    "password",
    "passphrase",
    "account_key",
];

/// How many characters are looked at behind such a key.
const HEAD: usize = 200;

/// The rest of each line that such a key stands in.
fn behind_keys(text: &str) -> Vec<Range<usize>> {
    let mut keys: Vec<(usize, &str)> = SPELLED.iter().flat_map(|key| text.match_indices(key)).collect();
    keys.sort_unstable();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, key) in keys {
        let start = at + key.len();
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        // Whether there is something to hide is seen at its beginning: lines may be of any length.
        let head: &str = text[start..].char_indices().nth(HEAD).map_or(&text[start..], |(end, _)| &text[start..start + end]);
        let head = head.lines().next().unwrap_or_default();
        let Some(value) = head.trim_start_matches(['"', '\'', ' ']).strip_prefix([':', '=']) else { continue };
        let value = value.trim_start_matches(['"', '\'', ' ']);
        let is_later = value.starts_with(['$', '<', '{', '[', '|', '>']);
        if !is_later && !is_dummy(value.trim_end_matches(['"', '\'', ',', ' ', '}', ']'])) {
            let start = start + head.len() - value.len();
            found.push(start..start + text[start..].lines().next().unwrap_or_default().trim_end().len());
        }
    }
    found
}

/// What is hidden of a place; all that is hidden is sorted by its start.
pub fn concealed_at(concealed: &[Concealed], place: Span) -> impl Iterator<Item = &Concealed> {
    let end = concealed.partition_point(|one| one.range.start < place.end);
    // Ranges may lie in each other, but hardly ever many.
    concealed[..end].iter().rev().take(NEAR).filter(move |one| place.start < one.range.end)
}

/// How many ranges are looked at around a place.
const NEAR: usize = 64;

#[cfg(test)]
mod tests {
    use super::super::key_forms::signs;
    use super::*;
    use crate::syntax::{self, Format};
    use crate::text::{FileId, SourceFile};

    fn keys(text: &str) -> Vec<String> {
        let file = SourceFile::new("a.yaml", text);
        let parse = syntax::parse(&file, Format::Yaml);
        let forms = signs(text).forms;
        let documents = parse.tree.documents(FileId::new(0), &file);
        let found = documents.iter().flat_map(|document| secrets(document, &forms).0);
        found.map(|secret| secret.key.value.into()).collect()
    }

    #[test]
    fn what_looks_like_a_credential_is_one() {
        for text in [
            "secret_access_key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzKEYQQ",
            "provider_config: { credentials: { token: 9f86d081884c7d65 } }",
            "password: hunter",
            "headers: { Authorization: Bearer 9f86d081884c7d659a2f }",
            "api_key: 9f86d081884c7d659a2feaa0c55ad015",
            "llm_api_key: 9f86d081884c7d659a2feaa0c55ad015",
            "webhook_secret: s3cr3tive",
        ] {
            assert_eq!(keys(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn what_may_be_something_else_is_none() {
        for text in [
            "secret_access_key: ${{ secrets.KEY }}",
            "secret_access_key: '{{secrets.KEY}}'",
            "secret_access_key: $AWS_SECRET",
            "secret_access_key: YOUR_SECRET_KEY",
            "secret_access_key: <secret>",
            "secret_access_key: media_store_secret",
            "secret_access_key: ''",
            "password: changeme",
            "password: xxxxxxxx",
            "private_key: /run/secrets/key.pem",
            "api_key: openai_key",
            "auth: { type: api_key, location: header, key: X-Api-Key }",
            "auth: { type: bearer, secret_ref: crm_token_2024 }",
            "input_mappings: { api_key: 9f86d081884c7d659a2feaa0c55ad015 }",
            "properties: { password: { type: string } }",
            "token: 9f86",
            "max_tokens: 100",
            "key: metadata/9f86d081884c7d659a2feaa0c55ad015",
        ] {
            assert_eq!(keys(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_is_hidden_is_not_printed() {
        let text = "a: postgres://me:s3cr3tive@db/x\n  password: \"half-typed";
        let concealed = concealed_in(text, &signs(text).forms, true);
        assert_eq!(concealed.len(), 2);
        assert!(!format!("{concealed:?}").contains("half"));
    }
}
