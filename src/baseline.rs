//! Baselines: files with the findings that are known, so that only new ones are reported. An entry is the identity of a finding,
//! which survives what moves its text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::identity::Identity;

/// The version of the form of the file.
const VERSION: u32 = 1;

/// The findings that are known, each with how many there are of the same identity.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<Identity, usize>,
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    kind: String,
    name: String,
    path: String,
    text: String,
    /// How many there are, when that is more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
}

impl Baseline {
    /// That of some findings.
    pub fn of(identities: &[Identity]) -> Baseline {
        let mut known = BTreeMap::new();
        for identity in identities {
            *known.entry(identity.clone()).or_default() += 1;
        }
        Baseline { known }
    }

    /// Reads the text of a file. The error is a sentence without its subject.
    pub fn read(text: &str) -> Result<Baseline, String> {
        let file: File = serde_json::from_str(text).map_err(|error| format!("is no baseline: {error}"))?;
        if file.version != VERSION {
            return Err(format!("has version {}, and this mixlint reads version {VERSION}", file.version));
        }
        let mut known = BTreeMap::new();
        for Entry { rule, kind, name, path, text, count } in file.findings {
            *known.entry(Identity { rule, kind, name, path, text }).or_default() += count.unwrap_or(1);
        }
        Ok(Baseline { known })
    }

    /// The text of its file: an entry for each identity, sorted.
    pub fn write(&self) -> String {
        let entry = |(identity, count): (&Identity, &usize)| {
            let Identity { rule, kind, name, path, text } = identity.clone();
            Entry { rule, kind, name, path, text, count: Some(*count).filter(|count| *count != 1) }
        };
        let file = File { version: VERSION, findings: self.known.iter().map(entry).collect() };
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// Whether each finding is known. Of several with the same identity as many are known as the baseline has.
    pub fn knows(&self, identities: &[Identity]) -> Vec<bool> {
        let mut left = self.known.clone();
        let mut known = |identity: &Identity| match left.get_mut(identity) {
            Some(count @ 1..) => {
                *count -= 1;
                true
            }
            _ => false,
        };
        identities.iter().map(&mut known).collect()
    }

    /// What is left of it once what is not found any more is dropped.
    pub fn without_fixed(&self, identities: &[Identity]) -> Baseline {
        let found = Baseline::of(identities);
        let left = self.known.iter().filter_map(|(identity, count)| {
            let still = found.known.get(identity)?;
            Some((identity.clone(), *count.min(still)))
        });
        Baseline { known: left.collect() }
    }

    /// How many findings it knows.
    pub fn len(&self) -> usize {
        self.known.values().sum()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}
