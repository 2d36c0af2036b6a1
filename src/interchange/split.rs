//! Parts for training, validation and test: each document in one, shared out by a seed, the same
//! for the same documents in any order.

use std::{collections::HashMap, str::FromStr};

use serde::Serialize;

use crate::annotation::DocumentId;

/// A part of a dataset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// To learn from.
    #[default]
    Train,
    /// To choose by.
    Validation,
    /// To measure on.
    Test,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Train, Self::Validation, Self::Test];

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Validation => "validation",
            Self::Test => "test",
        }
    }
}

/// How large the parts are, written `80/10/10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    shares: [u32; 3],
}

/// A split that is not written as two or three numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no split; write the shares of train, validation and test, for instance 80/10/10")]
pub struct ParseSplitError(String);

impl FromStr for Split {
    type Err = ParseSplitError;

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let bad = || ParseSplitError(written.to_owned());
        let shares: Result<Vec<u16>, _> = written.split('/').map(str::parse).collect();
        let shares = match *shares.map_err(|_| bad())? {
            [train, test] => [train, 0, test],
            [train, validation, test] => [train, validation, test],
            _ => return Err(bad()),
        };
        if shares == [0, 0, 0] {
            return Err(bad());
        }
        Ok(Self {
            shares: shares.map(u32::from),
        })
    }
}

impl Split {
    /// Shares documents out. The parts have their shares of the number, rounded to the nearest.
    pub fn of(self, documents: impl IntoIterator<Item = DocumentId>, seed: u64) -> Parts {
        let place = |id: &DocumentId| {
            let mut hasher = blake3::Hasher::new();
            hasher.update(&seed.to_le_bytes()).update(id.as_bytes());
            *hasher.finalize().as_bytes()
        };
        let mut ids: Vec<DocumentId> = documents.into_iter().collect();
        ids.sort_by_cached_key(|id| (place(id), *id));
        let total = u64::from(self.shares.iter().sum::<u32>());
        let up_to = |shares: u64| (ids.len() as u64 * shares * 2 + total) / (total * 2);
        let train = up_to(u64::from(self.shares[0]));
        let validation = up_to(u64::from(self.shares[0] + self.shares[1]));
        let part = |at: u64| match at {
            at if at < train => Part::Train,
            at if at < validation => Part::Validation,
            _ => Part::Test,
        };
        let of = (0..).zip(&ids).map(|(at, id)| (*id, part(at))).collect();
        Parts { of }
    }
}

/// Which part each document is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    of: HashMap<DocumentId, Part>,
}

impl Parts {
    /// Whether nothing was shared out.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The part of a document; training for one that was not shared out.
    pub fn of(&self, id: &DocumentId) -> Part {
        self.of.get(id).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::annotation::TextHash;

    fn ids(count: u32) -> Vec<DocumentId> {
        let text = TextHash::of("نص");
        (0..count).map(|k| DocumentId::new(&text, k)).collect()
    }

    #[test]
    fn the_shares_are_kept_and_the_order_means_nothing() {
        let split: Split = "80/10/10".parse().unwrap();
        let all = ids(20);
        let parts = split.of(all.clone(), 7);
        let count = |parts: &Parts, part| all.iter().filter(|id| parts.of(id) == part).count();
        assert_eq!(Part::ALL.map(|part| count(&parts, part)), [16, 2, 2]);
        assert_eq!(split.of(all.iter().rev().copied(), 7), parts);
        assert_ne!(split.of(all.clone(), 8), parts);
        let halves = "1/1".parse::<Split>().unwrap().of(all.clone(), 0);
        assert_eq!(Part::ALL.map(|part| count(&halves, part)), [10, 0, 10]);
    }

    #[test]
    fn what_is_no_split_is_told() {
        for bad in ["", "80", "0/0/0", "a/b", "1/2/3/4", "-1/2"] {
            assert!(bad.parse::<Split>().is_err(), "{bad}");
        }
    }
}
