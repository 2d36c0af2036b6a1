//! The files of a zip archive, read by name as those of a folder are. Nothing is unpacked to the disk.

use std::{
    fmt,
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use zip::{ZipArchive, result::ZipError};

use super::{
    FileError,
    folder::inside,
    natural_order, open,
    unpack::{allowed, bounded},
};

/// What one file is unpacked to in memory at most, in bytes.
const IN_MEMORY: u64 = 64_000_000;
/// What an archive may take itself, in bytes: its list of files is held in memory.
const PACKED: u64 = 1_000_000_000;
/// How many files an archive may have.
const FILES: usize = 1_000_000;
/// How long a name in it may be, in bytes, and how many folders deep: more than any system has.
const NAME: usize = 4096;
const DEEP: usize = 64;

/// A zip archive whose files are read by name.
#[derive(Clone)]
pub struct Archive {
    path: PathBuf,
    zip: ZipArchive<Again>,
    names: Arc<[String]>,
    /// The names that no folder could hold: they lead out of it, or are endless.
    refused: Arc<[String]>,
    /// How many bytes its files may still unpack to, all together: entries can share their bytes.
    left: Arc<AtomicU64>,
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Archive").field(&self.path).finish()
    }
}

impl Archive {
    /// Whether a file is named as archives are.
    pub fn is_named_so(path: &Path) -> bool {
        path.extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
    }

    /// Opens an archive and reads the list of its files.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let size = open(path)?
            .get_ref()
            .metadata()
            .map_err(|error| FileError::new(path, error))?
            .len();
        if size > PACKED {
            return Err(FileError::TooLarge {
                path: path.to_owned(),
                limit: PACKED,
            });
        }
        let broken = |error| FileError::Archive {
            path: path.to_owned(),
            what: told(error).to_string(),
        };
        let zip = ZipArchive::new(Again::new(path)).map_err(broken)?;
        if zip.len() > FILES {
            return Err(FileError::Archive {
                path: path.to_owned(),
                what: format!("it has more than {FILES} files"),
            });
        }
        let (mut names, mut refused) = (Vec::with_capacity(zip.len()), Vec::new());
        for name in zip.file_names() {
            let name = name.map_err(broken)?;
            let hidden = |part: &str| part.starts_with('.') && part != "..";
            // What systems add for themselves is no file here.
            if name.ends_with('/') || name.starts_with("__MACOSX/") || name.split('/').any(hidden) {
                continue;
            }
            let endless = name.len() > NAME || name.split('/').count() > DEEP;
            if endless || inside(&name).is_none() {
                refused.push(crate::text::quote(&name, 80));
            } else {
                names.push(name.into_owned());
            }
        }
        names.sort_by(|a, b| by_folders(a, b));
        names.dedup();
        Ok(Self {
            path: path.to_owned(),
            zip,
            names: names.into(),
            refused: refused.into(),
            left: Arc::new(AtomicU64::new(allowed(size))),
        })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The names of its files in natural order, with `/` between folders. Hidden ones are
    /// passed over.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The names of files that are not read, since they lead out of any folder or are endless.
    pub fn refused(&self) -> &[String] {
        &self.refused
    }

    /// Opens one of its files and hands it to `use_it`, unpacking as it is read.
    pub fn with<T>(
        &self,
        name: &str,
        use_it: impl FnOnce(Box<dyn BufRead + '_>) -> T,
    ) -> io::Result<T> {
        let mut zip = self.zip.clone();
        let file = zip.by_name(name).map_err(told)?;
        let taken = |count| {
            let left = |left: u64| left.checked_sub(count);
            let (set, get) = (Ordering::Relaxed, Ordering::Relaxed);
            self.left.fetch_update(set, get, left).is_ok()
        };
        Ok(use_it(bounded(file, taken)))
    }

    /// A file of it, unpacked in memory (64 MB at most).
    pub fn unpacked(&self, name: &str) -> io::Result<Box<dyn BufRead>> {
        let mut bytes = Vec::new();
        self.with(name, |file| {
            file.take(IN_MEMORY + 1).read_to_end(&mut bytes)
        })??;
        if bytes.len() as u64 > IN_MEMORY {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("{name} unpacks to more than {} MB", IN_MEMORY / 1_000_000),
            ));
        }
        Ok(Box::new(Cursor::new(bytes)))
    }
}

