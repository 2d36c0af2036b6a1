//! Sentences: what a triple click takes. The rules of UAX #29 with what Arabic news need besides: `؟`, `؟!` and
//! `…` end a sentence, `؛` does not; an initial (`ج.`), an abbreviation with inner dots (`U.S.`), a list's
//! number (`1.`) and the dot of a number do not.

use crate::text::paragraph::paragraph_window;
use crate::text::range::{between, floor};
use crate::text::trim::{ends_in_initial, is_closing, is_mark};
use std::ops::Range;

/// A sentence longer than this many bytes on one side of the place looked at is cut there.
const REACH: usize = 8192;

/// The sentence around byte `at`, in bytes, without white space at its edges. White space between two
/// sentences belongs to the first. Empty in a paragraph of white space only.
pub fn sentence_at(text: &str, at: usize) -> Range<usize> {
    let window = paragraph_window(text, at, REACH);
    let at = floor(text, at);
    let mut start = window.start;
    while let Some(length) = sentence_length(between(text, start, window.end)) {
        let next = start + length;
        if next > at || next >= window.end {
            return without_space(text, start..next);
        }
        start = next;
    }
    without_space(text, start..window.end)
}

/// The bytes of the first sentence of `rest` and the white space after it; `None` if `rest` is all one.
fn sentence_length(rest: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let tail = rest.get(from..)?;
        let start = from + tail.find(is_terminal)?;
        let run = rest.get(start..)?;
        let run_end = start + run.find(|ch| !is_terminal(ch)).unwrap_or(run.len());
        let closers = rest.get(run_end..)?;
        let end = run_end
            + closers
                .find(|ch| !is_closing(ch) && !is_mark(ch))
                .unwrap_or(closers.len());
        let (before, run, after) = (
            rest.get(..start)?,
            rest.get(start..run_end)?,
            rest.get(end..)?,
        );
        if ends_sentence(before, run, after) {
            return Some(
                end + after
                    .find(|ch: char| !ch.is_whitespace())
                    .unwrap_or(after.len()),
            );
        }
        from = end;
    }
}

/// Whether the run of terminal marks between `before` and `after` ends a sentence.
fn ends_sentence(before: &str, run: &str, after: &str) -> bool {
    let Some(next) = after.chars().next() else {
        return true;
    };
    let lone_dot = run == ".";
    if lone_dot && (ends_in_initial(before) || !before.contains(char::is_alphabetic)) {
        return false;
    }
    if next.is_whitespace() {
        let word = after.trim_start().chars().next();
        return !word.is_some_and(char::is_lowercase);
    }
    // Without a space: only what cannot be an address or a number.
    let letters = is_caseless_letter(next);
    letters
        && (run.contains('؟')
            || (lone_dot && before.chars().next_back().is_some_and(is_caseless_letter)))
}

/// A letter of a script without capitals, such as Arabic.
fn is_caseless_letter(ch: char) -> bool {
    ch.is_alphabetic() && !ch.is_lowercase() && !ch.is_uppercase()
}

/// A mark that can end a sentence.
fn is_terminal(ch: char) -> bool {
    matches!(
        ch,
        '.' | '!' | '?' | '؟' | '…' | '۔' | '\u{203C}' | '\u{2047}'
            ..='\u{2049}' | '。' | '\u{FF01}' | '\u{FF1F}'
    )
}

/// `range` without the white space at its edges.
fn without_space(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = between(text, range.start, range.end);
    let start = range.start + inside.len() - inside.trim_start().len();
    start..start + inside.trim().len()
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
    use crate::text::paragraphs;
    use crate::text::range::marked;
    use proptest::prelude::*;

    /// Each `[sentence]` of the paragraphs is what a click in it gives.
    fn splits_as(marked: &str) {
        let text = marked.replace(['[', ']'], "");
        let mut shown = String::new();
        for paragraph in paragraphs(&text) {
            let mut at = paragraph.text.start;
            while at < paragraph.text.end {
                let sentence = sentence_at(&text, at);
                for inside in sentence.clone() {
                    assert_eq!(sentence_at(&text, inside), sentence, "{marked}");
                }
                shown += &text[at..sentence.start];
                shown += &marked::brackets(&text[sentence.clone()]);
                let rest = &text[sentence.end..paragraph.text.end];
                at = paragraph.text.end - rest.trim_start().len();
                shown += &text[sentence.end..at];
            }
            shown += &text[paragraph.terminator];
        }
        assert_eq!(shown, marked);
    }

    #[test]
    fn arabic_sentences_end_where_readers_end_them() {
        splits_as("[نفى الوزير ذلك.] [وأضاف: لا تعليق!] [فما دور الميناء فيها؟!] [سنرى…] [ثم غادر]");
        splits_as("[قال: «سنعود.»] [ثم غادر القاعة؛ ولم يعلّق.]");
        splits_as("[هل وصل؟][نعم وصل.] [انتهى.][وعاد.]");
    }

    #[test]
    fn a_sentence_stays_in_its_paragraph() {
        splits_as("[عنوان بلا نقطة]\n[جملة أولى.] [ثانية]\r\n\r\n[ثالثة]");
    }

    #[test]
    fn dots_of_initials_and_numbers_end_nothing() {
        splits_as("[التقى ج. خوري ود. سمير في U.S. Embassy أمس.] [وعاد]");
        splits_as("[ارتفع 3.5% إلى 12.75 نقطة.] [وبعدها هبط]");
        splits_as("[1. افتتاح المعرض.] [2. كلمة الضيف.]");
        splits_as("[He met J. Doe, etc. and left.] [See https://ex.am/a?b=1 for it.]");
    }

    #[test]
    fn a_click_after_the_last_sentence_takes_it() {
        let text = "أولى. ثانية.  ";
        assert_eq!(&text[sentence_at(text, text.len())], "ثانية.");
        assert_eq!(&text[sentence_at(text, "أولى.".len())], "أولى.");
        assert!(sentence_at("   ", 1).is_empty());
        assert_eq!(sentence_at("", 9), 0..0);
    }

    #[test]
    fn an_endless_paragraph_is_not_read_whole() {
        let sentence = "كتب المراسل خبراً طويلاً. ";
        let text = sentence.repeat(100_000);
        let at = sentence.len() * 50_000 + 6;
        let expected = sentence.len() * 50_000;
        assert_eq!(
            sentence_at(&text, at),
            expected..expected + sentence.len() - 1
        );
    }

    proptest! {
        #[test]
        fn never_leaves_the_paragraph(text in "([بa1]|[ .؟!…»«]|\u{64E}|\n|\r\n){0,40}", at in 0_usize..90) {
            let sentence = sentence_at(&text, at);
            let inside = text.get(sentence.clone());
            prop_assert!(inside.is_some_and(|s| !s.contains('\n') && s.trim() == s));
            let paragraph = crate::text::paragraph_at(&text, at).text;
            prop_assert!(paragraph.start <= sentence.start && sentence.end <= paragraph.end);
            // A tile: each place inside gives the same.
            for other in sentence.clone() {
                prop_assert_eq!(sentence_at(&text, other), sentence.clone());
            }
        }
    }
}
