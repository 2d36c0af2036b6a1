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

use std::collections::BTreeMap;

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

/// Whether these lines are columns beyond doubt: nearly all of them end with a tag, which is the last
/// of as many columns in nearly each (of our own, whose levels differ, at least behind a tab). Some say
/// that there is no span: lines of “B-12” alone may be of vitamins.
pub(super) fn is_told<'l>(lines: impl Iterator<Item = &'l str>) -> bool {
    let seen = Seen::of(lines);
    let nearly = |count: usize| (seen.lines - count) * 20 <= seen.lines;
    let even = seen.counts.values().copied().max().unwrap_or(0);
    // Many lines that all end with O are hardly anything else.
    let says = seen.spans > 0 || seen.lines >= 50;
    says && seen.spans < seen.tagged && nearly(seen.tagged) && (nearly(even) || nearly(seen.tabbed))
}

/// Whether these lines may be columns: half of them end with a tag.
pub(super) fn is_likely<'l>(lines: impl Iterator<Item = &'l str>) -> bool {
    let seen = Seen::of(lines);
    seen.spans > 0 && seen.tagged >= 3 && seen.tagged * 2 >= seen.lines
}

/// Counts of lines that are neither blank nor comments.
#[derive(Default)]
struct Seen {
    lines: usize,
    /// Those that end with a tag behind other columns.
    tagged: usize,
    /// Those whose tag is of a span.
    spans: usize,
    /// Those with a tag and tabs.
    tabbed: usize,
    /// Those with a tag, by how many columns they have.
    counts: BTreeMap<usize, usize>,
}

impl Seen {
    fn of<'l>(lines: impl Iterator<Item = &'l str>) -> Self {
        let mut seen = Self::default();
        for line in lines.map(str::trim_end) {
            let tag = last_tag(line);
            if line.is_empty()
                || line.starts_with(START)
                || (line.starts_with('#') && tag.is_none())
            {
                continue;
            }
            seen.lines += 1;
            if tag.is_none() {
                continue;
            }
            let columns: Vec<&str> = if line.contains('\t') {
                line.split('\t').collect()
            } else {
                line.split_whitespace().collect()
            };
            // The last level of nesting is often empty.
            let of_span = |column: &&str| tags::parse(column).is_some_and(|(at, _)| at != b'O');
            seen.tagged += 1;
            seen.spans += usize::from(columns.iter().skip(1).any(of_span));
            seen.tabbed += usize::from(line.contains('\t'));
            *seen.counts.entry(columns.len()).or_default() += 1;
        }
        seen
    }
}

/// The tag at a line's end, where there are columns before it.
fn last_tag(line: &str) -> Option<(u8, &str)> {
    let (_, last) = line.rsplit_once(char::is_whitespace)?;
    tags::parse(last)
}
