//! The W3C's Web Annotations as JSON-LD. We write a page of annotations a document; the first is about
//! the text itself, which it holds, and says what the source says of it. A span is an annotation whose
//! targets select its fragments by position (code points) and by quote; its label is a tag, its note
//! a comment. A relation is an annotation that links two others.

mod item;
mod page;
mod place;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::{
    Carries, Characters, Feature, Layers, WriteOptions,
    json::{first_byte, mentions},
};

/// The context in which the terms mean what the model says.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

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
            Feature::Title,
            Feature::Ids,
            Feature::Metadata,
            Feature::EmptyDocuments,
        ],
    }
}

/// Whether a file that begins with these bytes may be one.
pub(super) fn sniff(start: &[u8]) -> bool {
    let terms = [
        CONTEXT,
        "AnnotationPage",
        "AnnotationCollection",
        "TextQuoteSelector",
        "TextPositionSelector",
    ];
    matches!(first_byte(start), Some(b'{' | b'['))
        && terms.into_iter().any(|term| mentions(start, term))
}
