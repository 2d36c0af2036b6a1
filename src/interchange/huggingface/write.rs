//! Writes a Parquet file for each part that has documents, and the card.

use std::io::Write as _;

use crate::interchange::{
    DatasetHead, DocumentRecord, Outputs, Part, Unit, WriteError, WriteOptions, Writer,
    parquet::TableWriter,
};

use super::{
    card::{Card, PartSize},
    file_of,
};

/// Begins a folder.
#[expect(
    clippy::unnecessary_wraps,
    reason = "formats that begin with a file can fail here"
)]
pub(in crate::interchange) fn write<'w>(
    outputs: &'w mut dyn Outputs,
    head: &DatasetHead,
    options: &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError> {
    Ok(Box::new(FolderWriter {
        outputs,
        head: head.clone(),
        options: options.clone(),
        parts: Vec::new(),
    }))
}

struct FolderWriter<'w> {
    outputs: &'w mut dyn Outputs,
    head: DatasetHead,
    options: WriteOptions,
    /// The parts that have documents.
    parts: Vec<(PartSize, Box<TableWriter>)>,
}

impl FolderWriter<'_> {
    /// The place of a part, whose file is opened where it is new.
    fn place(&mut self, part: Part) -> Result<usize, WriteError> {
        if let Some(place) = self.parts.iter().position(|(size, _)| size.part == part) {
            return Ok(place);
        }
        let out = self.outputs.create(&file_of(part))?;
        let table = TableWriter::new(out, &self.head.labels, &self.options)?;
        let size = PartSize {
            part,
            documents: 0,
            bytes: 0,
        };
        self.parts.push((size, Box::new(table)));
        Ok(self.parts.len() - 1)
    }
}

impl Writer for FolderWriter<'_> {
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError> {
        let place = self.place(self.options.parts.of(&record.id))?;
        if let Some((size, table)) = self.parts.get_mut(place) {
            size.documents += 1;
            size.bytes += record.text.len();
            table.document(record)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        if self.parts.is_empty() {
            self.place(Part::Train)?;
        }
        self.parts.sort_by_key(|(size, _)| size.part);
        let mut parts = Vec::new();
        for (size, table) in std::mem::take(&mut self.parts) {
            table.finish()?;
            parts.push(size);
        }
        let card = Card {
            labels: &self.head.labels,
            unit: self.options.unit.unwrap_or(Unit::CodePoints),
            parts: &parts,
        };
        let mut out = self.outputs.create("README.md")?;
        out.write_all(card.to_string().as_bytes())?;
        out.flush()?;
        Ok(())
    }
}
