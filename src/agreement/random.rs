//! Seeded draws. The generator's numbers for a seed are fixed (xoshiro256++, Blackman & Vigna 2018), so
//! that a report made again is the same report; the two distributions that are needed stand here.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// A stream of draws.
#[derive(Clone, Debug)]
pub(super) struct Draws(Xoshiro256PlusPlus);

impl Draws {
    /// The stream of `seed`.
    pub(super) fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// The stream of `seed` for the thing called `name`: a document has the same draws wherever it stands.
    pub(super) fn of(seed: u64, name: &[u8]) -> Self {
        // FNV-1a, 64 bits; the generator's own seeding spreads it.
        let hash = name.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self::new(hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A whole number in `0..below`, 0 where that is empty (Lemire 2019, without the rejection: the bias
    /// is below 2⁻³² for what is counted here).
    pub(super) fn below(&mut self, below: usize) -> usize {
        ((u128::from(self.0.next_u64()) * below as u128) >> 64) as usize
    }

    /// A number in [0, 1), of 53 bits.
    pub(super) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_in_range_and_repeat() {
        let (mut one, mut two) = (Draws::new(7), Draws::new(7));
        for below in 1..200 {
            let drawn = one.below(below);
            assert!(drawn < below);
            assert_eq!(drawn, two.below(below));
            assert!((0.0..1.0).contains(&one.unit()));
            two.unit();
        }
        assert_eq!(one.below(0), 0);
    }

    #[test]
    fn documents_have_streams_of_their_own() {
        assert_eq!(
            Draws::of(1, b"a").below(1 << 40),
            Draws::of(1, b"a").below(1 << 40)
        );
        assert_ne!(
            Draws::of(1, b"a").below(1 << 40),
            Draws::of(1, b"b").below(1 << 40)
        );
        assert_ne!(
            Draws::of(1, b"a").below(1 << 40),
            Draws::of(2, b"a").below(1 << 40)
        );
    }
}
