//! What the disk says of a path, for those who may not ask it themselves.

use std::{fs, path::Path};

use super::{FileError, Folder};

/// Whether anything has this name.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Whether a file has this name.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether a folder has this name.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether two names lead to the same file.
pub fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// How many bytes a file has, or the files of a folder have together; 0 for what is neither.
pub fn weight(path: &Path) -> u64 {
    let of_file = |path: &Path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    if is_file(path) {
        return of_file(path);
    }
    let names = Folder::new(path).files().flatten();
    names.map(|name| of_file(&path.join(name))).sum()
}

/// Removes a file.
pub fn remove(path: &Path) -> Result<(), FileError> {
    fs::remove_file(path).map_err(|error| FileError::new(path, error))
}

/// Makes the folder that a file is to lie in, where it is missing.
pub fn make_parent(path: &Path) -> Result<(), FileError> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            fs::create_dir_all(folder).map_err(|error| FileError::new(folder, error))
        }
        _ => Ok(()),
    }
}

/// A folder for what is needed for a while; dropped, it is removed with all that is in it.
pub fn scratch() -> Result<tempfile::TempDir, FileError> {
    tempfile::Builder::new()
        .prefix("hashiya-")
        .tempdir()
        .map_err(|error| FileError::new(&std::env::temp_dir(), error))
}
