//! Import: files and folders of every format become edits and texts. Each document goes in whole or
//! not at all; what is there already is left out, so that importing again changes nothing.

mod bring;
mod committing;
mod merge;
mod merged;
mod there;
mod waiting;

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    annotation::{Annotator, DocumentId, LabelSet, Stamp},
    edit::{Clock, LabelSetLog},
    interchange::{self, CopyCounter, Format, LabelMap, ReadOptions, Renamed, Source, Unit},
    store::{Batch, Reader, StoreError},
    text::TextEncoding,
};

use super::{
    super::{Imported, Problem, Progress, project::now},
    Sink,
    input::{Input, Opened, inputs},
    labels::Labels,
    through,
};
use committing::{Commits, committing};
use there::There;
use waiting::Waiting;

pub use merge::merge;
pub use merged::{Merged, MergedFile, MergedLabel};

/// So many bytes are held where no project is made; their spans may take some times as many.
pub(super) const HELD_BYTES: usize = 32 << 20;

/// Who imports, and how.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// Who is said to have added the documents.
    pub author: Annotator,
    /// Whose the layers are that name nobody.
    pub annotator: Annotator,
    /// What articles are encoded in; `None` to guess.
    pub encoding: Option<TextEncoding>,
    /// The format of the files; `None` to find out.
    pub format: Option<&'static Format>,
    /// What ranges are counted in; `None` for each format's own unit.
    pub unit: Option<Unit>,
    /// What names in the files mean.
    pub map: Arc<LabelMap>,
    /// Whether nothing comes in where something is refused. All of it is then held in memory until
    /// the end, and goes in as one commit.
    pub atomic: bool,
    /// Whether nothing is saved: what would come in is told.
    pub rehearse: bool,
    /// The labels of a project without any, where the files bring no label set.
    pub founding: LabelSet,
}

impl ImportOptions {
    /// An import by the formats' own rules.
    pub fn new(author: Annotator, annotator: Annotator) -> Self {
        Self {
            author,
            annotator,
            encoding: None,
            format: None,
            unit: None,
            map: Arc::default(),
            atomic: false,
            rehearse: false,
            founding: interchange::default_label_set(),
        }
    }
}

/// Brings `paths` into the project that `reader` reads, through `sink`; `-` is standard input.
/// `first` is called once with the first document as soon as it is saved. An error ends the import;
/// what was saved before stays.
pub fn import(
    sink: &mut dyn Sink,
    reader: &Reader,
    paths: Vec<PathBuf>,
    options: &ImportOptions,
    progress: &Progress,
    first: &mut dyn FnMut(DocumentId),
) -> Result<Imported, StoreError> {
    committing(sink, reader.path(), |commits| {
        let mut import =
            Import::begin(Some(commits), There(Some(reader)), options, progress, first)?;
        import.all(paths)?;
        import.end()
    })
}

/// Reads `path` as an import into an empty project would, and holds what would come in. `None` where
/// that is more than memory should hold.
pub(super) fn import_held(
    path: PathBuf,
    options: &ImportOptions,
    progress: &Progress,
) -> Result<Option<(Imported, Batch)>, StoreError> {
    let mut first = |_: DocumentId| ();
    let mut import = Import::begin(None, There(None), options, progress, &mut first)?;
    import.all(vec![path])?;
    Ok(import.held())
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
    committing(sink, reader.path(), |commits| {
        let mut import =
            Import::begin(Some(commits), There(Some(reader)), options, progress, first)?;
        import.input(&Input::held(name, bytes))?;
        import.end()
    })
}

struct Import<'a> {
    /// `None` where all is held.
    commits: Option<Commits>,
    there: There<'a>,
    options: &'a ImportOptions,
    progress: &'a Progress,
    clock: Clock,
    labels: Labels,
    waiting: Waiting,
    /// The documents that came in as files of their own, with those files.
    articles: HashMap<DocumentId, PathBuf>,
    /// Files in folders that are of no format that is known, by folder.
    passed_over: Vec<PathBuf>,
    /// Whether it ended because it cannot all be held.
    overflown: bool,
    done: Imported,
    first: &'a mut dyn FnMut(DocumentId),
}

impl<'a> Import<'a> {
    fn begin(
        commits: Option<Commits>,
        there: There<'a>,
        options: &'a ImportOptions,
        progress: &'a Progress,
        first: &'a mut dyn FnMut(DocumentId),
    ) -> Result<Self, StoreError> {
        let mut clock = Clock::default();
        if let Some(latest) = there.latest_time()? {
            clock.observe(latest);
        }
        let log = LabelSetLog::new(there.label_set_edits()?);
        Ok(Self {
            commits,
            there,
            options,
            progress,
            clock,
            labels: Labels::new(log, options.founding.clone()),
            waiting: Waiting::default(),
            articles: HashMap::new(),
            passed_over: Vec::new(),
            overflown: false,
            done: Imported::default(),
            first,
        })
    }

