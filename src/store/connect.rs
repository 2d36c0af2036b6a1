//! Connections to a project file, for writing and for reading. A reader's, too, is opened so that
//! it could write: SQLite then completes what a killed program left, and takes the log away with
//! the last connection. `query_only` keeps the reader from changing anything itself. Where nothing can be written, the file is read as it lies.

use std::{fmt::Write as _, path::Path, time::Duration};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{StoreError, error::no_room_beside, header, schema};

/// How long a connection waits for another program's, which holds the file for moments only.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection that writes, and the version of the tables; `None` where nothing can be written.
pub(super) fn writer(path: &Path) -> Result<Option<(Connection, u32)>, StoreError> {
    let wrong = |error| StoreError::of(path, error);
    let connection = open(path).map_err(wrong)?;
    if connection.is_readonly("main").map_err(wrong)? {
        return Ok(None);
    }
    match probe(&connection) {
        Err(error) if wants_writing(&error) => return Ok(None),
        version => check_version(path, version.map_err(wrong)?)?,
    }
    prepare_to_write(&connection).map_err(wrong)?;
    let version = probe(&connection).map_err(wrong)?;
    Ok(Some((connection, version)))
}

/// A connection that only reads.
pub(super) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let wrong = |error| StoreError::of(path, error);
    let mut connection = open(path).map_err(wrong)?;
    let alone = !header::companions(path).iter().any(|path| path.exists());
    // One that cannot write would leave a log behind it.
    if alone && connection.is_readonly("main").map_err(wrong)? {
        connection = as_it_lies(path)?;
    }
    let version = match probe(&connection) {
        Err(error) if wants_writing(&error) || no_room_beside(&error) => {
            connection = as_it_lies(path)?;
            probe(&connection)
        }
        version => version,
    };
    check_version(path, version.map_err(wrong)?)?;
    connection
        .pragma_update(None, "query_only", true)
        .map_err(wrong)?;
    Ok(connection)
}

/// A connection to a file that nobody else sees yet.
pub(super) fn draft(path: &Path) -> rusqlite::Result<Connection> {
    let connection = open(path)?;
    // It is brought to the disk whole, or thrown away.
    connection.pragma_update(None, "journal_mode", "MEMORY")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    Ok(connection)
}

/// Leaves a draft as projects are: with a write-ahead log.
pub(super) fn finish_draft(connection: Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.close().map_err(|(_, error)| error)
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    configured(Connection::open_with_flags(path, flags)?)
}

fn configured(connection: Connection) -> rusqlite::Result<Connection> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

fn prepare_to_write(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // 32 MB of log before it goes into the file: an import touches most pages of its indices with each batch.
    connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
    // 32 MB, which the indices of an import of 100,000 documents fit into.
    connection.pragma_update(None, "cache_size", -32_000)?;
    Ok(())
}

/// The version of the tables. To ask for it is to read the file's first page, and to complete what
/// is in the log.
fn probe(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// The header told the version already, unless a newer one is still in the log.
fn check_version(path: &Path, schema: u32) -> Result<(), StoreError> {
    if schema > schema::VERSION {
        let path = path.to_owned();
        return Err(StoreError::Newer { path, schema });
    }
    Ok(())
}

fn wants_writing(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied)
    )
}

/// A connection to a file in a folder that cannot be written.
fn as_it_lies(path: &Path) -> Result<Connection, StoreError> {
    if header::has_log(path) {
        return Err(StoreError::Unfinished(path.to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(immutable_uri(path), flags)
        .and_then(configured)
        .map_err(|error| StoreError::of(path, error))
}

/// The name by which SQLite reads a file without any other beside it.
fn immutable_uri(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri + "?immutable=1"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_a_uri() {
        let uri = immutable_uri(Path::new("/a b/حا?#%.hashiya"));
        assert_eq!(uri, "file:/a%20b/%D8%AD%D8%A7%3F%23%25.hashiya?immutable=1");
    }
}
