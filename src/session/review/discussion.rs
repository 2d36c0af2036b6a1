//! All comments of the project, read in the background while somebody looks at them.

use std::{collections::HashMap, ops::ControlFlow};

use crate::{
    annotation::{About, Annotator, DocumentId, LayerKey, Thread},
    edit::{DocumentLog, LayerLog, Scope},
    store::{Reader, StoreError},
};

use crate::session::{JobKind, Notice, Poll, Progress, Session};

/// So many documents are told at once.
const AT_ONCE: usize = 100;

/// The threads of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discussed {
    /// The document.
    pub document: DocumentId,
    /// Its threads, by the time of their first comments, each with the first byte of the span that it is about
    /// where that is still there.
    pub threads: Vec<(Thread, Option<usize>)>,
}

/// What was read.
#[derive(Debug)]
pub(in crate::session) enum ThreadNews {
    /// Some documents.
    Some(Vec<Discussed>),
    /// It is over.
    All,
    /// It failed.
    Failed(Notice),
}

/// The comments of the project, as far as they are read.
#[derive(Debug, Default)]
pub struct Discussion {
    documents: Vec<Discussed>,
    complete: bool,
    revision: u64,
}

impl Discussion {
    /// The documents with comments, in the order of import.
    pub fn documents(&self) -> &[Discussed] {
        &self.documents
    }

    /// Whether all are read.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Another number each time something was read: the key of what is cached of it.
    pub fn revision(&self) -> u64 {
        self.revision
    }
}

/// The threads of a document, and where their spans are.
fn threads_of(reader: &Reader, document: DocumentId) -> Result<Discussed, StoreError> {
    let log = DocumentLog::new(reader.edits(&Scope::Document(document))?);
    let mut layers: HashMap<Annotator, LayerLog> = HashMap::new();
    let mut threads = Vec::new();
    for thread in log.state().threads() {
        let mut start = None;
        if let About::Span {
            annotator, span, ..
        } = &thread.about
        {
            if !layers.contains_key(annotator) {
                let key = LayerKey {
                    document,
                    annotator: annotator.clone(),
                };
                layers.insert(annotator.clone(), reader.layer_log(&key)?);
            }
            let found = layers.get(annotator).and_then(|it| it.state().get(*span));
            start = found.map(|span| span.data.fragments.start());
        }
        threads.push((thread.clone(), start));
    }
    Ok(Discussed { document, threads })
}

/// Reads all threads; `tell` is given some at a time.
fn read(
    reader: &Reader,
    progress: &Progress,
    tell: &mut dyn FnMut(Vec<Discussed>),
) -> Result<ControlFlow<()>, StoreError> {
    let discussed = reader.discussed()?;
    progress.set_total(discussed.len());
    for some in discussed.chunks(AT_ONCE) {
        let mut read = Vec::with_capacity(some.len());
        for (document, _) in some {
            if progress.is_cancelled() {
                return Ok(ControlFlow::Break(()));
            }
            progress.step();
            read.push(threads_of(reader, *document)?);
        }
        tell(read);
    }
    Ok(ControlFlow::Continue(()))
}

impl Session {
    /// Begins to read all comments (`true`), or lets go of them.
    pub(super) fn discuss(&mut self, on: bool) {
        self.work.end_threads();
        let discussion = &mut self.review.discussion;
        discussion.documents.clear();
        discussion.complete = false;
        discussion.revision += 1;
        let Some(project) = self.project.as_ref().filter(|_| on) else {
            return;
        };
        let job = project.read_beside(JobKind::Threads, &self.bell, move |reader, reporter| {
            let done = reader.and_then(|reader| {
                let mut tell = |some| reporter.send(ThreadNews::Some(some));
                read(&reader, &reporter.progress, &mut tell)
            });
            match done {
                Ok(ControlFlow::Continue(())) => reporter.send(ThreadNews::All),
                Ok(ControlFlow::Break(())) => {}
                Err(error) => reporter.send(ThreadNews::Failed(error.into())),
            }
        });
        match job {
            Ok(job) => self.work.threads = Some(job),
            Err(error) => self.tell(error.into()),
        }
    }

    /// Hears what was read.
    pub(in crate::session) fn poll_threads(&mut self) {
        while let Some(job) = &self.work.threads {
            let discussion = &mut self.review.discussion;
            match job.poll() {
                Poll::Ready(ThreadNews::Some(some)) => {
                    discussion.documents.extend(some);
                    discussion.revision += 1;
                }
                Poll::Ready(ThreadNews::All) => {
                    discussion.complete = true;
                    discussion.revision += 1;
                }
                Poll::Ready(ThreadNews::Failed(notice)) => self.tell(notice),
                Poll::Pending => break,
                Poll::Over => self.work.threads = None,
            }
        }
    }
}
