//! The groups that rules come in, so that a configuration can set several at once.

use crate::rules::{ALL, Rule, find};

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Texts: what can be read, and what YAML makes of it.
    Text,
    /// Keys and values of definitions.
    Shape,
    /// Bucket schemas, and how buckets are filled.
    Schema,
    /// Sample objects.
    Data,
    /// Names, and what they refer to.
    Links,
    /// Extractors, and what feeds them.
    Mappings,
    /// What documents hold.
    Output,
    /// Filters.
    Filters,
    /// Retrievers, taxonomies, clusterings and alerts.
    Retrieval,
    /// What holds for a manifest as a whole.
    Manifest,
    /// mixlint itself.
    Housekeeping,
}

impl Group {
    /// All groups, in the order in which they are shown.
    pub const ALL: [Group; 11] = [
        Group::Text,
        Group::Shape,
        Group::Schema,
        Group::Data,
        Group::Links,
        Group::Mappings,
        Group::Output,
        Group::Filters,
        Group::Retrieval,
        Group::Manifest,
        Group::Housekeeping,
    ];

    /// The name of the group.
    pub fn name(self) -> &'static str {
        match self {
            Group::Text => "text",
            Group::Shape => "shape",
            Group::Schema => "schema",
            Group::Data => "data",
            Group::Links => "links",
            Group::Mappings => "mappings",
            Group::Output => "output",
            Group::Filters => "filters",
            Group::Retrieval => "retrieval",
            Group::Manifest => "manifest",
            Group::Housekeeping => "housekeeping",
        }
    }

    /// What its rules are about, in a few words.
    pub fn summary(self) -> &'static str {
        match self {
            Group::Text => "texts: what can be read, and what YAML makes of it",
            Group::Shape => "keys and values of definitions",
            Group::Schema => "bucket schemas, and how buckets are filled",
            Group::Data => "sample objects",
            Group::Links => "names, and what they refer to",
            Group::Mappings => "extractors, and what feeds them",
            Group::Output => "what documents hold",
            Group::Filters => "filters",
            Group::Retrieval => "retrievers, taxonomies, clusterings and alerts",
            Group::Manifest => "what holds for a manifest as a whole",
            Group::Housekeeping => "mixlint itself",
        }
    }
}

/// The rules that a name stands for: that of a rule, of a group, or a code of the service. None of what is no name.
pub fn find_all(name: &str) -> Option<Vec<&'static Rule>> {
    if let Some(rule) = find(name) {
        return Some(vec![rule]);
    }
    let group = Group::ALL.into_iter().find(|group| group.name() == name)?;
    Some(ALL.iter().copied().filter(|rule| rule.group == group).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_group_is_empty_or_has_the_name_of_a_rule() {
        for group in Group::ALL {
            assert!(ALL.iter().any(|rule| rule.group == group), "{group:?}");
            assert!(find(group.name()).is_none(), "{group:?}");
        }
    }
}
