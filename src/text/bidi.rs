//! Directions: which way a text reads, and how to show a foreign text (a title, a label's name, a file's name)
//! among others without it reordering them.

use super::invisible::is_bidi_control;

/// Which way a text reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Arabic, Hebrew and their like.
    RightToLeft,
    /// Latin and most others.
    LeftToRight,
    /// Nothing in it has a direction: digits, punctuation, nothing.
    Neutral,
}

/// The direction of `text` by its first strong character, as UAX #9 takes a paragraph's: what stands between an
/// isolate and its end does not count.
pub fn direction(text: &str) -> Direction {
    let mut depth = 0_usize;
    for ch in text.chars() {
        match ch {
            '\u{2066}'..='\u{2068}' => depth += 1,
            '\u{2069}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if is_rtl(ch) => return Direction::RightToLeft,
            '\u{200E}' => return Direction::LeftToRight,
            _ if ch.is_alphabetic() && !is_neutral_mark(ch) => return Direction::LeftToRight,
            _ => {}
        }
    }
    Direction::Neutral
}

/// Whether anything in `text` reads or makes other characters read from right to left, so that it needs bidi.
pub fn has_rtl(text: &str) -> bool {
    let turns = |ch| {
        is_rtl(ch)
            || matches!(
                ch,
                '\u{202B}' | '\u{202E}' | '\u{2067}' | '٠'..='٩' | '٫' | '٬'
            )
    };
    text.chars().any(turns)
}

/// `text` between a first-strong isolate and its end, on one line and without bidi controls of its own, so that
/// it reads by its own direction and reorders nothing around it. LRM, RLM and ALM stay: they cannot leave it.
pub fn isolate(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 6);
    out.push('\u{2068}');
    // A paragraph separator would end the isolate.
    let separator = |ch| {
        matches!(
            ch,
            '\n' | '\r' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2029}'
        )
    };
    out.extend(
        text.chars()
            .filter(|&ch| !is_bidi_control(ch))
            .map(|ch| if separator(ch) { ' ' } else { ch }),
    );
    out.push('\u{2069}');
    out
}

/// Strong characters of scripts written from right to left, and RLM and ALM.
fn is_rtl(ch: char) -> bool {
    let in_script = matches!(
        ch,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
    );
    matches!(ch, '\u{200F}' | '\u{61C}' | '؛' | '؞' | '؟' | '۔')
        || (in_script && ch.is_alphabetic() && !is_neutral_mark(ch))
}

/// Marks count as alphabetic but take their direction from their letter.
fn is_neutral_mark(ch: char) -> bool {
    super::is_tashkeel(ch)
        || matches!(ch, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'..='\u{5C7}')
        || matches!(ch, '\u{711}' | '\u{730}'..='\u{74A}' | '\u{7A6}'..='\u{7B0}' | '\u{FB1E}')
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
    fn the_first_strong_character_decides() {
        assert_eq!(direction("12% «قال AFP"), Direction::RightToLeft);
        assert_eq!(direction("(AFP) قال"), Direction::LeftToRight);
        assert_eq!(direction("١٢ - 13, ..."), Direction::Neutral);
        assert_eq!(direction(""), Direction::Neutral);
        assert_eq!(direction("\u{200F}AFP"), Direction::RightToLeft);
        assert_eq!(direction("\u{2067}قال\u{2069} AFP"), Direction::LeftToRight);
        assert_eq!(direction("\u{64E} Latin"), Direction::LeftToRight);
        assert_eq!(direction("\u{5E9}לום"), Direction::RightToLeft);
        assert_eq!(direction("新聞"), Direction::LeftToRight);
    }

    #[test]
    fn tells_whether_bidi_is_needed() {
        assert!(has_rtl("AFP قالت"));
        assert!(has_rtl("\u{202E}abc"));
        assert!(!has_rtl("AFP, “quoted” 12% 😀"));
    }

    #[test]
    fn an_isolated_title_cannot_turn_its_neighbours() {
        assert_eq!(
            isolate("\u{202E}abc\u{2069}\nقال\u{200F}"),
            "\u{2068}abc قال\u{200F}\u{2069}"
        );
        assert_eq!(isolate(""), "\u{2068}\u{2069}");
    }

    proptest! {
        #[test]
        fn an_isolate_holds_no_control_but_its_own(text in "([بa]|[\u{202A}-\u{202E}\u{2066}-\u{2069}]|\n|\u{2029}){0,20}") {
            let isolated = isolate(&text);
            prop_assert_eq!(isolated.chars().filter(|&ch| is_bidi_control(ch)).count(), 2);
            prop_assert!(crate::text::invisible::unbalanced(&isolated).is_empty());
        }
    }
}
