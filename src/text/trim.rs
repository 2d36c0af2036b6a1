//! What the mouse's selection becomes: edges shrink off white space and punctuation that people drag over
//! without meaning it. Only mouse selections pass through here; the keyboard, imports and handles do not.

use super::arabic::{is_tashkeel, is_tatweel};
use super::range::{ByteRange, after, before};
use super::segment::{graphemes, is_grapheme_edge};

/// `range` shrunk by white space, quotes, brackets and `. , ; : ! ? ، ؛ ؟ …` at its edges, by whole graphemes.
/// A dot between letters or after an initial (`ج.`, `U.S.`) stays, as does everything else: `%`, a hyphen, the
/// joiners, tatweel and the bidi marks. If nothing would be left, or the range does not fit, it comes back as
/// it was.
pub fn trim_selection(text: &str, range: ByteRange) -> ByteRange {
    let inside = range.slice(text);
    let mut start = range.start();
    for (at, grapheme) in graphemes(inside) {
        start = range.start() + at;
        if !is_trimmed(text, start, grapheme) {
            break;
        }
        start += grapheme.len();
    }
    let rest = after(inside, start - range.start());
    let mut end = start + rest.len();
    for (at, grapheme) in graphemes(rest).rev() {
        if !is_trimmed(text, start + at, grapheme) {
            break;
        }
        end = start + at;
    }
    if start >= end {
        return range;
    }
    ByteRange::new(text, start, end).unwrap_or(range)
}

/// Whether the grapheme at byte `at` goes: all of its characters must, and it must be a whole one of the text,
/// not a quote whose mark lies outside the selection.
fn is_trimmed(text: &str, at: usize, grapheme: &str) -> bool {
    grapheme.chars().all(is_edge_char)
        && !(grapheme == "." && is_kept_dot(text, at))
        && (is_grapheme_edge(text, at + grapheme.len()) || grapheme == "\r")
}

/// Characters that a selection sheds at its edges.
fn is_edge_char(ch: char) -> bool {
    ch.is_whitespace()
        || is_quote(ch)
        || is_bracket(ch)
        || matches!(
            ch,
            '.' | ',' | ';' | ':' | '!' | '?' | '،' | '؛' | '؟' | '…'
        )
}

/// Whether the dot at byte `at` belongs to the word before it: between letters, or after an initial.
fn is_kept_dot(text: &str, at: usize) -> bool {
    let left = before(text, at);
    let right = after(text, at).strip_prefix('.').unwrap_or_default();
    if right.starts_with('.') || left.ends_with('.') {
        return false;
    }
    let letter_before = left
        .chars()
        .rev()
        .find(|&ch| !is_mark(ch))
        .is_some_and(char::is_alphabetic);
    let letter_after = right.chars().next().is_some_and(char::is_alphabetic);
    (letter_before && letter_after) || ends_in_initial(left)
}

/// Whether `left` ends with a letter that stands alone, marks and a «and» before it (`ود.`) aside. `هـ` (of the
/// year) is no initial.
pub(super) fn ends_in_initial(left: &str) -> bool {
    let mut letters = left.chars().rev().filter(|&ch| !is_mark(ch));
    if !letters
        .next()
        .is_some_and(|ch| ch.is_alphabetic() && !is_tatweel(ch))
    {
        return false;
    }
    match letters.next() {
        Some('و') => !letters.next().is_some_and(char::is_alphanumeric),
        other => !other.is_some_and(char::is_alphanumeric),
    }
}

/// Tashkeel and the other marks that ride on a letter.
pub(super) fn is_mark(ch: char) -> bool {
    is_tashkeel(ch) || matches!(ch, '\u{300}'..='\u{36F}')
}

/// Quotation marks of every kind.
pub(super) fn is_quote(ch: char) -> bool {
    matches!(
        ch,
        '"' | '\'' | '`' | '´' | '«' | '»' | '\u{2018}'..='\u{201F}' | '‹' | '›' | '′' | '″'
    ) || matches!(ch, '「'..='』' | '〝'..='〟' | '\u{FF02}' | '\u{FF07}')
}

/// Brackets of every kind, also the ornate ones around verses.
pub(super) fn is_bracket(ch: char) -> bool {
    matches!(ch, '(' | ')' | '[' | ']' | '{' | '}' | '﴾' | '﴿' | '⟨'..='⟯' | '〈'..='】' | '〔'..='〛')
        || matches!(
            ch,
            '\u{2045}'
                | '\u{2046}'
                | '\u{2329}'
                | '\u{232A}'
                | '\u{FF08}'
                | '\u{FF09}'
                | '\u{FF3B}'
                | '\u{FF3D}'
                | '\u{FF5B}'
                | '\u{FF5D}'
        )
        || matches!(ch, '⦃'..='⦘')
}

