//! Which extractor a name and a version stand for.

use super::{Catalogue, Confidence, Extractor, NeverExisted};
use crate::path::is_placeholder;
use crate::suggest::{Wanted, nearest};

/// What a name and a version stand for.
#[derive(Debug, Clone)]
pub enum Known<'c> {
    /// An extractor of the catalogue.
    Catalogued(&'c Extractor),
    /// An extractor that the service no longer has, in any version.
    Removed(&'c Extractor),
    /// A name that documents use and the service never had.
    NeverExisted(&'c NeverExisted),
    /// The name and the version of an extractor, written as one name.
    Id(&'c Extractor),
    /// An extractor that the catalogue has in these versions, and not in the one that is asked for.
    OtherVersions(Vec<&'c Extractor>),
    /// The catalogue does not have it.
    Unknown {
        /// The nearest name, when it is near enough to be meant.
        near: Option<&'c str>,
        /// Whether it has the version of a custom plugin: three numbers.
        is_plugin: bool,
    },
    /// Nothing can be said: it is filled in later, or its version is not known well enough.
    Undecided,
}

impl Catalogue {
    /// What this name and this version stand for.
    pub fn identify(&self, name: &str, version: Option<&str>) -> Known<'_> {
        if name.is_empty() || is_placeholder(name) {
            return Known::Undecided;
        }
        let version = version.filter(|version| !is_placeholder(version));
        if let Some(extractor) = self.get(name, version) {
            return if extractor.is_removed { Known::Removed(extractor) } else { Known::Catalogued(extractor) };
        }
        let versions: Vec<&Extractor> = self.iter().filter(|extractor| extractor.name == name).collect();
        if let [first, ..] = versions[..] {
            let is_sure = versions.iter().all(|extractor| extractor.version_confidence > Confidence::Low);
            return match version {
                _ if first.is_removed => Known::Removed(first),
                Some(_) if is_sure => Known::OtherVersions(versions),
                _ => Known::Undecided,
            };
        }
        if let Some(never) = self.names().never_existed.iter().find(|never| never.name == name) {
            return Known::NeverExisted(never);
        }
        if let Some(extractor) = self.iter().find(|extractor| extractor.id() == name) {
            return Known::Id(extractor);
        }
        Known::Unknown { near: self.near(name), is_plugin: version.is_some_and(is_plugin_version) }
    }

    /// The name of the extractor that is nearest to `name`. Most names end alike, so what stands before that ending must be near.
    pub fn near(&self, name: &str) -> Option<&str> {
        let names = || self.iter().filter(|extractor| !extractor.is_removed).map(|extractor| extractor.name.as_str());
        let wanted = stem(name);
        let of_stem = |found: &str| names().find(|name| stem(name) == found);
        let slip_of_whole = || {
            let wanted = Wanted::new(name)?;
            names().find(|name| wanted.near(name).is_some_and(|slips| slips <= 1))
        };
        of_stem(wanted).or_else(slip_of_whole).or_else(|| of_stem(nearest(wanted, names().map(stem))?))
    }
}

fn stem(name: &str) -> &str {
    name.strip_suffix("_extractor").unwrap_or(name)
}

/// Whether a version is one of those that custom plugins have: `1.0.0`.
pub fn is_plugin_version(version: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    version.split('.').count() == 3 && version.split('.').all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str, version: Option<&str>) -> String {
        match Catalogue::default().identify(name, version) {
            Known::Catalogued(extractor) => format!("catalogued {}", extractor.id()),
            Known::Removed(extractor) => format!("removed {}", extractor.id()),
            Known::NeverExisted(never) => format!("never existed {}", never.name),
            Known::Id(extractor) => format!("id of {}", extractor.name),
            Known::OtherVersions(versions) => format!("{} other versions", versions.len()),
            Known::Unknown { near, is_plugin } => format!("unknown near {near:?} plugin {is_plugin}"),
            Known::Undecided => "undecided".to_owned(),
        }
    }

    #[test]
    fn names_stand_for_what_they_are() {
        for (name, version, expected) in [
            ("text_extractor", Some("v1"), "catalogued text_extractor_v1"),
            ("text_extractor", None, "catalogued text_extractor_v1"),
            ("text_extractor", Some("v7"), "1 other versions"),
            ("text_extractor", Some("{{ version }}"), "catalogued text_extractor_v1"),
            ("multimodal_extractor", None, "undecided"),
            ("multimodal_extractor", Some("v3"), "2 other versions"),
            ("transcoding_extractor", Some("v2"), "undecided"),
            ("course_content_extractor", Some("v9"), "removed course_content_extractor_v1"),
            ("video_extractor", Some("v1"), "never existed video_extractor"),
            ("text_extractor_v1", Some("v1"), "id of text_extractor"),
            ("txt_extractor", Some("v1"), "unknown near Some(\"text_extractor\") plugin false"),
            ("text", Some("v1"), "unknown near Some(\"text_extractor\") plugin false"),
            ("text_extracter", Some("v1"), "unknown near Some(\"text_extractor\") plugin false"),
            ("textExtractor", Some("v1"), "unknown near Some(\"text_extractor\") plugin false"),
            ("page_extractor", Some("v1"), "unknown near None plugin false"),
            ("house_reader", Some("1.0.0"), "unknown near None plugin true"),
            ("{{ extractor }}", Some("v1"), "undecided"),
            ("YOUR_EXTRACTOR", Some("v1"), "undecided"),
        ] {
            assert_eq!(words(name, version), expected, "{name} {version:?}");
        }
    }
}
