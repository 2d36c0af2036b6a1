//! A document's row in the list, folded from the edits of its scope.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::{
    annotation::{Annotator, Document, DocumentId},
    edit::{DocumentState, Edit, Fold as _, OfDocument},
    text::arabic::normalize,
};

use super::record;

/// A document as its rows say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folded {
    /// Its number: the order of the list.
    pub(super) number: i64,
    /// What is known of it.
    pub(super) document: Document,
    /// Whether it was taken out of the list.
    pub(super) removed: bool,
    /// How many threads of comments there are, and how many of them are not settled.
    pub(super) threads: (usize, usize),
}

/// Folds the edits of one document; `None` where none brought it in.
pub(super) fn fold(number: i64, edits: &mut [Arc<Edit>]) -> Option<Folded> {
    edits.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut state = DocumentState::default();
    for edit in edits.iter() {
        OfDocument::apply(&mut state, edit);
    }
    Some(Folded {
        number,
        removed: state.present().is_none(),
        threads: (state.threads().len(), state.open_threads()),
        document: state.known()?.clone(),
    })
}

impl Folded {
    /// Writes it in the place of what was there. `bytes`: the length of its text.
    pub(super) fn write(&self, connection: &Connection, bytes: i64) -> rusqlite::Result<()> {
        let Document {
            id,
            title,
            text,
            metadata,
            assigned,
        } = &self.document;
        let names: Vec<&str> = assigned.iter().map(Annotator::as_str).collect();
        connection
            .prepare_cached(
                "INSERT INTO documents VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (number) DO UPDATE SET title = ?3, bytes = ?4, removed = ?5, text = ?6, assigned = ?7,
                 threads = ?8, open = ?9",
            )?
            .execute(params![
                self.number,
                id.as_bytes(),
                title,
                bytes,
                self.removed,
                text.as_bytes(),
                (!names.is_empty()).then(|| names.join("\n")),
                self.threads.0,
                self.threads.1,
            ])?;
        self.write_metadata(connection, metadata)
    }

    fn write_metadata(
        &self,
        connection: &Connection,
        metadata: &BTreeMap<String, String>,
    ) -> rusqlite::Result<()> {
        if metadata.is_empty() {
            connection
                .prepare_cached("DELETE FROM metadata WHERE number = ?")?
                .execute([self.number])?;
            return Ok(());
        }
        let body = serde_json::to_string(metadata)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        connection
            .prepare_cached("INSERT OR REPLACE INTO metadata VALUES (?, ?, ?, ?)")?
            .execute(params![
                self.number,
                folded_values(metadata),
                self.document.id.as_bytes(),
                body
            ])?;
        Ok(())
    }
}

/// The values as the filter compares them, one a line.
pub(super) fn folded_values(metadata: &BTreeMap<String, String>) -> String {
    let values: Vec<String> = metadata.values().map(|value| folded(value)).collect();
    values.join("\n")
}

/// Text as the filter compares it: as the find bar does.
pub(super) fn folded(text: &str) -> String {
    normalize(text).text
}

/// A document by its id, in the list or taken out of it.
pub(super) fn find(connection: &Connection, id: &DocumentId) -> rusqlite::Result<Option<Folded>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} WHERE documents.number = (SELECT number FROM subjects WHERE id = ?)"
        ))?
        .query_row([id.as_bytes()], read)
        .optional()
}

/// The columns that [`read`] wants, and where they come from.
pub(super) const COLUMNS: &str = "documents.number, documents.id, title, removed, text, assigned, metadata.body, bytes, threads, open \
     FROM documents LEFT JOIN metadata ON metadata.number = documents.number";

/// A document off its rows.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Folded> {
    let assigned: BTreeSet<Annotator> = match row.get_ref(5)?.as_str_or_null()? {
        Some(names) => names
            .lines()
            .map(|name| Annotator::new(name).map_err(|error| record::bad(5, error)))
            .collect::<Result<_, _>>()?,
        None => BTreeSet::new(),
    };
    let metadata = match row.get_ref(6)?.as_str_or_null()? {
        Some(body) => serde_json::from_str(body).map_err(|error| record::bad(6, error))?,
        None => BTreeMap::new(),
    };
    Ok(Folded {
        number: row.get(0)?,
        document: Document {
            id: record::document_id(row, 1)?,
            title: row.get(2)?,
            text: record::text_hash(row, 4)?,
            metadata,
            assigned,
        },
        removed: row.get(3)?,
        threads: (row.get(8)?, row.get(9)?),
    })
}
