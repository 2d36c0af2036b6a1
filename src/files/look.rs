//! Looking at what is there, and making folders: the questions that rooms above ask the disk.

use std::{fs, path::Path};

use super::FileError;

/// Whether anything stands at `path`, be it a link to nowhere.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Whether `path` leads to a file.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether `path` leads to a folder.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Makes the folder that `path` lies in, with those above it, where it is missing.
pub fn make_parent(path: &Path) -> Result<(), FileError> {
    match path.parent() {
        Some(folder) => fs::create_dir_all(folder).map_err(|source| FileError::new(folder, source)),
        None => Ok(()),
    }
}
