//! Import: articles, folders and datasets become edits and texts. Each document goes in whole or
//! not at all; what is there already is left out, so that importing again changes nothing.

use std::{
    io::BufRead,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    annotation::{Annotator, DocumentId, EditId, Layer, LayerKey, Stamp, TextHash},
    edit::{Change, Clock, Edit, LabelSetChange, LabelSetLog},
    files,
    interchange::{self, CopyCounter, DocumentRecord, ReadOptions, SOURCE_ENCODING, detect},
    store::{Batch, Presence, Reader, StoreError},
    text::TextEncoding,
};

use super::{
    super::{Imported, Problem, Progress, founding_edit, project::now},
    Sink,
};

/// Who imports, and how.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// Who is said to have added the documents.
    pub author: Annotator,
    /// Whose the layers are that name nobody.
    pub annotator: Annotator,
    /// What articles are encoded in; `None` to guess.
    pub encoding: Option<TextEncoding>,
}

/// A batch is committed when it holds this many bytes of text, or this many edits.
const BATCH_BYTES: usize = 8 << 20;
const BATCH_EDITS: usize = 4000;

/// Brings `paths` into the project that `reader` reads, through `sink`. `first` is called once with
/// the first document as soon as it is saved. An error ends the import; what was saved before stays.
pub fn import(
    sink: &mut dyn Sink,
    reader: &Reader,
    paths: Vec<PathBuf>,
    options: &ImportOptions,
    progress: &Progress,
    first: &mut dyn FnMut(DocumentId),
) -> Result<Imported, StoreError> {
    let mut import = Import::begin(sink, reader, options, progress, first)?;
    let listed: Vec<_> = files::list_articles(paths).collect();
    progress.set_total(listed.len());
    for path in listed {
        if progress.is_cancelled() {
            import.done.cancelled = true;
            break;
        }
        match path.and_then(|path| files::open(&path).map(|input| (path, input))) {
            Ok((path, input)) => import.read(&path, Box::new(input))?,
            Err(error) => import.refuse(error.path(), None, with_hint(&error, Some(error.hint()))),
        }
        progress.step();
    }
    import.found();
    import.flush()?;
    Ok(import.done)
}

/// Brings in a file that the program itself holds, under the name that it would have.
pub(in crate::session) fn import_bytes(
    sink: &mut dyn Sink,
    reader: &Reader,
    (name, bytes): (&str, &'static [u8]),
    options: &ImportOptions,
    progress: &Progress,
    first: &mut dyn FnMut(DocumentId),
) -> Result<Imported, StoreError> {
    let mut import = Import::begin(sink, reader, options, progress, first)?;
    import.read(Path::new(name), Box::new(bytes))?;
    import.flush()?;
    Ok(import.done)
}

struct Import<'a> {
    sink: &'a mut dyn Sink,
    reader: &'a Reader,
    options: &'a ImportOptions,
    progress: &'a Progress,
    clock: Clock,
    labels: LabelSetLog,
    copies: CopyCounter,
    batch: Batch,
    bytes: usize,
    done: Imported,
    first: &'a mut dyn FnMut(DocumentId),
}

fn with_hint(error: &dyn std::fmt::Display, hint: Option<&str>) -> String {
    hint.map_or_else(|| error.to_string(), |hint| format!("{error} ({hint})"))
}

impl<'a> Import<'a> {
    fn begin(
        sink: &'a mut dyn Sink,
        reader: &'a Reader,
        options: &'a ImportOptions,
        progress: &'a Progress,
        first: &'a mut dyn FnMut(DocumentId),
    ) -> Result<Self, StoreError> {
        let mut clock = Clock::default();
        if let Some(latest) = reader.latest_time()? {
            clock.observe(latest);
        }
        Ok(Self {
            sink,
            reader,
            options,
            progress,
            clock,
            labels: LabelSetLog::new(reader.label_set_edits()?),
            copies: CopyCounter::default(),
            batch: Batch::default(),
            bytes: 0,
            done: Imported::default(),
            first,
        })
    }

    fn refuse(&mut self, file: &Path, line: Option<usize>, reason: String) {
        self.done.problems.push(Problem {
            file: file.to_path_buf(),
            line,
            reason,
        });
    }

    fn note(&mut self, file: &Path, reason: String) {
        self.done.notes.push(Problem {
            file: file.to_path_buf(),
            line: None,
            reason,
        });
    }

