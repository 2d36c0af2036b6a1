//! What lies between the edges of two spans of one label: proclitics, punctuation and space, or more. Places
//! are code points of the text.

use std::cell::Cell;

use super::Class;
use crate::agreement::Piece;
use crate::text::invisible::{self, InvisibleKind};

/// A text that is read by places. Edges come in reading order, so each is looked for from the one before: of a
/// long text only what lies between is walked through, and nothing is copied.
pub(super) struct Places<'t> {
    text: &'t str,
    /// The code point that was looked for last, and its byte.
    last: Cell<(usize, usize)>,
}

impl<'t> Places<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self {
            text,
            last: Cell::new((0, 0)),
        }
    }

    /// What stands before a place and from it on; `None` behind the end.
    fn split(&self, place: u32) -> Option<(&'t str, &'t str)> {
        let place = place as usize;
        let (known, byte) = self.last.get();
        let (before, behind) = self.text.split_at_checked(byte)?;
        let at = if let Some(back) = known.checked_sub(place + 1) {
            let mut chars = before.chars();
            chars.nth_back(back)?;
            chars.as_str().len()
        } else {
            let mut chars = behind.chars();
            if let Some(on) = place.checked_sub(known + 1) {
                chars.nth(on)?;
            }
            self.text.len() - chars.as_str().len()
        };
        self.last.set((place, at));
        self.text.split_at_checked(at)
    }

    /// What stands between two places.
    fn between(&self, start: u32, end: u32) -> Option<&'t str> {
        let (_, from) = self.split(start)?;
        let (_, behind) = self.split(end)?;
        from.get(..from.len().checked_sub(behind.len())?)
    }
}

/// How spans of one label that meet differ; the pieces are not the same. `alike`: with all taken in that can be
/// proclitics they start at the same place.
pub(super) fn class(text: &Places<'_>, alike: bool, left: &[Piece], right: &[Piece]) -> Class {
    if alike && is_clitic(left, right) {
        Class::Clitic
    } else if is_punctuation(text, left, right) {
        Class::Punctuation
    } else {
        Class::Boundary
    }
}

/// Whether only the starts differ.
fn is_clitic(left: &[Piece], right: &[Piece]) -> bool {
    let (Some((first, rest)), Some((other, others))) = (left.split_first(), right.split_first())
    else {
        return false;
    };
    rest == others && first.end == other.end && first.start != other.start
}

/// Whether all that is in one and not in the other is punctuation or space.
fn is_punctuation(text: &Places<'_>, left: &[Piece], right: &[Piece]) -> bool {
    let mut edges: Vec<u32> = left
        .iter()
        .chain(right)
        .flat_map(|piece| [piece.start, piece.end])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let holds = |pieces: &[Piece], at: u32| {
        pieces
            .iter()
            .any(|piece| piece.start <= at && at < piece.end)
    };
    edges.windows(2).all(|pair| {
        let [start, end] = *pair else {
            return true;
        };
        let marks = || {
            text.between(start, end)
                .unwrap_or_default()
                .chars()
                .all(is_mark)
        };
        holds(left, start) == holds(right, start) || marks()
    })
}

/// Punctuation, white space and what is invisible. Signs that mean something (%, $, +) are none.
fn is_mark(ch: char) -> bool {
    let ascii = ch.is_ascii_punctuation()
        && !matches!(ch, '%' | '$' | '+' | '<' | '=' | '>' | '^' | '|' | '~');
    let arabic = matches!(
        ch,
        '،' | '؛' | '؟' | '۔' | '٫' | '٬' | '؞' | '٭' | '؍' | '﴾' | '﴿'
    );
    let general = matches!(
        ch,
        '«' | '»' | '·' | '¡' | '¿' | '§' | '¶' | '´' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}'
            | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205E}'
    );
    let wide =
        matches!(ch, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}');
    let permille = matches!(ch, '\u{2030}' | '\u{2031}');
    ch.is_whitespace()
        || ascii
        || arabic
        || (general && !permille)
        || wide
        || invisible::kind_of(ch).is_some_and(|kind| kind != InvisibleKind::PresentationForm)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn places_are_found_from_wherever_was_looked_last() {
        let text = "aوb،c";
        let places = Places::new(text);
        let all: Vec<char> = text.chars().collect();
        for from in 0..=5 {
            for to in 0..=5 {
                places.split(from).unwrap();
                let (before, behind) = places.split(to).unwrap();
                assert_eq!(
                    (before.chars().count(), before.len() + behind.len()),
                    (to as usize, text.len())
                );
                let between: Option<String> = places.between(from, to).map(str::to_owned);
                let same = all.get(from as usize..to as usize);
                assert_eq!(between, same.map(|part| part.iter().collect()));
            }
        }
        assert!(places.split(6).is_none() && places.split(5).is_some());
        assert!(places.between(2, 6).is_none());
    }
}
