//! Reads YAML.

use super::tree::Builder;
use super::{Limits, SyntaxError, Tree};

pub(super) fn read(_text: &str, _limits: Limits) -> (Tree, Vec<SyntaxError>) {
    (Builder::new(true).finish(), Vec::new())
}
