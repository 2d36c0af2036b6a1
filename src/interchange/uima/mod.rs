//! UIMA: a document is a CAS, which is a graph of typed feature structures over a text, its `SofA`.
//! Two codecs put it into files, `xmi` and `json`; what the structures mean is said once, here.
//!
//! Ours are of a type system of our own: `hashiya.Span` with its label, note and attributes, and its
//! fragments where it has several; `hashiya.Relation` from its `Governor` to its `Dependent`, as the
//! tools of `DKPro` call the two ends; `hashiya.Document`. Of others, every annotation becomes a span,
//! but for those that a tokenizer or a parser makes of every text.

mod cas;
pub(super) mod json;
mod left_out;
mod read;
mod spans;
#[cfg(test)]
mod tests;
mod types;
mod write;
pub(super) mod xmi;

use super::{Carries, Characters, Feature, Layers};

/// The types that we write.
mod own {
    /// What is said of a document.
    pub(super) const DOCUMENT: &str = "hashiya.Document";
    /// A span; of several fragments, from the first to the last.
    pub(super) const SPAN: &str = "hashiya.Span";
    /// One of the fragments of a span.
    pub(super) const FRAGMENT: &str = "hashiya.Fragment";
    /// A relation between two spans.
    pub(super) const RELATION: &str = "hashiya.Relation";
    /// A name with a value.
    pub(super) const ATTRIBUTE: &str = "hashiya.Attribute";
}

/// The name of the text that a CAS is about, unless it says otherwise.
const INITIAL_VIEW: &str = "_InitialView";

/// What a codec carries that holds these characters.
const fn carries(characters: Characters) -> Carries {
    Carries {
        layers: Layers::One,
        characters,
        features: &[
            Feature::Nested,
            Feature::Crossing,
            Feature::SameRange,
            Feature::Discontinuous,
            Feature::Relations,
            Feature::Attributes,
            Feature::Notes,
            Feature::Title,
            Feature::Ids,
            Feature::Metadata,
            Feature::EmptyDocuments,
        ],
    }
}
