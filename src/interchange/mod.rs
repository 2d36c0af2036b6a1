//! Bytes to model and back: one file a format, one table of formats, one account of what a format
//! does not carry. Readers and writers know neutral records; they are handed bytes and touch no
//! disk.

mod argilla;
mod bioc;
mod brat;
mod carries;
mod compare;
mod conll;
mod conllu;
mod content;
mod copies;
mod csv_table;
mod cuts;
mod dataset;
mod dataset_ron;
mod doccano;
mod doubled;
mod fields;
mod format;
mod formats;
#[cfg(test)]
mod fuzzed;
mod gate;
#[cfg(test)]
mod generated;
mod html;
mod huggingface;
mod json;
mod json_values;
mod label_check;
mod label_map;
mod label_studio;
mod labels_ron;
mod lines;
mod loss;
mod names;
mod note;
mod parquet;
mod plain_text;
mod problem;
mod prodigy;
mod reduce;
#[cfg(test)]
mod round_trip;
mod sentences;
mod source;
mod spacing;
mod spacy;
mod split;
mod tags;
mod to_edits;
mod token_rows;
mod tokens;
mod uima;
mod unit;
mod web_annotation;
mod webanno;
mod xml;

use names::Names;
use unit::Offsets;

pub use carries::{Carries, Characters, Feature, Layers};
pub use compare::{Difference, Expected, ReadBack, differences};
pub use copies::CopyCounter;
pub use csv_table::column_names;
pub use dataset::{
    DatasetHead, DocumentRecord, ENCODING_GUESSED, ID_IS_TEXT, LayerRecord, RelationRecord,
    SOURCE_ENCODING, SOURCE_FILE, SOURCE_ID, SpanRecord,
};
pub use dataset_ron::check_ranges;
pub use doubled::doubled_keys;
pub use format::{
    Choice, Format, OpenReader, OpenWriter, ReadOptions, Reader, Scheme, Shape, Sniff, WriteError,
    WriteOptions, Writer,
};
pub use formats::{FORMATS, detect, detect_by_ending, detect_bytes, detect_folder};
pub use label_check::LabelSetProblem;
pub use label_map::LabelMap;
pub use labels_ron::{LabelSetError, default_label_set, read_label_set, write_label_set};
pub use loss::{Loss, LossEntry, LossExample, LossKind};
pub use names::{Renamed, label_meant, usual_kind};
pub use note::{Note, notes};
pub use problem::{MAX_TEXT, Problem, Reason, SpanError};
pub use reduce::reduce;
pub use source::{Folder, Output, Outputs, Source};
pub use split::{ParseSplitError, Part, Parts, Split};
pub use to_edits::Importer;
pub use unit::Unit;
