//! doccano's JSONL: one JSON object a line with a text and triples of start, end and label;
//! entities and relations where there are relations. Ranges are code points, unless people ask for
//! UTF-16, in which doccano's own interface counts.

mod read;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::{Carries, Characters, Feature, Layers, WriteOptions, json::first_byte};

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
            Feature::Ids,
            Feature::EmptyDocuments,
        ],
    }
}

/// Whether a file that begins with these bytes may be one.
pub(super) fn sniff(start: &[u8]) -> bool {
    first_byte(start).is_none_or(|byte| byte == b'{')
}
