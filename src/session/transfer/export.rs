//! Export: a project as one file, written under a temporary name and renamed when it is whole.

use std::{
    io::{BufWriter, Write as _},
    path::Path,
};

use crate::{
    annotation::Annotator,
    edit::LabelSetLog,
    files::{Draft, FileError},
    interchange::{DatasetHead, DocumentRecord, Format, Loss, WriteError, WriteOptions},
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
    export(reader, out, "ron", None, progress, |_| true)
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
    export(
        reader,
        out,
        "doccano",
        Some(annotator),
        progress,
        |record| !record.removed,
    )
}

fn export(
    reader: &Reader,
    out: &Path,
    format: &str,
    annotator: Option<Annotator>,
    progress: &Progress,
    wanted: impl Fn(&DocumentRecord) -> bool,
) -> Result<Exported, ExportError> {
    let open = Format::named(format)
        .and_then(|format| format.write)
        .ok_or_else(|| ExportError::NoFormat(format.to_owned()))?;
    progress.set_total(reader.document_count()?);
    let log = LabelSetLog::new(reader.label_set_edits()?);
    let head = DatasetHead {
        labels: log.state().clone(),
        edits: log.edits().to_vec(),
    };
    let draft = Draft::beside(out)?;
    let mut file = BufWriter::with_capacity(1 << 18, draft.open()?);
    let mut documents = 0;
    let mut writer = open(&mut file, &head, WriteOptions { annotator })?;
    reader.for_each_document(|stored| {
        if progress.is_cancelled() {
            return Err(ExportError::Cancelled);
        }
        progress.step();
        if let Some(record) = record::of(stored).filter(&wanted) {
            writer
                .document(&record)
                .map_err(|error| about(out, error))?;
            documents += 1;
        }
        Ok(())
    })?;
    let loss = writer.finish().map_err(|error| about(out, error))?;
    file.flush().map_err(|error| FileError::new(out, error))?;
    drop(file);
    draft.publish()?;
    Ok(Exported { documents, loss })
}

/// Names the file in an error of writing it.
fn about(out: &Path, error: WriteError) -> ExportError {
    match error {
        WriteError::Io(error) => FileError::new(out, error).into(),
        other => other.into(),
    }
}
