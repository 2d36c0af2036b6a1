//! `WebAnno` TSV, of which 3.3 is written and 3.0 to 3.3 are read: a file a document, with the
//! sentences' texts, a row a token or a part of one, and a column for each feature of each layer.
//! Offsets are UTF-16 units.

mod cells;
mod escape;
mod header;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::{Carries, Characters, Feature, Layers, WriteOptions, json::without_mark};

/// How a file begins.
const FORMAT: &str = "#FORMAT=WebAnno TSV ";
/// How a line of a sentence's text begins.
const TEXT: &str = "#Text=";
/// What stands for no annotation.
const NONE: &str = "_";
/// What stands for no value of an annotation.
const NULL: &str = "*";
/// The feature in which a span's or a relation's label is written.
const VALUE: &str = "value";
/// The feature in which a span's note is written.
const NOTE: &str = "note";

/// What it carries.
pub(super) fn carries(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::One,
        characters: Characters::All,
        features: &[
            Feature::Nested,
            Feature::Crossing,
            Feature::SameRange,
            Feature::Relations,
            Feature::Attributes,
            Feature::Notes,
            Feature::EmptyDocuments,
        ],
    }
}

/// Whether a file that begins with these bytes may be one.
pub(super) fn sniff(start: &[u8]) -> bool {
    without_mark(start).starts_with(FORMAT.as_bytes())
}
