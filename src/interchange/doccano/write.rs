//! Writes one annotator's spans as doccano's JSONL. What it does not carry is counted.

use std::io::Write;

use serde::Serialize;
use serde_json::{Number, Value};

use crate::{
    annotation::{Annotator, LabelSet},
    interchange::{
        DatasetHead, DocumentRecord, ENCODING_GUESSED, LayerRecord, Loss, LossExample, LossKind,
        SOURCE_ENCODING, SOURCE_FILE, SOURCE_ID, SpanRecord, WriteError, WriteOptions, Writer,
    },
    text::OffsetMap,
};

/// Begins a file.
#[expect(
    clippy::unnecessary_wraps,
    reason = "formats that begin with a head can fail here"
)]
pub(in crate::interchange) fn write<'w>(
    out: &'w mut dyn Write,
    head: &DatasetHead,
    options: WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    Ok(Box::new(DoccanoWriter {
        out,
        labels: head.labels.clone(),
        annotator: options.annotator,
        position: 0,
        next_id: 1,
        loss: Loss::default(),
    }))
}

struct DoccanoWriter<'w> {
    out: &'w mut dyn Write,
    labels: LabelSet,
    annotator: Option<Annotator>,
    /// The documents written so far.
    position: u64,
    /// The id of the next entity or relation.
    next_id: u64,
    loss: Loss,
}

/// A line of the file.
#[derive(Serialize)]
struct Object<'a> {
    id: Value,
    text: &'a str,
    label: Vec<(usize, usize, &'a str)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entities: Option<Vec<Entity<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relations: Option<Vec<Link<'a>>>,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: u64,
    label: &'a str,
    start_offset: usize,
    end_offset: usize,
}

#[derive(Serialize)]
struct Link<'a> {
    id: u64,
    from_id: u64,
    to_id: u64,
    #[serde(rename = "type")]
    kind: &'a str,
}

/// A fragment of a span, in code points.
struct Piece<'a> {
    start: usize,
    end: usize,
    /// The label's place in the label set.
    order: usize,
    label: &'a str,
    /// The id of the span, at its first fragment.
    span: Option<&'a str>,
}

impl Writer for DoccanoWriter<'_> {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        if record.removed {
            return Ok(());
        }
        self.position += 1;
        let layer = match &self.annotator {
            Some(annotator) => record.layer(annotator),
            None if record.layers.len() > 1 => {
                return Err(WriteError::NoAnnotator {
                    format: "a doccano file",
                });
            }
            None => record.layers.first(),
        };
        count_losses(&mut self.loss, record, layer, &self.labels);
        let pieces = layer.map_or_else(Vec::new, |layer| pieces(&record.text, layer, &self.labels));
        let links = layer.filter(|layer| !layer.relations.is_empty());
        let (entities, relations) = links
            .map(|layer| linked(&mut self.next_id, layer, &pieces))
            .unzip();
        let object = Object {
            id: source_id(record, self.position),
            text: &record.text,
            label: pieces.iter().map(|p| (p.start, p.end, p.label)).collect(),
            entities,
            relations,
        };
        serde_json::to_writer(&mut *self.out, &object)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Loss, WriteError> {
        self.out.flush()?;
        Ok(self.loss)
    }
}

/// The id that the source gave (a number where it is one), else the position.
fn source_id(record: &DocumentRecord, position: u64) -> Value {
    let Some(id) = record.metadata.get(SOURCE_ID) else {
        return Value::from(position);
    };
    match id.parse::<i64>() {
        Ok(number) if number.to_string() == *id => Value::Number(Number::from(number)),
        _ => Value::String(id.clone()),
    }
}

/// The fragments of a layer's spans sorted by start, end and the label's place in the set.
fn pieces<'a>(text: &str, layer: &'a LayerRecord, labels: &'a LabelSet) -> Vec<Piece<'a>> {
    let map = OffsetMap::new(text);
    let mut pieces = Vec::with_capacity(layer.spans.len());
    for span in &layer.spans {
        let id = &span.data.label;
        let resolved = labels.resolve(id).map_or(id, |label| &label.id);
        let order = labels.labels.iter().position(|label| label.id == *resolved);
        let mut first = Some(&*span.id);
        for range in span.data.fragments.ranges() {
            let start = map.char_of_byte(text, range.start());
            let Some((start, end)) = start.zip(map.char_of_byte(text, range.end())) else {
                continue;
            };
            pieces.push(Piece {
                start,
                end,
                order: order.unwrap_or(usize::MAX),
                label: labels.name_of(id),
                span: first.take(),
            });
        }
    }
    pieces.sort_by(|a, b| {
        let key = |piece: &Piece<'a>| (piece.start, piece.end, piece.order, piece.label);
        key(a).cmp(&key(b))
    });
    pieces
}

/// Entities and relations with ids that are unique in the file. A relation of a span of several
/// fragments leads to its first.
fn linked<'a>(
    next_id: &mut u64,
    layer: &'a LayerRecord,
    pieces: &[Piece<'a>],
) -> (Vec<Entity<'a>>, Vec<Link<'a>>) {
    let mut id = || {
        let id = *next_id;
        *next_id += 1;
        id
    };
    let mut of_spans = std::collections::HashMap::new();
    let mut entities = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let id = id();
        if let Some(span) = piece.span {
            of_spans.insert(span, id);
        }
        entities.push(Entity {
            id,
            label: piece.label,
            start_offset: piece.start,
            end_offset: piece.end,
        });
    }
    let mut links = Vec::with_capacity(layer.relations.len());
    for relation in &layer.relations {
        let ends = (of_spans.get(&*relation.from), of_spans.get(&*relation.to));
        if let (Some(&from_id), Some(&to_id)) = ends {
            links.push(Link {
                id: id(),
                from_id,
                to_id,
                kind: &relation.kind,
            });
        }
    }
    (entities, links)
}

fn count_losses(
    loss: &mut Loss,
    record: &DocumentRecord,
    layer: Option<&LayerRecord>,
    labels: &LabelSet,
) {
    let known = [SOURCE_ID, SOURCE_FILE, SOURCE_ENCODING, ENCODING_GUESSED];
    if record.metadata.keys().any(|key| !known.contains(&&**key)) {
        loss.add(LossKind::Metadata, || LossExample {
            document: record.title.clone(),
            span: None,
        });
    }
    for span in layer.into_iter().flat_map(|layer| &layer.spans) {
        for kind in lost(span) {
            loss.add(kind, || {
                LossExample::span(&record.title, &record.text, span, labels)
            });
        }
    }
}

/// What of a span the format does not carry.
fn lost(span: &SpanRecord) -> impl Iterator<Item = LossKind> {
    let data = &span.data;
    [
        (data.fragments.ranges().len() > 1, LossKind::Discontinuous),
        (!data.attributes.is_empty(), LossKind::Attributes),
        (!data.note.is_empty(), LossKind::Notes),
    ]
    .into_iter()
    .filter_map(|(lost, kind)| lost.then_some(kind))
}
