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
    /// The rows of all layers of one annotator, in the order of the documents' import.
    pub fn layer_rows(&self, annotator: &Annotator) -> Result<Vec<LayerRow>, StoreError> {
        let mut rows = LayerRows::default();
        let sql = format!(
            "SELECT {} FROM layers WHERE annotator = ? ORDER BY number",
            LayerRows::COLUMNS
        );
        self.rows(&sql, [annotator.as_str()], |row| rows.read(row))
    }

    /// The row of one layer; `None` where it has no edits.
    pub fn layer_row(
        &self,
        annotator: &Annotator,
        document: &DocumentId,
    ) -> Result<Option<LayerRow>, StoreError> {
        let rows = self.layers_of(document)?;
        Ok(rows
            .into_iter()
            .find(|(of, _)| of == annotator)
            .map(|(_, row)| row))
    }

    /// The rows of all layers of one document, by annotator.
    pub fn layers_of(
        &self,
        document: &DocumentId,
    ) -> Result<Vec<(Annotator, LayerRow)>, StoreError> {
        let mut rows = LayerRows::default();
        let columns = LayerRows::COLUMNS;
        let sql = format!(
            "SELECT {columns} FROM layers
             WHERE number = (SELECT number FROM subjects WHERE id = ?) ORDER BY annotator"
        );
        self.rows(&sql, [document.as_bytes()], |row| rows.read_named(row))
    }

    /// Everybody who has a layer, with how many, by name.
    pub fn annotators(&self) -> Result<Vec<(Annotator, usize)>, StoreError> {
        let sql = "SELECT annotator, count(*) FROM layers GROUP BY annotator ORDER BY annotator";
        self.rows(sql, (), |row| Ok((record::name(row, 0)?, row.get(1)?)))
    }

    /// Everybody who annotates, by name: who has a layer in which nothing was decided.
    pub fn annotating(&self) -> Result<Vec<Annotator>, StoreError> {
        let sql = "SELECT DISTINCT annotator FROM layers WHERE decisions = 0 ORDER BY annotator";
        self.rows(sql, (), |row| record::name(row, 0))
    }

    /// Everybody who reviews, by name: who has a layer in which something was decided.
    pub fn reviewers(&self) -> Result<Vec<Annotator>, StoreError> {
        let sql = "SELECT DISTINCT annotator FROM layers WHERE decisions > 0 ORDER BY annotator";
        self.rows(sql, (), |row| record::name(row, 0))
    }

    /// The rows of all layers of the list's documents, with whose each is, by document in the order of import.
    pub fn each_layer(&self, mut visit: impl FnMut(Annotator, LayerRow)) -> Result<(), StoreError> {
        let mut rows = LayerRows::default();
        let columns = LayerRows::COLUMNS;
        let sql = format!("SELECT {columns} FROM layers ORDER BY number, annotator");
        self.run(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut found = statement.query(())?;
            while let Some(row) = found.next()? {
                let (annotator, row) = rows.read_named(row)?;
                visit(annotator, row);
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::{
        annotation::{LabelId, Status},
        store::sample::{adding, done, edits, id, project, tag},
    };

    #[test]
    fn the_list_learns_counts_and_status() {
        let (_folder, _path, mut store) = project();
        store.commit(&adding(&["خبر", "آخر"])).unwrap();
        let spans = [("PERSON", 0, 2), ("PERSON", 2, 4), ("CLAIM", 0, 6)];
        let all = [
            tag(5, "خبر", "منى", &spans),
            done(6, "خبر", "منى"),
            done(7, "خبر", "أمل"),
        ];
        store.commit(&edits(all)).unwrap();
        let (mona, amal) = (
            Annotator::new("منى").unwrap(),
            Annotator::new("أمل").unwrap(),
        );
        let rows = store.read().layer_rows(&mona).unwrap();
        let label = |name| LabelId::new(name).unwrap();
        let expected = LayerRow {
            document: id("خبر"),
            status: Status::Done,
            spans: 3,
            labels: [(label("CLAIM"), 1), (label("PERSON"), 2)].into(),
            decisions: 0,
        };
        assert_eq!(rows, [expected]);
        assert_eq!(store.read().annotators().unwrap(), [(amal, 1), (mona, 1)]);
        let names: Vec<_> = store.read().layers_of(&id("خبر")).unwrap();
        assert_eq!(names.len(), 2);
        assert!(store.read().layers_of(&id("آخر")).unwrap().is_empty());
    }
}
