//! Argilla's records, as its `records.to_json` writes and `records.from_json` reads them: a list of
//! records, each with a text, the responses of users and the suggestions of models. Ranges are code
//! points.

mod layers;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use crate::annotation::Status;

use super::{
    Carries, Characters, Feature, Layers, WriteOptions,
    json::{first_byte, mentions},
};

/// The states of a response. One that Argilla names none of is not begun.
const STATUSES: [(Status, &str); 2] = [(Status::InProgress, "draft"), (Status::Done, "submitted")];

/// How many of the first bytes tell a file whose text is long.
const BEGINNING: usize = 200;

/// What it carries.
pub(super) fn carries(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::All,
        characters: Characters::All,
        features: &[
            Feature::Nested,
            Feature::Crossing,
            Feature::SameRange,
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
    let any = |fields: &[&str]| fields.iter().any(|field| mentions(start, field));
    let beginning = start.get(..BEGINNING).unwrap_or(start);
    let begins = |field: &str| mentions(beginning, field);
    let records = any(&["fields"]) && any(&["responses", "suggestions", "_server_id"]);
    matches!(first_byte(start), Some(b'[' | b'{'))
        && (records
            || any(&["prediction_agent", "annotation_agent"])
            || (begins("id") && begins("fields")))
}
