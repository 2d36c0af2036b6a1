//! Paragraphs: the unit of layout, of bidi, and the limit of every search for a word or a sentence.

use super::range::{between, floor};
use std::ops::Range;

/// One paragraph of a text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The paragraph without what ends it.
    pub text: Range<usize>,
    /// What ends it: `\n`, `\r\n`, a lone `\r` or U+2029; empty at the end of the text.
    pub terminator: Range<usize>,
}

/// The paragraphs of `text` in order. A text of n terminators has n + 1 paragraphs, the last one perhaps
/// empty: a caret can stand there. Ranges and terminators together are the whole text.
pub fn paragraphs(text: &str) -> Paragraphs<'_> {
    Paragraphs {
        text,
        next: Some(0),
    }
}

/// See [`paragraphs`].
#[derive(Debug, Clone)]
pub struct Paragraphs<'t> {
    text: &'t str,
    next: Option<usize>,
}

impl Iterator for Paragraphs<'_> {
    type Item = Paragraph;

    fn next(&mut self) -> Option<Paragraph> {
        let start = self.next?;
        let terminator = next_terminator(self.text, start, self.text.len());
        self.next = (!terminator.is_empty()).then_some(terminator.end);
        Some(Paragraph {
            text: start..terminator.start,
            terminator,
        })
    }
}

/// The paragraph around byte `at`; a position inside or before a terminator belongs to the paragraph it ends.
pub fn paragraph_at(text: &str, at: usize) -> Paragraph {
    let at = before_line_feed(text, floor(text, at));
    let start = last_terminator_end(text, 0, at);
    let terminator = next_terminator(text, at, text.len());
    Paragraph {
        text: start..terminator.start,
        terminator,
    }
}

/// The part of the paragraph around byte `at` that lies within about `reach` bytes of it: what is looked at
/// in a paragraph of megabytes.
pub(super) fn paragraph_window(text: &str, at: usize, reach: usize) -> Range<usize> {
    let at = before_line_feed(text, floor(text, at));
    let start = last_terminator_end(text, floor(text, at.saturating_sub(reach)), at);
    let limit = floor(text, at.saturating_add(reach));
    start..next_terminator(text, at, limit).start
}

/// The terminator at byte `at`, also if `at` lies inside it; empty if there is none.
pub(super) fn terminator_at(text: &str, at: usize) -> Range<usize> {
    let at = before_line_feed(text, floor(text, at));
    let found = next_terminator(text, at, floor(text, at.saturating_add(4)));
    if found.start == at { found } else { at..at }
}

/// The first byte of a terminator that `at` may lie inside of.
fn before_line_feed(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let inside = at > 0 && bytes.get(at) == Some(&b'\n') && bytes.get(at - 1) == Some(&b'\r');
    at - usize::from(inside)
}

/// The first terminator from `from` on and before `limit`, or the empty range at `limit`.
fn next_terminator(text: &str, from: usize, limit: usize) -> Range<usize> {
    let bytes = between(text, from, limit).as_bytes();
    for found in memchr::memchr3_iter(b'\n', b'\r', 0xE2, bytes) {
        let start = from + found;
        match text.as_bytes().get(start..).unwrap_or_default() {
            [b'\r', b'\n', ..] => return start..start + 2,
            [0xE2, 0x80, 0xA9, ..] => return start..start + 3,
            [0xE2, ..] => {}
            _ => return start..start + 1,
        }
    }
    limit.max(from)..limit.max(from)
}

/// The end of the last terminator between `from` and `at`, or `from`.
fn last_terminator_end(text: &str, from: usize, at: usize) -> usize {
    let bytes = between(text, from, at).as_bytes();
    for found in memchr::memrchr3_iter(b'\n', b'\r', 0xE2, bytes) {
        match bytes.get(found..).unwrap_or_default() {
            [0xE2, 0x80, 0xA9, ..] => return from + found + 3,
            [0xE2, ..] => {}
            _ => return from + found + 1,
        }
    }
    from
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

    fn lines(text: &str) -> Vec<(&str, &str)> {
        paragraphs(text)
            .map(|p| (&text[p.text], &text[p.terminator]))
            .collect()
    }

    #[test]
    fn knows_four_terminators() {
        let text = "عنوان\r\nسطر\nثان\rثالث “س”\u{2029}رابع";
        let expected = [
            ("عنوان", "\r\n"),
            ("سطر", "\n"),
            ("ثان", "\r"),
            ("ثالث “س”", "\u{2029}"),
            ("رابع", ""),
        ];
        assert_eq!(lines(text), expected);
    }

    #[test]
    fn ends_with_the_paragraph_of_the_last_caret() {
        assert_eq!(lines(""), [("", "")]);
        assert_eq!(
            lines("\n\n\n"),
            [("", "\n"), ("", "\n"), ("", "\n"), ("", "")]
        );
        assert_eq!(lines("خبر\n"), [("خبر", "\n"), ("", "")]);
    }

    proptest! {
        #[test]
        fn covers_the_text_and_agrees_with_lookup(text in "([ابa ”]|\r|\n|\r\n|\u{2029}){0,60}", reach in 0_usize..40) {
            let mut end = 0;
            for paragraph in paragraphs(&text) {
                prop_assert_eq!(paragraph.text.start, end);
                prop_assert_eq!(paragraph.text.end, paragraph.terminator.start);
                end = paragraph.terminator.end;
                for at in paragraph.text.start..=paragraph.text.end {
                    prop_assert_eq!(paragraph_at(&text, at), paragraph.clone());
                    let window = paragraph_window(&text, at, reach);
                    prop_assert!(window.start >= paragraph.text.start && window.end <= paragraph.text.end);
                    prop_assert!(window.start <= floor(&text, at) && floor(&text, at) <= window.end);
                    prop_assert!(text.get(window).is_some());
                }
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
