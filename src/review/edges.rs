//! What lies between the edges of two spans of one label: proclitics, punctuation and space, or more. Places
//! are code points of the text.

use super::Class;
use crate::agreement::Piece;
use crate::text::{invisible, is_tashkeel, is_tatweel};

/// So many letters at a word's start can be proclitics.
const MOST_PROCLITICS: usize = 2;

/// How spans of one label that meet differ; the pieces are not the same.
pub(super) fn class(text: &[char], left: &[Piece], right: &[Piece]) -> Class {
    if is_clitic(text, left, right) {
        Class::Clitic
    } else if is_punctuation(text, left, right) {
        Class::Punctuation
    } else {
        Class::Boundary
    }
}

/// Whether the ends are equal, and the starts one or two proclitics apart that begin a word.
fn is_clitic(text: &[char], left: &[Piece], right: &[Piece]) -> bool {
    let (Some((first, rest)), Some((other, others))) = (left.split_first(), right.split_first())
    else {
        return false;
    };
    if rest != others || first.end != other.end || first.start == other.start {
        return false;
    }
    let start = first.start.min(other.start) as usize;
    let behind = first.start.max(other.start) as usize;
    let Some(between) = text.get(start..behind) else {
        return false;
    };
    // What stands before in the word may be a proclitic that both leave out.
    let before = text.get(..start).unwrap_or_default();
    let in_word = before.iter().rev().take_while(|ch| is_of_word(**ch));
    let before: Vec<char> = in_word.copied().take(MOST_PROCLITICS * 4).collect();
    let dropped = before.iter().filter(|ch| !rides(**ch)).count();
    let apart = proclitics(between);
    let goes_on = text.get(behind).is_some_and(|ch| ch.is_alphabetic());
    goes_on
        && before.iter().all(|ch| is_proclitic(*ch) || rides(*ch))
        && apart.is_some_and(|apart| apart + dropped <= MOST_PROCLITICS)
}

/// How many proclitics a piece of text is, with what rides on them; `None` where it is more, or none.
fn proclitics(text: &[char]) -> Option<usize> {
    let (mut count, mut stretched) = (0, false);
    for (at, ch) in text.iter().copied().enumerate() {
        if is_proclitic(ch) {
            count += 1;
        } else if at == 0 || !(rides(ch) || (stretched && is_mark(ch))) {
            return None;
        }
        // A quote may be opened behind a proclitic and its tatweel.
        stretched = is_tatweel(ch) || (stretched && is_mark(ch));
    }
    (count > 0).then_some(count)
}

const fn is_proclitic(ch: char) -> bool {
    matches!(ch, 'و' | 'ف' | 'ب' | 'ل' | 'ك' | 'س')
}

const fn rides(ch: char) -> bool {
    is_tashkeel(ch) || is_tatweel(ch)
}

fn is_of_word(ch: char) -> bool {
    ch.is_alphanumeric() || rides(ch)
}

/// Whether all that is in one and not in the other is punctuation or space.
fn is_punctuation(text: &[char], left: &[Piece], right: &[Piece]) -> bool {
    let mut edges: Vec<u32> = left
        .iter()
        .chain(right)
        .flat_map(|piece| [piece.start, piece.end])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let holds = |pieces: &[Piece], at: u32| {
        pieces
            .iter()
            .any(|piece| piece.start <= at && at < piece.end)
    };
    edges.windows(2).all(|pair| {
        let [start, end] = *pair else {
            return true;
        };
        let part = text.get(start as usize..end as usize).unwrap_or_default();
        holds(left, start) == holds(right, start) || part.iter().all(|ch| is_mark(*ch))
    })
}

/// Punctuation, white space and what is invisible. Signs that mean something (%, $, +) are none.
fn is_mark(ch: char) -> bool {
    let ascii = ch.is_ascii_punctuation()
        && !matches!(ch, '%' | '$' | '+' | '<' | '=' | '>' | '^' | '|' | '~');
    let arabic = matches!(
        ch,
        '،' | '؛' | '؟' | '۔' | '٫' | '٬' | '؞' | '٭' | '؍' | '﴾' | '﴿'
    );
    let general = matches!(
        ch,
        '«' | '»' | '·' | '¡' | '¿' | '§' | '¶' | '´' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}'
            | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205E}'
    );
    let wide =
        matches!(ch, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}');
    let permille = matches!(ch, '\u{2030}' | '\u{2031}');
    ch.is_whitespace()
        || ascii
        || arabic
        || (general && !permille)
        || wide
        || invisible::kind_of(ch).is_some()
}
