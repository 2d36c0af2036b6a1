//! Full agreement of a project's annotators, into the layer of a reviewer: one edit a document, all of them as
//! one commit.

use std::sync::Arc;

use crate::{
    annotation::{Annotator, Layer, LayerKey, Stamp, Status},
    edit::{Change, Clock, Edit, LabelSetLog, LayerChange},
    review::full_agreement,
    store::{Batch, DocumentRecord, Reader, StoreError},
};

use super::{super::project::now, Sink};

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

/// Puts what all annotators of a document agree on into the reviewer's layer; without a sink nothing is changed.
/// Models and the reviewer are no annotators here.
pub fn adjudicate(
    sink: Option<&mut dyn Sink>,
    reader: &Reader,
    reviewer: &Annotator,
) -> Result<Adjudicated, StoreError> {
    let labels = LabelSetLog::new(reader.label_set_edits()?);
    let mut clock = Clock::default();
    let mut done = Adjudicated::default();
    let mut batch = Batch::default();
    reader.for_each_document(|stored| {
        if stored.removed {
            return Ok(());
        }
        let layers = layers(&stored, reviewer);
        let layers: Vec<&Layer> = layers.iter().collect();
        done.shared += usize::from(layers.len() > 1);
        let own = stored.layer(reviewer);
        if let Some(change) = full_agreement(labels.state(), &layers, &own) {
            done.documents += 1;
            if let LayerChange::AddSpans(spans) = &change {
                done.spans += spans.len();
            }
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
            let edit = Edit::new(stamp, Change::Layer(key, change));
            batch.edits.push(Arc::new(edit));
        }
        Ok::<(), StoreError>(())
    })?;
    if let Some(sink) = sink.filter(|_| !batch.edits.is_empty()) {
        sink.commit(batch)?;
    }
    Ok(done)
}

/// The layers of those who have done something on a document.
fn layers(stored: &DocumentRecord, reviewer: &Annotator) -> Vec<Layer> {
    let names = stored.annotators().into_iter();
    names
        .filter(|name| !name.is_prediction() && *name != reviewer)
        .map(|name| stored.layer(name).state().clone())
        .filter(|layer| !layer.is_empty() || layer.status() != Status::New)
        .collect()
}
