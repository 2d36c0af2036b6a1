//! Documents as columns, until there are enough of them for a batch.

use std::sync::Arc;

use arrow_array::{
    Array as _, ArrayRef, ListArray, RecordBatch, StructArray,
    builder::{Int32Builder, StringBuilder},
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, Field, Fields, Schema, SchemaRef};

use crate::{
    annotation::Annotator,
    interchange::{LayerRecord, Offsets, SpanRecord, WriteError},
};

/// Columns that grow.
#[derive(Default)]
pub(super) struct Gathered {
    id: StringBuilder,
    title: StringBuilder,
    text: StringBuilder,
    text_len: usize,
    metadata: Pairs,
    layers: Layers,
    spans: Spans,
    relations: Relations,
}

/// Names with values, in lists.
#[derive(Default)]
struct Pairs {
    lengths: Lengths,
    name: StringBuilder,
    value: StringBuilder,
}

#[derive(Default)]
struct Layers {
    lengths: Lengths,
    annotator: StringBuilder,
    status: StringBuilder,
}

#[derive(Default)]
struct Spans {
    lengths: Lengths,
    start: Int32Builder,
    end: Int32Builder,
    label: StringBuilder,
    annotator: StringBuilder,
    note: StringBuilder,
    fragments: Fragments,
    attributes: Pairs,
}

#[derive(Default)]
struct Fragments {
    lengths: Lengths,
    start: Int32Builder,
    end: Int32Builder,
}

#[derive(Default)]
struct Relations {
    lengths: Lengths,
    kind: StringBuilder,
    from: Int32Builder,
    to: Int32Builder,
}

/// How long lists are: those that ended, and the one that grows.
#[derive(Default)]
struct Lengths {
    ended: Vec<usize>,
    open: usize,
}

impl Lengths {
    fn end(&mut self) {
        self.ended.push(std::mem::take(&mut self.open));
    }
}

impl Gathered {
    /// How many bytes of text there are.
    pub(super) fn text_len(&self) -> usize {
        self.text_len
    }

    /// Begins a document.
    pub(super) fn document(&mut self, id: &str, title: &str, text: &str) {
        self.id.append_value(id);
        self.title.append_value(title);
        self.text.append_value(text);
        self.text_len += text.len();
    }

    pub(super) fn metadata<'a>(
        &mut self,
        pairs: impl IntoIterator<Item = (&'a String, &'a String)>,
    ) {
        self.metadata.list(pairs);
    }

    pub(super) fn layer(&mut self, layer: &LayerRecord, status: &str) {
        self.layers.lengths.open += 1;
        self.layers.annotator.append_value(layer.annotator.as_str());
        self.layers.status.append_value(status);
    }

    /// Adds a span. Its fragments are written only where there are several.
    pub(super) fn span(
        &mut self,
        annotator: &Annotator,
        label: &str,
        span: &SpanRecord,
        offsets: &Offsets<'_>,
    ) -> Result<(), WriteError> {
        let spans = &mut self.spans;
        let data = &span.data;
        spans.lengths.open += 1;
        spans.label.append_value(label);
        spans.annotator.append_value(annotator.as_str());
        spans.note.append_value(&data.note);
        spans.attributes.list(&data.attributes);
        let (start, end) = data.fragments.extent();
        spans.start.append_value(number(offsets.position(start)?)?);
        spans.end.append_value(number(offsets.position(end)?)?);
        let ranges = data.fragments.ranges();
        for range in ranges.iter().filter(|_| ranges.len() > 1) {
            let (start, end) = offsets.pair(range)?;
            spans.fragments.lengths.open += 1;
            spans.fragments.start.append_value(number(start)?);
            spans.fragments.end.append_value(number(end)?);
        }
        spans.fragments.lengths.end();
        Ok(())
    }

    /// Adds a relation between spans of the document by their places.
    pub(super) fn relation(
        &mut self,
        kind: &str,
        from: usize,
        to: usize,
    ) -> Result<(), WriteError> {
        self.relations.lengths.open += 1;
        self.relations.kind.append_value(kind);
        self.relations.from.append_value(number(from)?);
        self.relations.to.append_value(number(to)?);
        Ok(())
    }

    /// Ends a document.
    pub(super) fn end(&mut self) {
        self.spans.lengths.end();
        self.relations.lengths.end();
        self.layers.lengths.end();
    }

    /// What columns there are.
    pub(super) fn schema(self) -> Result<SchemaRef, ArrowError> {
        Ok(self.batch()?.schema())
    }

    /// All of it as a batch.
    pub(super) fn batch(mut self) -> Result<RecordBatch, ArrowError> {
        let columns = vec![
            ("id", texts(&mut self.id)),
            ("title", texts(&mut self.title)),
            ("text", texts(&mut self.text)),
            ("spans", self.spans.column()?),
            ("relations", self.relations.column()?),
            ("layers", self.layers.column()?),
            ("metadata", self.metadata.column()?),
        ];
        let (fields, columns) = parted(columns);
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
    }
}

