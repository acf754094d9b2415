//! All tests of the whole: one binary, one module for each kind of promise.

mod cli;
mod fixtures;
mod formats;
mod hostile;
mod house;
mod pages;
mod seed;
mod support;
