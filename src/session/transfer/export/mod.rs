//! Export, the same for every format: what the format does not carry is counted, the files are
//! written under temporary names, read back and compared, and get their names when all is whole.

mod choose;
mod error;
mod outputs;
mod read_back;
mod report;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use crate::{
    annotation::{Annotator, DocumentId, Status},
    edit::{Change, LabelSetLog, Scope},
    files::{self, FileError, Growing},
    interchange::{
        DatasetHead, DocumentRecord, Expected, Format, Loss, OpenWriter, Parts, Scheme, Split,
        Unit, WriteError, WriteOptions, reduce,
    },
    store::{self, Reader},
};

use super::{
    super::Progress,
    documents::Documents,
    pipeline::{Giving, Taking, beside, joined, pipeline},
};
use choose::Volume;
use outputs::Stage;

pub use error::ExportError;
pub use report::Report;

/// What is written, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportOptions {
    /// The format.
    pub format: &'static Format,
    /// Whose layers: one, or several each apart; none for all of them, or for the only one where the
    /// format holds one annotator's.
    pub annotators: Vec<Annotator>,
    /// In the place of these layers, the spans that the decisions in them reject, with the reason as a note.
    pub rejected: bool,
    /// Only documents on which an annotator is so far.
    pub status: Option<Status>,
    /// Only these documents; `None` for all.
    pub documents: Option<Arc<BTreeSet<DocumentId>>>,
    /// What ranges are counted in; `None` for the format's own unit.
    pub unit: Option<Unit>,
    /// How the tokens of a span are tagged.
    pub scheme: Scheme,
    /// The columns, in order; none for the format's own.
    pub columns: Vec<String>,
    /// Parts for training, validation and test, shared out by the seed.
    pub split: Option<(Split, u64)>,
    /// Whether nothing is written where the format does not carry everything.
    pub strict: bool,
}

impl ExportOptions {
    /// An export by the format's own rules.
    pub fn new(format: &'static Format) -> Self {
        Self {
            format,
            annotators: Vec::new(),
            rejected: false,
            status: None,
            documents: None,
            unit: None,
            scheme: Scheme::default(),
            columns: Vec::new(),
            split: None,
            strict: false,
        }
    }
}

/// Where an export goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file, or a folder where several are written.
    Path(PathBuf),
    /// Standard output, for a format that is one file.
    Standard,
}

/// Writes what `options` choose of a project.
pub fn export(
    reader: &Reader,
    target: &Target,
    options: &ExportOptions,
    progress: &Progress,
) -> Result<Report, ExportError> {
    export_of(reader, target, options, progress)
}

/// Writes what `options` choose of documents, wherever they are.
pub(super) fn export_of(
    from: &dyn Documents,
    target: &Target,
    options: &ExportOptions,
    progress: &Progress,
) -> Result<Report, ExportError> {
    let mut export = Export::begin(from, options, progress)?;
    let scratch;
    let path = match target {
        Target::Path(path) => path.clone(),
        Target::Standard if export.is_one_file() => {
            scratch = files::scratch()?;
            scratch.path().join("out")
        }
        Target::Standard => return Err(ExportError::NotOneFile(options.format.name)),
    };
    let stage = export.write(&path)?;
    let report = export.report;
    if options.strict && report.is_lossy() {
        return Err(ExportError::Lossy(Box::new(report)));
    }
    match target {
        Target::Path(_) => stage.publish()?,
        Target::Standard => stage.copy_to(&mut io::stdout().lock())?,
    }
    Ok(report)
}

/// What `options` would not carry of a project; nothing is written.
pub fn forecast(
    reader: &Reader,
    options: &ExportOptions,
    progress: &Progress,
) -> Result<Loss, ExportError> {
    let mut export = Export::begin(reader, options, progress)?;
    for volume in export.volumes.clone() {
        export.each(&volume, &mut |_, _| Ok(()))?;
    }
    Ok(export.report.loss)
}

