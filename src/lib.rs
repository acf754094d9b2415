//! Checks Mixpeek definitions offline: buckets, collections, retrievers, manifests, and what links them.
//!
//! The road that every input takes, and the rooms along it, are described in `docs/architecture.md`. Everything between reading
//! and printing is a pure function of texts: [`workspace::Workspace::from_texts`], then [`check`].

pub mod baseline;
pub mod cli;
pub mod config;
pub mod conform;
pub mod definitions;
pub mod diagnostic;
pub mod discover;
pub mod extractors;
pub mod fix;
pub mod identity;
pub mod path;
pub mod plan;
pub mod policy;
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
use policy::Policy;
use workspace::Workspace;

/// Applies all rules to a workspace, but those that must be asked for, and leaves out what comments suppress. The findings are
/// sorted by path and place.
pub fn check(workspace: &Workspace) -> Vec<Diagnostic> {
    check_with(workspace, &[])
}

/// The same, with those of these names that must be asked for.
pub fn check_with(workspace: &Workspace, asked: &[&str]) -> Vec<Diagnostic> {
    policy::check(workspace, &Policy::asking_for(asked)).findings
}
