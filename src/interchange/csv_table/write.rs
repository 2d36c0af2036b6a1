//! Writes tables of spans.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    annotation::{Annotator, LabelSet},
    interchange::{
        DatasetHead, DocumentRecord, ID_IS_TEXT, Offsets, Output, Outputs, SOURCE_ID, SpanRecord,
        Unit, WriteError, WriteOptions, Writer,
    },
};

use super::columns::{Column, of_options};

/// Begins a table: tabs are between the fields of a file whose name says so.
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    let columns = of_options(options)?;
    let tabs = outputs
        .ending()
        .is_some_and(|ending| ["tsv", "tab"].contains(&&*ending.to_ascii_lowercase()));
    let mut out = csv::WriterBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .from_writer(outputs.file()?);
    out.write_record(columns.iter().map(|column| column.name()))?;
    Ok(Box::new(CsvWriter {
        out,
        columns,
        labels: head.labels.clone(),
        unit: options.unit.unwrap_or(Unit::CodePoints),
        written: 0,
        field: String::new(),
    }))
}

struct CsvWriter {
    out: csv::Writer<Output>,
    columns: Vec<Column>,
    labels: LabelSet,
    unit: Unit,
    /// The documents written so far.
    written: u64,
    /// Room to make a field in.
    field: String,
}

impl From<csv::Error> for WriteError {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Io(error),
            other => Self::Other(format!("{other:?}").into()),
        }
    }
}

/// What a row is of.
struct Row<'a> {
    record: &'a DocumentRecord,
    /// Whether what belongs to the document stands in it.
    first: bool,
    span: Option<(&'a Annotator, &'a SpanRecord)>,
}

impl Writer for CsvWriter {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        self.written += 1;
        let offsets = Offsets::new(&record.text, self.unit);
        let mut row = Row {
            record,
            first: true,
            span: None,
        };
        for layer in &record.layers {
            for span in &layer.spans {
                row.span = Some((&layer.annotator, span));
                self.row(&row, &offsets)?;
                row.first = false;
            }
        }
        if row.first {
            self.row(&row, &offsets)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.out.flush()?;
        Ok(())
    }
}

impl CsvWriter {
    fn row(&mut self, row: &Row<'_>, offsets: &Offsets<'_>) -> Result<(), WriteError> {
        let mut field = std::mem::take(&mut self.field);
        for column in &self.columns {
            field.clear();
            let made = if *column == Column::Document {
                write!(field, "{}", self.written).map_err(|error| WriteError::Other(error.into()))
            } else if let Some((annotator, span)) = row.span.filter(|_| !is_of_document(*column)) {
                match column {
                    Column::Annotator => field.push_str(annotator.as_str()),
                    Column::Label => field.push_str(self.labels.name_of(&span.data.label)),
                    _ => {}
                }
                of_span(*column, span, offsets, row.record, &mut field)
            } else if row.first {
                self.of_document(*column, row.record, &mut field)
            } else {
                Ok(())
            };
            made?;
            self.out.write_field(&field)?;
        }
        self.field = field;
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    fn of_document(
        &self,
        column: Column,
        record: &DocumentRecord,
        field: &mut String,
    ) -> Result<(), WriteError> {
        // An id without a letter would be none in a column of its own.
        let has_id = self.columns.contains(&Column::Id);
        let beside = |key: &str, value: &str| match key {
            SOURCE_ID => has_id && value.is_empty(),
            _ => key != ID_IS_TEXT,
        };
        match column {
            Column::Id => field.extend(record.metadata.get(SOURCE_ID).map(String::as_str)),
            Column::Title => field.push_str(&record.title),
            Column::Text => field.push_str(&record.text),
            Column::Metadata => {
                let metadata = record.metadata.iter();
                let beside: BTreeMap<_, _> =
                    metadata.filter(|(key, value)| beside(key, value)).collect();
                if !beside.is_empty() {
                    field.push_str(&serde_json::to_string(&beside)?);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn is_of_document(column: Column) -> bool {
    matches!(
        column,
        Column::Id | Column::Title | Column::Text | Column::Metadata
    )
}

fn of_span(
    column: Column,
    span: &SpanRecord,
    offsets: &Offsets<'_>,
    record: &DocumentRecord,
    field: &mut String,
) -> Result<(), WriteError> {
    let data = &span.data;
    let (start, end) = data.fragments.extent();
    let mut put = |number: usize| {
        // Writing into a text cannot fail.
        let _ = write!(field, "{number}");
    };
    match column {
        Column::Start => put(offsets.position(start)?),
        Column::End => put(offsets.position(end)?),
        Column::Fragments if data.fragments.ranges().len() > 1 => {
            for (number, range) in data.fragments.ranges().iter().enumerate() {
                let (start, end) = offsets.pair(range)?;
                let gap = if number == 0 { "" } else { " " };
                let _ = write!(field, "{gap}{start}-{end}");
            }
        }
        Column::Quote => field.push_str(&data.fragments.text(&record.text)),
        Column::Attributes if !data.attributes.is_empty() => {
            field.push_str(&serde_json::to_string(&data.attributes)?);
        }
        Column::Note => field.push_str(&data.note),
        _ => {}
    }
    Ok(())
}
