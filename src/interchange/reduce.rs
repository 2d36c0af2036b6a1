//! What a format carries of a document. The export forecasts its losses by it, hands its writer what
//! it left, and holds the file that it reads back against that; so do the tests.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use crate::{
    annotation::{Annotator, Fragments, LabelSet, Status},
    edit::Change,
    text,
};

use super::{
    Carries, Characters, DocumentRecord, ENCODING_GUESSED, Feature, ID_IS_TEXT, LayerRecord,
    Layers, Loss, LossExample, LossKind, SOURCE_ENCODING, SOURCE_FILE, SOURCE_ID, SpanRecord,
    WriteOptions, loss::name_span,
};

/// What a format carries of `record`, written with these options; the rest is counted in `loss`.
/// `None` where the document itself is left out. Title and ids stay, for names of files, though the
/// format may not carry them.
pub fn reduce(
    mut record: DocumentRecord,
    carries: &Carries,
    options: &WriteOptions,
    labels: &LabelSet,
    loss: &mut Loss,
) -> Option<DocumentRecord> {
    if carries.has(Feature::History) {
        if let Some(annotator) = &options.annotator {
            keep_only(&mut record, annotator);
        }
        return Some(record);
    }
    if record.removed {
        return None;
    }
    if record.text.is_empty() && !carries.has(Feature::EmptyDocuments) {
        loss.add_document(LossKind::EmptyDocuments, &record);
        return None;
    }
    record.edits.clear();
    choose_layers(&mut record, carries, options, loss);
    reduce_document(&mut record, carries, loss);
    let mut reduced = Reducing {
        title: &record.title,
        text: &record.text,
        carries,
        labels,
        loss,
    };
    record.layers = std::mem::take(&mut record.layers)
        .into_iter()
        .filter_map(|layer| reduced.layer(layer))
        .collect();
    if carries.characters != Characters::All {
        replace_characters(&mut record, carries.characters, loss);
    }
    Some(record)
}

/// Whether a key of metadata is of the way by which a document came in.
pub(super) fn is_of_source(key: &str) -> bool {
    [SOURCE_FILE, SOURCE_ENCODING, ENCODING_GUESSED, ID_IS_TEXT].contains(&key)
}

/// Leaves one annotator's layer, with its edits.
fn keep_only(record: &mut DocumentRecord, annotator: &Annotator) {
    record.layers.retain(|layer| layer.annotator == *annotator);
    record.edits.retain(|edit| match &edit.change {
        Change::Layer(key, _) => key.annotator == *annotator,
        _ => true,
    });
}

/// Leaves the layers that are wanted and that the format knows.
fn choose_layers(
    record: &mut DocumentRecord,
    carries: &Carries,
    options: &WriteOptions,
    loss: &mut Loss,
) {
    if let Some(annotator) = &options.annotator {
        record.layers.retain(|layer| layer.annotator == *annotator);
    }
    if !carries.has(Feature::Predictions) {
        let layers = record.layers.len();
        record
            .layers
            .retain(|layer| !layer.annotator.is_prediction());
        for _ in record.layers.len()..layers {
            loss.add_document(LossKind::Predictions, record);
        }
    }
    if carries.layers == Layers::One && record.layers.len() > 1 {
        loss.add_document(LossKind::Annotators, record);
        record.layers.truncate(1);
    }
}

fn reduce_document(record: &mut DocumentRecord, carries: &Carries, loss: &mut Loss) {
    if !record.assigned.is_empty() {
        loss.add_document(LossKind::Assignments, record);
        record.assigned.clear();
    }
    for _ in 0..std::mem::take(&mut record.threads) {
        loss.add_document(LossKind::Threads, record);
    }
    let titled = || {
        let derived = text::title::title_of(&record.text);
        derived.is_some_and(|derived| derived != record.title)
    };
    if !carries.has(Feature::Title) && titled() {
        loss.add_document(LossKind::Titles, record);
    }
    if record.metadata.contains_key(SOURCE_ID) && !carries.has(Feature::Ids) {
        loss.add_document(LossKind::Ids, record);
    }
    if !carries.has(Feature::Metadata) {
        let told = |key: &str| key == SOURCE_ID || is_of_source(key);
        if record.metadata.keys().any(|key| !told(key)) {
            loss.add_document(LossKind::Metadata, record);
        }
        record.metadata.retain(|key, _| told(key));
    }
}

