//! Reading a project. A reader is a connection of its own: it can be handed to a job in the
//! background and sees each commit once that is done.

mod documents;
mod edits;
mod layers;
mod texts;

use std::path::Path;

use rusqlite::{Connection, Params, Row, types::FromSql};

use super::{
    StoreError, connect,
    here::{self, Here},
};

pub use documents::{DocumentRow, Presence};
pub use edits::DocumentRecord;
pub use texts::DocumentText;
pub(super) use texts::text;

/// A connection that reads.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    here: Here,
}

impl Reader {
    /// A reader of the project at `path`, whoever writes it. Its header is looked at.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let here = here::enter(path)?;
        Ok(Self {
            connection: connect::reader(here.path())?,
            here,
        })
    }

    /// The project file.
    pub fn path(&self) -> &Path {
        self.here.path()
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Runs `read`, with errors in this room's words.
    pub(super) fn run<'a, T>(
        &'a self,
        read: impl FnOnce(&'a Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        read(&self.connection).map_err(|error| StoreError::of(self.path(), error))
    }

    /// Runs `read` over the project as it is now, whatever is committed meanwhile.
    pub(super) fn snapshot<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        // Dropped at the end, it ends. Within another, that one's view holds.
        let transaction = if self.connection.is_autocommit() {
            Some(self.run(Connection::unchecked_transaction)?)
        } else {
            None
        };
        let result = read();
        drop(transaction);
        result
    }

    /// All rows of a query.
    fn rows<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        self.run(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            statement.query_map(parameters, read)?.collect()
        })
    }

    /// The only value of a query that always has one.
    fn value<T: FromSql>(&self, sql: &str) -> Result<T, StoreError> {
        self.run(|connection| {
            connection
                .prepare_cached(sql)?
                .query_row((), |row| row.get(0))
        })
    }
}
