//! The search through the metadata and the texts of a project, in the background: documents come in as they are
//! found, and a new search stops the one before.

use crate::{
    annotation::DocumentId,
    store::{Reader, StoreError},
    text::arabic::Finder,
};

use super::{Job, JobKind, Reporter, Session};

/// Documents found since the last message, or why the search ended early.
pub(super) type Found = Result<(Where, Vec<DocumentId>), StoreError>;

/// Where the words were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Metadata,
    Text,
}

/// Texts are read in chunks of about this many bytes, so that memory is bounded and a search stops
/// soon after it is asked to.
const CHUNK: usize = 1 << 20;

impl Session {
    /// Searches the texts for `words`; empty words only stop what runs.
    pub(super) fn search(&mut self, words: String) {
        self.work.end_search();
        let Some(project) = &self.project else { return };
        if words.is_empty() {
            return;
        }
        let store = project.reader.path().to_path_buf();
        let job = Job::start(JobKind::Search, &self.bell, move |reporter| {
            if let Err(error) = search(&store, &words, reporter) {
                reporter.send(Err(error));
            }
        });
        match job {
            Ok(job) => self.work.search = Some(job),
            Err(error) => self.tell(error.into()),
        }
    }
}

fn search(
    store: &std::path::Path,
    words: &str,
    reporter: &Reporter<Found>,
) -> Result<(), StoreError> {
    let reader = Reader::open(store)?;
    let finder = Finder::new(words);
    let in_metadata = reader.filter_metadata(words)?;
    if !in_metadata.is_empty() {
        reporter.send(Ok((Where::Metadata, in_metadata)));
    }
    reporter.progress.set_total(reader.document_count()?);
    let mut from = 0;
    loop {
        let chunk = reader.texts_in_order(from, CHUNK)?;
        let Some(last) = chunk.last() else {
            return Ok(());
        };
        from = last.seq + 1;
        let mut found = Vec::new();
        for document in &chunk {
            if reporter.progress.is_cancelled() {
                return Ok(());
            }
            if finder.find_in(&document.text, 0).is_some() {
                found.push(document.id);
            }
            reporter.progress.step();
        }
        if !found.is_empty() {
            reporter.send(Ok((Where::Text, found)));
        }
    }
}
