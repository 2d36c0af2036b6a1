//! A hasher for maps and sets that are asked at every span or token. It takes a few instructions a
//! word where the standard one takes a hundred. What it is seeded with is drawn anew by each run, so
//! that nobody can write a file whose keys all meet in one place.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    sync::OnceLock,
};

/// Odd, with its bits evenly set: the golden ratio.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Makes hashers that all hash alike in one run of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuickHash(u64);

/// Hashes by multiplying words and folding the product.
#[derive(Clone, Copy, Debug)]
pub struct QuickHasher(u64);

impl Default for QuickHash {
    fn default() -> Self {
        static SEED: OnceLock<u64> = OnceLock::new();
        Self(*SEED.get_or_init(|| RandomState::new().hash_one(SPREAD)))
    }
}

impl BuildHasher for QuickHash {
    type Hasher = QuickHasher;

    fn build_hasher(&self) -> QuickHasher {
        QuickHasher(self.0)
    }
}

impl QuickHasher {
    fn word(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word) * u128::from(SPREAD);
        // Both halves: the low bits of a product know nothing of the high bits of its factors.
        let folded = (product as u64) ^ ((product >> 64) as u64);
        self.0 = folded.wrapping_add(SPREAD).rotate_left(23);
    }
}

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.word(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        // With the length, so that what was filled up is told from zeros that are there.
        self.word(u64::from_le_bytes(last));
        self.word(bytes.len() as u64);
    }

    fn write_u8(&mut self, number: u8) {
        self.word(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.word(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.word(number);
    }

    fn write_u128(&mut self, number: u128) {
        self.word(number as u64);
        self.word((number >> 64) as u64);
    }

    fn write_usize(&mut self, number: usize) {
        self.word(number as u64);
    }

    fn finish(&self) -> u64 {
        let mut last = *self;
        last.word(SPREAD);
        last.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn like_things_are_told_apart() {
        let hash = QuickHash::default();
        let texts = [
            "",
            "\0",
            "\0\0",
            "a",
            "a\0",
            "ab",
            "abcdefgh",
            "abcdefgh\0",
            "خبر",
        ];
        let hashes: HashSet<u64> = texts.iter().map(|text| hash.hash_one(text)).collect();
        assert_eq!(hashes.len(), texts.len());
        assert_eq!(hash.hash_one("خبر"), QuickHash::default().hash_one("خبر"));
        assert_ne!(hash.hash_one(("a", "bc")), hash.hash_one(("ab", "c")));
    }

    #[test]
    fn neighbours_spread() {
        let hash = QuickHash::default();
        let numbers = 0..10_000_u64;
        let whole: HashSet<u64> = numbers.clone().map(|n| hash.hash_one(n)).collect();
        assert_eq!(whole.len(), 10_000);
        // A map looks at the low bits first, and at the highest seven.
        for bits in [|hash: u64| hash & 0xFF, |hash: u64| hash >> 57] {
            let some: HashSet<u64> = numbers.clone().map(|n| bits(hash.hash_one(n))).collect();
            assert!(some.len() >= 128, "{}", some.len());
        }
    }
}
