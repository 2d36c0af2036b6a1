//! Writes Parquet: documents are gathered as columns and handed on in batches; zstd packs the pages.

use std::{collections::HashMap, io::Write as _};

use arrow_array::RecordBatch;
use parquet::{
    arrow::{ArrowWriter, arrow_writer::ArrowWriterOptions},
    basic::{Compression, Encoding, ZstdLevel},
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::{EnabledStatistics, WriterProperties},
    },
    schema::types::ColumnPath,
};

use super::{LABELS, STATUSES, UNIT, gather::Gathered};
use crate::annotation::LabelSet;
use crate::interchange::{
    DatasetHead, DocumentRecord, LayerRecord, Offsets, Output, Outputs, SOURCE_ID, Unit,
    WriteError, WriteOptions, Writer, write_label_set,
};

/// How many bytes of text go into a batch.
const BATCH: usize = 4 << 20;
/// How many packed bytes go into a row group, which a reader holds as a whole.
const GROUP: usize = 32 << 20;
/// zstd's level: above it packing takes longer than all the rest.
const LEVEL: i32 = 3;

impl From<ParquetError> for WriteError {
    fn from(error: ParquetError) -> Self {
        Self::Other(Box::new(error))
    }
}

impl From<arrow_schema::ArrowError> for WriteError {
    fn from(error: arrow_schema::ArrowError) -> Self {
        Self::Other(Box::new(error))
    }
}

/// Begins a file.
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    let out = outputs.file()?;
    Ok(Box::new(TableWriter::new(out, &head.labels, options)?))
}

/// A file that is being written.
pub(in crate::interchange) struct TableWriter {
    writer: ArrowWriter<Output>,
    labels: LabelSet,
    unit: Unit,
    gathered: Gathered,
}

impl TableWriter {
    pub(in crate::interchange) fn new(
        out: Output,
        labels: &LabelSet,
        options: &WriteOptions,
    ) -> Result<Self, WriteError> {
        let unit = options.unit.unwrap_or(Unit::CodePoints);
        let schema = Gathered::default().schema()?;
        // The columns need no schema of Arrow's own, and where there is one, pyarrow shows its
        // metadata instead of the file's.
        let options = ArrowWriterOptions::new()
            .with_properties(properties(unit, labels)?)
            .with_skip_arrow_metadata(true);
        Ok(Self {
            writer: ArrowWriter::try_new_with_options(out, schema, options)?,
            labels: labels.clone(),
            unit,
            gathered: Gathered::default(),
        })
    }

    fn hand_on(&mut self) -> Result<(), WriteError> {
        let batch: RecordBatch = std::mem::take(&mut self.gathered).batch()?;
        self.writer.write(&batch)?;
        if self.writer.in_progress_size() > GROUP {
            self.writer.flush()?;
        }
        Ok(())
    }
}

impl Writer for TableWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let id = record.metadata.get(SOURCE_ID);
        let id = id.map_or_else(|| record.id.to_string(), Clone::clone);
        let rest = record.metadata.iter().filter(|(key, _)| *key != SOURCE_ID);
        self.gathered.document(&id, &record.title, &record.text);
        self.gathered.metadata(rest);
        let offsets = Offsets::new(&record.text, self.unit);
        let mut first = 0;
        for layer in &record.layers {
            self.gathered.layer(layer, status(layer));
            for span in &layer.spans {
                let label = self.labels.name_of(&span.data.label);
                self.gathered
                    .span(&layer.annotator, label, span, &offsets)?;
            }
            let places: HashMap<&str, usize> = if layer.relations.is_empty() {
                HashMap::new()
            } else {
                let ids = layer.spans.iter().map(|span| &*span.id);
                ids.zip(first..).collect()
            };
            for relation in &layer.relations {
                let ends = places.get(&*relation.from).zip(places.get(&*relation.to));
                if let Some((from, to)) = ends {
                    self.gathered.relation(&relation.kind, *from, *to)?;
                }
            }
            first += layer.spans.len();
        }
        self.gathered.end();
        if self.gathered.text_len() > BATCH {
            self.hand_on()?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.hand_on()?;
        let mut out = self.writer.into_inner()?;
        out.flush()?;
        Ok(())
    }
}

fn status(layer: &LayerRecord) -> &'static str {
    let named = STATUSES.iter().find(|(status, _)| *status == layer.status);
    named.map_or("new", |(_, name)| name)
}

fn properties(unit: Unit, labels: &LabelSet) -> Result<WriterProperties, WriteError> {
    let mut set = Vec::new();
    write_label_set(labels, &mut set)?;
    let set = String::from_utf8_lossy(&set).into_owned();
    let said = vec![
        KeyValue::new(UNIT.to_owned(), unit.name().to_owned()),
        KeyValue::new(LABELS.to_owned(), set),
    ];
    let mut properties = WriterProperties::builder()
        .set_created_by("Hashiya".to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL)?))
        .set_statistics_enabled(EnabledStatistics::None)
        .set_key_value_metadata(Some(said));
    // What is different in each row gains nothing from a dictionary.
    for name in ["id", "title", "text"] {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(name), false);
    }
    for name in ["start", "end"] {
        let path = ["spans", "list", "element", name].map(str::to_owned);
        let path = ColumnPath::from(path.to_vec());
        properties = properties
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
    }
    Ok(properties.build())
}
