//! Words: what a double click takes and where Ctrl+arrow stops. UAX #29, with two differences that Arabic news
//! need: a bidi control never belongs to a word (UAX #29 would take a trailing RLM along), and a run of
//! punctuation such as `؟!` is one piece.

use crate::text::invisible::is_bidi_format;
use crate::text::paragraph::{paragraph_window, terminator_at};
use crate::text::range::{after, before, between, floor};
use std::ops::Range;
use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation as _};

/// A word longer than this many bytes on one side of the place looked at is cut there.
const REACH: usize = 1024;

/// What a piece of a paragraph is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Space,
    /// Bidi marks and controls.
    Format,
    Punctuation,
    /// Anything else: an emoji, a lone mark. Two in a row stay two pieces.
    Symbol,
}

impl Kind {
    fn of_char(ch: char) -> Self {
        if ch.is_whitespace() {
            Self::Space
        } else if is_bidi_format(ch) {
            Self::Format
        } else if ch.is_alphanumeric() || ch == '_' {
            Self::Word
        } else if is_punctuation(ch) {
            Self::Punctuation
        } else {
            Self::Symbol
        }
    }

    fn of(piece: &str) -> Self {
        if piece.chars().any(char::is_alphanumeric) {
            return Self::Word;
        }
        piece.chars().next().map_or(Self::Symbol, Self::of_char)
    }

    /// Whether two pieces of this kind side by side are one.
    fn merges(self) -> bool {
        matches!(self, Self::Space | Self::Format | Self::Punctuation)
    }

    /// Whether a character of this kind ends every word beside it.
    fn separates(self) -> bool {
        matches!(self, Self::Space | Self::Format)
    }
}

/// The word around byte `at`, in bytes; on white space or punctuation that run. At the end of a paragraph the
/// last piece; empty in an empty paragraph. A lone word joiner, tatweel or mark inside a word is part of it.
pub fn word_at(text: &str, at: usize) -> Range<usize> {
    piece_at(text, at).map_or_else(
        || {
            let paragraph = paragraph_window(text, at, REACH);
            paragraph.end..paragraph.end
        },
        |piece| piece.0,
    )
}

/// The start of the next word after byte `at`, as Ctrl+arrow goes; from the last word the paragraph's end,
/// from there the start of the next paragraph.
pub fn next_word(text: &str, at: usize) -> usize {
    if let Some(next) = paragraph_after(text, at) {
        return next;
    }
    let at = floor(text, at);
    let mut from = at;
    while let Some((piece, kind)) = piece_from(text, from) {
        if kind == Kind::Word && piece.start > at {
            return piece.start;
        }
        from = piece.end.max(from + 1);
    }
    from
}

/// The end of the next word after byte `at`: where the end of a span goes when it grows by a word. Paragraphs
/// as in [`next_word`].
pub fn next_word_end(text: &str, at: usize) -> usize {
    if let Some(next) = paragraph_after(text, at) {
        return next;
    }
    let mut from = floor(text, at);
    while let Some((piece, kind)) = piece_from(text, from) {
        if kind == Kind::Word {
            return piece.end;
        }
        from = piece.end.max(from + 1);
    }
    from
}

/// The start of the word at or before byte `at`; from the first word the paragraph's start, from there the
/// end of the paragraph before.
pub fn prev_word(text: &str, at: usize) -> usize {
    let at = floor(text, at);
    if before(text, at).is_empty() {
        return 0;
    }
    let mut to = at;
    while let Some((piece, kind)) = piece_before(text, to) {
        if kind == Kind::Word || piece.start >= to {
            return piece.start;
        }
        to = piece.start;
    }
    if to < at {
        return to;
    }
    // At the paragraph's start: over what ends the one before.
    let left = before(text, at);
    let terminator = if left.ends_with("\r\n") {
        2
    } else {
        left.chars().next_back().map_or(0, char::len_utf8)
    };
    at - terminator
}

/// The words of `text` in order, as ranges of bytes, without white space, punctuation and symbols.
pub fn words(text: &str) -> Words<'_> {
    Words {
        text,
        chunk: 0..0,
        pieces: "".split_word_bound_indices(),
    }
}

