//! A project file, open: made new, opened for writing where nobody else writes it, else for reading.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{edit::Edit, files::Draft};

use super::{
    Batch, Committed, Holder, Reader, StoreError, Writer, WriterEvent,
    commit::Committer,
    connect, header,
    here::{self, Here},
    lock::{self, Attempt, Lock},
    schema,
};

/// What may be done with an open project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing.
    Writer,
    /// Reading. Who writes it is information only.
    ReadOnly {
        /// Who writes it; `None` where nobody does, or that is not known.
        holder: Option<Holder>,
    },
}

/// The part of an open project that writes. The lock goes last.
#[derive(Debug)]
pub(super) struct Writing {
    pub(super) committer: Committer,
    here: Here,
    lock: Lock,
}

impl Writing {
    /// Brings everything into the one file, and lets another program write.
    pub(super) fn close(self) -> Result<(), StoreError> {
        let closed = self.committer.close();
        drop(self.here);
        drop(self.lock);
        closed
    }
}

/// An open project.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    access: Access,
    notice: Option<String>,
    reader: Reader,
    writing: Option<Writing>,
}

impl Store {
    /// Makes a project where no file is, holding `first` (its label set, for one), and opens it. It
    /// appears whole or not at all.
    pub fn create(path: &Path, first: &[Edit]) -> Result<Self, StoreError> {
        let others = header::companions(path);
        let taken = |path: &&Path| path.symlink_metadata().is_ok();
        // A log without its project would be taken for the new one's.
        let mut all = [path]
            .into_iter()
            .chain(others.iter().map(PathBuf::as_path));
        if let Some(there) = all.find(taken) {
            return Err(StoreError::Exists(there.to_owned()));
        }
        let draft = Draft::beside(path)?;
        fill_draft(&draft, first).map_err(|error| error.about(path))?;
        draft.publish_new()?;
        Self::open(path)
    }

    /// Opens a project: for writing where nobody else writes it, else for reading. Only its header
    /// is looked at; [`super::check()`] looks at everything.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let here = here::enter(path)?;
        match lock::attempt(here.path())? {
            Attempt::Taken(lock) => Self::open_writer(here, lock),
            Attempt::Held(holder) => {
                let who = holder
                    .as_ref()
                    .map_or("another program".to_owned(), Holder::to_string);
                let notice = format!("{who} is writing this project; it is open for reading only.");
                Self::open_reader(here.path(), holder, Some(notice))
            }
            Attempt::Unwritable => Self::open_unwritable(here.path()),
            Attempt::Barred(lock) => {
                let notice = format!(
                    "“{}” belongs to somebody else and cannot be opened, so nobody can tell whether \
                     the project is being written; it is open for reading only. If nobody has it \
                     open, remove that file and open the project again.",
                    lock.display()
                );
                Self::open_reader(here.path(), None, Some(notice))
            }
        }
    }

    /// Opens a project for reading, whoever writes it. Nothing is locked.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        Self::open_reader(path, None, None)
    }

    fn open_writer(here: Here, lock: Lock) -> Result<Self, StoreError> {
        let path = here.path().to_owned();
        let wrong = |error| StoreError::of(&path, error);
        let Some((mut connection, version)) = connect::writer(&path)? else {
            return Self::open_unwritable(&path);
        };
        schema::migrate(&mut connection, version).map_err(wrong)?;
        Ok(Self {
            reader: Reader::open(&path)?,
            access: Access::Writer,
            notice: None,
            writing: Some(Writing {
                committer: Committer::new(connection, &path),
                here,
                lock,
            }),
            path,
        })
    }

    fn open_unwritable(path: &Path) -> Result<Self, StoreError> {
        let notice = "This project lies where nothing can be written; it is open for reading only. \
                      Save a copy into a folder of yours to change it.";
        Self::open_reader(path, None, Some(notice.to_owned()))
    }

    fn open_reader(
        path: &Path,
        holder: Option<Holder>,
        notice: Option<String>,
    ) -> Result<Self, StoreError> {
        let reader = Reader::open(path)?;
        Ok(Self {
            path: reader.path().to_owned(),
            reader,
            access: Access::ReadOnly { holder },
            notice,
            writing: None,
        })
    }

    /// What may be done with it.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Why it is open for reading only, and what to do, where that was not asked for.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// The project file, by its full path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What reads it here.
    pub fn read(&self) -> &Reader {
        &self.reader
    }

    /// A further reader, for a job in the background.
    pub fn reader(&self) -> Result<Reader, StoreError> {
        Reader::open(&self.path)
    }

    /// Brings a batch to the disk, all of it or nothing. When this returns, it is saved.
    pub fn commit(&mut self, batch: &Batch) -> Result<Committed, StoreError> {
        match &mut self.writing {
            Some(writing) => writing.committer.commit(batch),
            None => Err(read_only(&self.path, &self.access)),
        }
    }

    /// Hands the writing to a thread of its own. `on_event` is called on that thread.
    pub fn into_writer_thread(
        self,
        on_event: impl Fn(WriterEvent) + Send + 'static,
    ) -> Result<(Reader, Writer), StoreError> {
        let Some(writing) = self.writing else {
            return Err(read_only(&self.path, &self.access));
        };
        let writer = Writer::start(&self.path, writing, Box::new(on_event))?;
        Ok((self.reader, writer))
    }

    /// What reads it here, where nothing is to be written.
    pub fn into_reader(self) -> Reader {
        self.reader
    }

    /// Saves a copy: see [`Reader::backup`].
    pub fn backup(
        &self,
        to: &Path,
        progress: &mut dyn FnMut(f32) -> bool,
    ) -> Result<(), StoreError> {
        self.reader.backup(to, &[], progress)
    }

    /// Brings everything into the one file and closes it.
    pub fn close(self) -> Result<(), StoreError> {
        drop(self.reader);
        self.writing.map_or(Ok(()), Writing::close)
    }

    #[cfg(test)]
    pub(super) fn connection(&self) -> Option<&rusqlite::Connection> {
        self.writing
            .as_ref()
            .map(|writing| writing.committer.connection())
    }
}

