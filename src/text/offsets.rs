//! Offsets in three units: bytes (the model), code points (doccano and most files) and UTF-16 (Label Studio,
//! W3C). A map holds a checkpoint for each block of 128 bytes, a sixteenth of the text, and counts inside one
//! block on lookup; a table of every character would be eight times the text.

/// Bytes counted between two checkpoints.
const BLOCK: usize = 128;

/// Checkpoints of one text. Every lookup takes that same text; with another one the answers mean nothing.
/// Counts are 32 bits wide, so texts are below 4 GiB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffsetMap {
    /// For block i: the code points and UTF-16 units that start before byte `i * BLOCK`; one more at the end.
    checkpoints: Vec<Counts>,
    /// The length of the text in bytes.
    bytes: usize,
}

/// Characters counted from the start of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    chars: u32,
    utf16: u32,
}

impl Counts {
    fn plus(self, other: Self) -> Self {
        Self {
            chars: self.chars.saturating_add(other.chars),
            utf16: self.utf16.saturating_add(other.utf16),
        }
    }
}

impl OffsetMap {
    /// Counts `text` once.
    pub fn new(text: &str) -> Self {
        let mut checkpoints = Vec::with_capacity(text.len() / BLOCK + 2);
        let mut sum = Counts::default();
        checkpoints.push(sum);
        for block in text.as_bytes().chunks(BLOCK) {
            sum = sum.plus(count(block));
            checkpoints.push(sum);
        }
        Self {
            checkpoints,
            bytes: text.len(),
        }
    }

    /// The text's length in code points.
    pub fn char_len(&self) -> usize {
        self.checkpoints
            .last()
            .map_or(0, |counts| counts.chars as usize)
    }

    /// The text's length in UTF-16 units.
    pub fn utf16_len(&self) -> usize {
        self.checkpoints
            .last()
            .map_or(0, |counts| counts.utf16 as usize)
    }

    /// The text's length in bytes.
    pub fn byte_len(&self) -> usize {
        self.bytes
    }

    /// Code points before byte `byte` of `text`; `None` inside a character or outside the text.
    pub fn char_of_byte(&self, text: &str, byte: usize) -> Option<usize> {
        self.counts_at(text, byte)
            .map(|counts| counts.chars as usize)
    }

    /// UTF-16 units before byte `byte` of `text`; `None` inside a character or outside the text.
    pub fn utf16_of_byte(&self, text: &str, byte: usize) -> Option<usize> {
        self.counts_at(text, byte)
            .map(|counts| counts.utf16 as usize)
    }

    /// The byte of `text` at which code point `char` starts; `None` outside the text.
    pub fn byte_of_char(&self, text: &str, char: usize) -> Option<usize> {
        self.find(text, char, |counts| counts.chars, chars_in, |_| 1)
    }

    /// The byte of `text` at UTF-16 unit `unit`; `None` between the halves of a surrogate pair or outside.
    pub fn byte_of_utf16(&self, text: &str, unit: usize) -> Option<usize> {
        self.find(
            text,
            unit,
            |counts| counts.utf16,
            |word| chars_in(word) + astral_in(word),
            |lead| if lead >= 0xF0 { 2 } else { 1 },
        )
    }

    fn counts_at(&self, text: &str, byte: usize) -> Option<Counts> {
        if !text.is_char_boundary(byte) {
            return None;
        }
        let block = byte / BLOCK;
        let before = self.checkpoints.get(block)?;
        let inside = count(text.as_bytes().get(block * BLOCK..byte)?);
        Some(before.plus(inside))
    }

    /// The byte before which characters of `width` add up to exactly `wanted`.
    fn find(
        &self,
        text: &str,
        wanted: usize,
        unit: impl Fn(&Counts) -> u32,
        in_word: impl Fn(u64) -> u32,
        width: impl Fn(u8) -> usize,
    ) -> Option<usize> {
        let later = self
            .checkpoints
            .partition_point(|counts| (unit(counts) as usize) <= wanted);
        let block = later.checked_sub(1)?;
        let mut left = wanted - unit(self.checkpoints.get(block)?) as usize;
        let start = block * BLOCK;
        let bytes = text.as_bytes().get(start.min(text.len())..)?;
        // One block, and the rest of the character at its end. Eight bytes at a time, as long as
        // none of them can be the one.
        let mut passed = 0;
        let (words, _) = bytes.as_chunks::<8>();
        for word in words.iter().take(BLOCK / 8) {
            let units = in_word(u64::from_le_bytes(*word)) as usize;
            if units > left {
                break;
            }
            left -= units;
            passed += 8;
        }
        for (at, &byte) in bytes
            .iter()
            .enumerate()
            .take(BLOCK + 4)
            .skip(passed)
            .filter(|(_, byte)| !is_continuation(**byte))
        {
            if left == 0 {
                return Some(start + at);
            }
            left = left.checked_sub(width(byte))?;
        }
        (left == 0 && bytes.len() <= BLOCK).then_some(text.len())
    }
}

