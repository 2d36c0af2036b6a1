//! The ranges of a span: one fragment, or several where something stands in between. They are kept
//! sorted and apart, so that equal spans compare equal however they were made.

use serde::{Deserialize, Deserializer, Serialize};

use crate::text::{ByteRange, RangeError};

/// Why ranges cannot be a span's fragments.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FragmentsError {
    /// No range at all.
    #[error("a span needs at least one range")]
    None,
    /// A range of length 0.
    #[error("a span's range at byte {at} is empty")]
    Empty {
        /// Where, in bytes.
        at: usize,
    },
    /// A range that does not fit the text.
    #[error(transparent)]
    Range(#[from] RangeError),
}

/// One or more non-empty byte ranges, sorted, neither overlapping nor touching.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Fragments(Vec<ByteRange>);

impl Fragments {
    /// Fragments from ranges in any order; ranges that overlap or touch become one. They are not
    /// held against a text: see [`Fragments::check`].
    pub fn new(ranges: impl IntoIterator<Item = ByteRange>) -> Result<Self, FragmentsError> {
        let mut ranges: Vec<ByteRange> = ranges.into_iter().collect();
        if let Some(empty) = ranges.iter().find(|range| range.is_empty()) {
            return Err(FragmentsError::Empty { at: empty.start() });
        }
        ranges.sort_unstable();
        let mut merged: Vec<ByteRange> = Vec::with_capacity(ranges.len());
        for range in ranges {
            let joined = merged
                .last()
                .filter(|last| range.start() <= last.end())
                .and_then(|last| {
                    ByteRange::unchecked_order(last.start(), last.end().max(range.end()))
                });
            match (joined, merged.last_mut()) {
                (Some(joined), Some(last)) => *last = joined,
                _ => merged.push(range),
            }
        }
        if merged.is_empty() {
            Err(FragmentsError::None)
        } else {
            Ok(Self(merged))
        }
    }

    /// Fragments that fit `text`: inside it, edges on characters.
    pub fn checked(
        text: &str,
        ranges: impl IntoIterator<Item = ByteRange>,
    ) -> Result<Self, FragmentsError> {
        let fragments = Self::new(ranges)?;
        fragments.check(text)?;
        Ok(fragments)
    }

    /// Whether all of it lies inside `text`, edges on characters.
    pub fn check(&self, text: &str) -> Result<(), RangeError> {
        self.0.iter().try_for_each(|range| range.check(text))
    }

    /// The ranges, sorted.
    pub fn ranges(&self) -> &[ByteRange] {
        &self.0
    }

    /// The first byte.
    pub fn start(&self) -> usize {
        self.0.first().map_or(0, ByteRange::start)
    }

    /// The byte behind the last.
    pub fn end(&self) -> usize {
        self.0.last().map_or(0, ByteRange::end)
    }

    /// From the first byte to the last, gaps included, as (start, end).
    pub fn extent(&self) -> (usize, usize) {
        (self.start(), self.end())
    }

    /// Whether byte `at` lies in a fragment.
    pub fn contains(&self, at: usize) -> bool {
        self.0
            .iter()
            .any(|range| range.start() <= at && at < range.end())
    }

    /// Whether every byte of `other` lies in a fragment.
    pub fn covers(&self, other: &Self) -> bool {
        other
            .0
            .iter()
            .all(|inner| self.0.iter().any(|outer| outer.contains_range(*inner)))
    }

    /// These fragments and one more.
    pub fn with(&self, range: ByteRange) -> Result<Self, FragmentsError> {
        Self::new(self.0.iter().copied().chain([range]))
    }

    /// These fragments with another first byte (`None` where the first fragment would vanish).
    pub fn with_start(&self, start: usize) -> Option<Self> {
        let (first, rest) = self.0.split_first()?;
        let first = ByteRange::unchecked_order(start, first.end()).filter(|r| !r.is_empty())?;
        Self::new([first].into_iter().chain(rest.iter().copied())).ok()
    }

    /// These fragments with another end (`None` where the last fragment would vanish).
    pub fn with_end(&self, end: usize) -> Option<Self> {
        let (last, rest) = self.0.split_last()?;
        let last = ByteRange::unchecked_order(last.start(), end).filter(|r| !r.is_empty())?;
        Self::new(rest.iter().copied().chain([last])).ok()
    }

    /// The beginning of what [`Self::text`] gives, about `most` bytes of each fragment and no more
    /// fragments than that takes: for excerpts, where the whole may be long.
    pub fn beginning(&self, text: &str, most: usize) -> String {
        let mut beginning = String::new();
        for range in &self.0 {
            if !beginning.is_empty() {
                beginning.push_str(" … ");
            }
            let part = range.slice(text);
            let end = part.floor_char_boundary(most);
            beginning.push_str(part.get(..end).unwrap_or_default());
            if beginning.len() >= most {
                break;
            }
        }
        beginning
    }

    /// The text of the fragments, joined by ` … `.
    pub fn text(&self, text: &str) -> String {
        let parts: Vec<&str> = self.0.iter().map(|range| range.slice(text)).collect();
        parts.join(" … ")
    }
}

impl<'de> Deserialize<'de> for Fragments {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Vec::<ByteRange>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn range(start: usize, end: usize) -> ByteRange {
        ByteRange::unchecked_order(start, end).unwrap()
    }

    #[test]
    fn ranges_are_sorted_and_joined() {
        let fragments = Fragments::new([range(8, 9), range(0, 3), range(3, 5)]).unwrap();
        assert_eq!(fragments.ranges(), [range(0, 5), range(8, 9)]);
        assert_eq!(fragments.extent(), (0, 9));
        assert!(fragments.contains(4) && !fragments.contains(5) && fragments.contains(8));
        assert_eq!(fragments.text("abcdefghi"), "abcde … i");
    }

    #[test]
    fn empty_and_foreign_ranges_are_refused() {
        assert_eq!(Fragments::new([]), Err(FragmentsError::None));
        assert_eq!(
            Fragments::new([range(2, 2)]),
            Err(FragmentsError::Empty { at: 2 })
        );
        assert!(Fragments::checked("نص", [range(0, 3)]).is_err());
        assert!(Fragments::checked("نص", [range(0, 5)]).is_err());
        assert!(Fragments::checked("نص", [range(0, 4)]).is_ok());
        assert!(serde_json::from_str::<Fragments>("[]").is_err());
        assert!(serde_json::from_str::<Fragments>("[[3,1]]").is_err());
    }

    #[test]
    fn edges_move_but_never_past_each_other() {
        let fragments = Fragments::new([range(2, 4), range(6, 8)]).unwrap();
        assert_eq!(fragments.with_start(0).unwrap().extent(), (0, 8));
        assert!(fragments.with_start(4).is_none());
        assert_eq!(fragments.with_end(7).unwrap().extent(), (2, 7));
        assert!(fragments.with_end(6).is_none());
    }
}
