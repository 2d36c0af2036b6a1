//! The work of several people made one: the union of the edits of projects and of datasets that
//! carry them. In any order, any number of times, it comes to the same.

use std::path::{Path, PathBuf};

use crate::{
    annotation::DocumentId,
    edit::LabelSetLog,
    interchange::{DatasetHead, Format},
    store::{self, Reader, StoreError},
};

use super::{
    super::{
        super::{Merged, MergedFile, Progress},
        Sink,
        input::inputs,
        record, through,
    },
    Import, ImportOptions, There, committing, merged,
};

/// The one format that carries edits.
const DATASET: &str = "ron";

/// Brings the edits of `paths` (projects and datasets) into the project that `reader` reads,
/// through `sink`: all of them as one commit, or nothing where something is refused or it is
/// stopped. `options` say who merges, and whether it is a rehearsal. What is told of the files holds
/// where nothing came in, too.
pub fn merge(
    sink: &mut dyn Sink,
    reader: &Reader,
    paths: Vec<PathBuf>,
    options: &ImportOptions,
    progress: &Progress,
) -> Result<Merged, StoreError> {
    let options = ImportOptions {
        format: Format::named(DATASET),
        atomic: true,
        ..options.clone()
    };
    let mut first = |_: DocumentId| ();
    committing(sink, reader.path(), |commits| {
        let mut import = Import::begin(
            Some(commits),
            There(Some(reader)),
            &options,
            progress,
            &mut first,
        )?;
        let before = import.labels.set().clone();
        let mut files = Vec::new();
        let all = paths.len();
        for (place, path) in paths.into_iter().enumerate() {
            progress.set_fraction(place as f32 / all as f32);
            if progress.is_cancelled() {
                import.done.cancelled = true;
                break;
            }
            let had = Counts::of(&import);
            let is_project = store::is_project(&path);
            if is_project {
                import.project(&path, (place, all))?;
            } else {
                import.dataset(&path)?;
            }
            files.push(Counts::of(&import).since(&had, path));
        }
        let authors = merged::authors(import.waiting.edits_so_far());
        let labels = merged::labels(&before, import.labels.set());
        Ok(Merged {
            files,
            authors,
            labels,
            imported: import.end()?,
        })
    })
}

/// How much was met so far.
struct Counts {
    new: usize,
    known: usize,
    edits: usize,
    problems: usize,
}

impl Counts {
    fn of(import: &Import<'_>) -> Self {
        let done = &import.done;
        Self {
            new: done.new,
            known: done.known,
            edits: done.edits,
            problems: done.problems.len(),
        }
    }

    /// What a file has brought since there was so much.
    fn since(&self, had: &Self, path: PathBuf) -> MergedFile {
        MergedFile {
            path,
            new: self.new - had.new,
            known: self.known - had.known,
            edits: self.edits - had.edits,
            refused: self.problems > had.problems,
        }
    }
}

/// Why a project was not read to its end.
enum Stopped {
    /// It is at fault itself.
    There(StoreError),
    /// The project that it is merged into is.
    Here(StoreError),
    Cancelled,
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::There(error)
    }
}

impl Import<'_> {
    /// Merges another project, which is `place` of the files.
    fn project(&mut self, path: &Path, place: (usize, usize)) -> Result<(), StoreError> {
        match self.read_project(path, place) {
            Ok(()) => Ok(()),
            Err(Stopped::Here(error)) => Err(error),
            Err(Stopped::Cancelled) => {
                self.done.cancelled = true;
                Ok(())
            }
            Err(Stopped::There(error)) => {
                let hint = error
                    .hint()
                    .map_or_else(String::new, |hint| format!(" ({hint})"));
                self.refuse(path, None, format!("{error}{hint}"));
                Ok(())
            }
        }
    }

    fn read_project(&mut self, path: &Path, (place, all): (usize, usize)) -> Result<(), Stopped> {
        let Some(format) = self.options.format else {
            return Ok(());
        };
        self.check(path, (place, all))?;
        let from = Reader::open(path)?;
        let log = LabelSetLog::new(from.label_set_edits()?);
        let mut edits = log.edits().to_vec();
        edits.extend(from.orphans()?);
        let head = DatasetHead {
            labels: log.state().clone(),
            edits,
        };
        self.labels.begin(format);
        self.adopt(path, format, &head).map_err(Stopped::Here)?;
        let documents = from.document_count()?.max(1);
        let mut read = 0;
        from.for_each_document(|stored| {
            let inside = 0.5 + 0.5 * (read as f32 / documents as f32).min(1.0);
            self.progress
                .set_fraction((place as f32 + inside) / all as f32);
            read += 1;
            if self.progress.is_cancelled() {
                return Err(Stopped::Cancelled);
            }
            match record::of(stored) {
                Some(record) => self
                    .document((path, None), format, &record)
                    .map_err(Stopped::Here),
                None => Ok(()),
            }
        })
    }

    /// A project that is damaged anywhere could bring less than it has, and nobody would see it.
    fn check(&self, path: &Path, (place, all): (usize, usize)) -> Result<(), Stopped> {
        let mut go_on = |done: f32| {
            let done = (place as f32 + 0.5 * done) / all as f32;
            self.progress.set_fraction(done);
            !self.progress.is_cancelled()
        };
        let report = match store::check(path, &mut go_on) {
            Err(StoreError::Cancelled) => return Err(Stopped::Cancelled),
            report => report?,
        };
        match report.problems.into_iter().next() {
            Some(detail) => Err(Stopped::There(StoreError::Damaged {
                path: path.to_owned(),
                detail,
            })),
            None => Ok(()),
        }
    }

    /// How much was found so far, of whatever kind.
    fn any(&self) -> usize {
        self.done.new + self.done.known + self.done.edits + self.done.problems.len()
    }

    /// Merges a dataset, or the datasets of a folder.
    fn dataset(&mut self, path: &Path) -> Result<(), StoreError> {
        let known = self.any();
        for input in inputs([path.to_owned()], self.options.format) {
            match input {
                Ok(input) => self.input(&input)?,
                Err(error) => self.done.problems.push(through::of_file(&error)),
            }
        }
        if self.any() == known {
            let reason = "there is nothing to merge (projects and Hashiya datasets are merged; \
                          hashiya import brings in all else)";
            self.note(path, None, reason.to_owned());
        }
        Ok(())
    }
}
