//! Commits that go on while the next documents are read.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, Sender},
    thread,
};

use crate::{
    files::FileError,
    store::{Batch, Committed, StoreError},
};

use super::super::{Sink, pipeline::beside};

/// Hands batches to the thread that commits them, one at a time.
#[derive(Debug)]
pub(super) struct Commits {
    batches: Sender<Batch>,
    answers: Receiver<Result<Committed, StoreError>>,
    /// Whether an answer is still to come.
    pending: bool,
    path: PathBuf,
}

/// Runs `work` beside a thread that commits through `sink` into the project at `path`.
pub(super) fn committing<T>(
    sink: &mut dyn Sink,
    path: &Path,
    work: impl FnOnce(Commits) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    thread::scope(|scope| {
        let (batches, taken) = mpsc::channel();
        let (answer, answers) = mpsc::channel();
        beside(scope, move || {
            for batch in taken {
                if answer.send(sink.commit(batch)).is_err() {
                    break;
                }
            }
        })
        .map_err(|error| FileError::new(path, error))?;
        work(Commits {
            batches,
            answers,
            pending: false,
            path: path.to_owned(),
        })
    })
}

impl Commits {
    /// Hands in a batch, when the one before is saved.
    pub(super) fn hand_in(&mut self, batch: Batch) -> Result<(), StoreError> {
        self.wait()?;
        self.batches.send(batch).map_err(|_| self.gone())?;
        self.pending = true;
        Ok(())
    }

    /// Waits until what was handed in is saved.
    pub(super) fn wait(&mut self) -> Result<(), StoreError> {
        if std::mem::take(&mut self.pending) {
            self.answers.recv().map_err(|_| self.gone())??;
        }
        Ok(())
    }

    /// The thread ends before this only where it panics.
    fn gone(&self) -> StoreError {
        StoreError::ReadOnly {
            path: self.path.clone(),
            holder: None,
        }
    }
}
