//! What is in the project already. A conversion has none, and nothing is there.

use std::sync::Arc;

use crate::{
    annotation::{DocumentId, EditId, LayerKey, Time},
    edit::{Edit, LayerLog},
    store::{Presence, Reader, StoreError},
};

/// The project, where there is one.
#[derive(Clone, Copy, Debug)]
pub(super) struct There<'a>(pub(super) Option<&'a Reader>);

impl There<'_> {
    pub(super) fn presence(self, id: &DocumentId) -> Result<Presence, StoreError> {
        self.0
            .map_or(Ok(Presence::Unknown), |reader| reader.presence(id))
    }

    pub(super) fn has_edit(self, id: EditId) -> Result<bool, StoreError> {
        self.0.map_or(Ok(false), |reader| reader.has_edit(id))
    }

    pub(super) fn layer_log(self, key: &LayerKey) -> Result<LayerLog, StoreError> {
        self.0
            .map_or_else(|| Ok(LayerLog::default()), |reader| reader.layer_log(key))
    }

    pub(super) fn text_of(self, id: &DocumentId) -> Result<Option<Arc<str>>, StoreError> {
        let Some(reader) = self.0 else {
            return Ok(None);
        };
        let document = reader.document(id)?;
        document
            .map(|document| reader.text(&document.text))
            .transpose()
    }

    pub(super) fn latest_time(self) -> Result<Option<Time>, StoreError> {
        self.0.map_or(Ok(None), Reader::latest_time)
    }

    pub(super) fn label_set_edits(self) -> Result<Vec<Arc<Edit>>, StoreError> {
        self.0
            .map_or_else(|| Ok(Vec::new()), Reader::label_set_edits)
    }
}
