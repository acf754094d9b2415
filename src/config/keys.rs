//! The keys of a configuration. Nothing else has to be changed for a new one but the schema, which a test holds to this list.

use super::entry::{ignore, overrides};
use super::read::{SEVERITIES, boolean, globs, levels, string, strings, word};
use super::{Config, Preset, error};
use crate::diagnostic::Diagnostic;
use crate::syntax::{Kind, Node};

/// A key of the configuration.
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it sets, in half a sentence.
    pub summary: &'static str,
    /// What counts where it is not set.
    pub default: &'static str,
    pub(super) read: fn(Node<'_>, &mut Config, &mut Vec<Diagnostic>),
}

/// All keys, in the order in which they are shown.
pub const KEYS: [Key; 16] = [
    Key {
        name: "preset",
        summary: "settings that go together: `recommended`, `strict` (what may have been meant otherwise is an error, and warnings \
                  fail) or `pedantic` (also with the rules that must be asked for and with reasons, and infos fail)",
        default: "recommended",
        read: |value, config, errors| config.preset = word("preset", &Preset::ALL.map(|one| (one.name(), one)), value, errors),
    },
    Key {
        name: "include",
        summary: "globs of the files that are looked at",
        default: "all files",
        read: |value, config, errors| config.include = globs("include", value, errors),
    },
    Key {
        name: "exclude",
        summary: "globs of files that are not looked at, also when they are named on the command line",
        default: "none",
        read: |value, config, errors| config.exclude = globs("exclude", value, errors),
    },
    Key {
        name: "api",
        summary: "`v1` takes the spellings of the first generation of the API as they are; `v2` and `auto` report them",
        default: "auto",
        read: |value, config, errors| {
            let words = [("auto", false), ("v1", true), ("v2", false)];
            config.is_first_api = word("api", &words, value, errors).unwrap_or_default();
        },
    },
    Key {
        name: "strict",
        summary: "whether what the service may take, and what then does not do what was meant, is an error and no warning: fields \
                  that are passed on, filtered or shown and are not there, and names that nothing has",
        default: "false",
        read: |value, config, errors| config.is_strict = boolean("strict", value, errors),
    },
    Key {
        name: "rules",
        summary: "`off`, `info`, `warning` or `error` by the name of a rule, a group of rules, or a code of the service; a rule \
                  counts before its group",
        default: "as each rule says",
        read: |value, config, errors| config.rules = levels("rules", value, errors),
    },
    Key {
        name: "overrides",
        summary: "a list of entries with `files`, globs, and `rules` for these; of several that fit a file the last one counts",
        default: "none",
        read: |value, config, errors| config.overrides = overrides(value, errors),
    },
    Key {
        name: "ignore",
        summary: "a list of what is suppressed: `path`, a file or a glob, with or without `pointer`, a JSON pointer; or \
                  `definition`, a name; and `rules`; with `reason`, and `until`, the last day on which it holds",
        default: "nothing",
        read: |value, config, errors| config.ignore = ignore(value, errors),
    },
    Key {
        name: "links",
        summary: "the bucket that a collection reads, by the name of the collection, where the source does not tell it",
        default: "none",
        read: links,
    },
    Key {
        name: "external",
        summary: "the names of what lives elsewhere, with `*` for any characters: it is not looked for here",
        default: "none",
        read: |value, config, errors| config.external = strings("external", "name", value, errors),
    },
    Key {
        name: "catalogue",
        summary: "a file that describes extractors, or a saved answer of the service, or a list of such files; paths start from the \
                  folder of the configuration",
        default: "the built-in one",
        read: |value, config, errors| config.catalogue = strings("catalogue", "path", value, errors),
    },
    Key {
        name: "parameters",
        summary: "the file with the values of manifests' parameters; `--parameters FILE` counts before it",
        default: "none",
        read: |value, config, errors| config.parameters = string("parameters", "path", value, errors),
    },
    Key {
        name: "baseline",
        summary: "the file with the findings that are known and not reported; `--baseline FILE` counts before it",
        default: "none",
        read: |value, config, errors| config.baseline = string("baseline", "path", value, errors),
    },
    Key {
        name: "fail-on",
        summary: "the least severity that makes the exit code 1: `error`, `warning` or `info`; `--fail-on` counts before it",
        default: "error",
        read: |value, config, errors| config.fail_on = word("fail-on", &SEVERITIES, value, errors),
    },
    Key {
        name: "require-reasons",
        summary: "whether each suppression has to say why",
        default: "false",
        read: |value, config, errors| config.needs_reasons = boolean("require-reasons", value, errors),
    },
    Key { name: "$schema", summary: "the JSON Schema of this file, for editors", default: "none", read: |_, _, _| {} },
];

fn links(value: Node<'_>, config: &mut Config, errors: &mut Vec<Diagnostic>) {
    if !value.is_object() {
        if value.kind() != Kind::Invalid {
            let message = "`links` takes an object: the name of a bucket by the name of the collection that reads it.";
            errors.push(error(value.span(), "not an object", message));
        }
        return;
    }
    for member in value.members() {
        let collection = member.key.as_string();
        let bucket = string("links", "name of a bucket", member.value, errors);
        config.links.extend(collection.zip(bucket));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{self, Format};
    use crate::text::{FileId, SourceFile};

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        let file = SourceFile::new("config.json", include_str!("../schemas/config.json"));
        let parse = syntax::parse(&file, Format::Json);
        let documents = parse.tree.documents(FileId::new(0), &file);
        let schema = documents.first().and_then(|root| root.get("properties"));
        let said: Vec<&str> = schema.into_iter().flat_map(Node::members).map(|member| member.key.text()).collect();
        assert_eq!(said, KEYS.map(|key| key.name));
    }
}
