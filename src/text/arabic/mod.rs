//! What Arabic letters are, and normalisation for search with a map back to the text as it stands.
//!
//! Normalising drops tashkeel, tatweel and invisible format characters, takes أإآٱ for ا, ى for ي, ة for ه, Eastern
//! digits for 0–9, capitals for small letters, any space for a plain one, and a letter or ligature coded by its
//! shape (ﻻ, ﷲ) for the letters it stands for. Latin, Greek and Cyrillic letters lose their accents. Text
//! composed (NFC) and decomposed (NFD) become the same: ؤ and ئ stay letters of their own in both.

mod find;
mod fold;
mod normalize;

pub use find::{Finder, Matches, find_all};
pub use normalize::{Normalized, normalize};

/// Whether `ch` is a mark that rides on an Arabic letter: a vowel, tanwin, shadda, sukun, a combining hamza or
/// madda, the dagger alef, or a Qur'anic sign.
pub const fn is_tashkeel(ch: char) -> bool {
    matches!(
        ch,
        '\u{610}'..='\u{61A}'
            | '\u{64B}'..='\u{65F}'
            | '\u{670}'
            | '\u{6D6}'..='\u{6DC}'
            | '\u{6DF}'..='\u{6E4}'
            | '\u{6E7}'
            | '\u{6E8}'
            | '\u{6EA}'..='\u{6ED}'
            | '\u{897}'..='\u{89F}'
            | '\u{8CA}'..='\u{8E1}'
            | '\u{8E3}'..='\u{8FF}'
    )
}

/// Whether `ch` is the tatweel (kashida), which only stretches a word.
pub const fn is_tatweel(ch: char) -> bool {
    ch == '\u{640}'
}

/// Whether `ch` is a letter of the Arabic script, presentation forms included, tatweel and marks not.
pub fn is_arabic_letter(ch: char) -> bool {
    let in_block = matches!(
        ch,
        '\u{620}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{870}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
    );
    in_block && ch.is_alphabetic() && !is_tashkeel(ch) && !is_tatweel(ch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_letters_from_marks() {
        assert!("اأإآٱبةىيپچگکیﻻﷲ".chars().all(is_arabic_letter));
        assert!(!"ـ،؛؟٪٣۴aَّٰ﴾".chars().any(is_arabic_letter));
        assert!("\u{64E}\u{651}\u{670}\u{654}".chars().all(is_tashkeel));
        assert!(!"ءـا".chars().any(is_tashkeel));
        assert!(is_tatweel('ـ'));
    }
}
