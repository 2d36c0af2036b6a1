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
