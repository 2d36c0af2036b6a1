//! A normalised copy of a text with a map back: for features and for comparing short texts. Search in a long
//! text goes without a copy, see [`super::Finder`].

use super::fold::step;
use crate::text::ByteRange;
use std::ops::Range;

/// A normalised text and where each of its characters comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Normalized {
    /// The text as search sees it.
    pub text: String,
    /// For each character of `text`, where it starts in it and what it stands for in the original.
    map: Vec<Origin>,
}

/// All in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Origin {
    at: usize,
    start: usize,
    end: usize,
}

impl Normalized {
    /// The part of the original that `range` of the normalised text (in its bytes) comes from: whole letters
    /// with the marks on them, the whole ligature where only a part of one is in the range. An empty range
    /// gives the empty one before its letter; a range outside gives what of it is inside.
    pub fn original(&self, range: Range<usize>) -> ByteRange {
        let first = self.index_of(range.start);
        let last = self.index_of(range.end.saturating_sub(1));
        let end = self.map.last().map_or(0, |origin| origin.end);
        let start = if range.start < self.text.len() {
            self.map.get(first).map_or(end, |origin| origin.start)
        } else {
            end
        };
        let end = if range.end > range.start {
            self.map.get(last).map_or(end, |origin| origin.end)
        } else {
            start
        };
        ByteRange::unchecked_order(start, end.max(start)).unwrap_or(EMPTY)
    }

    /// The place in the map of the character that holds byte `at` of the normalised text.
    fn index_of(&self, at: usize) -> usize {
        self.map
            .partition_point(|origin| origin.at <= at)
            .saturating_sub(1)
    }
}

const EMPTY: ByteRange = ByteRange::whole("");

/// `text` as search sees it.
pub fn normalize(text: &str) -> Normalized {
    let mut normalized = Normalized {
        text: String::with_capacity(text.len()),
        map: Vec::new(),
    };
    let mut at = 0;
    while let Some(step) = step(text, at) {
        for &letter in step.letters.as_slice() {
            let origin = Origin {
                at: normalized.text.len(),
                start: step.start,
                end: step.visible_end,
            };
            normalized.map.push(origin);
            normalized.text.push(letter);
        }
        at = step.end;
    }
    normalized
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
    use proptest::prelude::*;

    fn text_of(text: &str) -> String {
        normalize(text).text
    }

    #[test]
    fn folds_what_readers_take_for_the_same() {
        assert_eq!(text_of("مُحَمَّدٌ"), "محمد");
        assert_eq!(text_of("الـمـــوقع"), "الموقع");
        assert_eq!(text_of("أإآٱ مستشفى مدرسة"), "اااا مستشفي مدرسه");
        assert_eq!(text_of("١٢ ۱۲ 12"), "12 12 12");
        assert_eq!(text_of("AFP É\u{A0}Å"), "afp e a");
        assert_eq!(text_of("ﻻ ﻹ ﷲ ﻣﺤﻤﺪ"), "لا لا الله محمد");
        assert_eq!(
            text_of("می\u{200C}خواهم \u{200F}AFP\u{200E}"),
            "میخواهم afp"
        );
        assert_eq!(text_of("مؤتمر رئيس"), "مؤتمر رئيس");
    }

    #[test]
    fn composed_and_decomposed_are_the_same() {
        assert_eq!(text_of("ا\u{654}ا\u{655}ا\u{653}"), "ااا");
        assert_eq!(text_of("مو\u{654}تمر ري\u{654}يس"), "مؤتمر رئيس");
        assert_eq!(text_of("و\u{64E}\u{654}"), "ؤ");
        assert_eq!(text_of("e\u{301}"), text_of("é"));
    }

    #[test]
    fn maps_back_to_whole_letters() {
        let text = "قال مُحَمَّدٌ إنﷲ";
        let normalized = normalize(text);
        let original = |part: &str| {
            let start = normalized.text.find(part).unwrap();
            normalized.original(start..start + part.len()).slice(text)
        };
        assert_eq!(original("محمد"), "مُحَمَّدٌ");
        assert_eq!(original("م"), "مُ");
        assert_eq!(original("د ا"), "دٌ إ");
        assert_eq!(original("لل"), "ﷲ", "a part of a ligature is all of it");
        assert_eq!(normalized.original(0..0).as_range(), 0..0);
        assert_eq!(normalized.original(3..9000).end(), text.len());
        assert!(normalized.original(9000..9001).is_empty());
        assert!(normalize("\u{64E}").original(0..1).is_empty());
    }

    proptest! {
        #[test]
        fn ranges_are_valid_and_in_order(text in "([اأبويةى1٢]|[\u{64B}-\u{655}]|ـ|\u{200C}|\u{200F}|ﻻ|ﷺ|é|A| |\n|😀){0,30}") {
            let normalized = normalize(&text);
            prop_assert_eq!(&text_of(&normalized.text), &normalized.text);
            let mut last = 0;
            for (at, ch) in normalized.text.char_indices() {
                let range = normalized.original(at..at + ch.len_utf8());
                prop_assert!(range.check(&text).is_ok() && !range.is_empty());
                prop_assert!(range.start() >= last);
                let again = text_of(range.slice(&text));
                prop_assert!(again.contains(ch), "{} from {:?}", ch, range.slice(&text));
                last = range.start();
            }
            prop_assert!(normalized.original(0..normalized.text.len()).check(&text).is_ok());
        }
    }
}
