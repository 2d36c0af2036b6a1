//! An open project: its file, its label set, its list of documents, and what of it is saved.

use std::{
    collections::VecDeque,
    io,
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    time::{SystemTime, UNIX_EPOCH},
};

use crate::{
    annotation::{Annotator, EditId, LabelSet, Stamp, Time},
    edit::{Cause, Change, Clock, Edit, LabelSetChange, LabelSetLog, Log, Scope},
    files, interchange,
    store::{Access, Batch, Reader, Store, StoreError, Writer, WriterEvent},
};

use super::{Bell, DocumentList, Job, JobKind, Reporter};

/// What of the edits is on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Edits that this window has committed.
    pub committed: usize,
    /// Edits on their way.
    pub pending: usize,
    /// Whether the last commit failed; the edits wait to be tried again.
    pub failed: bool,
}

/// A project that is open.
#[derive(Debug)]
pub struct Project {
    path: PathBuf,
    access: Access,
    notice: Option<String>,
    pub(super) reader: Reader,
    pub(super) writer: Option<Writer>,
    events: mpsc::Receiver<WriterEvent>,
    pub(super) labels: LabelSetLog,
    pub(super) list: DocumentList,
    pub(super) clock: Clock,
    saved: Saved,
    /// Why the last commit failed, if it did.
    failure: Option<String>,
    /// Edits that are not committed yet, in the order in which they were handed in. Whoever reads
    /// the file lays them over what is there, so that nobody waits for the disk.
    waiting: VecDeque<Waiting>,
}

/// An edit on its way to the disk.
#[derive(Debug)]
struct Waiting {
    edit: Arc<Edit>,
    /// Whether somebody did it: the status counts it.
    counted: bool,
}

/// Milliseconds since 1970 (UTC).
pub(super) fn now() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The edit that a project's labels begin with. Projects that begin with the same labels begin with
/// the same edit: its id comes of the labels, and its time is before all others, so that merging
/// them neither doubles it nor undoes what was changed since.
pub fn founding_edit(labels: LabelSet) -> Edit {
    let change = Change::LabelSet(LabelSetChange::Adopt(Box::new(labels)));
    let written = format!("{change:?}");
    Edit {
        id: EditId::of_content(written.as_bytes()),
        stamp: Stamp {
            time: Time::default(),
            author: Annotator::founder(),
        },
        cause: Cause::Done,
        change,
    }
}

/// Opens the project at `path`; where it is missing it is made, without labels yet: they come with
/// what is imported, or from [`founding_edit`].
pub fn open_or_create(path: &Path) -> Result<Store, StoreError> {
    if files::exists(path) {
        Store::open(path)
    } else {
        Store::create(path, &[])
    }
}

impl Project {
    /// Takes over an open store. `bell` is rung (from another thread) when edits were committed.
    pub(super) fn new(
        store: Store,
        annotator: &Annotator,
        bell: &Bell,
    ) -> Result<Self, StoreError> {
        let path = store.path().to_path_buf();
        let access = store.access().clone();
        let notice = store.notice().map(str::to_owned);
        let (sender, events) = mpsc::channel();
        let (reader, writer) = match access {
            Access::Writer => {
                let bell = bell.clone();
                let (reader, writer) = store.into_writer_thread(move |event| {
                    // The window may be closing: then nobody listens any more.
                    let _ = sender.send(event);
                    bell.ring();
                })?;
                (reader, Some(writer))
            }
            Access::ReadOnly { .. } => (store.into_reader(), None),
        };
        let labels = Log::new(reader.edits(&Scope::LabelSet)?);
        let list = DocumentList::load(&reader, annotator)?;
        let mut clock = Clock::default();
        if let Some(latest) = reader.latest_time()? {
            clock.observe(latest);
        }
        let saved = Saved::default();
        Ok(Self {
            path,
            access,
            notice,
            reader,
            writer,
            events,
            labels,
            list,
            clock,
            saved,
            failure: None,
            waiting: VecDeque::new(),
        })
    }

    /// The project's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The project's name: its file's, without the ending.
    pub fn name(&self) -> String {
        self.path
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
    }

    /// Whether it can be written, and if not who holds it.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Why it is open for reading only, and what to do.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Whether it can be written.
    pub fn is_writable(&self) -> bool {
        self.writer.is_some()
    }

