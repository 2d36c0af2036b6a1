//! How spaCy numbers strings: those that its source names by a place in a list, others by a hash.

use std::{collections::HashMap, sync::LazyLock};

/// The strings that have a place (from 1) in spaCy's list of symbols, one a line.
static SYMBOLS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| symbols().collect());

const FACTOR: u64 = 0xc6a4_a793_5bd1_e995;
const SHIFT: u32 = 47;
const SEED: u64 = 1;

/// spaCy's symbols and their numbers.
pub(super) fn symbols() -> impl Iterator<Item = (&'static str, u64)> {
    include_str!("symbols.txt").lines().zip(1..)
}

/// The number of a string.
pub(super) fn number_of(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    let symbol = SYMBOLS.get(text).copied();
    symbol.unwrap_or_else(|| murmur(text.as_bytes()))
}

/// `MurmurHash64A`.
fn murmur(bytes: &[u8]) -> u64 {
    let mut hash = SEED ^ (bytes.len() as u64).wrapping_mul(FACTOR);
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        let mut part = u64::from_le_bytes(*chunk).wrapping_mul(FACTOR);
        part ^= part >> SHIFT;
        hash = (hash ^ part.wrapping_mul(FACTOR)).wrapping_mul(FACTOR);
    }
    if !rest.is_empty() {
        let tail = rest
            .iter()
            .rev()
            .fold(0, |tail, byte| (tail << 8) | u64::from(*byte));
        hash = (hash ^ tail).wrapping_mul(FACTOR);
    }
    hash ^= hash >> SHIFT;
    hash = hash.wrapping_mul(FACTOR);
    hash ^ (hash >> SHIFT)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `spacy.strings.get_string_id` of spaCy 3.8 gives them.
    #[test]
    fn strings_have_the_numbers_that_spacy_gives_them() {
        for (text, number) in [
            ("", 0),
            ("IS_ALPHA", 1),
            ("PERSON", 380),
            ("X", 101),
            ("_", 456),
            ("a", 11_901_859_001_352_538_922),
            ("سيرغي", 4_881_774_300_788_954_528),
            ("12345678", 9_871_996_032_675_327_904),
            ("hello world 😀", 2_363_451_846_051_569_599),
        ] {
            assert_eq!(number_of(text), number, "{text}");
        }
        assert_eq!(symbols().count(), 456);
    }
}
