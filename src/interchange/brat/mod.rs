//! brat's standoff: a text file, and beside it lines that point into it in code points: text-bounds
//! (`T1`), relations (`R1`), events (`E1`), attributes (`A1`), normalisations (`N1`), notes (`#1`).
//! `annotation.conf` lists the types, `visual.conf` their names for people.

mod line;
mod read;
#[cfg(test)]
mod tests;
mod types;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::{Carries, Characters, Feature, Layers, WriteOptions};

/// The note in which we keep what brat's lines cannot hold: values and notes of several lines.
const OWN_NOTE: &str = "Hashiya";

/// What it carries.
pub(super) fn carries(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::One,
        characters: Characters::All,
        features: &[
            Feature::Nested,
            Feature::Crossing,
            Feature::SameRange,
            Feature::Discontinuous,
            Feature::Relations,
            Feature::Attributes,
            Feature::Notes,
            Feature::EmptyDocuments,
        ],
    }
}

/// Whether a file that begins with these bytes may be one.
pub(super) fn sniff(start: &[u8]) -> bool {
    let begins = |line: &[u8]| {
        matches!(
            line.first(),
            Some(b'T' | b'R' | b'E' | b'A' | b'M' | b'N' | b'#' | b'*')
        ) && line.contains(&b'\t')
    };
    let mut lines = start.split(|byte| *byte == b'\n');
    lines
        .find(|line| !line.trim_ascii().is_empty())
        .is_none_or(begins)
}