    /// The label set.
    pub fn labels(&self) -> &LabelSet {
        self.labels.state()
    }

    /// The list of documents.
    pub fn list(&self) -> &DocumentList {
        &self.list
    }

    /// What is on the disk.
    pub fn saved(&self) -> Saved {
        self.saved
    }

    /// Why the last commit failed, if it did.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Whether some edit comes from a clock that is more than a day ahead.
    pub fn clock_runs_ahead(&self) -> bool {
        self.clock.runs_ahead(now())
    }

    /// A new edit by `author` with this id, later than all others.
    pub(super) fn edit(
        &mut self,
        id: EditId,
        author: &Annotator,
        cause: Cause,
        change: Change,
    ) -> Arc<Edit> {
        let stamp = Stamp {
            time: self.clock.tick(now()),
            author: author.clone(),
        };
        Arc::new(Edit::with_id(id, stamp, change).because(cause))
    }

    /// Gives a project without labels the default ones.
    pub(super) fn found(&mut self) {
        if self.labels.edits().is_empty() && self.is_writable() {
            let edit = Arc::new(founding_edit(interchange::default_label_set()));
            self.labels.push(Arc::clone(&edit));
            // It is nobody's work: the status does not count it.
            self.hand_over(edit, false);
        }
    }

    /// Starts `work` on a thread with a reader of its own, once what was edited is committed. What cannot be saved
    /// does not keep it from beginning: whoever writes a file of it says so.
    pub(super) fn read_beside<T: Send + 'static>(
        &self,
        kind: JobKind,
        bell: &Bell,
        work: impl FnOnce(Result<Reader, StoreError>, &Reporter<T>) + Send + 'static,
    ) -> io::Result<Job<T>> {
        let writer = self.writer.as_ref().map(Writer::importer);
        let store = self.path.clone();
        Job::start(kind, bell, move |reporter| {
            if let Some(writer) = writer {
                writer.wait();
            }
            work(Reader::open(&store), reporter);
        })
    }

    /// Hands an edit to the writer; it counts as saved once that has committed it.
    pub(super) fn submit(&mut self, edit: Arc<Edit>) {
        self.hand_over(edit, true);
    }

    fn hand_over(&mut self, edit: Arc<Edit>, counted: bool) {
        let Some(writer) = &self.writer else { return };
        self.saved.pending += usize::from(counted);
        self.waiting.push_back(Waiting {
            edit: Arc::clone(&edit),
            counted,
        });
        writer.submit(Batch {
            edits: vec![edit],
            texts: Vec::new(),
        });
    }

    /// The edits that are not committed yet, in the order in which they were handed in.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &Arc<Edit>> {
        self.waiting.iter().map(|waiting| &waiting.edit)
    }

    /// The edits of a scope, those that are not committed yet included.
    pub(super) fn edits(&self, scope: &Scope) -> Result<Vec<Arc<Edit>>, StoreError> {
        let mut edits = self.reader.edits(scope)?;
        let waiting = self.waiting().filter(|edit| edit.change.scope() == *scope);
        edits.extend(waiting.cloned());
        Ok(edits)
    }

    /// Hears what the writer has done. Gives the first failure, if there was one.
    pub(super) fn hear(&mut self) -> Option<StoreError> {
        let mut failure = None;
        while let Ok(event) = self.events.try_recv() {
            match event {
                WriterEvent::Committed { edits } => {
                    let edits = edits.min(self.waiting.len());
                    let counted = self
                        .waiting
                        .drain(..edits)
                        .filter(|one| one.counted)
                        .count();
                    self.saved.committed += counted;
                    self.saved.pending -= counted;
                    self.saved.failed = false;
                    self.failure = None;
                }
                WriterEvent::Failed(error) => {
                    self.saved.failed = true;
                    self.failure = Some(error.to_string());
                    failure.get_or_insert(error);
                }
            }
        }
        failure
    }

    /// Tries again to commit what could not be.
    pub(super) fn retry(&self) {
        if let Some(writer) = &self.writer {
            writer.retry();
        }
    }

    /// Commits what waits, checkpoints the file and lets go of it.
    pub(super) fn close(self) -> Result<(), StoreError> {
        let Self { reader, writer, .. } = self;
        drop(reader);
        writer.map_or(Ok(()), Writer::close)
    }
}
