//! Label Studio's JSON: a list of tasks, each with a text, the annotations of people and the
//! predictions of models. Their results are regions, further results of the same region (choices,
//! texts, ratings), and relations between regions. Ranges are code points.

mod read;
mod results;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::{
    Carries, Characters, Feature, Layers, WriteOptions,
    json::{first_byte, mentions},
};

/// What it carries.
pub(super) fn carries(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::All,
        characters: Characters::All,
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

/// Whether a file that begins with these bytes may be one: a list of tasks, or one task that a
/// storage of Label Studio wrote.
pub(super) fn sniff(start: &[u8]) -> bool {
    let any = |fields: &[&str]| fields.iter().any(|field| mentions(start, field));
    match first_byte(start) {
        Some(b'[') => any(&["data", "annotations", "completions", "annotation_id"]),
        Some(b'{') => any(&["result", "completed_by"]) || (any(&["data"]) && any(&["annotations"])),
        _ => false,
    }
}
