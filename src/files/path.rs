//! What the disk says of a path, for those who may not ask it themselves.

use std::{
    fs::{self, File},
    io::BufReader,
    path::Path,
};

use super::FileError;

/// Opens a file to read it from its start, in pieces of 256 kB.
pub fn open(path: &Path) -> Result<BufReader<File>, FileError> {
    let wrong = |error| FileError::new(path, error);
    let file = File::open(path).map_err(wrong)?;
    if file.metadata().map_err(wrong)?.is_dir() {
        return Err(FileError::NotAFile(path.to_owned()));
    }
    Ok(BufReader::with_capacity(1 << 18, file))
}

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

/// Makes the folder that a file is to lie in, where it is missing.
pub fn make_parent(path: &Path) -> Result<(), FileError> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            fs::create_dir_all(folder).map_err(|error| FileError::new(folder, error))
        }
        _ => Ok(()),
    }
}
