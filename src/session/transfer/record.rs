//! A document of the project file as the neutral record that formats are written from.

use std::{collections::HashSet, sync::Arc};

use crate::{
    annotation::{Annotator, Attributes, Fragments, LabelId, Layer, Source, SpanData, Verdict},
    edit::{Change, OfDocument, folded},
    interchange::{DocumentRecord, LayerRecord, SpanRecord},
    store,
};

/// The record of a document, with all its layers and edits. `None` where no edit adds it.
pub(super) fn of(stored: store::DocumentRecord) -> Option<DocumentRecord> {
    made(stored, LayerRecord::of)
}

/// The same with what reviewers rejected in the place of what they have, each in the reviewer's name; it has no
/// edits, since none made these layers.
pub(super) fn of_rejected(stored: store::DocumentRecord) -> Option<DocumentRecord> {
    let mut record = made(stored, |annotator, layer| LayerRecord {
        status: layer.status(),
        spans: rejected(layer),
        ..LayerRecord::new(annotator)
    })?;
    record.layers.retain(|layer| !layer.spans.is_empty());
    record.edits.clear();
    // Comments are no negatives: nobody misses them there.
    record.threads = 0;
    Some(record)
}

fn made(
    stored: store::DocumentRecord,
    layer: impl Fn(Annotator, &Layer) -> LayerRecord,
) -> Option<DocumentRecord> {
    let of_document = stored
        .edits
        .iter()
        .filter(|edit| matches!(edit.change, Change::Document(..)));
    let state = folded::<OfDocument>(of_document);
    let layers = stored
        .annotators()
        .into_iter()
        .map(|annotator| layer(annotator.clone(), &stored.folded(annotator)))
        .collect();
    let mut edits = stored.edits;
    edits.sort_by(|a, b| a.order().cmp(&b.order()));
    DocumentRecord::of(&state, Arc::clone(&stored.text), layers, edits)
}

/// The annotators' spans that a reviewer's decisions reject, each label and place once, with the reason as its
/// note. What the reviewer has there in the same label is no negative: only its attributes were wrong.
fn rejected(layer: &Layer) -> Vec<SpanRecord> {
    let mut seen: HashSet<(LabelId, Fragments)> = layer
        .spans()
        .map(|span| (span.data.label.clone(), span.data.fragments.clone()))
        .collect();
    let mut spans = Vec::new();
    for decision in layer.decisions() {
        let judgement = &decision.judgement;
        if judgement.verdict == Verdict::Undecided || judgement.relation.is_some() {
            continue;
        }
        let wrong = |it: &&Source| !layer.accepts(decision, it);
        for source in judgement.sources.iter().filter(wrong) {
            let Some(said) = judgement.said(source) else {
                continue;
            };
            if seen.insert((said.label.clone(), said.fragments.clone())) {
                let data = SpanData {
                    attributes: Attributes::default(),
                    note: judgement.why(),
                    ..said.clone()
                };
                spans.push(SpanRecord::new(source.span.to_string(), data));
            }
        }
    }
    spans.sort_by(|a, b| a.data.fragments.cmp(&b.data.fragments));
    spans
}