    /// Brings in all that `paths` name.
    fn all(&mut self, paths: Vec<PathBuf>) -> Result<(), StoreError> {
        let inputs = inputs(paths, self.options.format);
        self.progress.set_total(inputs.len());
        for input in inputs {
            if self.overflown || self.progress.is_cancelled() {
                self.done.cancelled = true;
                break;
            }
            match input {
                Ok(input) => self.input(&input)?,
                Err(error) => self.done.problems.push(through::of_file(&error)),
            }
            self.progress.step();
        }
        Ok(())
    }

    fn refuse(&mut self, file: &Path, line: Option<usize>, reason: String) {
        self.done.problems.push(Problem {
            file: file.to_path_buf(),
            line,
            reason,
        });
    }

    fn note(&mut self, file: &Path, line: Option<usize>, reason: String) {
        self.done.notes.push(Problem {
            file: file.to_path_buf(),
            line,
            reason,
        });
    }

    /// How many documents and faults were met.
    fn met(&self) -> usize {
        self.done.new + self.done.known + self.done.problems.len()
    }

    /// Brings in a file, or a folder that is one dataset.
    fn input(&mut self, input: &Input) -> Result<(), StoreError> {
        let before = self.met();
        let forced = self.options.format;
        let opened = input.open(forced, |format, source| {
            self.read(&input.path, format, source)
        });
        match opened {
            Opened::Read(done) => {
                done?;
                if input.is_folder() && self.met() == before {
                    let reason = "there is no document in it".to_owned();
                    self.refuse(&input.path, None, reason);
                }
            }
            Opened::PassedOver => self.passed_over.push(input.path.clone()),
            Opened::Link => {
                let reason = "passed over: the link leads out of the folder".to_owned();
                self.note(&input.path, None, reason);
            }
            Opened::Refused(reason) => self.refuse(&input.path, None, reason),
        }
        Ok(())
    }

    fn read(
        &mut self,
        path: &Path,
        format: &'static Format,
        source: Source<'_>,
    ) -> Result<(), StoreError> {
        let Some(open) = format.read else {
            let reason = format!("{} is written, but not read", format.title);
            self.refuse(path, None, reason);
            return Ok(());
        };
        let renamed = Renamed::default();
        let read = ReadOptions {
            encoding: self.options.encoding,
            unit: self.options.unit,
            map: Arc::clone(&self.options.map),
            renamed: renamed.clone(),
            ..ReadOptions::new(self.options.annotator.clone(), self.labels.begin(format))
        };
        let known: HashSet<_> = read.labels.labels.iter().map(|l| l.id.clone()).collect();
        let before = self.labels.ids().into_iter().chain(known).collect();
        match open(source, read) {
            Ok(mut documents) => self.documents(path, format, &mut *documents)?,
            Err(problem) => self.problem(path, &problem),
        }
        self.note_labels(path, &self.labels.since(&before), &renamed);
        Ok(())
    }

    /// Tells which labels are new, and which names were read as others.
    fn note_labels(&mut self, path: &Path, new: &[String], renamed: &Renamed) {
        if !new.is_empty() {
            let number = |label: &String| label.bytes().all(|byte| byte.is_ascii_digit());
            let numbers = if new.iter().any(number) {
                "; where the file does not name its classes, --labels gives numbers a name"
            } else {
                ""
            };
            let list = new.join(", ");
            self.note(path, None, format!("new labels: {list}{numbers}"));
        }
        let names = renamed.names();
        if !names.is_empty() {
            let pairs: Vec<String> = names
                .iter()
                .map(|(name, label)| format!("{name} as {label}"))
                .collect();
            self.note(path, None, format!("read {}", pairs.join(", ")));
        }
    }

    fn problem(&mut self, path: &Path, problem: &interchange::Problem) {
        self.done.problems.push(through::refused(path, problem));
    }

    fn documents(
        &mut self,
        path: &Path,
        format: &'static Format,
        documents: &mut dyn interchange::Reader,
    ) -> Result<(), StoreError> {
        // Each file counts its copies anew: two files pair the k-th with the k-th.
        let mut copies = CopyCounter::default();
        self.adopt(path, format, documents.head())?;
        while let Some(next) = documents.next(&mut copies) {
            match next {
                Ok(record) => {
                    self.adopt(path, format, documents.head())?;
                    let place = (path, line(documents.line()));
                    self.document(place, format, &record)?;
                }
                Err(problem) => self.problem(path, &problem),
            }
            if self.overflown || self.progress.is_cancelled() {
                self.done.cancelled = true;
                break;
            }
        }
        self.adopt(path, format, documents.head())
    }

