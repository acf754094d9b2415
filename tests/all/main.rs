//! All tests of the whole: one binary, one module for each kind of promise.
#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test that cannot go on says why by failing"
)]

mod baseline;
mod broken_library;
mod catalogue;
mod changes;
mod cli;
mod configuration;
mod conventions;
mod discovery;
mod documents;
mod facts;
mod fixes;
mod fixtures;
mod formats;
mod guides;
mod hostile;
mod house;
mod locate;
mod manifests;
mod objects;
mod package;
mod pages;
mod plan;
mod pre_commit;
mod reporting;
mod robust;
mod sarif;
mod secrets;
mod seed;
mod settings;
mod shapes;
mod shell;
mod stages;
mod support;
mod suppression;
mod xml;
