//! Which projects this program has open. Where locks are POSIX's, a program that closes any handle
//! of a file loses all its locks on that file, SQLite's among them: so the bytes of a project are
//! looked at only while none of our connections is on it
//! (<https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_>).

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::files::FileError;

use super::{StoreError, header};

/// How many connections are on each project.
static OPEN: Mutex<BTreeMap<PathBuf, usize>> = Mutex::new(BTreeMap::new());

fn open() -> MutexGuard<'static, BTreeMap<PathBuf, usize>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Held as long as a connection is on a project, and let go after it.
#[derive(Debug)]
pub(super) struct Here(PathBuf);

/// Looks at the header of a project, unless this program has it open, and notes that it has now.
pub(super) fn enter(path: &Path) -> Result<Here, StoreError> {
    let path = fs::canonicalize(path).map_err(|error| FileError::new(path, error))?;
    // Until the count is up: nobody opens a connection while the header is read.
    let mut open = open();
    if !open.contains_key(&path) {
        header::check(&path)?;
    }
    *open.entry(path.clone()).or_default() += 1;
    Ok(Here(path))
}

/// Whether a file is a project: by its name, else by what stands in its header. A file that is
/// named as one counts as one, so that people are told what is wrong with it.
pub fn is_project(path: &Path) -> bool {
    let ends = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("hashiya"));
    if ends {
        return !path.is_dir();
    }
    let Ok(path) = fs::canonicalize(path) else {
        return false;
    };
    let open = open();
    open.contains_key(&path) || header::names_a_project(&path)
}

/// Whether a project lies at `path`, or a file that belongs to one: what must never be written over.
/// A project that this program has open is known without a look at its bytes.
pub fn is_of_project(path: &Path) -> bool {
    let Ok(path) = fs::canonicalize(path) else {
        return false;
    };
    let open = open();
    header::belonging_to(&path)
        .iter()
        .any(|path| open.contains_key(path) || header::names_a_project(path))
}

impl Here {
    /// The project's full path.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        let mut open = open();
        if let Some(count) = open.get_mut(&self.0) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.0);
            }
        }
    }
}
