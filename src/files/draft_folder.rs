//! A folder that appears under its name whole, or not at all.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    thread,
};

use tempfile::TempDir;

use super::{FileError, Folder, folder::inside, leftover};

/// A folder under a temporary name beside the one that it is to become. Dropped, it is removed with
/// all that is in it.
#[derive(Debug)]
pub struct DraftFolder {
    temporary: TempDir,
    target: PathBuf,
}

impl DraftFolder {
    /// An empty folder beside `target`, on the same disk. A folder that holds something is never
    /// taken over: what stood there and what is written would be mixed.
    pub fn beside(target: &Path) -> Result<Self, FileError> {
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        check_free(&target)?;
        let around = Folder::around(&target);
        leftover::sweep(around.path());
        let made = tempfile::Builder::new()
            .prefix(&leftover::beginning())
            .suffix(leftover::ENDING)
            .tempdir_in(around.path());
        let temporary = made.map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => FileError::Missing(around.path().to_owned()),
            _ => FileError::new(&target, source),
        })?;
        Ok(Self { temporary, target })
    }

    /// The name that it will have.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// What was written, to be read.
    pub fn folder(&self) -> Folder {
        Folder::new(self.temporary.path())
    }

    /// Makes a file in it. The name may hold `/`; one that leads out of the folder, or that stands
    /// already, is an error.
    pub fn create(&self, name: &str) -> io::Result<File> {
        let below = inside(name)
            .filter(|_| !name.contains('\\'))
            .ok_or(io::ErrorKind::InvalidInput)?;
        let path = self.temporary.path().join(below);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        File::create_new(path)
    }

    /// Gives it its name.
    pub fn publish(self) -> Result<(), FileError> {
        let wrong = |source| FileError::new(&self.target, source);
        check_free(&self.target)?;
        let names: Vec<String> = self.folder().files().collect::<Result<_, _>>()?;
        sync_all(self.temporary.path(), &names).map_err(wrong)?;
        open_to_all(self.temporary.path()).map_err(wrong)?;
        if self.target.is_dir() {
            // It is empty; where somebody has put something in meanwhile, this fails.
            fs::remove_dir(&self.target).map_err(wrong)?;
        }
        fs::rename(self.temporary.path(), &self.target).map_err(wrong)?;
        // It has another name now: there is nothing to remove.
        let _ = self.temporary.keep();
        Ok(())
    }
}

/// How many files are brought to the disk at a time.
const SYNCED_TOGETHER: usize = 8;

/// Brings files to the disk. Several at a time, since each waits for the disk, which takes them
/// together in the time of one.
fn sync_all(folder: &Path, names: &[String]) -> io::Result<()> {
    let sync = |names: &[String]| {
        names.iter().try_for_each(|name| {
            let file = File::options().write(true).open(folder.join(name))?;
            file.sync_all()
        })
    };
    let each = names.len().div_ceil(SYNCED_TOGETHER).max(1);
    thread::scope(|scope| {
        let mut threads = Vec::new();
        for names in names.chunks(each).skip(1) {
            threads.push(thread::Builder::new().spawn_scoped(scope, move || sync(names))?);
        }
        let mut done = names.chunks(each).next().map_or(Ok(()), sync);
        for thread in threads {
            let other = thread.join();
            done = done.and(other.unwrap_or_else(|_| Err(io::ErrorKind::Other.into())));
        }
        done
    })
}

fn check_free(target: &Path) -> Result<(), FileError> {
    let Ok(metadata) = fs::symlink_metadata(target) else {
        return Ok(());
    };
    if !metadata.is_dir() {
        return Err(FileError::NotAFolder(target.to_owned()));
    }
    let mut entries = fs::read_dir(target).map_err(|source| FileError::new(target, source))?;
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(FileError::NotEmpty(target.to_owned())),
    }
}

/// As any other new folder, and not for its owner only as temporary ones are.
fn open_to_all(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What the system gives to a new folder here, the person's mask applied.
        let probe = folder.join(".mode");
        fs::create_dir(&probe)?;
        let mode = fs::metadata(&probe)?.permissions().mode();
        fs::remove_dir(&probe)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(mode))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_folder_appears_whole_or_not_at_all() {
        let around = tempfile::tempdir().unwrap();
        let target = around.path().join("out");
        let draft = DraftFolder::beside(&target).unwrap();
        draft.create("a/b.txt").unwrap().write_all(b"b").unwrap();
        assert!(!target.exists());
        drop(draft);
        assert_eq!(fs::read_dir(around.path()).unwrap().count(), 0);

        let draft = DraftFolder::beside(&target).unwrap();
        draft.create("a/b.txt").unwrap().write_all(b"b").unwrap();
        assert!(draft.create("a/b.txt").is_err(), "never twice");
        draft.publish().unwrap();
        assert_eq!(fs::read(target.join("a/b.txt")).unwrap(), b"b");
        assert!(matches!(
            DraftFolder::beside(&target),
            Err(FileError::NotEmpty(_))
        ));
        assert!(matches!(
            DraftFolder::beside(&target.join("a/b.txt")),
            Err(FileError::NotAFolder(_))
        ));
        assert_eq!(fs::read_dir(around.path()).unwrap().count(), 1);
    }

    #[test]
    fn nothing_is_written_outside() {
        let around = tempfile::tempdir().unwrap();
        let draft = DraftFolder::beside(&around.path().join("out")).unwrap();
        for name in ["../x", "a/../../x", "/tmp/x", "", ".", "..\\x"] {
            assert!(draft.create(name).is_err(), "{name}");
        }
        assert_eq!(fs::read_dir(around.path()).unwrap().count(), 1);
    }
}
