//! Opening and reading files of unknown size. What is no file is never opened: to open a pipe is to
//! wait for its writer.

use std::{
    fs::{self, File, Metadata},
    io::{BufReader, Read as _},
    path::Path,
};

use super::FileError;

/// Opens a file to read it from its start, in pieces of 256 kB.
pub fn open(path: &Path) -> Result<BufReader<File>, FileError> {
    open_file(path).map(|(file, _)| BufReader::with_capacity(1 << 18, file))
}

pub(super) fn open_file(path: &Path) -> Result<(File, Metadata), FileError> {
    let wrong = |source| FileError::new(path, source);
    let metadata = fs::metadata(path).map_err(wrong)?;
    if !metadata.is_file() {
        return Err(FileError::NotAFile(path.to_owned()));
    }
    let file = File::open(path).map_err(wrong)?;
    Ok((file, metadata))
}

/// Reads a file of at most `limit` bytes.
pub fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let too_large = || FileError::TooLarge {
        path: path.to_owned(),
        limit,
    };
    let (file, metadata) = open_file(path)?;
    if metadata.len() > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // One more than allowed tells a file that has grown since.
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|source| FileError::new(path, source))?;
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("خبر.txt");
        fs::write(&path, "خبر").unwrap();
        assert_eq!(read_bounded(&path, 6).unwrap(), "خبر".as_bytes());
        let error = read_bounded(&path, 5).unwrap_err();
        assert!(matches!(error, FileError::TooLarge { limit: 5, .. }));
        assert!(error.to_string().contains("خبر.txt"), "{error}");
    }

    #[test]
    fn a_200_mb_file_is_refused_without_being_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.txt");
        File::create(&path).unwrap().set_len(200_000_000).unwrap();
        let error = read_bounded(&path, 64_000_000).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("“{}” is larger than 64 MB", path.display())
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_without_waiting_for_its_writer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        if made.is_ok_and(|status| status.success()) {
            assert!(matches!(open(&path), Err(FileError::NotAFile(_))));
        }
    }

    #[test]
    fn what_is_not_a_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(
            read_bounded(folder.path(), 9),
            Err(FileError::NotAFile(_))
        ));
        let gone = folder.path().join("gone.txt");
        let error = read_bounded(&gone, 9).unwrap_err();
        assert!(matches!(error, FileError::Missing(_)));
        assert_eq!(error.path(), gone);
        assert!(!error.hint().is_empty());
    }
}