    /// Brings in the labels of a file that the project lacks, and its edits of documents that never
    /// came in.
    fn adopt(
        &mut self,
        path: &Path,
        format: &Format,
        head: &interchange::DatasetHead,
    ) -> Result<(), StoreError> {
        if self.labels.is_new() && head.labels.labels.is_empty() && head.edits.is_empty() {
            return Ok(());
        }
        let clock = &mut self.clock;
        let begun = self.labels.has_begun();
        for edit in head.edits.iter().filter(|_| !begun) {
            clock.observe(edit.stamp.time);
        }
        let author = self.options.author.clone();
        let stamp = || Stamp {
            time: clock.tick(now()),
            author,
        };
        let edits = self.labels.adopt(head, format, stamp);
        self.done.edits += edits.len();
        self.waiting.edits(edits);
        if !begun {
            self.orphans(path, head)?;
        }
        Ok(())
    }

    fn end(mut self) -> Result<Imported, StoreError> {
        self.tell_passed_over();
        if self.is_nothing() {
            return Ok(self.nothing());
        }
        if self.options.rehearse {
            return Ok(self.done);
        }
        let founded = self.labels.found();
        self.waiting.edits(founded);
        self.flush()?;
        self.wait()?;
        if let Some(id) = self.done.first.filter(|_| self.options.atomic) {
            (self.first)(id);
        }
        Ok(self.done)
    }

    /// What came in, where it is held; `None` where there was too much of it.
    fn held(mut self) -> Option<(Imported, Batch)> {
        if self.overflown {
            return None;
        }
        self.tell_passed_over();
        if self.is_nothing() {
            return Some((self.nothing(), Batch::default()));
        }
        let founded = self.labels.found();
        self.waiting.edits(founded);
        let batch = self.waiting.take().unwrap_or_default();
        Some((self.done, batch))
    }

    fn is_nothing(&self) -> bool {
        self.options.atomic && (self.done.cancelled || !self.done.problems.is_empty())
    }

    /// Nothing came in: only what was wrong, and what was noted, is told.
    fn nothing(self) -> Imported {
        Imported {
            problems: self.done.problems,
            notes: self.done.notes,
            cancelled: self.done.cancelled,
            ..Imported::default()
        }
    }

    /// What was passed over is noted; where there was nothing else, it is refused.
    fn tell_passed_over(&mut self) {
        let nothing = self.done.new + self.done.known == 0 && self.done.problems.is_empty();
        if nothing && !self.passed_over.is_empty() {
            self.refuse_passed_over();
        }
        self.note_passed_over();
    }

    /// Tells that there was nothing to read.
    fn refuse_passed_over(&mut self) {
        let paths = std::mem::take(&mut self.passed_over);
        let told = through::passed_over(paths.iter().map(PathBuf::as_path));
        let mut folder = paths.first().and_then(|path| path.parent());
        while let Some(above) = folder
            && !paths.iter().all(|path| path.starts_with(above))
        {
            folder = above.parent();
        }
        let folder = folder.unwrap_or(Path::new("")).to_owned();
        self.refuse(&folder, None, format!("nothing in it can be read: {told}"));
    }

    /// One note a folder, with the count: nothing is passed over in silence.
    fn note_passed_over(&mut self) {
        let mut folders: Vec<(PathBuf, Vec<String>)> = Vec::new();
        for path in std::mem::take(&mut self.passed_over) {
            let folder = path.parent().unwrap_or(&path).to_path_buf();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match folders.last_mut().filter(|(last, _)| *last == folder) {
                Some((_, names)) => names.push(name.into_owned()),
                None => folders.push((folder, vec![name.into_owned()])),
            }
        }
        for (folder, names) in folders {
            let shown = names.get(..names.len().min(3)).unwrap_or_default();
            let more = if names.len() > shown.len() {
                ", …"
            } else {
                ""
            };
            let files = if names.len() == 1 { "file" } else { "files" };
            let reason = format!(
                "{} {files} of other kinds passed over ({}{more})",
                names.len(),
                shown.join(", ")
            );
            self.note(&folder, None, reason);
        }
    }
}

fn line(line: Option<u64>) -> Option<usize> {
    line.and_then(|line| usize::try_from(line).ok())
}
