//! What the list shows of layers, without their spans.

use crate::{
    annotation::{Annotator, DocumentId},
    store::{
        StoreError,
        layer_row::{LayerRow, LayerRows},
        record,
    },
};

use super::Reader;

impl Reader {
    /// The rows of all layers of one annotator, in no order that means anything.
    pub fn layer_rows(&self, annotator: &Annotator) -> Result<Vec<LayerRow>, StoreError> {
        let mut rows = LayerRows::default();
        let sql = format!("SELECT {} FROM layers WHERE annotator = ?", LayerRows::COLUMNS);
        self.rows(&sql, [annotator.as_str()], |row| {
            rows.read(row).map(|(_, row)| row)
        })
    }

    /// The row of one layer; `None` where it has no edits.
    pub fn layer_row(
        &self,
        annotator: &Annotator,
        document: &DocumentId,
    ) -> Result<Option<LayerRow>, StoreError> {
        let rows = self.layers_of(document)?;
        Ok(rows.into_iter().find(|(of, _)| of == annotator).map(|(_, row)| row))
    }

    /// The rows of all layers of one document, by annotator.
    pub fn layers_of(&self, document: &DocumentId) -> Result<Vec<(Annotator, LayerRow)>, StoreError> {
        let mut rows = LayerRows::default();
        let columns = LayerRows::COLUMNS;
        let sql = format!("SELECT {columns} FROM layers WHERE document = ? ORDER BY annotator");
        self.rows(&sql, [document.as_bytes()], |row| rows.read(row))
    }

    /// Everybody who has a layer, with how many, by name.
    pub fn annotators(&self) -> Result<Vec<(Annotator, usize)>, StoreError> {
        let sql = "SELECT annotator, count(*) FROM layers GROUP BY annotator ORDER BY annotator";
        self.rows(sql, (), |row| Ok((record::name(row, 0)?, row.get(1)?)))
    }
}
