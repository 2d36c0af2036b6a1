//! What runs in the background for an open project, and what the session does with its results.

use crate::annotation::DocumentId;

use super::{Imported, Job, JobKind, Notice, Poll, Progress, Session, search::Found};

/// What an import has to say.
#[derive(Debug)]
pub(super) enum ImportNews {
    /// The first document that came in: it can be shown.
    First(DocumentId),
    /// It is over.
    Over(Imported),
    /// It failed as a whole.
    Failed(Notice),
}

/// The jobs under way, one of a kind at a time.
#[derive(Debug, Default)]
pub struct Work {
    pub(super) search: Option<Job<Found>>,
    pub(super) import: Option<Job<ImportNews>>,
    pub(super) write: Option<Job<Notice>>,
}

impl Work {
    fn all(&self) -> impl Iterator<Item = (JobKind, &Progress, bool)> {
        fn seen<T: Send + 'static>(job: Option<&Job<T>>) -> Option<(JobKind, &Progress, bool)> {
            job.map(|job| (job.kind(), job.progress(), job.is_long()))
        }
        let (import, write) = (seen(self.import.as_ref()), seen(self.write.as_ref()));
        [import, write, seen(self.search.as_ref())]
            .into_iter()
            .flatten()
    }

    /// The jobs that have run long enough to be shown, and how far they are.
    pub fn shown(&self) -> impl Iterator<Item = (JobKind, &Progress)> {
        self.all()
            .filter(|(.., long)| *long)
            .map(|(kind, progress, _)| (kind, progress))
    }

    /// Whether anything runs: the window then looks at it a few times a second.
    pub fn is_busy(&self) -> bool {
        self.search.is_some() || self.import.is_some() || self.write.is_some()
    }

    /// Asks everything to stop.
    pub(super) fn cancel(&self) {
        for (_, progress, _) in self.all() {
            progress.cancel();
        }
    }
}

impl Session {
    /// Takes in what the jobs have to say.
    pub(super) fn poll_work(&mut self) {
        self.poll_search();
        self.poll_import();
        self.poll_write();
    }

    fn poll_search(&mut self) {
        let mut found = Vec::new();
        while let Some(job) = &self.work.search {
            match job.poll() {
                Poll::Ready(Ok(ids)) => found.extend(ids),
                Poll::Ready(Err(error)) => {
                    self.work.search = None;
                    self.tell(error.into());
                }
                Poll::Pending => break,
                Poll::Over => self.work.search = None,
            }
        }
        if let Some(project) = self.project.as_mut().filter(|_| !found.is_empty()) {
            project.list.found_in_text(found, project.labels.state());
        }
    }

    fn poll_import(&mut self) {
        while let Some(job) = &self.work.import {
            match job.poll() {
                Poll::Ready(ImportNews::First(id)) => {
                    self.reload_list();
                    self.open_document(id);
                }
                Poll::Ready(ImportNews::Over(imported)) => {
                    self.work.import = None;
                    self.reload_list();
                    self.reload_labels();
                    self.reload_article();
                    if let Some(first) = imported.first {
                        self.open_document(first);
                    }
                    self.tell(Notice::Imported(imported));
                }
                Poll::Ready(ImportNews::Failed(notice)) => {
                    self.work.import = None;
                    self.reload_list();
                    self.tell(notice);
                }
                Poll::Pending => break,
                Poll::Over => self.work.import = None,
            }
        }
    }

    fn poll_write(&mut self) {
        while let Some(job) = &self.work.write {
            match job.poll() {
                Poll::Ready(notice) => self.tell(notice),
                Poll::Pending => break,
                Poll::Over => self.work.write = None,
            }
        }
    }
}
