//! Parquet: a row a document, its spans as a nested list beside the text. The unit of the ranges and
//! the label set stand in the file's metadata. Hugging Face's folder holds files of this kind.

mod columns;
mod gather;
mod read;
mod rows;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::{MAX_FILE, Table, read};
pub(super) use write::{TableWriter, write};

use super::{Carries, Characters, Feature, Layers, WriteOptions};
use crate::annotation::Status;

/// The key of the file's metadata that names the unit of the ranges.
const UNIT: &str = "hashiya.unit";
/// The key of the file's metadata that holds the label set, in RON.
const LABELS: &str = "hashiya.labels";

/// What a status is called in files.
pub(super) const STATUSES: [(Status, &str); 3] = [
    (Status::New, "new"),
    (Status::InProgress, "in-progress"),
    (Status::Done, "done"),
];

/// What it carries.
pub(super) fn carries(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::All,
        characters: Characters::All,
        features: &[
            Feature::Nested,
            Feature::Crossing,
            Feature::SameRange,
            Feature::Discontinuous,
            Feature::Relations,
            Feature::Attributes,
            Feature::Notes,
            Feature::Predictions,
            Feature::Status,
            Feature::Title,
            Feature::Ids,
            Feature::Metadata,
            Feature::EmptyDocuments,
        ],
    }
}

/// Whether a file that begins with these bytes may be one.
pub(super) fn sniff(start: &[u8]) -> bool {
    start.starts_with(b"PAR1")
}
