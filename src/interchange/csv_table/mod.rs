//! Tables of spans, as CSV or TSV: a row a span, and a row for a document without any. A document's
//! rows stand together and have its number in `document`; its text and what else belongs to it stand
//! in the first of them. `start` and `end` are the edges of the whole span; `fragments` has the
//! ranges of a span that is in several, as `0-3 7-9`. Attributes and metadata are JSON objects.
//!
//! A table with texts and without the columns of a range is one of documents, a row each; what else
//! stands in it is their metadata.
//!
//! People choose the columns. Those without which nothing could be read again must be among them;
//! what the others hold is carried where they are.

mod columns;
mod limited;
mod read;
mod row;
#[cfg(test)]
mod tests;
mod write;

pub use columns::column_names;
pub(super) use read::read;
pub(super) use write::write;

use super::{Carries, Characters, Feature, Layers, WriteOptions, json::without_mark};
use columns::{Column, Header};

/// The features that hang on a column.
const BY_COLUMN: [(Column, Feature); 7] = [
    (Column::Id, Feature::Ids),
    (Column::Title, Feature::Title),
    (Column::Metadata, Feature::Metadata),
    (Column::Fragments, Feature::Discontinuous),
    (Column::Attributes, Feature::Attributes),
    (Column::Note, Feature::Notes),
    (Column::Annotator, Feature::Predictions),
];

/// The features that every table has.
const ALWAYS: [Feature; 4] = [
    Feature::Nested,
    Feature::Crossing,
    Feature::SameRange,
    Feature::EmptyDocuments,
];

const MOST: usize = BY_COLUMN.len() + ALWAYS.len();

/// What each choice among the columns of [`BY_COLUMN`] carries, and how many features that is: bit
/// `n` of the place stands for the `n`th of them.
static CARRIED: [([Feature; MOST], usize); 1 << BY_COLUMN.len()] = {
    let mut carried = [([Feature::Nested; MOST], 0); 1 << BY_COLUMN.len()];
    let mut place = 0;
    while place < carried.len() {
        carried[place] = chosen(place);
        place += 1;
    }
    carried
};

const fn chosen(place: usize) -> ([Feature; MOST], usize) {
    let (mut features, mut count) = ([Feature::Nested; MOST], 0);
    while count < ALWAYS.len() {
        features[count] = ALWAYS[count];
        count += 1;
    }
    let mut bit = 0;
    while bit < BY_COLUMN.len() {
        if place >> bit & 1 == 1 {
            features[count] = BY_COLUMN[bit].1;
            count += 1;
        }
        bit += 1;
    }
    (features, count)
}

/// What it carries.
pub(super) fn carries(options: &WriteOptions) -> Carries {
    // Columns that cannot be written are refused when the writing begins.
    let columns = columns::of_options(options).unwrap_or_else(|_| Column::ALL.to_vec());
    let place = (0..)
        .zip(BY_COLUMN)
        .filter(|(_, (column, _))| columns.contains(column))
        .fold(0, |place, (bit, _)| place | 1 << bit);
    let features = CARRIED.get(place);
    let layers = if columns.contains(&Column::Annotator) {
        Layers::All
    } else {
        Layers::One
    };
    Carries {
        layers,
        characters: Characters::All,
        features: features
            .and_then(|(features, count)| features.get(..*count))
            .unwrap_or(&ALWAYS),
    }
}

/// Whether a file that begins with these bytes may be one: its first row names the columns that
/// cannot be missing.
pub(super) fn sniff(start: &[u8]) -> bool {
    header(start).is_some_and(|header| !header.texts_only)
}

/// Whether a table that begins with these bytes has texts, with spans or without.
pub(super) fn has_texts(start: &[u8]) -> bool {
    header(start).is_some()
}

fn header(start: &[u8]) -> Option<Header> {
    let start = without_mark(start);
    let end = memchr::memchr2(b'\n', b'\r', start).unwrap_or(start.len());
    let row = start.get(..end).unwrap_or_default();
    let mut header = csv::ReaderBuilder::new()
        .delimiter(columns::delimiter(row))
        .from_reader(row);
    Header::of(header.byte_headers().ok()?).ok()
}
