//! Graphemes: what a reader takes for one character, a letter with its tashkeel or an emoji family. The caret
//! and the mouse stop only at their edges. The two letters of a lam-alef are two graphemes.

use crate::text::range::floor;
use unicode_segmentation::{GraphemeCursor, GraphemeIndices, UnicodeSegmentation as _};

/// The first grapheme edge after byte `at`; the text's end at its end.
pub fn next_grapheme(text: &str, at: usize) -> usize {
    let at = floor(text, at);
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    cursor
        .next_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(text.len())
}

/// The last grapheme edge before byte `at`; 0 at the start.
pub fn prev_grapheme(text: &str, at: usize) -> usize {
    let inside = at < text.len() && !text.is_char_boundary(at);
    let at = floor(text, at);
    if inside && is_grapheme_edge(text, at) {
        return at;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// Whether byte `at` is the edge of a grapheme of `text`; both ends of the text are.
pub fn is_grapheme_edge(text: &str, at: usize) -> bool {
    if !text.is_char_boundary(at) {
        return false;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    cursor.is_boundary(text, 0).unwrap_or(true)
}

/// Byte `at` if it is a grapheme edge, else the edge before it.
pub fn snap_grapheme(text: &str, at: usize) -> usize {
    let at = floor(text, at);
    if is_grapheme_edge(text, at) {
        at
    } else {
        prev_grapheme(text, at)
    }
}

/// How many graphemes `text` has.
pub fn grapheme_count(text: &str) -> usize {
    graphemes(text).count()
}

/// The graphemes of `text`, each with the byte it starts at.
pub fn graphemes(text: &str) -> GraphemeIndices<'_> {
    text.grapheme_indices(true)
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

    #[test]
    fn a_letter_keeps_its_marks_and_a_family_its_members() {
        assert_eq!(grapheme_count("مُحَمَّدٌ"), 4);
        assert_eq!(grapheme_count("👨\u{200D}👩\u{200D}👧"), 1);
        assert_eq!(grapheme_count("a\r\nb"), 3);
        assert_eq!(
            grapheme_count("لا"),
            2,
            "a span may start between lam and alef"
        );
        assert_eq!(grapheme_count("می\u{200C}خواهم"), 7);
    }

    #[test]
    fn positions_inside_a_grapheme_snap_back() {
        let text = "مُحَمَّدٌ";
        let edge = next_grapheme(text, 0);
        assert_eq!(&text[..edge], "مُ");
        for at in 0..edge {
            assert_eq!(snap_grapheme(text, at), 0);
            assert_eq!(next_grapheme(text, at), edge);
        }
        assert_eq!(prev_grapheme(text, edge), 0);
    }

    proptest! {
        #[test]
        fn edges_agree_with_splitting(text in "([بيا]|[\u{64B}-\u{652}]|😀|🇸🇦|\u{200D}|\u{200C}|\u{200F}|\r\n|\n|a|ـ){0,40}") {
            let mut edges: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            edges.push(text.len());
            for at in 0..=text.len() + 2 {
                let at_text = at.min(text.len());
                prop_assert_eq!(is_grapheme_edge(&text, at), edges.contains(&at) || (at == 0));
                prop_assert_eq!(snap_grapheme(&text, at), *edges.iter().rfind(|&&e| e <= at_text).unwrap());
                let next = edges.iter().find(|&&e| e > at_text).copied().unwrap_or(text.len());
                prop_assert_eq!(next_grapheme(&text, at), next);
                let prev = edges.iter().rfind(|&&e| e < at_text).copied().unwrap_or(0);
                prop_assert_eq!(prev_grapheme(&text, at), prev);
            }
        }
    }
}
