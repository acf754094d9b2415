//! What is known beside the definitions of a project: what its configuration adds, and what a change takes out.

use std::sync::Arc;

use super::Deleted;
use crate::definitions::Value;
use crate::extractors::Catalogue;
use crate::text::{ShortText, Spanned};

/// What is known beside the definitions of a project.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The extractors that are known.
    pub catalogue: Arc<Catalogue>,
    /// The ids of the service's stages, where a saved answer lists them.
    pub stages: Vec<String>,
    /// The buckets that collections read: the names of the collection and of the bucket.
    pub links: Vec<(Spanned<ShortText>, Spanned<ShortText>)>,
    /// What lives elsewhere.
    pub external: External,
    /// The values of the parameters of manifests.
    pub parameters: Option<Value>,
    /// What the change that is looked at takes out.
    pub deleted: Deleted,
}

/// The names of resources that live elsewhere; a `*` stands for any characters.
#[derive(Debug, Clone, Default)]
pub struct External(pub Vec<String>);

impl External {
    /// Whether a name is among them.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|pattern| matches(pattern, name))
    }
}

fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut left) = name.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, name, is_it) in [
            ("shared", "shared", true),
            ("shared", "shared2", false),
            ("shared*", "shared_faces", true),
            ("*_faces", "shared_faces", true),
            ("a*b*c", "a-b-c", true),
            ("a*b*c", "acb", false),
            ("*", "", true),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches(pattern, name), is_it, "{pattern} {name}");
        }
    }
}
