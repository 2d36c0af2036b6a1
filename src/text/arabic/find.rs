//! Search over normalised Arabic without a normalised copy, fast enough for a corpus: it jumps, with a vector
//! search for single bytes, to each place where the needle's rarest letter may stand, and walks from there.

use super::fold::{
    Fold, Step, common_preimages, fold, leads_uncommon, step, step_before, with_hamza,
};
use super::normalize::normalize;
use crate::text::ByteRange;
use crate::text::range::{after, before, between, floor};

/// How much is searched in one way before looking again which way the next bytes allow. It begins small, so that
/// a close match costs little, and grows to this.
const BLOCK: usize = 16 * 1024;

/// From common to rare in Arabic news; a letter not listed is rarer.
const BY_FREQUENCY: &str = " اليمنورتبهعدسفكقحجش0e1t2iaosnr.صخطضزغذئثظؤءlhdc";

/// A needle, ready to be searched for in any number of texts. Allocates nothing while searching.
#[derive(Debug, Clone)]
pub struct Finder {
    /// The folded needle.
    needle: Vec<char>,
    /// Which of its letters is looked for first.
    anchor: usize,
    /// The last bytes of the characters that can be that letter, in text without uncommon characters; empty
    /// if they are too many to jump by.
    bytes: Vec<u8>,
}

impl Finder {
    /// A finder of what `needle` normalises to. A needle of only marks finds nothing.
    pub fn new(needle: &str) -> Self {
        let needle: Vec<char> = normalize(needle).text.chars().collect();
        let rarity = |ch: char| {
            BY_FREQUENCY
                .chars()
                .position(|other| other == ch)
                .unwrap_or(usize::MAX)
        };
        let best = needle
            .iter()
            .enumerate()
            .map(|(index, &letter)| (index, last_bytes(letter), rarity(letter)))
            // Of equals the first, which `max_by_key` takes when it comes last.
            .rev()
            .max_by_key(|(_, bytes, rarity)| (bytes.len() <= 3, *rarity));
        let (anchor, bytes) = best.map_or((0, Vec::new()), |(index, bytes, _)| (index, bytes));
        Self {
            needle,
            anchor,
            bytes: if bytes.len() <= 3 { bytes } else { Vec::new() },
        }
    }

    /// Whether nothing can be found: the needle is empty once normalised.
    pub fn is_empty(&self) -> bool {
        self.needle.is_empty()
    }

    /// The first match in `text` that starts at byte `from` or later: whole letters, with the marks on them.
    pub fn find_in(&self, text: &str, from: usize) -> Option<ByteRange> {
        let &letter = self.needle.get(self.anchor)?;
        let from = floor(text, from);
        let mut start = from;
        let mut size = BLOCK / 64;
        while start < text.len() {
            let end = floor(text, start.saturating_add(size));
            size = BLOCK.min(size * 2);
            let block = between(text, start, end).as_bytes();
            let found = match self.bytes.as_slice() {
                _ if has_uncommon(block) => self.find_by_steps(text, from, start, end, letter),
                [one] => self.find_at(text, from, start, memchr::memchr_iter(*one, block)),
                [one, two] => {
                    self.find_at(text, from, start, memchr::memchr2_iter(*one, *two, block))
                }
                [one, two, three] => self.find_at(
                    text,
                    from,
                    start,
                    memchr::memchr3_iter(*one, *two, *three, block),
                ),
                _ => self.find_by_steps(text, from, start, end, letter),
            };
            if found.is_some() {
                return found;
            }
            start = end;
        }
        None
    }

    /// All matches in `text` in order; none overlaps another.
    pub fn find_all<'f, 't>(&'f self, text: &'t str) -> Matches<'f, 't> {
        Matches {
            finder: std::borrow::Cow::Borrowed(self),
            text,
            from: 0,
        }
    }

    /// The first match whose anchor ends with one of the bytes at `hits`, counted from byte `start`.
    fn find_at(
        &self,
        text: &str,
        from: usize,
        start: usize,
        hits: impl Iterator<Item = usize>,
    ) -> Option<ByteRange> {
        hits.filter(|hit| text.is_char_boundary(start + hit + 1))
            .map(|hit| floor(text, start + hit))
            .filter(|&at| self.may_match(text, at))
            .find_map(|at| self.match_around(text, from, step(text, at)?))
    }

