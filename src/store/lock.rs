//! Who may write: one program at a time. The lock is the operating system's, on a file beside the
//! project, so that it ends with the program however that ends. It is not on the project itself:
//! closing a second handle of that file would drop SQLite's own locks (POSIX). What stands in the
//! lock file tells who holds it and decides nothing.

use std::{
    fmt,
    fs::{self, File, TryLockError},
    io::{self, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use crate::{
    annotation::Time,
    files::{self, FileError},
};

use super::{StoreError, header::with_ending};

/// Who writes a project: for people to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// The program's process id.
    pub pid: u32,
    /// The computer's name; empty where unknown.
    pub host: String,
    /// The person's name on that computer; empty where unknown.
    pub user: String,
    /// Since when.
    pub since: Time,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |name: &str| {
            if name.is_empty() {
                "?".to_owned()
            } else {
                name.to_owned()
            }
        };
        write!(
            f,
            "{} on {} (process {}, since {})",
            name(&self.user),
            name(&self.host),
            self.pid,
            self.since.timestamp().strftime("%Y-%m-%d %H:%M UTC")
        )
    }
}

impl Holder {
    /// This program.
    fn this() -> Self {
        let variable = |names: &[&str]| {
            let mut values = names.iter().filter_map(|name| std::env::var(name).ok());
            values.find(|value| !value.is_empty()).unwrap_or_default()
        };
        let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let host = match host.trim() {
            "" => variable(&["HOSTNAME", "COMPUTERNAME"]),
            host => host.to_owned(),
        };
        Self {
            pid: std::process::id(),
            host,
            user: files::user_name().unwrap_or_default(),
            since: Time {
                millis: now(),
                counter: 0,
            },
        }
    }

    fn write(&self) -> String {
        let Self {
            pid,
            host,
            user,
            since,
        } = self;
        format!("{pid}\n{host}\n{user}\n{}\n", since.millis)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text
            .lines()
            .map(|line| line.chars().take(200).collect::<String>());
        Some(Self {
            pid: lines.next()?.parse().ok()?,
            host: lines.next()?,
            user: lines.next()?,
            since: Time {
                millis: lines.next()?.parse().ok()?,
                counter: 0,
            },
        })
    }
}

/// The writer's lock; it ends when dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
}

/// What came of asking for the lock.
#[derive(Debug)]
pub(super) enum Attempt {
    /// It is ours.
    Taken(Lock),
    /// Somebody else has it.
    Held(Option<Holder>),
    /// No lock can be had here: the folder cannot be written.
    Unwritable,
    /// This lock file is there and cannot be opened: it is somebody else's.
    Barred(PathBuf),
}

/// Milliseconds since 1970 (UTC).
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

/// Asks for the writer's lock on `project`, without waiting.
pub(super) fn attempt(project: &Path) -> Result<Attempt, StoreError> {
    let path = with_ending(project, ".lock");
    // A holder that ends removes the file. Whoever opened it just before holds a lock on nothing,
    // sees that, and asks again.
    for _ in 0..100 {
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path);
        let file = match file {
            Ok(file) => file,
            // What another person's program left behind: it can be locked all the same, since the
            // lock is the system's and not what stands in the file.
            Err(error) if is_unwritable(&error) => match File::open(&path) {
                Ok(file) => file,
                Err(_) if path.exists() => return Ok(Attempt::Barred(path)),
                Err(_) => return Ok(Attempt::Unwritable),
            },
            Err(error) => return Err(FileError::new(&path, error).into()),
        };
        match file.try_lock() {
            Ok(()) if !is_still(&file, &path) => {}
            Ok(()) => {
                let lock = Lock { file, path };
                lock.sign(&Holder::this());
                return Ok(Attempt::Taken(lock));
            }
            Err(TryLockError::WouldBlock) => return Ok(Attempt::Held(read(&file))),
            Err(TryLockError::Error(error)) => return Err(FileError::new(&path, error).into()),
        }
    }
    Err(StoreError::Busy(project.to_owned()))
}

fn is_unwritable(error: &io::Error) -> bool {
    use io::ErrorKind as K;
    matches!(error.kind(), K::PermissionDenied | K::ReadOnlyFilesystem)
}

fn read(file: &File) -> Option<Holder> {
    let mut text = String::new();
    file.take(4096).read_to_string(&mut text).ok()?;
    Holder::parse(&text)
}

/// Whether `path` still leads to `file`.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => id(ours) == id(there),
        _ => false,
    }
}

/// Where the lock file is never removed, it is always the same.
#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}

impl Lock {
    /// Writes who holds it. Information only, so that a failure is none.
    fn sign(&self, holder: &Holder) {
        let mut file = &self.file;
        let _ = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(holder.write().as_bytes()));
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While the lock is held, so that no other's file is removed.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn one_at_a_time_and_the_other_learns_who() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("p.hashiya");
        let Attempt::Taken(lock) = attempt(&project).unwrap() else {
            panic!("nobody else is there");
        };
        let Attempt::Held(Some(holder)) = attempt(&project).unwrap() else {
            panic!("it is held");
        };
        assert_eq!(holder.pid, std::process::id());
        assert!(now() - holder.since.millis < 60_000);
        let holder = Holder {
            pid: 7,
            host: "desk".to_owned(),
            user: String::new(),
            since: Time {
                millis: 1_795_507_200_000,
                counter: 0,
            },
        };
        let told = "? on desk (process 7, since 2026-11-24 08:00 UTC)";
        assert_eq!(holder.to_string(), told);
        assert_eq!(Holder::parse(&holder.write()), Some(holder));
        drop(lock);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(matches!(attempt(&project).unwrap(), Attempt::Taken(_)));
    }

    #[test]
    fn what_a_killed_program_left_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("p.hashiya");
        fs::write(folder.path().join("p.hashiya.lock"), "1\nhost\nuser\n5\n").unwrap();
        assert!(matches!(attempt(&project).unwrap(), Attempt::Taken(_)));
    }

    /// Meaningless for root, who may open everything.
    #[cfg(unix)]
    #[test]
    fn what_another_person_left_can_be_locked_or_is_named() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("p.hashiya");
        let left = folder.path().join("p.hashiya.lock");
        let leave = |mode| {
            fs::write(&left, "1\nhost\nuser\n5\n").unwrap();
            fs::set_permissions(&left, fs::Permissions::from_mode(mode)).unwrap();
        };
        leave(0o444);
        assert!(matches!(attempt(&project).unwrap(), Attempt::Taken(_)));
        leave(0o000);
        if File::open(&left).is_err() {
            assert!(matches!(attempt(&project).unwrap(), Attempt::Barred(at) if at == left));
        }
    }

    #[test]
    fn threads_in_a_race_never_hold_it_together() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("p.hashiya");
        let holders = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        if let Attempt::Taken(lock) = attempt(&project).unwrap() {
                            assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0);
                            holders.fetch_sub(1, Ordering::SeqCst);
                            drop(lock);
                        }
                    }
                });
            }
        });
    }
}
