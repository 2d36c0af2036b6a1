//! Proclitics: the one-letter words written onto an Arabic word (و «and», ف «so», ب «in», ل «for», ك «as»,
//! س of the future), which stay outside a span. No dictionary says whether a first letter is one, so these are
//! candidates that the person steps through, never a decision.
//!
//! The rule. A word begins with at most one of و ف and then at most one of ب ل ك س; each takes its tashkeel and
//! tatweel along, and a quote or bracket opened right after a tatweel (`لـ«رويترز»`). The article ال is not a proclitic;
//! of لل (ل before ال) the first ل is. س counts only before أ ن ي ت, which begin a verb in the present. After
//! the last one at least two letters of the word are left.

use super::arabic::{is_tashkeel, is_tatweel};
use super::range::{after, before, between, floor};
use super::trim::{is_bracket, is_quote};

/// The least letters of a word that its proclitics leave.
const LEAST: usize = 2;

/// The longest word looked back over, in bytes.
const REACH: usize = 256;

/// Where a span in the word at byte `at` could start instead of at the word's start: after one proclitic, after
/// two. In bytes of `text`, in order; empty if the word begins with none.
pub fn edges(text: &str, at: usize) -> Vec<usize> {
    edges_of(text, word_start(text, floor(text, at)), text.len())
}

/// The K key: the next start of the span from byte `start` to byte `end`. At the word's start it drops the first
/// proclitic; behind that it drops a second one where the article shows that it is one («وبالقاهرة», «وللأمم»), for
/// the ل of «ولندن» is the name's own; otherwise it takes all in again, back to the word's start. So pressing it
/// twice on a word of one proclitic changes nothing. `None` if the word has none.
pub fn toggle(text: &str, start: usize, end: usize) -> Option<usize> {
    let start = floor(text, start);
    let limit = floor(text, end);
    let all = word_start(text, start);
    let edges = edges_of(text, all, limit);
    let next = edges.iter().copied().find(|&edge| edge > start);
    let dropped = next.filter(|&edge| start == all || is_before_article(text, edge, limit));
    let next = dropped.unwrap_or(all);
    (!edges.is_empty() && next != start).then_some(next)
}

/// Where a span from byte `start` on would begin with all taken in that can be a proclitic: the word's start, where
/// one or two of و ف ب ل ك س with what rides on them stand between, and a letter follows; else `start`. It is wider
/// than [`edges`], which asks what a person may want to drop: two spans differ by proclitics at most where this is
/// the same of both.
pub fn taken_in(text: &str, start: usize) -> usize {
    const MOST: usize = 2;
    let start = floor(text, start);
    let goes_on = after(text, start).chars().next();
    if !goes_on.is_some_and(char::is_alphabetic) {
        return start;
    }
    let (mut word, mut count) = (start, 0);
    // What is opened inside a word comes behind a tatweel.
    let mut opened = false;
    for (at, ch) in before(text, start).char_indices().rev() {
        if opens(ch) {
            opened = true;
        } else if opened && !is_tatweel(ch) {
            break;
        } else if rides(ch) {
            opened = false;
        } else if matches!(ch, 'و' | 'ف' | 'ب' | 'ل' | 'ك' | 'س') && count < MOST {
            count += 1;
            word = at;
        } else if ch.is_alphanumeric() {
            return start;
        } else {
            break;
        }
    }
    word
}

/// Whether the article stands at byte `edge`: ال, or what is left of it after ل.
fn is_before_article(text: &str, edge: usize, limit: usize) -> bool {
    let mut left = letters(between(text, edge, limit));
    let last = before(text, edge)
        .chars()
        .rfind(|&ch| !rides(ch) && !opens(ch));
    match (left.next(), left.next()) {
        (Some('ا'), Some('ل')) => true,
        (first, _) => first == Some('ل') && last == Some('ل'),
    }
}

