//! Articles that are to be opened where nothing can come in: a project that is open for reading
//! shows them if it has their text already.

use std::path::{Path, PathBuf};

use crate::{
    annotation::DocumentId,
    store::{Presence, Reader, StoreError},
};

use super::{
    ImportOptions, Job, JobKind, Notice, Progress, Project, Session, transfer::first_documents,
    work::ImportNews,
};

impl Session {
    /// Looks for the first of these files whose text the project has.
    pub(super) fn find_known(&mut self, paths: Vec<PathBuf>, options: ImportOptions) {
        let Some(project) = &self.project else { return };
        let store = project.path().to_path_buf();
        let job = Job::start(JobKind::Import, &self.bell, move |reporter| {
            let found = find(&store, paths, &options, &reporter.progress);
            reporter.send(match found {
                Ok(known) => ImportNews::Known(known),
                Err(error) => ImportNews::Failed(error.into()),
            });
        });
        self.begin_import(job);
    }

    /// Shows what was found; else says why it does not come in, and shows another article.
    pub(super) fn known(&mut self, found: Option<DocumentId>) {
        if let Some(id) = found {
            self.open_document(id);
            return;
        }
        let why = self.project().and_then(Project::notice);
        let why = why.unwrap_or_default().to_owned();
        self.tell(Notice::ReadOnly(why));
        self.show_some();
    }
}

fn find(
    store: &Path,
    paths: Vec<PathBuf>,
    options: &ImportOptions,
    progress: &Progress,
) -> Result<Option<DocumentId>, StoreError> {
    let reader = Reader::open(store)?;
    for id in first_documents(paths, options) {
        if progress.is_cancelled() {
            break;
        }
        if reader.presence(&id)? == Presence::Present {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
