//! Bytes to model and back: one file a format, one table of formats, and a report of what a format
//! could not carry. Readers and writers know neutral records; they are handed bytes and touch no
//! disk.

mod copies;
mod dataset;
mod dataset_ron;
mod doccano;
mod fields;
mod formats;
mod label_check;
mod label_names;
mod labels_ron;
mod lines;
mod loss;
mod note;
mod plain_text;
mod problem;
mod to_edits;

pub use copies::CopyCounter;
pub use dataset::{
    DatasetHead, DocumentRecord, ENCODING_GUESSED, LayerRecord, RelationRecord, SOURCE_ENCODING,
    SOURCE_FILE, SOURCE_ID, SpanRecord,
};
pub use formats::{
    FORMATS, Format, Layers, OpenReader, OpenWriter, ReadOptions, Reader, Unit, WriteError,
    WriteOptions, Writer, detect,
};
pub use label_check::LabelSetProblem;
pub use labels_ron::{LabelSetError, default_label_set, read_label_set, write_label_set};
pub use loss::{Loss, LossEntry, LossExample, LossKind};
pub use note::{Note, notes};
pub use problem::{MAX_TEXT, Problem, Reason, SpanError};
pub use to_edits::Importer;
