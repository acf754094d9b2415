//! Connections to storages and databases.

use super::{Form, Noun, Origin, Value};
use crate::syntax::Node;

/// A connection to a storage or a database.
#[derive(Debug)]
pub struct Connection {
    /// Where it is written, and what it is called.
    pub origin: Origin,
    /// Its whole body.
    pub body: Value,
}

impl Connection {
    pub(super) fn lower(node: Node<'_>, form: Form) -> Connection {
        Connection { origin: Origin::new(node, form, Noun::Connection), body: Value::lower(node) }
    }
}
