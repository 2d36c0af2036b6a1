//! What the list of documents shows of a layer: a row folded from the layer's edits.

use std::collections::{BTreeMap, BTreeSet};

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
}

impl LayerRow {
    /// The row of a layer.
    pub(super) fn of(document: DocumentId, layer: &Layer) -> Self {
        let mut labels: BTreeMap<&LabelId, u32> = BTreeMap::new();
        for span in layer.spans() {
            *labels.entry(&span.data.label).or_default() += 1;
        }
        Self {
            document,
            status: layer.status(),
            spans: layer.len(),
            labels: labels
                .into_iter()
                .map(|(label, count)| (label.clone(), count))
                .collect(),
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
            .prepare_cached("INSERT OR REPLACE INTO layers VALUES (?, ?, ?, ?, ?, ?)")?
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
            ])?;
        Ok(())
    }
}

/// Reads rows, each label's id kept once.
#[derive(Default)]
pub(super) struct LayerRows {
    labels: BTreeSet<LabelId>,
    annotators: BTreeSet<Annotator>,
}

impl LayerRows {
    /// The columns that [`Self::read`] wants, in its order.
    pub(super) const COLUMNS: &str = "annotator, id, status, spans, labels";

    /// A row and whose layer it is.
    pub(super) fn read(&mut self, row: &Row<'_>) -> rusqlite::Result<(Annotator, LayerRow)> {
        let annotator = match self.annotators.get(row.get_ref(0)?.as_str()?) {
            Some(annotator) => annotator.clone(),
            None => record::name(row, 0)?,
        };
        self.annotators.insert(annotator.clone());
        let labels = row.get_ref(4)?.as_str()?.lines();
        let labels: Option<_> = labels.map(|line| self.count(line)).collect();
        Ok((
            annotator,
            LayerRow {
                document: record::document_id(row, 1)?,
                status: match row.get(2)? {
                    0 => Status::New,
                    1 => Status::InProgress,
                    2 => Status::Done,
                    other => return Err(record::bad(2, format!("unknown status {other}"))),
                },
                spans: row.get(3)?,
                labels: labels.ok_or_else(|| record::bad(4, "a layer's labels"))?,
            },
        ))
    }

    fn count(&mut self, line: &str) -> Option<(LabelId, u32)> {
        let (count, label) = line.split_once(' ')?;
        let label = if let Some(label) = self.labels.get(label) {
            label.clone()
        } else {
            let label = LabelId::new(label).ok()?;
            self.labels.insert(label.clone());
            label
        };
        Some((label, count.parse().ok()?))
    }
}