/// Natural order, folder by folder, as a walk through them would give.
fn by_folders(a: &str, b: &str) -> std::cmp::Ordering {
    let (mut left, mut right) = (a.split('/'), b.split('/'));
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return std::cmp::Ordering::Equal,
            (None, Some(_)) => std::cmp::Ordering::Less,
            (Some(_), None) => std::cmp::Ordering::Greater,
            (Some(left), Some(right)) => natural_order(left, right),
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn told(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        ZipError::FileNotFound => io::ErrorKind::NotFound.into(),
        other => io::Error::new(io::ErrorKind::InvalidData, other.to_string()),
    }
}

/// A file that each clone opens anew, so that several files of an archive can be read at once.
struct Again {
    path: PathBuf,
    file: Option<BufReader<File>>,
    at: u64,
}

impl Again {
    fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            file: None,
            at: 0,
        }
    }

    fn file(&mut self) -> io::Result<&mut BufReader<File>> {
        if self.file.is_none() {
            let mut file = BufReader::new(File::open(&self.path)?);
            file.seek(SeekFrom::Start(self.at))?;
            self.file = Some(file);
        }
        self.file
            .as_mut()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Clone for Again {
    fn clone(&self) -> Self {
        Self {
            path: self.path.clone(),
            file: None,
            at: self.at,
        }
    }
}

impl Read for Again {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file()?.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Again {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.file()?.seek(to)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::io::Write as _;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        let mut zip = ZipWriter::new(File::create(&path).unwrap());
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        (folder, path)
    }

    fn text(archive: &Archive, name: &str) -> io::Result<String> {
        archive.with(name, |mut file| {
            let mut text = String::new();
            file.read_to_string(&mut text).map(|_| text)
        })?
    }

    #[test]
    fn files_are_read_by_name_in_natural_order() {
        let (_folder, path) = archive(&[
            ("b/10.txt", "عشرة".as_bytes()),
            ("b/9.txt", b"nine"),
            ("../out.txt", b"out"),
            ("/etc/x.txt", b"out"),
            ("__MACOSX/b/9.txt", b"mac"),
            ("b/.hidden", b"h"),
            ("a.txt", b"a"),
        ]);
        let archive = Archive::open(&path).unwrap();
        assert_eq!(archive.names(), ["a.txt", "b/9.txt", "b/10.txt"]);
        assert_eq!(archive.refused(), ["../out.txt", "/etc/x.txt"]);
        assert_eq!(text(&archive, "b/10.txt").unwrap(), "عشرة");
        let mut again = archive.unpacked("b/9.txt").unwrap();
        let mut nine = String::new();
        again.read_to_string(&mut nine).unwrap();
        assert_eq!(nine, "nine");
        let missing = text(&archive, "c").unwrap_err();
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let (_folder, path) = archive(&[("bomb.txt", &vec![b' '; 200_000_000])]);
        let archive = Archive::open(&path).unwrap();
        let streamed = archive.with("bomb.txt", |mut file| io::copy(&mut file, &mut io::sink()));
        assert!(streamed.unwrap().is_err());
        assert!(archive.unpacked("bomb.txt").is_err());
    }

    #[test]
    fn files_count_together_and_names_are_bounded() {
        let large = vec![b' '; 50_000_000];
        let deep = format!("{}x.txt", "a/".repeat(30_000));
        let (_folder, path) = archive(&[
            ("1.txt", &large),
            ("2.txt", &large),
            ("3.txt", &large),
            (&deep, b"x"),
        ]);
        let archive = Archive::open(&path).unwrap();
        assert_eq!(archive.names(), ["1.txt", "2.txt", "3.txt"]);
        let read = |name: &String| {
            let copied = archive.with(name, |mut file| io::copy(&mut file, &mut io::sink()));
            copied.unwrap().is_ok()
        };
        let whole: Vec<bool> = archive.names().iter().map(read).collect();
        assert!(whole.contains(&true) && whole.contains(&false), "{whole:?}");
    }

    #[test]
    fn what_is_no_archive_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        std::fs::write(&path, "PK, but no").unwrap();
        let error = Archive::open(&path).unwrap_err();
        assert!(matches!(error, FileError::Archive { .. }), "{error}");
        assert_eq!(error.path(), path);
    }
}
