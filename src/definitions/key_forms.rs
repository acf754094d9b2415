//! The signs of secrets in a text: the forms of well-known keys, which are secrets whatever they stand under, and the words by which
//! secrets are named.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};

use super::template::WORDS;
use crate::path::is_template;

/// No key is longer.
const LONGEST: usize = 256;

/// A kind of key that is known by how it begins.
struct Form {
    start: &'static str,
    /// How many characters follow at least.
    least: usize,
    /// The characters that may follow beside letters and digits.
    signs: &'static [u8],
    /// Whether those that follow are in no order, so that a long name is none.
    is_mixed: bool,
    name: &'static str,
}

const fn form(start: &'static str, least: usize, signs: &'static [u8], is_mixed: bool, name: &'static str) -> Form {
    Form { start, least, signs, is_mixed, name }
}

const FORMS: [Form; 21] = [
    form("AKIA", 16, b"", false, "an access key of AWS"),
    form("ASIA", 16, b"", false, "an access key of AWS"),
    form("AIza", 35, b"_-", true, "an API key of Google"),
    form("ghp_", 30, b"", true, "a token of GitHub"),
    form("gho_", 30, b"", true, "a token of GitHub"),
    form("ghs_", 30, b"", true, "a token of GitHub"),
    form("github_pat_", 40, b"_", true, "a token of GitHub"),
    form("glpat-", 20, b"_-", true, "a token of GitLab"),
    form("xoxb-", 20, b"-", true, "a token of Slack"),
    form("xoxp-", 20, b"-", true, "a token of Slack"),
    form("xoxa-", 20, b"-", true, "a token of Slack"),
    form("xapp-", 20, b"-", true, "a token of Slack"),
    form("sk-", 20, b"_-", true, "an API key"),
    form("sk_live_", 16, b"_", true, "an API key"),
    form("rk_live_", 16, b"_", true, "an API key"),
    form("sk_test_", 16, b"_", true, "an API key"),
    form("hf_", 30, b"", true, "a token of Hugging Face"),
    form("AccountKey=", 40, b"+/=", true, "the key of a storage account"),
    form("hooks.slack.com/services/", 30, b"/", true, "the address of a webhook, which is a secret itself"),
    form("discord.com/api/webhooks/", 40, b"/_-", true, "the address of a webhook, which is a secret itself"),
    form("dapi", 32, b"", true, "a token of Databricks"),
];

/// A part of a text that has the form of a well-known kind of key.
#[derive(Debug)]
pub struct KeyForm {
    /// The bytes of what is secret in it.
    pub range: Range<usize>,
    /// What it is, with its article.
    pub name: &'static str,
}

/// What is found in one pass over a text.
#[derive(Debug, Default)]
pub struct Signs {
    /// Where it has the form of a key that is well known, in the order of the text. Examples and what is filled in later are left
    /// out.
    pub forms: Vec<KeyForm>,
    /// Whether it has a word by which secrets or parameters are named.
    pub has_words: bool,
}

/// What else begins something that is secret.
const PRIVATE_KEY: &str = "-----BEGIN ";
const ADDRESS: &str = "://";

/// Looks for the signs of secrets in a text.
pub fn signs(text: &str) -> Signs {
    static FINDER: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    // Only a leftmost search passes over what cannot begin a match.
    let build = || AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).kind(Some(AhoCorasickKind::DFA)).build(starts());
    let Some(finder) = FINDER.get_or_init(|| build().ok()) else { return Signs { forms: Vec::new(), has_words: true } };
    let (mut found, mut has_words) = (Vec::new(), false);
    let mut from = 0;
    while let Some(start) = finder.find(Input::new(text).range(from..)) {
        let at = start.start();
        let (range, name) = match FORMS.get(start.pattern().as_usize()) {
            Some(form) => (form.at(text, at), form.name),
            None if text[at..].starts_with(ADDRESS) => (password(text, at), "an address with a password"),
            None if text[at..].starts_with(PRIVATE_KEY) => (private_key(text, at), "a private key"),
            None => {
                has_words = true;
                (None, "")
            }
        };
        found.extend(range.map(|range| KeyForm { range, name }));
        // What begins one key may end in what begins another, as `sk-` does before the dashes of a private key; but none is the
        // beginning of another one.
        from = at + 1;
    }
    found.sort_by_key(|form| form.range.start);
    Signs { forms: found, has_words }
}

/// All that is looked for: none is the beginning of another one.
fn starts() -> impl Iterator<Item = &'static str> {
    FORMS.iter().map(|form| form.start).chain([PRIVATE_KEY, ADDRESS]).chain(WORDS)
}

impl Form {
    fn at(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let bytes = text.as_bytes();
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        // An address may have anything before its host.
        if !self.start.contains(['.', '=']) && at.checked_sub(1).is_some_and(|before| is_part(bytes[before])) {
            return None;
        }
        let rest = &text[at + self.start.len()..];
        let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || self.signs.contains(byte);
        let key = &rest[..rest.bytes().take(LONGEST).take_while(is_of_key).count()];
        let is_aws = self.start.ends_with("IA");
        let fits = match is_aws {
            true => key.len() == self.least && key.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
            false => key.len() >= self.least,
        };
        let is_key = fits && (!self.is_mixed || is_mixed(key)) && !is_dummy(key);
        let start = if self.start.contains(['.', '=']) { at + self.start.len() } else { at };
        is_key.then(|| start..at + self.start.len() + key.len())
    }
}