/// [`edges`] of the word that starts at byte `word`, in a span that ends at byte `limit`.
fn edges_of(text: &str, word: usize, limit: usize) -> Vec<usize> {
    let mut edges = Vec::new();
    let mut at = word;
    for proclitics in [['و', 'ف'].as_slice(), &['ب', 'ل', 'ك', 'س']] {
        let rest = between(text, at, limit);
        let Some(letter) = rest
            .chars()
            .next()
            .filter(|letter| proclitics.contains(letter))
        else {
            continue;
        };
        let edge = at + ridden_len(rest, letter);
        let left = between(text, edge, limit);
        if letters(left).take(LEAST).count() < LEAST {
            break;
        }
        if letter == 'س'
            && !letters(left)
                .next()
                .is_some_and(|ch| matches!(ch, 'أ' | 'ن' | 'ي' | 'ت'))
        {
            break;
        }
        edges.push(edge);
        at = edge;
    }
    edges
}

/// The bytes of the proclitic `letter` at the start of `rest`, with what rides on it and what is opened after it.
fn ridden_len(rest: &str, letter: char) -> usize {
    let tail = after(rest, letter.len_utf8());
    let ridden = tail.trim_start_matches(rides);
    let stretched = before(rest, rest.len() - ridden.len()).ends_with(is_tatweel);
    let opened = if stretched {
        ridden.trim_start_matches(opens)
    } else {
        ridden
    };
    let is_word = opened.chars().next().is_some_and(char::is_alphanumeric);
    rest.len() - if is_word { opened.len() } else { ridden.len() }
}

/// The letters a word starts with, without its marks and what is opened inside it.
fn letters(rest: &str) -> impl Iterator<Item = char> + '_ {
    let mut stretched = false;
    rest.chars()
        .take_while(move |&ch| {
            let inside = rides(ch) || ch.is_alphanumeric() || (stretched && opens(ch));
            stretched = is_tatweel(ch) || (stretched && opens(ch));
            inside
        })
        .filter(|&ch| !rides(ch) && !opens(ch))
}

/// Whether `ch` goes with the letter before it.
fn rides(ch: char) -> bool {
    is_tashkeel(ch) || is_tatweel(ch)
}

/// Where the word around byte `at` starts, before a quote opened after its proclitic if there is one.
fn word_start(text: &str, at: usize) -> usize {
    let start = run_start(text, at);
    let outside = before(text, start).trim_end_matches(opens);
    let from = run_start(text, outside.len());
    let opened_inside = outside.len() < start
        && outside.ends_with(is_tatweel)
        && edges_of(text, from, text.len()).contains(&start);
    if opened_inside { from } else { start }
}

/// Where the run of letters, digits and marks that byte `at` stands in or after starts.
fn run_start(text: &str, at: usize) -> usize {
    let window = floor(text, at.saturating_sub(REACH));
    let left = between(text, window, at);
    let rest = left.trim_end_matches(|ch: char| rides(ch) || ch.is_alphanumeric());
    window + rest.len()
}

