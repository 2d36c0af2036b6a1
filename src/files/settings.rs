//! Small files of settings: short, UTF-8, made with their folder when first written.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{FileError, make_parent, read_bounded, write_atomic};

/// No settings file is longer (bytes).
const LIMIT: u64 = 1_000_000;

/// A settings file's text; `None` where there is none yet.
pub fn read_settings(path: &Path) -> Result<Option<String>, FileError> {
    let bytes = match read_bounded(path, LIMIT) {
        Ok(bytes) => bytes,
        Err(FileError::Missing(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let text = String::from_utf8(bytes);
    text.map(Some)
        .map_err(|error| FileError::new(path, io::Error::new(io::ErrorKind::InvalidData, error)))
}

/// Writes a settings file, and its folder where that is missing.
pub fn write_settings(path: &Path, text: &str) -> Result<(), FileError> {
    make_parent(path)?;
    write_atomic(path, |writer| writer.write_all(text.as_bytes()))
}

/// Copies a settings file that cannot be read to a name of its own, before another is written in
/// its place: somebody may have written it by hand, or a newer program. Gives that name.
pub fn keep_aside(path: &Path) -> Result<PathBuf, FileError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".bak");
    let aside = PathBuf::from(name);
    fs::copy(path, &aside).map_err(|error| FileError::new(&aside, error))?;
    Ok(aside)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::fs;

    use super::*;

    #[test]
    fn settings_are_read_back_as_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hashiya/settings.ron");
        assert_eq!(read_settings(&path).unwrap(), None);
        write_settings(&path, "(annotator: \"أمل\")").unwrap();
        assert_eq!(
            read_settings(&path).unwrap().unwrap(),
            "(annotator: \"أمل\")"
        );
        fs::write(&path, [0xFF, 0]).unwrap();
        assert!(read_settings(&path).is_err());
        let aside = keep_aside(&path).unwrap();
        assert_eq!(aside, folder.path().join("hashiya/settings.ron.bak"));
        assert_eq!(fs::read(aside).unwrap(), [0xFF, 0]);
    }
}
