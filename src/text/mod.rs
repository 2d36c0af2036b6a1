//! Pure facts about text: ranges, offset maps, segmentation, Arabic normalisation, invisible characters,
//! decoding. This room imports no other, does no I/O, and no function in it can panic, whatever it is given.
//!
//! Positions are byte offsets into UTF-8 unless a name says otherwise. A function that takes a position takes
//! any number: one inside a character counts as that character's start, one past the end as the end.

pub mod arabic;
pub mod bidi;
pub mod decode;
mod excerpt;
pub mod invisible;
mod offsets;
mod paragraph;
pub mod proclitic;
mod range;
pub mod segment;
pub mod title;
pub mod trim;

pub use arabic::{is_arabic_letter, is_tashkeel, is_tatweel};
pub use decode::{DecodeError, Decoded, TextEncoding, decode};
pub use excerpt::quote;
pub use offsets::OffsetMap;
pub use paragraph::{Paragraph, Paragraphs, paragraph_at, paragraphs};
pub use range::{ByteRange, RangeError};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The room's promise, for texts and positions without any sense.
        #[test]
        fn no_input_panics(
            text in prop_oneof![any::<String>(), "([.وبل«؟ ]|\\PC|\r\n|[\u{2066}-\u{2069}]|\u{64E}){0,40}"],
            needle in any::<String>(),
            a in prop_oneof![0_usize..200, any::<usize>()],
            b in prop_oneof![0_usize..200, any::<usize>()],
        ) {
            let range = ByteRange::unchecked_order(a.min(b), a.max(b)).unwrap_or(ByteRange::whole(&text));
            prop_assert_eq!(range.check(&text).is_ok(), text.get(range.as_range()).is_some());
            trim::trim_selection(&text, range);
            let map = OffsetMap::new(&text);
            map.byte_of_utf16(&text, a);
            map.char_of_byte(&text, a);
            for position in [
                segment::next_grapheme(&text, a), segment::prev_grapheme(&text, a),
                segment::snap_grapheme(&text, a), segment::next_word(&text, a),
                segment::next_word_end(&text, a), segment::prev_word(&text, a),
            ] {
                prop_assert!(text.is_char_boundary(position));
            }
            prop_assert!(text.get(segment::word_at(&text, a)).is_some());
            prop_assert!(text.get(segment::sentence_at(&text, a)).is_some());
            prop_assert!(text.get(paragraph_at(&text, a).text).is_some());
            proclitic::edges(&text, a);
            proclitic::toggle(&text, a, b);
            prop_assert!(arabic::normalize(&text).original(a..b).check(&text).is_ok());
            let finder = arabic::Finder::new(&needle);
            prop_assert!(finder.find_in(&text, a).is_none_or(|found| found.check(&text).is_ok()));
            invisible::unbalanced(&bidi::isolate(&text));
            bidi::direction(&text);
            title::title_of(&text);
            quote(&text, a);
        }
    }
}
