//! What can be wrong with a project file, told with its name and with what to do.

use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

use crate::files::FileError;

use super::Holder;

/// What went wrong with a project file. The file is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A project is to be made where something stands.
    #[error("“{}” is there already", .0.display())]
    Exists(PathBuf),
    /// It is another kind of file.
    #[error("“{}” is not a Hashiya project", .0.display())]
    NotAProject(PathBuf),
    /// A newer program made it.
    #[error("“{}” was made by a newer Hashiya (schema {schema})", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its tables.
        schema: u32,
    },
    /// It is cut off or overwritten in part.
    #[error("“{}” is damaged: {detail}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was met.
        detail: String,
    },
    /// The disk, or the person's share of it, is full.
    #[error("the disk is full: changes to “{}” could not be saved", .0.display())]
    DiskFull(PathBuf),
    /// It cannot be read where it lies: what was saved last is in its log, which wants writing.
    #[error("“{}” was not closed, and cannot be completed where it lies", .0.display())]
    Unfinished(PathBuf),
    /// It was opened for reading only.
    #[error("“{}” is open for reading only{}", .path.display(), held_by(.holder.as_deref()))]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// Who writes it, where that is known.
        holder: Option<Box<Holder>>,
    },
    /// Another program keeps it busy.
    #[error("“{}” is kept busy by another program", .0.display())]
    Busy(PathBuf),
    /// A document is added whose text is neither in the file nor in the same batch.
    #[error("a document was not added to “{}”: its text is missing", .0.display())]
    MissingText(PathBuf),
    /// The person called it off.
    #[error("cancelled")]
    Cancelled,
    /// Anything else that SQLite says.
    #[error("“{}”: {source}", .path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

/// Whether SQLite found no room on the disk for the file of shared memory that it keeps beside a project.
pub(super) fn no_room_beside(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    code == Some(ffi::SQLITE_IOERR_SHMSIZE)
}

fn held_by(holder: Option<&Holder>) -> String {
    holder.map_or_else(String::new, |holder| format!(": {holder} is writing it"))
}

impl StoreError {
    /// What SQLite said of `path`, in this room's words.
    pub(super) fn of(path: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        let path = path.to_owned();
        if let E::FromSqlConversionFailure(..) | E::InvalidColumnType(..) | E::Utf8Error(..) =
            source
        {
            let detail = source.to_string();
            return Self::Damaged { path, detail };
        }
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull(path),
            // The shared memory beside the file could not grow.
            _ if no_room_beside(&source) => Self::DiskFull(path),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged {
                path,
                detail: source.to_string(),
            },
            Some(ErrorCode::NotADatabase) => Self::NotAProject(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(path),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path, holder: None },
            Some(ErrorCode::PermissionDenied) => Self::File(FileError::Denied(path)),
            Some(ErrorCode::OperationInterrupted) => Self::Cancelled,
            _ => Self::Database { path, source },
        }
    }

    /// The same about another path: a draft has a name that nobody knows.
    pub(super) fn about(self, path: &Path) -> Self {
        let path = path.to_owned();
        match self {
            Self::DiskFull(_) => Self::DiskFull(path),
            Self::Database { source, .. } => Self::Database { path, source },
            other => other,
        }
    }

    /// Something in the file that no Hashiya wrote.
    pub(super) fn damaged(path: &Path, detail: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            detail: detail.into(),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::File(error) => error.hint(),
            Self::Exists(_) => "Open it, or choose another name.",
            Self::NotAProject(_) => {
                "Choose a project that Hashiya has made, or the latest copy of this one; articles and datasets are imported into a project."
            }
            Self::Newer { .. } => "Update Hashiya to open it; the file is untouched.",
            Self::Damaged { .. } => {
                "Keep this file, open your latest copy of it, and run “hashiya check” on both."
            }
            Self::Unfinished(_) => {
                "Copy it, with the file of the same name that ends in -wal, into a folder of yours, and open the copy."
            }
            Self::DiskFull(_) => "Free some space and try again.",
            Self::ReadOnly { .. } => {
                "Close the other window, or save a copy into a folder of yours and open that."
            }
            Self::Busy(_) => "Wait until the other program is done, and try again.",
            Self::MissingText(_) => "Import the article's file again.",
            Self::Cancelled => return None,
            Self::Database { .. } => {
                "Try again; if it happens again, save a copy to another disk and run “hashiya check” on it."
            }
        })
    }
}
