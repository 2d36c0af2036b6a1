//! What can be wrong with a file that comes in, said so that a person can find the place and mend
//! it: the line, the document, the reason, and what to do.

use std::{fmt, io};

use crate::{
    annotation::{FragmentsError, NameError},
    text::{DecodeError, RangeError},
};

/// The largest text of a document, and the longest line of a file of lines: 64 MB.
pub const MAX_TEXT: usize = 64 << 20;

/// Something in a file that could not be taken. A document goes in whole or not at all: a problem
/// in it refuses it, and only it, unless [`Problem::ends_reading`].
#[derive(Debug)]
pub struct Problem {
    /// The line (from 1), where there is one.
    pub line: Option<u64>,
    /// The document's title, or else its number (from 1) in the file.
    pub document: Option<String>,
    /// What is wrong.
    pub reason: Box<Reason>,
}

/// Why a document or the rest of a file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Reading failed.
    #[error("the file cannot be read further: {0}")]
    Io(#[from] io::Error),
    /// The file ends before its end.
    #[error("the file ends in the middle{}; {} before it can be read", within(*.number), documents(*.whole))]
    CutOff {
        /// The document (from 1) inside which it ends; `None` between documents.
        number: Option<u64>,
        /// How many documents stand whole before the cut.
        whole: u64,
    },
    /// Something between the documents that cannot be understood.
    #[error("“{found}” stands where it should not; {} before it can be read", documents(*.whole))]
    Broken {
        /// What stands there.
        found: String,
        /// How many documents stand whole before it.
        whole: u64,
    },
    /// It is not what its name says.
    #[error("this is not {expected}: {found}")]
    NotThis {
        /// What was expected.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// A document of another format between those of this one.
    #[error("this is {0}")]
    OtherFormat(&'static str),
    /// A dataset in tables of Arrow.
    #[error("this is a dataset of `save_to_disk`, in Arrow, which is not read")]
    SavedAsArrow,
    /// A later version of this program wrote it.
    #[error("the file has version {found}, and this program reads up to {known}")]
    Newer {
        /// The file's version.
        found: u32,
        /// The latest version that is known.
        known: u32,
    },
    /// It cannot be understood.
    #[error("{0}")]
    Malformed(String),
    /// Bytes that are not UTF-8.
    #[error("byte {at} is not UTF-8")]
    NotUtf8 {
        /// Where, in bytes from the start of the line or the document.
        at: usize,
    },
    /// Bytes that are no text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A text or a line above the limit.
    #[error("{what} has more than {limit} bytes")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// The limit in bytes.
        limit: usize,
    },
    /// A field that a document needs.
    #[error("the document has no {0}")]
    Missing(&'static str),
    /// A span whose ranges are none of the text.
    #[error("span {span}: {error}")]
    Span {
        /// Its id in the file, or its number (from 1).
        span: String,
        /// What is wrong.
        error: SpanError,
    },
    /// A span that is somewhere else by each unit in which the file may count.
    #[error("span {span} is at another place for each unit in which the file may count: {units}")]
    SeveralUnits {
        /// Its id in the file.
        span: String,
        /// The units.
        units: String,
    },
    /// A relation that leads nowhere.
    #[error("relation {relation} needs span {span}, which is not there")]
    RelationEnd {
        /// Its id in the file.
        relation: String,
        /// The id of the span that is missing.
        span: String,
    },
    /// A relation that leads from a span to itself.
    #[error("relation {relation} leads from span {span} to itself")]
    RelationToItself {
        /// Its id in the file.
        relation: String,
        /// The id of the span.
        span: String,
    },
    /// An id that is not made of the document's text.
    #[error("the id {id} is not one of this text")]
    ForeignId {
        /// The id.
        id: String,
    },
    /// The same id twice.
    #[error("{what} {id} stands in the file twice")]
    Duplicate {
        /// What kind of thing.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// The readable part and the edits disagree.
    #[error("{part} differs from the edits that stand beside it")]
    DiffersFromEdits {
        /// The part that differs.
        part: String,
    },
    /// An edit that is of something else.
    #[error("edit {edit} does not belong here: it changes something else")]
    ForeignEdit {
        /// The edit's id.
        edit: String,
    },
}

/// What is wrong with a span of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// Its ranges, in bytes.
    #[error(transparent)]
    Fragments(#[from] FragmentsError),
    /// Its range, in the file's own unit.
    #[error("{start} to {end} is no range of a text of {len} {unit}")]
    Range {
        /// The start.
        start: String,
        /// The end.
        end: String,
        /// The text's length.
        len: usize,
        /// What the file counts in.
        unit: &'static str,
    },
    /// An edge between the parts of one character.
    #[error("{at} lies inside a character, counted in {unit}")]
    Inside {
        /// The edge.
        at: String,
        /// What the file counts in.
        unit: &'static str,
    },
    /// A label that the label set does not have.
    #[error("its label {0} is not in the file's label set")]
    UnknownLabel(String),
    /// A label's name that cannot be one.
    #[error("its label: {0}")]
    Name(#[from] NameError),
    /// Its edges are not those of its fragments.
    #[error("it is said to be from {edges}, but its fragments are from {fragments}")]
    Edges {
        /// Where it is said to be.
        edges: String,
        /// Where its fragments are.
        fragments: String,
    },
    /// The text written beside it for readers is another.
    #[error("the file says “{written}”, but the text there is “{found}”")]
    Text {
        /// What the file says.
        written: String,
        /// What the text is.
        found: String,
    },
}

impl From<RangeError> for SpanError {
    fn from(error: RangeError) -> Self {
        Self::Fragments(error.into())
    }
}

impl Problem {
    /// A problem that no document or line has.
    pub fn of_file(reason: impl Into<Reason>) -> Self {
        Self {
            line: None,
            document: None,
            reason: Box::new(reason.into()),
        }
    }

    /// A problem at a line (from 1).
    pub fn at(line: u64, reason: impl Into<Reason>) -> Self {
        Self {
            line: Some(line),
            ..Self::of_file(reason)
        }
    }

    /// The same, in a document.
    #[must_use]
    pub fn within(self, document: impl Into<String>) -> Self {
        Self {
            document: Some(document.into()),
            ..self
        }
    }

    /// Whether nothing behind it can be read.
    pub fn ends_reading(&self) -> bool {
        matches!(
            *self.reason,
            Reason::Io(_)
                | Reason::CutOff { .. }
                | Reason::Broken { .. }
                | Reason::NotThis { .. }
                | Reason::SavedAsArrow
                | Reason::Newer { .. }
        )
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match &*self.reason {
            Reason::CutOff { .. } => Some("copy the file again from where it came from"),
            Reason::Newer { .. } => Some("install the latest version of Hashiya and open it again"),
            Reason::Decode(error) => Some(error.hint()),
            Reason::NotUtf8 { .. } => Some("save the file as UTF-8"),
            Reason::TooLarge { .. } => Some("split it into parts"),
            Reason::DiffersFromEdits { part } if part == "`labels`" => {
                Some("remove `label_edits` to take the labels as they stand")
            }
            Reason::ForeignId { .. } => {
                Some("remove `id` and `edits` to take it as another document")
            }
            Reason::SavedAsArrow => Some(
                "write it in Python with ds.to_parquet(\"data.parquet\") or ds.to_json(\"data.jsonl\"), and give that file",
            ),
            Reason::OtherFormat(_) => Some("`--format prodigy` reads it"),
            Reason::SeveralUnits { .. } => Some("say with `--unit` in what the file counts"),
            Reason::RelationToItself { .. } => Some("remove the relation, or mend its ends"),
            Reason::DiffersFromEdits { .. } => {
                Some("remove `edits` to take the document and its layers as they stand")
            }
            Reason::Span {
                error: SpanError::UnknownLabel(_),
                ..
            } => Some("add the label to `labels` at the start of the file"),
            _ => None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, &self.document) {
            (Some(line), Some(document)) => write!(f, "line {line}, document {document}: ")?,
            (Some(line), None) => write!(f, "line {line}: ")?,
            (None, Some(document)) => write!(f, "document {document}: ")?,
            (None, None) => {}
        }
        self.reason.fmt(f)
    }
}

impl std::error::Error for Problem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&*self.reason)
    }
}

fn within(number: Option<u64>) -> String {
    number.map_or_else(String::new, |number| format!(" of document {number}"))
}

fn documents(count: u64) -> String {
    match count {
        0 => "no document".to_owned(),
        1 => "the one document".to_owned(),
        _ => format!("the {count} documents"),
    }
}
