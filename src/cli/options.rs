//! What several sub-commands take, and how they tell what came of it.

use std::path::{Path, PathBuf};

use crate::{
    annotation::{Annotator, Status},
    files::{self, FileError},
    interchange::{FORMATS, Format, LabelMap, Loss, Scheme, Split, Unit},
    session::{
        ExportError, ExportOptions, ImportOptions, Imported, Report, STANDARD, Target,
        check_target, open_or_create, read_label_map, write_report,
    },
    store::{Access, Store, StoreError},
    text::TextEncoding,
};

use super::{Failure, say, tell};

/// How files are read.
#[derive(Debug, clap::Args)]
pub(super) struct Reading {
    /// What the articles are encoded in, for instance windows-1256 [default: found out]
    #[arg(long, value_name = "E", value_parser = encoding)]
    pub(super) encoding: Option<TextEncoding>,
    /// A file that says what names of labels in the files mean: (labels: {"PER": "PERSON"})
    #[arg(long, value_name = "MAP.ron")]
    pub(super) labels: Option<PathBuf>,
}

impl Reading {
    pub(super) fn options(
        &self,
        author: Annotator,
        annotator: Option<&Annotator>,
    ) -> Result<ImportOptions, Failure> {
        let map = match &self.labels {
            Some(path) => read_label_map(path).map_err(Failure::new)?,
            None => LabelMap::default(),
        };
        let annotator = annotator.cloned().unwrap_or_else(Annotator::imported);
        Ok(ImportOptions {
            encoding: self.encoding,
            map: map.into(),
            ..ImportOptions::new(author, annotator)
        })
    }
}

/// How files are written.
#[derive(Debug, clap::Args)]
pub(super) struct Writing {
    /// Whose layers to write; several are written each apart, into a folder
    #[arg(long, value_name = "NAME")]
    pub(super) annotator: Vec<Annotator>,
    /// Write the spans that a reviewer's decisions reject, with the reason as their note
    #[arg(long)]
    rejected: bool,
    /// Only documents on which the annotator is so far: new, in-progress or done
    #[arg(long, value_name = "S", value_parser = status)]
    status: Option<Status>,
    /// What ranges are counted in: code-points, utf-16 or bytes [default: the format's own]
    #[arg(long, value_name = "UNIT", value_parser = unit)]
    unit: Option<Unit>,
    /// How tokens are tagged: iob1, iob2, bilou or iobes [default: iob2]
    #[arg(long, value_name = "SCHEME", value_parser = scheme)]
    scheme: Option<Scheme>,
    /// The columns, in order, with commas between them
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    columns: Vec<String>,
    /// Shares of training, validation and test, for instance 80/10/10
    #[arg(long, value_name = "SHARES")]
    split: Option<Split>,
    /// What the split is drawn by: the same number gives the same parts
    #[arg(long, value_name = "N", default_value_t = 0, requires = "split")]
    seed: u64,
    /// Write nothing, and end with status 3, where the format does not carry everything
    #[arg(long)]
    strict: bool,
    /// Write what is lost and what differs as JSON; - is standard output
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

impl Writing {
    pub(super) fn options(&self, format: &'static Format) -> ExportOptions {
        ExportOptions {
            annotators: self.annotator.clone(),
            rejected: self.rejected,
            status: self.status,
            unit: self.unit,
            scheme: self.scheme.unwrap_or_default(),
            columns: self.columns.clone(),
            split: self.split.map(|split| (split, self.seed)),
            strict: self.strict,
            ..ExportOptions::new(format)
        }
    }

    /// Refuses a report that could not be written, before anything else is.
    pub(super) fn check_report(&self, out: &Path) -> Result<(), Failure> {
        let Some(path) = &self.report else {
            return Ok(());
        };
        if path.as_os_str() == STANDARD {
            return if out.as_os_str() == STANDARD {
                let both = "standard output cannot take both what is written and the report";
                Err(Failure::usage(both).hinted("name a file for one of them"))
            } else {
                Ok(())
            };
        }
        check_target(path).map_err(|error| failed(&error))?;
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let wrong = if files::is_folder(path) {
            FileError::NotAFile(path.clone())
        } else if files::is_folder(folder) {
            return Ok(());
        } else {
            FileError::Missing(folder.to_owned())
        };
        Err(failed(&wrong.into()))
    }

    /// Tells what an export did, and writes its report.
    pub(super) fn end(&self, out: &Path, done: Result<Report, ExportError>) -> Result<(), Failure> {
        let report = match done {
            Ok(report) => report,
            Err(ExportError::Lossy(report)) => {
                self.report(&report)?;
                return Err(failed(&ExportError::Lossy(report)));
            }
            Err(error) => return Err(failed(&error)),
        };
        self.report(&report)?;
        if report.is_unreadable() {
            let failure = Failure::new(format!("nothing in {} can be read back", out.display()));
            return Err(failure.hinted("do not rely on it; please report this with the project"));
        }
        let line = format!("{} documents in {}", report.documents, out.display());
        let reported = self
            .report
            .as_ref()
            .is_some_and(|it| it.as_os_str() == STANDARD);
        if out.as_os_str() == STANDARD {
            tell(format_args!("{} documents", report.documents));
        } else if reported {
            tell(format_args!("{line}"));
        } else {
            say(format_args!("{line}"));
        }
        Ok(())
    }

