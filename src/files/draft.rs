//! Atomic writing: a file appears under its name whole and on the disk, or not at all. What stood
//! there before stays until then.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use tempfile::{NamedTempFile, TempPath};

use super::{FileError, leftover};

/// A file under a temporary name beside the one that it is to replace. Dropped, it is removed.
#[derive(Debug)]
pub struct Draft {
    temporary: TempPath,
    target: PathBuf,
}

impl Draft {
    /// An empty file beside `target`, on the same disk.
    pub fn beside(target: &Path) -> Result<Self, FileError> {
        // A link is followed: the file behind it is replaced, not the link.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        // A device or a pipe would be replaced by a file of its name.
        if fs::metadata(&target).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(FileError::NotAFile(target));
        }
        let made = new_file(folder_of(&target));
        let temporary = made.map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => FileError::Missing(folder_of(&target).to_owned()),
            _ => FileError::new(&target, source),
        })?;
        if let Ok(old) = fs::metadata(&target) {
            // Best effort: some disks know no permissions.
            let _ = temporary.as_file().set_permissions(old.permissions());
        }
        Ok(Self {
            temporary: temporary.into_temp_path(),
            target,
        })
    }

    /// The temporary name.
    pub fn path(&self) -> &Path {
        &self.temporary
    }

    /// The name that the file will have.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Opens it for writing.
    pub fn open(&self) -> Result<File, FileError> {
        File::options()
            .write(true)
            .open(&self.temporary)
            .map_err(|source| FileError::new(&self.target, source))
    }

    /// Brings it to the disk and under its name, in the place of what stood there.
    pub fn publish(self) -> Result<(), FileError> {
        self.sync()?;
        let wrong = |source| FileError::new(&self.target, source);
        self.temporary
            .persist(&self.target)
            .map_err(|e| wrong(e.error))?;
        sync_folder(folder_of(&self.target)).map_err(wrong)
    }

    /// Brings it to the disk and under its name, where nothing stands there.
    pub fn publish_new(self) -> Result<(), FileError> {
        self.sync()?;
        let wrong = |source| FileError::new(&self.target, source);
        self.temporary
            .persist_noclobber(&self.target)
            .map_err(|e| wrong(e.error))?;
        sync_folder(folder_of(&self.target)).map_err(wrong)
    }

    fn sync(&self) -> Result<(), FileError> {
        self.open()?
            .sync_all()
            .map_err(|source| FileError::new(&self.target, source))
    }
}

/// Writes a file atomically: `fill` writes into a draft, which then takes the file's name.
pub fn write_atomic(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    let draft = Draft::beside(path)?;
    let mut writer = BufWriter::with_capacity(1 << 16, draft.open()?);
    fill(&mut writer)
        .and_then(|()| writer.flush())
        .map_err(|source| FileError::new(path, source))?;
    drop(writer);
    draft.publish()
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    leftover::sweep(folder);
    let beginning = leftover::beginning();
    builder.prefix(&beginning).suffix(leftover::ENDING);
    #[cfg(unix)]
    {
        // As any other new file, and not for its owner only as temporary files are.
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Brings a folder's entries to the disk, so that a new name outlives a power cut.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        match File::open(folder)?.sync_all() {
            // Some network disks cannot; they keep names in their own way.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            done => done,
        }
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        write_atomic(&path, |w| w.write_all("قديم".as_bytes())).unwrap();
        write_atomic(&path, |w| w.write_all("جديد".as_bytes())).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "جديد");
        assert_eq!(names(folder.path()), ["a.ron"]);
    }

    #[test]
    fn a_full_disk_leaves_the_old_file_and_no_litter() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        fs::write(&path, "old").unwrap();
        let error = write_atomic(&path, |w| {
            w.write_all(&vec![b'x'; 100_000])?;
            Err(io::ErrorKind::StorageFull.into())
        })
        .unwrap_err();
        assert!(matches!(error, FileError::Full(_)), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["a.ron"]);
    }

    #[test]
    fn a_new_file_never_takes_anothers_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let draft = Draft::beside(&path).unwrap();
        fs::write(&path, "theirs").unwrap();
        assert!(draft.publish_new().is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = write_atomic(&folder.path().join("no/a"), |_| Ok(())).unwrap_err();
        assert_eq!(error.path(), folder.path().join("no"));
        let error = write_atomic(folder.path(), |_| Ok(())).unwrap_err();
        assert!(matches!(error, FileError::NotAFile(_)), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_never_replaced() {
        let error = Draft::beside(Path::new("/dev/null")).unwrap_err();
        assert!(matches!(error, FileError::NotAFile(_)), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        write_atomic(&link, |w| w.write_all(b"new")).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
