//! Writes a dataset a document at a time. The frame is laid out by hand, one span and one edit a
//! line, so that people can read it and tools can compare two files; the values are the `ron`
//! crate's. Strings are never escaped: Arabic stands as Arabic, and a raw string holds every
//! character as it is.

use std::io::Write as _;

use ron::ser::PrettyConfig;
use serde::Serialize;

use crate::interchange::{
    DatasetHead, DocumentRecord, LayerRecord, Output, Outputs, SpanRecord, WriteError,
    WriteOptions, Writer,
};

use super::read::is_of_labels;
use super::wire::{EditWire, FORMAT, OFFSETS, RelationWire, SpanWire, VERSION};

/// Begins a dataset; [`Writer::finish`] ends it.
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    _options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    let mut writer = DatasetWriter {
        out: outputs.file()?,
        line: String::new(),
    };
    writer.head(head)?;
    Ok(Box::new(writer))
}

struct DatasetWriter {
    out: Output,
    /// What is written next, kept to be used again.
    line: String,
}

impl Writer for DatasetWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        self.text("\nDocument(\n")?;
        self.field(1, "id", &record.id)?;
        self.field(1, "title", &record.title)?;
        self.field_unless(record.metadata.is_empty(), "metadata", &record.metadata)?;
        self.field_unless(record.assigned.is_empty(), "assigned", &record.assigned)?;
        self.field_unless(!record.removed, "removed", &record.removed)?;
        self.field(1, "text", &*record.text)?;
        self.text("    layers: [\n")?;
        for layer in &record.layers {
            self.layer(&record.text, layer)?;
        }
        self.text("    ],\n")?;
        if !record.edits.is_empty() {
            let edits = record.edits.iter().map(|edit| EditWire::from(&**edit));
            self.list(1, "edits", "Edit", edits)?;
        }
        self.text("),\n")
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.out.write_all(b"],\n)\n")?;
        self.out.flush()?;
        Ok(())
    }
}

impl DatasetWriter {
    fn head(&mut self, head: &DatasetHead) -> Result<(), WriteError> {
        self.text(
            "// A dataset of Hashiya: articles, the spans that people labelled in them, and every\n\
             // edit that made them. Ranges are bytes of the text in UTF-8.\nDataset(\n",
        )?;
        self.field(0, "format", &FORMAT)?;
        self.field(0, "version", &VERSION)?;
        self.field(0, "offsets", &OFFSETS)?;
        let labels = ron::ser::to_string_pretty(&head.labels, config(3))?;
        self.text("labels: ")?;
        self.text(&labels)?;
        self.text(",\n")?;
        let (of_labels, other): (Vec<_>, Vec<_>) =
            head.edits.iter().partition(|edit| is_of_labels(edit));
        for (name, edits) in [("label_edits", of_labels), ("other_edits", other)] {
            if !edits.is_empty() {
                let edits = edits.into_iter().map(|edit| EditWire::from(&**edit));
                self.list(0, name, "Edit", edits)?;
            }
        }
        self.text("documents: [\n")
    }

    fn layer(&mut self, text: &str, layer: &LayerRecord) -> Result<(), WriteError> {
        self.text("        Layer(\n")?;
        self.field(3, "annotator", &layer.annotator)?;
        self.field(3, "status", &layer.status)?;
        let spans = layer.spans.iter().map(|span| span_wire(text, span));
        self.list(3, "spans", "Span", spans)?;
        let relations = layer.relations.iter().map(|relation| RelationWire {
            id: relation.id.clone(),
            kind: relation.kind.clone(),
            from: relation.from.clone(),
            to: relation.to.clone(),
        });
        if !layer.relations.is_empty() {
            self.list(3, "relations", "Relation", relations)?;
        }
        self.text("        ),\n")
    }

    /// A field and a list, one thing a line.
    fn list<T: Serialize>(
        &mut self,
        depth: usize,
        name: &str,
        of: &str,
        things: impl ExactSizeIterator<Item = T>,
    ) -> Result<(), WriteError> {
        let indent = "    ".repeat(depth);
        if things.len() == 0 {
            return self.text(&format!("{indent}{name}: [],\n"));
        }
        self.text(&format!("{indent}{name}: [\n"))?;
        for thing in things {
            self.text(&format!("{indent}    {of}"))?;
            self.value(&thing)?;
            self.text(",\n")?;
        }
        self.text(&format!("{indent}],\n"))
    }

    fn field_unless(
        &mut self,
        left_out: bool,
        name: &str,
        value: &impl Serialize,
    ) -> Result<(), WriteError> {
        if left_out {
            return Ok(());
        }
        self.field(1, name, value)
    }

    /// A field on a line of its own.
    fn field<T: Serialize + ?Sized>(
        &mut self,
        depth: usize,
        name: &str,
        value: &T,
    ) -> Result<(), WriteError> {
        self.text(&format!("{}{name}: ", "    ".repeat(depth)))?;
        self.value(value)?;
        self.text(",\n")
    }

    /// A value on one line, unless a string in it has several.
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        self.line.clear();
        ron::Options::default().to_writer_pretty(&mut self.line, value, config(0))?;
        self.out.write_all(self.line.as_bytes())?;
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), WriteError> {
        self.out.write_all(text.as_bytes())?;
        Ok(())
    }
}

/// Values as they are written, the first `depth` levels a thing a line.
pub(in crate::interchange) fn config(depth: usize) -> PrettyConfig {
    PrettyConfig::new()
        .depth_limit(depth)
        .new_line("\n")
        .escape_strings(false)
}

fn span_wire(text: &str, span: &SpanRecord) -> SpanWire {
    let data = &span.data;
    let ranges = data.fragments.ranges().iter();
    SpanWire {
        id: span.id.clone(),
        label: data.label.clone(),
        at: ranges.map(|range| (range.start(), range.end())).collect(),
        text: Some(data.fragments.text(text)),
        attributes: data.attributes.clone(),
        note: data.note.clone(),
        made: span.made.clone(),
        changed: span.changed.clone().filter(|_| span.changed != span.made),
    }
}
