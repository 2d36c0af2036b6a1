//! What the list of documents shows of a layer: a row folded from the layer's edits.

use rusqlite::{Connection, Row, params};

use crate::annotation::{Annotator, DocumentId, LabelId, Layer, LayerKey, Status};

use super::record;

/// A layer's status and counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerRow {
    /// The document.
    pub document: DocumentId,
    /// How far the annotator is.
    pub status: Status,
    /// How many spans there are.
    pub spans: usize,
    /// How many of each label, sorted by label. Merged labels are counted under their own ids.
    pub labels: Box<[(LabelId, u32)]>,
    /// How many decisions there are: a reviewer's layer has some.
    pub decisions: usize,
}

impl LayerRow {
    /// The row of a layer.
    pub(super) fn of(document: DocumentId, layer: &Layer) -> Self {
        Self {
            document,
            status: layer.status(),
            spans: layer.len(),
            labels: layer
                .label_counts()
                .iter()
                .map(|(label, count)| (label.clone(), *count))
                .collect(),
            decisions: layer.decision_count(),
        }
    }

    /// Writes it in the place of the one before.
    pub(super) fn write(
        &self,
        connection: &Connection,
        number: i64,
        key: &LayerKey,
    ) -> rusqlite::Result<()> {
        // A label's id has no line breaks.
        let lines: Vec<String> = self
            .labels
            .iter()
            .map(|(label, count)| format!("{count} {label}"))
            .collect();
        connection
            .prepare_cached("INSERT OR REPLACE INTO layers VALUES (?, ?, ?, ?, ?, ?, ?)")?
            .execute(params![
                key.annotator.as_str(),
                number,
                key.document.as_bytes(),
                match self.status {
                    Status::New => 0,
                    Status::InProgress => 1,
                    Status::Done => 2,
                },
                self.spans,
                lines.join("\n"),
                self.decisions,
            ])?;
        Ok(())
    }
}

/// Reads rows, each label's id kept once.
#[derive(Default)]
pub(super) struct LayerRows {
    known: Vec<LabelId>,
    /// Where the next label is looked for first: rows name the same labels in the same order.
    next: usize,
}

impl LayerRows {
    /// The columns that [`Self::read`] wants, in its order, and whose layer it is.
    pub(super) const COLUMNS: &str = "id, status, spans, labels, annotator, decisions";

    /// A row.
    pub(super) fn read(&mut self, row: &Row<'_>) -> rusqlite::Result<LayerRow> {
        Ok(LayerRow {
            document: record::document_id(row, 0)?,
            status: match row.get(1)? {
                0 => Status::New,
                1 => Status::InProgress,
                2 => Status::Done,
                other => return Err(record::bad(1, format!("unknown status {other}"))),
            },
            spans: row.get(2)?,
            labels: self
                .counts(row.get_ref(3)?.as_str()?)
                .ok_or_else(|| record::bad(3, "a layer's labels"))?,
            decisions: row.get(5)?,
        })
    }

    /// A row and whose layer it is.
    pub(super) fn read_named(&mut self, row: &Row<'_>) -> rusqlite::Result<(Annotator, LayerRow)> {
        Ok((record::name(row, 4)?, self.read(row)?))
    }

    /// A hundred thousand rows are read when a project is opened: each list is made in its size.
    fn counts(&mut self, written: &str) -> Option<Box<[(LabelId, u32)]>> {
        let breaks = written.bytes().filter(|byte| *byte == b'\n').count();
        let mut counts = Vec::with_capacity(if written.is_empty() { 0 } else { breaks + 1 });
        self.next = 0;
        for line in written.lines() {
            let (count, label) = line.split_once(' ')?;
            counts.push((self.label(label)?, count.parse().ok()?));
        }
        Some(counts.into())
    }

    fn label(&mut self, written: &str) -> Option<LabelId> {
        let is_it = |label: &LabelId| label.as_str() == written;
        let expected = self.known.get(self.next).is_some_and(is_it);
        let at = if expected {
            self.next
        } else if let Some(at) = self.known.iter().position(is_it) {
            at
        } else {
            self.known.push(LabelId::new(written).ok()?);
            self.known.len() - 1
        };
        self.next = at + 1;
        self.known.get(at).cloned()
    }
}
