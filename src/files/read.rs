//! Reading at most so much of a file, and decoding it.

use std::{
    fs::{self, File},
    io::Read as _,
    path::Path,
};

use crate::text::{Decoded, TextEncoding, decode};

use super::FileError;

/// The largest article that is read, in bytes.
pub const ARTICLE_LIMIT: u64 = 64_000_000;

/// A file's bytes as text.
#[derive(Clone, Debug)]
pub struct Read {
    /// The text and how it was decoded.
    pub decoded: Decoded,
    /// The file's size, in bytes.
    pub bytes: usize,
}

/// Reads a file of at most `limit` bytes.
pub fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let wrong = |source| FileError::new(path, source);
    let too_large = || FileError::TooLarge {
        path: path.to_owned(),
        limit,
    };
    // Asked before opening: to open a pipe is to wait for its writer.
    let metadata = fs::metadata(path).map_err(wrong)?;
    if !metadata.is_file() {
        return Err(FileError::NotAFile(path.to_owned()));
    }
    if metadata.len() > limit {
        return Err(too_large());
    }
    let file = File::open(path).map_err(wrong)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // One more than allowed tells a file that has grown since.
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(wrong)?;
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Reads an article. `encoding`: what it is in, where somebody knows it; otherwise it is guessed.
pub fn read_text(path: &Path, encoding: Option<TextEncoding>) -> Result<Read, FileError> {
    let bytes = read_bounded(path, ARTICLE_LIMIT)?;
    let decoded = decode(&bytes, encoding).map_err(|source| FileError::NotText {
        path: path.to_owned(),
        source,
    })?;
    Ok(Read {
        decoded,
        bytes: bytes.len(),
    })
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
        let error = read_text(&path, None).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("“{}” is larger than 64 MB", path.display())
        );
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