    /// Whether the character at byte `at` and its two neighbours allow the anchor to stand there: a quick no for
    /// most places.
    fn may_match(&self, text: &str, at: usize) -> bool {
        let mut chars = after(text, at).chars();
        let wanted = |index: Option<usize>| index.and_then(|index| self.needle.get(index));
        let agrees = |letter: Option<&char>, ch: Option<char>| match (letter, ch) {
            (Some(&letter), Some(ch)) => may_yield(ch, letter),
            (letter, _) => letter.is_none(),
        };
        agrees(wanted(Some(self.anchor)), chars.next())
            && agrees(wanted(self.anchor.checked_add(1)), chars.next())
            && agrees(
                wanted(self.anchor.checked_sub(1)),
                before(text, at).chars().next_back(),
            )
    }

    /// The first match whose anchor lies between bytes `start` and `end`, letter by letter.
    fn find_by_steps(
        &self,
        text: &str,
        from: usize,
        start: usize,
        end: usize,
        letter: char,
    ) -> Option<ByteRange> {
        between(text, start, end)
            .char_indices()
            .filter(|&(_, ch)| fold(ch) != Fold::Drop && may_yield(ch, letter))
            .find_map(|(at, _)| self.match_around(text, from, step(text, start + at)?))
    }

    /// The first match whose anchor is a letter of `anchor`.
    fn match_around(&self, text: &str, from: usize, anchor: Step) -> Option<ByteRange> {
        let letters = anchor.letters.as_slice();
        let (before, rest) = self.needle.split_at_checked(self.anchor)?;
        let (&letter, after) = rest.split_first()?;
        let places = letters
            .iter()
            .enumerate()
            .filter(|(_, other)| **other == letter);
        places.map(|(place, _)| place).find_map(|place| {
            let end = end_of(text, after, anchor, place + 1)?;
            let start = start_of(text, before, anchor, place, from)?;
            ByteRange::unchecked_order(start, end)
        })
    }
}

/// Where a match ends that goes on with `wanted` from letter `place` of `step`.
fn end_of(text: &str, wanted: &[char], mut current: Step, mut place: usize) -> Option<usize> {
    for letter in wanted {
        while place >= current.letters.as_slice().len() {
            current = step(text, current.end)?;
            place = 0;
        }
        if current.letters.as_slice().get(place) != Some(letter) {
            return None;
        }
        place += 1;
    }
    Some(current.visible_end)
}

/// Where a match starts that has `wanted` before letter `place` of `step`.
fn start_of(
    text: &str,
    wanted: &[char],
    mut current: Step,
    mut place: usize,
    from: usize,
) -> Option<usize> {
    for letter in wanted.iter().rev() {
        while place == 0 {
            current = step(text, step_before(text, from, current.start)?)?;
            place = current.letters.as_slice().len();
        }
        place -= 1;
        if current.letters.as_slice().get(place) != Some(letter) {
            return None;
        }
    }
    Some(current.start)
}

/// Whether `ch` may yield `letter`, by itself or with what follows; a dropped character may stand before anything.
fn may_yield(ch: char, letter: char) -> bool {
    match fold(ch) {
        Fold::One(folded) => folded == letter || with_hamza(folded) == letter,
        Fold::Drop | Fold::Expand => true,
    }
}

/// The last bytes of the characters that can be `letter` in text without uncommon ones.
fn last_bytes(letter: char) -> Vec<u8> {
    let mut bytes: Vec<u8> = common_preimages(letter)
        .filter_map(|ch| ch.encode_utf8(&mut [0; 4]).bytes().last())
        .collect();
    bytes.sort_unstable();
    bytes.dedup();
    bytes
}

/// Whether any byte of `block` starts an uncommon character. Reads all of it, which vectors do quickly.
fn has_uncommon(block: &[u8]) -> bool {
    block
        .iter()
        .fold(false, |found, &byte| found | leads_uncommon(byte))
}

/// The matches of a needle in a text; see [`find_all`].
#[derive(Debug, Clone)]
pub struct Matches<'f, 't> {
    finder: std::borrow::Cow<'f, Finder>,
    text: &'t str,
    from: usize,
}

impl Iterator for Matches<'_, '_> {
    type Item = ByteRange;

    fn next(&mut self) -> Option<ByteRange> {
        let found = self.finder.find_in(self.text, self.from)?;
        self.from = found.end();
        Some(found)
    }
}

