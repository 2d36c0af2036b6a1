//! The first hundred bytes of a project file, looked at before SQLite is let near it: whatever is
//! no project of ours, or is a newer one, stays untouched.

use std::{
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
};

use crate::files::FileError;

use super::{StoreError, schema};

/// The length of a header, in bytes.
const LENGTH: usize = 100;

/// What every file of SQLite begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Looks at the header of the project at `path`.
pub(super) fn check(path: &Path) -> Result<(), StoreError> {
    let wrong = |source| FileError::new(path, source);
    let metadata = fs::metadata(path).map_err(wrong)?;
    if !metadata.is_file() {
        return Err(FileError::NotAFile(path.to_owned()).into());
    }
    let mut bytes = Vec::with_capacity(LENGTH);
    File::open(path)
        .and_then(|file| file.take(LENGTH as u64).read_to_end(&mut bytes))
        .map_err(wrong)?;
    let header = parse(path, &bytes)?;
    let pages = header.pages * u64::from(header.page_size);
    // While a log is beside it, pages may be in the log that are not in the file yet.
    if metadata.len() < pages && !has_log(path) {
        let detail = format!("{} of {pages} bytes are there", metadata.len());
        return Err(StoreError::damaged(path, detail));
    }
    Ok(())
}

/// Whether the file at `path` says in its header that it is a project, of whatever version.
pub(super) fn names_a_project(path: &Path) -> bool {
    let mut bytes = Vec::with_capacity(LENGTH);
    let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    let read = is_file
        && File::open(path)
            .and_then(|file| file.take(LENGTH as u64).read_to_end(&mut bytes))
            .is_ok();
    read && bytes.starts_with(MAGIC) && number(&bytes, 68) == Some(schema::APPLICATION_ID)
}

/// The projects that a file may belong to: itself, or the one that SQLite keeps it beside.
pub(super) fn belonging_to(path: &Path) -> Vec<PathBuf> {
    let name = path.file_name().and_then(|name| name.to_str());
    let beside = ENDINGS
        .into_iter()
        .filter_map(|ending| Some(path.with_file_name(name?.strip_suffix(ending)?)));
    [path.to_owned()].into_iter().chain(beside).collect()
}

/// The big-endian number of four bytes at `at`.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?.first_chunk::<4>()?;
    Some(u32::from_be_bytes(*four))
}

struct Parsed {
    page_size: u32,
    pages: u64,
}

/// Reads a header (<https://sqlite.org/fileformat.html#the_database_header>).
fn parse(path: &Path, bytes: &[u8]) -> Result<Parsed, StoreError> {
    let not_ours = || StoreError::NotAProject(path.to_owned());
    if bytes.is_empty() {
        return Err(StoreError::damaged(path, "it is empty"));
    }
    if !bytes.starts_with(MAGIC) {
        return Err(not_ours());
    }
    let number = |at| number(bytes, at);
    let (Some(pages), Some(schema), Some(application), Some(page_size)) =
        (number(28), number(60), number(68), number(14))
    else {
        return Err(StoreError::damaged(path, "it ends within its header"));
    };
    if application != schema::APPLICATION_ID {
        return Err(not_ours());
    }
    if schema > schema::VERSION {
        let path = path.to_owned();
        return Err(StoreError::Newer { path, schema });
    }
    if schema == 0 {
        return Err(StoreError::damaged(path, "it has no schema"));
    }
    Ok(Parsed {
        // Two bytes stand at 16; 1 means 65,536.
        page_size: match page_size & 0xFFFF {
            1 => 65_536,
            size => size,
        },
        pages: pages.into(),
    })
}

/// What SQLite puts behind a project's name for the files beside it.
const ENDINGS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The names that SQLite gives to files beside the project.
pub(super) fn companions(path: &Path) -> [PathBuf; 3] {
    ENDINGS.map(|ending| with_ending(path, ending))
}

/// `path` with something behind its name.
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Whether a write-ahead log with something in it is beside the project.
pub(super) fn has_log(path: &Path) -> bool {
    fs::metadata(with_ending(path, "-wal")).is_ok_and(|log| log.len() > 0)
}