/// The characters and UTF-16 units that start inside `block`, at most 128 bytes.
fn count(block: &[u8]) -> Counts {
    // Sums in bytes let the compiler use vectors: neither passes 128 in a block.
    let (mut continuations, mut astral) = (0_u8, 0_u8);
    for &byte in block {
        continuations = continuations.wrapping_add(u8::from(is_continuation(byte)));
        astral = astral.wrapping_add(u8::from(byte >= 0xF0));
    }
    let chars = block.len() as u32 - u32::from(continuations);
    Counts {
        chars,
        utf16: chars + u32::from(astral),
    }
}

/// The lowest bit of each byte of a word.
const LOWEST: u64 = 0x0101_0101_0101_0101;

/// The characters that start in eight bytes.
const fn chars_in(word: u64) -> u32 {
    // Of a byte that continues a character, the highest bit is set and the next is not.
    8 - ((word >> 7) & !(word >> 6) & LOWEST).count_ones()
}

/// Those of them that take two units of UTF-16: their first byte begins with four bits.
const fn astral_in(word: u64) -> u32 {
    ((word >> 7) & (word >> 6) & (word >> 5) & (word >> 4) & LOWEST).count_ones()
}

/// Whether a byte of UTF-8 continues a character.
const fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
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

    fn agrees_with_counting(text: &str) {
        let map = OffsetMap::new(text);
        assert_eq!(map.char_len(), text.chars().count());
        assert_eq!(map.utf16_len(), text.encode_utf16().count());
        let (mut chars, mut utf16) = (0, 0);
        for (byte, ch) in text.char_indices().chain([(text.len(), '\0')]) {
            assert_eq!(map.char_of_byte(text, byte), Some(chars));
            assert_eq!(map.utf16_of_byte(text, byte), Some(utf16));
            assert_eq!(map.byte_of_char(text, chars), Some(byte));
            assert_eq!(map.byte_of_utf16(text, utf16), Some(byte));
            if byte < text.len() {
                for inside in byte + 1..byte + ch.len_utf8() {
                    assert_eq!(map.char_of_byte(text, inside), None);
                }
                if ch.len_utf16() == 2 {
                    assert_eq!(
                        map.byte_of_utf16(text, utf16 + 1),
                        None,
                        "inside a surrogate pair"
                    );
                }
            }
            chars += 1;
            utf16 += ch.len_utf16();
        }
        for outside in [text.len() + 1, text.len() + BLOCK, usize::MAX] {
            assert_eq!(map.char_of_byte(text, outside), None);
            assert_eq!(map.byte_of_char(text, outside), None);
            assert_eq!(map.byte_of_utf16(text, outside), None);
        }
    }

    #[test]
    fn counts_the_small_and_the_awkward() {
        agrees_with_counting("");
        agrees_with_counting("\r\n\r\n");
        agrees_with_counting("قال مُحَمَّدٌ: 👨\u{200D}👩\u{200D}👧 نَفَيْنا\r\nAFP");
        agrees_with_counting(&"a".repeat(BLOCK));
        agrees_with_counting(&"😀".repeat(BLOCK));
        agrees_with_counting(&format!("{}{}", "x".repeat(BLOCK - 1), "😀ب"));
    }

    #[test]
    fn a_map_of_another_text_does_not_panic() {
        let map = OffsetMap::new(&"ب".repeat(500));
        for n in 0..1200 {
            map.char_of_byte("قصير", n);
            map.byte_of_char("قصير", n);
            map.byte_of_utf16("", n);
        }
    }

    #[test]
    fn is_a_sixteenth_of_the_text() {
        let text = "خبر ".repeat(10_000);
        let map = OffsetMap::new(&text);
        assert!(map.checkpoints.len() * size_of::<Counts>() <= text.len() / 16 + 32);
    }

    proptest! {
        #[test]
        fn agrees_on_any_text(text in "([ب-ي]|[\u{64B}-\u{652}]|😀|\u{200D}|\r\n|a|é|ﷺ){0,300}") {
            agrees_with_counting(&text);
        }

        #[test]
        fn agrees_on_any_characters(text in "\\PC{0,200}") {
            agrees_with_counting(&text);
        }
    }
}
