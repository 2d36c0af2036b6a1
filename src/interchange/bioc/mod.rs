//! `BioC`, as XML and as the JSON of the `bioc` package: a collection of documents, whose passages (and
//! sentences in them) have texts at offsets, with annotations and relations. What they say stands in
//! infons, pairs of a key and a text. We write a document as one passage.

mod json;
mod parse;
mod place;
mod raw;
mod read;
mod shape;
#[cfg(test)]
mod tests;
mod write;
mod xml;

pub(super) use read::{read_json, read_xml};
pub(super) use write::{write_json, write_xml};

use super::{
    Carries, Characters, Feature, Layers, WriteOptions,
    json::{first_byte, mentions},
    xml::root,
};

/// The infon of an annotation's label, and of a relation's type.
const TYPE: &str = "type";
/// The infon of whose an annotation is.
const ANNOTATOR: &str = "annotator";
/// The infon of a note.
const NOTE: &str = "note";
/// The infon of a document's title.
const TITLE: &str = "title";
/// What stands before the name of an attribute that is an infon's of another meaning.
const ATTRIBUTE: &str = "attribute ";
/// The same for a document's metadata.
const METADATA: &str = "metadata ";

const FEATURES: &[Feature] = &[
    Feature::Nested,
    Feature::Crossing,
    Feature::SameRange,
    Feature::Discontinuous,
    Feature::Relations,
    Feature::Attributes,
    Feature::Notes,
    Feature::Predictions,
    Feature::Title,
    Feature::Ids,
    Feature::Metadata,
    Feature::EmptyDocuments,
];

/// What the XML carries.
pub(super) fn carries_xml(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::All,
        characters: Characters::Xml,
        features: FEATURES,
    }
}

/// What the JSON carries.
pub(super) fn carries_json(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::All,
        characters: Characters::All,
        features: FEATURES,
    }
}

/// Whether a file that begins with these bytes may be `BioC` XML.
pub(super) fn sniff_xml(start: &[u8]) -> bool {
    root(start).is_some_and(|root| root == "collection")
}

/// Whether a file that begins with these bytes may be `BioC` JSON.
pub(super) fn sniff_json(start: &[u8]) -> bool {
    matches!(first_byte(start), Some(b'{' | b'['))
        && (mentions(start, "bioctype")
            || (mentions(start, "passages") && mentions(start, "infons"))
            || (mentions(start, "documents") && mentions(start, "infons")))
}