/// Whether `ch` can be opened after a proclitic.
fn opens(ch: char) -> bool {
    is_quote(ch) || is_bracket(ch)
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

    /// The edges of the word at the first letter are where `|` stands.
    fn has_edges(marked: &str) {
        let text = marked.replace('|', "");
        let mut shown = String::new();
        let mut last = 0;
        for edge in edges(&text, 0) {
            shown += &text[last..edge];
            shown.push('|');
            last = edge;
        }
        shown += &text[last..];
        assert_eq!(shown, marked);
    }

    #[test]
    fn what_can_be_proclitics_is_taken_in_again() {
        let at = |text: &str, chars: usize| {
            let byte = text.char_indices().nth(chars).unwrap().0;
            let start = taken_in(text, byte);
            text[..start].chars().count()
        };
        assert_eq!(at("قال للمحامي", 6), 4, "the article's ل too");
        assert_eq!(at("قال وَلندن", 5), 4, "between a letter and its mark");
        assert_eq!(at("سليم", 1), 0);
        assert_eq!(at("وبالقاهرة", 2), 0);
        assert_eq!(at("وبالقاهرة", 3), 3, "the article is none");
        assert_eq!(at("وكلب", 3), 3, "three are a word");
        assert_eq!(at("محمد", 1), 1);
        assert_eq!(at("قال محمد", 4), 4);
        assert_eq!(at("لـ«رويترز»", 3), 0);
        assert_eq!(at("قال «رويترز»", 5), 5);
        assert_eq!(at("و محمد", 1), 1, "a space follows");
    }

    #[test]
    fn proclitics_come_off_one_by_one() {
        has_edges("و|ل|بنان");
        has_edges("ب|المدينة");
        has_edges("و|ب|الأمم المتحدة");
        has_edges("ل|لأمم المتحدة");
        has_edges("و|ل|لأمم");
        has_edges("ف|س|يقول");
        has_edges("ك|رئيس");
        has_edges("وَ|بِ|الْقُدْسِ");
        has_edges("ف|قال");
    }

    #[test]
    fn what_is_no_proclitic_stays() {
        has_edges("المدينة");
        has_edges("قال");
        has_edges("سوريا");
        has_edges("في");
        has_edges("به");
        has_edges("و|ال");
        has_edges("و");
        has_edges("");
        has_edges("AFP");
    }

    #[test]
    fn a_stretched_or_quoted_word_comes_after_its_proclitic() {
        has_edges("لـ|رويترز");
        has_edges("و|بـ|AFP");
        has_edges("لـ«|رويترز»");
        has_edges("و|لـ(|رويترز)");
    }

    #[test]
    fn edges_are_the_same_from_anywhere_in_the_word() {
        let text = "قال وبِالمدينة أمس";
        let word = "قال ".len();
        let expected = [word + "و".len(), word + "وبِ".len()];
        for at in word..word + "وبِالمدينة".len() {
            assert_eq!(edges(text, at), expected);
        }
    }

    /// Pressing K again and again on a span at the first mark goes through all the marks and comes back.
    fn cycles(marked: &str) {
        let text = marked.replace('|', "");
        let parts: Vec<&str> = marked.split('|').collect();
        let mut stops = Vec::new();
        let mut at = 0;
        for part in &parts[..parts.len() - 1] {
            at += part.len();
            stops.push(at);
        }
        for (index, &stop) in stops.iter().enumerate() {
            let next = stops[(index + 1) % stops.len()];
            assert_eq!(
                toggle(&text, stop, text.len()),
                Some(next),
                "{marked}: from {}",
                &text[stop..]
            );
        }
    }

    #[test]
    fn the_key_goes_round() {
        cycles("قال |و|ب|المدينة");
        cycles("ثم |ل|بنان");
        cycles("ثم |و|لبنان");
        cycles("باريس |و|لندن");
        cycles("ثم |و|ل|لأمم");
        cycles("قالت |لـ«|رويترز»");
        cycles("|ل|لأمم المتحدة");
    }

    #[test]
    fn the_key_does_nothing_where_there_is_nothing() {
        assert_eq!(toggle("المدينة", 0, "المدينة".len()), None);
        assert_eq!(toggle("«المدينة»", 2, 10), None);
        assert_eq!(toggle("", 0, 0), None);
        let text = "وبيت";
        assert_eq!(
            toggle(text, 0, "وب".len()),
            None,
            "the span would keep one letter"
        );
    }

    proptest! {
        #[test]
        fn never_leaves_the_span(text in "([وفبلكسانيa]|[\u{64E}\u{651}]|ـ| |«|\n){0,20}", a in 0_usize..50, b in 0_usize..50) {
            let (start, end) = (floor(&text, a.min(b)), floor(&text, a.max(b)));
            for edge in edges(&text, start) {
                prop_assert!(text.is_char_boundary(edge) && edge < text.len());
            }
            if let Some(next) = toggle(&text, start, end) {
                prop_assert!(next != start && next < end);
                prop_assert!(text.is_char_boundary(next));
                prop_assert!(!text[next.min(start)..next.max(start)].contains([' ', '\n']));
            }
        }
    }
}
