//! What can be wrong with a file, told with its name and with what to do.

use std::{
    io,
    path::{Path, PathBuf},
};

/// What went wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is not there, or not any more.
    #[error("“{}” does not exist", .0.display())]
    Missing(PathBuf),
    /// It is a folder, a pipe or a device.
    #[error("“{}” is not a file", .0.display())]
    NotAFile(PathBuf),
    /// It is a file, and a folder is needed.
    #[error("“{}” is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// A folder that is to be written holds something already.
    #[error("the folder “{}” is not empty", .0.display())]
    NotEmpty(PathBuf),
    /// Its name is not Unicode.
    #[error("the name “{}” cannot be read: it is not Unicode", .0.display())]
    NameNotText(PathBuf),
    /// It is larger than what is read at once.
    #[error("“{}” is larger than {} MB", .path.display(), .limit / 1_000_000)]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What is read at most, in bytes.
        limit: u64,
    },
    /// The system does not allow it.
    #[error("“{}” cannot be opened: no permission", .0.display())]
    Denied(PathBuf),
    /// The disk, or the person's share of it, is full.
    #[error("the disk is full: “{}” was not written", .0.display())]
    Full(PathBuf),
    /// The disk or the folder cannot be written.
    #[error("“{}” cannot be written: it lies on a read-only disk", .0.display())]
    ReadOnlyDisk(PathBuf),
    /// A folder or an archive without a file that could be read.
    #[error("there is nothing in “{}” that could be read", .0.display())]
    NothingIn(PathBuf),
    /// A link in a folder that leads out of it.
    #[error("“{}” is not followed: the link leads out of the folder", .0.display())]
    LinksOut(PathBuf),
    /// The name of a file in an archive leads out of every folder.
    #[error("“{}” is not read: its name leads out of the archive", .0.display())]
    LeadsOut(PathBuf),
    /// It is no archive, or a broken one.
    #[error("“{}” is no whole zip archive: {what}", .path.display())]
    Archive {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Anything else that the system says.
    #[error("“{}”: {source}", .path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl FileError {
    /// What the system said of `path`, in this room's words.
    pub fn new(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing(path),
            io::ErrorKind::PermissionDenied => Self::Denied(path),
            io::ErrorKind::IsADirectory => Self::NotAFile(path),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full(path),
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyDisk(path),
            _ => Self::Other { path, source },
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        match self {
            Self::Missing(path)
            | Self::NotAFile(path)
            | Self::NotAFolder(path)
            | Self::NotEmpty(path)
            | Self::NameNotText(path)
            | Self::Denied(path)
            | Self::Full(path)
            | Self::ReadOnlyDisk(path)
            | Self::LeadsOut(path)
            | Self::NothingIn(path)
            | Self::LinksOut(path)
            | Self::TooLarge { path, .. }
            | Self::Archive { path, .. }
            | Self::Other { path, .. } => path,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Missing(_) => "Check the path; the file may have been moved or renamed.",
            Self::NotAFile(_) => "Give the path of a file.",
            Self::NotAFolder(_) => "Give the path of a folder, or of one that is to be made.",
            Self::NotEmpty(_) => "Choose a new folder, or empty this one; nothing was changed.",
            Self::NameNotText(_) => "Rename the file.",
            Self::TooLarge { .. } => "Split the file into smaller ones.",
            Self::Denied(_) => {
                "Change the permissions of the file or its folder, or copy it to a folder of yours."
            }
            Self::Full(_) => {
                "Free some space, or choose another disk, and try again; the file is as it was."
            }
            Self::LeadsOut(_) => "Unpack the archive, rename the file, and give the folder.",
            Self::Archive { .. } => "Fetch or make it again, or unpack it and give the folder.",
            Self::NothingIn(_) => {
                "Give a folder with files in it; with --format, with files of that format's endings."
            }
            Self::LinksOut(_) => "Give what it leads to, or copy it into the folder.",
            Self::ReadOnlyDisk(_) => "Choose a folder on another disk.",
            Self::Other { source, .. } if source.kind() == io::ErrorKind::AlreadyExists => {
                "Something has this name already: choose another, or move that away."
            }
            Self::Other { source, .. } if source.kind() == io::ErrorKind::BrokenPipe => {
                "What was reading the output has ended; let it read to the end, or write into a file."
            }
            Self::Other { .. } => "Try again; if it happens again, copy the file to another disk.",
        }
    }
}
