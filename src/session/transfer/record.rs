//! A document of the project file as the neutral record that formats are written from.

use std::sync::Arc;

use crate::{
    edit::{Change, OfDocument, folded},
    interchange::{DocumentRecord, LayerRecord},
    store,
};

/// The record of a document, with all its layers and edits. `None` where no edit adds it.
pub(super) fn of(stored: store::DocumentRecord) -> Option<DocumentRecord> {
    let of_document = stored
        .edits
        .iter()
        .filter(|edit| matches!(edit.change, Change::Document(..)));
    let state = folded::<OfDocument>(of_document);
    let layers = stored
        .annotators()
        .into_iter()
        .map(|annotator| LayerRecord::of(annotator.clone(), &stored.folded(annotator)))
        .collect();
    let mut edits = stored.edits;
    edits.sort_by(|a, b| a.order().cmp(&b.order()));
    DocumentRecord::of(&state, Arc::clone(&stored.text), layers, edits)
}
