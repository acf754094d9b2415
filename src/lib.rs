//! Checks Mixpeek bucket schemas, collections and their input mappings offline.
//!
//! The road that every input takes, and the rooms along it, are described in `docs/architecture.md`. Everything between reading
//! and printing is a pure function of texts: [`workspace::Workspace::from_texts`], then [`check`].

pub mod cli;
pub mod config;
pub mod conform;
pub mod definitions;
pub mod diagnostic;
pub mod discover;
pub mod extractors;
pub mod fix;
pub mod path;
pub mod plan;
pub mod render;
pub mod resolve;
pub mod rules;
pub mod service;
pub mod shape;
pub mod stages;
pub mod suggest;
pub mod syntax;
pub mod text;
pub mod workspace;

use diagnostic::Diagnostic;
use workspace::{Facts, Workspace};

/// Applies all rules to a workspace, but those that must be asked for. The findings are sorted by path and place.
pub fn check(workspace: &Workspace) -> Vec<Diagnostic> {
    check_with(workspace, &[])
}

/// Applies all rules, and of those that must be asked for the ones of these names.
pub fn check_with(workspace: &Workspace, asked: &[&str]) -> Vec<Diagnostic> {
    rules::check_with(&Facts::new(workspace), asked)
}
