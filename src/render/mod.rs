//! The output formats: each is one function from findings to bytes.

mod checkstyle;
mod concise;
mod diff;
mod extractors;
mod extractors_json;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod place;
mod plan;
mod pretty;
mod printable;
mod rdjson;
mod sarif;
mod statistics;
mod xml;

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity};
use crate::policy::Suppressed;
use crate::text::{FileId, Sources};

pub use concise::concise;
pub use diff::diff;
pub use extractors::{page as extractor_page, table as extractor_table};
pub use extractors_json::extractors_json;
pub use markdown::{step_summary, step_summary_failure};
pub use plan::{PlanFormat, plan};
pub use pretty::{Look, pretty};
pub use printable::printable;
pub use statistics::statistics;

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

    /// How many there are of each severity, in words.
    pub fn severities(&self) -> String {
        let (errors, warnings, infos) = (count(self.errors, "error"), count(self.warnings, "warning"), count(self.infos, "info"));
        format!("{errors}, {warnings} and {infos}")
    }
}

/// A number and what it counts.
pub fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// What was counted in a stream of objects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// Objects.
    pub objects: u64,
    /// The findings of each rule.
    pub rules: BTreeMap<&'static str, u64>,
}

/// The run that findings come from.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The files that define something and were asked for: those without a finding are clean.
    pub files: &'a [FileId],
    /// The least severity that fails the run.
    pub failing: Severity,
    /// Whether something that was asked for could not be looked at.
    pub is_incomplete: bool,
    /// What was found and is not reported, because somebody said so.
    pub suppressed: &'a [Suppressed],
}

/// What every format gets.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    /// The findings, sorted.
    pub findings: &'a [Diagnostic],
    /// The number of all that were found, of which these may be a part.
    pub summary: Summary,
    /// The texts they are in.
    pub sources: &'a Sources,
    /// What was counted beside them, when they come from a stream of objects and are only the first ones.
    pub data: Option<&'a Counted>,
    /// The run they come from.
    pub run: Run<'a>,
}

/// A format.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in half a sentence.
    pub summary: &'static str,
    /// Whether people read it as it is, so that lists for people may stand in its place.
    pub is_for_people: bool,
    /// Whether it tells how findings can be mended.
    pub has_fixes: bool,
    write: fn(Output<'_>, Look, &mut dyn Write) -> io::Result<()>,
    fail: fn(&str, &mut dyn Write) -> io::Result<()>,
}

/// All formats. Nothing else has to be changed for a new one; the first one is what people get.
pub static FORMATS: [Format; 11] = [
    Format {
        name: "pretty",
        summary: "Each finding drawn into its text",
        is_for_people: true,
        has_fixes: false,
        write: pretty,
        fail: |_, _| Ok(()),
    },
    Format {
        name: "concise",
        summary: "A line each: `path:line:col: severity[rule] message`",
        is_for_people: true,
        has_fixes: false,
        write: |output, _, out| concise(output, out),
        fail: |_, _| Ok(()),
    },
    Format {
        name: "json",
        summary: "One document, for programs",
        is_for_people: false,
        has_fixes: true,
        write: |output, _, out| json::json(output, out),
        fail: json::json_failure,
    },
    Format {
        name: "jsonl",
        summary: "A line of JSON each, and a last one with the numbers",
        is_for_people: false,
        has_fixes: true,
        write: |output, _, out| jsonl::jsonl(output, out),
        fail: jsonl::jsonl_failure,
    },
    Format {
        name: "sarif",
        summary: "SARIF 2.1.0, for code scanning",
        is_for_people: false,
        has_fixes: true,
        write: |output, _, out| sarif::sarif(output, out),
        fail: sarif::sarif_failure,
    },
    Format {
        name: "github",
        summary: "Annotations of GitHub Actions",
        is_for_people: false,
        has_fixes: false,
        write: |output, _, out| github::github(output, out),
        fail: github::github_failure,
    },
    Format {
        name: "gitlab",
        summary: "A Code Quality report of GitLab",
        is_for_people: false,
        has_fixes: false,
        write: |output, _, out| gitlab::gitlab(output, out),
        fail: gitlab::gitlab_failure,
    },
    Format {
        name: "junit",
        summary: "JUnit XML: a suite for each file",
        is_for_people: false,
        has_fixes: false,
        write: |output, _, out| junit::junit(output, out),
        fail: junit::junit_failure,
    },
    Format {
        name: "checkstyle",
        summary: "Checkstyle XML",
        is_for_people: false,
        has_fixes: false,
        write: |output, _, out| checkstyle::checkstyle(output, out),
        fail: checkstyle::checkstyle_failure,
    },
    Format {
        name: "rdjson",
        summary: "Reviewdog Diagnostic Format",
        is_for_people: false,
        has_fixes: true,
        write: |output, _, out| rdjson::rdjson(output, out),
        fail: rdjson::rdjson_failure,
    },
    Format {
        name: "markdown",
        summary: "The body of a comment on a pull request",
        is_for_people: false,
        has_fixes: false,
        write: |output, _, out| markdown::markdown(output, out),
        fail: markdown::markdown_failure,
    },
];

impl Format {
    /// The format of this name.
    pub fn find(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Writes the findings. The look is for what is drawn.
    pub fn write(&self, output: Output<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(output, look, out)
    }

    /// Writes what went wrong inside mixlint, as a document that is well-formed; nothing in a format for people.
    pub fn fail(&self, message: &str, out: &mut dyn Write) -> io::Result<()> {
        (self.fail)(message, out)
    }
}

/// The page of a rule, where the project says where it is published.
fn page_of(rule: &str) -> Option<String> {
    home().map(|home| format!("{home}/blob/main/docs/rules/{rule}.md"))
}

/// Where the project is published.
fn home() -> Option<&'static str> {
    Some(env!("CARGO_PKG_REPOSITORY").trim_end_matches('/')).filter(|home| !home.is_empty())
}

/// What is said of a finding in one text: what is wrong, and what to write instead.
fn said(finding: &Diagnostic) -> String {
    match &finding.help {
        Some(help) => format!("{} {help}", finding.message),
        None => finding.message.clone(),
    }
}

/// What is said after a fault of our own.
fn fault(message: &str) -> String {
    format!("mixlint: internal error: {message}. This is a fault of mixlint: please report it.")
}

/// What a fault of our own is called where a finding has the name of its rule.
const FAULT: &str = "internal-error";
