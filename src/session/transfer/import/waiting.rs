//! What is to be committed next. What waits counts as there: a second file of the same import meets
//! the documents of the first.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    annotation::{DocumentId, EditId, LayerKey, QuickHash, TextHash},
    edit::{Change, Edit},
    store::Batch,
};

/// A batch is committed when it holds this many bytes of text, or this many edits. The first ones are
/// smaller, so that a small import, too, is read while it is committed.
const BYTES: usize = 8 << 20;
const EDITS: usize = 4000;
const FIRST_EDITS: usize = 500;

/// Edits and texts that wait for their commit, or for its end.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    next: Held,
    /// What was taken out last: until it is saved, it is found here.
    taken: Held,
    /// How many batches were taken out.
    batches: u32,
}

#[derive(Debug, Default)]
struct Held {
    batch: Batch,
    bytes: usize,
    by_document: HashMap<DocumentId, Vec<Arc<Edit>>, QuickHash>,
    ids: HashSet<EditId, QuickHash>,
    texts: HashMap<DocumentId, Arc<str>, QuickHash>,
}

impl Waiting {
    fn held(&self) -> [&Held; 2] {
        [&self.taken, &self.next]
    }

    /// Whether a document waits that the project does not have yet.
    pub(super) fn has(&self, id: &DocumentId) -> bool {
        let mut held = self.held().into_iter();
        held.any(|held| held.by_document.contains_key(id))
    }

    /// Whether an edit of a document waits.
    pub(super) fn has_edit(&self, id: EditId) -> bool {
        self.held().into_iter().any(|held| held.ids.contains(&id))
    }

    /// The text of a document that waits.
    pub(super) fn text_of(&self, id: &DocumentId) -> Option<Arc<str>> {
        let mut held = self.held().into_iter();
        held.find_map(|held| held.texts.get(id).cloned())
    }

    /// All edits that wait.
    pub(super) fn edits_so_far(&self) -> &[Arc<Edit>] {
        &self.next.batch.edits
    }

    /// What waits of a layer.
    pub(super) fn layer(&self, of: &LayerKey) -> impl Iterator<Item = Arc<Edit>> {
        let held = self.held().into_iter();
        held.filter_map(|held| held.by_document.get(&of.document))
            .flatten()
            .filter(move |edit| matches!(&edit.change, Change::Layer(key, _) if key == of))
            .cloned()
    }

    /// Adds edits of the label set.
    pub(super) fn edits(&mut self, edits: impl IntoIterator<Item = Arc<Edit>>) {
        self.next.batch.edits.extend(edits);
    }

    /// Adds edits of a document.
    pub(super) fn document(&mut self, id: DocumentId, edits: Vec<Arc<Edit>>) {
        if edits.is_empty() {
            return;
        }
        let next = &mut self.next;
        next.ids.extend(edits.iter().map(|edit| edit.id));
        let there = next.by_document.entry(id).or_default();
        there.extend(edits.iter().cloned());
        next.batch.edits.extend(edits);
    }

    /// Adds the text of a document, which has this hash.
    pub(super) fn text(&mut self, id: DocumentId, hash: TextHash, text: &Arc<str>) {
        let next = &mut self.next;
        next.texts.insert(id, Arc::clone(text));
        next.bytes += text.len();
        next.batch.texts.push((hash, Arc::clone(text)));
    }

    /// About how many bytes wait.
    pub(super) fn bytes(&self) -> usize {
        self.next.bytes + self.next.batch.edits.len() * 512
    }

    /// Whether it is worth a commit.
    pub(super) fn is_full(&self) -> bool {
        let edits = EDITS.min(FIRST_EDITS << self.batches.min(8));
        self.next.bytes >= BYTES || self.next.batch.edits.len() >= edits
    }

    /// Takes all out; `None` where nothing waits. It is found here until the next is taken: by then
    /// it must be saved.
    pub(super) fn take(&mut self) -> Option<Batch> {
        self.taken = std::mem::take(&mut self.next);
        self.batches += 1;
        let batch = std::mem::take(&mut self.taken.batch);
        (!batch.edits.is_empty()).then_some(batch)
    }
}
