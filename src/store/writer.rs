//! The thread that writes. Batches are queued without waiting; what waits goes into one transaction.
//! Where that fails, the edits stay in the queue and are tried again with the next, or when asked:
//! nothing is lost as long as the program runs, and it tells that it is not saved.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    thread::{self, JoinHandle},
};

use crate::{edit::Edit, files::FileError};

use super::{Batch, Committed, StoreError, project::Writing};

/// What the writer's thread tells.
#[derive(Debug)]
pub enum WriterEvent {
    /// Edits are saved.
    Committed {
        /// How many, in the order in which they were handed in.
        edits: usize,
    },
    /// Edits could not be saved; they are kept and wait.
    Failed(StoreError),
}

/// Is called with what the thread tells.
type OnEvent = Box<dyn Fn(WriterEvent) + Send>;
/// Where an answer goes.
type Reply<T> = Sender<Result<T, StoreError>>;

enum Message {
    Save(Batch),
    Import(Batch, Reply<Committed>),
    Retry,
    Wait(Reply<Vec<Arc<Edit>>>),
    Close(Reply<()>),
}

/// Hands batches to the writer's thread. Dropped, it waits until what can be saved is saved.
#[derive(Debug)]
pub struct Writer {
    sender: Sender<Message>,
    thread: Option<JoinHandle<()>>,
    path: PathBuf,
}

/// Hands whole batches to the writer's thread, from a job in the background.
#[derive(Clone, Debug)]
pub struct Importer {
    sender: Sender<Message>,
    path: PathBuf,
}

impl Importer {
    /// Waits until a batch is saved, all of it or nothing.
    pub fn commit(&self, batch: Batch) -> Result<Committed, StoreError> {
        ask(&self.sender, &self.path, |reply| {
            Message::Import(batch, reply)
        })
    }

    /// Waits until what was handed in before is saved, or has been tried. Gives the edits that
    /// could not be saved and still wait.
    pub fn wait(&self) -> Vec<Arc<Edit>> {
        // A thread that has ended has nothing left to save.
        ask(&self.sender, &self.path, Message::Wait).unwrap_or_default()
    }
}

/// Sends a message that wants an answer, and waits for it.
fn ask<T>(
    sender: &Sender<Message>,
    path: &Path,
    message: impl FnOnce(Reply<T>) -> Message,
) -> Result<T, StoreError> {
    let gone = || StoreError::ReadOnly {
        path: path.to_owned(),
        holder: None,
    };
    let (reply, answer) = mpsc::channel();
    sender.send(message(reply)).map_err(|_| gone())?;
    answer.recv().map_err(|_| gone())?
}

impl Writer {
    pub(super) fn start(
        path: &Path,
        writing: Writing,
        on_event: OnEvent,
    ) -> Result<Self, StoreError> {
        let (sender, receiver) = mpsc::channel();
        let work = Work {
            writing,
            waiting: Batch::default(),
            on_event,
        };
        let thread = thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || work.run(&receiver))
            .map_err(|error| FileError::new(path, error))?;
        Ok(Self {
            sender,
            thread: Some(thread),
            path: path.to_owned(),
        })
    }

    /// Queues a batch to be saved, without waiting.
    pub fn submit(&self, batch: Batch) {
        // The thread ends only with this.
        let _ = self.sender.send(Message::Save(batch));
    }

    /// Tries again what could not be saved.
    pub fn retry(&self) {
        let _ = self.sender.send(Message::Retry);
    }

    /// What brings whole batches through the same thread.
    pub fn importer(&self) -> Importer {
        Importer {
            sender: self.sender.clone(),
            path: self.path.clone(),
        }
    }

    /// Waits until what was handed in is saved, or has been tried. Gives the edits that could not
    /// be saved and still wait.
    pub fn wait(&self) -> Vec<Arc<Edit>> {
        ask(&self.sender, &self.path, Message::Wait).unwrap_or_default()
    }

    /// Saves what waits, brings everything into the one file and closes it. Where edits cannot be
    /// saved, the error tells, and they are gone: whoever wants to ask first calls [`Self::wait`].
    pub fn close(mut self) -> Result<(), StoreError> {
        let closed = ask(&self.sender, &self.path, Message::Close);
        self.join();
        closed
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.thread.is_some() {
            let (reply, _) = mpsc::channel();
            let _ = self.sender.send(Message::Close(reply));
            self.join();
        }
    }
}

/// What the thread works with.
struct Work {
    writing: Writing,
    waiting: Batch,
    on_event: OnEvent,
}

impl Work {
    fn run(mut self, receiver: &Receiver<Message>) {
        // Taken out of the queue while batches were collected.
        let mut next = None;
        while let Some(message) = next.take().or_else(|| receiver.recv().ok()) {
            match message {
                Message::Save(batch) => {
                    self.add(batch);
                    next = self.collect(receiver);
                    self.save_and_tell();
                }
                Message::Retry => self.save_and_tell(),
                Message::Import(batch, reply) => {
                    // What was handed in before comes first.
                    self.save_and_tell();
                    let _ = reply.send(self.writing.committer.commit(&batch));
                }
                Message::Wait(reply) => {
                    self.save_and_tell();
                    let _ = reply.send(Ok(self.waiting.edits.clone()));
                }
                Message::Close(reply) => {
                    let _ = reply.send(self.finish());
                    return;
                }
            }
        }
        // Nobody is left to be told.
        let _ = self.finish();
    }