/// Refuses to write over a project.
pub fn check_target(path: &Path) -> Result<(), ExportError> {
    if store::is_of_project(path) {
        return Err(ExportError::OverProject(path.to_owned()));
    }
    Ok(())
}

/// Writes a report as JSON.
pub fn write_report(report: &Report, path: &Path) -> Result<(), ExportError> {
    check_target(path)?;
    let mut bytes = serde_json::to_vec_pretty(report).map_err(WriteError::from)?;
    bytes.push(b'\n');
    files::write_atomic(path, |out| out.write_all(&bytes))?;
    Ok(())
}

/// What is done with each record, and its place in the project.
type Visit<'v> = dyn FnMut(DocumentRecord, usize) -> Result<(), ExportError> + 'v;

/// What writes a volume.
struct Writing<'w> {
    open: OpenWriter,
    head: &'w DatasetHead,
    options: &'w WriteOptions,
    expected: &'w Expected,
}

impl Writing<'_> {
    /// Writes all that comes, giving the number of spans. Where not all comes, the file stays in
    /// pieces, as nobody will see it.
    fn all(
        &self,
        mut outputs: outputs::Volumes<'_>,
        mut records: Taking<DocumentRecord>,
    ) -> Result<usize, WriteError> {
        let mut writer = (self.open)(&mut outputs, self.head, self.options)?;
        let mut spans = 0;
        for record in &mut records {
            // Before its first byte can be read.
            self.expected.add(&record, &self.head.labels);
            let layers = record.layers.iter();
            spans += layers.map(|layer| layer.spans.len()).sum::<usize>();
            writer.document(&record)?;
        }
        if records.is_whole() {
            writer.finish()?;
        }
        Ok(spans)
    }
}

/// Tells who reads a file that nothing more comes, however writing it ends.
struct Ends(Arc<Growing>);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.end();
    }
}

struct Export<'a> {
    from: &'a dyn Documents,
    options: &'a ExportOptions,
    progress: &'a Progress,
    head: DatasetHead,
    volumes: Vec<Volume>,
    parts: Arc<Parts>,
    report: Report,
}

impl<'a> Export<'a> {
    fn begin(
        from: &'a dyn Documents,
        options: &'a ExportOptions,
        progress: &'a Progress,
    ) -> Result<Self, ExportError> {
        let log = LabelSetLog::new(from.label_set_edits()?);
        let mut edits = log.edits().to_vec();
        edits.extend(from.orphans()?);
        let volumes = choose::volumes(from, options)?;
        let parts = choose::parts(from, options, &volumes, progress)?;
        // Each document is written, and read back.
        progress.set_total(from.count()? * volumes.len() * 2);
        Ok(Self {
            from,
            options,
            progress,
            head: DatasetHead {
                labels: log.state().clone(),
                edits,
            },
            volumes,
            parts: Arc::new(parts),
            report: Report::new(options.format.name),
        })
    }

    /// Whether all goes into one file.
    fn is_one_file(&self) -> bool {
        outputs::is_one_file(self.options.format, &self.volumes)
    }

    /// Writes all volumes under temporary names, and reads them back.
    fn write(&mut self, path: &Path) -> Result<Stage, ExportError> {
        check_target(path)?;
        let stage = Stage::beside(path, self.is_one_file())?;
        for volume in self.volumes.clone() {
            self.volume(&stage, &volume, path)?;
        }
        self.report.files = stage.count();
        Ok(stage)
    }

