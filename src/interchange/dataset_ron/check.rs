//! Turns a document as it stands in the file into a record, or says what is wrong with it. Where it
//! carries edits they are the truth, and what people read beside them must be their fold; where it
//! carries none, what people read is all there is.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use crate::{
    annotation::{Annotator, DocumentId, Fragments, Judgement, LabelSet, SpanData, TextHash},
    edit::{Change, DocumentChange, DocumentLog, Edit, LayerChange, LayerLog},
    interchange::{
        CopyCounter, DocumentRecord, LayerRecord, MAX_TEXT, Reason, RelationRecord, SpanError,
        SpanRecord,
    },
    text::{self, ByteRange, RangeError},
};

use super::wire::{DocumentWire, LayerWire, SpanWire};

/// What is known around a document.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// The file's labels.
    pub(super) labels: &'a LabelSet,
    /// Whose the layers are that name nobody.
    pub(super) annotator: &'a Annotator,
    /// The file's name without its ending.
    pub(super) stem: &'a str,
}

/// The record of a document.
pub(super) fn record(
    wire: DocumentWire<'_>,
    context: Context<'_>,
    copies: &mut CopyCounter,
) -> Result<DocumentRecord, Reason> {
    if wire.text.len() > MAX_TEXT {
        return Err(Reason::TooLarge {
            what: "the text",
            limit: MAX_TEXT,
        });
    }
    let text: Arc<str> = Arc::from(&*wire.text);
    let hash = TextHash::of(&text);
    let edits: Vec<Arc<Edit>> = wire.edits.into_iter().map(Arc::from).collect();
    let layers = layers(&text, wire.layers, context.annotator)?;
    let title = wire.title;
    let mut record = DocumentRecord {
        id: wire.id.unwrap_or_else(|| DocumentId::new(&hash, 0)),
        title: title
            .clone()
            .or_else(|| text::title::title_of(&text))
            .unwrap_or_else(|| context.stem.to_owned()),
        metadata: wire.metadata,
        assigned: wire.assigned,
        removed: wire.removed,
        text,
        layers,
        threads: 0,
        edits,
    };
    if record.edits.is_empty() {
        record.id = copies.id_or(&hash, wire.id);
        check_labels(&record, context.labels)?;
        return Ok(record);
    }
    if wire.id.is_none() {
        return Err(Reason::Missing("id"));
    }
    check_edits(&record, &hash)?;
    if !copies.is_of(&hash, &record.id) {
        return Err(Reason::ForeignId {
            id: record.id.to_string(),
        });
    }
    check_fold(&record, title.is_some())?;
    if !copies.take(record.id) {
        return Err(duplicate("document", &record.id.to_string()));
    }
    Ok(record)
}

fn duplicate(what: &'static str, id: &str) -> Reason {
    Reason::Duplicate {
        what,
        id: id.to_owned(),
    }
}

fn layers(
    text: &str,
    wires: Vec<LayerWire>,
    unnamed: &Annotator,
) -> Result<Vec<LayerRecord>, Reason> {
    let mut annotators = BTreeSet::new();
    wires
        .into_iter()
        .map(|wire| {
            let annotator = wire.annotator.clone().unwrap_or_else(|| unnamed.clone());
            if !annotators.insert(annotator.clone()) {
                return Err(duplicate("the layer of", annotator.as_str()));
            }
            layer(text, annotator, wire)
        })
        .collect()
}

fn layer(text: &str, annotator: Annotator, wire: LayerWire) -> Result<LayerRecord, Reason> {
    let spans: Result<Vec<SpanRecord>, Reason> = wire
        .spans
        .into_iter()
        .map(|wire| span(text, wire))
        .collect();
    let relations = wire.relations.into_iter().map(|wire| RelationRecord {
        id: wire.id,
        kind: wire.kind,
        from: wire.from,
        to: wire.to,
    });
    let layer = LayerRecord {
        annotator,
        status: wire.status,
        spans: spans?,
        relations: relations.collect(),
        decisions: 0,
    };
    layer.check()?;
    Ok(layer)
}

fn span(text: &str, wire: SpanWire) -> Result<SpanRecord, Reason> {
    let fragments = fragments(text, &wire).map_err(|error| Reason::Span {
        span: wire.id.clone(),
        error,
    })?;
    let data = SpanData {
        label: wire.label,
        fragments,
        attributes: wire.attributes,
        note: wire.note,
    };
    Ok(SpanRecord {
        id: wire.id,
        data,
        changed: wire.changed.or_else(|| wire.made.clone()),
        made: wire.made,
    })
}

fn fragments(text: &str, wire: &SpanWire) -> Result<Fragments, SpanError> {
    let ranges: Result<Vec<ByteRange>, RangeError> = wire
        .at
        .iter()
        .map(|&(start, end)| ByteRange::new(text, start, end))
        .collect();
    let fragments = Fragments::checked(text, ranges?)?;
    let found = fragments.text(text);
    match &wire.text {
        Some(written) if *written != found => Err(SpanError::Text {
            written: text::quote(written, 60),
            found: text::quote(&found, 60),
        }),
        _ => Ok(fragments),
    }
}