    fn add(&mut self, batch: Batch) {
        self.waiting.edits.extend(batch.edits);
        self.waiting.texts.extend(batch.texts);
    }

    /// Takes what else waits in the queue, up to a message of another kind, which is given back.
    fn collect(&mut self, receiver: &Receiver<Message>) -> Option<Message> {
        loop {
            match receiver.try_recv() {
                Ok(Message::Save(batch)) => self.add(batch),
                Ok(other) => return Some(other),
                Err(_) => return None,
            }
        }
    }

    fn save_and_tell(&mut self) {
        if let Err(error) = self.save() {
            (self.on_event)(WriterEvent::Failed(error));
        }
    }

    fn save(&mut self) -> Result<(), StoreError> {
        if self.waiting.edits.is_empty() && self.waiting.texts.is_empty() {
            return Ok(());
        }
        self.writing.committer.commit(&self.waiting)?;
        let edits = std::mem::take(&mut self.waiting).edits.len();
        (self.on_event)(WriterEvent::Committed { edits });
        Ok(())
    }

    fn finish(mut self) -> Result<(), StoreError> {
        let saved = self.save();
        let closed = self.writing.close();
        saved.and(closed)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use std::sync::{Mutex, mpsc::channel};

    use super::*;
    use crate::store::{
        Reader, Store, check,
        sample::{adding, edits, key, project, tag},
    };

    /// A writer of a project with one document, and what its thread tells.
    fn writer(store: Store) -> (Reader, Writer, Receiver<WriterEvent>) {
        let (sender, events) = channel();
        let sender = Mutex::new(sender);
        let tell = move |event| sender.lock().unwrap().send(event).unwrap();
        let (reader, writer) = store.into_writer_thread(tell).unwrap();
        (reader, writer, events)
    }

    #[test]
    fn what_is_told_as_committed_is_in_the_file() {
        let (folder, path, mut store) = project();
        let text = "خ".repeat(60);
        store.commit(&adding(&[&text])).unwrap();
        let (reader, writer, events) = writer(store);
        for n in 0..50 {
            let spans = [("PERSON", 2 * n, 2 * n + 2)];
            writer.submit(edits([tag(n as u64 + 2, &text, "منى", &spans)]));
        }
        let mut committed = 0;
        while committed < 50 {
            let WriterEvent::Committed { edits } = events.recv().unwrap() else {
                panic!("nothing can fail");
            };
            committed += edits;
            assert!(reader.edit_count().unwrap() >= committed as u64 + 2);
        }
        assert!(writer.wait().is_empty());
        let key = key(&text, "منى");
        let row = reader
            .layer_row(&key.annotator, &key.document)
            .unwrap()
            .unwrap();
        assert_eq!(row.spans, 50);
        drop(reader);
        writer.close().unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(check(&path, &mut |_| true).unwrap().problems.is_empty());
    }

    #[test]
    fn imports_go_through_the_same_thread_and_dropping_it_saves() {
        let (_folder, path, store) = project();
        let (reader, writer, _events) = writer(store);
        let importer = writer.importer();
        let job = thread::spawn(move || {
            let first = importer.commit(adding(&["خبر", "آخر"])).unwrap();
            (first.edits, importer)
        });
        let (new, importer) = job.join().unwrap();
        assert_eq!(new, 2);
        assert_eq!(reader.document_count().unwrap(), 2);
        writer.submit(edits([tag(5, "خبر", "منى", &[("PERSON", 0, 2)])]));
        drop((writer, reader));
        // Whoever comes late is told so, and the next program can write.
        assert!(importer.commit(adding(&["ثالث"])).is_err());
        let store = Store::open(&path).unwrap();
        assert!(matches!(store.access(), crate::store::Access::Writer));
        assert_eq!(store.read().edit_count().unwrap(), 4);
    }

    #[test]
    fn what_cannot_be_saved_waits_and_is_tried_again() {
        let (_folder, path, mut store) = project();
        store.commit(&adding(&["خبر"])).unwrap();
        // Another program that holds the file, as a full disk would.
        store
            .connection()
            .unwrap()
            .busy_timeout(std::time::Duration::ZERO)
            .unwrap();
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let (reader, writer, events) = writer(store);
        writer.submit(edits([tag(2, "خبر", "منى", &[("PERSON", 0, 2)])]));
        assert!(matches!(
            events.recv().unwrap(),
            WriterEvent::Failed(StoreError::Busy(_))
        ));
        writer.submit(edits([tag(3, "خبر", "منى", &[("PERSON", 2, 4)])]));
        assert!(matches!(events.recv().unwrap(), WriterEvent::Failed(_)));
        assert_eq!(writer.wait().len(), 2);
        assert!(matches!(events.recv().unwrap(), WriterEvent::Failed(_)));
        assert_eq!(writer.importer().wait().len(), 2);
        assert!(matches!(events.recv().unwrap(), WriterEvent::Failed(_)));
        assert_eq!(reader.edit_count().unwrap(), 2);
        drop(other);
        writer.retry();
        assert!(matches!(
            events.recv().unwrap(),
            WriterEvent::Committed { edits: 2 }
        ));
        writer.close().unwrap();
    }
}
