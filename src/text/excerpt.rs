//! Short excerpts of a text for labels, menus and messages.

use super::segment::graphemes;

/// The start of `text` on one line, for people: white space at the edges gone, each run of it inside one space,
/// and `…` as the last grapheme if there are more than `max_graphemes`. Reads no more of `text` than it shows.
pub fn quote(text: &str, max_graphemes: usize) -> String {
    let mut out = String::new();
    let mut cut_at = 0;
    let mut count = 0;
    let mut space = false;
    for (_, grapheme) in graphemes(text.trim()) {
        if grapheme.chars().all(char::is_whitespace) {
            space = true;
            continue;
        }
        count += 1 + usize::from(space);
        if count > max_graphemes {
            out.truncate(cut_at);
            out.truncate(out.trim_end().len());
            out.extend((max_graphemes > 0).then_some('…'));
            return out;
        }
        if space {
            out.push(' ');
        }
        space = false;
        // Room for the ellipsis: what is shown if the next grapheme is one too many.
        if count < max_graphemes {
            cut_at = out.len() + grapheme.len();
        }
        out.push_str(grapheme);
    }
    out
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
    use crate::text::segment::grapheme_count;
    use proptest::prelude::*;

    #[test]
    fn shortens_by_graphemes_on_one_line() {
        assert_eq!(quote("  سيرغي\r\n ريابكوف ", 40), "سيرغي ريابكوف");
        assert_eq!(quote("مُحَمَّدٌ", 4), "مُحَمَّدٌ");
        assert_eq!(quote("مُحَمَّدٌ الناطق", 4), "مُحَمَّ…");
        assert_eq!(quote("سيرغي ريابكوف", 7), "سيرغي…");
        assert_eq!(quote("خبر", 0), "");
        assert_eq!(quote("خبر", 1), "…");
        assert_eq!(quote(" \n ", 5), "");
    }

    proptest! {
        #[test]
        fn is_one_line_and_not_too_long(text in "([بي]|[\u{64E}\u{651}]|😀|\u{200D}| |\r\n|\n){0,40}", max in 0_usize..30) {
            let short = quote(&text, max);
            prop_assert!(!short.contains(['\n', '\r']));
            prop_assert!(grapheme_count(&short) <= max);
        }
    }
}
