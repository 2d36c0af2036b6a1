//! CoNLL-U: ten columns, of which ours fill the number, the form and `MISC`: `start_char` and
//! `end_char` in code points and `ner` as Stanza writes them (`ner2` and so on for deeper levels of
//! nesting), and `UDPipe`'s white space. A word that a span's edge splits is a multiword token, so
//! that a clitic outside a span stays outside. Id, title and metadata stand in comments.

mod read;
mod spread;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::{Carries, Characters, Feature, Layers, WriteOptions, json::without_mark};

/// The comment that holds a document's id, title and metadata as JSON.
const HEAD: &str = "# document = ";

/// What it carries.
pub(super) fn carries(_options: &WriteOptions) -> Carries {
    Carries {
        layers: Layers::One,
        characters: Characters::All,
        features: &[
            Feature::Nested,
            Feature::Crossing,
            Feature::SameRange,
            Feature::Title,
            Feature::Ids,
            Feature::Metadata,
        ],
    }
}

/// Whether a file that begins with these bytes may be one: its first line that is no comment has
/// ten columns. The last line at hand may be cut off.
pub(super) fn sniff(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(without_mark(start));
    let mut lines = start
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .next()
        .is_none_or(|line| line.split('\t').count() == 10)
}

/// Whether these lines are of such a file beyond doubt: each that is no comment has ten columns, the
/// first of them a number.
pub(super) fn is_told<'l>(lines: impl Iterator<Item = &'l str>) -> bool {
    let mut tokens = lines
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .peekable();
    let number = |id: &str| {
        id.starts_with(|first: char| first.is_ascii_digit())
            && id
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'.'))
    };
    let token = |line: &str| {
        let mut columns = line.split('\t');
        columns.next().is_some_and(number) && columns.count() == 9
    };
    tokens.peek().is_some() && tokens.all(token)
}
