//! From one format to another without a project: through one that lasts as long as this takes, so
//! that labels, annotators and what is lost are treated as everywhere.

use std::path::PathBuf;

use crate::{
    annotation::LabelSet,
    files::{self, FileError},
    store::{Reader, Store, StoreError},
};

use super::{
    super::{Imported, Progress},
    ExportError, ExportOptions, ImportOptions, Report, Target, export, import,
};

/// Why nothing was converted.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] StoreError),
    /// There is no room for what is needed meanwhile.
    #[error(transparent)]
    File(#[from] FileError),
    /// It cannot be written. What was read before is told, too.
    #[error("{0}")]
    Write(ExportError, Box<Imported>),
    /// Nothing could be read.
    #[error("no document could be read; nothing was written")]
    Nothing(Box<Imported>),
}

/// Reads `path` (`-` is standard input) and writes it to `target`.
pub fn convert(
    path: PathBuf,
    target: &Target,
    from: &ImportOptions,
    to: &ExportOptions,
    progress: &Progress,
) -> Result<(Imported, Report), ConvertError> {
    let folder = files::scratch()?;
    let mut store = Store::create(&folder.path().join("project.hashiya"), &[])?;
    let reader = Reader::open(store.path())?;
    let from = ImportOptions {
        // Only the labels that the file has.
        founding: LabelSet::default(),
        ..from.clone()
    };
    let done = import(
        &mut store,
        &reader,
        vec![path],
        &from,
        progress,
        &mut |_| (),
    )?;
    if done.new == 0 && !done.problems.is_empty() {
        return Err(ConvertError::Nothing(Box::new(done)));
    }
    let written = export(&reader, target, to, progress);
    drop(reader);
    store.close()?;
    match written {
        Ok(report) => Ok((done, report)),
        Err(error) => Err(ConvertError::Write(error, Box::new(done))),
    }
}