    fn report(&self, report: &Report) -> Result<(), Failure> {
        tell_loss(&report.loss);
        if report.differs() {
            tell(format_args!(
                "read back, {} documents differ from what was to be written",
                report.differing
            ));
        }
        for difference in &report.differences {
            let (document, what) = (&difference.document, &difference.what);
            tell(format_args!("  {document}: {what}"));
        }
        for problem in &report.problems {
            tell(format_args!("  {problem}"));
        }
        match &self.report {
            Some(path) if path.as_os_str() == STANDARD => {
                let json = serde_json::to_string_pretty(report).map_err(Failure::new)?;
                say(format_args!("{json}"));
                Ok(())
            }
            Some(path) => write_report(report, path).map_err(|error| failed(&error)),
            None => Ok(()),
        }
    }
}

fn tell_loss(loss: &Loss) {
    for entry in loss.entries() {
        let (count, what) = (entry.count, entry.kind.text(entry.count));
        tell(format_args!("not carried: {count} {what}"));
        for example in &entry.examples {
            let span = example.span.as_deref().unwrap_or_default();
            tell(format_args!("  {}: {span}", example.document));
        }
    }
}

/// An export that failed: 2 where the wish itself cannot be, 3 where it was strict.
pub(super) fn failed(error: &ExportError) -> Failure {
    let failure = Failure::new(error);
    let failure = match error.hint() {
        Some(hint) => failure.hinted(hint),
        None => failure,
    };
    let status = match error {
        ExportError::Lossy(_) => 3,
        error if error.is_usage() => 2,
        _ => 1,
    };
    Failure { status, ..failure }
}

/// Opens a project, making it if it is missing; a failure where another program writes it, or the
/// disk cannot be written.
pub(super) fn open_to_write(project: &Path) -> Result<Store, Failure> {
    let store = open_or_create(project)?;
    let Access::ReadOnly { holder } = store.access().clone() else {
        return Ok(store);
    };
    let why = store.notice().filter(|_| holder.is_none());
    let failure = Failure::from(StoreError::ReadOnly {
        path: store.path().to_path_buf(),
        holder: holder.map(Box::new),
    });
    // No other window is to be closed where nobody has it open.
    Err(why.into_iter().fold(failure, Failure::hinted))
}

/// Tells what came of an import, all but the counts.
pub(super) fn tell_imported(done: &Imported) {
    for note in &done.notes {
        tell(format_args!("note: {note}"));
    }
    for problem in &done.problems {
        tell(format_args!("refused: {problem}"));
    }
}

/// Where an export goes.
pub(super) fn target(out: &Path) -> Target {
    if out.as_os_str() == STANDARD {
        Target::Standard
    } else {
        Target::Path(out.to_path_buf())
    }
}

/// A format that is read.
pub(super) fn read_format(name: &str) -> Result<&'static Format, String> {
    format(name, |format| format.read.is_some())
}

/// A format that is written.
pub(super) fn written_format(name: &str) -> Result<&'static Format, String> {
    format(name, |format| format.write.is_some())
}

fn format(name: &str, does: fn(&Format) -> bool) -> Result<&'static Format, String> {
    let known = || FORMATS.iter().filter(|format| does(format));
    known().find(|format| format.name == name).ok_or_else(|| {
        let names: Vec<&str> = known().map(|format| format.name).collect();
        format!("choose one of {}", names.join(", "))
    })
}

fn encoding(name: &str) -> Result<TextEncoding, String> {
    TextEncoding::from_label(name)
        .ok_or_else(|| format!("no encoding is called “{name}”; try utf-8 or windows-1256"))
}

fn status(name: &str) -> Result<Status, String> {
    match name {
        "new" => Ok(Status::New),
        "in-progress" => Ok(Status::InProgress),
        "done" => Ok(Status::Done),
        _ => Err("choose one of new, in-progress, done".to_owned()),
    }
}

pub(super) fn unit(name: &str) -> Result<Unit, String> {
    Unit::named(name).ok_or_else(|| choose(Unit::ALL.map(Unit::name)))
}

fn scheme(name: &str) -> Result<Scheme, String> {
    Scheme::named(name).ok_or_else(|| choose(Scheme::ALL.map(Scheme::name)))
}

fn choose<const N: usize>(names: [&str; N]) -> String {
    format!("choose one of {}", names.join(", "))
}
