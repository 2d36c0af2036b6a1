//! The folding that search goes by, a letter at a time. The text is cut into steps: a letter with everything
//! droppable that follows it. Steps can be walked forwards and backwards from any place, so that search needs
//! no normalised copy of the text.

use super::{is_tashkeel, is_tatweel};
use crate::text::invisible::is_bidi_format;
use crate::text::range::{after, before};
use icu_normalizer::DecomposingNormalizerBorrowed;

/// What one character folds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    /// Nothing: it rides on the letter before.
    Drop,
    /// One character.
    One(char),
    /// What [`expand`] gives: an accented letter, a presentation form.
    Expand,
}

/// The folding of the Arabic block, where almost every character of an article is; 0 is dropped.
static ARABIC: [u16; 256] = arabic_table();

const fn arabic_table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut low = 0;
    while low < 256 {
        let code = 0x600 + low as u32;
        if let Some(ch) = char::from_u32(code) {
            table[low] = arabic(ch) as u16;
        }
        low += 1;
    }
    table
}

/// The folding of a character of the Arabic block; 0 if it is dropped.
const fn arabic(ch: char) -> u32 {
    match ch {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا' as u32,
        'ى' => 'ي' as u32,
        'ة' => 'ه' as u32,
        // Decomposed these are a letter and a hamza, which is dropped.
        'ۀ' => 'ە' as u32,
        'ۂ' => 'ہ' as u32,
        'ۓ' => 'ے' as u32,
        '٠'..='٩' => ch as u32 - '٠' as u32 + '0' as u32,
        '۰'..='۹' => ch as u32 - '۰' as u32 + '0' as u32,
        _ if is_tashkeel(ch) || is_tatweel(ch) || is_bidi_format(ch) => 0,
        _ => ch as u32,
    }
}

/// What `ch` folds to on its own.
#[inline]
pub(super) fn fold(ch: char) -> Fold {
    match ch {
        '\0'..='\u{7F}' => Fold::One(if matches!(ch, '\t' | '\u{B}' | '\u{C}') {
            ' '
        } else {
            ch.to_ascii_lowercase()
        }),
        '\u{600}'..='\u{6FF}' => match ARABIC.get(ch as usize & 0xFF) {
            Some(0) => Fold::Drop,
            Some(&code) => char::from_u32(u32::from(code)).map_or(Fold::Drop, Fold::One),
            None => Fold::One(ch),
        },
        _ if is_dropped(ch) => Fold::Drop,
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => Fold::One(' '),
        '\u{C0}'..='\u{52F}'
        | '\u{1E00}'..='\u{1FFF}'
        | '\u{FB00}'..='\u{FDFF}'
        | '\u{FE80}'..='\u{FEFC}'
        | '\u{FF00}'..='\u{FFEF}' => Fold::Expand,
        _ => Fold::One(ch),
    }
}

/// Characters outside the Arabic block that search does not see.
fn is_dropped(ch: char) -> bool {
    let invisible = matches!(
        ch,
        '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
    );
    // The last are tashkeel coded by its shape.
    let mark =
        matches!(ch, '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE70}'..='\u{FE7F}');
    invisible || mark || is_tashkeel(ch)
}

/// Whether a dropped character belongs to the grapheme before it, as marks and the joiners do.
fn clings(ch: char) -> bool {
    is_tashkeel(ch)
        || matches!(ch, '\u{200C}' | '\u{200D}' | '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}')
}

/// Whether a byte starts a character that may fold to something beyond what [`common_preimages`] lists.
pub(super) const fn leads_uncommon(byte: u8) -> bool {
    matches!(byte, 0xC3..=0xD4 | 0xE1 | 0xEF)
}

/// The characters that can yield the folded `letter` in text without a [`leads_uncommon`] byte.
pub(super) fn common_preimages(letter: char) -> impl Iterator<Item = char> {
    let blocks = ('\0'..='\u{BF}')
        .chain('\u{600}'..='\u{6FF}')
        .chain('\u{2000}'..='\u{207F}');
    let outside = Some(letter).filter(
        |ch| !matches!(ch, '\0'..='\u{BF}' | '\u{600}'..='\u{6FF}' | '\u{2000}'..='\u{207F}'),
    );
    blocks.chain(outside).filter(move |&ch| match fold(ch) {
        Fold::One(folded) => folded == letter || with_hamza(folded) == letter,
        _ => false,
    })
}

/// The letter that `letter` and a combining hamza are together.
pub(super) fn with_hamza(letter: char) -> char {
    match letter {
        'و' => 'ؤ',
        'ي' => 'ئ',
        _ => letter,
    }
}

