//! The tables of a project file, and the steps from each older version to the next. `edits`, the
//! `subjects` that they name and `texts` are the truth and only grow; `documents`, `metadata` and
//! `layers` are the folds of the edits, kept for reading; `latest` is the latest time of all edits.
//! Ids and hashes are random, so that each index of them costs an import much: everything but
//! `subjects` therefore names a document by its number, and grows at its end.

use rusqlite::Connection;

/// Stands in the header of every project file: “Hshy”.
pub(super) const APPLICATION_ID: u32 = 0x4873_6879;

/// The version of the tables that this program writes.
pub(super) const VERSION: u32 = STEPS.len() as u32;

/// Step n leads from version n to version n + 1. A step that was released never changes.
pub(super) const STEPS: [&str; 2] = [V1, V2];

const V1: &str = "
CREATE TABLE subjects ( -- documents that edits name
    number INTEGER PRIMARY KEY, -- in the order in which they were first named
    id     BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE edits (
    seq       INTEGER PRIMARY KEY, -- the order in which they came in
    id        BLOB NOT NULL UNIQUE,
    millis    INTEGER NOT NULL, -- since 1970, as a signed number of the same 64 bits
    counter   INTEGER NOT NULL,
    author    TEXT NOT NULL,
    cause     INTEGER NOT NULL, -- 0 done, 1 undo, 2 redo
    of        BLOB, -- the edit undone or redone
    document  INTEGER, -- a subject's number; NULL: the label set
    annotator TEXT, -- NULL: not of a layer
    format    INTEGER NOT NULL, -- of the body
    body      TEXT NOT NULL -- JSON
) STRICT;
CREATE INDEX edits_by_scope ON edits (document, annotator);

CREATE TABLE texts (
    number INTEGER PRIMARY KEY,
    hash   BLOB NOT NULL UNIQUE, -- BLAKE3
    body   BLOB NOT NULL -- UTF-8
) STRICT;

CREATE TABLE documents (
    number   INTEGER PRIMARY KEY, -- the subject's
    id       BLOB NOT NULL,
    title    TEXT NOT NULL,
    bytes    INTEGER NOT NULL, -- the text's length
    removed  INTEGER NOT NULL,
    text     BLOB NOT NULL, -- its hash
    assigned TEXT -- annotators, one a line
) STRICT;
-- Most documents are assigned to nobody: who is asked for is found without reading the list.
CREATE INDEX documents_assigned ON documents (number) WHERE assigned IS NOT NULL;

CREATE TABLE metadata (
    number INTEGER PRIMARY KEY, -- the subject's
    folded TEXT NOT NULL, -- the values as the filter compares them
    id     BLOB NOT NULL,
    body   TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE layers (
    annotator TEXT NOT NULL,
    number    INTEGER NOT NULL, -- the subject's
    id        BLOB NOT NULL,
    status    INTEGER NOT NULL, -- 0 new, 1 in progress, 2 done
    spans     INTEGER NOT NULL,
    labels    TEXT NOT NULL, -- a line each: spans, a space, the label's id
    PRIMARY KEY (annotator, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX layers_by_document ON layers (number);

CREATE TABLE latest (
    only    INTEGER PRIMARY KEY CHECK (only = 0),
    millis  INTEGER NOT NULL,
    counter INTEGER NOT NULL
) STRICT;

CREATE TRIGGER edits_stay BEFORE UPDATE ON edits
BEGIN SELECT RAISE(ABORT, 'an edit never changes'); END;
CREATE TRIGGER edits_remain BEFORE DELETE ON edits
BEGIN SELECT RAISE(ABORT, 'an edit is never deleted'); END;
CREATE TRIGGER texts_stay BEFORE UPDATE ON texts
BEGIN SELECT RAISE(ABORT, 'a text never changes'); END;
CREATE TRIGGER texts_remain BEFORE DELETE ON texts
BEGIN SELECT RAISE(ABORT, 'a text is never deleted'); END;
CREATE TRIGGER subjects_stay BEFORE UPDATE ON subjects
BEGIN SELECT RAISE(ABORT, 'a subject never changes'); END;
CREATE TRIGGER subjects_remain BEFORE DELETE ON subjects
BEGIN SELECT RAISE(ABORT, 'a subject is never deleted'); END;
";

/// Reviews came: programs of before could not read their edits.
const V2: &str = "
ALTER TABLE layers ADD COLUMN decisions INTEGER NOT NULL DEFAULT 0; -- more than 0: a reviewer's
CREATE INDEX layers_reviewed ON layers (number) WHERE decisions > 0;
ALTER TABLE documents ADD COLUMN threads INTEGER NOT NULL DEFAULT 0; -- of comments
ALTER TABLE documents ADD COLUMN open INTEGER NOT NULL DEFAULT 0; -- those that are not settled
CREATE INDEX documents_discussed ON documents (number) WHERE threads > 0;
";

/// Makes an empty file a project of the latest version.
pub(super) fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "page_size", 8192)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrate(connection, 0)
}

/// Takes a project of version `from` to the latest, in one transaction.
pub(super) fn migrate(connection: &mut Connection, from: u32) -> rusqlite::Result<()> {
    let steps = STEPS.iter().skip(from as usize);
    if steps.len() == 0 {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    for step in steps {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn every_version_comes_to_the_same_tables() {
        let tables = |connection: &Connection| {
            let mut statement = connection
                .prepare("SELECT name || coalesce(sql, '') FROM sqlite_master ORDER BY 1")
                .unwrap();
            let rows = statement
                .query_map((), |row| row.get::<_, String>(0))
                .unwrap();
            rows.map(Result::unwrap).collect::<Vec<_>>()
        };
        let mut new = Connection::open_in_memory().unwrap();
        create(&mut new).unwrap();
        for from in 1..=VERSION {
            let mut old = Connection::open_in_memory().unwrap();
            for step in STEPS.iter().take(from as usize) {
                old.execute_batch(step).unwrap();
            }
            migrate(&mut old, from).unwrap();
            assert_eq!(tables(&old), tables(&new), "from version {from}");
        }
    }

    #[test]
    fn the_truth_only_grows() {
        let mut project = Connection::open_in_memory().unwrap();
        create(&mut project).unwrap();
        project
            .execute("INSERT INTO texts (hash, body) VALUES (x'00', x'01')", ())
            .unwrap();
        project
            .execute(
                "INSERT INTO edits VALUES (1, x'00', 0, 0, 'a', 0, NULL, NULL, NULL, 1, '{}')",
                (),
            )
            .unwrap();
        for change in [
            "UPDATE texts SET body = x'02'",
            "DELETE FROM texts",
            "UPDATE edits SET millis = 1",
            "DELETE FROM edits",
        ] {
            let error = project.execute(change, ()).unwrap_err().to_string();
            assert!(error.contains("never"), "{change}: {error}");
        }
    }
}
