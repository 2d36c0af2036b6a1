//! Columns as of `CoNLL`: a token a line, blank lines between sentences, a `-DOCSTART-` line before each
//! document. Ours have the token, its range in code points, the white space around it, and tags: a
//! column a level of nesting, the outermost first, so that the fourth column is CoNLL-2003's. All
//! is in columns and nothing in comments, which common readers take for tokens.
//!
//! The white space stands as in CoNLL-U's `MISC`. White space in labels is written `\s`.

mod read;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::{Carries, Characters, Feature, Layers, WriteOptions, json::without_mark, tags};

/// What a line before a document begins with.
const START: &str = "-DOCSTART-";

/// What it carries.
pub(super) fn carries(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::One,
        characters: Characters::All,
        features: &[
            Feature::Nested,
            Feature::Crossing,
            Feature::SameRange,
            Feature::EmptyDocuments,
        ],
    }
}

/// Whether a file that begins with these bytes may be one: its first line of columns ends with a
/// tag. The last line at hand may be cut off.
pub(super) fn sniff(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(without_mark(start));
    let mut lines = start.lines().map(str::trim).filter(|line| {
        let comment = line.starts_with('#') && last_tag(line).is_none();
        !line.is_empty() && !comment
    });
    lines
        .next()
        .is_none_or(|line| line.starts_with(START) || last_tag(line).is_some())
}

/// The tag at a line's end, where there are columns before it.
fn last_tag(line: &str) -> Option<(u8, &str)> {
    let (_, last) = line.rsplit_once(char::is_whitespace)?;
    tags::parse(last)
}
