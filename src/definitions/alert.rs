//! Alerts: who is told when a retriever finds something, or something happens in the system.

use super::{Form, Noun, Origin, Value, text, value};
use crate::syntax::Node;
use crate::text::{ShortText, Spanned};

/// An alert.
#[derive(Debug)]
pub struct Alert {
    /// Where it is written, and what it is called.
    pub origin: Origin,
    /// `retriever` or `system`, where that is said.
    pub source: Option<Spanned<ShortText>>,
    /// The retriever that is run.
    pub retriever: Option<Spanned<ShortText>>,
    /// The inputs of the retriever that the alert itself gives.
    pub inputs: Option<Value>,
    /// Its whole body.
    pub body: Value,
}

impl Alert {
    pub(super) fn lower(node: Node<'_>, form: Form) -> Alert {
        Alert {
            origin: Origin::new(node, form, Noun::Alert),
            source: text(node, "source"),
            retriever: text(node, "retriever_id").or_else(|| text(node, "retriever")),
            inputs: value(node, "inputs"),
            body: Value::lower(node),
        }
    }
}
