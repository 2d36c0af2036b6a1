//! Edits, by what they change.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    annotation::{Annotator, Document, DocumentId, EditId, Layer, LayerKey, Time},
    edit::{Change, Edit, LayerLog, OfLayer, Scope, folded},
    store::{StoreError, commit, derive::edits_of, document_row, record},
};

use super::Reader;

/// A document with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct DocumentRecord {
    /// What is known of it.
    pub document: Document,
    /// Whether it was taken out of the list.
    pub removed: bool,
    /// Its text.
    pub text: Arc<str>,
    /// Its edits and those of its layers, in the order in which they came in.
    pub edits: Vec<Arc<Edit>>,
}

impl DocumentRecord {
    /// Everybody who has a layer on it.
    pub fn annotators(&self) -> BTreeSet<&Annotator> {
        self.edits
            .iter()
            .filter_map(|edit| match &edit.change {
                Change::Layer(key, _) => Some(&key.annotator),
                _ => None,
            })
            .collect()
    }

    /// One annotator's layer on it.
    pub fn layer(&self, annotator: &Annotator) -> LayerLog {
        LayerLog::new(self.edits_of(annotator).cloned())
    }

    /// What the edits of one annotator's layer on it make.
    pub fn folded(&self, annotator: &Annotator) -> Layer {
        folded::<OfLayer>(self.edits_of(annotator))
    }

    fn edits_of(&self, annotator: &Annotator) -> impl Iterator<Item = &Arc<Edit>> {
        let of_layer = move |edit: &&Arc<Edit>| matches!(&edit.change, Change::Layer(key, _) if key.annotator == *annotator);
        self.edits.iter().filter(of_layer)
    }
}

impl Reader {
    /// The edits of a scope, in the order in which they came in.
    pub fn edits(&self, scope: &Scope) -> Result<Vec<Arc<Edit>>, StoreError> {
        self.run(|connection| edits_of(connection, scope))
    }

    /// The edits of the label set.
    pub fn label_set_edits(&self) -> Result<Vec<Arc<Edit>>, StoreError> {
        self.edits(&Scope::LabelSet)
    }

    /// The log of one layer.
    pub fn layer_log(&self, key: &LayerKey) -> Result<LayerLog, StoreError> {
        self.edits(&Scope::Layer(key.clone())).map(LayerLog::new)
    }

    /// The edits of a document and of its layers, in the order in which they came in.
    pub fn edits_of_document(&self, id: &DocumentId) -> Result<Vec<Arc<Edit>>, StoreError> {
        let select = record::SELECT;
        let sql = format!(
            "{select} WHERE document = (SELECT number FROM subjects WHERE id = ?) ORDER BY seq"
        );
        self.rows(&sql, [id.as_bytes()], |row| record::read(row).map(Arc::new))
    }

    /// What there is of a document: its own scope, and one for each annotator who has a layer.
    pub fn scopes_of(&self, id: &DocumentId) -> Result<Vec<Scope>, StoreError> {
        let layers = self.layers_of(id)?.into_iter().map(|(annotator, _)| {
            let document = *id;
            Scope::Layer(LayerKey {
                document,
                annotator,
            })
        });
        Ok([Scope::Document(*id)].into_iter().chain(layers).collect())
    }

    /// Edits of documents that no edit brought in; kept, and without effect until one does.
    pub fn orphans(&self) -> Result<Vec<Arc<Edit>>, StoreError> {
        let select = record::SELECT;
        let sql = format!(
            "{select} WHERE document IS NOT NULL
             AND document NOT IN (SELECT number FROM documents) ORDER BY seq"
        );
        self.rows(&sql, (), |row| record::read(row).map(Arc::new))
    }

