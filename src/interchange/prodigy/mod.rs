//! Prodigy's JSONL: a line is one annotator's task on a text, with tokens, spans in code points and
//! in tokens, relations between spans, and an answer. Lines of one text are one document: the k-th
//! line that somebody has of a text is of the same document as the k-th of another, unless the hashes
//! of their inputs differ.

mod gather;
mod line;
mod read;
mod task;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::{
    Carries, Characters, Feature, Layers, WriteOptions,
    json::{first_byte, mentions},
};

/// The field of a span that holds its attributes: a span may have fields of any name, and so may
/// its attributes.
const ATTRIBUTES: &str = "attributes";

/// What stands in the field `status` of work that has begun and has no answer yet.
const IN_PROGRESS: &str = "in-progress";

/// What it carries. The work of a model has no place: whoever takes a file into Prodigy takes each
/// line for somebody's answer.
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
    const OWN: [&str; 7] = [
        "_view_id",
        "_task_hash",
        "_input_hash",
        "_annotator_id",
        "_session_id",
        "token_start",
        "head_span",
    ];
    first_byte(start) == Some(b'{')
        && (OWN.iter().any(|field| mentions(start, field))
            || (mentions(start, "text") && mentions(start, "spans")))
}
