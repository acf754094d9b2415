//! Where the names of fields lead that a bucket writes beside its schema: in its unique key, its source adapter and its sync.

use super::Workspace;
use crate::definitions::{FieldTarget, Form, Schema};
use crate::path::{FieldPath, is_template};
use crate::resolve::{Resolution, resolve};
use crate::text::{ShortText, Spanned};

/// A field that a bucket names beside its schema.
#[derive(Debug)]
pub struct NamedField<'w> {
    /// The name as written.
    pub name: &'w Spanned<ShortText>,
    /// What names it.
    pub by: NamedBy<'w>,
    /// The schema of the bucket.
    pub schema: &'w Schema,
    /// The name, split.
    pub path: FieldPath<'w>,
    /// Where it leads.
    pub resolution: Resolution<'w>,
}

/// What names a field of a bucket.
#[derive(Debug, Clone, Copy)]
pub enum NamedBy<'w> {
    /// The unique key.
    UniqueKey,
    /// The source adapter, which writes it.
    Adapter(&'w FieldTarget),
    /// The sync, which writes it.
    Sync(&'w FieldTarget),
    /// The `blob_property` of a sync's entry.
    BlobProperty(&'w FieldTarget),
}

impl Workspace {
    /// The fields that buckets name beside their schemas, looked up there. Left out is what a saved answer says, what is filled in
    /// later, and what belongs to a bucket without a schema here.
    pub fn named_fields(&self) -> impl Iterator<Item = NamedField<'_>> {
        self.buckets.iter().filter(|bucket| bucket.origin.form != Form::Answer).flat_map(|bucket| {
            let keys = bucket.unique_key.iter().flat_map(|key| &key.fields).map(|name| (name, NamedBy::UniqueKey));
            let adapter = bucket.source_adapter.iter().flat_map(|adapter| &adapter.targets);
            let adapted = adapter.map(|target| (&target.field, NamedBy::Adapter(target)));
            let sync = || bucket.sync.iter().filter_map(|sync| sync.targets.as_ref()).flatten();
            let synced = sync().map(|target| (&target.field, NamedBy::Sync(target)));
            let files = sync().filter_map(|target| Some((target.blob_property.as_ref()?, NamedBy::BlobProperty(target))));
            let named = keys.chain(adapted).chain(synced).chain(files).filter(|(name, _)| !is_template(&name.value));
            named.filter_map(|(name, by)| {
                let schema = bucket.schema.as_ref()?;
                let is_field = schema.fields.get(&name.value).is_some();
                let parsed = if is_field { None } else { FieldPath::parse(&name.value).ok() };
                let path = parsed.unwrap_or_else(|| FieldPath::literal(&name.value));
                let resolution = resolve(schema, &path);
                Some(NamedField { name, by, schema, path, resolution })
            })
        })
    }
}
