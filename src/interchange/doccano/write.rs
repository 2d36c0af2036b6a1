//! Writes one annotator's spans as doccano's JSONL.

use std::{collections::HashMap, io::Write as _};

use serde::Serialize;
use serde_json::Value;

use crate::{
    annotation::LabelSet,
    interchange::{
        DatasetHead, DocumentRecord, LayerRecord, Offsets, Output, Outputs, Unit, WriteError,
        WriteOptions, Writer, json::source_id,
    },
};

/// Begins a file.
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    Ok(Box::new(DoccanoWriter {
        out: outputs.file()?,
        labels: head.labels.clone(),
        unit: options.unit.unwrap_or(Unit::CodePoints),
        position: 0,
        next_id: 1,
    }))
}

struct DoccanoWriter {
    out: Output,
    labels: LabelSet,
    unit: Unit,
    /// The documents written so far.
    position: u64,
    /// The id of the next entity or relation.
    next_id: u64,
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

/// A span, in the file's unit.
struct Piece<'a> {
    start: usize,
    end: usize,
    /// The label's place in the label set.
    order: usize,
    label: &'a str,
    /// The span's id.
    span: &'a str,
}

impl Writer for DoccanoWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        self.position += 1;
        let offsets = Offsets::new(&record.text, self.unit);
        let layer = record.layers.first();
        let pieces = match layer {
            Some(layer) => pieces(&offsets, layer, &self.labels)?,
            None => Vec::new(),
        };
        let links = layer.filter(|layer| !layer.relations.is_empty());
        let (entities, relations) = links
            .map(|layer| linked(&mut self.next_id, layer, &pieces))
            .unzip();
        let id = source_id(&record.metadata);
        let object = Object {
            id: id.unwrap_or_else(|| Value::from(self.position)),
            text: &record.text,
            label: pieces.iter().map(|p| (p.start, p.end, p.label)).collect(),
            entities,
            relations,
        };
        serde_json::to_writer(&mut self.out, &object)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.out.flush()?;
        Ok(())
    }
}

/// A layer's spans sorted by start, end and the label's place in the set.
fn pieces<'a>(
    offsets: &Offsets<'_>,
    layer: &'a LayerRecord,
    labels: &'a LabelSet,
) -> Result<Vec<Piece<'a>>, WriteError> {
    let mut pieces = Vec::with_capacity(layer.spans.len());
    for span in &layer.spans {
        let id = &span.data.label;
        let resolved = labels.id_of(id);
        let order = labels.labels.iter().position(|label| label.id == *resolved);
        for range in span.data.fragments.ranges() {
            let (start, end) = offsets.pair(range)?;
            pieces.push(Piece {
                start,
                end,
                order: order.unwrap_or(usize::MAX),
                label: labels.name_of(id),
                span: &span.id,
            });
        }
    }
    pieces.sort_by(|a, b| {
        let key = |piece: &Piece<'a>| (piece.start, piece.end, piece.order, piece.label);
        key(a).cmp(&key(b))
    });
    Ok(pieces)
}

/// Entities and relations with ids that are unique in the file.
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
    let mut of_spans = HashMap::new();
    let mut entities = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let id = id();
        of_spans.entry(piece.span).or_insert(id);
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
