//! Presets: settings that go together.

use crate::diagnostic::Severity;
use crate::rules::OPTIONAL;

/// Settings that go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    /// What is surely wrong is an error, and errors fail.
    #[default]
    Recommended,
    /// What may have been meant otherwise is an error too, and warnings fail.
    Strict,
    /// The same, with the rules that must be asked for; and infos fail.
    Pedantic,
}

impl Preset {
    /// All presets.
    pub const ALL: [Preset; 3] = [Preset::Recommended, Preset::Strict, Preset::Pedantic];

    /// The name of the preset.
    pub fn name(self) -> &'static str {
        match self {
            Preset::Recommended => "recommended",
            Preset::Strict => "strict",
            Preset::Pedantic => "pedantic",
        }
    }

    /// Whether what may have been meant otherwise is an error too.
    pub fn is_strict(self) -> bool {
        self != Preset::Recommended
    }

    /// The least severity that makes the exit code 1.
    pub fn fail_on(self) -> Severity {
        match self {
            Preset::Recommended => Severity::Error,
            Preset::Strict => Severity::Warning,
            Preset::Pedantic => Severity::Info,
        }
    }

    /// Whether a suppression has to say why.
    pub fn needs_reasons(self) -> bool {
        self == Preset::Pedantic
    }

    /// The rules that are applied beside the usual ones.
    pub fn optional_rules(self) -> &'static [&'static str] {
        if self == Preset::Pedantic { OPTIONAL } else { &[] }
    }
}