/// Quotes and brackets that can close what they enclose; any quote can, in careless typing.
pub(super) fn is_closing(ch: char) -> bool {
    is_quote(ch)
        || matches!(
            ch,
            ')' | ']' | '}' | '﴾' | '⟩' | '⟫' | '〉' | '》' | '\u{FF09}'
        )
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
    use crate::text::segment::snap_grapheme;
    use proptest::prelude::*;

    /// The dragged selection between `[` and `]` becomes what stands between `⟦` and `⟧`.
    fn trims(marked: &str) {
        let dragged = marked.replace(['⟦', '⟧'], "");
        let wanted = marked
            .replace(['[', ']'], "")
            .replace('⟦', "[")
            .replace('⟧', "]");
        let (text, range) = marked::range(&dragged);
        let (_, expected) = marked::range(&wanted);
        let got = trim_selection(&text, range);
        assert_eq!(marked::show(&text, got), marked::show(&text, expected));
    }

    #[test]
    fn sheds_space_quotes_brackets_and_punctuation() {
        trims("قال[ ⟦سيرغي ريابكوف⟧، ]إن");
        trims("وكالة [(⟦سي آي إيه⟧) ]قالت");
        trims("قال: [«⟦نَفَيْنا ذلك⟧»، ]ثم");
        trims("ولا [“⟦يبحث تسوية⟧”، ]بل");
        trims("دورها [⟦فيها⟧؟!…\r\n]ثم");
        trims("[؛:‹'⟦AFP⟧'›\u{A0}!]");
    }

    #[test]
    fn keeps_the_dots_that_belong_to_a_name() {
        trims("التقى [⟦ج.⟧ ]خوري");
        trims("قال [«⟦ج.⟧»] ثم");
        trims("في [⟦U.S.⟧, ]أمس");
        trims("by [⟦J.⟧ ]Doe");
        trims("موقع [⟦ex⟧].com");
        trims("موقع [⟦ex.⟧]com");
        trims("نهاية [⟦الخبر⟧.]");
        trims("ثم [⟦ج⟧...] وغادر");
        trims("سنة [⟦1445 هـ⟧.]");
        trims("حرف [⟦مَ.⟧] وحده");
    }

    #[test]
    fn keeps_what_the_contract_keeps() {
        trims("نسبة [⟦12%⟧؛ ]في");
        trims("[⟦\u{200C}كلمة\u{200D}⟧ ]");
        trims("[⟦\u{200F}AFP\u{200E}⟧ ]قالت");
        trims("[⟦\u{61C}ـكلمةـ⟧.]");
        trims("[⟦-خبر-⟧ ]");
    }

    #[test]
    fn never_shrinks_to_nothing() {
        trims("قال[⟦ … ⟧]نعم");
        trims("قال⟦[]⟧نعم");
    }

    #[test]
    fn a_quote_with_a_mark_on_it_is_not_split() {
        trims("قال [⟦\"\u{64E}نعم⟧\"]");
    }

    proptest! {
        #[test]
        fn only_shrinks_and_is_done_at_once(
            text in "([بجaS]|[\u{64E}\u{651}]|[.,؟…»«\"() %]|\u{200F}|\u{200C}|ـ|\r\n|😀){0,24}",
            a in 0_usize..60, b in 0_usize..60,
        ) {
            let (a, b) = (snap_grapheme(&text, a.min(b)), snap_grapheme(&text, a.max(b)));
            let range = ByteRange::new(&text, a, b).unwrap();
            let got = trim_selection(&text, range);
            prop_assert!(range.contains_range(got));
            prop_assert!(got.check(&text).is_ok());
            prop_assert_eq!(got.is_empty(), range.is_empty());
            prop_assert!(is_grapheme_edge(&text, got.start()) && is_grapheme_edge(&text, got.end()));
            prop_assert_eq!(trim_selection(&text, got), got);
            let shed = format!("{}{}", &text[a..got.start()], &text[got.end()..b]);
            let kept = |c: char| c.is_alphanumeric() || "%\u{200F}\u{200C}ـ😀".contains(c);
            prop_assert!(!shed.contains(kept), "{}", shed);
        }
    }
}