fn fill_draft(draft: &Draft, first: &[Edit]) -> Result<(), StoreError> {
    let wrong = |error| StoreError::of(draft.path(), error);
    let mut connection = connect::draft(draft.path()).map_err(wrong)?;
    schema::create(&mut connection).map_err(wrong)?;
    let mut committer = Committer::new(connection, draft.path());
    committer.commit(&Batch {
        edits: first.iter().cloned().map(Arc::new).collect(),
        texts: Vec::new(),
    })?;
    connect::finish_draft(committer.into_connection()).map_err(wrong)
}

fn read_only(path: &Path, access: &Access) -> StoreError {
    let holder = match access {
        Access::ReadOnly { holder } => holder.clone().map(Box::new),
        Access::Writer => None,
    };
    StoreError::ReadOnly {
        path: path.to_owned(),
        holder,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use std::fs;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        files::FileError,
        store::{
            check,
            sample::{adding, done, edits, labels, project, tag},
        },
    };

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Opening fails with `expected` in the message, and the file and its folder stay as they are.
    fn refuses(bytes: &[u8], expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.hashiya");
        fs::write(&path, bytes).unwrap();
        let error = Store::open(&path).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert!(error.to_string().contains("p.hashiya"), "{error}");
        assert!(error.hint().is_some());
        assert!(Store::open_read_only(&path).is_err());
        assert_eq!(fs::read(&path).unwrap(), bytes);
        assert_eq!(names(folder.path()), ["p.hashiya"]);
    }

    fn closed_project() -> Vec<u8> {
        let (_folder, path, mut store) = project();
        store.commit(&adding(&["خبر أول", "خبر ثان"])).unwrap();
        store.close().unwrap();
        fs::read(path).unwrap()
    }

    #[test]
    fn a_closed_project_is_one_file_and_opens_as_it_was() {
        let (folder, path, mut store) = project();
        assert_eq!(*store.access(), Access::Writer);
        store.commit(&adding(&["خبر"])).unwrap();
        store
            .commit(&edits([tag(9, "خبر", "منى", &[("PERSON", 0, 4)])]))
            .unwrap();
        store.close().unwrap();
        assert_eq!(names(folder.path()), ["مشروع.hashiya"]);

        let store = Store::open(&path).unwrap();
        let documents = store.read().documents().unwrap();
        assert_eq!(documents.len(), 1);
        assert_eq!(
            (documents[0].title.as_str(), documents[0].bytes),
            ("خبر", 6)
        );
        assert_eq!(store.read().edit_count().unwrap(), 3);
        store.close().unwrap();
        assert_eq!(names(folder.path()), ["مشروع.hashiya"]);
    }

    #[test]
    fn a_project_never_takes_anothers_place() {
        let (folder, path, store) = project();
        store.close().unwrap();
        let before = fs::read(&path).unwrap();
        assert!(matches!(
            Store::create(&path, &[]),
            Err(StoreError::Exists(_))
        ));
        assert_eq!(fs::read(&path).unwrap(), before);
        // A log that is left would be taken for the new project's.
        let path = folder.path().join("q.hashiya");
        fs::write(folder.path().join("q.hashiya-wal"), "x").unwrap();
        let error = Store::create(&path, &[labels()]).unwrap_err();
        assert!(error.to_string().contains("q.hashiya-wal"), "{error}");
        let error = Store::create(&folder.path().join("no/p.hashiya"), &[]).unwrap_err();
        assert!(
            matches!(error, StoreError::File(FileError::Missing(_))),
            "{error}"
        );
    }

    #[test]
    fn a_second_one_reads_and_learns_who_writes() {
        let (_folder, path, mut first) = project();
        let mut second = Store::open(&path).unwrap();
        let Access::ReadOnly {
            holder: Some(holder),
        } = second.access().clone()
        else {
            panic!("{:?}", second.access());
        };
        assert_eq!(holder.pid, std::process::id());
        assert!(second.notice().unwrap().contains("reading only"));
        first.commit(&adding(&["خبر"])).unwrap();
        assert_eq!(second.read().document_count().unwrap(), 1);
        let error = second.commit(&adding(&["آخر"])).unwrap_err();
        assert!(
            error
                .to_string()
                .contains(&format!("process {}", holder.pid)),
            "{error}"
        );
        first.close().unwrap();
        let third = Store::open(&path).unwrap();
        assert_eq!(*third.access(), Access::Writer);
    }

    #[test]
    fn what_is_no_project_is_refused_and_stays_untouched() {
        refuses(b"", "is empty");
        refuses("مقال قصير لا غير".as_bytes(), "not a Hashiya project");
        refuses(&[0; 4096], "not a Hashiya project");
        let good = closed_project();
        refuses(&good[..50], "within its header");
        refuses(&good[..good.len() - 1], "damaged");
        refuses(&good[..8192], "damaged");
        let mut foreign = good.clone();
        foreign[68..72].copy_from_slice(b"Else");
        refuses(&foreign, "not a Hashiya project");
        let mut newer = good.clone();
        newer[60..64].copy_from_slice(&7_u32.to_be_bytes());
        refuses(&newer, "made by a newer Hashiya (schema 7)");
        let folder = tempfile::tempdir().unwrap();
        let error = Store::open(folder.path()).unwrap_err();
        assert!(
            matches!(error, StoreError::File(FileError::NotAFile(_))),
            "{error}"
        );
        let error = Store::open(&folder.path().join("p.hashiya")).unwrap_err();
        assert!(
            matches!(error, StoreError::File(FileError::Missing(_))),
            "{error}"
        );
    }

    #[test]
    fn what_was_committed_outlives_a_program_that_is_killed() {
        let (_folder, path, mut store) = project();
        store.commit(&adding(&["خبر"])).unwrap();
        store.commit(&edits([done(5, "خبر", "منى")])).unwrap();
        // What is on the disk while the program runs is what a kill leaves.
        let other = tempfile::tempdir().unwrap();
        let copy = other.path().join("p.hashiya");
        fs::copy(&path, &copy).unwrap();
        fs::copy(
            header::with_ending(&path, "-wal"),
            header::with_ending(&copy, "-wal"),
        )
        .unwrap();
        fs::write(header::with_ending(&copy, ".lock"), "1\nx\ny\n5\n").unwrap();
        let found = Store::open(&copy).unwrap();
        assert_eq!(*found.access(), Access::Writer);
        assert_eq!(found.read().edit_count().unwrap(), 3);
        found.close().unwrap();
        assert_eq!(names(other.path()), ["p.hashiya"]);
        assert_eq!(
            check(&copy, &mut |_| true).unwrap().problems,
            Vec::<String>::new()
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn bytes_of_any_kind_never_panic_and_stay_untouched(
            bytes in proptest::collection::vec(any::<u8>(), 0..300),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("p");
            fs::write(&path, &bytes).unwrap();
            prop_assert!(Store::open(&path).is_err());
            prop_assert_eq!(fs::read(&path).unwrap(), bytes);
        }

        #[test]
        fn a_project_overwritten_in_places_never_panics(
            places in proptest::collection::vec((100_usize..60_000, any::<u8>()), 1..200),
        ) {
            let mut bytes = closed_project();
            for (at, byte) in places {
                if let Some(there) = bytes.get_mut(at) {
                    *there = byte;
                }
            }
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("p");
            fs::write(&path, &bytes).unwrap();
            if let Ok(store) = Store::open_read_only(&path) {
                let _ = store.read().documents();
                let _ = store.read().label_set_edits();
            }
            let _ = check(&path, &mut |_| true);
            prop_assert_eq!(fs::read(&path).unwrap(), bytes);
        }
    }
}
