//! What runs in the background for an open project, and what the session does with its results.

use std::thread::JoinHandle;

use crate::{annotation::DocumentId, interchange::Loss};

use super::{
    Adjudicated, Counted, Exported, Imported, Job, JobKind, Merged, Notice, Poll, Preview,
    Progress, Session, ThreadNews,
    figures::{FiguresNews, Watched},
    search::{Found, Where},
};

/// What an import has to say.
#[derive(Debug)]
pub(super) enum ImportNews {
    /// The first document that came in: it can be shown.
    First(DocumentId),
    /// Nothing can come in; this document of the project has the text of the first file.
    Known(Option<DocumentId>),
    /// It is over.
    Over(Imported),
    /// The sample is in.
    Sample(Imported),
    /// A merge is over.
    Merged(Box<Merged>),
    /// What all agree on was taken over.
    Agreed(Adjudicated),
    /// It failed as a whole.
    Failed(Notice),
}

/// What writing a file has to say.
#[derive(Debug)]
pub(super) enum Written {
    /// What came of it.
    Told(Notice),
    /// What came of an export of the dialog.
    Exported(Box<Exported>),
}

/// What taking over would bring, or why that is not known.
pub(super) type AgreedNews = Result<Adjudicated, Notice>;

/// What a look into files has to say.
#[derive(Debug)]
pub(super) enum LookNews {
    /// Only articles: they come in without a question.
    Articles,
    /// What is known so far.
    SoFar(Box<Preview>),
    /// All there is to know.
    Over(Box<Preview>),
}

/// The jobs under way, one of a kind at a time.
#[derive(Debug, Default)]
pub struct Work {
    pub(super) search: Option<Job<Found>>,
    pub(super) import: Option<Job<ImportNews>>,
    pub(super) write: Option<Job<Written>>,
    pub(super) forecast: Option<Job<Result<Loss, Notice>>>,
    pub(super) look: Option<Job<LookNews>>,
    pub(super) count: Option<Job<Counted>>,
    pub(super) threads: Option<Job<ThreadNews>>,
    pub(super) merge_look: Option<Job<Result<Merged, Notice>>>,
    pub(super) agreed: Option<Job<AgreedNews>>,
    pub(super) figures: Option<Job<FiguresNews>>,
    /// What the dashboard watches, while it is open.
    pub(super) watched: Option<Watched>,
    /// Jobs that were asked to stop and may still have the project open.
    ending: Vec<JoinHandle<()>>,
}

impl Work {
    fn all(&self) -> impl Iterator<Item = (JobKind, &Progress, bool)> {
        fn seen<T: Send + 'static>(job: Option<&Job<T>>) -> Option<(JobKind, &Progress, bool)> {
            job.map(|job| (job.kind(), job.progress(), job.is_long()))
        }
        let (import, write) = (seen(self.import.as_ref()), seen(self.write.as_ref()));
        let (search, count) = (seen(self.search.as_ref()), seen(self.count.as_ref()));
        [import, write, search, count].into_iter().flatten()
    }

    /// The jobs that have run long enough to be shown, and how far they are.
    pub fn shown(&self) -> impl Iterator<Item = (JobKind, &Progress)> {
        self.all()
            .filter(|(.., long)| *long)
            .map(|(kind, progress, _)| (kind, progress))
    }

    /// How far the look into files is.
    pub fn looking(&self) -> Option<&Progress> {
        self.look.as_ref().map(Job::progress)
    }

    /// How far the look at what a merge would bring is.
    pub fn looking_at_merge(&self) -> Option<&Progress> {
        self.merge_look.as_ref().map(Job::progress)
    }

    /// How far the merge is.
    pub fn merging(&self) -> Option<&Progress> {
        let import = self.import.as_ref();
        let merge = import.filter(|job| job.kind() == JobKind::Merge);
        merge.map(Job::progress)
    }

    /// Whether anything runs: the window then looks at it a few times a second.
    pub fn is_busy(&self) -> bool {
        let asked = self.forecast.is_some()
            || self.look.is_some()
            || self.merge_look.is_some()
            || self.count.is_some()
            || self.threads.is_some()
            || self.agreed.is_some()
            || self.figures.is_some();
        asked || self.search.is_some() || self.import.is_some() || self.write.is_some()
    }

    /// What brings articles in or writes a file, and would be cut off if the project were closed.
    pub fn unfinished(&self) -> Option<JobKind> {
        let import = self.import.as_ref().map(Job::kind);
        import.or(self.write.as_ref().map(Job::kind))
    }

    /// Asks the job of this kind to stop.
    pub(super) fn cancel(&self, kind: JobKind) {
        for (_, progress, _) in self.all().filter(|(of, ..)| *of == kind) {
            progress.cancel();
        }
    }

    /// Asks a job to stop, without waiting for it: who closes the project waits for its thread.
    fn let_go<T: Send + 'static>(&mut self, job: Option<Job<T>>) {
        self.ending.retain(|thread| !thread.is_finished());
        self.ending.extend(job.and_then(Job::stop));
    }

    /// Asks the search to stop, without waiting for it.
    pub(super) fn end_search(&mut self) {
        let job = self.search.take();
        self.let_go(job);
    }

    /// Asks the forecast to stop, without waiting for it.
    pub(super) fn end_forecast(&mut self) {
        let job = self.forecast.take();
        self.let_go(job);
    }

    /// Asks the look into files to stop, without waiting for it.
    pub(super) fn end_look(&mut self) {
        let job = self.look.take();
        self.let_go(job);
    }

    /// Asks the count of what is to be decided to stop, without waiting for it.
    pub(super) fn end_count(&mut self) {
        let job = self.count.take();
        self.let_go(job);
    }

    /// Asks the reading of all comments to stop, without waiting for it.
    pub(super) fn end_threads(&mut self) {
        let job = self.threads.take();
        self.let_go(job);
    }

    /// Asks the look at a merge to stop, without waiting for it.
    pub(super) fn end_merge_look(&mut self) {
        let job = self.merge_look.take();
        self.let_go(job);
    }

    /// Asks the count of what all agree on to stop, without waiting for it.
    pub(super) fn end_agreed(&mut self) {
        let job = self.agreed.take();
        self.let_go(job);
    }

    /// Asks the computation of the dashboard's numbers to stop, without waiting for it.
    pub(super) fn end_figures(&mut self) {
        let job = self.figures.take();
        self.let_go(job);
    }

    /// Stops everything, and waits until nobody has the project open any more. They look often
    /// whether they are to stop.
    pub(super) fn end(&mut self) {
        self.end_search();
        self.end_forecast();
        self.end_look();
        self.end_count();
        self.end_threads();
        self.end_merge_look();
        self.end_agreed();
        self.end_figures();
        self.watched = None;
        let (import, write) = (self.import.take(), self.write.take());
        let jobs = [import.and_then(Job::stop), write.and_then(Job::stop)];
        for thread in self.ending.drain(..).chain(jobs.into_iter().flatten()) {
            // One that panicked has ended too.
            let _ = thread.join();
        }
    }
}

