//! An edit as a row: what its columns hold, and the JSON of its body. The tests pin format 1 letter
//! by letter. If the model comes to write something else, that is format 2, and this file keeps
//! reading format 1.

use rusqlite::{Row, types::Type};
use serde::de::DeserializeOwned;

use crate::{
    annotation::{Annotator, DocumentId, EditId, LayerKey, Stamp, TextHash, Time},
    edit::{Cause, Change, Edit, Scope},
};

/// The format of bodies that this program writes.
pub(super) const FORMAT: i64 = 1;

/// The columns that [`read`] wants, in its order.
pub(super) const COLUMNS: &str =
    "seq, id, millis, counter, author, cause, of, document, annotator, format, body";

/// The body of a change. What it changes stands in columns of their own.
pub(super) fn body(change: &Change) -> rusqlite::Result<String> {
    match change {
        Change::LabelSet(change) => serde_json::to_string(change),
        Change::Document(_, change) => serde_json::to_string(change),
        Change::Layer(_, change) => serde_json::to_string(change),
    }
    .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// What `cause` holds, and `of`.
pub(super) fn cause(cause: Cause) -> (i64, Option<[u8; 16]>) {
    match cause {
        Cause::Done => (0, None),
        Cause::Undo(of) => (1, Some(of.to_bytes())),
        Cause::Redo(of) => (2, Some(of.to_bytes())),
    }
}

/// What `document` and `annotator` hold.
pub(super) fn scope(change: &Change) -> (Option<&[u8; 16]>, Option<&str>) {
    match change {
        Change::LabelSet(_) => (None, None),
        Change::Document(id, _) => (Some(id.as_bytes()), None),
        Change::Layer(key, _) => (Some(key.document.as_bytes()), Some(key.annotator.as_str())),
    }
}

/// An edit and its place among those that came in.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<(i64, Edit)> {
    let seq: i64 = row.get(0)?;
    let bad = |column: usize, error: &dyn std::fmt::Display| bad(column, format!("edit {seq}: {error}"));
    let millis: i64 = row.get(2)?;
    let time = Time {
        millis: millis.cast_unsigned(),
        counter: row.get(3)?,
    };
    let author = name(row, 4)?;
    let cause = match row.get(5)? {
        0 => Cause::Done,
        1 => Cause::Undo(EditId::from_bytes(row.get(6)?)),
        2 => Cause::Redo(EditId::from_bytes(row.get(6)?)),
        other => return Err(bad(5, &format!("unknown cause {other}"))),
    };
    let format: i64 = row.get(9)?;
    if format != FORMAT {
        return Err(bad(9, &format!("unknown format {format}")));
    }
    let change = change(&scope_of(row)?, row.get_ref(10)?.as_str()?).map_err(|e| bad(10, &e))?;
    Ok((
        seq,
        Edit {
            id: EditId::from_bytes(row.get(1)?),
            stamp: Stamp { time, author },
            cause,
            change,
        },
    ))
}

/// The scope that columns 7 and 8 name.
fn scope_of(row: &Row<'_>) -> rusqlite::Result<Scope> {
    let Some(document) = row.get::<_, Option<[u8; 16]>>(7)? else {
        return Ok(Scope::LabelSet);
    };
    let document = DocumentId::from_bytes(document);
    if row.get_ref(8)?.as_str_or_null()?.is_none() {
        return Ok(Scope::Document(document));
    }
    let annotator = name(row, 8)?;
    Ok(Scope::Layer(LayerKey {
        document,
        annotator,
    }))
}

fn change(scope: &Scope, body: &str) -> Result<Change, serde_json::Error> {
    fn json<T: DeserializeOwned>(body: &str) -> Result<T, serde_json::Error> {
        serde_json::from_str(body)
    }
    Ok(match scope {
        Scope::LabelSet => Change::LabelSet(json(body)?),
        Scope::Document(id) => Change::Document(*id, json(body)?),
        Scope::Layer(key) => Change::Layer(key.clone(), json(body)?),
    })
}

/// A row that no Hashiya wrote.
pub(super) fn bad(column: usize, detail: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, detail.into())
}

/// The annotator that a column names.
pub(super) fn name(row: &Row<'_>, column: usize) -> rusqlite::Result<Annotator> {
    let written = row.get_ref(column)?.as_str()?;
    Annotator::new(written).map_err(|error| bad(column, error))
}

/// The document that a column names.
pub(super) fn document_id(row: &Row<'_>, column: usize) -> rusqlite::Result<DocumentId> {
    row.get(column).map(DocumentId::from_bytes)
}

/// The text that a column names.
pub(super) fn text_hash(row: &Row<'_>, column: usize) -> rusqlite::Result<TextHash> {
    row.get(column).map(TextHash::from_bytes)
}
