//! Texts, read only when they are shown or searched.

use std::{str, sync::Arc};

use rusqlite::Row;

use crate::{
    annotation::{DocumentId, TextHash},
    store::{StoreError, record},
};

use super::Reader;

/// A document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentText {
    /// The document's place in the order of import.
    pub seq: i64,
    /// The document.
    pub id: DocumentId,
    /// Its text.
    pub text: Arc<str>,
}

/// The text that a column holds.
pub(in crate::store) fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<Arc<str>> {
    str::from_utf8(row.get_ref(column)?.as_blob()?)
        .map(Arc::from)
        .map_err(|error| record::bad(column, error))
}

impl Reader {
    /// The text with this hash.
    pub fn text(&self, hash: &TextHash) -> Result<Arc<str>, StoreError> {
        let sql = "SELECT body FROM texts WHERE hash = ?";
        let mut found = self.rows(sql, [hash.as_bytes()], |row| text(row, 0))?;
        found
            .pop()
            .ok_or_else(|| StoreError::damaged(self.path(), format!("text {hash} is missing")))
    }

    /// The texts of the next documents of the list in the order of import, from place `from` on:
    /// as many as have `bytes` bytes together, and at least one. To search in all texts is to go on
    /// behind the last one's place until none comes; so it can be called off in between.
    pub fn texts_in_order(&self, from: i64, bytes: usize) -> Result<Vec<DocumentText>, StoreError> {
        let sql = "SELECT documents.number, id, body FROM documents JOIN texts ON texts.hash = documents.text
                   WHERE documents.number >= ? AND NOT removed ORDER BY documents.number";
        self.run(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([from])?;
            let (mut texts, mut taken) = (Vec::new(), 0);
            while let Some(row) = rows.next()? {
                let text = text(row, 2)?;
                taken += text.len();
                texts.push(DocumentText {
                    seq: row.get(0)?,
                    id: record::document_id(row, 1)?,
                    text,
                });
                if taken >= bytes {
                    break;
                }
            }
            Ok(texts)
        })
    }
}
