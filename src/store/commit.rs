//! One transaction: texts, edits, and the rows derived from them, all or nothing.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use crate::{
    annotation::{TextHash, Time},
    edit::Edit,
};

use super::{
    StoreError,
    derive::{self, Incoming, Recent, Trouble},
    record,
};

/// What goes into the file together.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Edits, in the order in which documents shall stand in the list.
    pub edits: Vec<Arc<Edit>>,
    /// The texts of documents that the edits add; those that are there already may be left out.
    pub texts: Vec<(TextHash, Arc<str>)>,
}

/// What a commit did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// How many of the edits were not there before.
    pub edits: usize,
}

/// The one connection that writes.
#[derive(Debug)]
pub(super) struct Committer {
    connection: Connection,
    path: PathBuf,
    recent: Recent,
}

impl Committer {
    /// A committer on a connection to the project at `path`.
    pub(super) fn new(connection: Connection, path: &Path) -> Self {
        Self {
            connection,
            path: path.to_owned(),
            recent: Recent::default(),
        }
    }

    /// Brings a batch to the disk. When this returns, a power cut cannot undo it.
    pub(super) fn commit(&mut self, batch: &Batch) -> Result<Committed, StoreError> {
        let result = self.transact(batch);
        if result.is_err() {
            self.recent.clear();
        }
        result.map_err(|trouble| match trouble {
            Trouble::Sql(error) => StoreError::of(&self.path, error),
            Trouble::MissingText => StoreError::MissingText(self.path.clone()),
        })
    }

    fn transact(&mut self, batch: &Batch) -> Result<Committed, Trouble> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let lengths = put_texts(&transaction, &batch.texts)?;
        let incoming = put_edits(&transaction, &batch.edits)?;
        put_latest(&transaction, &incoming)?;
        let edits = incoming.len();
        derive::update(&transaction, incoming, &lengths, &mut self.recent)?;
        transaction.commit()?;
        Ok(Committed { edits })
    }

    /// Brings everything into the one file and lets go of it.
    pub(super) fn close(self) -> Result<(), StoreError> {
        // Another reader may keep part of the log in use; then the last to leave finishes this.
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))
            .and_then(|()| self.connection.close().map_err(|(_, error)| error))
            .map_err(|error| StoreError::of(&self.path, error))
    }

    /// The connection, when nothing more is to be committed.
    pub(super) fn into_connection(self) -> Connection {
        self.connection
    }

    #[cfg(test)]
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }
}

/// Puts texts in, giving their lengths in bytes.
fn put_texts(
    transaction: &Transaction<'_>,
    texts: &[(TextHash, Arc<str>)],
) -> rusqlite::Result<HashMap<TextHash, usize>> {
    let mut statement = transaction
        .prepare_cached("INSERT INTO texts (hash, body) VALUES (?, ?) ON CONFLICT DO NOTHING")?;
    texts
        .iter()
        .map(|(hash, text)| {
            statement.execute(params![hash.as_bytes(), text.as_bytes()])?;
            Ok((*hash, text.len()))
        })
        .collect()
}

/// Puts edits in, giving those that were not there.
fn put_edits(
    transaction: &Transaction<'_>,
    edits: &[Arc<Edit>],
) -> rusqlite::Result<Vec<Incoming>> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO edits (id, millis, counter, author, cause, of, document, annotator, format, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )?;
    let mut incoming = Vec::with_capacity(edits.len());
    for edit in edits {
        let (cause, of) = record::cause(edit.cause);
        let (document, annotator) = record::scope(&edit.change);
        let new = statement.execute(params![
            edit.id.to_bytes(),
            edit.stamp.time.millis.cast_signed(),
            edit.stamp.time.counter,
            edit.stamp.author.as_str(),
            cause,
            of,
            document,
            annotator,
            record::FORMAT,
            record::body(&edit.change)?,
        ])?;
        if new == 1 {
            incoming.push(Incoming {
                seq: transaction.last_insert_rowid(),
                edit: Arc::clone(edit),
            });
        }
    }
    Ok(incoming)
}

/// The latest time of all edits.
pub(super) fn latest(connection: &Connection) -> rusqlite::Result<Option<Time>> {
    connection
        .prepare_cached("SELECT millis, counter FROM latest")?
        .query_row((), |row| {
            Ok(Time {
                millis: row.get::<_, i64>(0)?.cast_unsigned(),
                counter: row.get(1)?,
            })
        })
        .optional()
}

fn put_latest(transaction: &Transaction<'_>, incoming: &[Incoming]) -> rusqlite::Result<()> {
    let Some(new) = incoming.iter().map(|one| one.edit.stamp.time).max() else {
        return Ok(());
    };
    if latest(transaction)?.is_none_or(|old| old < new) {
        transaction
            .prepare_cached("INSERT OR REPLACE INTO latest VALUES (0, ?, ?)")?
            .execute(params![new.millis.cast_signed(), new.counter])?;
    }
    Ok(())
}
