//! A range of a text in bytes, as every span, hit and selection holds it. Its fields are private, so that a
//! range that exists was either checked against a text or is known to be unchecked (decoded from an edit).

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A half-open range of bytes, `start <= end`. Serialised as `[start, end]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "[usize; 2]", try_from = "[usize; 2]")]
pub struct ByteRange {
    start: usize,
    end: usize,
}

/// Why two numbers are not a range of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// The end lies before the start.
    #[error("the range ends at byte {end}, before its start at byte {start}")]
    Backwards {
        /// The start, in bytes.
        start: usize,
        /// The end, in bytes.
        end: usize,
    },
    /// The end lies outside the text.
    #[error("the range ends at byte {end}, but the text has only {len} bytes")]
    Outside {
        /// The end, in bytes.
        end: usize,
        /// The length of the text, in bytes.
        len: usize,
    },
    /// An edge lies between the bytes of one character.
    #[error("byte {at} lies inside a character")]
    InsideCharacter {
        /// The edge at fault, in bytes.
        at: usize,
    },
}

impl ByteRange {
    /// A range of `text` from byte `start` to byte `end`, or what is wrong with it.
    pub fn new(text: &str, start: usize, end: usize) -> Result<Self, RangeError> {
        let range =
            Self::unchecked_order(start, end).ok_or(RangeError::Backwards { start, end })?;
        range.check(text)?;
        Ok(range)
    }

    /// A range of bytes whose text is not at hand, as decoded from storage; [`Self::check`] it before use.
    /// `None` if the end lies before the start.
    pub const fn unchecked_order(start: usize, end: usize) -> Option<Self> {
        if start <= end {
            Some(Self { start, end })
        } else {
            None
        }
    }

    /// The whole of `text`.
    pub const fn whole(text: &str) -> Self {
        Self {
            start: 0,
            end: text.len(),
        }
    }

    /// Whether this is a range of `text`: inside it, and with both edges between characters.
    pub fn check(&self, text: &str) -> Result<(), RangeError> {
        let Self { start, end } = *self;
        if end > text.len() {
            return Err(RangeError::Outside {
                end,
                len: text.len(),
            });
        }
        match [start, end]
            .into_iter()
            .find(|&at| !text.is_char_boundary(at))
        {
            Some(at) => Err(RangeError::InsideCharacter { at }),
            None => Ok(()),
        }
    }

    /// The first byte.
    pub const fn start(&self) -> usize {
        self.start
    }

    /// The byte after the last one.
    pub const fn end(&self) -> usize {
        self.end
    }

    /// The length in bytes.
    pub const fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub const fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether byte `at` is one of the range's.
    pub const fn contains(&self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether all of `other` lies inside this range; an equal range does.
    pub const fn contains_range(&self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(&self, other: Self) -> bool {
        self.intersect(other).is_some()
    }

    /// The bytes of both, if there are any.
    pub const fn intersect(&self, other: Self) -> Option<Self> {
        let start = if self.start > other.start {
            self.start
        } else {
            other.start
        };
        let end = if self.end < other.end {
            self.end
        } else {
            other.end
        };
        if start < end {
            Some(Self { start, end })
        } else {
            None
        }
    }

    /// The range's text, empty if the range does not fit `text`.
    pub fn slice<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The same as a standard range of bytes.
    pub const fn as_range(&self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<ByteRange> for [usize; 2] {
    fn from(range: ByteRange) -> Self {
        [range.start, range.end]
    }
}

impl TryFrom<[usize; 2]> for ByteRange {
    type Error = RangeError;

    fn try_from([start, end]: [usize; 2]) -> Result<Self, RangeError> {
        Self::unchecked_order(start, end).ok_or(RangeError::Backwards { start, end })
    }
}

impl From<ByteRange> for Range<usize> {
    fn from(range: ByteRange) -> Self {
        range.as_range()
    }
}

/// `at` moved back onto the edge of a character of `text`, and into it.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

/// The part of `text` between two positions, empty if they are not ones.
pub(super) fn between(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// The part of `text` before byte `at`.
pub(super) fn before(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or_default()
}

/// The part of `text` from byte `at` on.
pub(super) fn after(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

#[cfg(test)]
pub(super) mod marked {
    //! Ranges marked inside strings: `قال [سيرغي] إن`.
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use super::ByteRange;
    /// The text without its marks, and the range between `[` and `]`.
    pub(crate) fn range(marked: &str) -> (String, ByteRange) {
        let start = marked.find('[').expect("an opening mark");
        let end = marked.find(']').expect("a closing mark") - 1;
        let text = marked.replace(['[', ']'], "");
        let range = ByteRange::new(&text, start, end).unwrap();
        (text, range)
    }

    /// `text` with marks around `range`.
    pub(crate) fn show(text: &str, range: impl Into<std::ops::Range<usize>>) -> String {
        let range = range.into();
        let part = |from: usize, to: usize| text.get(from..to).unwrap();
        let inside = brackets(part(range.start, range.end));
        [part(0, range.start), &inside, part(range.end, text.len())].concat()
    }

    /// `text` between marks.
    pub(crate) fn brackets(text: &str) -> String {
        format!("[{text}]")
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::string_slice,
        reason = "tests"
    )]

    use super::*;

    #[test]
    fn says_what_is_wrong_with_a_range() {
        let text = "قال";
        assert_eq!(
            ByteRange::new(text, 4, 2),
            Err(RangeError::Backwards { start: 4, end: 2 })
        );
        assert_eq!(
            ByteRange::new(text, 0, 7),
            Err(RangeError::Outside { end: 7, len: 6 })
        );
        assert_eq!(
            ByteRange::new(text, 1, 4),
            Err(RangeError::InsideCharacter { at: 1 })
        );
        assert_eq!(
            ByteRange::new(text, 0, 3),
            Err(RangeError::InsideCharacter { at: 3 })
        );
        assert_eq!(ByteRange::new(text, 2, 6).unwrap().slice(text), "ال");
        assert!(ByteRange::new("", 0, 0).unwrap().is_empty());
    }

    #[test]
    fn a_range_of_another_text_slices_to_nothing() {
        let range = ByteRange::unchecked_order(1, 90).unwrap();
        assert_eq!(range.slice("قال"), "");
        assert!(range.check("قال").is_err());
    }

    #[test]
    fn relates_ranges() {
        let range = |start, end| ByteRange::unchecked_order(start, end).unwrap();
        assert!(range(2, 8).contains_range(range(2, 8)));
        assert!(!range(2, 8).contains_range(range(1, 3)));
        assert!(range(2, 8).overlaps(range(7, 9)));
        assert!(!range(2, 8).overlaps(range(8, 9)));
        assert_eq!(range(2, 8).intersect(range(4, 20)), Some(range(4, 8)));
        assert_eq!(range(2, 8).intersect(range(8, 8)), None);
    }

    #[test]
    fn is_a_pair_on_disk_and_refuses_a_backward_one() {
        let range = ByteRange::unchecked_order(3, 9).unwrap();
        assert_eq!(serde_json::to_string(&range).unwrap(), "[3,9]");
        assert_eq!(serde_json::from_str::<ByteRange>("[3,9]").unwrap(), range);
        assert!(serde_json::from_str::<ByteRange>("[9,3]").is_err());
    }

    #[test]
    fn positions_move_onto_characters() {
        assert_eq!(floor("قال", 3), 2);
        assert_eq!(floor("قال", 99), 6);
        assert_eq!(floor("", 5), 0);
    }
}