/// Whether letters and digits are mixed as nobody writes them: a long name has no digits in it, or few.
fn is_mixed(key: &str) -> bool {
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    let has_both_cases = key.bytes().any(|byte| byte.is_ascii_lowercase()) && key.bytes().any(|byte| byte.is_ascii_uppercase());
    digits >= 2 && (has_both_cases || key.len() >= 30) && key.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// What stands behind the mark of a private key, up to the next dash: the key itself has none.
fn private_key(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..];
    let head = rest[PRIVATE_KEY.len()..].find('-')? + PRIVATE_KEY.len();
    let start = head + "-----".len();
    if !rest[..head].ends_with("PRIVATE KEY") || !rest[head..].starts_with("-----") {
        return None;
    }
    let end = rest[start..].find('-').map_or(rest.len(), |end| start + end);
    let letters = rest[start..end].bytes().filter(u8::is_ascii_alphanumeric).count();
    (letters >= 40 && !is_template(&rest[start..end])).then(|| at + start..at + end)
}

/// The password in an address, `scheme://user:password@host`.
fn password(text: &str, at: usize) -> Option<Range<usize>> {
    let is_scheme = text[..at].bytes().next_back().is_some_and(|byte| byte.is_ascii_alphanumeric());
    let start = at + "://".len();
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '/' | '"' | '\'' | '<' | '>' | '`' | ',' | '?' | '#');
    let rest = &text[start..];
    let authority = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let (user, _) = authority.rsplit_once('@')?;
    let (name, password) = user.split_once(':')?;
    let is_it = is_scheme && !is_template(password) && !is_dummy(password) && !is_template(name);
    let first = start + name.len() + 1;
    is_it.then(|| first..first + password.len())
}

/// Words that nobody has for a secret, but writes in its place.
const DUMMIES: [&str; 18] = [
    "example",
    "changeme",
    "change-me",
    "change_me",
    "placeholder",
    "redacted",
    "dummy",
    "your",
    "xxxx",
    "****",
    "replace",
    "insert",
    "0123456789",
    "1234567890",
    "abcdefgh",
    "todo",
    "hidden",
    "sample",
];

/// Texts that are no secret when they are all there is.
const WHOLE: [&str; 12] =
    ["password", "passwd", "pass", "secret", "token", "key", "none", "null", "string", "test", "postgres", "user"];

/// Whether a text only stands in the place of a secret.
pub(super) fn is_dummy(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let first = text.chars().next();
    let is_one_letter = text.chars().all(|letter| Some(letter) == first);
    let is_shouted = text.contains('_') && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    text.contains("...")
        || is_one_letter
        || is_shouted
        || WHOLE.contains(&lower.as_str())
        || DUMMIES.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Put together here, so that no one finds a key in this file.
    fn of(parts: &[&str]) -> String {
        parts.concat()
    }

    #[test]
    fn what_ends_another_beginning_is_found_too() {
        let key = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ";
        let text = of(&["ri", "sk", "-----BE", "GIN PRIVATE KEY-----", key, "-----END"]);
        let found: Vec<&str> = signs(&text).forms.iter().map(|form| form.name).collect();
        assert_eq!(found, ["a private key"]);
    }

    #[test]
    fn no_beginning_is_that_of_another() {
        let starts: Vec<&str> = starts().collect();
        for (number, start) in starts.iter().enumerate() {
            let others = starts.iter().enumerate().filter(|(other, _)| *other != number);
            assert!(others.into_iter().all(|(_, other)| !other.starts_with(start)), "{start}");
        }
    }

    #[test]
    fn keys_are_known_by_their_form() {
        let mixed = "a8Fj3kLm9QwErTy2UiOp5AsDf7GhJk1ZxCv";
        for (text, form) in [
            (of(&["AK", "IAQ3EGRM5PLVZ7WTKD"]), "an access key of AWS"),
            (of(&["key: AK", "IAQ3EGRM5PLVZ7WTKD # old"]), "an access key of AWS"),
            (of(&["gh", "p_", mixed]), "a token of GitHub"),
            (of(&["s", "k-proj-", mixed]), "an API key"),
            (of(&["xox", "b-", mixed]), "a token of Slack"),
            (of(&["AI", "za", mixed]), "an API key of Google"),
            (of(&["https://hooks.slack.com/services/T01/B02/", mixed]), "the address of a webhook, which is a secret itself"),
            ("postgres://reader:s3cr3tive@db.internal:5432/x".to_owned(), "an address with a password"),
            (of(&["-----BEGIN RSA PRIVATE KEY-----\n", mixed, mixed, "\n-----END RSA PRIVATE KEY-----"]), "a private key"),
        ] {
            assert_eq!(signs(&text).forms.iter().map(|found| found.name).collect::<Vec<_>>(), [form], "{form}");
        }
    }

    #[test]
    fn what_is_no_key_is_none() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "AKIA",
            "sk-learn-pipeline-for-titles",
            "task-a8Fj3kLm9QwErTy2UiOp5AsDf7GhJk1ZxCv",
            "sk-...",
            "sk-your-key-goes-here-A1B2C3D4",
            "postgres://reader:password@db/x",
            "postgres://reader:${{ secrets.DB }}@db/x",
            "postgres://reader@db/x",
            "https://example.org/a:b@c",
            "mixpeek://text_extractor@v1/multilingual_e5_large_instruct_v1",
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
            "-----BEGIN CERTIFICATE-----",
        ] {
            assert!(signs(text).forms.is_empty(), "{text}");
        }
    }

    #[test]
    fn only_the_password_of_an_address_is_hidden() {
        let text = "url: postgres://reader:s3cr3tive@db/x";
        assert_eq!(signs(text).forms.into_iter().map(|found| &text[found.range]).collect::<Vec<_>>(), ["s3cr3tive"]);
    }
}
