//! The words around a span, so that a list of spans can be judged without opening each.

use crate::text::{paragraph_at, quote, segment};

/// So many words stand on either side.
const WORDS: usize = 5;

/// So many graphemes stand on either side at most.
const MOST: usize = 48;

/// The words before and after what lies from `start` to `end`, of its own paragraphs only.
pub(super) fn around(text: &str, (start, end): (usize, usize)) -> (String, String) {
    let first = paragraph_at(text, start).text.start;
    let last = paragraph_at(text, end).text.end.max(end);
    let (mut from, mut to) = (start, end);
    for _ in 0..WORDS {
        from = segment::prev_word(text, from).max(first);
        to = segment::next_word_end(text, to).min(last);
    }
    let cut = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    (
        ending(cut(from, start), from > first),
        beginning(cut(end, to), to < last),
    )
}

/// What stands before a span: its end, with the space to the span. `more`: something stands before it.
fn ending(text: &str, more: bool) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut shown = words.join(" ");
    let mut more = more;
    while segment::grapheme_count(&shown) > MOST {
        let Some((_, rest)) = shown.split_once(' ') else {
            shown.clear();
            break;
        };
        shown = rest.to_owned();
        more = true;
    }
    if text.ends_with(char::is_whitespace) && !shown.is_empty() {
        shown.push(' ');
    }
    if more && !shown.is_empty() {
        shown.insert_str(0, "… ");
    }
    shown
}

/// What stands after a span, with the space to it.
fn beginning(text: &str, more: bool) -> String {
    let mut shown = quote(text, MOST);
    if shown.is_empty() {
        return shown;
    }
    if more && !shown.ends_with('…') {
        shown.push_str(" …");
    }
    if text.starts_with(char::is_whitespace) {
        shown.insert(0, ' ');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_stay_in_the_paragraph() {
        let text = "before\none two three four five six seven SPAN a b c d e f g\nafter";
        let start = text.find("SPAN").unwrap_or_default();
        let (before, after) = around(text, (start, start + 4));
        assert_eq!(before, "… three four five six seven ");
        assert_eq!(after, " a b c d e …");
        let text = "قال\nوسمير هنا";
        let start = text.find("سمير").unwrap_or_default();
        let (before, after) = around(text, (start, start + "سمير".len()));
        assert_eq!((before.as_str(), after.as_str()), ("و", " هنا"));
    }

    #[test]
    fn long_words_are_cut() {
        let text = format!("{} SPAN {}", "x".repeat(500), "y".repeat(500));
        let (before, after) = around(&text, (501, 505));
        assert!(before.is_empty() && after.ends_with('…') && after.len() < 60);
    }
}
