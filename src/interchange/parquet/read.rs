//! Reads Parquet files: our own, and those of other programs that have a column `text` and, where
//! there are spans, a list `spans` or `entities` of records with `start`, `end` and `label`. Other
//! columns become metadata. Rows of `tokens` and `ner_tags` without a text are read as well.

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use bytes::Bytes;
use parquet::{
    arrow::arrow_reader::{
        ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
    },
    errors::ParquetError,
    file::metadata::{ColumnChunkMetaData, KeyValue, ParquetMetaData, RowGroupMetaData},
};
use serde_json::Value;

use super::{UNIT, rows::Row};
use crate::interchange::{
    CopyCounter, DatasetHead, DocumentRecord, Folder, Names, Problem, ReadOptions, Reader, Reason,
    Source, Unit,
    token_rows::{Classes, TOKENS},
};

/// The largest file: its index is at its end, so it is held in memory.
pub(in crate::interchange) const MAX_FILE: usize = 1 << 30;
/// How many rows are decoded at once: few, since each may hold a long text.
const ROWS: usize = 64;
/// How many bytes they may take, at most about, by what the file says of its columns.
const DECODED: i64 = 128 << 20;

/// How many rows are decoded at once: a column of a few bytes may hold one long text many times over.
fn rows_at_once(metadata: &ParquetMetaData) -> usize {
    let groups = metadata.row_groups().iter();
    let sizes = groups
        .flat_map(RowGroupMetaData::columns)
        .map(ColumnChunkMetaData::uncompressed_size);
    let largest = sizes.max().unwrap_or(0).max(1);
    usize::try_from(DECODED / largest)
        .unwrap_or(1)
        .clamp(1, ROWS)
}

/// Opens a file.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every format's reader takes its options"
)]
pub(in crate::interchange) fn read<'r>(
    mut source: Source<'r>,
    options: ReadOptions,
) -> Result<Box<dyn Reader + 'r>, Problem> {
    let stem = source.stem().to_owned();
    let bytes = source.bytes(MAX_FILE)?;
    Ok(Box::new(ParquetReader {
        table: Table::open(bytes, stem, &options, source.folder)?,
        names: options.names(),
    }))
}

struct ParquetReader<'r> {
    table: Table<'r>,
    names: Names,
}

impl Reader for ParquetReader<'_> {
    fn head(&self) -> &DatasetHead {
        self.names.head()
    }

    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>> {
        self.table.next(&mut self.names, copies)
    }
}

/// A file whose rows are read one by one.
pub(in crate::interchange) struct Table<'r> {
    batches: Option<ParquetRecordBatchReader>,
    batch: Option<RecordBatch>,
    /// The next row of the batch.
    row: usize,
    /// How many rows of the file were read.
    number: u64,
    about: About<'r>,
}

/// What all rows of a file have in common.
pub(super) struct About<'r> {
    pub(super) stem: String,
    pub(super) unit: Unit,
    pub(super) options: ReadOptions,
    /// The names that numbers in a column of labels stand for.
    pub(super) classes: Vec<String>,
    /// The same of the tags of tokens.
    pub(super) tags: Classes<'r>,
}

impl<'r> Table<'r> {
    /// Opens the file of these bytes, which lies in this folder.
    pub(in crate::interchange) fn open(
        bytes: Vec<u8>,
        stem: String,
        options: &ReadOptions,
        folder: Option<&'r dyn Folder>,
    ) -> Result<Self, Problem> {
        // Without Arrow's own schema each kind of value comes in one width only.
        let plain = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let builder = guarded(|| {
            ParquetRecordBatchReaderBuilder::try_new_with_options(Bytes::from(bytes), plain)
        })
        .map_err(Problem::of_file)?;
        let file = builder.metadata().file_metadata();
        let pairs = file.key_value_metadata().map_or(&[][..], Vec::as_slice);
        let said = said(pairs, UNIT).and_then(Unit::named);
        let features = features(pairs);
        let about = About {
            stem,
            unit: options.unit.or(said).unwrap_or(Unit::CodePoints),
            options: options.clone(),
            classes: features.as_ref().map_or_else(Vec::new, classes),
            tags: Classes::of(features.as_ref(), folder),
        };
        let column = |name| builder.schema().column_with_name(name);
        if column("text").or_else(|| column(TOKENS)).is_none() {
            return Err(Problem::of_file(Reason::NotThis {
                expected: "a Parquet file of documents",
                found: "it has no column `text`".to_owned(),
            }));
        }
        let rows = rows_at_once(builder.metadata());
        let batches =
            guarded(|| builder.with_batch_size(rows).build()).map_err(Problem::of_file)?;
        Ok(Self {
            batches: Some(batches),
            batch: None,
            row: 0,
            number: 0,
            about,
        })
    }

    /// The next document. Nothing comes after a batch that cannot be decoded.
    pub(in crate::interchange) fn next(
        &mut self,
        names: &mut Names,
        copies: &mut CopyCounter,
    ) -> Option<Result<DocumentRecord, Problem>> {
        loop {
            if let Some(batch) = self.batch.as_ref().filter(|it| self.row < it.num_rows()) {
                let row = Row::new(batch, self.row, &self.about);
                self.row += 1;
                self.number += 1;
                return Some(match row.record(copies) {
                    Ok(mut record) => {
                        names.adopt(&mut record);
                        Ok(record)
                    }
                    Err(reason) => {
                        Err(Problem::of_file(reason).within(format!("number {}", self.number)))
                    }
                });
            }
            let batches = self.batches.as_mut()?;
            let batch = guarded(|| batches.next().transpose().map_err(Into::into));
            self.row = 0;
            match batch {
                Ok(batch @ Some(_)) => self.batch = batch,
                Ok(None) => {
                    self.batches = None;
                    return None;
                }
                Err(reason) => {
                    self.batches = None;
                    self.batch = None;
                    return Some(Err(Problem::of_file(reason)));
                }
            }
        }
    }
}

/// What the library says. It may panic on a damaged file, which must not end the program.
fn guarded<T>(call: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, Reason> {
    let found = match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "it is damaged".to_owned(),
    };
    Err(Reason::NotThis {
        expected: "a whole Parquet file",
        found,
    })
}

fn said<'a>(pairs: &'a [KeyValue], key: &str) -> Option<&'a str> {
    let pair = pairs.iter().find(|pair| pair.key == key)?;
    pair.value.as_deref()
}

/// What the columns hold, as Hugging Face's `datasets` writes it.
fn features(pairs: &[KeyValue]) -> Option<Value> {
    let mut said: Value = serde_json::from_str(said(pairs, "huggingface")?).ok()?;
    said.pointer_mut("/info/features").map(Value::take)
}

/// The names of the classes of labels.
fn classes(features: &Value) -> Vec<String> {
    let found = ["spans", "entities"].into_iter().find_map(|column| {
        let list = features.get(column)?;
        let record = list.get("feature").or_else(|| list.get(0))?;
        record.pointer("/label/names")?.as_array()
    });
    let names = found.map_or(&[][..], Vec::as_slice).iter();
    names
        .map(|name| name.as_str().unwrap_or_default().to_owned())
        .collect()
}
