//! Letting go of a project: what would be lost or cut off if it were closed now, so that whoever
//! closes it can ask first.

use std::path::Path;

use crate::files;

use super::{JobKind, Project, Session};

/// What keeps a project from being let go of without a loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Edits that are not on the disk.
    pub unsaved: usize,
    /// Why the last commit failed, if it did.
    pub why: Option<String>,
    /// What brings articles in or writes a file.
    pub job: Option<JobKind>,
}

impl Session {
    /// What would be lost or cut off if the project were let go of now.
    pub fn held(&self) -> Option<Held> {
        let project = self.project()?;
        let (unsaved, job) = (project.saved().pending, self.work.unfinished());
        (unsaved > 0 || job.is_some()).then(|| Held {
            unsaved,
            why: project.failure().map(str::to_owned),
            job,
        })
    }

    /// Whether the project at `path` is the one that is open, to be written. One that is open for
    /// reading only may be opened again: it can perhaps be written now.
    pub fn is_open(&self, path: &Path) -> bool {
        self.project()
            .filter(|project| project.is_writable())
            .map(Project::path)
            .is_some_and(|open| files::is_same(open, path))
    }
}
