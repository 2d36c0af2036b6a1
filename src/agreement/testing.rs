//! Layers for tests, from a few numbers.

use std::collections::BTreeMap;

use super::{Corpus, CorpusBuilder, Selection};
use crate::annotation::{
    Annotator, Attributes, DocumentId, EditId, Fragments, Label, LabelFate, LabelId, LabelKind,
    LabelSet, Layer, Mark, PALETTE, Relation, RelationId, Span, SpanData, SpanId, Stamp, TextHash,
    Time,
};
use crate::text::ByteRange;

/// A span: label, and ranges of bytes.
pub(super) type Raw = (&'static str, Vec<(usize, usize)>);

/// One span of one fragment.
pub(super) fn raw(label: &'static str, start: usize, end: usize) -> Raw {
    (label, vec![(start, end)])
}

/// The labels A to F (entities) and X, Y (statements).
pub(super) fn labels() -> LabelSet {
    LabelSet {
        labels: ["A", "B", "C", "D", "E", "F", "X", "Y"].map(label).to_vec(),
        ..LabelSet::default()
    }
}

fn label(name: &str) -> Label {
    Label {
        id: LabelId::new(name).unwrap(),
        name: name.to_owned(),
        display: crate::annotation::DisplayName::default(),
        color: PALETTE[0],
        hotkey: None,
        mark: Mark::default(),
        kind: if name < "X" {
            LabelKind::Entity
        } else {
            LabelKind::Statement
        },
        guide: String::new(),
        parent: None,
        attributes: Vec::new(),
        fate: LabelFate::Active,
    }
}

/// A layer of these spans.
pub(super) fn layer(spans: &[Raw]) -> Layer {
    let mut layer = Layer::default();
    for (place, (label, ranges)) in spans.iter().enumerate() {
        let ranges = ranges
            .iter()
            .map(|(start, end)| ByteRange::unchecked_order(*start, *end).unwrap());
        let data = SpanData::new(
            LabelId::new(label).unwrap(),
            Fragments::new(ranges).unwrap(),
        );
        layer.insert(span(place as u32, data));
    }
    layer
}

/// A span with the id that says `place`.
pub(super) fn span(place: u32, data: SpanData) -> Span {
    let stamp = Stamp {
        author: Annotator::unnamed(),
        time: Time::default(),
    };
    Span {
        id: span_id(place),
        data,
        made: stamp.clone(),
        changed: stamp,
    }
}

pub(super) fn span_id(place: u32) -> SpanId {
    SpanId {
        edit: EditId::of_content(b"test"),
        place,
    }
}

/// Gives the span at `place` an attribute.
pub(super) fn attribute(layer: &mut Layer, place: u32, name: &str, value: &str) {
    layer.update(span_id(place), |span| {
        let mut attributes: Attributes = BTreeMap::new();
        attributes.append(&mut span.data.attributes);
        attributes.insert(name.to_owned(), value.to_owned());
        span.data.attributes = attributes;
    });
}

/// Relates two spans.
pub(super) fn relate(layer: &mut Layer, place: u32, kind: &str, from: u32, to: u32) {
    layer.insert_relation(Relation {
        id: RelationId {
            edit: EditId::of_content(b"test"),
            place,
        },
        kind: kind.to_owned(),
        from: span_id(from),
        to: span_id(to),
    });
}

/// The annotator of this name.
pub(super) fn annotator(name: &str) -> Annotator {
    Annotator::new(name).unwrap()
}

/// A corpus of documents, each a text and the layers of annotators a, b, c, ….
pub(super) fn corpus(documents: &[(&str, Vec<Layer>)]) -> Corpus {
    chosen(documents, Selection::default())
}

/// The same with a selection.
pub(super) fn chosen(documents: &[(&str, Vec<Layer>)], selection: Selection) -> Corpus {
    let set = labels();
    let names: Vec<Annotator> = ('a'..='z')
        .map(|name| annotator(&name.to_string()))
        .collect();
    let mut builder = CorpusBuilder::new(&set, selection);
    for (k, (text, layers)) in documents.iter().enumerate() {
        let id = DocumentId::new(&TextHash::of(text), k as u32);
        builder.add(id, text, names.iter().zip(layers));
    }
    builder.finish()
}

/// A corpus of `people` annotators, each of whom has worked with one other on one document.
pub(super) fn crowd(people: usize, spans: &[Vec<Raw>; 2]) -> Corpus {
    let set = labels();
    let layers = spans.each_ref().map(|spans| layer(spans));
    let names: Vec<Annotator> = (0..people).map(|n| annotator(&format!("{n:06}"))).collect();
    let mut builder = CorpusBuilder::new(&set, Selection::default());
    for (k, two) in (0..).zip(names.chunks_exact(2)) {
        let text = "xxxx ".repeat(4);
        let id = DocumentId::new(&TextHash::of(&text), k);
        builder.add(id, &text, two.iter().zip(&layers));
    }
    builder.finish()
}

/// A text of `length` letters without white space.
pub(super) fn letters(length: usize) -> String {
    "x".repeat(length)
}
