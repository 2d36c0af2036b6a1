//! `Save a copy…`: the project as it is now, page by page through SQLite's backup interface, into a
//! file that appears whole or not at all.

use std::{fs, path::Path, sync::Arc};

use rusqlite::{
    Connection,
    backup::{Backup, StepResult},
};

use crate::{edit::Edit, files::Draft};

use super::{
    Batch, Reader, StoreError,
    commit::Committer,
    connect, header,
    lock::{self, Attempt},
};

/// So many pages are copied before progress is told (8 MB).
const STEP: i32 = 1000;

impl Reader {
    /// Saves a copy under the name `to`, in the place of a file that may stand there. `progress` is
    /// told how much is done (0 to 1); if it gives `false`, nothing is saved. The copy also holds
    /// `unsaved`: edits that the project itself could not take, for want of room on its disk.
    pub fn backup(
        &self,
        to: &Path,
        unsaved: &[Arc<Edit>],
        progress: &mut dyn FnMut(f32) -> bool,
    ) -> Result<(), StoreError> {
        let target = fs::canonicalize(to).unwrap_or_else(|_| to.to_owned());
        if target == self.path() {
            return Err(StoreError::Exists(target));
        }
        // Nobody has the file open that is replaced, and no log of its stays to be taken for the
        // copy's.
        let _lock = match lock::attempt(&target)? {
            Attempt::Taken(lock) => lock,
            Attempt::Held(holder) => {
                let holder = holder.map(Box::new);
                return Err(StoreError::ReadOnly {
                    path: target,
                    holder,
                });
            }
            Attempt::Unwritable | Attempt::Barred(_) => {
                let denied = crate::files::FileError::Denied(target);
                return Err(denied.into());
            }
        };
        if let Some(log) = header::companions(&target)
            .into_iter()
            .find(|path| path.exists())
        {
            return Err(StoreError::Exists(log));
        }
        let draft = Draft::beside(&target)?;
        self.snapshot(|| {
            // The first read is what fixes the view.
            self.edit_count()?;
            copy(self.connection(), draft.path(), &target, progress)
        })?;
        add(draft.path(), unsaved).map_err(|error| error.about(&target))?;
        Ok(draft.publish()?)
    }
}

fn copy(
    from: &Connection,
    draft: &Path,
    target: &Path,
    progress: &mut dyn FnMut(f32) -> bool,
) -> Result<(), StoreError> {
    let wrong = |error| StoreError::of(target, error);
    let mut to = Connection::open(draft).map_err(wrong)?;
    {
        let backup = Backup::new(from, &mut to).map_err(wrong)?;
        loop {
            let step = backup.step(STEP).map_err(wrong)?;
            let at = backup.progress();
            let done = at.pagecount.saturating_sub(at.remaining) as f32;
            if !progress(done / at.pagecount.max(1) as f32) {
                return Err(StoreError::Cancelled);
            }
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                _ => return Err(StoreError::Busy(target.to_owned())),
            }
        }
    }
    to.close().map_err(|(_, error)| wrong(error))
}

/// Lays edits over a copy that nobody else sees yet.
fn add(draft: &Path, edits: &[Arc<Edit>]) -> Result<(), StoreError> {
    if edits.is_empty() {
        return Ok(());
    }
    let wrong = |error| StoreError::of(draft, error);
    let connection = connect::draft(draft).map_err(wrong)?;
    let mut committer = Committer::new(connection, draft);
    committer.commit(&Batch {
        edits: edits.to_vec(),
        texts: Vec::new(),
    })?;
    connect::finish_draft(committer.into_connection()).map_err(wrong)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::{
        edit::Edit,
        store::{
            Store, check,
            sample::{adding, done, edits, project},
        },
    };

    fn all_edits(store: &Store) -> Vec<Edit> {
        let mut all = Vec::new();
        store
            .read()
            .for_each_edit(|edit| {
                all.push(Edit::clone(&edit));
                Ok::<_, StoreError>(())
            })
            .unwrap();
        all
    }

    #[test]
    fn a_copy_is_the_project_and_one_file() {
        let (folder, path, mut store) = project();
        store
            .commit(&adding(&["خبر", &"نص ".repeat(9000)]))
            .unwrap();
        store.commit(&edits([done(9, "خبر", "منى")])).unwrap();
        let to = folder.path().join("copy.hashiya");
        fs::write(&to, "in its place").unwrap();
        let mut told = Vec::new();
        store
            .backup(&to, &mut |done| {
                told.push(done);
                true
            })
            .unwrap();
        assert_eq!(told.last(), Some(&1.0));
        assert!(!header::companions(&to).iter().any(|path| path.exists()));
        assert_eq!(
            check(&to, &mut |_| true).unwrap().problems,
            Vec::<String>::new()
        );
        let copy = Store::open(&to).unwrap();
        assert_eq!(all_edits(&copy), all_edits(&store));
        // A project that somebody has open is not replaced, nor is the project itself.
        assert!(store.backup(&to, &mut |_| true).is_err());
        assert!(store.backup(&path, &mut |_| true).is_err());
        copy.close().unwrap();
        store.backup(&to, &mut |_| true).unwrap();
    }

    #[test]
    fn a_copy_takes_what_the_project_could_not() {
        let (folder, _path, mut store) = project();
        store.commit(&adding(&["خبر"])).unwrap();
        let to = folder.path().join("copy.hashiya");
        let unsaved = edits([done(9, "خبر", "منى")]).edits;
        store.read().backup(&to, &unsaved, &mut |_| true).unwrap();
        assert!(!header::companions(&to).iter().any(|path| path.exists()));
        let report = check(&to, &mut |_| true).unwrap();
        assert_eq!(report.problems, Vec::<String>::new());
        let copy = Store::open(&to).unwrap();
        let mut whole = all_edits(&store);
        whole.extend(unsaved.iter().map(|edit| Edit::clone(edit)));
        assert_eq!(all_edits(&copy), whole);
    }

    #[test]
    fn a_copy_called_off_leaves_nothing() {
        let (folder, _path, store) = project();
        let to = folder.path().join("copy.hashiya");
        let error = store.backup(&to, &mut |_| false).unwrap_err();
        assert!(matches!(error, StoreError::Cancelled));
        store.close().unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