/// The letters of one step. The longest folding of a character is that of ﷺ.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    letters: [char; Self::MOST],
    count: usize,
}

impl Letters {
    const MOST: usize = 18;

    fn none() -> Self {
        Self {
            letters: ['\0'; Self::MOST],
            count: 0,
        }
    }

    fn push(&mut self, letter: char) {
        if let Some(free) = self.letters.get_mut(self.count) {
            *free = letter;
            self.count += 1;
        }
    }

    /// The one letter together with a combining hamza.
    fn add_hamza(&mut self) {
        let [letter, ..] = &mut self.letters;
        *letter = with_hamza(*letter);
    }

    pub(super) fn as_slice(&self) -> &[char] {
        self.letters.get(..self.count).unwrap_or_default()
    }
}

/// A letter and the dropped characters after it, in bytes of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// What it folds to; nothing if the step is only of dropped characters.
    pub(super) letters: Letters,
    /// Where the letter starts.
    pub(super) start: usize,
    /// Where the letter ends with the marks and joiners on it: a grapheme edge.
    pub(super) visible_end: usize,
    /// Where the next letter starts.
    pub(super) end: usize,
}

/// The step at byte `at`, which is the start of a letter or of the text; `None` at the text's end.
pub(super) fn step(text: &str, at: usize) -> Option<Step> {
    let mut chars = after(text, at).chars();
    let first = chars.next()?;
    let mut letters = Letters::none();
    match fold(first) {
        Fold::Drop => {}
        Fold::One(letter) => letters.push(letter),
        Fold::Expand => expand(first, &mut letters),
    }
    let mut end = at + first.len_utf8();
    let mut visible_end = end;
    for ch in chars.take_while(|&ch| fold(ch) == Fold::Drop) {
        end += ch.len_utf8();
        if clings(ch) {
            visible_end = end;
        }
        if let (true, [letter, ..]) = (ch == '\u{654}' && letters.count == 1, &mut letters.letters)
        {
            *letter = with_hamza(*letter);
        }
    }
    Some(Step {
        letters,
        start: at,
        visible_end,
        end,
    })
}

/// Where the step before byte `at`, itself the start of one, starts; `None` if none starts at `from` or later.
pub(super) fn step_before(text: &str, from: usize, at: usize) -> Option<usize> {
    let left = before(text, at).get(from..)?;
    let (start, _) = left
        .char_indices()
        .rfind(|&(_, ch)| fold(ch) != Fold::Drop)?;
    Some(from + start)
}

/// What a character of [`Fold::Expand`] folds to: its parts, each folded, without accents.
fn expand(ch: char, letters: &mut Letters) {
    for part in DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(std::iter::once(ch)) {
        for small in part.to_lowercase() {
            match fold(small) {
                Fold::Drop if small == '\u{654}' && letters.count == 1 => {
                    letters.add_hamza();
                }
                Fold::Drop => {}
                Fold::One(letter) => letters.push(letter),
                Fold::Expand => letters.push(small),
            }
        }
    }
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

    fn all_characters() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    #[test]
    fn folding_twice_changes_nothing_and_fits() {
        for ch in all_characters() {
            let letters = step(ch.encode_utf8(&mut [0; 4]), 0).unwrap().letters;
            for &letter in letters.as_slice() {
                let again = step(letter.encode_utf8(&mut [0; 4]), 0).unwrap().letters;
                assert_eq!(again.as_slice(), [letter], "U+{:04X}", u32::from(ch));
            }
        }
        let full = step("ﷺ", 0).unwrap();
        assert_eq!(
            full.letters.as_slice().iter().collect::<String>(),
            "صلي الله عليه وسلم"
        );
    }

    /// Search skips from anchor to anchor by these two, so they must not miss a character.
    #[test]
    fn what_is_not_uncommon_is_listed() {
        for ch in
            all_characters().filter(|ch| !leads_uncommon(ch.encode_utf8(&mut [0; 4]).as_bytes()[0]))
        {
            match fold(ch) {
                Fold::Drop => {}
                Fold::Expand => panic!("U+{:04X} expands", u32::from(ch)),
                Fold::One(letter)
                    if letter == ch && !matches!(ch, 'a'..='z' | '\u{600}'..='\u{6FF}') => {}
                Fold::One(letter) => assert!(common_preimages(letter).any(|other| other == ch)),
            }
        }
        assert!(common_preimages('中').eq(['中']));
        assert!(common_preimages('ؤ').eq(['ؤ', 'و']));
    }
}