/// Where `needle` stands in `haystack`, both normalised: ranges of the haystack as it is, in order, without
/// overlap.
pub fn find_all<'t>(haystack: &'t str, needle: &str) -> Matches<'static, 't> {
    Matches {
        finder: std::borrow::Cow::Owned(Finder::new(needle)),
        text: haystack,
        from: 0,
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
    use crate::text::range::marked;
    use proptest::prelude::*;

    /// `needle` is found exactly where `[` and `]` stand.
    fn finds(needle: &str, marked: &str) {
        let text = marked.replace(['[', ']'], "");
        let mut shown = String::new();
        let mut at = 0;
        for found in find_all(&text, needle) {
            shown += &text[at..found.start()];
            shown += &marked::brackets(found.slice(&text));
            at = found.end();
        }
        shown += &text[at..];
        assert_eq!(shown, marked, "{needle}");
    }

    #[test]
    fn finds_words_however_they_are_written() {
        finds("محمد", "قال [مُحَمَّدٌ] ثم [محمـد] و[ﻣﺤﻤﺪ] لا حامد");
        finds("مُحمّد", "قال [محمد]");
        finds("الموقع", "و[الـمـــوقع] الرسمي");
        finds("اسطنبول", "في [إسطنبول] و[أسطنبول] و[ا\u{655}سطنبول]");
        finds("مدرسة", "[مدرسه] و[مدرسة]");
        finds("2024", "سنة [٢٠٢٤] و[۲۰۲۴] و[2024]");
        finds("afp", "\u{200F}[AFP]\u{200E} قالت");
        finds("cafe", "[Café] [CAFE\u{301}]");
        finds("لا", "[لا] [ﻻ] [لإ] [لَا]");
        finds("الله", "[ﷲ]");
        finds("قال نعم", "[قال\u{A0}نعم]");
        finds("ا", "ب[ا]ب [أ]ب [إ]");
        finds("مؤتمر", "[مو\u{654}تمر] موتمر [مؤتمر]");
        finds("👨👩", "[👨\u{200D}👩\u{200D}]👧");
    }

    #[test]
    fn an_empty_needle_finds_nothing() {
        finds("", "نص");
        finds("\u{64E}ـ", "نَـص");
        assert!(Finder::new("ـ").is_empty());
        assert_eq!(Finder::new("نص").find_in("", 0), None);
        assert_eq!(Finder::new("نص").find_in("نص", 99), None);
    }

    #[test]
    fn goes_on_from_where_it_is_told() {
        let (text, second) = marked::range("خبر عن خبر [خبر]");
        let finder = Finder::new("خبر");
        assert_eq!(finder.find_in(&text, second.start() - 2), Some(second));
        assert_eq!(
            finder.find_in(&text, second.start() + 1),
            Some(second),
            "inside a character"
        );
        assert_eq!(finder.find_in(&text, second.start() + 2), None);
    }

    #[test]
    fn finds_across_the_blocks_it_searches() {
        for shift in 0..40 {
            let text = format!(
                "{}{} نُهاية é الخبر",
                "x".repeat(shift),
                "ب ".repeat(BLOCK / 3)
            );
            let place = text.find("نُ").unwrap();
            assert_eq!(
                Finder::new("نهاية e").find_in(&text, 0).unwrap().start(),
                place
            );
        }
        let long = "مطوّل ".repeat(BLOCK);
        assert_eq!(
            Finder::new(&long)
                .find_in(&format!("و{long}"), 0)
                .unwrap()
                .start(),
            2
        );
    }

    proptest! {
        #[test]
        fn agrees_with_searching_a_normalised_copy(
            text in "([اأبوؤيئةى1٢]|[\u{64B}-\u{655}]|ـ|\u{200C}|\u{200F}|ﻻ|ﷲ|é|e|A| |😀){0,40}",
            needle in "([اأبوئيةه1ل]|\u{64E}|\u{654}|ﻻ|é| |😀){1,3}",
        ) {
            let normalized = normalize(&text);
            let wanted = normalize(&needle).text;
            let mut expected = Vec::new();
            let mut from = 0;
            for (at, _) in normalized.text.char_indices().filter(|_| !wanted.is_empty()) {
                let range = normalized.original(at..at + wanted.len());
                if normalized.text[at..].starts_with(&wanted) && range.start() >= from {
                    from = range.end();
                    expected.push(range);
                }
            }
            prop_assert_eq!(find_all(&text, &needle).collect::<Vec<_>>(), expected);
        }
    }
}