impl Session {
    fn imported(&mut self, imported: Imported) {
        self.import_ended();
        // Whoever has gone on to another article in the meantime stays there.
        if let Some(first) = imported.first.filter(|_| self.article.is_none()) {
            self.open_document(first);
        }
        self.tell(Notice::Imported(imported));
    }

    /// Takes in what the jobs have to say.
    pub(super) fn poll_work(&mut self) {
        self.poll_search();
        self.poll_import();
        self.poll_write();
        self.poll_forecast();
        self.poll_merge();
        self.poll_look();
        self.poll_count();
        self.poll_agreed();
        self.poll_threads();
        self.poll_figures();
    }

    fn poll_search(&mut self) {
        let (mut in_text, mut in_metadata) = (Vec::new(), Vec::new());
        while let Some(job) = &self.work.search {
            match job.poll() {
                Poll::Ready(Ok((Where::Text, ids))) => in_text.extend(ids),
                Poll::Ready(Ok((Where::Metadata, ids))) => in_metadata.extend(ids),
                Poll::Ready(Err(error)) => {
                    self.work.search = None;
                    self.tell(error.into());
                }
                Poll::Pending => break,
                Poll::Over => self.work.search = None,
            }
        }
        let some = !in_text.is_empty() || !in_metadata.is_empty();
        if let Some(project) = self.project.as_mut().filter(|_| some) {
            let found = (in_text, in_metadata);
            project.list.found(found, project.labels.state());
        }
    }

    fn poll_import(&mut self) {
        while let Some(job) = &self.work.import {
            match job.poll() {
                Poll::Ready(ImportNews::First(id)) => {
                    // The labels of a new project come in with its first article, which is
                    // labelled while the others come in.
                    self.reload_labels();
                    self.reread(id);
                    self.open_document(id);
                }
                Poll::Ready(ImportNews::Known(id)) => {
                    self.work.import = None;
                    self.known(id);
                }
                Poll::Ready(ImportNews::Over(imported)) => self.imported(imported),
                Poll::Ready(ImportNews::Sample(imported)) => {
                    self.imported(imported);
                    self.look_at_sample();
                }
                Poll::Ready(ImportNews::Merged(merged)) => self.merged(merged),
                Poll::Ready(ImportNews::Agreed(taken)) => self.took_agreed(taken),
                Poll::Ready(ImportNews::Failed(notice)) => {
                    self.import_ended();
                    self.ahead.end_merging();
                    self.tell(notice);
                }
                Poll::Pending => break,
                Poll::Over => {
                    self.work.import = None;
                    self.ahead.end_merging();
                }
            }
        }
    }

    /// Takes in all that an import has brought, to its end or not.
    pub(super) fn import_ended(&mut self) {
        self.work.import = None;
        self.figures_are_old();
        self.reload_labels();
        self.reload_list();
        self.reload_article();
        self.count_documents();
    }

    pub(super) fn poll_write(&mut self) {
        while let Some(job) = &self.work.write {
            match job.poll() {
                Poll::Ready(Written::Told(notice)) => self.tell(notice),
                Poll::Ready(Written::Exported(exported)) => self.exported(*exported),
                Poll::Pending => break,
                Poll::Over => self.work.write = None,
            }
        }
    }
}
