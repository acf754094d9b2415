//! The schemas that definitions declare, and every field in them, at any depth.

use super::Workspace;
use crate::definitions::{Declaration, Field, Form, Schema};

/// A schema that a request or a manifest declares.
#[derive(Debug, Clone, Copy)]
pub struct DeclaredSchema<'w> {
    /// The schema.
    pub schema: &'w Schema,
    /// Whether it is that of a bucket, and not what a collection says of its source.
    pub is_of_bucket: bool,
}

/// A field of such a schema.
#[derive(Debug, Clone, Copy)]
pub struct DeclaredField<'w> {
    /// The field. What an array holds has the array's name.
    pub field: &'w Field,
    /// How it is declared.
    pub declaration: &'w Declaration,
    /// Where in its schema it stands.
    pub level: Level,
    /// Whether the schema is that of a bucket.
    pub is_of_bucket: bool,
}

/// Where in a schema a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// At the root.
    Root,
    /// In an object.
    Inner,
    /// It is no field of its own, but what an array holds.
    Items,
}

impl Workspace {
    /// The schemas that buckets have, and that collections say their sources have. Answers are left out: what they say, the
    /// service has taken.
    pub fn declared_schemas(&self) -> impl Iterator<Item = DeclaredSchema<'_>> {
        let of_buckets = self.buckets.iter().map(|bucket| (&bucket.origin, bucket.schema.as_ref(), true));
        let of_collections =
            self.collections.iter().map(|collection| (&collection.origin, collection.input_schema.as_deref(), false));
        let written = of_buckets.chain(of_collections).filter(|(origin, ..)| origin.form != Form::Answer);
        written.filter_map(|(_, schema, is_of_bucket)| Some(DeclaredSchema { schema: schema?, is_of_bucket }))
    }

    /// The fields of these schemas, in no order.
    pub fn declared_fields(&self) -> impl Iterator<Item = DeclaredField<'_>> {
        self.declared_schemas().flat_map(|declared| {
            let mut open: Vec<(&Field, Level)> = declared.schema.fields.iter().map(|field| (&**field, Level::Root)).collect();
            std::iter::from_fn(move || {
                let (field, level) = open.pop()?;
                open.extend(field.properties.iter().flat_map(|fields| fields.iter()).map(|field| (&**field, Level::Inner)));
                open.extend(field.items.iter().map(|items| (&**items, Level::Items)));
                Some((field, level))
            })
            .filter_map(move |(field, level)| {
                let declaration = field.declaration.as_deref()?;
                Some(DeclaredField { field, declaration, level, is_of_bucket: declared.is_of_bucket })
            })
        })
    }
}