    /// Visits every document, one at a time, in the order of import; those that were taken out of
    /// the list, too. What is committed meanwhile is not seen. An error of `visit` ends it.
    pub fn for_each_document<E: From<StoreError>>(
        &self,
        visit: impl FnMut(DocumentRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        self.for_each_document_of((0, 1), visit)
    }

    /// The same with one of so many parts of all documents (the first is 0), so that several readers share them.
    pub fn for_each_document_of<E: From<StoreError>>(
        &self,
        (part, parts): (u32, u32),
        mut visit: impl FnMut(DocumentRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        self.snapshot(|| {
            let columns = document_row::COLUMNS;
            let sql = format!(
                "SELECT {columns} WHERE documents.number % ? = ? ORDER BY documents.number"
            );
            let wrong = |error| StoreError::of(self.path(), error);
            let mut statement = self.connection().prepare(&sql).map_err(wrong)?;
            let rows = statement
                .query_map((parts.max(1), part), document_row::read)
                .map_err(wrong)?;
            let select = record::SELECT;
            let sql = format!("{select} WHERE document = ? ORDER BY seq");
            let mut edits = self.connection().prepare(&sql).map_err(wrong)?;
            for row in rows {
                let found = row.map_err(wrong)?;
                let edits = edits
                    .query_map([found.number], |row| record::read(row).map(Arc::new))
                    .and_then(Iterator::collect)
                    .map_err(wrong)?;
                visit(DocumentRecord {
                    text: self.text(&found.document.text)?,
                    edits,
                    document: found.document,
                    removed: found.removed,
                })?;
            }
            Ok(())
        })
    }

    /// Visits every edit in the order in which they came in. An error of `visit` ends it.
    pub fn for_each_edit<E: From<StoreError>>(
        &self,
        mut visit: impl FnMut(Arc<Edit>) -> Result<(), E>,
    ) -> Result<(), E> {
        let wrong = |error| StoreError::of(self.path(), error);
        let sql = format!("{} ORDER BY seq", record::SELECT);
        let mut statement = self.connection().prepare(&sql).map_err(wrong)?;
        let rows = statement.query_map((), record::read).map_err(wrong)?;
        for row in rows {
            visit(Arc::new(row.map_err(wrong)?))?;
        }
        Ok(())
    }

    /// Whether an edit is in the file.
    pub fn has_edit(&self, id: EditId) -> Result<bool, StoreError> {
        self.run(|connection| {
            connection
                .prepare_cached("SELECT 1 FROM edits WHERE id = ?")?
                .exists([id.to_bytes()])
        })
    }

    /// How many edits there are.
    pub fn edit_count(&self) -> Result<u64, StoreError> {
        // Edits are numbered from 1 without gaps, and none is ever deleted.
        self.value("SELECT coalesce(max(seq), 0) FROM edits")
    }

    /// The latest time that an edit has, whoever made it.
    pub fn latest_time(&self) -> Result<Option<Time>, StoreError> {
        self.run(commit::latest)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::store::sample::{adding, done, edits, id, key, project, tag};

    #[test]
    fn each_document_comes_with_all_that_is_its_own() {
        let (_folder, _path, mut store) = project();
        store.commit(&adding(&["خبر", "آخر"])).unwrap();
        let layers = [
            tag(5, "خبر", "منى", &[("PERSON", 0, 2)]),
            done(6, "خبر", "أمل"),
            tag(7, "آخر", "منى", &[("CLAIM", 0, 2), ("CLAIM", 2, 4)]),
            tag(8, "لم يأت بعد", "منى", &[("CLAIM", 0, 2)]),
        ];
        store.commit(&edits(layers.clone())).unwrap();
        let mut seen = Vec::new();
        store
            .read()
            .for_each_document(|record| {
                let spans = |who: &&Annotator| record.layer(who).state().len();
                let spans: Vec<usize> = record.annotators().iter().map(spans).collect();
                seen.push((record.text.to_string(), record.edits.len(), spans));
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let expected = [
            ("خبر".to_owned(), 3, vec![0, 1]),
            ("آخر".to_owned(), 2, vec![2]),
        ];
        assert_eq!(seen, expected);

        let read = store.read();
        let orphans = read.orphans().unwrap();
        assert_eq!(
            orphans.iter().map(|edit| edit.id).collect::<Vec<_>>(),
            [layers[3].id]
        );
        assert_eq!(read.scopes_of(&id("خبر")).unwrap().len(), 3);
        assert!(read.has_edit(layers[1].id).unwrap());
        assert!(!read.has_edit(EditId::random()).unwrap());
        assert_eq!(read.layer_log(&key("آخر", "منى")).unwrap().state().len(), 2);
        assert_eq!(read.label_set_edits().unwrap().len(), 1);
        // When its document comes, an orphan has its effect.
        let batch = adding(&["لم يأت بعد"]);
        store.commit(&batch).unwrap();
        assert_eq!(store.read().orphans().unwrap(), []);
    }

    #[test]
    fn an_error_of_the_visitor_ends_the_visit() {
        let (_folder, _path, mut store) = project();
        store.commit(&adding(&["خبر", "آخر"])).unwrap();
        let mut visited = 0;
        let result = store.read().for_each_document(|_| {
            visited += 1;
            Err(StoreError::Cancelled)
        });
        assert!(matches!(result, Err(StoreError::Cancelled)));
        assert_eq!(visited, 1);
    }
}
