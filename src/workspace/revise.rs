//! The same project with other texts: what would be, before anything is written.

use std::collections::BTreeMap;

use super::content::FileContent;
use super::{Settings, Unreadable, Workspace};
use crate::definitions::{Mentions, Value};
use crate::shape::Told;
use crate::syntax::{self, Format};
use crate::text::{FileId, SourceFile, Sources};

impl Workspace {
    /// The project as it would be with these texts in the place of those that it was read from. `told` is what it was read with.
    pub fn with_texts(&self, texts: &BTreeMap<FileId, String>, told: Option<&Told>) -> Workspace {
        let mentions = Mentions::finder();
        let file = |(id, file): (FileId, &SourceFile)| file.with_text(texts.get(&id).map(String::as_str));
        let sources = Sources::new(self.sources.iter().map(file).collect());
        // Values of parameters define nothing, whatever words are in them.
        let given = self.parameters.as_ref().map(|values| values.span.file);
        let parse = |id| syntax::parse(sources.get(id), Format::of(sources.get(id)));
        let lower = |id| parse(id).tree.documents(id, sources.get(id)).first().map(Value::lower);
        let parameters = given.filter(|id| texts.contains_key(id)).map_or_else(|| self.parameters.clone(), lower);
        let read = |(id, file): (FileId, &SourceFile)| {
            let old = &self.files[id.index()];
            // What held nothing holds nothing; its text may have been dropped.
            if given == Some(id) || old.count == 0 && old.errors.is_empty() && !texts.contains_key(&id) {
                return FileContent { is_foreign: old.is_foreign, is_data: old.is_data, ..FileContent::default() };
            }
            FileContent::read(file, id, old.is_meant, &mentions, told)
        };
        let files = sources.iter().map(read).collect();
        let unreadable = |one: &Unreadable| Unreadable { file: one.file, reason: one.reason.clone() };
        let settings = Settings {
            catalogue: self.catalogue.clone(),
            stages: self.stages.clone(),
            links: self.set_links.clone(),
            deleted: self.deleted.clone(),
            external: self.external.clone(),
            parameters,
        };
        Workspace::new(sources, files, self.unreadable.iter().map(unreadable).collect(), settings)
    }
}
