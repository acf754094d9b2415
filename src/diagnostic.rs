//! What mixlint says: one type for every rule and every format.

use crate::text::Span;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing: something could not be decided, or could be better.
    Info,
    /// Accepted, but surely not meant.
    Warning,
    /// The service refuses it, silently ignores it, or fails on it.
    Error,
}

impl Severity {
    /// The severity in one lower-case word.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A place and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words, without a full stop.
    pub message: String,
}

/// A change of the text that mends what a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a sentence in the imperative without a full stop, such as ``Write `title` ``.
    pub title: String,
    /// Whether the text means the same afterwards; otherwise a person has to look at it.
    pub is_safe: bool,
    /// What to write where, in the order of the places, which do not overlap.
    pub edits: Vec<Edit>,
}

/// A part of a text that gives way to another text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The part; it may be empty, where something is added.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// The definition that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What it is, such as `collection`.
    pub kind: &'static str,
    /// Its name; empty where it has none.
    pub name: String,
    /// All of it.
    pub span: Span,
}

/// One finding. A rule, a place and a sentence are always there, because there is no other way to make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong: one sentence, or two.
    pub message: String,
    /// Where it is wrong, and a few words to stand there.
    pub primary: Label,
    /// Other places that it has to do with, in this or in other files.
    pub related: Vec<Label>,
    /// The way of the data to the primary place, from where it begins; empty where the finding is not about a way.
    pub lineage: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// Changes of the text that would mend it, the likeliest first; only one of them is meant to be made.
    pub fixes: Vec<Fix>,
    /// The definition that it is about.
    pub subject: Option<Subject>,
    /// Whether it rests on a guess, so that it is never more than a warning.
    pub is_guess: bool,
}

impl Diagnostic {
    /// A finding with a place and nothing more.
    pub fn new(rule: &'static str, severity: Severity, span: Span, label: impl Into<String>, message: impl Into<String>) -> Self {
        let primary = Label { span, message: label.into() };
        Diagnostic {
            rule,
            severity,
            message: message.into(),
            primary,
            related: Vec::new(),
            lineage: Vec::new(),
            help: None,
            fixes: Vec::new(),
            subject: None,
            is_guess: false,
        }
    }

    /// Shows another place.
    pub fn related(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.related.push(Label { span, message: message.into() });
        self
    }

    /// Shows the way of the data, which ends at the primary place; an empty one is none.
    pub fn lineage(&mut self, mut way: Vec<Label>) -> &mut Self {
        if !way.is_empty() {
            way.push(self.primary.clone());
        }
        self.lineage = way;
        self
    }

    /// Says what to write instead; a second help follows the first one, and an empty one is none.
    pub fn help(&mut self, help: impl AsRef<str>) -> &mut Self {
        if help.as_ref().is_empty() {
            return self;
        }
        self.help = Some(match self.help.take() {
            Some(first) => first + " " + help.as_ref(),
            None => help.as_ref().to_owned(),
        });
        self
    }

    /// Says how the text can be changed, beside what was said before.
    pub fn fix(&mut self, fixes: impl IntoIterator<Item = Fix>) -> &mut Self {
        self.fixes.extend(fixes);
        self
    }

    /// Lowers the severity; it is never raised above the rule's own.
    pub fn at_most(&mut self, severity: Severity) -> &mut Self {
        self.severity = self.severity.min(severity);
        self
    }

    /// Names the definition that the finding is about.
    pub fn about(&mut self, subject: Option<Subject>) -> &mut Self {
        self.subject = subject;
        self
    }
}
