//! What the session has to tell people. The words are the interface's: here is what happened, to
//! what, and what can be done about it.

use std::path::PathBuf;

use crate::{
    annotation::{Annotator, DocumentId, Status, Verdict},
    edit::Description,
    files::FileError,
    interchange,
    store::StoreError,
};

use super::{Adjudicated, JobKind, Merged};

/// How loud a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It went as wanted.
    Good,
    /// Worth knowing.
    Info,
    /// It did not go, or not wholly.
    Bad,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Notice {
    /// An error: what happened, and what to do.
    Failed {
        /// What happened.
        what: String,
        /// What to do.
        hint: Option<String>,
    },
    /// The project is open for reading only; the text says who holds it.
    ReadOnly(String),
    /// An identical span was there already and is chosen now.
    AlreadyTagged,
    /// Nothing is selected, and no span is chosen.
    NothingSelected,
    /// No span is chosen.
    NothingChosen,
    /// Nothing is left to take back, or to do again.
    NothingTo {
        /// `true` for redo.
        redo: bool,
    },
    /// Something was done that can be undone.
    Did(Description),
    /// Something was taken back.
    Undid(Description),
    /// Something was done again.
    Redid(Description),
    /// The document got a status.
    StatusSet(Status),
    /// Nothing is left to decide on the document.
    AllDecided,
    /// No disagreement is being decided.
    NoCase,
    /// No annotator is ticked.
    NothingTicked,
    /// There is nothing that all have alike and the reviewer has not.
    NothingAgreed,
    /// What all have alike was taken over.
    Agreed(Adjudicated),
    /// A document is not adjudicated, since so many cases are to be decided.
    StillOpen(usize),
    /// There is no disagreement left to decide, of those that are looked at.
    NothingToDecide,
    /// The filter lets nothing through that is to be decided, and hides so many cases.
    HiddenCases(usize),
    /// Nobody has decided anything about this annotator's spans here.
    NoFeedback,
    /// A document was taken out of the list.
    Removed(Removed),
    /// A label was to go whose spans were made since: it is out of use and they keep it.
    LabelKept(String),
    /// Every document is done.
    AllDone,
    /// Files came in.
    Imported(Imported),
    /// Other projects or datasets were merged, or nothing was where something is refused.
    Merged(Box<Merged>),
    /// The project was to be merged into itself.
    MergedSelf,
    /// Something was written.
    Written {
        /// Where.
        path: PathBuf,
        /// What could not be written, counted.
        losses: Vec<interchange::LossEntry>,
    },
    /// A file was not written, since it would lack edits that could not be saved.
    NotWritten {
        /// The file.
        path: PathBuf,
        /// How many edits.
        unsaved: usize,
    },
    /// A file was written, and read back other than it should.
    Differs {
        /// The file.
        path: PathBuf,
        /// How many documents differ.
        documents: usize,
        /// What differs first.
        first: Option<String>,
    },
    /// The layers of one of those who labelled the sample are shown.
    Guest(Annotator),
    /// Another job of this kind is under way.
    Busy(JobKind),
    /// A project that was open before is not there any more.
    Gone(PathBuf),
    /// One project is open at a time: these were not opened.
    OneProject(Vec<PathBuf>),
    /// The settings could not be read, and the usual ones serve.
    Settings {
        /// What happened.
        what: String,
        /// Where the file is kept as it was.
        kept: Option<PathBuf>,
    },
    /// Edits could not be committed; they are kept and tried again.
    NotSaved {
        /// What happened.
        what: String,
        /// What to do.
        hint: Option<String>,
    },
}

/// A document that was taken out of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The document.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// Whether it was on the desk.
    pub was_on_desk: bool,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Documents that came in new.
    pub new: usize,
    /// Documents that were there already.
    pub known: usize,
    /// What was refused, and why.
    pub problems: Vec<Problem>,
    /// What is worth knowing: an encoding that was guessed, an empty file.
    pub notes: Vec<Problem>,
    /// The files of which the encoding was guessed.
    pub guessed: Vec<PathBuf>,
    /// The first document of the import.
    pub first: Option<DocumentId>,
    /// How many edits came in.
    pub edits: usize,
    /// Where edits of one layer, made apart, say different things.
    pub conflicts: Vec<Conflict>,
    /// Whether it was stopped.
    pub cancelled: bool,
}

/// What one annotator did to the same thing in two places, neither knowing of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The document's title.
    pub document: String,
    /// Whose layer it is.
    pub annotator: Annotator,
    /// The text of the span, shortened; empty where it is about the layer.
    pub quote: String,
    /// What it is about, and which edits.
    pub between: crate::edit::Conflict,
    /// What the edit that holds says.
    pub kept: Saying,
    /// What the other says.
    pub lost: Saying,
}

/// What an edit says of something, in names and texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saying {
    /// The span is there.
    There,
    /// The span is taken out.
    Gone,
    /// The name of its label.
    Label(String),
    /// The words that it covers, shortened.
    Covers(String),
    /// The value of an attribute, or a note, shortened; empty where there is none.
    Text(String),
    /// How far the annotator is.
    Status(Status),
    /// A relation begins or ends at the span.
    Related,
    /// What a reviewer decided.
    Decided(Verdict),
}

/// Something about one place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub reason: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl Notice {
    /// How loud it is.
    pub fn tone(&self) -> Tone {
        match self {
            Self::Failed { .. }
            | Self::NotSaved { .. }
            | Self::NotWritten { .. }
            | Self::Differs { .. }
            | Self::Gone(_)
            | Self::Settings { .. }
            | Self::OneProject(_)
            | Self::ReadOnly(_) => Tone::Bad,
            Self::Imported(imported) if !imported.problems.is_empty() => Tone::Bad,
            Self::Merged(merged) if !merged.imported.problems.is_empty() => Tone::Bad,
            Self::Merged(merged) if merged.brings_something() => Tone::Good,
            Self::Imported(_)
            | Self::Written { .. }
            | Self::AllDone
            | Self::Agreed(_)
            | Self::StatusSet(_) => Tone::Good,
            _ => Tone::Info,
        }
    }
}

impl From<StoreError> for Notice {
    fn from(error: StoreError) -> Self {
        Self::Failed {
            what: error.to_string(),
            hint: error.hint().map(str::to_owned),
        }
    }
}

/// Where the system gives no thread.
impl From<std::io::Error> for Notice {
    fn from(error: std::io::Error) -> Self {
        Self::Failed {
            what: error.to_string(),
            hint: None,
        }
    }
}

impl From<FileError> for Notice {
    fn from(error: FileError) -> Self {
        Self::Failed {
            what: error.to_string(),
            hint: Some(error.hint().to_owned()),
        }
    }
}
