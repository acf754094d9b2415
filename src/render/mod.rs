//! The output formats: each is one function from findings to bytes.

mod concise;
mod diff;
mod extractors;
mod extractors_json;
mod json;
mod plan;
mod pretty;
mod printable;

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Sources;

pub use concise::concise;
pub use diff::diff;
pub use extractors::{page as extractor_page, table as extractor_table};
pub use extractors_json::extractors_json;
pub use json::{json, json_failure};
pub use plan::{PlanFormat, plan};
pub use pretty::{Look, pretty};
pub use printable::printable;

/// How many findings there are of each severity, and in how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Infos.
    pub infos: usize,
    /// Files that define something, or that a finding is in.
    pub files: usize,
    /// Definitions in them.
    pub definitions: usize,
}

impl Summary {
    /// Counts findings.
    pub fn new(findings: &[Diagnostic], files: usize, definitions: usize) -> Summary {
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Summary { errors: of(Severity::Error), warnings: of(Severity::Warning), infos: of(Severity::Info), files, definitions }
    }
}

/// What was counted in a stream of objects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// Objects.
    pub objects: u64,
    /// The findings of each rule.
    pub rules: BTreeMap<&'static str, u64>,
}

/// What every format gets.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    /// The findings, sorted.
    pub findings: &'a [Diagnostic],
    /// Their number.
    pub summary: Summary,
    /// The texts they are in.
    pub sources: &'a Sources,
    /// What was counted beside them, when they come from a stream of objects and are only the first ones.
    pub data: Option<&'a Counted>,
}

/// A format, with what it needs besides the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: each finding drawn into its text.
    Pretty(Look),
    /// For people and editors: a line each.
    Concise,
    /// For programs: one document.
    Json,
}

/// Writes the findings in a format.
pub fn render(format: Format, output: Output<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Pretty(look) => pretty(output, look, out),
        Format::Concise => concise(output, out),
        Format::Json => json(output, out),
    }
}
