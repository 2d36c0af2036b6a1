//! Ranges as files count them. A text and a unit make byte ranges of a file's numbers, and numbers
//! of byte ranges, all through the one map of offsets.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::{
    annotation::Fragments,
    text::{self, ByteRange, OffsetMap},
};

use super::{SpanError, WriteError};

/// What a format counts its ranges in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Code points.
    CodePoints,
    /// UTF-16 code units.
    #[serde(rename = "utf-16")]
    Utf16,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Bytes, Self::CodePoints, Self::Utf16];

    /// Its name on the command line and in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::CodePoints => "code-points",
            Self::Utf16 => "utf-16",
        }
    }

    /// The unit of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }

    /// Its name for people.
    pub(super) const fn plural(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16 units",
        }
    }
}

/// A number as a file has it: a problem shows it as it stands there.
pub(super) trait Position: fmt::Display {
    /// The number, if it can be a position.
    fn position(&self) -> Option<usize>;
}

impl Position for usize {
    fn position(&self) -> Option<usize> {
        Some(*self)
    }
}

impl Position for i64 {
    fn position(&self) -> Option<usize> {
        usize::try_from(*self).ok()
    }
}

impl Position for str {
    fn position(&self) -> Option<usize> {
        let digits = !self.is_empty() && self.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| self.parse().ok()).flatten()
    }
}

impl Position for Value {
    fn position(&self) -> Option<usize> {
        usize::try_from(self.as_u64()?).ok()
    }
}

impl<P: Position + ?Sized> Position for &P {
    fn position(&self) -> Option<usize> {
        (**self).position()
    }
}

/// A text whose ranges are given in a unit.
pub(super) struct Offsets<'a> {
    text: &'a str,
    unit: Unit,
    map: OffsetMap,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(text: &'a str, unit: Unit) -> Self {
        let map = OffsetMap::new(text);
        Self { text, unit, map }
    }

    /// The text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The range of a file's two numbers.
    pub(super) fn range<P: Position>(&self, start: P, end: P) -> Result<ByteRange, SpanError> {
        let at = |position: &P| self.byte(position.position()?);
        match at(&start).zip(at(&end)) {
            Some((first, last)) => {
                ByteRange::new(self.text, first, last).map_err(|_| self.no_range(&start, &end))
            }
            None => Err(self
                .inside(&start)
                .or_else(|| self.inside(&end))
                .unwrap_or_else(|| self.no_range(&start, &end))),
        }
    }

    /// The fragments of a file's pairs of numbers.
    pub(super) fn fragments<P: Position>(
        &self,
        ranges: impl IntoIterator<Item = (P, P)>,
    ) -> Result<Fragments, SpanError> {
        let ranges: Result<Vec<ByteRange>, SpanError> = ranges
            .into_iter()
            .map(|(start, end)| self.range(start, end))
            .collect();
        Ok(Fragments::checked(self.text, ranges?)?)
    }

    /// The byte at which a position of the file lies; `None` outside the text or in a character.
    pub(super) fn byte(&self, position: usize) -> Option<usize> {
        match self.unit {
            Unit::Bytes => self.text.is_char_boundary(position).then_some(position),
            Unit::CodePoints => self.map.byte_of_char(self.text, position),
            Unit::Utf16 => self.map.byte_of_utf16(self.text, position),
        }
    }

    /// A byte's position in the file's unit.
    pub(super) fn position(&self, byte: usize) -> Result<usize, WriteError> {
        let position = match self.unit {
            Unit::Bytes => self.text.is_char_boundary(byte).then_some(byte),
            Unit::CodePoints => self.map.char_of_byte(self.text, byte),
            Unit::Utf16 => self.map.utf16_of_byte(self.text, byte),
        };
        position.ok_or(WriteError::NoRange { at: byte })
    }

    /// A range in the file's unit.
    pub(super) fn pair(&self, range: &ByteRange) -> Result<(usize, usize), WriteError> {
        Ok((self.position(range.start())?, self.position(range.end())?))
    }

    /// The text's length in the file's unit.
    pub(super) fn len(&self) -> usize {
        match self.unit {
            Unit::Bytes => self.map.byte_len(),
            Unit::CodePoints => self.map.char_len(),
            Unit::Utf16 => self.map.utf16_len(),
        }
    }

    fn inside<P: Position>(&self, position: &P) -> Option<SpanError> {
        let inside = position
            .position()
            .is_some_and(|at| at < self.len() && self.byte(at).is_none());
        inside.then(|| SpanError::Inside {
            at: position.to_string(),
            unit: self.unit.plural(),
        })
    }

    fn no_range<P: Position>(&self, start: &P, end: &P) -> SpanError {
        SpanError::Range {
            start: text::quote(&start.to_string(), 40),
            end: text::quote(&end.to_string(), 40),
            len: self.len(),
            unit: self.unit.plural(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_range_is_the_same_in_every_unit() {
        let text = "أ 👨\u{200D}👩 قال";
        let quoted = "👩";
        let start = text.find(quoted).unwrap();
        let range = ByteRange::new(text, start, start + quoted.len()).unwrap();
        for (unit, pair) in [
            (Unit::Bytes, (10, 14)),
            (Unit::CodePoints, (4, 5)),
            (Unit::Utf16, (5, 7)),
        ] {
            let offsets = Offsets::new(text, unit);
            assert_eq!(offsets.pair(&range).unwrap(), pair);
            assert_eq!(offsets.range(pair.0, pair.1).unwrap(), range);
            assert_eq!(Unit::named(unit.name()), Some(unit));
            let json = serde_json::to_string(&unit).unwrap();
            assert_eq!(json, format!("\"{}\"", unit.name()));
        }
    }

    #[test]
    fn what_is_no_range_is_said_in_the_files_unit() {
        let said = |unit, start: &str, end: &str| {
            Offsets::new("أ👨", unit)
                .range(start, end)
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            said(Unit::Utf16, "0", "4"),
            "0 to 4 is no range of a text of 3 UTF-16 units"
        );
        assert_eq!(
            said(Unit::Utf16, "0", "2"),
            "2 lies inside a character, counted in UTF-16 units"
        );
        assert_eq!(
            said(Unit::Bytes, "1", "2"),
            "1 lies inside a character, counted in bytes"
        );
        assert!(said(Unit::CodePoints, "-1", "2").starts_with("-1 to 2"));
        assert!(said(Unit::CodePoints, "2", "1").starts_with("2 to 1"));
        assert!(said(Unit::CodePoints, "+1", "2").starts_with("+1 to 2"));
    }
}