struct Reducing<'a> {
    title: &'a str,
    text: &'a str,
    carries: &'a Carries,
    labels: &'a LabelSet,
    loss: &'a mut Loss,
}

impl Reducing<'_> {
    fn layer(&mut self, mut layer: LayerRecord) -> Option<LayerRecord> {
        if !self.carries.has(Feature::Status) && layer.status != Status::New {
            let annotator = layer.annotator.to_string();
            self.lose(LossKind::Status, || annotator);
            layer.status = Status::New;
        }
        for _ in 0..std::mem::take(&mut layer.decisions) {
            let annotator = &layer.annotator;
            self.lose(LossKind::Decisions, || annotator.to_string());
        }
        if self.carries.layers == Layers::None {
            for span in &layer.spans {
                self.lose_span(LossKind::Spans, span);
            }
            return None;
        }
        for span in &mut layer.spans {
            self.strip(span);
        }
        if !self.carries.has(Feature::Discontinuous) {
            layer.spans = pieces(layer.spans);
        }
        let mut ids = self.merge_identical(&mut layer);
        self.flatten(&mut layer.spans, &mut ids);
        self.relations(&mut layer, &ids);
        Some(layer)
    }

    /// Takes what of a span itself is not carried.
    fn strip(&mut self, span: &mut SpanRecord) {
        let several = span.data.fragments.ranges().len() > 1;
        if several && !self.carries.has(Feature::Discontinuous) {
            self.lose_span(LossKind::Discontinuous, span);
        }
        if !self.carries.has(Feature::Attributes) && !span.data.attributes.is_empty() {
            self.lose_span(LossKind::Attributes, span);
            span.data.attributes.clear();
        }
        if !self.carries.has(Feature::Notes) && !span.data.note.is_empty() {
            self.lose_span(LossKind::Notes, span);
            span.data.note.clear();
        }
        span.made = None;
        span.changed = None;
    }

    /// Leaves one of each set of spans that a reader cannot tell apart: of one range, and of one label
    /// or of labels that were merged. Tells by its id which one stands for each, where relations ask.
    fn merge_identical(&mut self, layer: &mut LayerRecord) -> HashMap<String, String> {
        let stands = self.stands(&layer.spans);
        let mut ids = HashMap::new();
        if !layer.relations.is_empty() {
            let spans = &layer.spans;
            let pairs = spans.iter().zip(&stands);
            ids.extend(pairs.filter_map(|(span, first)| {
                Some((span.id.clone(), spans.get(*first)?.id.clone()))
            }));
        }
        let mut places = stands.iter().enumerate();
        layer.spans.retain(|span| {
            let first = places.next().is_none_or(|(at, first)| at == *first);
            if !first {
                self.lose_span(LossKind::SameRange, span);
            }
            first
        });
        ids
    }

    /// For each span the place of the first one that a reader cannot tell from it.
    fn stands(&self, spans: &[SpanRecord]) -> Vec<usize> {
        let names = spans
            .iter()
            .map(|span| self.labels.name_of(&span.data.label));
        let mut order: Vec<(&Fragments, &str, usize)> = spans
            .iter()
            .zip(names)
            .enumerate()
            .map(|(at, (span, name))| (&span.data.fragments, name, at))
            .collect();
        order.sort_unstable();
        let mut stands: Vec<usize> = (0..spans.len()).collect();
        for alike in order.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let Some((.., first)) = alike.first() else {
                continue;
            };
            for (.., at) in alike {
                if let Some(stands) = stands.get_mut(*at) {
                    *stands = *first;
                }
            }
        }
        stands
    }

    /// Leaves out spans that lie over others in ways that are not carried: of two, the one that
    /// begins first stays, and of two that begin together the longer.
    fn flatten(&mut self, spans: &mut Vec<SpanRecord>, ids: &mut HashMap<String, String>) {
        let has = |feature| self.carries.has(feature);
        if has(Feature::Nested) && has(Feature::Crossing) && has(Feature::SameRange) {
            return;
        }
        let mut order: Vec<usize> = (0..spans.len()).collect();
        order.sort_by_key(|&at| {
            spans.get(at).map(|span| {
                let (start, end) = span.data.fragments.extent();
                (start, Reverse(end))
            })
        });
        let mut kept: Vec<(usize, usize)> = Vec::new();
        let mut left_out = Vec::new();
        for at in order {
            let Some(span) = spans.get(at) else { continue };
            let extent = span.data.fragments.extent();
            // Spans come by their starts: one that ended before this one cannot meet a later one.
            kept.retain(|other| other.1 > extent.0);
            let clash = kept.iter().find_map(|other| self.clash(*other, extent));
            match clash {
                None => kept.push(extent),
                Some(kind) => {
                    self.lose_span(kind, span);
                    left_out.push(at);
                }
            }
        }
        left_out.sort_unstable();
        let mut at = 0;
        spans.retain(|span| {
            let keep = left_out.binary_search(&at).is_err();
            at += 1;
            if !keep {
                ids.remove(&span.id);
            }
            keep
        });
    }

    /// Why a span cannot stand beside one that begins no later and overlaps it.
    fn clash(&self, one: (usize, usize), other: (usize, usize)) -> Option<LossKind> {
        let (feature, kind) = if one == other {
            (Feature::SameRange, LossKind::SameRange)
        } else if one.0 == other.0 || other.1 <= one.1 {
            (Feature::Nested, LossKind::Nested)
        } else {
            (Feature::Crossing, LossKind::Crossing)
        };
        (!self.carries.has(feature)).then_some(kind)
    }

    /// Leaves out relations that are not carried or whose ends are not, and those between two spans
    /// that became one; the others lead to what stands for their ends.
    fn relations(&mut self, layer: &mut LayerRecord, ids: &HashMap<String, String>) {
        let carried = self.carries.has(Feature::Relations);
        layer.relations.retain_mut(|relation| {
            let ends = ids.get(&relation.from).zip(ids.get(&relation.to));
            let Some((from, to)) = ends.filter(|(from, to)| carried && from != to) else {
                let kind = relation.kind.clone();
                self.lose(LossKind::Relations, || kind);
                return false;
            };
            relation.from.clone_from(from);
            relation.to.clone_from(to);
            true
        });
    }

    fn lose_span(&mut self, kind: LossKind, span: &SpanRecord) {
        let (text, labels) = (self.text, self.labels);
        self.lose(kind, || name_span(text, span, labels));
    }

    fn lose(&mut self, kind: LossKind, what: impl FnOnce() -> String) {
        let document = self.title;
        self.loss.add(kind, || LossExample {
            document: document.to_owned(),
            span: Some(what()),
        });
    }
}

