//! Full agreement of a project's annotators, into the layer of a reviewer: one edit a document, all of them as
//! one commit.

use std::sync::Arc;

use crate::{
    annotation::{Annotator, EditId, Layer, LayerKey, Stamp},
    edit::{Change, Clock, Edit, LabelSetLog},
    review::{Side, agreed_spans, annotates, full_agreement},
    store::{Batch, DocumentRecord, Reader, StoreError},
};

use super::{
    super::{Progress, project::now},
    Sink,
};

/// What came, or would come, into the reviewer's layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Adjudicated {
    /// Documents that two or more annotators have something on.
    pub shared: usize,
    /// Documents of which something is new in the reviewer's layer.
    pub documents: usize,
    /// Spans that are new there.
    pub spans: usize,
}

/// Puts what all annotators of a document agree on, or all of those chosen, into the reviewer's layer; without a
/// sink nothing is changed. Models are no annotators here, nor are reviewers who were not chosen.
pub fn adjudicate(
    sink: Option<&mut dyn Sink>,
    reader: &Reader,
    (reviewer, chosen): (&Annotator, Option<&[Annotator]>),
    progress: &Progress,
) -> Result<Adjudicated, StoreError> {
    let labels = LabelSetLog::new(reader.label_set_edits()?);
    let mut clock = Clock::default();
    let mut done = Adjudicated::default();
    let mut batch = Batch::default();
    progress.set_total(reader.document_count()?);
    reader.for_each_document(|stored| {
        if progress.is_cancelled() {
            return Err(StoreError::Cancelled);
        }
        progress.step();
        if stored.removed {
            return Ok(());
        }
        let layers = layers(&stored, reviewer, chosen);
        let sides: Vec<Side<'_>> = layers.iter().map(|(name, layer)| (name, layer)).collect();
        done.shared += usize::from(sides.len() > 1);
        let own = stored.layer(reviewer);
        let id = EditId::random();
        if let Some(change) = full_agreement(labels.state(), &sides, &own, id) {
            done.documents += 1;
            done.spans += agreed_spans(&change);
            for edit in &stored.edits {
                clock.observe(edit.stamp.time);
            }
            let stamp = Stamp {
                time: clock.tick(now()),
                author: reviewer.clone(),
            };
            let key = LayerKey {
                document: stored.document.id,
                annotator: reviewer.clone(),
            };
            let edit = Edit::with_id(id, stamp, Change::Layer(key, change));
            batch.edits.push(Arc::new(edit));
        }
        Ok::<(), StoreError>(())
    })?;
    if let Some(sink) = sink.filter(|_| !batch.edits.is_empty()) {
        sink.commit(batch)?;
    }
    Ok(done)
}

/// The layers that are compared on a document.
fn layers(
    stored: &DocumentRecord,
    reviewer: &Annotator,
    chosen: Option<&[Annotator]>,
) -> Vec<(Annotator, Layer)> {
    let names = stored.annotators().into_iter();
    names
        .filter(|name| *name != reviewer)
        .map(|name| (name.clone(), stored.folded(name)))
        .filter(|(name, layer)| annotates(name, layer, chosen))
        .collect()
}
