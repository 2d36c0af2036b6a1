//! What a format is to the rest of the program: a row of the table, a reader, a writer, and what
//! they are told.

use std::{io, sync::Arc};

use serde::Serialize;

use crate::{
    annotation::{Annotator, LabelSet},
    text::TextEncoding,
};

use super::{
    Carries, CopyCounter, DatasetHead, DocumentRecord, LabelMap, Names, Outputs, Parts, Problem,
    Renamed, Source, Unit,
};

/// How the files of a format lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// One file with many documents.
    File,
    /// A file a document, in a folder.
    Files,
    /// A folder with a layout of its own.
    Folder,
}

/// How a file is known.
#[derive(Clone, Copy, Debug)]
pub enum Sniff {
    /// By its first bytes (some thousand, unless it is shorter).
    Start(fn(&[u8]) -> bool),
    /// A folder, by the names of the files in it.
    Names(fn(&[String]) -> bool),
}

/// Something that a person can choose about a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// What ranges are counted in.
    Unit,
    /// How the tokens of a span are tagged.
    Scheme,
    /// Which columns there are.
    Columns,
    /// Parts for training, validation and test inside the format's own layout.
    Split,
}

/// A format: what it is called, what it carries, and what reads and writes it.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// How its files' names end, without the dot, the usual one first. Of a format that is a folder,
    /// how the names of the files in it end.
    pub endings: &'static [&'static str],
    /// How files end that belong to a file of the same stem and are none of their own.
    pub companions: &'static [&'static str],
    /// How its files lie.
    pub shape: Shape,
    /// What it counts ranges in unless it is told otherwise; `None` where it has no ranges.
    pub unit: Option<Unit>,
    /// What people can choose when they write it.
    pub choices: &'static [Choice],
    /// What it carries, written so.
    pub carries: fn(&WriteOptions) -> Carries,
    /// Whether a file (or a folder) may be one.
    pub sniff: Sniff,
    /// Opens a file to read it; `None` where it is not read.
    pub read: Option<OpenReader>,
    /// Begins to write; `None` where it is not written.
    pub write: Option<OpenWriter>,
}

/// A format is its name.
impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

/// Opens a file of a format, reading what stands before its documents.
pub type OpenReader = for<'r> fn(Source<'r>, ReadOptions) -> Result<Box<dyn Reader + 'r>, Problem>;

/// Begins a file, or the files, of a format.
pub type OpenWriter = for<'w> fn(
    &'w mut dyn Outputs,
    &DatasetHead,
    &WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError>;

/// What a reader needs to know besides the bytes.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Whose the layers are that name nobody.
    pub annotator: Annotator,
    /// The labels that names in the file may mean.
    pub labels: LabelSet,
    /// What names in the file mean, where a person said so.
    pub map: Arc<LabelMap>,
    /// Takes note of names that were read as others.
    pub renamed: Renamed,
    /// The encoding of plain text; `None` to guess.
    pub encoding: Option<TextEncoding>,
    /// What ranges are counted in; `None` for the format's own unit.
    pub unit: Option<Unit>,
}

impl ReadOptions {
    /// Options by which all is read as the formats say, with these labels known.
    pub fn new(annotator: Annotator, labels: LabelSet) -> Self {
        Self {
            annotator,
            labels,
            map: Arc::default(),
            renamed: Renamed::default(),
            encoding: None,
            unit: None,
        }
    }

    /// Options to read what was written with others.
    pub fn of_written(written: &WriteOptions, labels: LabelSet) -> Self {
        let annotator = written.annotator.clone();
        Self {
            unit: written.unit,
            ..Self::new(annotator.unwrap_or_else(Annotator::imported), labels)
        }
    }

    /// What names in the file mean.
    pub(super) fn names(&self) -> Names {
        Names::new(self.labels.clone(), Arc::clone(&self.map)).noting(self.renamed.clone())
    }
}

/// How the tokens of a span are tagged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// `B-` only where two spans of one label touch, else `I-`.
    Iob1,
    /// `B-` at each beginning, then `I-`.
    #[default]
    Iob2,
    /// `B-`, `I-`, `L-` at the end, `U-` alone.
    Bilou,
    /// `B-`, `I-`, `E-` at the end, `S-` alone.
    Iobes,
}

impl Scheme {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Iob1, Self::Iob2, Self::Bilou, Self::Iobes];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Iob1 => "iob1",
            Self::Iob2 => "iob2",
            Self::Bilou => "bilou",
            Self::Iobes => "iobes",
        }
    }

    /// The scheme of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.name() == name)
    }
}

/// What a writer needs to know besides the documents.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    /// The one annotator whose layers are written; `None` for everybody's.
    pub annotator: Option<Annotator>,
    /// What ranges are counted in; `None` for the format's own unit.
    pub unit: Option<Unit>,
    /// How the tokens of a span are tagged.
    pub scheme: Scheme,
    /// The names of the columns, in order; none for the format's own.
    pub columns: Vec<String>,
    /// Which documents are for training, validation and test.
    pub parts: Arc<Parts>,
}

impl From<serde_json::Error> for WriteError {
    fn from(error: serde_json::Error) -> Self {
        // What the disk says comes wrapped: a full one is no fault of the value.
        if error.is_io() {
            Self::Io(error.into())
        } else {
            Self::Json(error)
        }
    }
}

/// A file that is being read, a document at a time.
pub trait Reader {
    /// Its label set and the edits of it. In a format that knows labels only by name, the known
    /// labels and those that the documents read so far have added.
    fn head(&self) -> &DatasetHead;

    /// The next document, or why it is refused; `None` at the end. Nothing comes after a problem
    /// that [`Problem::ends_reading`].
    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>>;

    /// The line (from 1) at which the document given last begins, where the format has lines.
    fn line(&self) -> Option<u64> {
        None
    }
}

/// A file that is being written, a document at a time.
pub trait Writer {
    /// Writes a document, which holds only what the format carries: `reduce` took the rest.
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError>;

    /// Ends the file and flushes it.
    fn finish(self: Box<Self>) -> Result<(), WriteError>;
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// Writing failed.
    #[error("the file cannot be written: {0}")]
    Io(#[from] io::Error),
    /// A value cannot be put into RON.
    #[error("a value cannot be written as RON: {0}")]
    Ron(#[from] ron::Error),
    /// A value cannot be put into JSON.
    #[error("a value cannot be written as JSON: {0}")]
    Json(serde_json::Error),
    /// A range that is none of its text.
    #[error("byte {at} is no place between two characters of the text")]
    NoRange {
        /// The byte.
        at: usize,
    },
    /// A choice that the format does not know.
    #[error("{0}")]
    Choice(String),
    /// Anything else that the format's own library says.
    #[error("the file cannot be written: {0}")]
    Other(Box<dyn std::error::Error + Send + Sync>),
}