impl Pairs {
    fn list<'a>(&mut self, pairs: impl IntoIterator<Item = (&'a String, &'a String)>) {
        for (name, value) in pairs {
            self.lengths.open += 1;
            self.name.append_value(name);
            self.value.append_value(value);
        }
        self.lengths.end();
    }

    fn column(mut self) -> Result<ArrayRef, ArrowError> {
        let columns = vec![
            ("name", texts(&mut self.name)),
            ("value", texts(&mut self.value)),
        ];
        list(columns, self.lengths)
    }
}

impl Layers {
    fn column(mut self) -> Result<ArrayRef, ArrowError> {
        let columns = vec![
            ("annotator", texts(&mut self.annotator)),
            ("status", texts(&mut self.status)),
        ];
        list(columns, self.lengths)
    }
}

impl Spans {
    fn column(mut self) -> Result<ArrayRef, ArrowError> {
        let columns = vec![
            ("start", numbers(&mut self.start)),
            ("end", numbers(&mut self.end)),
            ("label", texts(&mut self.label)),
            ("annotator", texts(&mut self.annotator)),
            ("note", texts(&mut self.note)),
            ("fragments", self.fragments.column()?),
            ("attributes", self.attributes.column()?),
        ];
        list(columns, self.lengths)
    }
}

impl Fragments {
    fn column(mut self) -> Result<ArrayRef, ArrowError> {
        let columns = vec![
            ("start", numbers(&mut self.start)),
            ("end", numbers(&mut self.end)),
        ];
        list(columns, self.lengths)
    }
}

impl Relations {
    fn column(mut self) -> Result<ArrayRef, ArrowError> {
        let columns = vec![
            ("type", texts(&mut self.kind)),
            ("from", numbers(&mut self.from)),
            ("to", numbers(&mut self.to)),
        ];
        list(columns, self.lengths)
    }
}

/// A number as the file has it.
fn number(number: usize) -> Result<i32, WriteError> {
    i32::try_from(number).map_err(|error| WriteError::Other(Box::new(error)))
}

fn texts(builder: &mut StringBuilder) -> ArrayRef {
    Arc::new(builder.finish())
}

fn numbers(builder: &mut Int32Builder) -> ArrayRef {
    Arc::new(builder.finish())
}

/// Fields and columns. Fields may be null for the sake of readers that expect so, but none is.
fn parted(columns: Vec<(&str, ArrayRef)>) -> (Fields, Vec<ArrayRef>) {
    let field =
        |(name, column): &(&str, ArrayRef)| Field::new(*name, column.data_type().clone(), true);
    let fields = columns.iter().map(field).collect();
    (
        fields,
        columns.into_iter().map(|(_, column)| column).collect(),
    )
}

/// A column of lists of records.
fn list(columns: Vec<(&str, ArrayRef)>, lengths: Lengths) -> Result<ArrayRef, ArrowError> {
    let (fields, columns) = parted(columns);
    let records = StructArray::try_new(fields, columns, None)?;
    let field = Arc::new(Field::new("element", records.data_type().clone(), true));
    let offsets = OffsetBuffer::try_from_lengths(lengths.ended)
        .map_err(|error| ArrowError::InvalidArgumentError(error.to_string()))?;
    let lists = ListArray::try_new(field, offsets, Arc::new(records), None)?;
    Ok(Arc::new(lists))
}