/// See [`words`].
#[derive(Debug, Clone)]
pub struct Words<'t> {
    text: &'t str,
    /// The part between two separators that is being split.
    chunk: Range<usize>,
    pieces: UWordBoundIndices<'t>,
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            if let Some((at, piece)) = self.pieces.find(|(_, piece)| Kind::of(piece) == Kind::Word)
            {
                let start = self.chunk.start + at;
                return Some(start..start + piece.len());
            }
            let rest = after(self.text, self.chunk.end);
            let start = self.chunk.end + rest.find(|ch| !Kind::of_char(ch).separates())?;
            let end = chunk_end(self.text, start, self.text.len());
            self.chunk = start..end;
            self.pieces = between(self.text, start, end).split_word_bound_indices();
        }
    }
}

/// Where the next paragraph starts, if byte `at` is the end of one and there is a next.
fn paragraph_after(text: &str, at: usize) -> Option<usize> {
    let terminator = terminator_at(text, floor(text, at));
    (!terminator.is_empty()).then_some(terminator.end)
}

/// The piece that holds byte `at`, or at a paragraph's end the one before it.
fn piece_at(text: &str, at: usize) -> Option<(Range<usize>, Kind)> {
    piece_from(text, at).or_else(|| piece_before(text, at))
}

/// The piece that holds byte `at`; `None` at a paragraph's end.
fn piece_from(text: &str, at: usize) -> Option<(Range<usize>, Kind)> {
    let window = paragraph_window(text, at, REACH);
    let at = floor(text, at);
    let ch = between(text, at, window.end).chars().next()?;
    Some(piece_around(text, window, at, ch))
}

/// The piece that ends at byte `at` or goes over it; `None` at a paragraph's start.
fn piece_before(text: &str, at: usize) -> Option<(Range<usize>, Kind)> {
    let window = paragraph_window(text, at, REACH);
    let at = floor(text, at).min(window.end);
    let ch = between(text, window.start, at).chars().next_back()?;
    Some(piece_around(text, window, at - ch.len_utf8(), ch))
}

/// The piece that holds the character `ch` at byte `at` of the paragraph `window`.
fn piece_around(text: &str, window: Range<usize>, at: usize, ch: char) -> (Range<usize>, Kind) {
    let kind = Kind::of_char(ch);
    if kind.separates() {
        return (
            run(text, &window, at, |other| Kind::of_char(other) == kind),
            kind,
        );
    }
    let chunk = run(text, &window, at, |other| !Kind::of_char(other).separates());
    let mut piece = chunk.start..chunk.start;
    let mut piece_kind = Kind::Symbol;
    for (offset, part) in between(text, chunk.start, chunk.end).split_word_bound_indices() {
        let start = chunk.start + offset;
        let kind = Kind::of(part);
        if !(kind == piece_kind && kind.merges()) {
            if start > at {
                break;
            }
            piece.start = start;
            piece_kind = kind;
        }
        piece.end = start + part.len();
    }
    (piece, piece_kind)
}

/// The longest run of characters that `belongs` around byte `at`, within `window`.
fn run(
    text: &str,
    window: &Range<usize>,
    at: usize,
    belongs: impl Fn(char) -> bool,
) -> Range<usize> {
    let left = between(text, window.start, at);
    let right = between(text, at, window.end);
    let start = window.start + left.trim_end_matches(&belongs).len();
    let end = at + right.find(|ch| !belongs(ch)).unwrap_or(right.len());
    start..end
}

/// Where the run without separators that starts at byte `start` ends.
fn chunk_end(text: &str, start: usize, limit: usize) -> usize {
    let rest = between(text, start, limit);
    start
        + rest
            .find(|ch| Kind::of_char(ch).separates())
            .unwrap_or(rest.len())
}

