//! Tokens as spaCy and Prodigy have them: all of a text, split at the edges of spans. One space
//! behind a token is its own, other white space is a token, so that the text comes back.

use crate::text::ByteRange;

use super::{DocumentRecord, WriteError, tokens::Tokens};

/// A token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    /// Where it stands.
    pub(super) range: ByteRange,
    /// Whether a space follows, which is no part of it.
    pub(super) space: bool,
    /// Whether it is white space.
    pub(super) is_space: bool,
}

/// The tokens of a document, split at the edges of all its spans.
pub(super) fn cuts_of(record: &DocumentRecord) -> Vec<Cut> {
    let text = &*record.text;
    let spans = record.layers.iter().flat_map(|layer| &layer.spans);
    let ranges = spans.flat_map(|span| span.data.fragments.ranges()).copied();
    let tokens = Tokens::of(text, ranges);
    let mut cuts: Vec<Cut> = Vec::with_capacity(tokens.as_slice().len());
    let mut covered = 0;
    for token in tokens.as_slice() {
        blank(text, covered, token.range.start(), &mut cuts);
        cuts.push(Cut {
            range: token.range,
            space: false,
            is_space: token.is_space,
        });
        covered = token.range.end();
    }
    blank(text, covered, text.len(), &mut cuts);
    cuts
}

/// Adds the white space between two tokens.
fn blank(text: &str, start: usize, end: usize, cuts: &mut Vec<Cut>) {
    let mut from = start;
    let begins = text.get(start..end).is_some_and(|gap| gap.starts_with(' '));
    if begins && let Some(last) = cuts.last_mut() {
        last.space = true;
        from += 1;
    }
    if let Ok(range) = ByteRange::new(text, from, end)
        && !range.is_empty()
    {
        cuts.push(Cut {
            range,
            space: false,
            is_space: true,
        });
    }
}

/// The tokens of a range, whose edges are edges of tokens: the first, and the one behind the last.
pub(super) fn within(cuts: &[Cut], start: usize, end: usize) -> Result<(usize, usize), WriteError> {
    let first = cuts.partition_point(|cut| cut.range.end() <= start);
    let behind = cuts.partition_point(|cut| cut.range.start() < end);
    let starts = cuts
        .get(first)
        .is_some_and(|cut| cut.range.start() == start);
    let last = behind.checked_sub(1).and_then(|last| cuts.get(last));
    if !starts || last.is_none_or(|cut| cut.range.end() != end) || first >= behind {
        return Err(WriteError::NoRange { at: start });
    }
    Ok((first, behind))
}
