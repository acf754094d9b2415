//! The schemas that definitions declare, and every field in them, at any depth.

use super::Workspace;
use crate::definitions::{Declaration, Field, Form, Schema};

/// A schema that a bucket has, or that a collection says its source has.
#[derive(Debug)]
pub struct DeclaredSchema<'w> {
    /// The schema.
    pub schema: &'w Schema,
    /// Whether it is that of a bucket, and not what a collection says of its source.
    pub is_of_bucket: bool,
    /// Its fields, at any depth, in no order.
    pub fields: Vec<DeclaredField<'w>>,
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
    /// The schemas that requests and manifests declare. Answers are left out: what they say, the service has taken.
    pub fn declared_schemas(&self) -> impl Iterator<Item = DeclaredSchema<'_>> {
        let of_buckets = self.buckets.iter().map(|bucket| (&bucket.origin, bucket.schema.as_ref(), true));
        let of_collections =
            self.collections.iter().map(|collection| (&collection.origin, collection.input_schema.as_deref(), false));
        let written = of_buckets.chain(of_collections).filter(|(origin, ..)| origin.form != Form::Answer);
        let declare = |schema, is_of_bucket| DeclaredSchema { schema, is_of_bucket, fields: fields(schema) };
        written.filter_map(move |(_, schema, is_of_bucket)| Some(declare(schema?, is_of_bucket)))
    }
}

fn fields(schema: &Schema) -> Vec<DeclaredField<'_>> {
    let mut open: Vec<(&Field, Level)> = schema.fields.iter().map(|field| (&**field, Level::Root)).collect();
    let mut fields = Vec::with_capacity(open.len());
    while let Some((field, level)) = open.pop() {
        open.extend(field.properties.iter().flat_map(|fields| fields.iter()).map(|field| (&**field, Level::Inner)));
        open.extend(field.items.iter().map(|items| (&**items, Level::Items)));
        fields.extend(field.declaration.as_deref().map(|declaration| DeclaredField { field, declaration, level }));
    }
    fields
}
