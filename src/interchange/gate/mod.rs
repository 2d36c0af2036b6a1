//! GATE's XML: a text with nodes in it, sets of annotations between nodes, and sets of relations
//! between annotations. A named set is somebody's. Nodes are numbered by the UTF-16 units before
//! them, but read where they stand, so that no unit can be mistaken.

mod nodes;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::{Carries, Characters, Feature, Layers, WriteOptions, xml::root};

/// The feature of a document's title.
const TITLE: &str = "title";
/// The feature of a note.
const NOTE: &str = "note";
/// What stands before the name of an attribute that is a feature's of another meaning.
const ATTRIBUTE: &str = "attribute ";
/// The same for a document's metadata.
const METADATA: &str = "metadata ";

/// What it carries.
pub(super) fn carries(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::All,
        characters: Characters::Xml,
        features: &[
            Feature::Nested,
            Feature::Crossing,
            Feature::SameRange,
            Feature::Relations,
            Feature::Attributes,
            Feature::Notes,
            Feature::Predictions,
            Feature::Title,
            Feature::Ids,
            Feature::Metadata,
            Feature::EmptyDocuments,
        ],
    }
}

/// Whether a file that begins with these bytes may be one.
pub(super) fn sniff(start: &[u8]) -> bool {
    root(start).is_some_and(|root| root == "GateDocument")
}
