//! The one table of formats. A format is a row here and a file of its own; file dialogs, the command
//! line and the help read the table.

use std::io::{self, BufRead, Write};

use crate::{
    annotation::{Annotator, LabelSet},
    text::TextEncoding,
};

use super::{
    CopyCounter, DatasetHead, DocumentRecord, Loss, Problem, dataset_ron, doccano, plain_text,
};

/// What a format counts its ranges in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Code points.
    CodePoints,
}

/// Whose layers a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layers {
    /// Nobody's.
    None,
    /// One annotator's.
    One,
    /// Everybody's.
    All,
}

/// A format: what it is called, what it carries, and what reads and writes it.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// How its files' names end, without the dot, the usual one first.
    pub endings: &'static [&'static str],
    /// What it counts ranges in; `None` where it has no ranges.
    pub unit: Option<Unit>,
    /// Whose layers it holds.
    pub layers: Layers,
    /// Whether a file that begins with these bytes may be one.
    pub sniff: fn(&[u8]) -> bool,
    /// Opens a file to read it; `None` where it is not read.
    pub read: Option<OpenReader>,
    /// Begins a file to write it; `None` where it is not written.
    pub write: Option<OpenWriter>,
}

/// Opens a file of a format, reading what stands before its documents.
pub type OpenReader =
    for<'r> fn(Box<dyn BufRead + 'r>, ReadOptions) -> Result<Box<dyn Reader + 'r>, Problem>;

/// Begins a file of a format. The output should be buffered.
pub type OpenWriter = for<'w> fn(
    &'w mut dyn Write,
    &DatasetHead,
    WriteOptions,
) -> Result<Box<dyn Writer + 'w>, WriteError>;

/// What a reader needs to know besides the bytes.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The file's name, without folders: where a document says nothing of itself, its title and
    /// where it came from.
    pub file_name: String,
    /// Whose the layers are that name nobody.
    pub annotator: Annotator,
    /// The labels that names in the file may mean.
    pub labels: LabelSet,
    /// The encoding of plain text; `None` to guess.
    pub encoding: Option<TextEncoding>,
}

/// What a writer needs to know besides the documents.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    /// Whose layers a format of [`Layers::One`] holds.
    pub annotator: Option<Annotator>,
}

/// A file that is being read, a document at a time.
pub trait Reader {
    /// Its label set and the edits of it. In a format that knows labels only by name, the known
    /// labels and those that the documents read so far have added.
    fn head(&self) -> &DatasetHead;

    /// The next document, or why it is refused; `None` at the end. Nothing comes after a problem
    /// that [`Problem::ends_reading`].
    fn next(&mut self, copies: &mut CopyCounter) -> Option<Result<DocumentRecord, Problem>>;
}

/// A file that is being written, a document at a time.
pub trait Writer {
    /// Writes a document.
    fn document(&mut self, record: &DocumentRecord) -> Result<(), WriteError>;

    /// Ends the file, telling what it does not carry.
    fn finish(self: Box<Self>) -> Result<Loss, WriteError>;
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
    Json(#[from] serde_json::Error),
    /// A format of one annotator's layers, and nobody said whose.
    #[error("{format} holds the spans of one annotator; say whose")]
    NoAnnotator {
        /// The format's name for people.
        format: &'static str,
    },
}

/// All formats.
pub static FORMATS: &[Format] = &[
    Format {
        name: "ron",
        title: "Hashiya dataset",
        endings: &["ron"],
        unit: Some(Unit::Bytes),
        layers: Layers::All,
        sniff: dataset_ron::sniff,
        read: Some(dataset_ron::read),
        write: Some(dataset_ron::write),
    },
    Format {
        name: "doccano",
        title: "doccano JSONL",
        endings: &["jsonl"],
        unit: Some(Unit::CodePoints),
        layers: Layers::One,
        sniff: doccano::sniff,
        read: Some(doccano::read),
        write: Some(doccano::write),
    },
    Format {
        name: "text",
        title: "Plain text",
        endings: &["txt", "text", "md"],
        unit: None,
        layers: Layers::None,
        sniff: |_| true,
        read: Some(plain_text::read),
        write: None,
    },
];

impl Format {
    /// The format of this name on the command line.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }
}

/// The format of a file by its name and its first bytes (some hundred will do). A file without an
/// ending is taken for text; `None` where nothing fits.
pub fn detect(file_name: &str, start: &[u8]) -> Option<&'static Format> {
    let ending = file_name
        .rsplit_once('.')
        .filter(|(stem, _)| !stem.is_empty())
        .map_or("txt", |(_, ending)| ending)
        .to_ascii_lowercase();
    FORMATS
        .iter()
        .filter(|format| format.endings.contains(&&*ending))
        .find(|format| (format.sniff)(start))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_each_format_does_something() {
        let names: BTreeSet<_> = FORMATS.iter().map(|format| format.name).collect();
        assert_eq!(names.len(), FORMATS.len());
        for format in FORMATS {
            assert!(
                format.read.is_some() || format.write.is_some(),
                "{}",
                format.name
            );
            assert!(!format.endings.is_empty(), "{}", format.name);
            assert_eq!(Format::named(format.name).unwrap().title, format.title);
        }
    }

    #[test]
    fn a_format_is_found_by_ending_and_start() {
        let name = |file: &str, start: &[u8]| detect(file, start).map(|format| format.name);
        assert_eq!(
            name("a.ron", b"Dataset(\nformat: \"hashiya-dataset\""),
            Some("ron")
        );
        assert_eq!(name("labels.ron", b"LabelSetFile(version: 1"), None);
        assert_eq!(name("A.JSONL", b"\xEF\xBB\xBF {\"text\""), Some("doccano"));
        assert_eq!(name("خبر.txt", "قال".as_bytes()), Some("text"));
        assert_eq!(name("README", b""), Some("text"));
        assert_eq!(name("a.docx", b"PK"), None);
    }
}
