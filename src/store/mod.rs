//! The project file: append-only edits in SQLite and the tables derived from them.
