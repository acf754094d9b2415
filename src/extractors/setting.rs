//! What a parameter of an extractor is set to, as far as a definition tells.

use super::{Extractor, Output};
use crate::definitions::{Data, FeatureExtractor, Value};
use crate::path::is_template;

/// What a parameter is set to.
#[derive(Debug, Clone, Copy)]
pub enum Setting<'a> {
    /// To this value, if only by default.
    Is(&'a Value),
    /// To nothing, and it has no default that is published.
    Unset,
    /// It is filled in later, or could not be read.
    Unknown,
}

/// Whether an output is written under the parameters that are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// It is.
    Met,
    /// It is not.
    NotMet,
    /// That cannot be told.
    Unknown,
}

impl Extractor {
    /// What a parameter is set to: by the collection, else by the `params` that its namespace has `registered`, else by default.
    pub fn setting<'a>(&'a self, used: &'a FeatureExtractor, registered: Option<&'a Value>, name: &str) -> Setting<'a> {
        for given in [used.parameters.as_ref(), used.params.as_ref(), registered].into_iter().flatten() {
            match given.get(name).map(|value| (&value.data, value)) {
                _ if !matches!(given.data, Data::Object(_)) => return Setting::Unknown,
                None | Some((Data::Null, _)) => {}
                Some((Data::Invalid, _)) => return Setting::Unknown,
                Some((Data::String(text), _)) if is_template(text) => return Setting::Unknown,
                Some((_, value)) => return Setting::Is(value),
            }
        }
        self.parameter(name).and_then(|parameter| parameter.default.as_ref()).map_or(Setting::Unset, Setting::Is)
    }

    /// Whether an output is written.
    pub fn writes(&self, output: &Output, used: &FeatureExtractor, registered: Option<&Value>) -> Condition {
        let mut written = Condition::Met;
        for (parameter, wanted) in &output.when {
            match self.setting(used, registered, parameter) {
                Setting::Is(value) if value == wanted => {}
                Setting::Is(_) => return Condition::NotMet,
                Setting::Unset | Setting::Unknown => written = Condition::Unknown,
            }
        }
        written
    }
}
