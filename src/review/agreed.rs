//! What all annotators of a document have alike, as a change of the reviewer's own layer. The annotators'
//! layers are not touched, and what the reviewer has had before is not brought back.

use std::collections::HashSet;

use crate::annotation::{Fragments, LabelId, LabelSet, Layer, SpanData};
use crate::edit::{Change, LayerChange, LayerLog};

/// The change that gives the reviewer's layer the spans that all of `layers` have: the same label, fragments
/// and attributes; notes stay behind. `None` where that is nothing, or there are fewer than two layers. Spans
/// that the reviewer once had, and has changed or removed since, are decided: they are left as they are.
pub fn full_agreement(set: &LabelSet, layers: &[&Layer], own: &LayerLog) -> Option<LayerChange> {
    let (first, others) = layers
        .split_first()
        .filter(|(_, others)| !others.is_empty())?;
    let label = |id: &LabelId| {
        set.resolve(id)
            .map_or_else(|| id.clone(), |label| label.id.clone())
    };
    let key = |data: &SpanData| (label(&data.label), data.fragments.clone());
    let mut decided = HashSet::new();
    for edit in own.edits() {
        if let Change::Layer(_, change) = &edit.change {
            added(change, &mut |data| {
                decided.insert(key(data));
            });
        }
    }
    let mut spans = Vec::new();
    for span in first.spans() {
        let data = SpanData {
            label: label(&span.data.label),
            note: String::new(),
            ..span.data.clone()
        };
        let alike = |layer: &&Layer| has(layer, &data, &label);
        if others.iter().all(alike) && decided.insert(key(&data)) {
            spans.push(data);
        }
    }
    (!spans.is_empty()).then_some(LayerChange::AddSpans(spans))
}

fn has(layer: &Layer, data: &SpanData, label: &dyn Fn(&LabelId) -> LabelId) -> bool {
    let fragments: &Fragments = &data.fragments;
    layer
        .starting_in(fragments.start()..fragments.start().saturating_add(1))
        .any(|there| {
            there.data.fragments == *fragments
                && there.data.attributes == data.attributes
                && label(&there.data.label) == data.label
        })
}

/// Visits the spans that a change adds.
fn added(change: &LayerChange, visit: &mut dyn FnMut(&SpanData)) {
    match change {
        LayerChange::AddSpans(spans) => spans.iter().for_each(visit),
        LayerChange::Batch(changes) => {
            for change in changes {
                added(change, visit);
            }
        }
        _ => {}
    }
}