/// Spans of one fragment each. The first fragment of a span keeps its id.
fn pieces(spans: Vec<SpanRecord>) -> Vec<SpanRecord> {
    let mut pieces = Vec::with_capacity(spans.len());
    for span in spans {
        let ranges = span.data.fragments.ranges();
        if ranges.len() < 2 {
            pieces.push(span);
            continue;
        }
        for (number, range) in ranges.iter().enumerate() {
            let Ok(fragments) = Fragments::new([*range]) else {
                continue;
            };
            let mut piece = span.clone();
            piece.data.fragments = fragments;
            if number > 0 {
                piece.id = format!("{}/{number}", span.id);
            }
            pieces.push(piece);
        }
    }
    pieces
}

fn replace_characters(record: &mut DocumentRecord, characters: Characters, loss: &mut Loss) {
    let carried =
        |text: &str| -> String { text.chars().map(|ch| characters.carried(ch)).collect() };
    let mut replaced = false;
    let mut mend = |text: &mut String| {
        if !characters.hold(text) {
            *text = carried(text);
            replaced = true;
        }
    };
    let mut map = |values: &mut BTreeMap<String, String>| {
        if values
            .iter()
            .all(|(key, value)| characters.hold(key) && characters.hold(value))
        {
            return;
        }
        *values = std::mem::take(values)
            .into_iter()
            .map(|(mut key, mut value)| {
                mend(&mut key);
                mend(&mut value);
                (key, value)
            })
            .collect();
    };
    map(&mut record.metadata);
    for layer in &mut record.layers {
        for span in &mut layer.spans {
            map(&mut span.data.attributes);
        }
    }
    for layer in &mut record.layers {
        for span in &mut layer.spans {
            mend(&mut span.data.note);
        }
        for relation in &mut layer.relations {
            mend(&mut relation.kind);
        }
    }
    mend(&mut record.title);
    if !characters.hold(&record.text) {
        record.text = carried(&record.text).into();
        replaced = true;
    }
    if replaced {
        loss.add_document(LossKind::Characters, record);
    }
}