    /// Brings in a file.
    fn read(&mut self, path: &Path, mut input: Box<dyn BufRead + 'a>) -> Result<(), StoreError> {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let format = match input.fill_buf() {
            Ok(start) => detect(&name, start),
            Err(error) => {
                let error = files::FileError::new(path, error);
                self.refuse(path, None, with_hint(&error, Some(error.hint())));
                return Ok(());
            }
        };
        let Some(open) = format.and_then(|format| format.read) else {
            let known: Vec<&str> = interchange::FORMATS
                .iter()
                .flat_map(|f| f.endings.iter().copied())
                .collect();
            let reason = format!(
                "this is no kind of file that can be read ({})",
                known.join(", ")
            );
            self.refuse(path, None, reason);
            return Ok(());
        };
        let labels = if self.labels.edits().is_empty() {
            interchange::default_label_set()
        } else {
            self.labels.state().clone()
        };
        let read = ReadOptions {
            file_name: name,
            annotator: self.options.annotator.clone(),
            labels,
            encoding: self.options.encoding,
        };
        match open(input, read) {
            Ok(mut documents) => self.documents(path, &mut *documents),
            Err(problem) => {
                self.problem(path, &problem);
                Ok(())
            }
        }
    }

    fn problem(&mut self, path: &Path, problem: &interchange::Problem) {
        let line = problem.line.and_then(|line| usize::try_from(line).ok());
        let reason = match &problem.document {
            Some(document) => format!("document {document}: {}", problem.reason),
            None => problem.reason.to_string(),
        };
        self.refuse(path, line, with_hint(&reason, problem.hint()));
    }

    fn documents(
        &mut self,
        path: &Path,
        documents: &mut dyn interchange::Reader,
    ) -> Result<(), StoreError> {
        let mut copies = std::mem::take(&mut self.copies);
        while let Some(next) = documents.next(&mut copies) {
            match next {
                Ok(record) => {
                    self.adopt(documents.head());
                    self.document(path, &record)?;
                }
                Err(problem) => self.problem(path, &problem),
            }
            if self.progress.is_cancelled() {
                self.done.cancelled = true;
                break;
            }
        }
        self.copies = copies;
        self.adopt(documents.head());
        Ok(())
    }

    /// Brings in the labels of a file that the project lacks.
    fn adopt(&mut self, head: &interchange::DatasetHead) {
        if !head.edits.is_empty() {
            let known = self.labels.edits().len();
            self.labels.extend(head.edits.iter().cloned());
            if self.labels.edits().len() > known {
                self.batch.edits.extend(head.edits.iter().cloned());
            }
            return;
        }
        self.found();
        let known = self.labels.state();
        let lacks = head
            .labels
            .labels
            .iter()
            .any(|label| known.get(&label.id).is_none())
            || head
                .labels
                .attributes
                .iter()
                .any(|a| known.attribute(&a.name).is_none())
            || head
                .labels
                .relation_types
                .iter()
                .any(|t| known.relation_type(&t.name).is_none());
        if lacks {
            let change = LabelSetChange::Adopt(Box::new(head.labels.clone()));
            let time = self.clock.tick(now());
            let stamp = Stamp {
                time,
                author: self.options.author.clone(),
            };
            let edit = Arc::new(Edit::new(stamp, Change::LabelSet(change)));
            self.labels.push(Arc::clone(&edit));
            self.batch.edits.push(edit);
        }
    }

    /// Gives a project without labels the default ones.
    fn found(&mut self) {
        if self.labels.edits().is_empty() {
            let edit = Arc::new(founding_edit(interchange::default_label_set()));
            self.labels.push(Arc::clone(&edit));
            self.batch.edits.push(edit);
        }
    }

    fn document(&mut self, path: &Path, record: &DocumentRecord) -> Result<(), StoreError> {
        for note in interchange::notes(record) {
            self.note(path, note.to_string());
        }
        if record.metadata.contains_key(interchange::ENCODING_GUESSED)
            && let Some(encoding) = record.metadata.get(SOURCE_ENCODING)
        {
            self.note(
                path,
                format!(
                    "read as {encoding}, which is a guess; --encoding or “Import as” names another"
                ),
            );
            if self.done.guessed.last().is_none_or(|last| last != path) {
                self.done.guessed.push(path.to_path_buf());
            }
        }
        let presence = self.reader.presence(&record.id)?;
        let edits = self.edits(record, presence)?;
        match presence {
            Presence::Present => self.done.known += 1,
            Presence::Unknown | Presence::Removed => self.done.new += 1,
        }
        if self.done.first.is_none() {
            self.done.first = Some(record.id);
        }
        if presence == Presence::Unknown {
            let text = Arc::clone(&record.text);
            self.bytes += text.len();
            self.batch.texts.push((TextHash::of(&text), text));
        }
        self.batch.edits.extend(edits);
        // The first document is shown while the others come in.
        let first = self.done.new + self.done.known == 1;
        if first || self.bytes >= BATCH_BYTES || self.batch.edits.len() >= BATCH_EDITS {
            self.flush()?;
        }
        if first {
            (self.first)(record.id);
        }
        Ok(())
    }

    /// The edits that bring a record in.
    fn edits(
        &mut self,
        record: &DocumentRecord,
        presence: Presence,
    ) -> Result<Vec<Arc<Edit>>, StoreError> {
        let Self {
            clock,
            reader,
            options,
            ..
        } = self;
        let mut importer = interchange::Importer {
            author: options.author.clone(),
            clock: &mut || clock.tick(now()),
            ids: &mut EditId::random,
        };
        if presence == Presence::Unknown || !record.edits.is_empty() {
            return Ok(importer.edits(record));
        }
        let mut edits: Vec<Arc<Edit>> = match presence {
            Presence::Removed => importer
                .document(record)
                .into_iter()
                .map(Arc::new)
                .collect(),
            _ => Vec::new(),
        };
        for layer in &record.layers {
            let key = LayerKey {
                document: record.id,
                annotator: layer.annotator.clone(),
            };
            let log = reader.layer_log(&key)?;
            let present: &Layer = log.state();
            edits.extend(importer.layer(record, layer, present).map(Arc::new));
        }
        Ok(edits)
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        if self.batch.edits.is_empty() {
            return Ok(());
        }
        self.bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        self.sink.commit(batch).map(|_| ())
    }
}