fn check_labels(record: &DocumentRecord, labels: &LabelSet) -> Result<(), Reason> {
    let spans = record.layers.iter().flat_map(|layer| &layer.spans);
    for span in spans {
        if labels.get(&span.data.label).is_none() {
            return Err(Reason::Span {
                span: span.id.clone(),
                error: SpanError::UnknownLabel(span.data.label.to_string()),
            });
        }
    }
    Ok(())
}

/// Each edit belongs to the document, stands there once, and names ranges of its text.
fn check_edits(record: &DocumentRecord, hash: &TextHash) -> Result<(), Reason> {
    let mut ids = HashSet::new();
    for edit in &record.edits {
        if !ids.insert(edit.id) {
            return Err(duplicate("edit", &edit.id.to_string()));
        }
        let belongs = match &edit.change {
            Change::LabelSet(_) => false,
            Change::Document(id, DocumentChange::Add { text, .. }) if text != hash => {
                return Err(if *id == record.id {
                    Reason::DiffersFromEdits {
                        part: "the text".to_owned(),
                    }
                } else {
                    foreign(edit)
                });
            }
            Change::Document(id, _) => *id == record.id,
            Change::Layer(key, change) => {
                check_ranges(&record.text, change).map_err(|error| Reason::Span {
                    span: format!("of edit {}", edit.id),
                    error: error.into(),
                })?;
                key.document == record.id
            }
        };
        if !belongs {
            return Err(foreign(edit));
        }
    }
    Ok(())
}

fn foreign(edit: &Edit) -> Reason {
    Reason::ForeignEdit {
        edit: edit.id.to_string(),
    }
}

/// Whether all ranges of a change are ranges of a text.
pub fn check_ranges(text: &str, change: &LayerChange) -> Result<(), RangeError> {
    use LayerChange as C;
    match change {
        C::AddSpans(spans) => spans.iter().try_for_each(|data| data.fragments.check(text)),
        C::Restore(spans, _) => spans
            .iter()
            .try_for_each(|span| span.data.fragments.check(text)),
        C::SetFragments(_, fragments) => fragments.check(text),
        C::Decide(judgement) => check_judgement(text, judgement),
        C::Reinstate(decision) => check_judgement(text, &decision.judgement),
        C::Batch(changes) => changes.iter().try_for_each(|c| check_ranges(text, c)),
        _ => Ok(()),
    }
}

fn check_judgement(text: &str, judgement: &Judgement) -> Result<(), RangeError> {
    let said = judgement.sources.iter().filter_map(|it| it.said.as_ref());
    let mut all = judgement.spans.iter().chain(said);
    all.try_for_each(|data| data.fragments.check(text))
}

/// What stands in the record must be what its edits make.
fn check_fold(record: &DocumentRecord, titled: bool) -> Result<(), Reason> {
    let differs = |part: String| Err(Reason::DiffersFromEdits { part });
    let folded = fold(record).ok_or(Reason::Missing("edit that adds it"))?;
    let parts = [
        ("the title", !titled || folded.title == record.title),
        ("the metadata", folded.metadata == record.metadata),
        ("the assignment", folded.assigned == record.assigned),
        ("`removed`", folded.removed == record.removed),
    ];
    if let Some((part, _)) = parts.into_iter().find(|(_, same)| !same) {
        return differs(part.to_owned());
    }
    let (folded, written) = (by_annotator(&folded.layers), by_annotator(&record.layers));
    let annotators: BTreeSet<_> = folded.keys().chain(written.keys()).collect();
    for annotator in annotators {
        if folded.get(annotator) != written.get(annotator) {
            return differs(format!("the layer of {annotator}"));
        }
    }
    Ok(())
}

/// The layers by annotator, their contents by id: the order in which they stand means nothing.
fn by_annotator(layers: &[LayerRecord]) -> BTreeMap<&Annotator, LayerRecord> {
    let sorted = |layer: &LayerRecord| {
        let mut layer = layer.clone();
        layer.spans.sort_by(|a, b| a.id.cmp(&b.id));
        layer.relations.sort_by(|a, b| a.id.cmp(&b.id));
        // Decisions stand in the edits alone.
        layer.decisions = 0;
        layer
    };
    layers
        .iter()
        .map(|layer| (&layer.annotator, sorted(layer)))
        .collect()
}

/// The record that a document's edits make; `None` where they never add it.
fn fold(record: &DocumentRecord) -> Option<DocumentRecord> {
    let mut document = Vec::new();
    let mut layers: BTreeMap<&Annotator, Vec<Arc<Edit>>> = BTreeMap::new();
    for edit in &record.edits {
        match &edit.change {
            Change::Layer(key, _) => layers
                .entry(&key.annotator)
                .or_default()
                .push(Arc::clone(edit)),
            _ => document.push(Arc::clone(edit)),
        }
    }
    let layers = layers
        .into_iter()
        .map(|(annotator, edits)| LayerRecord::of(annotator.clone(), LayerLog::new(edits).state()));
    DocumentRecord::of(
        DocumentLog::new(document).state(),
        Arc::clone(&record.text),
        layers.collect(),
        Vec::new(),
    )
}
