//! Why an export wrote nothing.

use std::path::{Path, PathBuf};

use crate::{annotation::Annotator, files::FileError, interchange::WriteError, store::StoreError};

use super::Report;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The project cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be written.
    #[error(transparent)]
    File(FileError),
    /// The format cannot be written.
    #[error(transparent)]
    Write(WriteError),
    /// No such format is written.
    #[error("no format “{0}” is written")]
    NoFormat(String),
    /// Several files, where one can go.
    #[error("what is written as {0} is more than one file; give the path of a folder")]
    NotOneFile(&'static str),
    /// A project would be lost.
    #[error("“{}” belongs to a project, which would be lost", .0.display())]
    OverProject(PathBuf),
    /// A choice that the format does not have.
    #[error("{format} has no choice of {choice}")]
    NoChoice {
        /// The format's name.
        format: &'static str,
        /// What was chosen.
        choice: &'static str,
    },
    /// Several annotators, and nobody said whose layers.
    #[error("the project has several annotators: {}", .0.join(", "))]
    WhichAnnotator(Vec<String>),
    /// Nobody of this name has a layer.
    #[error("nobody named “{0}” has annotated this project; it has {1}")]
    NoAnnotator(Annotator, String),
    /// Nobody of this name has decided something.
    #[error("“{0}” has decided nothing in this project; {1} has")]
    NoReviewer(Annotator, String),
    /// What reviewers rejected is wanted, and nothing was decided.
    #[error("no reviewer has decided anything in this project")]
    NothingDecided,
    /// The format does not carry everything, and people wanted it to.
    #[error("the format does not carry everything; nothing was written")]
    Lossy(Box<Report>),
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
            Self::OverProject(_) => Some("choose another name"),
            Self::Lossy(_) => Some("choose a format that carries it, or write without --strict"),
            _ => None,
        }
    }

    /// Whether the wish itself cannot be, whatever the project holds.
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::WhichAnnotator(_)
                | Self::NoChoice { .. }
                | Self::NotOneFile(_)
                | Self::Write(WriteError::Choice(_))
        )
    }
}

/// Names the file in an error of writing it.
pub(super) fn about(out: &Path, error: WriteError) -> ExportError {
    match error {
        WriteError::Io(error) => FileError::new(out, error).into(),
        other => other.into(),
    }
}