/// Punctuation of the scripts that news use; a run of it is one piece.
fn is_punctuation(ch: char) -> bool {
    ch.is_ascii_punctuation()
        || matches!(ch, '\u{A1}'..='\u{BF}' | '،' | '؍' | '؛' | '؞' | '؟' | '٪'..='٭' | '۔')
        || matches!(ch, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{3001}'..='\u{301F}')
        || matches!(ch, '﴾' | '﴿' | '⟨' | '⟩' | '\u{2E00}'..='\u{2E5D}')
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

    /// Clicks at each place between `[` and `]` give exactly that.
    fn clicks_on(marked: &str) {
        let (text, range) = marked::range(marked);
        for at in range.start()..range.end() {
            let got = word_at(&text, at);
            assert_eq!(marked::show(&text, got), marked);
        }
    }

    #[test]
    fn a_double_click_takes_a_word() {
        clicks_on("قال [مُحَمَّدٌ] (الناطق)");
        clicks_on("قال مُحَمَّدٌ ([الناطق] باسم");
        clicks_on("والـمـــوقع: [الـمـــوقع] الرسمي");
        clicks_on("می خواهم [می\u{200C}خواهم] رفت");
        clicks_on("سنة [٢٠٢٤] انتهت");
        clicks_on("نسبة [3.5] في");
        clicks_on("قال [don't] ثم");
    }

    #[test]
    fn a_double_click_takes_a_run_of_space_or_punctuation() {
        clicks_on("فيها[؟!] نعم");
        clicks_on("اقرأ[||] صفقة");
        clicks_on("قال[   \u{A0}]نعم");
        clicks_on("ولا[ ]“يبحث”");
    }

    #[test]
    fn a_bidi_mark_is_no_part_of_a_word() {
        clicks_on("ﷺ\u{200F}[AFP]\u{200E} قالت");
        clicks_on("\u{2067}[isolate]\u{2069}");
        clicks_on("نعم[\u{200F}\u{200E}]لا");
    }

    #[test]
    fn at_a_paragraphs_end_the_last_word_counts() {
        let text = "خبر أول\n\nثان";
        let first_end = "خبر أول".len();
        assert_eq!(&text[word_at(text, first_end)], "أول");
        assert_eq!(word_at(text, first_end + 1), first_end + 1..first_end + 1);
        assert_eq!(&text[word_at(text, usize::MAX)], "ثان");
        assert_eq!(word_at("", 3), 0..0);
    }

    #[test]
    fn lists_words() {
        let text = "قال: «نَفَيْنا ذلك» و12%؛ \u{200F}AFP\u{200E}\r\nلم 😀 يُعلّق.";
        let all: Vec<&str> = words(text).map(|range| &text[range]).collect();
        assert_eq!(all, ["قال", "نَفَيْنا", "ذلك", "و12", "AFP", "لم", "يُعلّق"]);
    }

    #[test]
    fn steps_by_word() {
        let text = "قال: «نعم»\r\nثم";
        let mut stops = vec![0];
        while stops.last().unwrap() < &text.len() {
            stops.push(next_word(text, *stops.last().unwrap()));
        }
        let shown: Vec<&str> = stops.iter().map(|&at| &text[at..]).collect();
        assert_eq!(shown, [text, "نعم»\r\nثم", "\r\nثم", "ثم", ""]);
        let mut back = vec![text.len()];
        while *back.last().unwrap() > 0 {
            back.push(prev_word(text, *back.last().unwrap()));
        }
        let shown: Vec<&str> = back.iter().map(|&at| &text[at..]).collect();
        assert_eq!(shown, ["", "ثم", "\r\nثم", "نعم»\r\nثم", text]);
        assert_eq!(next_word_end(text, 0), "قال".len());
        assert_eq!(next_word_end(text, "قال".len()), "قال: «نعم".len());
    }

    #[test]
    fn an_endless_word_is_cut_and_found_quickly() {
        let text = "ب".repeat(1_000_000);
        let word = word_at(&text, 1_000_001);
        assert!(word.contains(&1_000_000) && word.len() <= 2 * REACH + 2);
        let spaces = " ".repeat(100_000);
        assert!(next_word(&spaces, 7) > 7);
    }

    proptest! {
        #[test]
        fn pieces_tile_and_steps_advance(text in "([بa1]|[\u{64E}\u{651}]|\u{200F}|\u{200C}|ـ| |\\.|؟|»|\n|\r\n|😀){0,30}") {
            for at in 0..=text.len() {
                let piece = word_at(&text, at);
                prop_assert!(text.get(piece.clone()).is_some());
                if text.is_char_boundary(at) && !piece.is_empty() && piece.contains(&at) {
                    for inside in piece.clone() {
                        prop_assert_eq!(word_at(&text, inside), piece.clone());
                    }
                }
                prop_assert!(next_word(&text, at) > at || at == text.len() || !text.is_char_boundary(at));
                prop_assert!(next_word_end(&text, at) > at || at == text.len() || !text.is_char_boundary(at));
                prop_assert!(prev_word(&text, at) < at || at == 0);
                prop_assert!(text.is_char_boundary(next_word(&text, at)) && text.is_char_boundary(prev_word(&text, at)));
            }
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.start >= end && !word.is_empty());
                prop_assert_eq!(word_at(&text, word.start), word.clone());
                end = word.end;
            }
        }
    }
}
