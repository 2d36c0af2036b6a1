//! What is to be committed next. What waits counts as there: a second file of the same import meets
//! the documents of the first.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    annotation::{DocumentId, EditId, LayerKey, TextHash},
    edit::{Change, Edit},
    store::Batch,
};

/// A batch is committed when it holds this many bytes of text, or this many edits.
const BYTES: usize = 8 << 20;
const EDITS: usize = 4000;

/// Edits and texts that wait for their commit.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    batch: Batch,
    bytes: usize,
    by_document: HashMap<DocumentId, Vec<Arc<Edit>>>,
    ids: HashSet<EditId>,
    texts: HashMap<DocumentId, Arc<str>>,
}

impl Waiting {
    /// Whether a document waits that the project does not have yet.
    pub(super) fn has(&self, id: &DocumentId) -> bool {
        self.by_document.contains_key(id)
    }

    /// Whether an edit of a document waits.
    pub(super) fn has_edit(&self, id: EditId) -> bool {
        self.ids.contains(&id)
    }

    /// The text of a document that waits.
    pub(super) fn text_of(&self, id: &DocumentId) -> Option<Arc<str>> {
        self.texts.get(id).cloned()
    }

    /// All edits that wait.
    pub(super) fn edits_so_far(&self) -> &[Arc<Edit>] {
        &self.batch.edits
    }

    /// What waits of a layer.
    pub(super) fn layer(&self, of: &LayerKey) -> impl Iterator<Item = Arc<Edit>> {
        let edits = self.by_document.get(&of.document).into_iter().flatten();
        edits
            .filter(move |edit| matches!(&edit.change, Change::Layer(key, _) if key == of))
            .cloned()
    }

    /// Adds edits of the label set.
    pub(super) fn edits(&mut self, edits: impl IntoIterator<Item = Arc<Edit>>) {
        self.batch.edits.extend(edits);
    }

    /// Adds edits of a document.
    pub(super) fn document(&mut self, id: DocumentId, edits: Vec<Arc<Edit>>) {
        if edits.is_empty() {
            return;
        }
        self.ids.extend(edits.iter().map(|edit| edit.id));
        let there = self.by_document.entry(id).or_default();
        there.extend(edits.iter().cloned());
        self.batch.edits.extend(edits);
    }

    /// Adds the text of a document.
    pub(super) fn text(&mut self, id: DocumentId, text: &Arc<str>) {
        self.texts.insert(id, Arc::clone(text));
        self.bytes += text.len();
        let hash = TextHash::of(text);
        self.batch.texts.push((hash, Arc::clone(text)));
    }

    /// Whether it is worth a commit.
    pub(super) fn is_full(&self) -> bool {
        self.bytes >= BYTES || self.batch.edits.len() >= EDITS
    }

    /// Takes all out; `None` where nothing waits.
    pub(super) fn take(&mut self) -> Option<Batch> {
        let taken = std::mem::take(self);
        (!taken.batch.edits.is_empty()).then_some(taken.batch)
    }
}