    /// Writes a volume and reads it back. The project is read on this thread; documents are written
    /// on another, and where they go into one file, that is read while it grows.
    fn volume(&mut self, stage: &Stage, volume: &Volume, path: &Path) -> Result<(), ExportError> {
        let format = self.options.format;
        let no_format = || ExportError::NoFormat(format.name.to_owned());
        let open = format.write.ok_or_else(no_format)?;
        let options = self.write_options(volume);
        let expected = Expected::new((format.carries)(&options));
        let head = self.head_of(volume);
        let writing = Writing {
            open,
            head: &head,
            options: &options,
            expected: &expected,
        };
        let reading = self.reading(stage, volume, &options, &expected);
        let growing = Arc::new(Growing::default());
        let (giving, taking) = pipeline();
        let no_thread = |error| ExportError::File(FileError::new(path, error));
        let (given, wrote, back) = thread::scope(|scope| {
            let outputs = outputs::Volumes::new(stage, format, volume, &growing);
            let ends = Ends(Arc::clone(&growing));
            let writer = beside(scope, move || {
                let _ends = ends;
                writing.all(outputs, taking)
            })
            .map_err(no_thread)?;
            let reader = reading
                .goes_along()
                .then(|| beside(scope, || reading.growing(&growing)))
                .transpose()
                .map_err(no_thread)?;
            let given = self.give(volume, giving);
            let wrote = joined(writer);
            Ok::<_, ExportError>((given, wrote, reader.map(joined)))
        })?;
        // A writer that failed took no more: what it says comes first.
        let spans = wrote.map_err(|error| error::about(path, error))?;
        given?;
        self.report.spans += spans;
        self.report.documents += expected.written();
        let back = match back {
            Some(back) => back,
            None => reading.all()?,
        };
        self.met(volume, &options, &expected, back)
    }

    /// Gives each document of a volume to who writes it.
    fn give(
        &mut self,
        volume: &Volume,
        mut giving: Giving<DocumentRecord>,
    ) -> Result<(), ExportError> {
        self.each(volume, &mut |record, _| {
            let bytes = record.text.len();
            // Whoever writes says why it takes no more.
            let taken = giving.give(record, bytes);
            taken.then_some(()).ok_or(ExportError::Cancelled)
        })?;
        giving.end();
        Ok(())
    }

    /// What stands before the documents of a volume: of one annotator's, no others' edits; of some
    /// documents, none of the others.
    fn head_of(&self, volume: &Volume) -> DatasetHead {
        let mut head = self.head.clone();
        if self.options.rejected {
            head.edits
                .retain(|edit| edit.change.scope() == Scope::LabelSet);
        }
        if let Some(documents) = &self.options.documents {
            head.edits.retain(|edit| match edit.change.scope() {
                Scope::LabelSet => true,
                Scope::Document(id) => documents.contains(&id),
                Scope::Layer(key) => documents.contains(&key.document),
            });
        }
        if let Some(annotator) = &volume.annotator {
            head.edits.retain(|edit| match &edit.change {
                Change::Layer(key, _) => key.annotator == *annotator,
                _ => true,
            });
        }
        head
    }

    fn write_options(&self, volume: &Volume) -> WriteOptions {
        WriteOptions {
            annotator: volume.annotator.clone(),
            unit: self.options.unit,
            scheme: self.options.scheme,
            columns: self.options.columns.clone(),
            parts: Arc::clone(&self.parts),
        }
    }

    /// Visits each document of a volume as the format carries it, counting what it does not.
    fn each(&mut self, volume: &Volume, visit: &mut Visit<'_>) -> Result<(), ExportError> {
        let options = self.write_options(volume);
        let carries = (self.options.format.carries)(&options);
        let Self {
            from,
            options: chosen,
            progress,
            head,
            parts,
            report,
            ..
        } = self;
        let mut number = 0;
        from.each(&mut |stored| {
            if progress.is_cancelled() {
                return Err(ExportError::Cancelled);
            }
            progress.step();
            let Some(record) = choose::record(stored, chosen).filter(|record| {
                choose::is_chosen(record, chosen, volume.annotator.as_ref())
                    && volume.part.is_none_or(|part| parts.of(&record.id) == part)
            }) else {
                return Ok(());
            };
            let loss = &mut report.loss;
            let Some(record) = reduce(record, &carries, &options, &head.labels, loss) else {
                return Ok(());
            };
            visit(record, number)?;
            number += 1;
            Ok(())
        })
    }
}

impl From<WriteError> for ExportError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl From<FileError> for ExportError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}
