//! The title of a document whose source gives none.

use super::invisible::{InvisibleKind, kind_of};
use super::paragraphs;
use super::range::between;
use super::segment::graphemes;

/// The longest title, in graphemes.
const LONGEST: usize = 80;

/// The first line of `text` that is not blank, up to 80 graphemes, without white space at its edges. A line of
/// white space and invisible characters only is blank. The title is kept as the text has it, bidi controls
/// too: whoever shows it puts it through [`super::bidi::isolate`].
pub fn title_of(text: &str) -> Option<String> {
    let line = paragraphs(text)
        .map(|paragraph| between(text, paragraph.text.start, paragraph.text.end).trim())
        .find(|line| !line.chars().all(is_blank))?;
    // So many characters are at most so many graphemes.
    let cut = if line.chars().nth(LONGEST).is_none() {
        line.len()
    } else {
        let next = graphemes(line).nth(LONGEST);
        next.map_or(line.len(), |(at, _)| at)
    };
    Some(between(line, 0, cut).trim_end().to_owned())
}

/// Whether a character alone would leave a title looking empty.
fn is_blank(ch: char) -> bool {
    ch.is_whitespace() || kind_of(ch).is_some_and(InvisibleKind::is_unseen)
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

    #[test]
    fn takes_the_first_line_that_is_not_blank() {
        assert_eq!(
            title_of("\n \t\r\n\u{200F}\n  عنوان الخبر \r\nمتن").as_deref(),
            Some("عنوان الخبر")
        );
        assert_eq!(title_of("سطر وحيد").as_deref(), Some("سطر وحيد"));
        assert_eq!(
            title_of("\u{202E}abc\u{202C}").as_deref(),
            Some("\u{202E}abc\u{202C}")
        );
    }

    #[test]
    fn a_text_without_letters_may_have_none() {
        assert_eq!(title_of(""), None);
        assert_eq!(title_of("\n\n\n"), None);
        assert_eq!(title_of("\u{FEFF}\u{200E} "), None);
    }

    #[test]
    fn is_cut_between_graphemes() {
        let title = title_of(&"مُ".repeat(200)).unwrap();
        assert_eq!(title, "مُ".repeat(80));
        let title = title_of(&format!("{} {}", "ب".repeat(79), "ت".repeat(9))).unwrap();
        assert_eq!(grapheme_count(&title), 79, "no space at the cut");
    }
}
