//! Export: a project as one file, written under a temporary name and renamed when it is whole.

use std::{
    io::{self, BufWriter},
    path::Path,
};

use crate::{
    annotation::Annotator,
    edit::LabelSetLog,
    files::{Draft, FileError},
    interchange::{DatasetHead, Format, Loss, Output, Outputs, WriteError, WriteOptions, reduce},
    store::{Reader, StoreError},
};

use super::{super::Progress, record};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The project cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The format cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// No such format is written.
    #[error("no format “{0}” is written")]
    NoFormat(String),
    /// Several annotators, and nobody said whose layers.
    #[error("the project has several annotators: {}", .0.join(", "))]
    WhichAnnotator(Vec<String>),
    /// Nobody of this name has a layer.
    #[error("nobody named “{0}” has annotated this project; it has {1}")]
    NoAnnotator(Annotator, String),
    /// The person called it off.
    #[error("it was stopped; nothing was written")]
    Cancelled,
}

impl ExportError {
    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Store(error) => error.hint(),
            Self::File(error) => Some(error.hint()),
            Self::WhichAnnotator(_) => Some("say whose layer to write with --annotator NAME"),
            _ => None,
        }
    }
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// How many documents.
    pub documents: usize,
    /// What the format does not carry of them.
    pub loss: Loss,
}

/// Writes everything as a RON dataset: documents, labels, layers, and every edit.
pub fn export_dataset(
    reader: &Reader,
    out: &Path,
    progress: &Progress,
) -> Result<Exported, ExportError> {
    export(reader, out, "ron", None, progress)
}

/// Writes one annotator's layers as doccano JSONL. `annotator` may be left out where there is only
/// one.
pub fn export_doccano(
    reader: &Reader,
    out: &Path,
    annotator: Option<&Annotator>,
    progress: &Progress,
) -> Result<Exported, ExportError> {
    let known = reader.annotators()?;
    let names = || {
        known
            .iter()
            .map(|(name, _)| name.to_string())
            .collect::<Vec<_>>()
    };
    let annotator = match (annotator, &*known) {
        (Some(wanted), known) if known.iter().any(|(name, _)| name == wanted) => wanted.clone(),
        (Some(wanted), []) => {
            return Err(ExportError::NoAnnotator(
                wanted.clone(),
                "no annotators yet".to_owned(),
            ));
        }
        (Some(wanted), _) => {
            return Err(ExportError::NoAnnotator(wanted.clone(), names().join(", ")));
        }
        (None, [(only, _)]) => only.clone(),
        (None, []) => Annotator::unnamed(),
        (None, _) => return Err(ExportError::WhichAnnotator(names())),
    };
    export(reader, out, "doccano", Some(annotator), progress)
}

fn export(
    reader: &Reader,
    out: &Path,
    format: &str,
    annotator: Option<Annotator>,
    progress: &Progress,
) -> Result<Exported, ExportError> {
    let no_format = || ExportError::NoFormat(format.to_owned());
    let format = Format::named(format).ok_or_else(no_format)?;
    let open = format.write.ok_or_else(no_format)?;
    let options = WriteOptions {
        annotator,
        ..WriteOptions::default()
    };
    let carries = (format.carries)(&options);
    progress.set_total(reader.document_count()?);
    let log = LabelSetLog::new(reader.label_set_edits()?);
    let head = DatasetHead {
        labels: log.state().clone(),
        edits: log.edits().to_vec(),
    };
    let draft = Draft::beside(out)?;
    let mut file = OneFile(&draft);
    let (mut documents, mut loss) = (0, Loss::default());
    let mut writer = open(&mut file, &head, &options).map_err(|error| about(out, error))?;
    reader.for_each_document(|stored| {
        if progress.is_cancelled() {
            return Err(ExportError::Cancelled);
        }
        progress.step();
        let record = record::of(stored)
            .and_then(|record| reduce(record, &carries, &options, &head.labels, &mut loss));
        if let Some(record) = record {
            writer
                .document(&record)
                .map_err(|error| about(out, error))?;
            documents += 1;
        }
        Ok(())
    })?;
    writer.finish().map_err(|error| about(out, error))?;
    draft.publish()?;
    Ok(Exported { documents, loss })
}

/// The one file that is written.
struct OneFile<'a>(&'a Draft);

impl Outputs for OneFile<'_> {
    fn file(&mut self) -> io::Result<Output> {
        let file = self.0.open().map_err(io::Error::other)?;
        Ok(Box::new(BufWriter::with_capacity(1 << 18, file)))
    }

    fn create(&mut self, _name: &str) -> io::Result<Output> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn free_name(&mut self, wanted: &str) -> String {
        wanted.to_owned()
    }
}

/// Names the file in an error of writing it.
fn about(out: &Path, error: WriteError) -> ExportError {
    match error {
        WriteError::Io(error) => FileError::new(out, error).into(),
        other => other.into(),
    }
}
